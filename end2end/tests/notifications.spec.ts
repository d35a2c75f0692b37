import { expect, test } from '../support/fixtures';
import { makePublished, unique } from '../support/steps';
import { expectWellMade } from '../support/well-made';

test('What is published for ACME moves the bell of Anna, and opening it is seeing it', async ({ as, javaScriptEnabled }) => {
  const title = unique('Test report');
  const anna = await as('anna');
  await anna.goto('/notifications');
  if (javaScriptEnabled) await expectWellMade(anna);
  // The bell counts to nine: what other tests have told her comes first.
  const markAll = anna.getByRole('button', { name: 'Mark all as read' });
  if (await markAll.isVisible()) {
    await markAll.click();
    await expect(anna.getByText(/marked as read/)).toBeVisible();
  }
  const bell = anna.locator('#bell');
  await expect(bell).toHaveAttribute('aria-label', 'Notifications');

  const pm = await as('pm');
  await makePublished(pm, title);

  if (javaScriptEnabled) {
    // Live: number, title and list follow without a reload.
    await expect(bell).toHaveAttribute('aria-label', /unread/);
    await expect(anna).toHaveTitle(/^\(\d\+?\) /);
  } else {
    await expect(async () => {
      await anna.goto('/notifications');
      await expect(anna.getByRole('link', { name: title })).toBeVisible({ timeout: 500 });
    }).toPass();
  }
  const line = anna.getByRole('link', { name: title });
  await expect(line).toContainText('New document');
  await line.click();
  await expect(anna).toHaveURL(/\/documents\//);
  await anna.goto('/notifications?show=unread');
  await expect(anna.getByRole('link', { name: title })).toHaveCount(0);
});

test('Whoever is in a field stays there when the list moves @javascript', async ({ as }) => {
  const ben = await as('ben');
  await ben.goto('/notifications');
  const filter = ben.getByLabel('Area');
  await filter.focus();
  const title = unique('Minutes');
  await makePublished(await as('pm'), title);
  await expect(ben.getByRole('link', { name: title })).toBeVisible();
  await expect(filter).toBeFocused();
});

test('All can be marked as read, by area, on a phone too', async ({ as, javaScriptEnabled }) => {
  const title = unique('Acceptance');
  await makePublished(await as('pm'), title);
  const anna = await as('anna');
  await expect(async () => {
    await anna.goto('/notifications?area=documents');
    await expect(anna.getByRole('link', { name: title })).toBeVisible({ timeout: 500 });
  }).toPass();
  await anna.getByRole('button', { name: 'Mark all as read' }).click();
  await expect(anna.getByText(/marked as read/)).toBeVisible();
  await expect(anna.getByRole('button', { name: 'Mark all as read' })).toHaveCount(0);
  if (javaScriptEnabled) await expectWellMade(anna);
});
