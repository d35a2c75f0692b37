import { expect, test } from '../support/fixtures';
import { pdf } from '../support/pdf';
import { addVersion, makePublished, unique } from '../support/steps';

test('A reader sees the pages of a document without downloading it', async ({ as }) => {
  const staff = await as('pm');
  const { id } = await makePublished(staff, unique('Seen in the page'));
  await staff.goto(`/staff/documents/${id}`);
  await addVersion(staff, pdf('second.pdf', 'What the preview shows'));
  const page = await as('ben');
  await page.setViewportSize({ width: 360, height: 740 });
  // A job makes it: soon, not at once.
  await expect(async () => {
    await page.goto(`/documents/${id}`);
    await expect(page.getByRole('img', { name: 'Page 1 of 1' })).toBeVisible({ timeout: 500 });
  }).toPass();
  const image = page.getByRole('img', { name: 'Page 1 of 1' });
  await image.scrollIntoViewIfNeeded();
  await expect.poll(() => image.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(1200);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(360);
  await page.getByText('Text of the pages').click();
  await expect(page.getByText('What the preview shows')).toBeVisible();
  await page.getByRole('link', { name: 'Show Version 1' }).click();
  await expect(page.getByRole('heading', { name: 'Preview of version 1' })).toBeVisible();
});
