import type { Page } from '@playwright/test';

import { expectNothingForAxe } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { fillSignIn, type Who } from '../support/people';
import { makeDraft, makePublished, openAccountMenu, showAudience, unique } from '../support/steps';
import { expectNoSidewaysScroll, expectWellMade } from '../support/well-made';

/** Pages that are an address and somebody who may open it. */
const pages: { name: string; who?: Who; path: string; status?: number }[] = [
  { name: 'The sign-in page', path: '/sign-in' },
  { name: 'The page for an unknown address before sign-in', path: '/nothing-here', status: 404 },
  { name: 'Home', who: 'anna', path: '/' },
  { name: 'The home of an external partner', who: 'eva', path: '/' },
  { name: 'Documents', who: 'anna', path: '/documents' },
  { name: 'Documents of a category', who: 'carla', path: '/documents?category=minutes' },
  { name: 'The profile', who: 'anna', path: '/account' },
  { name: 'The profile of staff', who: 'pm', path: '/account' },
  { name: 'Sessions', who: 'anna', path: '/account/sessions' },
  { name: 'API tokens', who: 'anna', path: '/account/tokens' },
  { name: 'What one is told', who: 'anna', path: '/account/notifications' },
  { name: 'What staff are told', who: 'pm', path: '/account/notifications' },
  { name: 'What people of the organisation are told', who: 'anna', path: '/organisation/notifications' },
  { name: 'My data', who: 'anna', path: '/account/data' },
  { name: 'The page for an unknown address', who: 'anna', path: '/nothing-here', status: 404 },
  { name: 'The page for a place of the other side', who: 'anna', path: '/staff', status: 403 },
  { name: 'Staff home', who: 'pm', path: '/staff' },
  { name: 'Staff home of somebody who only reads', who: 'management', path: '/staff' },
  { name: 'Staff documents', who: 'pm', path: '/staff/documents' },
  { name: 'Staff documents by state and category', who: 'pm', path: '/staff/documents?state=withdrawn&category=other' },
  { name: 'A new document', who: 'pm', path: '/staff/documents/new' },
  { name: 'Customers', who: 'pm', path: '/staff/customers' },
  { name: 'The job queue', who: 'admin', path: '/staff/jobs' },
  { name: 'The job queue with nothing in it', who: 'management', path: '/staff/jobs?state=dead&kind=uploads.sweep' },
  { name: 'The audit log', who: 'admin', path: '/staff/audit' },
  { name: 'The sign-in rules', who: 'admin', path: '/staff/sign-in-rules' },
  { name: 'Webhooks of the organisation', who: 'anna', path: '/organisation/webhooks' },
  { name: 'A new webhook', who: 'anna', path: '/organisation/webhooks/new' },
  { name: 'Webhooks', who: 'admin', path: '/staff/webhooks' },
  { name: 'Announcements', who: 'support', path: '/staff/announcements' },
  { name: 'A new announcement', who: 'support', path: '/staff/announcements/new' },
  { name: 'The settings', who: 'admin', path: '/staff/settings' },
  { name: 'Retention', who: 'admin', path: '/staff/retention' },
  { name: 'The categories', who: 'admin', path: '/staff/categories' },
  { name: 'The rules of a category', who: 'admin', path: '/staff/categories/contract' },
  { name: 'The quarantine', who: 'admin', path: '/staff/quarantine' },
  { name: 'Sending files', who: 'anna', path: '/documents/send' },
  { name: 'What customers sent', who: 'pm', path: '/staff/arrivals' },
  { name: 'Everything that customers sent', who: 'pm', path: '/staff/arrivals?seen=all' },
  { name: 'Requests', who: 'pm', path: '/staff/requests' },
  { name: 'Asking for a file', who: 'pm', path: '/staff/requests/new' },
  { name: 'Chosen documents, none chosen', who: 'pm', path: '/staff/documents/bulk' },
  { name: 'What is to be renewed', who: 'pm', path: '/staff/renewals' },
  { name: 'Everybody with a sign-in', who: 'admin', path: '/staff/users' },
  { name: 'The form to invite staff', who: 'admin', path: '/staff/users/invite' },
  { name: 'The roles', who: 'management', path: '/staff/roles' },
  { name: 'A new customer', who: 'admin', path: '/staff/customers/new' },
  { name: 'The master data of the organisation', who: 'anna', path: '/organisation/details' },
  { name: 'Security', who: 'anna', path: '/account/security' },
  { name: 'Setting up an authenticator app', who: 'anna', path: '/account/security/authenticator' },
  { name: 'The page for a right that is missing', who: 'support', path: '/staff/audit', status: 403 },
];

// axe waits with timers, which a browser without JavaScript does not run; the pages are the same there.
const axe = { tag: '@javascript' };

for (const { name, who, path, status } of pages) {
  const check = async (page: Page) => {
    expect((await page.goto(path))!.status()).toBe(status ?? 200);
    await expectWellMade(page);
  };
  if (who) {
    test(`${name} is well made`, axe, async ({ as }) => check(await as(who)));
  } else {
    test(`${name} is well made`, axe, ({ page }) => check(page));
  }
}

test('The sign-in page with errors is well made', axe, async ({ page }) => {
  await page.goto('/sign-in');
  await fillSignIn(page, 'somebody@acme.example', '');
  await expect(page.getByRole('alert')).toBeVisible();
  await expectWellMade(page);
});

test('A document as its reader sees it is well made', axe, async ({ as }) => {
  const page = await as('anna');
  await page.goto('/documents');
  await page.getByRole('rowheader').getByRole('link').first().click();
  await expect(page).toHaveURL(/\/documents\/[0-9a-f-]{36}$/);
  await expectWellMade(page);
});

test('One customer is well made', axe, async ({ as }) => {
  const page = await as('pm');
  await page.goto('/staff/customers');
  await page.getByRole('link', { name: 'ACME Werke AG' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('ACME Werke AG');
  await expectWellMade(page);
});

test('A new document with errors is well made', axe, async ({ as }) => {
  const page = await as('pm');
  await page.goto('/staff/documents/new');
  await page.getByRole('button', { name: 'Save as draft' }).click();
  await expect(page.getByRole('alert').getByRole('heading')).toBeVisible();
  await expectWellMade(page);
});

test('A draft and the page to publish it, with every audience, are well made', axe, async ({ as }) => {
  test.slow();
  const page = await as('pm');
  const { id } = await makeDraft(page, unique('Well made draft'));
  await expectWellMade(page);
  await showAudience(page, { project: 'Roller conveyor, line 2' });
  await expectWellMade(page);
  await showAudience(page, { people: [] });
  await expectWellMade(page);
  await page.goto(`/staff/documents/${id}`);
  await expectWellMade(page);
});

test('A published document, its menu and its dialog are well made', axe, async ({ as }) => {
  const page = await as('pm');
  await makePublished(page, unique('Well made'));
  await expectWellMade(page);
  await page.getByText('Colleagues on our side').click();
  await page.getByRole('button', { name: 'Withdraw' }).click();
  await expect(page.getByRole('dialog', { name: 'Withdraw this document?' })).toBeVisible();
  await expectNothingForAxe(page, 'dialog, light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectNothingForAxe(page, 'dialog, dark');
  await expectNoSidewaysScroll(page);
  await page.keyboard.press('Escape');
  await openAccountMenu(page);
  await expectNothingForAxe(page, 'menu, dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await expectNothingForAxe(page, 'menu, light');
  await expectNoSidewaysScroll(page);
});
