import type { Page } from '@playwright/test';

import { expect, test } from '../support/fixtures';
import { pdf, type Upload } from '../support/pdf';
import { makeDraft, unique, untilIslandIsReady } from '../support/steps';

const note = (page: Page) => page.getByLabel('What is new');

/** The page of a new draft, with a further version chosen. */
async function withVersion(page: Page, title: string, file: Upload, javaScriptEnabled: boolean): Promise<string> {
  const { id } = await makeDraft(page, title);
  await page.goto(`/staff/documents/${id}`);
  await note(page).fill('Put right');
  await page.getByLabel('File', { exact: true }).setInputFiles(file);
  await untilIslandIsReady(page, javaScriptEnabled);
  return `/staff/documents/${id}/versions`;
}

test.describe('While a version is sent', { tag: '@javascript' }, () => {
  test('the form says how far it is, and the next page follows', async ({ as, javaScriptEnabled }) => {
    const page = await as('pm');
    const path = await withVersion(page, unique('With progress'), pdf('progress.pdf'), javaScriptEnabled);
    const progress = page.getByRole('progressbar', { name: /^Uploading/ });
    await expect(progress).toBeHidden();
    let goOn = (): void => undefined;
    const seen = new Promise<void>((resolve) => (goOn = resolve));
    await page.route(path, async (route) => {
      await seen;
      await route.continue();
    });
    await page.getByRole('button', { name: 'Upload new version' }).click();
    await expect(progress).toBeVisible();
    await expect(page.getByRole('status')).toHaveText(/^Uploading \d+ %$|^Storing the file safely$/);
    goOn();
    await expect(page.getByText('progress.pdf').first()).toBeVisible();
  });

  test('it can be cancelled, and the form is as it was', async ({ as, javaScriptEnabled }) => {
    const page = await as('pm');
    const path = await withVersion(page, unique('Cancelled'), pdf('cancelled.pdf'), javaScriptEnabled);
    let goOn = (): void => undefined;
    const cancelled = new Promise<void>((resolve) => (goOn = resolve));
    await page.route(path, async (route) => {
      await cancelled;
      await route.abort('aborted');
    });
    await page.getByRole('button', { name: 'Upload new version' }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    goOn();
    await expect(page.getByRole('progressbar')).toBeHidden();
    await expect(page.getByRole('alert')).toBeHidden();
    await expect(note(page)).toHaveValue('Put right');
    await page.unroute(path);
    await page.getByRole('button', { name: 'Upload new version' }).click();
    await expect(page.getByText('cancelled.pdf').first()).toBeVisible();
  });

  test('a broken line is told, and everything that was entered is still there', async ({
    as,
    watch,
    javaScriptEnabled,
  }) => {
    watch.allow(/no answer to POST .*\/versions: net::ERR_CONNECTION_RESET/);
    const page = await as('pm');
    const path = await withVersion(page, unique('Broken off'), pdf('broken.pdf'), javaScriptEnabled);
    await page.route(path, (route) => route.abort('connectionreset'));
    await page.getByRole('button', { name: 'Upload new version' }).click();
    await expect(page.getByRole('alert')).toHaveText(
      'The upload broke off. Your entries are still here; please try again.',
    );
    await expect(note(page)).toHaveValue('Put right');
    await page.unroute(path);
    await page.getByRole('button', { name: 'Upload new version' }).click();
    await expect(page.getByText('broken.pdf').first()).toBeVisible();
  });
});
