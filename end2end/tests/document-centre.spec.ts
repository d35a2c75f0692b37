import { expect, test } from '../support/fixtures';
import { pdf } from '../support/pdf';
import { addVersion, makeDraft, makePublished, statusOf, unique } from '../support/steps';

test('Chosen documents come as one file', async ({ as }) => {
  const staff = await as('pm');
  const one = await makePublished(staff, unique('Chosen one'));
  const two = await makePublished(staff, unique('Chosen two'));
  const page = await as('ben');
  await page.goto('/documents');
  await page.getByRole('button', { name: 'Download chosen as a zip file' }).click();
  await expect(page.getByText('Choose at least one document.')).toBeVisible();
  for (const { title } of [one, two]) {
    await page.getByRole('checkbox', { name: `Choose ${title}` }).check();
  }
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download chosen as a zip file' }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^Documents \d{4}-\d\d-\d\d\.zip$/);
  expect(await file.failure()).toBeNull();
});

test('Several drafts are published after a look at who gets them', async ({ as }) => {
  const page = await as('pm');
  const one = await makeDraft(page, unique('Several one'));
  const two = await makeDraft(page, unique('Several two'));
  await page.goto('/staff/documents?state=draft');
  for (const { title } of [one, two]) {
    await page.getByRole('checkbox', { name: `Choose ${title}` }).check();
  }
  await page.getByRole('button', { name: 'Publish, move or tag chosen' }).click();
  const panel = page.getByRole('region', { name: 'Publish' });
  await expect(panel.getByRole('listitem')).toHaveText([
    // The newest first, as in the list.
    new RegExp(`${two.title}.*3 people will see this`),
    new RegExp(`${one.title}.*3 people will see this`),
  ]);
  await panel.getByRole('button', { name: 'Publish 2 documents' }).click();
  await expect(page.getByText('2 documents are published')).toBeVisible();
  expect(await statusOf(await as('ben'), `/documents/${one.id}`)).toBe(200);
});

test('Versions are compared, an older one comes back, and the history tells it', async ({ as }) => {
  const page = await as('pm');
  const { id } = await makePublished(page, unique('Comes back'));
  await page.goto(`/staff/documents/${id}`);
  await page.getByLabel('What is new').fill('A new flange');
  await addVersion(page, pdf('second.pdf'));
  await expect(page.getByRole('region', { name: 'Versions' })).toContainText('A new flange');
  await page.getByRole('link', { name: 'Compare versions' }).click();
  await expect(page.getByRole('row', { name: /^What is new/ })).toContainText('A new flange');
  await page.goto(`/staff/documents/${id}`);
  await page.getByRole('button', { name: 'Bring back version 1 as the newest' }).click();
  await expect(page.getByText('Version 1 is back, as version 3')).toBeVisible();
  await page.getByRole('link', { name: 'History of this document' }).click();
  // Whoever looked at its preview meanwhile stands above it.
  const back = page.getByRole('list', { name: 'History' }).getByRole('listitem').filter({ hasText: 'Older version brought back' });
  await expect(back).toHaveCount(1);
  await expect(back).toContainText('Version 3');
});

test('What ends soon is told where people look', async ({ as }) => {
  const page = await as('pm');
  const { id, title } = await makePublished(page, unique('Ends soon'));
  await page.goto(`/staff/documents/${id}`);
  const soon = new Date(Date.now() + 10 * 24 * 3600 * 1000).toISOString().slice(0, 10);
  await page.getByLabel(/^Valid until/).fill(soon);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText(/^Ends in (9|10|11) days/)).toBeVisible();
  await page.goto('/staff/renewals');
  await expect(page.getByRole('listitem').filter({ hasText: title })).toContainText('Ends in');
  const reader = await as('ben');
  await reader.goto(`/documents/${id}`);
  await expect(reader.getByText(/^Ends in (9|10|11) days/)).toBeVisible();
});
