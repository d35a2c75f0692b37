import type { Page } from '@playwright/test';

import { expect, test } from '../support/fixtures';
import { signInAs, type Who } from '../support/people';
import { expectNoSidewaysScroll, expectNothingTouches } from '../support/well-made';

/** The pages that people open most, by who opens them. Words are longer in some languages than in others. */
const pages: Partial<Record<Who, string[]>> = {
  ben: ['/', '/documents', '/orders', '/projects', '/appointments', '/notifications', '/account', '/account/notifications'],
  pm: ['/staff', '/staff/documents', '/staff/orders', '/staff/orders/board', '/staff/projects', '/staff/approvals', '/staff/customers', '/staff/imports'],
};

async function speak(page: Page, language: string): Promise<void> {
  const { origin } = new URL(page.url());
  const form = { language, return_to: '/' };
  await page.request.post('/_fn/account/set_language', { form, maxRedirects: 0, headers: { origin } });
}

// What somebody has chosen is left as it was.
test.afterEach(({ page }) => speak(page, 'en'));

for (const language of ['de', 'nl']) {
  for (const who of Object.keys(pages) as Who[]) {
    test(`The main pages of ${who} have room for their words, in ${language} @javascript`, async ({ page }) => {
      await signInAs(page, who);
      await speak(page, language);
      for (const path of pages[who]!) {
        await page.goto(path);
        await expect(page.locator('html'), path).toHaveAttribute('lang', language);
        await expect(page.getByRole('heading', { level: 1 }), path).toHaveCount(1);
        await test.step(path, async () => {
          await expectNothingTouches(page);
          await expectNoSidewaysScroll(page);
        });
      }
    });
  }
}
