import { expect, test } from '../support/fixtures';
import { unique } from '../support/steps';
import { expectWellMade } from '../support/well-made';

const axe = { tag: '@javascript' };

test('Staff take an order, its customer finds it and reads why its date has moved', async ({ as, isMobile }) => {
  const number = unique('AB').replaceAll(' ', '-');
  const pm = await as('pm');
  await pm.goto('/staff/orders');
  await pm.getByRole('link', { name: 'New order' }).click();
  await pm.getByLabel('Customer', { exact: true }).selectOption({ label: 'ACME Werke AG' });
  await pm.getByRole('button', { name: 'Continue' }).click();
  await pm.getByLabel('Title').fill('Gates for “hall 3”');
  await pm.getByRole('textbox', { name: 'Step' }).first().fill('Welding');
  await pm.getByRole('textbox', { name: 'Item' }).first().fill('Gate, galvanised');
  await pm.getByRole('textbox', { name: 'Quantity' }).first().fill('2,5');
  await pm.getByRole('textbox', { name: 'Price' }).first().fill('1.000,10');
  await pm.getByRole('button', { name: 'Save' }).click();
  // The number is missing: that is said, and nothing typed is lost.
  await expect(pm.getByRole('alert')).toContainText('Please give the order a number.');
  await expect(pm.getByLabel('Title')).toHaveValue('Gates for “hall 3”');
  await expect(pm.getByRole('textbox', { name: 'Item' }).first()).toHaveValue('Gate, galvanised');
  await pm.getByLabel('Order number', { exact: true }).fill(number);
  await pm.getByLabel('Confirmed date').fill('2027-03-01');
  await pm.getByRole('button', { name: 'Save' }).click();
  await expect(pm.getByRole('heading', { level: 1 })).toHaveText('Gates for “hall 3”');
  await expect(pm.getByText('2,500.25 EUR').first()).toBeVisible();

  await pm.getByRole('link', { name: 'Change order' }).click();
  await pm.getByLabel('Confirmed date').fill('2027-03-15');
  await pm.getByLabel('Why does it change?').fill('The galvaniser is late.');
  await pm.getByRole('button', { name: 'Save' }).click();
  await expect(pm.getByText('The order is saved.')).toBeVisible();

  const ben = await as('ben');
  await ben.goto('/orders?which=all');
  const row = ben.getByRole('row').filter({ hasText: number });
  await expect(row).toContainText('Welding');
  await expect(row).toContainText('15 Mar 2027');
  await row.getByRole('link').click();
  await expect(ben.getByRole('heading', { level: 1 })).toHaveText('Gates for “hall 3”');
  await expect(ben.getByText('Confirmed date changed from 1 Mar 2027 to 15 Mar 2027')).toBeVisible();
  await expect(ben.getByText('The galvaniser is late.')).toBeVisible();
  await expect(ben.getByRole('link', { name: 'Change order' })).toHaveCount(0);
  if (isMobile) {
    // Nothing is wider than the phone.
    const wider = await ben.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wider).toBe(0);
  }

  const carla = await as('carla');
  await carla.goto('/orders?which=all');
  await expect(carla.getByRole('row').filter({ hasText: number })).toHaveCount(0);
});

test('An order is found while one types, and the list goes into a spreadsheet', async ({ as, javaScriptEnabled }) => {
  const anna = await as('anna');
  await anna.goto('/orders?which=all');
  const field = anna.getByRole('searchbox', { name: 'Search orders' });
  await field.fill('rollenf rf');
  if (!javaScriptEnabled) {
    await anna.getByRole('button', { name: 'Search' }).click();
  }
  await expect(anna).toHaveURL(/search=rollenf/);
  await expect(anna.getByRole('link', { name: /Rollenförderer RF-400, Linie 2/ })).toBeVisible();
  await field.fill('nowhere at all');
  if (!javaScriptEnabled) {
    await anna.getByRole('button', { name: 'Search' }).click();
  }
  await expect(anna.getByText('Nothing found')).toBeVisible();
  await anna.goto('/orders?which=all');
  const [csv] = await Promise.all([anna.waitForEvent('download'), anna.getByRole('link', { name: 'CSV' }).click()]);
  expect(csv.suggestedFilename()).toMatch(/^Orders \d{4}-\d{2}-\d{2}\.csv$/);
  const [xlsx] = await Promise.all([anna.waitForEvent('download'), anna.getByRole('link', { name: 'Excel' }).click()]);
  expect(xlsx.suggestedFilename()).toMatch(/\.xlsx$/);
});

test('Staff give two orders another status after a look at who sees it, and move one on the board', async ({ as, isMobile }) => {
  const [one, two] = [unique('Bulk A').replaceAll(' ', '-'), unique('Bulk B').replaceAll(' ', '-')];
  const pm = await as('pm');
  for (const number of [one, two]) {
    await pm.goto('/staff/orders/new');
    await pm.getByLabel('Customer', { exact: true }).selectOption({ label: 'ACME Werke AG' });
    await pm.getByRole('button', { name: 'Continue' }).click();
    await pm.getByLabel('Order number', { exact: true }).fill(number);
    // The first of all on the board.
    await pm.getByLabel('Wished date').fill('1999-01-01');
    await pm.getByRole('button', { name: 'Save' }).click();
    await expect(pm.getByText('The order is saved.')).toBeVisible();
  }
  await pm.goto('/staff/orders');
  await pm.getByRole('checkbox', { name: `Choose ${one}` }).check();
  await pm.getByRole('checkbox', { name: `Choose ${two}` }).check();
  await pm.getByRole('button', { name: 'Change status of chosen' }).click();
  await pm.getByLabel('New status').selectOption({ label: 'In production' });
  await pm.getByRole('button', { name: 'Look at what changes' }).click();
  await expect(pm.getByRole('region', { name: 'Who will see this' })).toContainText('ACME Werke AG');
  await pm.getByLabel('Why does it change?').fill('The steel has come.');
  await pm.getByRole('button', { name: 'Change 2 orders' }).click();
  await expect(pm.getByText('2 orders are changed.')).toBeVisible();

  await pm.goto('/staff/orders/board');
  const card = pm.getByRole('listitem').filter({ hasText: one });
  await card.getByLabel(`New status for ${one}`).first().selectOption({ label: 'Cancelled' });
  await card.getByRole('button').click();
  await expect(pm.getByText(`“${one}” is moved.`)).toBeVisible();
  await expect(pm.getByRole('listitem').filter({ hasText: one })).toHaveCount(0);
  if (isMobile) {
    const wider = await pm.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wider).toBe(0);
  }
  // Out of the way of whoever comes next.
  const other = pm.getByRole('listitem').filter({ hasText: two });
  await other.getByLabel(`New status for ${two}`).first().selectOption({ label: 'Cancelled' });
  await other.getByRole('button').click();
  await expect(pm.getByText(`“${two}” is moved.`)).toBeVisible();

  const ben = await as('ben');
  await ben.goto(`/orders?which=all&search=${two}`);
  await ben.getByRole('link', { name: two }).click();
  await expect(ben.getByText('Status changed from Received to In production')).toBeVisible();
  await expect(ben.getByText('The steel has come.')).toBeVisible();
});

test('An administrator adds a status and deletes it again', async ({ as }) => {
  const name = unique('Painting');
  const admin = await as('admin');
  await admin.goto('/staff/statuses');
  await admin.getByRole('link', { name: 'New status' }).click();
  await admin.getByLabel('English').fill(name);
  await admin.getByLabel('Deutsch').fill(`${name} de`);
  await admin.getByRole('button', { name: 'Save' }).click();
  // The Dutch name is missing: that is said, and nothing typed is lost.
  await expect(admin.getByRole('alert')).toContainText('Please give it a name in this language.');
  await expect(admin.getByLabel('English')).toHaveValue(name);
  await admin.getByLabel('Nederlands').fill(`${name} nl`);
  await admin.getByRole('radio', { name: /^Well/ }).check();
  await admin.getByRole('button', { name: 'Save' }).click();
  await expect(admin.getByText('The status is saved.')).toBeVisible();
  await admin.getByRole('button', { name: `Move “${name}” up` }).click();
  await expect(admin.getByText('The order of the statuses is saved.')).toBeVisible();
  await admin.getByRole('link', { name }).click();
  await admin.getByRole('button', { name: 'Delete status' }).click();
  await expect(admin.getByText('The status is deleted.')).toBeVisible();
  await expect(admin.getByRole('link', { name })).toHaveCount(0);
});

test('The board, statuses and the change of many are well made', axe, async ({ as }) => {
  const admin = await as('admin');
  for (const path of ['/staff/orders/board', '/staff/orders/board?waits=customer', '/staff/statuses', '/staff/statuses/new', '/staff/statuses/waiting', '/staff/orders/bulk', '/staff/orders?which=all&search=rf']) {
    const answer = await admin.goto(path);
    expect(answer!.status()).toBe(200);
    await expectWellMade(admin);
  }
  await admin.goto('/staff/orders?which=all');
  await admin.getByRole('checkbox', { name: /^Choose/ }).first().check();
  await admin.getByRole('button', { name: 'Change status of chosen' }).click();
  await expectWellMade(admin);
  await admin.getByRole('button', { name: 'Look at what changes' }).click();
  await expectWellMade(admin);
});

test('Lists of orders, an order and its form are well made', axe, async ({ as }) => {
  const anna = await as('anna');
  for (const path of ['/orders', '/orders?status=cancelled', '/orders?status=received']) {
    expect((await anna.goto(path))!.status()).toBe(200);
    await expectWellMade(anna);
  }
  await anna.goto('/orders');
  await anna.getByRole('link', { name: 'Rollenförderer RF-400, Linie 2' }).click();
  await expect(anna.getByRole('heading', { level: 1 })).toHaveText('Rollenförderer RF-400, Linie 2');
  await expectWellMade(anna);
  const pm = await as('pm');
  await pm.goto('/staff/orders');
  await expectWellMade(pm);
  await pm.getByRole('link', { name: 'Rollenförderer RF-400, Linie 2' }).click();
  await expectWellMade(pm);
  await pm.getByRole('link', { name: 'Change order' }).click();
  await expect(pm.getByRole('heading', { level: 1 })).toHaveText('Change order');
  await expectWellMade(pm);
});
