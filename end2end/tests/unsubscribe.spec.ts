import type { Page } from '@playwright/test';

import { expect, test } from '../support/fixtures';
import { kontor, newcomer } from '../support/kontor';
import { mailsSaying } from '../support/mail';
import { makePublished, unique } from '../support/steps';
import { expectWellMade } from '../support/well-made';

/** The path that stops a kind of mail, out of the mail's own header. */
function stopOf(mail: string): string {
  return /^List-Unsubscribe: <https?:\/\/[^/]+(\/[^>]+)>/m.exec(mail)![1]!;
}

// Nobody else shall count whom this file has made.
const made: string[] = [];
test.afterAll(async () => {
  for (const email of made) await kontor(['user', 'suspend', '--email', email]);
});

/** Somebody new of Borealis, who has mails about new documents at once. */
async function wantsMails(page: Page): Promise<string> {
  const email = await newcomer(page, 'borealis');
  made.push(email);
  await page.goto('/account/notifications');
  await page.getByLabel('Mail about: New documents').selectOption({ label: 'At once' });
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved. What was waiting follows it.')).toBeVisible();
  return email;
}

test('One mail comes within a minute, none to whoever has looked; its kind is stopped with one click, without signing in', async ({
  as,
  page,
  browser,
  watch,
  javaScriptEnabled,
}) => {
  // A mail waits for half a minute, and for five after another one: what follows shall come together. To somebody new
  // nobody has written before.
  test.setTimeout(120_000);
  const title = unique('Stopped');
  const email = await wantsMails(page);
  if (javaScriptEnabled) await expectWellMade(page);
  const context = await browser.newContext();
  const quick = await context.newPage();
  watch.follow(quick);
  const looked = await wantsMails(quick);

  await makePublished(await as('admin'), title, undefined, 'Borealis Logistik BV');
  const minute = Date.now() + 60_000;
  await expect(async () => {
    await quick.goto('/notifications');
    await expect(quick.getByRole('link', { name: title })).toBeVisible({ timeout: 500 });
  }).toPass();
  await quick.getByRole('link', { name: title }).click();
  await expect(quick).toHaveURL(/\/documents\//);
  await context.close();
  let mails: string[] = [];
  await expect(async () => {
    mails = await mailsSaying(email, title);
    expect(mails).toHaveLength(1);
  }).toPass({ timeout: minute - Date.now() });

  const stranger = await (await browser.newContext()).newPage();
  watch.follow(stranger);
  await stranger.goto(stopOf(mails[0]!));
  await expect(stranger.getByRole('heading', { level: 1 })).toHaveText('Fewer mails');
  if (javaScriptEnabled) await expectWellMade(stranger);
  await stranger.getByRole('button', { name: 'No more of these mails' }).click();
  await expect(stranger.getByText('You get no more of these mails.')).toBeVisible();
  await stranger.context().close();

  await page.reload();
  const choice = page.getByLabel('Mail about: New documents');
  await expect(choice.locator('option:checked')).toHaveText('Bell only');
  await choice.selectOption({ index: 0 });
  await page.getByLabel('Quiet from').selectOption({ label: '20:00' });
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  // Half of it is refused, and what was chosen stays.
  await expect(page.getByRole('alert').filter({ hasText: 'Choose both' })).toBeVisible();
  await expect(page.getByLabel('Quiet from').locator('option:checked')).toHaveText('20:00');
  await page.getByLabel('Quiet from').selectOption({ index: 0 });
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved. What was waiting follows it.')).toBeVisible();

  // Both were told in one go: had it gone to the other too, it would be there by now.
  expect(await mailsSaying(email, title), 'told once').toHaveLength(1);
  expect(await mailsSaying(looked, title), 'seen before').toHaveLength(0);
});

test('A link that is not complete says so and stops nothing', async ({ page, javaScriptEnabled }) => {
  await page.goto('/unsubscribe?key=00');
  await expect(page.getByText('This link is not complete, or it is very old.')).toBeVisible();
  if (javaScriptEnabled) await expectWellMade(page);
});
