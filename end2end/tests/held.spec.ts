import { expect, test } from '../support/fixtures';
import { kontor } from '../support/kontor';
import { signInAs } from '../support/people';
import { age, contentPath, findVirus, keepFor, makePublished, unique } from '../support/steps';

test('A file that the virus scanner holds is nobody’s until it is released with a reason', async ({ as, page }) => {
  const { id, title } = await makePublished(await as('pm'), unique('Held back'));
  await findVirus(title);
  const reader = await as('ben');
  await reader.goto(`/documents/${id}`);
  await expect(reader.getByText('This file is held back').first()).toBeVisible();
  expect((await reader.request.get(contentPath(id, 1))).status()).not.toBe(200);

  // Whoever decides has proved lately who they are, and says why.
  await signInAs(page, 'admin');
  await page.goto('/staff/quarantine');
  await page.getByRole('link', { name: `${title}.pdf` }).click();
  await expect(page.getByText('Test.Virus')).toBeVisible();
  await page.getByRole('button', { name: 'Release the file' }).click();
  await expect(page.getByText('Say why, for whoever asks later.').first()).toBeVisible();
  await page.getByLabel('Reason').fill('A false alarm: the supplier has confirmed it.');
  await page.getByRole('button', { name: 'Release the file' }).click();
  await expect(page.getByText(`“${title}.pdf” is released`)).toBeVisible();
  await expect(page.getByRole('link', { name: `${title}.pdf` })).toHaveCount(0);

  expect((await reader.request.get(contentPath(id, 1))).status()).toBe(200);
  await page.goto(`/documents/${id}/history`);
  const released = page.getByRole('list', { name: 'History' }).getByRole('listitem').filter({ hasText: 'A false alarm' });
  await expect(released).toContainText('Version 1');
  // The reason is for the house.
  await reader.goto(`/documents/${id}`);
  await expect(reader.getByText('A false alarm')).toHaveCount(0);
});

test('The dry run names what is older than the rule, and neither what is held nor what is young', async ({ as }) => {
  test.slow();
  const pm = await as('pm');
  const due = await makePublished(pm, unique('Ten years old'));
  const held = await makePublished(pm, unique('Ten years old and held'));
  const young = await makePublished(pm, unique('Of today'));
  await pm.goto(`/staff/documents/${held.id}`);
  const hold = pm.locator('details', { hasText: 'Keep in spite of the rules' });
  await hold.locator('summary').click();
  await hold.getByLabel('Reason').fill('A lawsuit');
  await hold.getByRole('button', { name: 'Hold' }).click();
  await expect(pm.getByText('The document is held.').first()).toBeVisible();
  for (const { title } of [due, held]) {
    await age(title);
  }

  // Longer than anything of the demo is old.
  const admin = await as('admin');
  await keepFor(admin, 'Specifications', 3000);
  const list = admin.getByRole('region', { name: /^Would be deleted now/ });
  await expect(list).toContainText(due.title);
  await expect(list).not.toContainText(held.title);
  await expect(list).not.toContainText(young.title);
  const said = await kontor(['retention']);
  expect(said).toContain(due.title);
  expect(said).not.toContain(held.title);
  expect(said).not.toContain(young.title);
});
