import { expect, test } from '../support/fixtures';

test.describe('The job queue', () => {
  test('is in the navigation of administrators, and narrows to a state and a kind', async ({ as }) => {
    const page = await as('admin');
    await page.goto('/staff/jobs');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Job queue');
    await page.getByRole('navigation', { name: 'State' }).getByRole('link', { name: 'Done' }).click();
    await expect(page).toHaveURL(/\?state=done$/);
    await page.getByLabel('Kind').selectOption('Remove expired links');
    await page.getByRole('button', { name: 'Filter' }).click();
    await expect(page).toHaveURL(/state=done&kind=links\.purge$/);
    await expect(page.getByRole('navigation', { name: 'State' }).getByRole('link', { name: 'Done' })).toHaveAttribute(
      'aria-current',
      'page',
    );
  });

  test('has nothing to press for somebody who only reads', async ({ as }) => {
    const page = await as('management');
    await page.goto('/staff/jobs');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Job queue');
    await expect(page.getByRole('button', { name: 'Try all failed jobs again' })).toHaveCount(0);
  });

  test('is not there for anybody else', async ({ as }) => {
    const page = await as('support');
    expect((await page.goto('/staff/jobs'))!.status()).toBe(403);
  });
});
