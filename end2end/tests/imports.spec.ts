import { expect, test } from '../support/fixtures';
import { unique } from '../support/steps';
import { expectWellMade } from '../support/well-made';

const axe = { tag: '@javascript' };

/** Jobs take a moment: looks again until the page says so, without a script too. */
async function until(page: import('@playwright/test').Page, text: string) {
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole('heading', { name: text }).or(page.locator('.badge', { hasText: text })).first()).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 30_000 });
}

test('Staff upload a file, say which column is what, import it and take it back', async ({ as, isMobile }) => {
  const number = unique('IMP').replaceAll(' ', '-');
  const admin = await as('admin');
  await admin.goto('/staff/imports');
  await admin.getByLabel('What is in the file?').selectOption({ label: 'Orders' });
  await admin.getByRole('button', { name: 'Look through the file' }).click();
  await expect(admin.getByRole('alert')).toContainText('Choose a file');
  const text = `Ref;Client;Besteld;Waarde\n${number};acme;04/07/2026;1.234,50\n${number}-2;nobody-${number};05/07/2026;2,00\n`;
  await admin.getByLabel('File', { exact: true }).setInputFiles({ name: 'odd.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await admin.getByRole('button', { name: 'Look through the file' }).click();
  await until(admin, 'Your decision');
  await expect(admin.getByText('No column is recognised as “Number”.')).toBeVisible();
  await expect(admin.getByRole('button', { name: 'Import now' })).toHaveCount(0);

  await admin.getByLabel('Number (needed)').selectOption('Ref');
  await admin.getByLabel('Customer', { exact: true }).selectOption('Client');
  await admin.getByLabel('Ordered on').selectOption('Besteld');
  await admin.getByLabel('Order value').selectOption('Waarde');
  await admin.getByLabel('Dates').selectOption('22.11.2026');
  await admin.getByRole('button', { name: 'Look again' }).click();
  await until(admin, 'Your decision');
  await expect(admin.getByText('4 Jul 2026')).toBeVisible();
  await expect(admin.getByText('There is no such customer.')).toBeVisible();
  if (isMobile) {
    // Nothing is wider than the phone.
    const wider = await admin.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wider).toBe(0);
  }
  await admin.getByText('Leave out what is wrong').click();
  await admin.getByRole('button', { name: 'Import now' }).click();
  await until(admin, 'Imported, some left out');
  const anna = await as('anna');
  await anna.goto('/orders?which=all');
  await expect(anna.getByRole('link', { name: number, exact: true })).toBeVisible();

  await admin.getByRole('button', { name: 'Undo import' }).first().click();
  await admin.getByRole('dialog').getByRole('button', { name: 'Undo import' }).click();
  await until(admin, 'Undone');
  await anna.reload();
  await expect(anna.getByRole('link', { name: number, exact: true })).toHaveCount(0);
});

test('Pages of imports are well made', axe, async ({ as }) => {
  const admin = await as('admin');
  await admin.goto('/staff/imports');
  await expectWellMade(admin);
  const text = `number;customer;date;title\n${unique('AX').replaceAll(' ', '-')};acme;2026-07-04;Gates\nX;nobody;2026-07-04;\n`;
  await admin.getByLabel('File', { exact: true }).setInputFiles({ name: 'orders.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await admin.getByRole('button', { name: 'Look through the file' }).click();
  await until(admin, 'Your decision');
  await expectWellMade(admin);
  await admin.getByRole('button', { name: 'Discard' }).click();
  await expect(admin.getByText('The file is discarded.')).toBeVisible();
});

test('Staff import projects with their milestones and tasks, and the customer sees what comes next', async ({ as }) => {
  const number = unique('PRJ').replaceAll(' ', '-');
  const admin = await as('admin');
  await admin.goto('/staff/imports');
  await admin.getByLabel('What is in the file?').selectOption({ label: 'Projects' });
  const text = `Projektnr;Kunde;Bezeichnung;Meilenstein;Meilensteintermin\n${number};acme;Umbau ${number};Pläne freigegeben;01.03.2030\n${number};acme;;Montage;01.09.2030\n`;
  await admin.getByLabel('File', { exact: true }).setInputFiles({ name: 'projects.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await admin.getByRole('button', { name: 'Look through the file' }).click();
  await until(admin, 'Your decision');
  await admin.getByRole('button', { name: 'Import now' }).click();
  await until(admin, 'Imported');
  await admin.goto('/staff/imports');
  await admin.getByLabel('What is in the file?').selectOption({ label: 'Tasks of projects' });
  const tasks = `Projektnr;Aufgabennr;Aufgabe;Seite;Termin\n${number};1;Hallenplan senden;Kunde;01.02.2030\n`;
  await admin.getByLabel('File', { exact: true }).setInputFiles({ name: 'tasks.csv', mimeType: 'text/csv', buffer: Buffer.from(tasks) });
  await admin.getByRole('button', { name: 'Look through the file' }).click();
  await until(admin, 'Your decision');
  await expect(admin.getByText(`${number} / 1`).first()).toBeVisible();
  await admin.getByRole('button', { name: 'Import now' }).click();
  await until(admin, 'Imported');
  const anna = await as('anna');
  await anna.goto('/search?q=' + number);
  await anna.getByRole('link', { name: `Umbau ${number}` }).first().click();
  await expect(anna.getByText('Pläne freigegeben').first()).toBeVisible();
  await expect(anna.getByText('Montage').first()).toBeVisible();
  await expect(anna.getByRole('link', { name: 'Hallenplan senden' }).first()).toBeVisible();
});
