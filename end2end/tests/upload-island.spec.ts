import { expect, test } from '../support/fixtures';
import { pdf } from '../support/pdf';
import { fillNewDocument, titleField, unique, untilIslandIsReady } from '../support/steps';

test.describe('While a file is sent', { tag: '@javascript' }, () => {
  test('the form says how far it is, and the next page follows', async ({ as, javaScriptEnabled }) => {
    const title = unique('Upload with progress');
    const page = await as('pm');
    await page.goto('/staff/documents/new');
    await fillNewDocument(page, { customer: 'ACME Werke AG', category: 'Other', title, file: pdf('progress.pdf') });
    await untilIslandIsReady(page, javaScriptEnabled);
    const progress = page.getByRole('progressbar', { name: /^Uploading/ });
    await expect(progress).toBeHidden();
    let goOn = (): void => undefined;
    const seen = new Promise<void>((resolve) => (goOn = resolve));
    await page.route('/staff/documents', async (route) => {
      await seen;
      await route.continue();
    });
    await page.getByRole('button', { name: 'Save as draft' }).click();
    await expect(progress).toBeVisible();
    await expect(page.getByRole('status')).toHaveText(/^Uploading \d+ %$|^Storing the file safely$/);
    goOn();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Publish “${title}”`);
  });

  test('it can be cancelled, and the form is as it was', async ({ as, javaScriptEnabled }) => {
    const title = unique('Upload that is cancelled');
    const page = await as('pm');
    await page.goto('/staff/documents/new');
    await fillNewDocument(page, { customer: 'ACME Werke AG', category: 'Other', title, file: pdf('cancelled.pdf') });
    await untilIslandIsReady(page, javaScriptEnabled);
    let goOn = (): void => undefined;
    const cancelled = new Promise<void>((resolve) => (goOn = resolve));
    await page.route('/staff/documents', async (route) => {
      await cancelled;
      await route.abort('aborted');
    });
    await page.getByRole('button', { name: 'Save as draft' }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    goOn();
    await expect(page.getByRole('progressbar')).toBeHidden();
    await expect(page.getByRole('alert')).toBeHidden();
    await expect(titleField(page)).toHaveValue(title);
    await page.unroute('/staff/documents');
    await page.getByRole('button', { name: 'Save as draft' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Publish “${title}”`);
  });

  test('a broken line is told, and everything that was entered is still there', async ({
    as,
    watch,
    javaScriptEnabled,
  }) => {
    const title = unique('Upload that breaks off');
    watch.allow(/no answer to POST .*\/staff\/documents: net::ERR_CONNECTION_RESET/);
    const page = await as('pm');
    await page.goto('/staff/documents/new');
    await fillNewDocument(page, { customer: 'ACME Werke AG', category: 'Other', title, file: pdf('broken.pdf') });
    await untilIslandIsReady(page, javaScriptEnabled);
    await page.route('/staff/documents', (route) => route.abort('connectionreset'));
    await page.getByRole('button', { name: 'Save as draft' }).click();
    await expect(page.getByRole('alert')).toHaveText(
      'The upload broke off. Your entries are still here; please try again.',
    );
    await expect(titleField(page)).toHaveValue(title);
    await page.unroute('/staff/documents');
    await page.getByRole('button', { name: 'Save as draft' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Publish “${title}”`);
  });
});
