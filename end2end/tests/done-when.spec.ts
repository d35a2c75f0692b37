import type { Locator, Page } from '@playwright/test';

import { expect, test } from '../support/fixtures';
import { newcomer } from '../support/kontor';
import { unique } from '../support/steps';
import { expectNoSidewaysScroll } from '../support/well-made';

/** Jobs take a moment: looks again until the page says so, without a script too. */
async function until(page: Page, text: string): Promise<void> {
  await expect(async () => {
    await page.reload();
    const said = page.getByRole('heading', { name: text }).or(page.locator('.badge', { hasText: text }));
    await expect(said.first()).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 30_000 });
}

/** Has a file looked through, and stays where one decides about it. */
async function look(admin: Page, kind: string, name: string, buffer: Buffer): Promise<void> {
  await admin.goto('/staff/imports');
  await admin.getByLabel('What is in the file?').selectOption({ label: kind });
  await admin.getByLabel('File', { exact: true }).setInputFiles({ name, mimeType: 'text/csv', buffer });
  await admin.getByRole('button', { name: 'Look through the file' }).click();
  await until(admin, 'Your decision');
}

async function take(admin: Page, kind: string, name: string, text: string): Promise<void> {
  await look(admin, kind, name, Buffer.from(text, 'utf8'));
  await admin.getByRole('button', { name: 'Import now' }).click();
  await until(admin, 'Imported');
}

/** A field of date and time, so many days from now at this hour. */
function at(days: number, hour: string): string {
  return `${new Date(Date.now() + days * 24 * 3600 * 1000).toISOString().slice(0, 10)}T${hour}`;
}

/** How much waits, as the navigation and the heading of the list say it. */
async function waiting(page: Page): Promise<number[]> {
  const first = async (where: Locator): Promise<number> => Number.parseInt(await where.first().innerText(), 10);
  const navigation = page.locator('.sidebar .count--solid, .tabbar .count--solid').filter({ visible: true });
  return [await first(navigation), await first(page.locator('#todo > .panel-head .count'))];
}

// The same with the files of Northwind, as far as there is no browser in it: server/tests/it/imports.rs.
test('What the ERP writes is what a customer sees, who moves a visit and ticks a task off', async ({ as, browser, page, watch, isMobile, javaScriptEnabled }) => {
  test.slow();
  const tag = unique('').trim();
  const [savea, ernsh] = [`Savea ${tag}`, `Ernsh ${tag}`];
  const [one, two, other] = [`${tag}-1`, `${tag}-2`, `${tag}-3`];
  const admin = await as('admin');

  // Customers, their orders and lines as one system writes them; then the same orders as an older one does.
  await take(admin, 'Customers', 'customers.csv', `customer_id,company_name,city\nS${tag},${savea},Boise\nE${tag},${ernsh},Graz\n`);
  const orders = [
    'order_id,customer_id,order_date,required_date,shipped_date,ship_name,ship_city,order_value',
    `${one},S${tag},2026-07-04,2026-08-01,2026-07-16,Säve-a-lot,Köln,1234.50`,
    `${two},S${tag},2026-07-05,2030-08-16,,Säve-a-lot,Köln,20.50`,
    `${other},E${tag},2026-07-06,2030-08-17,,Ernst Händel,Graz,45.00`,
  ];
  await take(admin, 'Orders', 'orders.csv', `${orders.join('\n')}\n`);
  const lines = [
    'order_id,product_id,product_name,unit_price,quantity,discount',
    `${one},11,Queso Cabrales,100.00,12,0`,
    `${one},42,Hokkien Fried Mee,34.50,1,0`,
    `${two},72,Mozzarella,10.25,2,0`,
    `${other},14,Tofu,9.00,5,0`,
  ];
  await take(admin, 'Order lines', 'order_lines.csv', `${lines.join('\n')}\n`);
  const legacy = [
    'Auftragsnr;Kundennr;Auftragsdatum;Wunschtermin;Lieferdatum;Empfänger;Ort;Auftragswert',
    `${one};S${tag};04.07.2026;01.08.2026;16.07.2026;Säve-a-lot;Köln;1.234,50`,
    `${two};S${tag};05.07.2026;16.08.2030;;Säve-a-lot;Köln;20,50`,
    `${other};E${tag};06.07.2026;17.08.2030;;Ernst Händel;Graz;45,00`,
  ];
  // Of these letters Latin-1 and Windows-1252 have the same bytes.
  await look(admin, 'Orders', 'auftraege_erp.csv', Buffer.from(`${legacy.join('\r\n')}\r\n`, 'latin1'));
  await expect(admin.getByText('Everything in this file is there already. There is nothing to import.')).toBeVisible();

  // Somebody of each customer, who sees their own orders and nothing of the other.
  await newcomer(page, `savea-${tag}`);
  await page.goto('/orders?which=all');
  const row = (number: string): Locator => page.getByRole('row').filter({ hasText: number });
  await expect(row(one)).toContainText('Delivered');
  await expect(row(two)).toContainText('Received');
  await expect(row(other)).toHaveCount(0);
  await row(two).getByRole('link').click();
  await expect(page.getByText('Mozzarella')).toBeVisible();
  const order = new URL(page.url()).pathname;
  if (isMobile) {
    await expectNoSidewaysScroll(page);
  }
  const stranger = await browser.newContext();
  const theirs = await stranger.newPage();
  watch.follow(theirs);
  await newcomer(theirs, `ernsh-${tag}`);
  await theirs.goto('/orders?which=all');
  await expect(theirs.getByRole('row').filter({ hasText: other })).toHaveCount(1);
  await expect(theirs.getByRole('row').filter({ hasText: `${tag}-` })).toHaveCount(1);
  expect((await theirs.goto(order))!.status()).toBe(404);
  await stranger.close();

  // A project with two tasks, and times to choose from.
  const [task, second, visit] = [unique('Measure the doors'), unique('Name a contact'), unique('Visit')];
  await admin.goto('/staff/projects');
  await admin.getByRole('link', { name: 'New project' }).click();
  await admin.getByLabel('Customer', { exact: true }).selectOption({ label: savea });
  await admin.getByRole('button', { name: 'Continue' }).click();
  await admin.getByLabel('Title').fill(`Gates ${tag}`);
  await admin.getByRole('button', { name: 'Save' }).click();
  await expect(admin.getByRole('heading', { level: 1 })).toHaveText(`Gates ${tag}`);
  await admin.getByText('Add somebody').click();
  await admin.getByLabel('Who?').selectOption({ label: 'Nora Neumann' });
  await admin.getByRole('button', { name: 'Add', exact: true }).click();
  for (const title of [task, second]) {
    await admin.getByText('Add a task', { exact: true }).click();
    await admin.getByLabel('What is to do?').fill(title);
    await admin.getByLabel('Whose task it is').selectOption({ label: 'Nora Neumann' });
    await admin.getByRole('button', { name: 'Add task' }).click();
    await expect(admin.getByText('The task is added.')).toBeVisible();
  }
  await admin.goto('/staff/appointments');
  await admin.getByRole('link', { name: 'New appointment' }).click();
  await admin.getByLabel('Customer', { exact: true }).selectOption({ label: savea });
  await admin.getByRole('button', { name: 'Continue' }).click();
  await admin.getByLabel('Title').fill(visit);
  // Days of its own in each browser: whoever of the house goes there is free once.
  const day = 20 + 2 * ['desktop', 'phone', 'no-javascript'].indexOf(test.info().project.name);
  await admin.getByLabel('Time 1').fill(at(day, '09:00'));
  await admin.getByLabel('Time 2').fill(at(day + 1, '13:00'));
  await admin.getByRole('checkbox', { name: 'Nora Neumann' }).check();
  await admin.getByRole('button', { name: 'Send' }).click();
  await expect(admin.getByRole('status')).toContainText('The customer is asked.');

  // Agreed, and moved to the other time without anybody of the house.
  await page.goto('/');
  await page.getByRole('link', { name: `Choose: ${visit}` }).click();
  await page.getByRole('button', { name: /^Confirm .*09:00/ }).click();
  await expect(page.getByRole('status')).toContainText('The appointment is agreed.');
  await page.getByRole('button', { name: /^Take .*13:00/ }).click();
  await expect(page.getByRole('status')).toContainText('The appointment is moved.');
  await expect(page.getByText(/^Nora Neumann has moved it from .* to .*13:00$/)).toBeVisible();
  if (isMobile) {
    await expectNoSidewaysScroll(page);
  }

  // One task done: every number falls by one, and the page stays where it is.
  await page.goto('/');
  const [before] = await waiting(page);
  expect(before).toBeGreaterThanOrEqual(2);
  expect(await waiting(page)).toEqual([before, before]);
  await page.evaluate(() => document.documentElement.setAttribute('data-same', ''));
  const todo = page.locator('#todo-list > .inbox > li').filter({ hasText: task });
  await todo.locator('form[action="/_fn/projects/tick"] button').click();
  await expect(todo).toHaveCount(0);
  await expect(page.locator('#todo-list > .inbox > li').filter({ hasText: second })).toHaveCount(1);
  expect(await waiting(page)).toEqual([before! - 1, before! - 1]);
  await expect(page.locator('html[data-same]')).toHaveCount(javaScriptEnabled ? 1 : 0);
});
