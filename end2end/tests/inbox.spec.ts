import type { Locator, Page } from '@playwright/test';

import { expect, test } from '../support/fixtures';
import { makeDraft, publish, showAudience, unique } from '../support/steps';
import { expectWellMade } from '../support/well-made';

/** Sends a document to Ben by name, which then waits for him. */
async function waits(pm: Page): Promise<string> {
  const { title } = await makeDraft(pm, unique('Waits for Ben'));
  await showAudience(pm, { people: ['Ben Brandt'] });
  await publish(pm);
  return title;
}

/** How much waits, as the navigation, the heading of the list and the title of the page say it. */
async function numbers(page: Page): Promise<number[]> {
  const first = async (where: Locator): Promise<number> => Number.parseInt(await where.first().innerText(), 10);
  const navigation = page.locator('.sidebar .count--solid, .tabbar .count--solid').filter({ visible: true });
  const title = /^\((\d+)\)/.exec(await page.title())?.[1];
  return [await first(navigation), await first(page.locator('#todo > .panel-head .count')), Number(title)];
}

const rowOf = (page: Page, title: string): Locator =>
  page.locator('#todo-list > .inbox > li').filter({ hasText: title });

async function later(row: Locator): Promise<Locator> {
  await row.getByRole('button', { name: /^Later: / }).click();
  return row.getByRole('dialog');
}

test('One click takes a document as read, and every number falls by one', async ({ as, javaScriptEnabled }) => {
  const title = await waits(await as('pm'));
  const ben = await as('ben');
  await ben.goto('/');
  const [before] = await numbers(ben);
  expect(await numbers(ben)).toEqual([before, before, before]);
  // Whatever reloads the page takes this away.
  await ben.evaluate(() => document.documentElement.setAttribute('data-same', ''));
  const menu = await later(rowOf(ben, title));
  await menu.getByRole('button', { name: 'Mark as read' }).click();
  await expect(ben.locator('#todo-said')).toHaveText(`Read: ${title}`);
  await expect(rowOf(ben, title)).toHaveCount(0);
  expect(await numbers(ben)).toEqual([before! - 1, before! - 1, before! - 1]);
  await expect(ben.locator('html[data-same]')).toHaveCount(javaScriptEnabled ? 1 : 0);
  if (javaScriptEnabled) {
    // Whoever goes by keyboard goes on in the list.
    await expect(ben.locator('#todo :focus')).toHaveCount(1);
  }
});

test('Something is put off, comes back with Undo, and stands meanwhile where what was put off is', async ({ as }) => {
  const title = await waits(await as('pm'));
  const ben = await as('ben');
  await ben.goto('/');
  const [before] = await numbers(ben);
  let menu = await later(rowOf(ben, title));
  await menu.getByRole('button', { name: 'Tomorrow' }).click();
  const said = ben.locator('#todo-said');
  await expect(said).toContainText(`Put off until tomorrow: Read “${title}”`);
  expect((await numbers(ben))[0]).toBe(before! - 1);
  await said.getByRole('button', { name: 'Undo' }).click();
  await expect(said).toContainText('Back in the list');
  await expect(rowOf(ben, title)).toHaveCount(1);
  expect((await numbers(ben))[0]).toBe(before);

  menu = await later(rowOf(ben, title));
  const day = new Date(Date.now() + 40 * 24 * 3600 * 1000).toISOString().slice(0, 10);
  await menu.getByLabel('On', { exact: true }).fill(day);
  await menu.getByRole('button', { name: 'OK' }).click();
  await expect(said).toContainText('Put off until');
  await ben.getByText(/^Put off \(\d+\)$/).click();
  const away = ben.locator('#todo details li').filter({ hasText: title });
  await expect(away).toContainText('comes back');
  await away.getByRole('button', { name: /^Bring back: / }).click();
  await expect(rowOf(ben, title)).toHaveCount(1);
  await later(rowOf(ben, title)).then((open) => open.getByRole('button', { name: 'Mark as read' }).click());
  await expect(rowOf(ben, title)).toHaveCount(0);
});

test('When the network is away the form is sent as forms are', { tag: '@javascript' }, async ({ as, watch }) => {
  watch.allow(/^answer 503 to POST .*\/_fn\/inbox\/read$/);
  const title = await waits(await as('pm'));
  const ben = await as('ben');
  await ben.goto('/');
  // What the script asks for fails; the browser's own request does not.
  await ben.route('**/_fn/inbox/read', (route) =>
    route.request().resourceType() === 'fetch' ? route.fulfill({ status: 503, body: '' }) : route.continue(),
  );
  const menu = await later(rowOf(ben, title));
  await menu.getByRole('button', { name: 'Mark as read' }).click();
  await expect(ben.locator('#todo-said')).toHaveText(`Read: ${title}`);
  await ben.unroute('**/_fn/inbox/read');
});

test('The list is well made, also with a menu open and something put off', { tag: '@javascript' }, async ({ as }) => {
  const title = await waits(await as('pm'));
  const ben = await as('ben');
  await ben.goto('/');
  await expectWellMade(ben);
  const menu = await later(rowOf(ben, title));
  await expectWellMade(ben);
  await menu.getByRole('button', { name: 'Tomorrow' }).click();
  await expect(ben.locator('#todo-said')).toContainText('Put off');
  await ben.getByText(/^Put off \(\d+\)$/).click();
  await expectWellMade(ben);
  await ben.locator('#todo-said').getByRole('button', { name: 'Undo' }).click();
  await expect(rowOf(ben, title)).toHaveCount(1);
});
