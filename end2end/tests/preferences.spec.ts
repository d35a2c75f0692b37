import type { Page } from '@playwright/test';

import { expect, test } from '../support/fixtures';
import { signInAs } from '../support/people';
import { openAccountMenu } from '../support/steps';

/** The database is shared: whatever happens in a test, preferences are left as they were. */
async function leaveAsItWas(page: Page): Promise<void> {
  const origin = new URL(page.url()).origin;
  const post = (path: string, form: Record<string, string>) =>
    page.request.post(path, { form, maxRedirects: 0, headers: { origin } });
  await post('/_fn/account/set_language', { language: 'en', return_to: '/' });
  await post('/_fn/account/set_theme', { theme: 'system', return_to: '/' });
}

test.describe('Of somebody signed in', () => {
  test.afterEach(({ page }) => leaveAsItWas(page));

  test('the language changes at once, stays, and comes back in another browser', async ({ page, browser }) => {
    const heading = page.getByRole('heading', { level: 1 });
    await signInAs(page, 'ben');
    await page.goto('/documents?category=contract');
    await expect(heading).toHaveText('Documents');

    await (await openAccountMenu(page)).getByRole('button', { name: 'Deutsch' }).click();
    await expect(heading).toHaveText('Dokumente');
    await expect(page).toHaveURL('/documents?category=contract');
    await expect(page.locator('html')).toHaveAttribute('lang', 'de');
    await page.reload();
    await expect(heading).toHaveText('Dokumente');
    const elsewhere = await (await browser.newContext()).newPage();
    await signInAs(elsewhere, 'ben');
    await expect(elsewhere.locator('html')).toHaveAttribute('lang', 'de');
    await expect(elsewhere.getByRole('heading', { name: 'Neue Dokumente' })).toBeVisible();
    await elsewhere.context().close();

    await (await openAccountMenu(page, /Konto von /)).getByRole('button', { name: 'Nederlands' }).click();
    await expect(heading).toHaveText('Documenten');
    await expect(page.locator('html')).toHaveAttribute('lang', 'nl');
    await page.reload();
    await expect(heading).toHaveText('Documenten');

    const menu = await openAccountMenu(page, /Account van /);
    await expect(menu.getByRole('button', { name: 'Nederlands' })).toHaveAttribute('aria-pressed', 'true');
    await menu.getByRole('button', { name: 'English' }).click();
    await expect(heading).toHaveText('Documents');
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  });

  test('the appearance changes at once and stays', async ({ page }) => {
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await signInAs(page, 'ben');
    const light = await background();
    await (await openAccountMenu(page)).getByRole('button', { name: 'Dark' }).click();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    expect(await background()).not.toBe(light);
    await page.goto('/documents');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await (await openAccountMenu(page)).getByRole('button', { name: 'System' }).click();
    await expect(page.locator('html')).not.toHaveAttribute('data-theme');
    await expect(page).toHaveURL('/documents');
    expect(await background()).toBe(light);
  });
});

test.describe('Before signing in', () => {
  test('the language of the sign-in page is a choice', async ({ page }) => {
    const heading = page.getByRole('heading', { level: 1 });
    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'Deutsch' }).click();
    await expect(heading).toHaveText('Anmelden');
    await page.getByRole('button', { name: 'Nederlands' }).click();
    await expect(heading).toHaveText('Aanmelden');
    await page.reload();
    await expect(heading).toHaveText('Aanmelden');
    await page.getByRole('button', { name: 'English' }).click();
    await expect(heading).toHaveText('Sign in');
  });

  test('the language is what the browser asks for', async ({ browser, watch }) => {
    const context = await browser.newContext({ locale: 'nl-NL' });
    const page = await context.newPage();
    watch.follow(page);
    await page.goto('/sign-in');
    await expect(page.locator('html')).toHaveAttribute('lang', 'nl');
    await context.close();
  });
});
