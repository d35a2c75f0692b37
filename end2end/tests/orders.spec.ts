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
