import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Page } from '@playwright/test';

import { expect, test } from '../support/fixtures';
import { kontor } from '../support/kontor';
import { pdf } from '../support/pdf';
import { addVersion, age, keepFor, makePublished, unique } from '../support/steps';

/** The same page on a small phone. */
async function onPhone(page: Page): Promise<Page> {
  await page.setViewportSize({ width: 360, height: 740 });
  return page;
}

/** What is in reach on this screen. */
const visible = { visible: true };

// With a clock that can be set, and until it is deleted: server/tests/it/story.rs.
test('A contract goes out to three, one declines, a corrected one is approved by two, and the proof holds', async ({ as }) => {
  test.slow();
  const pm = await as('pm');
  const { id, title } = await makePublished(pm, unique('Story'));
  await pm.getByRole('link', { name: 'Ask for approval' }).click();
  for (const name of [/^Anna Albers/, /^Ben Brandt/, /^Henning/]) {
    await pm.getByRole('checkbox', { name }).first().check();
  }
  await pm.getByRole('radio', { name: /^A certain number/ }).filter(visible).first().check();
  await pm.getByLabel('How many must approve').filter(visible).first().fill('2');
  await pm.getByRole('button', { name: 'Ask for approval' }).click();
  await expect(pm.getByRole('status')).toContainText('3 people are asked for approval.');

  const ben = await onPhone(await as('ben'));
  await ben.goto('/');
  await ben.getByRole('link', { name: `Decide: ${title}` }).click();
  await ben.getByRole('link', { name: /^Decline/ }).filter(visible).click();
  await ben.getByLabel('Why do you decline?').fill('Two sensors are not enough.');
  await ben.getByRole('button', { name: 'Decline' }).click();
  await expect(ben.getByRole('status')).toContainText('You have declined version 1.');

  await pm.goto(`/staff/documents/${id}`);
  await expect(pm.getByRole('region', { name: 'Approval' })).toContainText('Two sensors are not enough.');
  const corrected = pdf('corrected.pdf');
  await addVersion(pm, corrected);
  for (const who of ['ben', 'anna'] as const) {
    const page = await onPhone(await as(who));
    await page.goto(`/documents/${id}`);
    await page.getByRole('button', { name: 'Approve version 2' }).filter(visible).click();
    await expect(page.getByRole('status')).toContainText('You have approved version 2.');
  }

  // The old version says that it is outdated, in the list of versions and where it is looked at.
  const anna = await as('anna');
  await anna.goto(`/documents/${id}?version=1`);
  await expect(anna.getByRole('region', { name: 'Versions' }).getByRole('listitem')).toHaveText([/Version 2.*Current/, /Version 1.*Outdated/]);
  await expect(anna.getByText('Version 1 is outdated.')).toBeVisible();
  await pm.goto('/staff/approvals?state=over');
  const rows = pm.getByRole('row').filter({ hasText: title });
  await expect(rows).toHaveCount(2);
  await expect(rows.filter({ hasText: 'Version 2' })).toContainText('2/2');
  await expect(rows.filter({ hasText: 'Version 1' })).toContainText('Outdated');

  // The certificate holds in an empty folder, for these bytes and the portal's key; and for no others.
  const link = anna.getByRole('link', { name: 'Signed data (JSON)' });
  const certificate = await (await anna.request.get((await link.getAttribute('href'))!)).body();
  const folder = await mkdtemp(join(tmpdir(), 'kontor-story-'));
  await writeFile(join(folder, 'certificate.json'), certificate);
  await writeFile(join(folder, 'contract.pdf'), corrected.buffer);
  await writeFile(join(folder, 'other.pdf'), pdf('other.pdf').buffer);
  const said = await kontor(['verify', 'certificate.json', '--document', 'contract.pdf'], { folder });
  expect(said).toContain('approved: version 2');
  expect(said).toMatch(/everything fits\n$/);
  await expect(kontor(['verify', 'certificate.json', '--document', 'other.pdf'], { folder })).rejects.toThrow(/another one/);
  await rm(folder, { recursive: true });

  // Nothing is deleted before its time; then the dry run names it with both versions, and nothing else that it did not name.
  await keepFor(await as('admin'), 'Specifications', 3000);
  const before = (await kontor(['retention'])).split('\n');
  expect(before.filter((line) => line.endsWith(title))).toEqual([]);
  await age(title);
  const named = (await kontor(['retention'])).split('\n').filter((line) => !before.includes(line));
  expect(named).toEqual([
    expect.stringMatching(new RegExp(`^${id} .* 2 versions, \\d+ bytes  ACME Werke AG: ${title}$`)),
    expect.stringMatching(/^would delete \d+ documents with \d+ versions, /),
  ]);
});
