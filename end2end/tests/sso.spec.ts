import type { Page } from '@playwright/test';

import { expect, test } from '../support/fixtures';
import { people, signInAs } from '../support/people';
import { expectWellMade } from '../support/well-made';

// OIDC_ISSUER   the OpenID provider that script/test started (server/tests/oidc/provider.mjs)
const issuer = process.env.OIDC_ISSUER;

/** Signs in on the provider's own page as this address. */
async function atProvider(page: Page, login: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Provider');
  await page.getByLabel('Address').fill(login);
  await page.getByRole('button', { name: 'Let me in' }).click();
}

test.describe('Single sign-on', () => {
  test.skip(!issuer, 'needs the OpenID provider of script/test');

  test('Borealis signs in through its own provider: set up by Carla, confirmed by staff, used by Dirk', async ({
    browser,
    page,
    watch,
    javaScriptEnabled,
  }) => {
    test.setTimeout(120_000);
    // The way to the provider and its own pages.
    watch.allow(/^request to another origin: http:\/\/127\.0\.0\.1:\d+\//);
    watch.allow(/favicon\.ico$/);

    await signInAs(page, 'carla');
    await page.goto('/organisation/sign-in');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Signing in');
    await page.getByLabel('Issuer').fill(issuer!);
    await page.getByLabel('Client ID').fill('kontor');
    await page.getByLabel('Client secret').fill('demo secret');
    await page.getByLabel('Words on the button').fill('Borealis');
    await page.getByRole('region', { name: 'Provider' }).getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('status').first()).toHaveText('Saved');
    await page.getByRole('button', { name: 'Test the connection' }).click();
    await expect(page.getByRole('status').first()).toHaveText('The provider answers, and its answer is sound');
    const confirmed = page.getByRole('region', { name: 'E-mail domains' }).getByText('Confirmed', { exact: true });
    if ((await confirmed.count()) === 0) {
      await page.getByLabel('Domain', { exact: true }).fill('borealis.example');
      await page.getByRole('button', { name: 'Add domain' }).click();
      await expect(page.getByText('Waits for confirmation', { exact: true })).toBeVisible();

      const staff = await browser.newPage();
      await signInAs(staff, 'admin');
      await staff.goto('/staff/customers');
      await staff.getByRole('link', { name: 'Borealis Logistik BV' }).click();
      await staff.goto(`${new URL(staff.url()).pathname}/sign-in`);
      await staff.getByRole('button', { name: 'Confirm borealis.example' }).click();
      await expect(staff.getByRole('status').first()).toHaveText('The domain is confirmed');
      await staff.close();
    }

    await page.goto('/organisation/sign-in');
    await page.getByRole('button', { name: 'Test sign-in' }).click();
    await atProvider(page, people.carla.email);
    await expect(page.getByRole('status').first()).toHaveText('The test sign-in worked');
    const on = page.getByRole('button', { name: 'Switch on' });
    if ((await on.count()) > 0) {
      await on.click();
      await expect(page.getByRole('status').first()).toHaveText('Single sign-on is on');
    }

    const dirk = await browser.newPage();
    watch.follow(dirk);
    await dirk.goto('/sign-in/borealis');
    if (javaScriptEnabled) await expectWellMade(dirk);
    await dirk.goto('/documents');
    await dirk.getByRole('link', { name: 'Sign in with your organisation' }).click();
    await dirk.getByLabel('E-mail').fill(people.dirk.email);
    await dirk.getByRole('button', { name: 'Continue' }).click();
    await atProvider(dirk, people.dirk.email);
    await expect(dirk, 'where he wanted to go').toHaveURL('/documents');
    await dirk.close();
  });

  test('an address of no organisation stays on the page, and says so', async ({ page }) => {
    await page.goto('/sign-in/sso');
    await page.getByLabel('E-mail').fill('somebody@nowhere.example');
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(page.getByRole('alert').getByRole('link')).toHaveText([/^No organisation signs in here/]);
    await expect(page.getByLabel('E-mail')).toHaveValue('somebody@nowhere.example');
  });
});
