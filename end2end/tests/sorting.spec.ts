import { expect, test } from '../support/fixtures';
import { pdf } from '../support/pdf';
import { fillNewDocument, makePublished, publish, unique } from '../support/steps';
import { expectWellMade } from '../support/well-made';

test('A list is sorted by its headings, or by a field where there are none', async ({ as, isMobile }) => {
  const word = unique('order').replaceAll(' ', '');
  const pm = await as('pm');
  for (const number of ['Ää 10', 'AA 2', 'aa 9']) {
    await makePublished(pm, `${number} ${word}`);
  }
  for (const [who, path] of [
    ['ben', '/documents'],
    ['pm', '/staff/documents'],
  ] as const) {
    const page = await as(who);
    await page.goto(path);
    if (isMobile) {
      await page.getByLabel('Order', { exact: true }).selectOption({ label: 'Title, A to Z' });
      await page.getByRole('button', { name: 'Search', exact: true }).click();
    } else {
      await page.getByRole('link', { name: 'Document (sort: Title, A to Z)' }).click();
      await expect(page.getByRole('columnheader', { name: /^Document/ })).toHaveAttribute('aria-sort', 'ascending');
    }
    await expect(page).toHaveURL(/sort=title/);
    await expect(page.getByLabel('Order', { exact: true })).toHaveValue('title');
    const titles = page.getByRole('rowheader').filter({ hasText: word }).locator('a.title');
    await expect(titles).toHaveText([`AA 2 ${word}`, `aa 9 ${word}`, `Ää 10 ${word}`]);
    // A tab keeps the order.
    const tab = who === 'ben' ? 'Specifications' : 'Published';
    await page.getByRole('link', { name: tab, exact: true }).first().click();
    await expect(page).toHaveURL(/sort=title/);
    await expect(titles.first()).toHaveText(`AA 2 ${word}`);
  }
});

test('Sorted lists and marked previews are well made', { tag: '@javascript' }, async ({ as }) => {
  const ben = await as('ben');
  for (const sort of ['title', 'oldest', 'valid_until']) {
    await ben.goto(`/documents?sort=${sort}`);
    await expectWellMade(ben);
  }
  const admin = await as('admin');
  const mark = async (on: boolean) => {
    await admin.goto('/staff/categories/other');
    await admin.getByRole('checkbox', { name: /^Show on previews who looks at them/ }).setChecked(on);
    await admin.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(admin.getByRole('status')).toContainText('saved');
  };
  await admin.goto('/staff/categories/other');
  await expectWellMade(admin);
  await mark(true);
  try {
    for (const file of [pdf('marked.pdf'), { name: 'marked.txt', mimeType: 'text/plain', buffer: Buffer.from('Only words') }]) {
      await admin.goto('/staff/documents/new');
      await fillNewDocument(admin, { customer: 'ACME Werke AG', category: 'Other', title: unique('Marked'), file });
      await admin.getByRole('button', { name: 'Save as draft' }).click();
      await publish(admin);
      const path = admin.url().replace('/staff', '');
      await expect(async () => {
        await ben.goto(path);
        await expect(ben.getByText(/^Shown to Ben Brandt, ben@acme\.example, /)).toBeVisible({ timeout: 500 });
      }).toPass();
      await expectWellMade(ben);
    }
  } finally {
    await mark(false);
  }
});
