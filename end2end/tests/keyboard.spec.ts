import type { Locator, Page } from '@playwright/test';

import { expect, test } from '../support/fixtures';
import { password, people } from '../support/people';
import { makeDraft, readers, unique } from '../support/steps';

/** Presses Tab until this has the focus; a screen that needs more than this many is broken. */
async function tabTo(page: Page, target: Locator, most = 40): Promise<void> {
  for (let pressed = 0; pressed < most; pressed += 1) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) {
      return;
    }
  }
  await expect(target, `reached by ${most} times Tab`).toBeFocused();
}

test('The first Tab offers to skip to the content, and Enter goes there', async ({ as }) => {
  const page = await as('anna');
  await page.goto('/documents');
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to content' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  // From there the first stop is inside the content.
  await page.keyboard.press('Tab');
  await expect(page.getByRole('main').locator(':focus')).toHaveCount(1);
});

test('The account menu opens with Enter, closes with Escape, and gives the focus back', async ({ as }) => {
  const page = await as('anna');
  await page.goto('/');
  const button = page.getByRole('button', { name: 'Account of Anna Albers' });
  const menu = page.getByRole('dialog', { name: 'Account' });
  await expect(menu).toBeHidden();
  await tabTo(page, button);
  await page.keyboard.press('Enter');
  await expect(menu).toBeVisible();
  // The menu follows its button in the order of Tab, wherever it stands in the page.
  await page.keyboard.press('Tab');
  await expect(menu.locator(':focus')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(menu).toBeHidden();
  await expect(button).toBeFocused();
});

test('Signing in needs no mouse', async ({ page }) => {
  await page.goto('/sign-in');
  await expect(page.getByLabel('E-mail')).toBeFocused();
  await page.keyboard.type(people.anna.email);
  await page.keyboard.press('Tab');
  await expect(page.getByLabel('Password')).toBeFocused();
  await page.keyboard.type(password());
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/');
});

test('Publishing to a project and withdrawing need no mouse', async ({ as }) => {
  const page = await as('pm');
  await page.goto('/staff');
  await tabTo(page, page.getByRole('link', { name: 'New document' }));
  const { title } = await makeDraft(page, unique('By keyboard'));

  await tabTo(page, page.getByRole('radio', { name: /^Everyone at/ }));
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: /^A project/ })).toBeChecked();
  await tabTo(page, page.getByLabel('Project', { exact: true }));
  await page.keyboard.type('Roller');
  await tabTo(page, page.getByRole('button', { name: 'Show who that is' }));
  await page.keyboard.press('Enter');
  await expect(readers(page).getByText('Eva Engel')).toBeVisible();
  await tabTo(page, readers(page).getByRole('button', { name: 'Publish to 4 people' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: 'is published' })).toHaveText(`“${title}” is published`);

  await tabTo(page, page.getByRole('button', { name: 'Withdraw' }));
  await page.keyboard.press('Enter');
  const question = page.getByRole('dialog', { name: 'Withdraw this document?' });
  await expect(question).toBeVisible();
  await tabTo(page, question.getByRole('button', { name: 'Withdraw' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: 'was withdrawn' })).toBeVisible();
});

test('A reader reaches the download by keyboard', async ({ as }) => {
  const page = await as('anna');
  await page.goto('/documents');
  await tabTo(page, page.getByRole('rowheader').getByRole('link').first());
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/documents\/[0-9a-f-]{36}$/);
  await tabTo(page, page.getByRole('link', { name: /^Download \(/ }));
  const started = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  expect((await started).suggestedFilename()).not.toBe('');
});
