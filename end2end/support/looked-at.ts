import { basename } from 'node:path';

import type { FullResult, Reporter, TestCase, TestResult } from '@playwright/test/reporter';

import { LOOKED_AT, getRoutes, lookedAt, noPages, routeOf } from './pages';

/** Fails a whole run in which a page was not looked at, or not by the test that is said to. */
export default class LookedAt implements Reporter {
  private readonly seen: { address: string; by: string }[] = [];

  onTestEnd(test: TestCase, result: TestResult): void {
    const by = basename(test.location.file, '.spec.ts');
    for (const { type, description } of result.annotations) {
      if (type === LOOKED_AT) {
        this.seen.push({ address: description!, by });
      }
    }
  }

  async onEnd(result: FullResult): Promise<{ status?: FullResult['status'] } | void> {
    // Some of the tests say nothing about the others: `cli.js test` and nothing more is all of them.
    if (result.status !== 'passed' || process.argv.length > 3) {
      return;
    }
    const routes = await getRoutes();
    const seen = new Set(
      this.seen.flatMap(({ address, by }) => {
        const route = routeOf(address, routes) ?? address;
        return [route, `${route} in ${by}`];
      }),
    );
    const named = (route: string) => (lookedAt[route] ? `${route} in ${lookedAt[route]}` : route);
    const missed = routes.filter((route) => !(route in noPages)).map(named).filter((page) => !seen.has(page));
    if (missed.length > 0) {
      console.error(`Pages that nobody looked at with expectWellMade:\n  ${missed.join('\n  ')}`);
      return { status: 'failed' };
    }
  }
}
