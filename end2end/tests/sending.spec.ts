import { writeFile } from 'node:fs/promises';

import type { Locator, Page } from '@playwright/test';

import { expectNothingForAxe } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { pdf, type Upload } from '../support/pdf';
import { fillNewDocument, unique, untilIslandIsReady } from '../support/steps';
import { expectWellMade } from '../support/well-made';

const files = (page: Page): Locator => page.getByLabel('Files', { exact: true });
const row = (page: Page, name: string): Locator => page.getByRole('listitem').filter({ hasText: name });

/** Opens the category for customers, for PDF only, as an administrator does. Safe to do twice. */
async function openMinutes(page: Page): Promise<void> {
  await page.goto('/staff/categories/minutes');
  await page.getByLabel(/^Customers may send files here/).check();
  const kinds = page.getByRole('group', { name: 'Which files it takes' }).getByRole('checkbox');
  for (const kind of await kinds.all()) {
    await kind.setChecked((await kind.getAttribute('value')) === 'pdf');
  }
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('status')).toHaveText(/saved/i);
}

const large = (name: string): Upload => {
  const file = pdf(name);
  return { ...file, buffer: Buffer.concat([file.buffer, Buffer.alloc(20_000_000, 7)]) };
};

test.describe('Sending files without being asked', () => {
  test.beforeEach(async ({ as }) => {
    await openMinutes(await as('admin'));
  });

  test('a customer sends a file, and staff say that they have looked', async ({ as, javaScriptEnabled }) => {
    const name = unique('Protocol');
    // axe needs timers, which a browser without JavaScript does not run.
    const wellMade = async (page: Page) => {
      if (javaScriptEnabled) {
        await expectWellMade(page);
      }
    };
    const page = await as('anna');
    await page.goto('/documents');
    await page.getByRole('link', { name: 'Send files' }).click();
    await wellMade(page);
    await page.getByLabel('Category').selectOption({ label: 'Minutes' });
    await files(page).setInputFiles(pdf(`${name}.pdf`));
    await untilIslandIsReady(page, javaScriptEnabled);
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(javaScriptEnabled ? name : 'Documents');
    await expect(page.getByRole('main').getByText(name).first()).toBeVisible();
    const staff = await as('pm');
    await staff.goto('/staff/arrivals');
    await wellMade(staff);
    await staff.getByRole('link', { name }).click();
    await expect(staff.getByRole('region', { name: 'Sent by the customer' })).toContainText('Anna Albers');
    await staff.getByRole('button', { name: 'Mark as seen' }).click();
    await expect(staff.getByRole('region', { name: 'Sent by the customer' })).toContainText('Seen by Petra Mommsen');
  });

  test('what is not taken says why beside it, and the others arrive', { tag: '@javascript' }, async ({ as, watch }) => {
    watch.allow(/answer 422 to PATCH/);
    const page = await as('anna');
    await page.goto('/documents/send');
    await page.getByLabel('Category').selectOption({ label: 'Minutes' });
    const good = unique('Good');
    await files(page).setInputFiles([
      pdf(`${good}.pdf`),
      { name: 'words.txt', mimeType: 'text/plain', buffer: Buffer.from('just words '.repeat(1000)) },
      pdf(`Second ${good}.pdf`),
    ]);
    await expect(page.getByRole('listitem').filter({ hasText: 'Chosen' })).toHaveCount(3);
    await expectNothingForAxe(page, 'files chosen');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await expect(row(page, `Second ${good}.pdf`)).toContainText('Sent');
    await expect(row(page, 'words.txt')).toContainText('PDF');
    await expectWellMade(page);
    // It is taken away with the keyboard; then all are sent and the list follows.
    const remove = page.getByRole('button', { name: 'Remove words.txt' });
    await remove.focus();
    await page.keyboard.press('Enter');
    await expect(row(page, 'words.txt')).toHaveCount(0);
    await expect(page).toHaveURL('/documents');
    await expect(page.getByRole('link', { name: `Second ${good}`, exact: true })).toBeVisible();
  });

  test('after a cut it goes on where it stood', { tag: '@javascript' }, async ({ as, watch }) => {
    watch.allow(/no answer to (PATCH|HEAD) .*\/uploads\//);
    const name = unique('Large');
    const page = await as('anna');
    await page.goto('/documents/send');
    await page.getByLabel('Category').selectOption({ label: 'Minutes' });
    await files(page).setInputFiles(large(`${name}.pdf`));
    const offsets: string[] = [];
    let cut = false;
    await page.route(/\/uploads\/.+/, async (route) => {
      const request = route.request();
      const offset = request.headers()['upload-offset'];
      if (request.method() === 'PATCH' && offset !== '0') {
        cut = true;
      }
      if (cut) {
        await route.abort('connectionreset');
      } else {
        await route.continue();
      }
    });
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await expect(page.getByRole('progressbar', { name: `${name}.pdf` })).toBeVisible();
    await expect(row(page, name)).toContainText('The line is gone.', { timeout: 20_000 });
    await expectNothingForAxe(page, 'a broken line');
    await page.unroute(/\/uploads\/.+/);
    page.on('request', (request) => {
      if (request.method() === 'PATCH') {
        offsets.push(request.headers()['upload-offset'] ?? '');
      }
    });
    await page.getByRole('button', { name: `Try again ${name}.pdf` }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(name, { timeout: 20_000 });
    expect(offsets[0]).toBe(String(8 * 1024 * 1024));
  });

  test('after the page was left it goes on too, when the same file is chosen', { tag: '@javascript' }, async ({
    as,
  }, info) => {
    const name = unique('Left behind');
    // From the disk: chosen twice it is the same file.
    const file = info.outputPath(`${name}.pdf`);
    await writeFile(file, large(name).buffer);
    const page = await as('anna');
    const choose = async () => {
      await page.goto('/documents/send');
      await page.getByLabel('Category').selectOption({ label: 'Minutes' });
      await files(page).setInputFiles(file);
    };
    await choose();
    const second = new Promise<void>((resolve) => {
      void page.route(/\/uploads\/.+/, async (route) => {
        if (route.request().headers()['upload-offset'] === String(8 * 1024 * 1024)) {
          resolve();
        } else {
          await route.continue();
        }
      });
    });
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await second;
    page.once('dialog', (dialog) => void dialog.accept());
    await page.goto('/documents');
    await page.unroute(/\/uploads\/.+/);
    const offsets: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'PATCH') {
        offsets.push(request.headers()['upload-offset'] ?? '');
      }
    });
    await choose();
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(name, { timeout: 20_000 });
    expect(offsets[0]).toBe(String(8 * 1024 * 1024));
  });

  test('one that is cancelled is given up, and sent from its beginning if wanted', { tag: '@javascript' }, async ({
    as,
  }) => {
    const name = unique('Cancelled');
    const page = await as('anna');
    await page.goto('/documents/send');
    await page.getByLabel('Category').selectOption({ label: 'Minutes' });
    await files(page).setInputFiles(pdf(`${name}.pdf`));
    let goOn = (): void => undefined;
    const cancelled = new Promise<void>((resolve) => (goOn = resolve));
    await page.route(/\/uploads\/.+/, async (route) => {
      if (route.request().method() === 'PATCH') {
        await cancelled;
        await route.abort('aborted').catch(() => undefined);
      } else {
        await route.continue();
      }
    });
    const begun = page.waitForRequest((request) => request.method() === 'PATCH');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await begun;
    const deleted = page.waitForRequest((request) => request.method() === 'DELETE');
    await page.getByRole('button', { name: `Cancel ${name}.pdf` }).click();
    await deleted;
    goOn();
    await expect(row(page, name)).toContainText('Cancelled');
    await page.unroute(/\/uploads\/.+/);
    await page.getByRole('button', { name: `Try again ${name}.pdf` }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  });
});

test('A customer answers a request with a file', async ({ as, javaScriptEnabled }) => {
  const title = unique('Certificate');
  const staff = await as('pm');
  await staff.goto('/staff/requests/new');
  await staff.getByLabel('Customer', { exact: true }).selectOption({ label: 'ACME Werke AG' });
  await staff.getByRole('button', { name: 'Continue' }).click();
  await staff.getByLabel('What do you need?').fill(title);
  await staff.getByLabel('Category', { exact: true }).selectOption({ label: 'Other' });
  await staff.getByRole('checkbox', { name: /^Ben Brandt/ }).check();
  await staff.getByRole('button', { name: 'Ask', exact: true }).click();
  await expect(staff.getByRole('status')).toHaveText('The customer is asked');
  const page = await as('ben');
  await page.goto('/');
  await page.getByRole('link', { name: `Send “${title}”` }).click();
  await page.getByLabel('File', { exact: true }).setInputFiles(pdf('first.pdf'));
  await untilIslandIsReady(page, javaScriptEnabled);
  // One file is asked for: the one that was chosen last.
  await page.getByLabel('File', { exact: true }).setInputFiles(pdf('certificate.pdf'));
  if (javaScriptEnabled) {
    await expect(page.getByRole('listitem').filter({ hasText: 'Chosen' })).toHaveText([/certificate\.pdf/]);
    await expectWellMade(page);
  }
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: 'The file is sent' })).toBeVisible();
  await expect(page.getByText('Your contact looks at it.')).toBeVisible();
});

test.describe('What is held in a hand', { tag: '@javascript' }, () => {
  test('takes a photo, which is sent like any other file', async ({ as, isMobile }) => {
    const page = await as('pm');
    await page.goto('/staff/documents/new');
    const camera = page.getByLabel('Take a photo');
    if (!isMobile) {
      await expect(camera).toBeHidden();
      return;
    }
    await fillNewDocument(page, { customer: 'ACME Werke AG', category: 'Other' });
    await expect(camera).toHaveAttribute('capture', 'environment');
    const name = unique('Photo');
    const dot = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGD4DwABBAEAX+XDSwAAAABJRU5ErkJggg==',
      'base64',
    );
    await camera.setInputFiles({ name: `${name}.png`, mimeType: 'image/png', buffer: dot });
    await expect(row(page, name)).toContainText('Chosen');
    await expectWellMade(page);
    await page.getByRole('button', { name: 'Save as draft' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Publish “${name}”`);
  });
});

test.describe('Several drafts at once', { tag: '@javascript' }, () => {
  test('staff drop files, and each becomes a draft', async ({ as }) => {
    const name = unique('Dropped');
    const page = await as('pm');
    await page.goto('/staff/documents/new');
    await fillNewDocument(page, { customer: 'ACME Werke AG', category: 'Other' });
    const transfer = await page.evaluateHandle((title) => {
      const data = new DataTransfer();
      for (const at of [1, 2, 3, 4]) {
        data.items.add(new File([`%PDF-1.4 ${at}`], `${title} ${at}.pdf`, { type: 'application/pdf' }));
      }
      return data;
    }, name);
    await page.dispatchEvent('.drop', 'drop', { dataTransfer: transfer });
    await expect(page.getByRole('listitem').filter({ hasText: name })).toHaveCount(4);
    await page.getByRole('button', { name: 'Save as draft' }).click();
    await expect(page).toHaveURL('/staff/documents?state=draft');
    for (const at of [1, 2, 3, 4]) {
      await expect(page.getByRole('link', { name: `${name} ${at}` })).toBeVisible();
    }
  });
});
