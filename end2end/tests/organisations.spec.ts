import type { Locator, Page } from '@playwright/test';

import { expectNothingForAxe } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { makeDraft, makePublished, openAccountMenu, publish, showAudience, statusOf, unique } from '../support/steps';

const acme = 'ACME Werke AG';
const borealis = 'Borealis Logistik BV';

/** The open list of one's organisations: below the name in the sidebar, or in the account menu of a phone. */
async function organisations(page: Page, isMobile: boolean): Promise<Locator> {
  if (isMobile) {
    return openAccountMenu(page);
  }
  await page.getByRole('button', { name: /switch organisation/ }).click();
  const menu = page.getByRole('dialog', { name: 'switch organisation' });
  await expect(menu).toBeVisible();
  return menu;
}

const choice = (menu: Locator, name: string): Locator => menu.getByRole('button', { name: new RegExp(name) });

/** Which organisation the page that is open belongs to, and how much waits in each. */
async function standing(page: Page, isMobile: boolean): Promise<{ at: string; acme: number; borealis: number }> {
  const menu = await organisations(page, isMobile);
  const waits = async (name: string): Promise<number> => {
    const [count] = await choice(menu, name).locator('.count').allInnerTexts();
    return count === undefined ? 0 : Number.parseInt(count, 10);
  };
  const current = menu.locator('button[aria-current="true"]');
  await expect(current).toHaveCount(1);
  const at = (await current.innerText()).includes(acme) ? acme : borealis;
  const found = { at, acme: await waits(acme), borealis: await waits(borealis) };
  await page.keyboard.press('Escape');
  await expect(menu).toBeHidden();
  return found;
}

async function switchTo(page: Page, isMobile: boolean, name: string): Promise<void> {
  await page.goto('/');
  await choice(await organisations(page, isMobile), name).click();
  await expect(page).toHaveURL('/');
  expect((await standing(page, isMobile)).at).toBe(name);
}

test('Somebody of two organisations sees one at a time, and the address of a document opens its own', async ({
  as,
  isMobile,
  javaScriptEnabled,
}) => {
  test.slow();
  const pm = await as('pm');
  const ofAcme = await makeDraft(pm, unique('For Gesa at ACME'));
  await showAudience(pm, { people: ['Gesa Thomsen'] });
  await publish(pm);
  const ofBorealis = await makePublished(pm, unique('For all of Borealis'), undefined, borealis);
  const notHers = await makePublished(pm, unique('For all of ACME'));

  const gesa = await as('gesa');
  const listed = (title: string) => gesa.getByRole('rowheader').getByRole('link', { name: title });
  await switchTo(gesa, isMobile, acme);
  const before = await standing(gesa, isMobile);
  await gesa.goto('/documents');
  await expect(listed(ofAcme.title)).toBeVisible();
  await expect(gesa.getByText(ofBorealis.title)).toHaveCount(0);
  await expect(gesa.getByText(notHers.title), 'what a partner was not given').toHaveCount(0);
  expect(await statusOf(gesa, '/organisation'), 'a partner sees no colleagues').toBe(403);

  await switchTo(gesa, isMobile, borealis);
  const menu = await organisations(gesa, isMobile);
  await expect(choice(menu, acme)).toContainText('External partner');
  await expect(choice(menu, borealis)).not.toContainText('External partner');
  if (javaScriptEnabled) {
    await expectNothingForAxe(gesa, 'organisations, light');
    await gesa.emulateMedia({ colorScheme: 'dark' });
    await expectNothingForAxe(gesa, 'organisations, dark');
    await gesa.emulateMedia({ colorScheme: 'light' });
  }
  await gesa.goto('/documents');
  await expect(listed(ofBorealis.title)).toBeVisible();
  await expect(gesa.getByText(ofAcme.title)).toHaveCount(0);
  expect(await statusOf(gesa, '/organisation'), 'a customer does').toBe(200);
  expect((await standing(gesa, isMobile)).acme, 'what waits elsewhere is counted there').toBe(before.acme);

  // The address opens the organisation of the document, and it stays the one at hand.
  await gesa.goto(`/documents/${ofAcme.id}`);
  await expect(gesa.getByRole('heading', { level: 1 })).toHaveText(ofAcme.title);
  await gesa.goto('/');
  const after = await standing(gesa, isMobile);
  expect(after, 'read is done, in this organisation and no other').toEqual({
    at: acme,
    acme: before.acme - 1,
    borealis: before.borealis,
  });
  await gesa.goto(`/documents/${ofBorealis.id}`);
  await expect(gesa.getByRole('heading', { level: 1 })).toHaveText(ofBorealis.title);
  expect((await standing(gesa, isMobile)).at).toBe(borealis);
  expect(await statusOf(gesa, `/documents/${notHers.id}`), 'nobody’s link opens what is not theirs').toBe(404);
});
