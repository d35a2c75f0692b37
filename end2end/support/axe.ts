import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { expect, type Page } from '@playwright/test';
import type { AxeResults, RunOptions } from 'axe-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const options: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations'],
  // Everything is of our own origin: nothing to fetch a second time.
  preload: false,
};

/** What another theme can change. */
const colours: RunOptions = {
  ...options,
  runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block', 'target-size'] },
};

/** Expects axe to find nothing on the page as it stands; `only` colours where it has just looked at all else. */
export async function expectNothingForAxe(page: Page, state: string, only?: 'colours'): Promise<void> {
  // By the debugger's protocol, so the page's content policy does not apply.
  if (only !== 'colours') await page.evaluate(source);
  const results = await page.evaluate(
    (wanted) => (window as unknown as { axe: { run(o: RunOptions): Promise<AxeResults> } }).axe.run(wanted),
    only === 'colours' ? colours : options,
  );
  const report = results.violations.flatMap((rule) =>
    rule.nodes.map((node) => {
      const why = (node.failureSummary ?? '').replaceAll(/\s*\n\s*/g, ' ');
      return `${rule.id} (${rule.impact}): ${rule.help}\n  at ${node.target.join(' ')}\n  ${why}`;
    }),
  );
  expect(report, `what axe finds on ${page.url()}, ${state}`).toEqual([]);
}
