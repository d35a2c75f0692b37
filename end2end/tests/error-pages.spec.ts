import type { Page, Response as Answer } from '@playwright/test';

import { sql } from '../support/database';
import { expect, test } from '../support/fixtures';
import { kontor } from '../support/kontor';
import { people, signInAs, type Who } from '../support/people';
import { contentPath, findVirus, makeDraft, makePublished, unique } from '../support/steps';
import { expectWellMade } from '../support/well-made';

/** The id of nothing. */
const nobody = '019283a0-0000-7000-8000-000000000000';

/** What every error page says: what is the matter, and the number that the support is told. */
async function expectErrorPage(page: Page, answer: Answer | null, status: number, heading: string): Promise<void> {
  expect(answer!.status()).toBe(status);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading);
  const id = answer!.headers()['x-request-id'] ?? '';
  expect(id).toMatch(/^[0-9a-f]{32}$/);
  await expect(page.getByText(id, { exact: true })).toBeVisible();
  // axe waits with timers, which a browser without JavaScript does not run; the pages are the same there.
  if (test.info().project.use.javaScriptEnabled !== false) await expectWellMade(page);
}

/** Pages that an address alone leads to. */
const addressed: { name: string; who?: Who; path: string; status: number; heading: string }[] = [
  { name: 'an address with a part that nobody knows', path: '/live?nothing=1', status: 400, heading: 'This request cannot be read' },
  { name: 'what only somebody signed in may ask for', path: '/live', status: 401, heading: 'Please sign in' },
  { name: 'a place of the other side', who: 'anna', path: '/staff', status: 403, heading: 'This is not open to you' },
  { name: 'a right that is missing', who: 'support', path: '/staff/audit', status: 403, heading: 'This is not open to you' },
  { name: 'an unknown address before sign-in', path: '/nothing-here', status: 404, heading: 'This page is not here' },
  { name: 'an unknown address', who: 'anna', path: '/nothing-here', status: 404, heading: 'This page is not here' },
  { name: 'a file that is not there', who: 'anna', path: contentPath(nobody, 1), status: 404, heading: 'This page is not here' },
  { name: 'what takes forms only', who: 'anna', path: '/account/stay', status: 405, heading: 'This address works differently' },
  { name: 'an export from a day that is none', who: 'admin', path: '/staff/audit/export?from=never', status: 422, heading: 'Something is missing' },
];

for (const { name, who, path, status, heading } of addressed) {
  const title = `${status}, ${name}, has a page`;
  const check = async (page: Page) => expectErrorPage(page, await page.goto(path), status, heading);
  if (who) {
    test(title, async ({ as }) => check(await as(who)));
  } else {
    test(title, ({ page }) => check(page));
  }
}

test('409, the certificate of what is not decided yet, has a page', async ({ as }) => {
  const pm = await as('pm');
  const { id } = await makePublished(pm, unique('Undecided'));
  await pm.getByRole('link', { name: 'Ask for approval' }).click();
  await pm.getByRole('checkbox', { name: /^Ben Brandt/ }).check();
  await pm.getByRole('button', { name: 'Ask for approval' }).click();
  await expect(pm.getByRole('status')).toContainText('One person is asked for approval.');
  const ben = await as('ben');
  await ben.goto(`/documents/${id}`);
  const approval = await ben.locator('input[name="approval"]').first().getAttribute('value');
  await expectErrorPage(ben, await ben.goto(`/approvals/${approval}/certificate.pdf`), 409, 'Somebody was faster');
  // What nobody is going to decide is not left in Ben's inbox.
  const token = (await kontor(['token', 'create', '--email', people.pm.email, '--name', 'Undecided'])).trim();
  const headers = { authorization: `Bearer ${token}` };
  expect((await pm.request.post(`/api/v1/documents/${id}/withdraw`, { headers })).status()).toBe(200);
});

test('413, a form that is longer than forms are, has a page', async ({ as }) => {
  const pm = await as('pm');
  const { id } = await makeDraft(pm, unique('A long note'));
  await pm.goto(`/staff/documents/${id}`);
  // As a browser sends it that neither runs scripts nor keeps to the length of a field.
  const [answer] = await Promise.all([
    pm.waitForResponse((response) => response.request().method() === 'POST' && response.request().isNavigationRequest()),
    pm.locator('#upload-form').evaluate((form: HTMLFormElement) => {
      form.querySelector<HTMLInputElement>('[name="note"]')!.value = 'x'.repeat(70_000);
      form.submit();
    }),
  ]);
  await expectErrorPage(pm, answer, 413, 'This file is too large');
});

test('423, a file that a virus scanner holds, has a page', async ({ as }) => {
  const { id, title } = await makePublished(await as('pm'), unique('Held from readers'));
  await findVirus(title);
  const ben = await as('ben');
  await expectErrorPage(ben, await ben.goto(contentPath(id, 1)), 423, 'This file is held back');
});

test('429, one browser too many that is told at once, has a page', async ({ as, baseURL }) => {
  const eva = await as('eva');
  // No page of hers stays open, whose own connection would go while it is counted.
  await eva.goto('about:blank');
  const cookie = (await eva.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const held: Response[] = [];
  try {
    while (held.length < 60) {
      held.push(await fetch(`${baseURL}/live`, { headers: { accept: 'text/event-stream', cookie } }));
    }
    expect([held[0]!.status, held[59]!.status], 'the first is taken, the last is not').toEqual([200, 429]);
    await expectErrorPage(eva, await eva.goto('/live'), 429, 'That was too often');
  } finally {
    await Promise.all(held.map((answer) => answer.body?.cancel()));
  }
});

test('500, a session that cannot be read, has a page', async ({ page, watch }) => {
  watch.allow(/^answer 500 to GET .*\/documents$/);
  await signInAs(page, 'eva');
  // Nothing open asks for anything meanwhile.
  await page.goto('about:blank');
  const store = async (data: string) =>
    sql(
      'UPDATE sessions SET data = ? WHERE id_hash = (SELECT s.id_hash FROM sessions s JOIN users u ON u.id = s.user_id WHERE u.email = ? ORDER BY s.created_at DESC LIMIT 1)',
      data,
      people.eva.email,
    );
  await store('broken');
  try {
    await expectErrorPage(page, await page.goto('/documents'), 500, 'This did not work');
  } finally {
    await store('{}');
  }
  // Whose session holds nothing signs in again.
  await page.goto('/documents');
  await expect(page).toHaveURL('/sign-in?next=%2Fdocuments');
});

test('503, a file that the store does not give, has a page, and nothing is lost', async ({ as, watch }) => {
  watch.allow(/^answer 503 to GET .*\/versions\/1\/content$/);
  const { id, title } = await makePublished(await as('pm'), unique('Away'));
  const move = async (to: string) =>
    sql(`UPDATE document_versions SET store_key = ${to} WHERE document_id = (SELECT id FROM documents WHERE title = ?)`, title);
  const anna = await as('anna');
  await move("store_key || '-away'");
  try {
    await expectErrorPage(anna, await anna.goto(contentPath(id, 1)), 503, 'Back in a moment');
  } finally {
    await move("REPLACE(store_key, '-away', '')");
  }
  expect((await anna.request.get(contentPath(id, 1))).status()).toBe(200);
});
