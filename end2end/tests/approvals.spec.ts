import type { Page } from '@playwright/test';

import { expect, test } from '../support/fixtures';
import { pdf } from '../support/pdf';
import { addVersion, makePublished, navigation, statusOf, unique } from '../support/steps';
import { expectWellMade } from '../support/well-made';

/** The button that is in reach: at the foot of a phone, in the panel elsewhere. */
function approve(page: Page, version: number) {
  return page.getByRole('button', { name: `Approve version ${version}` }).filter({ visible: true });
}

test('A contract is declined with a reason, corrected, and approved by both', async ({ as }) => {
  test.slow();
  const pm = await as('pm');
  const { id, title } = await makePublished(pm, unique('Contract'));
  await pm.getByRole('link', { name: 'Ask for approval' }).click();
  await pm.getByRole('checkbox', { name: /^Anna Albers/ }).check();
  await pm.getByRole('checkbox', { name: /^Ben Brandt/ }).check();
  await pm.getByLabel('Message').fill('Please look at page 6.');
  await pm.getByRole('button', { name: 'Ask for approval' }).click();
  await expect(pm.getByRole('status')).toContainText('2 people are asked for approval.');

  // What needs Ben stands on his home; the others learn whose it is.
  const ben = await as('ben');
  await ben.goto('/');
  await ben.getByRole('link', { name: `Decide: ${title}` }).click();
  await expect(ben.getByRole('region', { name: 'Your decision' })).toContainText('Please look at page 6.');
  await ben.getByRole('link', { name: /^Decline/ }).filter({ visible: true }).click();
  await ben.getByRole('button', { name: 'Decline' }).click();
  await expect(ben.getByLabel('Why do you decline?')).toHaveAttribute('aria-invalid', 'true');
  await ben.getByLabel('Why do you decline?').fill('Two sensors are not enough.');
  await ben.getByRole('button', { name: 'Decline' }).click();
  await expect(ben.getByRole('status')).toContainText('You have declined version 1.');
  await ben.goto('/');
  await expect(ben.getByRole('link', { name: `Decide: ${title}` })).toHaveCount(0);

  // Staff read why, and a corrected version asks both again.
  await pm.goto(`/staff/documents/${id}`);
  await expect(pm.getByRole('region', { name: 'Approval' })).toContainText('Two sensors are not enough.');
  await addVersion(pm, pdf('corrected.pdf'));
  for (const who of ['ben', 'anna'] as const) {
    const page = await as(who);
    await page.goto(`/documents/${id}`);
    await approve(page, 2).click();
    await expect(page.getByRole('status')).toContainText('You have approved version 2.');
  }
  const anna = await as('anna');
  await anna.goto(`/documents/${id}`);
  await expect(anna.getByRole('region', { name: 'Approval' })).toContainText('Approved');
  // What proves it is there to be taken away.
  const certificate = await anna.getByRole('link', { name: 'Certificate (PDF)' }).getAttribute('href');
  const file = await anna.request.get(certificate ?? '');
  expect(file.headers()['content-type']).toBe('application/pdf');
  expect((await file.body()).subarray(0, 5).toString()).toBe('%PDF-');

  await pm.goto('/staff/approvals?state=over');
  const row = pm.getByRole('row').filter({ hasText: title });
  await expect(row).toHaveCount(2);
  await expect(row.first()).toContainText('2/2');
});

test('Who cannot decide hands it on, and whoever administers comes second', async ({ as }) => {
  test.slow();
  const pm = await as('pm');
  const { id, title } = await makePublished(pm, unique('Steps'));
  await pm.getByRole('link', { name: 'Ask for approval' }).click();
  await pm.getByRole('checkbox', { name: /^Ben Brandt/ }).check();
  await pm.getByText('Step 2: then ask others').click();
  await pm.getByRole('radio', { name: /^Everybody with the role: Customer admin/ }).filter({ visible: true }).last().check();
  await pm.getByRole('button', { name: 'Ask for approval' }).click();
  await expect(pm.getByRole('region', { name: 'Approval' })).toContainText('Step 2');

  const ben = await as('ben');
  await ben.goto(`/documents/${id}`);
  await ben.getByRole('link', { name: 'Hand on to a colleague' }).click();
  await ben.getByRole('button', { name: 'Hand on' }).click();
  await expect(ben.getByText('Choose a colleague who can read the document').first()).toBeVisible();
  await ben.getByRole('radio', { name: /^Henning/ }).check();
  await ben.getByLabel('Message').fill('I am away until Monday.');
  await ben.getByRole('button', { name: 'Hand on' }).click();
  await expect(ben.getByRole('region', { name: 'Approval' })).toContainText('handed on to Henning');

  const anna = await as('anna');
  await anna.goto(`/documents/${id}`);
  await expect(anna.getByRole('region', { name: 'Approval' })).toContainText('Not yet their turn');
  await expect(anna.getByRole('region', { name: 'Approval' })).toContainText(/This is for Henning/);
  await anna.goto('/');
  await expect(anna.getByRole('link', { name: `Decide: ${title}` })).toHaveCount(0);
});

test('Staff see who has not decided, and remind the chosen', async ({ as, isMobile }) => {
  const pm = await as('pm');
  const { title } = await makePublished(pm, unique('Remind'));
  await pm.getByRole('link', { name: 'Ask for approval' }).click();
  await pm.getByRole('checkbox', { name: /^Ben Brandt/ }).check();
  await pm.getByRole('button', { name: 'Ask for approval' }).click();
  if (!isMobile) {
    await navigation(pm).getByRole('link', { name: 'Approvals' }).click();
  } else {
    await pm.goto('/staff/approvals');
  }
  await pm.getByRole('checkbox', { name: `Choose ${title}` }).check();
  await pm.getByRole('button', { name: 'Remind about the chosen' }).click();
  await expect(pm.getByRole('status')).toContainText('One person is reminded.');
  expect(await statusOf(await as('anna'), '/staff/approvals'), 'not for customers').toBe(403);
});

test('Pages of approvals are well made', { tag: '@javascript' }, async ({ as }) => {
  const pm = await as('pm');
  const { id } = await makePublished(pm, unique('Well made'));
  await pm.goto(`/staff/documents/${id}/approval`);
  await expectWellMade(pm);
  await pm.getByRole('checkbox', { name: /^Ben Brandt/ }).check();
  await pm.getByRole('button', { name: 'Ask for approval' }).click();
  await expectWellMade(pm);
  const ben = await as('ben');
  for (const path of [`/documents/${id}`, `/documents/${id}/decline`, `/documents/${id}/delegate`]) {
    await ben.goto(path);
    await expectWellMade(ben);
  }
  for (const path of ['/staff/approvals', '/staff/approvals?state=late', '/staff/approvals?state=over']) {
    await pm.goto(path);
    await expectWellMade(pm);
  }
});
