import { expect, test } from '../support/fixtures';
import { makePublished, unique } from '../support/steps';
import { expectWellMade } from '../support/well-made';

const word = (): string => unique('Schwenkarm').replace(/\W/g, '');

test('One box finds documents, orders and people, on its own page without a script, too', async ({
  as,
  javaScriptEnabled,
  isMobile,
}) => {
  const name = word();
  const { id, title } = await makePublished(await as('pm'), `${name} Zeichnung`);
  const ben = await as('ben');
  await ben.goto('/documents');
  if (isMobile) {
    await ben.getByRole('link', { name: 'Search everywhere' }).click();
    await expect(ben).toHaveURL('/search');
  } else {
    await ben.goto('/search');
  }
  const field = ben.getByRole('searchbox', { name: 'Search everywhere' }).and(ben.locator('#q'));
  const button = ben.getByRole('main').getByRole('button', { name: 'Search', exact: true });
  // The index learns of it in a moment.
  await expect(async () => {
    await ben.goto(`/search?q=${name}`);
    await expect(ben.getByRole('region', { name: 'Documents' }).getByRole('link', { name: title })).toBeVisible({
      timeout: 500,
    });
  }).toPass();
  await field.fill('AB-2026');
  if (!javaScriptEnabled) {
    await button.click();
  }
  await expect(ben.getByRole('region', { name: 'Orders' }).getByRole('link').first()).toContainText('AB-2026');
  await field.fill('albers');
  if (!javaScriptEnabled) {
    await button.click();
  }
  await expect(ben.getByRole('region', { name: 'People' }).getByRole('link', { name: 'Anna Albers' })).toBeVisible();

  const carla = await as('carla');
  await carla.goto(`/search?q=${name}`);
  await expect(carla.getByRole('heading', { name: 'Nothing found' })).toBeVisible();
  const pm = await as('pm');
  await pm.goto('/staff/search?q=acme');
  await expect(pm.getByRole('region', { name: 'Customers' }).getByRole('link', { name: 'ACME Werke AG' })).toBeVisible();
  await pm.goto(`/staff/search?q=${name}`);
  await pm.getByRole('link', { name: title }).click();
  await expect(pm).toHaveURL(`/staff/documents/${id}`);
});

test('Ctrl-K leads to the box, arrows and Enter to what it finds, Escape back', { tag: '@javascript' }, async ({
  as,
  isMobile,
}) => {
  const ben = await as('ben');
  await ben.goto('/documents');
  if (isMobile) {
    await ben.keyboard.press('Control+k');
    await expect(ben).toHaveURL('/search');
    return;
  }
  const before = ben.getByRole('searchbox', { name: 'Search documents' });
  await before.focus();
  await ben.keyboard.press('Control+k');
  const box = ben.getByRole('combobox', { name: 'Search everywhere' });
  await expect(box).toBeFocused();
  await expect(box).toHaveAttribute('aria-expanded', 'false');
  await box.pressSequentially('AB-2026');
  const list = ben.getByRole('listbox', { name: 'Search everywhere' });
  await expect(list.getByRole('option').first()).toContainText('AB-2026');
  await expect(box).toHaveAttribute('aria-expanded', 'true');
  await expect(ben.locator('form[data-find] [aria-live]')).toContainText('result');
  await ben.keyboard.press('ArrowDown');
  await expect(list.getByRole('option', { selected: true })).toHaveCount(1);
  await expect(box).toHaveAttribute('aria-activedescendant', 'find-option-0');
  await ben.keyboard.press('ArrowUp');
  await expect(list.getByRole('option').last()).toHaveAttribute('aria-selected', 'true');
  await expectWellMade(ben);
  // It was a phone for a while, which has no room for the box.
  await box.focus();
  await expect(list).toBeVisible();
  // First the list, then the words, then where one was.
  await ben.keyboard.press('Escape');
  await expect(list).toBeHidden();
  await expect(box).toHaveValue('AB-2026');
  await ben.keyboard.press('Escape');
  await expect(before).toBeFocused();
  await expect(box).toHaveValue('');

  await ben.keyboard.press('Control+k');
  await box.pressSequentially('albers');
  await expect(list.getByRole('option', { name: /Anna Albers/ })).toBeVisible();
  await ben.keyboard.press('ArrowDown');
  await ben.keyboard.press('Enter');
  await expect(ben).not.toHaveURL('/documents');
  // Without a choice Enter leads to all of it.
  await ben.goto('/documents');
  await box.pressSequentially('albers');
  await ben.keyboard.press('Enter');
  await expect(ben).toHaveURL('/search?q=albers');
});

test('Results and both homes are well made', { tag: '@javascript' }, async ({ as }) => {
  const anna = await as('anna');
  for (const path of ['/search', '/search?q=rollen', '/search?q=zzzz', '/?show=all', '/?show=approve']) {
    await anna.goto(path);
    await expectWellMade(anna);
  }
  for (const who of ['admin', 'finance', 'support'] as const) {
    const page = await as(who);
    await page.goto('/staff');
    await expectWellMade(page);
  }
  const pm = await as('pm');
  await pm.goto('/staff/search?q=a');
  await expectWellMade(pm);
});

test('Both homes say who is waiting for whom', async ({ as }) => {
  const ben = await as('ben');
  await ben.goto('/');
  const waits = ben.getByRole('region', { name: 'Needs you' });
  for (const what of [/^Approve /, /^Renew /, /^Send /, /^Order .* waits for you$/]) {
    await expect(waits.getByRole('link', { name: what }).first()).toBeVisible();
  }
  await expect(ben.getByRole('region', { name: 'Status' }).getByText(/\d+ open/).first()).toBeVisible();
  await expect(ben.getByRole('region', { name: 'Your contact' })).toContainText('Mon to Fri');
  await expect(ben.getByRole('region', { name: 'Recent activity' }).getByRole('listitem').first()).toBeVisible();
  const pm = await as('pm');
  await pm.goto('/staff');
  await expect(pm.getByRole('region', { name: 'Waiting for us' })).toContainText('CE-verklaring transportband');
  await expect(pm.getByRole('region', { name: 'We are waiting for' })).toContainText('ACME Werke AG');
  await expect(pm.getByRole('region', { name: 'Overdue by customer' }).getByRole('row')).not.toHaveCount(0);
  await expect(pm.getByRole('region', { name: 'Never signed in' })).toContainText('Henning Voß');
});
