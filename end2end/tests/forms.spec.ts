import { sql } from '../support/database';
import { expect, test } from '../support/fixtures';
import { pdf } from '../support/pdf';
import { fillSignIn, people, password } from '../support/people';
import { download, fillNewDocument, idOf, titleField, unique, untilIslandIsReady } from '../support/steps';

test.describe('Signing in', () => {
  test('without a password: the summary has the focus, the field says why, and the e-mail stays', async ({ page }) => {
    await page.goto('/sign-in');
    await fillSignIn(page, 'somebody@acme.example', '');
    const summary = page.getByRole('alert');
    await expect(summary).toBeFocused();
    await expect(summary.getByRole('heading')).toHaveText('One thing to fix');
    await expect(page.getByLabel('E-mail')).toHaveValue('somebody@acme.example');
    await expect(page.getByLabel('Password')).toHaveAttribute('aria-invalid', 'true');
    await expect(page.getByLabel('Password')).toHaveAccessibleDescription('Enter your password.');
    await summary.getByRole('link', { name: 'Enter your password.' }).click();
    await expect(page.getByLabel('Password')).toBeFocused();
  });

  test('with nothing at all: both fields say what is missing', async ({ page }) => {
    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('alert')).toBeFocused();
    await expect(page.getByRole('alert').getByRole('link')).toHaveText([
      'Enter your e-mail address.',
      'Enter your password.',
    ]);
    await expect(page.getByLabel('E-mail')).toHaveAccessibleDescription('Enter your e-mail address.');
  });

  test('with a wrong password: one answer for everybody, the e-mail stays, the password does not', async ({ page }) => {
    await page.goto('/sign-in');
    await fillSignIn(page, people.anna.email, 'this is not her password');
    await expect(page.getByRole('alert')).toBeFocused();
    await expect(page.getByRole('alert').getByRole('link')).toHaveText(['E-mail and password do not match.']);
    await expect(page.getByLabel('E-mail')).toHaveValue(people.anna.email);
    await expect(page.getByLabel('Password')).toHaveValue('');
    // The right one clears what was counted, so that this test can run again and again.
    await page.getByLabel('Password').fill(password());
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page).toHaveURL('/');
  });

  test('too often: says how long to wait, and the e-mail stays', async ({ page }) => {
    const email = `${unique('guessed').replaceAll(' ', '-')}@acme.example`;
    await page.goto('/sign-in');
    await fillSignIn(page, email, 'nobody’s password');
    await expect(page.getByRole('alert').getByRole('link')).toHaveText(['E-mail and password do not match.']);
    // As if it were the tenth: whoever sends these tests again and again is not kept out.
    await sql('UPDATE throttles SET failures = 10 WHERE failures = 1 AND started_at = (SELECT MAX(started_at) FROM throttles)');
    await fillSignIn(page, email, 'nobody’s password');
    await expect(page.getByText(/^Too many attempts\. Please wait \d+ minutes/)).toBeVisible();
    await expect(page.getByLabel('E-mail')).toHaveValue(email);
    await expect(page.getByLabel('Password')).toHaveValue('');
  });

  test('leads back to the page that was asked for', async ({ page }) => {
    await page.goto('/documents?category=contract');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign in');
    await fillSignIn(page, people.anna.email, password());
    await expect(page).toHaveURL('/documents?category=contract');
  });
});

test.describe('A new document', () => {
  test('without customer, category and file: errors stand beside the fields, the title stays', async ({
    as,
    javaScriptEnabled,
  }) => {
    const title = unique('Half filled in');
    const page = await as('pm');
    await page.goto('/staff/documents/new');
    await fillNewDocument(page, { title });
    await untilIslandIsReady(page, javaScriptEnabled);
    await page.getByRole('button', { name: 'Save as draft' }).click();
    await expect(page.getByRole('alert').getByRole('heading')).toHaveText('3 things to fix');
    await expect(page.locator('[role=alert][tabindex]')).toBeFocused();
    await expect(page.getByLabel('Customer', { exact: true })).toHaveAccessibleDescription('Choose a customer.');
    await expect(page.getByLabel('Category', { exact: true })).toHaveAccessibleDescription(/^Choose a category/);
    await expect(page.getByLabel('File', { exact: true })).toHaveAccessibleDescription(/Choose a file\.$/);
    await expect(titleField(page)).toHaveValue(title);
    await expect(titleField(page)).not.toHaveAttribute('aria-invalid');
  });

  test('without a file only: the choices stay', async ({ as, javaScriptEnabled }) => {
    const title = unique('Without a file');
    const page = await as('pm');
    await page.goto('/staff/documents/new');
    await fillNewDocument(page, { customer: 'ACME Werke AG', category: 'Minutes', title });
    await untilIslandIsReady(page, javaScriptEnabled);
    await page.getByRole('button', { name: 'Save as draft' }).click();
    await page.getByRole('alert').getByRole('link', { name: 'Choose a file.' }).click();
    await expect(page.getByLabel('File', { exact: true })).toBeFocused();
    const chosen = (label: string) => page.getByLabel(label, { exact: true }).getByRole('option', { selected: true });
    await expect(chosen('Customer')).toHaveText('ACME Werke AG');
    await expect(chosen('Category')).toHaveText('Minutes');
    // And then it works.
    await fillNewDocument(page, { file: pdf('found.pdf') });
    await page.getByRole('button', { name: 'Save as draft' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Publish “${title}”`);
  });

  test('with an empty file: told, and nothing is made', async ({ as, javaScriptEnabled }) => {
    const page = await as('pm');
    await page.goto('/staff/documents/new');
    const empty = { name: 'empty.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(0) };
    const title = unique('Empty file');
    await fillNewDocument(page, { customer: 'ACME Werke AG', category: 'Other', title, file: empty });
    await page.getByRole('button', { name: 'Save as draft' }).click();
    const told = javaScriptEnabled
      ? page.getByRole('listitem').filter({ hasText: empty.name }).locator('.error')
      : page.getByRole('alert').getByRole('link');
    await expect(told).toHaveText(['This file is empty. Choose another one.']);
    await page.goto('/staff/documents');
    await expect(page.getByRole('row').filter({ hasText: title })).toHaveCount(0);
  });

  test('with a name of 300 umlauts and a path: arrives shortened, without the path, and fits any screen', async ({
    as,
  }) => {
    const page = await as('pm');
    await page.goto('/staff/documents/new');
    const file = pdf(`C:\\Users\\anna\\..\\${'äöü'.repeat(100)}.pdf`, 'a long name');
    await fillNewDocument(page, { customer: 'ACME Werke AG', category: 'Other', title: '', file });
    await page.getByRole('button', { name: 'Save as draft' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Publish “(äöü){20,}ä?ö?”$/);
    const id = idOf(page);
    await page.goto(`/staff/documents/${id}`);
    const saved = await download(page, page.getByRole('link', { name: 'Download Version 1' }));
    expect(saved.name).toMatch(/^(äöü){20,}ä?ö?\.pdf$/);
    expect(Buffer.byteLength(saved.name)).toBeLessThanOrEqual(180);
    expect(saved.bytes.equals(file.buffer)).toBe(true);
    await page.setViewportSize({ width: 320, height: 640 });
    for (const path of [`/staff/documents/${id}`, `/staff/documents/${id}/publish`, '/staff/documents', '/staff']) {
      await page.goto(path);
      expect(await page.evaluate(() => document.scrollingElement!.scrollWidth), path).toBeLessThanOrEqual(320);
    }
  });
});
