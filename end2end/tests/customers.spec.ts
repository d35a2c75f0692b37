import { expect, test } from '../support/fixtures';
import { signInAs } from '../support/people';
import { unique } from '../support/steps';
import { expectWellMade } from '../support/well-made';

test('Staff make a customer, change it, and find it again', async ({ as }) => {
  const admin = await as('admin');
  const name = unique('Möller & Söhne');
  await admin.goto('/staff/customers/new');
  await admin.getByRole('button', { name: 'Create customer' }).click();
  await expect(admin.getByRole('alert').first()).toBeVisible();
  await admin.getByLabel('Name', { exact: true }).fill(name);
  await admin.getByLabel('Customer number').fill(`K-${Date.now().toString(36)}`);
  await admin.getByRole('button', { name: 'Create customer' }).click();
  await expect(admin.getByRole('heading', { level: 1 })).toHaveText(name);
  await admin.getByRole('link', { name: 'Edit master data' }).click();
  await admin.getByRole('textbox', { name: /^City/ }).fill('Lübeck');
  await admin.getByRole('button', { name: 'Save' }).first().click();
  await expect(admin.getByRole('region', { name: 'Master data' })).toContainText('Lübeck');
  await admin.goto(`/staff/customers?search=${encodeURIComponent(name)}`);
  await expect(admin.getByRole('link', { name })).toBeVisible();
});

test('The help desk sees the portal as Ben sees it, changes nothing, and it stands on record', async ({ page, as }) => {
  await signInAs(page, 'support');
  await page.goto('/staff/customers');
  await page.getByRole('link', { name: 'ACME Werke AG' }).click();
  await page.getByRole('link', { name: 'View as Ben Brandt' }).click();
  await page.getByRole('button', { name: 'Start viewing' }).click();
  await expect(page.getByLabel('Reason')).toHaveAttribute('aria-invalid', 'true');
  const reason = unique('Ticket');
  await page.getByLabel('Reason').fill(reason);
  await page.getByRole('button', { name: 'Start viewing' }).click();
  await expect(page).toHaveURL('/');
  await expect(page.getByText('You see what Ben Brandt sees')).toBeVisible();
  await page.goto('/documents');
  await expect(page.getByRole('rowheader').first()).toBeVisible();
  expect((await page.goto('/account/security'))!.status(), 'no page of credentials').toBe(403);
  await page.goto('/');
  await page.getByRole('button', { name: 'Stop viewing' }).click();
  await expect(page.getByRole('status')).toContainText('You see your own pages again');
  const anna = await as('anna');
  await anna.goto('/organisation/details');
  await expect(anna.getByText(reason)).toBeVisible();
});

test('The pages of a customer are well made', { tag: '@javascript' }, async ({ page }) => {
  test.slow();
  await signInAs(page, 'admin');
  await page.goto('/staff/customers');
  await page.getByRole('link', { name: 'ACME Werke AG' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('ACME Werke AG');
  const customer = new URL(page.url()).pathname;
  const viewAs = await page.getByRole('link', { name: 'View as Ben Brandt' }).getAttribute('href');
  for (const path of [customer, `${customer}/edit`, `${customer}/archive`, `${customer}/people`, `${customer}/sign-in`, viewAs!]) {
    expect((await page.goto(path))!.status(), path).toBe(200);
    await expectWellMade(page);
  }
});
