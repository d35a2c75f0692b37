import { expect, test } from '../support/fixtures';
import { unique } from '../support/steps';
import { expectWellMade } from '../support/well-made';

test('Support announces something, a customer confirms it, and it is counted', async ({ as, javaScriptEnabled }) => {
  const title = unique('The telephones are silent');
  const support = await as('support');
  await support.goto('/staff/announcements');
  await support.getByRole('link', { name: 'Write an announcement' }).click();
  await support.getByLabel('More about it, English').fill('Until noon.');
  await support.getByRole('button', { name: 'Save' }).click();
  // Without a title it is refused, and what was typed stays.
  await expect(support.getByRole('alert')).toContainText('A text needs a title.');
  await expect(support.getByLabel('More about it, English')).toHaveValue('Until noon.');
  await support.getByLabel('In one sentence, English').fill(title);
  await support.getByLabel('In one sentence, Deutsch').fill(`${title} (de)`);
  await support.getByText('All customers').click();
  await support.getByText('Warning').click();
  await support.getByText('Readers have to confirm it').click();
  await support.getByRole('button', { name: 'Save' }).click();
  await expect(support.getByRole('heading', { level: 1 })).toHaveText(title);
  if (javaScriptEnabled) await expectWellMade(support);

  const ben = await as('ben');
  await ben.goto('/documents');
  await expect(ben.getByText(title)).toHaveCount(0);

  await support.getByRole('button', { name: 'Publish' }).click();
  await support.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
  await expect(support.getByText('Published. It stands on the pages')).toBeVisible();

  await ben.goto('/documents');
  const banner = ben.getByRole('region', { name: 'Announcements' });
  await expect(banner).toContainText(title);
  await expect(banner).toContainText('Until noon.');
  if (javaScriptEnabled) await expectWellMade(ben);
  await banner.getByRole('button', { name: `Confirm: ${title}` }).click();
  await expect(ben).toHaveURL(/\/documents$/);
  await expect(ben.getByText(title)).toHaveCount(0);

  await support.reload();
  await expect(support.getByRole('progressbar', { name: 'Confirmed' })).toBeVisible();
  await expect(support.locator('#readers')).toContainText(/1 of \d+/);
  await support.getByRole('button', { name: 'Take back' }).click();
  await support.getByRole('dialog').getByRole('button', { name: 'Take back' }).click();
  await expect(support.getByText('Taken back.', { exact: true })).toBeVisible();
});
