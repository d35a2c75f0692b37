import { expect, test } from '../support/fixtures';
import { kontor } from '../support/kontor';
import { pdf, real, sha256 } from '../support/pdf';
import { signInAs } from '../support/people';
import {
  contentPath,
  download,
  fillNewDocument,
  idOf,
  makeDraft,
  navigation,
  publish,
  readers,
  statusOf,
  unique,
  untilIslandIsReady,
} from '../support/steps';

test('A project manager publishes a document, its reader downloads the same bytes, and another customer finds nothing', async ({
  page,
  as,
  javaScriptEnabled,
}) => {
  const title = unique('Layout of line 2');
  const file = real('einvoices/EN16931_Einfach.pdf') ?? pdf('Layout line 2.pdf', title);

  await signInAs(page, 'pm');
  await page.getByRole('link', { name: 'New document' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('New document');
  await fillNewDocument(page, { customer: 'ACME Werke AG', category: 'Specifications', title, file });
  await untilIslandIsReady(page, javaScriptEnabled);
  const sent = page.waitForRequest((request) => request.method() === 'POST');
  await page.getByRole('button', { name: 'Save as draft' }).click();
  expect((await sent).resourceType()).toBe(javaScriptEnabled ? 'xhr' : 'document');

  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Publish “${title}”`);
  await expect(page.getByRole('status')).toHaveText('The draft is saved. Now choose who may read it.');
  const id = idOf(page);
  await expect(readers(page).getByRole('heading')).toHaveText('3 people will see this');
  await expect(readers(page).getByRole('listitem')).toHaveText([
    /Anna Albers.*Customer admin/,
    /Ben Brandt.*Customer/,
    /Henning Voß.*Customer.*never signed in/,
  ]);

  const anna = await as('anna');
  expect(await statusOf(anna, `/documents/${id}`), 'a draft is internal').toBe(404);
  expect(await statusOf(anna, contentPath(id, 1)), 'and so is its file').toBe(404);

  await readers(page).getByRole('button', { name: 'Publish to 3 people' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
  await expect(page.getByRole('status').filter({ hasText: 'published' })).toHaveText(`“${title}” is published`);

  await anna.goto('/');
  const fresh = anna.getByRole('region', { name: 'New documents' });
  await expect(fresh.getByRole('link', { name: `${title} (new)` })).toBeVisible();
  await navigation(anna).getByRole('link', { name: 'Documents' }).click();
  const row = anna.getByRole('row').filter({ hasText: title });
  await expect(row.getByRole('cell', { name: 'New', exact: true })).toBeVisible();
  await row.getByRole('rowheader').getByRole('link', { name: title }).click();
  await expect(anna.getByRole('heading', { level: 1 })).toHaveText(title);
  const saved = await download(anna, anna.getByRole('link', { name: /^Download \(/ }));
  expect(saved.name).toBe(file.name);
  expect(sha256(saved.bytes)).toBe(sha256(file.buffer));
  await expect(anna.getByText(sha256(file.buffer))).toBeVisible();
  await anna.goto('/documents');
  await expect(row.getByRole('cell', { name: 'Opened', exact: true })).toBeVisible();

  const carla = await as('carla');
  expect(await statusOf(carla, `/documents/${id}`)).toBe(404);
  await expect(carla.getByRole('heading', { level: 1 })).toHaveText('This page is not here');
  expect(await statusOf(carla, contentPath(id, 1))).toBe(404);
  await expect(carla.getByText(title)).toHaveCount(0);
  await carla.goto('/documents');
  await expect(carla.getByRole('row').filter({ hasText: title })).toHaveCount(0);

  for (const [email, status] of [['anna@acme.example', 200], ['carla@borealis.example', 404]] as const) {
    const token = (await kontor(['token', 'create', '--email', email, '--name', title])).trim();
    for (const path of ['', '/versions', '/versions/1/content']) {
      const answer = await page.request.get(`/api/v1/documents/${id}${path}`, { headers: { authorization: `Bearer ${token}` } });
      expect(answer.status(), `${email}: ${path}`).toBe(status);
    }
  }
  const trail = (await kontor(['audit', 'verify'])).split('\n');
  const acts = trail.filter((line) => line.includes(`document:${id}`)).map((line) => /document\.\w+/.exec(line)?.[0]);
  for (const act of ['document.create', 'document.publish', 'document.download']) {
    expect(acts, trail.at(-2)).toContain(act);
  }
});

test('A file without a title gives the document its name', async ({ as }) => {
  const name = unique('Prüfprotokoll Förderstrecke');
  const page = await as('pm');
  await makeDraft(page, '', pdf(`${name}.pdf`));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Publish “${name}”`);
});

test('A draft that waits stands on the staff home with its next step', async ({ as }) => {
  const title = unique('Draft that waits');
  const page = await as('pm');
  const { id } = await makeDraft(page, title);
  await page.goto('/staff');
  const drafts = page.getByRole('region', { name: 'Not published yet' });
  await drafts.getByRole('link', { name: `Publish: ${title}` }).click();
  await expect(page).toHaveURL(`/staff/documents/${id}/publish`);
  await publish(page);
  await page.goto('/staff');
  await expect(drafts.getByRole('link', { name: title })).toHaveCount(0);
  const activity = page.getByRole('region', { name: 'Recent activity' }).getByRole('listitem').filter({ hasText: title });
  await expect(activity.first()).toContainText('Published by Petra Mommsen');
});
