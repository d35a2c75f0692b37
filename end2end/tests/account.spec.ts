import type { Browser, Page } from '@playwright/test';

import { expectNothingForAxe } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { signInAs } from '../support/people';
import { openAccountMenu, unique } from '../support/steps';
import type { Watch } from '../support/watch';

// Sales signs in with no other test: here everybody may be signed out everywhere.
const who = 'sales';

/** A browser of its own where they have signed in. */
async function elsewhere(browser: Browser, watch: Watch): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  watch.follow(page);
  await signInAs(page, who);
  return page;
}

test('The menu leads to the account, and its tabs to everything there', async ({ page }) => {
  await signInAs(page, who);
  await (await openAccountMenu(page)).getByRole('link', { name: 'Your account' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Profile');
  const tabs = page.getByRole('navigation', { name: 'Account', exact: true });
  for (const name of ['Sessions', 'API tokens', 'My data', 'Profile']) {
    await tabs.getByRole('link', { name }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
    await expect(tabs.getByRole('link', { name })).toHaveAttribute('aria-current', 'page');
  }
});

test('A profile with a mistake comes back as it was typed, and is saved without it', async ({ page }) => {
  await signInAs(page, who);
  await page.goto('/account');
  const name = page.getByLabel('Name', { exact: true });
  const before = await name.inputValue();
  await name.fill(' ');
  await page.getByLabel('Time zone').selectOption({ label: 'America/New York' });
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('alert').getByRole('link', { name: /^Enter your name/ }).click();
  await expect(name).toBeFocused();
  await expect(page.getByLabel('Time zone').getByRole('option', { selected: true })).toHaveText('America/New York');
  await name.fill(before);
  await page.getByLabel('Time zone').selectOption('');
  await page.getByRole('combobox', { name: 'Language' }).selectOption({ label: 'English' });
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Your profile is saved.' })).toBeVisible();
  await expect(name).toHaveValue(before);
});

test('A session elsewhere is seen and ended; then all others are', async ({ page, browser, watch }) => {
  await signInAs(page, who);
  await page.goto('/account/sessions');
  const here = page.getByRole('region', { name: 'This browser' });
  await expect(here).toContainText('You are here');
  await expect(here).toContainText(/Chrome on/);
  const [one, two, three] = [
    await elsewhere(browser, watch),
    await elsewhere(browser, watch),
    await elsewhere(browser, watch),
  ];
  await page.reload();
  const others = page.getByRole('region', { name: 'Elsewhere' });
  const count = await others.getByRole('listitem').count();
  expect(count).toBeGreaterThanOrEqual(3);
  await others.getByRole('button', { name: /^Sign out: / }).first().click();
  await expect(page.getByRole('status').filter({ hasText: 'That browser is signed out.' })).toBeVisible();
  await expect(others.getByRole('listitem')).toHaveCount(count - 1);
  await others.getByRole('button', { name: 'Sign out everywhere else' }).click();
  const dialog = page.getByRole('dialog', { name: 'Sign out everywhere else?' });
  await dialog.getByRole('button', { name: 'Sign out everywhere else' }).click();
  await expect(others).toContainText('Nowhere else');
  for (const other of [one, two, three]) {
    await other.goto('/staff');
    await expect(other.getByRole('heading', { level: 1 })).toHaveText('Sign in');
    await other.context().close();
  }
  await page.goto('/staff');
  await expect(page).toHaveURL('/staff');
});

test('A token is shown once, works for what it was made for, and is taken back', async ({ page, javaScriptEnabled }) => {
  const name = unique('ERP');
  await signInAs(page, who);
  await page.goto('/account/tokens');
  await page.getByLabel('What is it for?').fill(name);
  await page.getByRole('radio', { name: /^Certain areas only/ }).check();
  await page.getByRole('checkbox', { name: 'Read: Organisations' }).check();
  await page.getByRole('radio', { name: '30 days' }).check();
  await page.getByRole('button', { name: 'Make token' }).click();
  const secret = page.getByLabel('Token', { exact: true });
  await expect(secret).toHaveValue(/^kontor_[0-9a-f]{64}$/);
  const token = await secret.inputValue();
  if (javaScriptEnabled) {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copy' }).click();
    await expect(page.getByRole('status').filter({ hasText: 'Copied.' })).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(token);
  } else {
    await expect(page.getByRole('button', { name: 'Copy' })).toBeHidden();
  }
  const ask = async (path: string) => {
    const answer = await page.request.get(path, { headers: { authorization: `Bearer ${token}` } });
    return answer.status();
  };
  expect(await ask('/api/v1/organisations')).toBe(200);
  expect(await ask('/api/v1/documents')).toBe(403);
  await page.goto('/account/tokens');
  await expect(page.getByLabel('Token', { exact: true })).toHaveCount(0);
  await page.getByRole('button', { name: `Take back ${name}` }).click();
  await expect(page.getByRole('status').filter({ hasText: 'does not work any more' })).toBeVisible();
  expect(await ask('/api/v1/organisations')).toBe(401);
});

test('A copy of one’s data is saved as a file', async ({ page }) => {
  await signInAs(page, who);
  await page.goto('/account/data');
  const started = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  const saved = await started;
  expect(saved.suggestedFilename()).toBe('my-data.json');
});

// The dialog is opened by a script.
test.describe('Before the sign-in ends', { tag: '@javascript' }, () => {
  test('one click keeps it, in every tab, and what was typed stays', async ({ page }) => {
    await page.clock.install();
    await signInAs(page, who);
    await page.goto('/account');
    const name = page.getByLabel('Name', { exact: true });
    await name.fill('Half a na');
    const other = await page.context().newPage();
    await other.goto('/account/sessions');
    const dialog = (of: Page) => of.getByRole('alertdialog', { name: 'Are you still there?' });
    // The clock is that of both tabs.
    await page.clock.fastForward('23:00');
    await expect(dialog(page)).toBeHidden();
    await page.clock.fastForward('01:30');
    await expect(dialog(other)).toBeVisible();
    await expect(dialog(page)).toBeVisible();
    await expect(dialog(page).getByRole('status')).toHaveText(/^[45] minutes left$/);
    await expect(dialog(page).getByRole('button', { name: 'Stay signed in' })).toBeFocused();
    await expectNothingForAxe(page, 'warning, light');
    await page.emulateMedia({ colorScheme: 'dark' });
    await expectNothingForAxe(page, 'warning, dark');
    await page.emulateMedia({ colorScheme: 'light' });
    await dialog(page).getByRole('button', { name: 'Stay signed in' }).click();
    await expect(dialog(page)).toBeHidden();
    await expect(name).toHaveValue('Half a na');
    // The other tab has heard of it.
    await expect(dialog(other)).toBeHidden();
    await other.close();
  });

  test('Escape keeps it as well', async ({ page }) => {
    await page.clock.install();
    await signInAs(page, who);
    await page.goto('/staff');
    await page.clock.fastForward('25:00');
    const dialog = page.getByRole('alertdialog');
    await expect(dialog).toBeVisible();
    const asked = page.waitForResponse('**/account/stay');
    await page.keyboard.press('Escape');
    expect((await asked).status()).toBe(200);
    await expect(dialog).toBeHidden();
  });

  test('afterwards the page says so, keeps what was typed, and a new tab signs in again', async ({ page }) => {
    await page.clock.install();
    await signInAs(page, who);
    await page.goto('/account');
    const name = page.getByLabel('Name', { exact: true });
    await name.fill('Half a na');
    await page.clock.fastForward('30:00');
    const dialog = page.getByRole('alertdialog', { name: 'You have been signed out' });
    await expect(dialog).toBeVisible();
    await expect(dialog.getByRole('link', { name: 'Sign in in a new tab' })).toHaveAttribute(
      'href',
      '/sign-in?next=%2Faccount',
    );
    await expectNothingForAxe(page, 'signed out');
    await dialog.getByRole('button', { name: 'Show the page' }).click();
    await expect(dialog).toBeHidden();
    await expect(name).toHaveValue('Half a na');
  });
});
