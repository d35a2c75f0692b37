import { expect, test } from '../support/fixtures';
import { makePublished, unique } from '../support/steps';

test('The list follows what is typed, and a view of it is kept', async ({ as, javaScriptEnabled }) => {
  const word = unique('Turbine').replace(/\W/g, '');
  const { title } = await makePublished(await as('pm'), `${word} Prüfbericht`);
  const page = await as('ben');
  // The index learns of it in a moment.
  await expect(async () => {
    await page.goto(`/documents?search=${word}`);
    await expect(page.getByRole('link', { name: title, exact: true })).toBeVisible({ timeout: 500 });
  }).toPass();
  await page.goto('/documents');
  const field = page.getByRole('searchbox', { name: 'Search documents' });
  await field.pressSequentially(`pruf ${word.slice(0, -1).toLowerCase()}`);
  if (!javaScriptEnabled) {
    await page.getByRole('button', { name: 'Search', exact: true }).click();
  }
  const results = page.locator('#results');
  await expect(results.locator('mark')).toHaveText([word, 'Prüfbericht']);
  await expect(results.getByRole('row')).toHaveCount(2);
  await expect(page).toHaveURL(/search=pruf/);
  await expect(page.getByRole('status').filter({ hasText: 'One document found' })).toHaveCount(1);
  if (javaScriptEnabled) {
    await expect(field).toBeFocused();
  }
  await page.getByText('Save this view').click();
  const name = unique('Turbines');
  await page.getByLabel('Name of the view').fill(name);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('The view is saved')).toBeVisible();
  await page.goto('/documents');
  await page.getByRole('link', { name }).click();
  await expect(page.getByRole('link', { name: title, exact: true })).toBeVisible();
  await page.getByRole('button', { name: `Remove the view “${name}”` }).click();
  await expect(page.getByText('The view is removed')).toBeVisible();
});

test('Nothing found is said, and an empty field brings the list back', async ({ as, javaScriptEnabled }) => {
  const page = await as('anna');
  await page.goto('/documents');
  const field = page.getByRole('searchbox', { name: 'Search documents' });
  const button = page.getByRole('button', { name: 'Search', exact: true });
  await field.pressSequentially('zzzzqqq');
  if (!javaScriptEnabled) {
    await button.click();
  }
  await expect(page.getByRole('heading', { name: 'Nothing found' })).toBeVisible();
  await field.fill('');
  if (!javaScriptEnabled) {
    await button.click();
  }
  await expect(page.locator('#results').getByRole('row').nth(1)).toBeVisible();
});
