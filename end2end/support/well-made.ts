import { expect, test, type Page } from '@playwright/test';

import { expectNothingForAxe } from './axe';
import { LOOKED_AT } from './pages';
import { portalName } from './people';

/** What every page keeps, in light and dark, and down to 320 px. */
export async function expectWellMade(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  await expect(page.locator('h1')).toHaveCount(1);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page).toHaveTitle(new RegExp(` - ${portalName}$`));
  await expectNothingTouches(page);
  await expectNothingForAxe(page, 'light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectNothingForAxe(page, 'dark', 'colours');
  await page.emulateMedia({ colorScheme: 'light' });
  await expectNoSidewaysScroll(page);
  if (!(await page.evaluate(isAnError)) || onlyErrors.test(page.url())) {
    test.info().annotations.push({ type: LOOKED_AT, description: new URL(page.url()).pathname });
  }
}

/** Addresses that tests know only by what goes wrong there. */
const onlyErrors = /\/sign-in\/(nowhere|sso\/callback)$/;

/** The page for what went wrong stands at the address of any other page. */
function isAnError(): boolean {
  const [visit] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return (visit?.responseStatus ?? 0) >= 400;
}

export async function expectNothingTouches(page: Page): Promise<void> {
  expect(await page.evaluate(touching), 'texts that touch').toEqual([]);
}

/** Texts that touch: a second line that became the end of the first. A part of a word that was searched for is marked. */
function touching(): string[] {
  const found: string[] = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let before: { text: string; box: DOMRect; marked: boolean } | undefined;
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const range = document.createRange();
    range.selectNodeContents(node);
    const boxes = range.getClientRects();
    const [text, first, last] = [node.textContent ?? '', boxes[0], boxes[boxes.length - 1]];
    if (!first || !last || node.parentElement?.closest('.vh')) {
      continue;
    }
    const marked = Boolean(node.parentElement?.closest('mark'));
    const line = before && !before.marked && !marked && Math.abs(before.box.bottom - first.bottom) < 6;
    if (before && line && Math.abs(first.left - before.box.right) < 2 && /\S$/.test(before.text) && /^\S/.test(text)) {
      found.push(`${before.text}|${text}`);
    }
    before = { text, box: last, marked };
  }
  return found;
}

export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const size = page.viewportSize()!;
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await page.evaluate(() => document.scrollingElement!.scrollWidth), 'width at 320 px').toBeLessThanOrEqual(320);
  await page.setViewportSize(size);
}
