import { readFile } from 'node:fs/promises';

import { expect, type Locator, type Page } from '@playwright/test';

import { sql } from './database';
import { pdf, type Upload } from './pdf';

let made = 0;

/** A title that no run before has used: the database is shared and kept. */
export function unique(title: string): string {
  made += 1;
  return `${title} ${Date.now().toString(36)}${made}`;
}

/** The navigation of this screen: a sidebar, or the bar at the bottom of a phone. */
export function navigation(page: Page): Locator {
  return page.getByRole('navigation', { name: /^(Main|Quick access)$/ });
}

/** Opens the account menu. */
export async function openAccountMenu(page: Page, button: RegExp = /Account of /): Promise<Locator> {
  await page.getByRole('button', { name: button }).click();
  const menu = page.getByRole('dialog', { name: /^(Account|Konto)$/ });
  await expect(menu).toBeVisible();
  return menu;
}

/** A document as the tests made it. */
export interface Made {
  id: string;
  title: string;
  file: Upload;
}

/** The id in the address of a staff page of a document. */
export function idOf(page: Page): string {
  const id = /\/staff\/documents\/([0-9a-f-]{36})/.exec(page.url())?.[1];
  if (!id) {
    throw new Error(`no document in ${page.url()}`);
  }
  return id;
}

/** The field of the title: optional for a new document, needed afterwards. */
export function titleField(page: Page): Locator {
  return page.getByLabel(/^Title( \(optional\))?$/);
}

/** Fills in the form of a new document that is open. */
export async function fillNewDocument(
  page: Page,
  values: { customer?: string; category?: string; title?: string; file?: Upload },
): Promise<void> {
  if (values.customer) {
    await page.getByLabel('Customer', { exact: true }).selectOption({ label: values.customer });
  }
  if (values.category) {
    await page.getByLabel('Category', { exact: true }).selectOption({ label: values.category });
  }
  if (values.title !== undefined) {
    await titleField(page).fill(values.title);
  }
  if (values.file) {
    await page.getByLabel('File', { exact: true }).setInputFiles(values.file);
  }
}

/** Makes a draft for ACME with one file, and stays on the page to publish it. */
export async function makeDraft(
  page: Page,
  title: string,
  file: Upload = pdf(`${title}.pdf`),
  customer = 'ACME Werke AG',
): Promise<Made> {
  await page.goto('/staff/documents/new');
  await fillNewDocument(page, { customer, category: 'Specifications', title, file });
  await page.getByRole('button', { name: 'Save as draft' }).click();
  await expect(page).toHaveURL(/\/publish$/);
  return { id: idOf(page), title, file };
}

/** The panel that says exactly who would read the document. */
export function readers(page: Page): Locator {
  return page.getByRole('region', { name: /will see this$/ });
}

/** Chooses an audience on the page to publish, and asks who that is. */
export async function showAudience(
  page: Page,
  choice: { organisation: true } | { project: string } | { group: string } | { people: string[] },
): Promise<void> {
  if ('organisation' in choice) {
    await page.getByRole('radio', { name: /^Everyone at ACME Werke AG/ }).check();
  } else if ('project' in choice) {
    await page.getByRole('radio', { name: /^A project/ }).check();
    await page.getByLabel('Project', { exact: true }).selectOption({ label: choice.project });
  } else if ('group' in choice) {
    await page.getByRole('radio', { name: /^A customer group/ }).check();
    await page.getByLabel('Customer group', { exact: true }).selectOption({ label: choice.group });
  } else {
    await page.getByRole('radio', { name: /^Certain people/ }).check();
    for (const name of choice.people) {
      await page.getByRole('checkbox', { name: new RegExp(`^${name}`) }).check();
    }
  }
  await page.getByRole('button', { name: 'Show who that is' }).click();
  await expect(page).toHaveURL(/\/publish\?.*audience=/);
}

/** Publishes to the people shown, and stays on the document's page. */
export async function publish(page: Page): Promise<void> {
  await readers(page)
    .getByRole('button', { name: /^Publish/ })
    .click();
  await expect(page).toHaveURL(/\/staff\/documents\/[0-9a-f-]{36}$/);
  await expect(page.getByRole('status').filter({ hasText: 'is published' })).toBeVisible();
}

/** Makes a document and publishes it to everyone at ACME, or at another customer. */
export async function makePublished(page: Page, title: string, file?: Upload, customer?: string): Promise<Made> {
  const made = await makeDraft(page, title, file, customer);
  await publish(page);
  return made;
}

/** Sends the file of the form for a new version. */
export async function addVersion(page: Page, file: Upload): Promise<void> {
  await page.getByLabel('File', { exact: true }).setInputFiles(file);
  await page.getByRole('button', { name: 'Upload new version' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'The new version is stored' })).toBeVisible();
}

/** Has documents of a category kept for so many days. */
export async function keepFor(admin: Page, category: string, days: number): Promise<void> {
  // Two who save at once are told so: again, then.
  await expect(async () => {
    await admin.goto('/staff/retention');
    await admin.getByRole('group', { name: category }).getByLabel('Delete after days').fill(String(days));
    await admin.getByRole('button', { name: 'Save', exact: true }).click();
    const saved = admin.getByRole('status').filter({ hasText: 'The settings are saved.' });
    await expect(saved).toBeVisible({ timeout: 2000 });
  }).toPass();
}

/** The portal of these tests has no virus scanner: what one would have said of a document's files. */
export async function findVirus(title: string): Promise<void> {
  await sql(
    "UPDATE document_versions SET scan = 'infected', finding = 'Test.Virus' WHERE document_id = (SELECT id FROM documents WHERE title = ?)",
    title,
  );
}

/** Makes a document ten years older. */
export async function age(title: string): Promise<void> {
  await sql('UPDATE documents SET changed_at = changed_at - 315576000000000 WHERE title = ?', title);
}

/** Follows a link that saves a file: its name and its bytes. */
export async function download(page: Page, link: Locator): Promise<{ name: string; bytes: Buffer }> {
  const started = page.waitForEvent('download');
  await link.click();
  const saved = await started;
  return { name: saved.suggestedFilename(), bytes: await readFile(await saved.path()) };
}

/** The status of an address for whoever is signed in on this page. */
export async function statusOf(page: Page, path: string): Promise<number> {
  const response = await page.goto(path);
  return response!.status();
}

export const contentPath = (id: string, version: number): string => `/documents/${id}/versions/${version}/content`;

/** Waits until the island has taken over the form. Without JavaScript there is nothing to wait for. */
export async function untilIslandIsReady(page: Page, javaScriptEnabled: boolean): Promise<void> {
  if (!javaScriptEnabled) {
    return;
  }
  const debug = await page.context().newCDPSession(page);
  await expect
    .poll(
      async () => {
        const { result } = await debug.send('Runtime.evaluate', {
          expression: "document.getElementById('upload-form')",
        });
        const { listeners } = await debug.send('DOMDebugger.getEventListeners', { objectId: result.objectId! });
        return listeners.map((listener) => listener.type);
      },
      { message: 'the upload island listens to its form' },
    )
    .toContain('submit');
  await debug.detach();
}
