import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, test } from '../support/fixtures';
import { kontor, newcomer } from '../support/kontor';
import { makePublished, unique } from '../support/steps';
import { expectWellMade } from '../support/well-made';

/** The path that stops the kind of mail which says this, out of the mail's own header; undefined until it has come. */
async function stopOf(address: string, title: string): Promise<string | undefined> {
  const folder = process.env.OUTBOX!;
  for (const name of (await readdir(folder)).filter((file) => file.endsWith('.eml'))) {
    const text = (await readFile(join(folder, name), 'utf8')).replace(/\r?\n /g, ' ');
    const header = /^List-Unsubscribe: <https?:\/\/[^/]+(\/[^>]+)>/m.exec(text);
    if (header && text.includes(`<${address}>`) && text.replace(/=\r?\n/g, '').includes(title)) return header[1];
  }
  return undefined;
}

// Nobody else shall count whom this file has made.
const made: string[] = [];
test.afterAll(async () => {
  for (const email of made) await kontor(['user', 'suspend', '--email', email]);
});

test('A kind of mail is stopped with one click, without signing in, and chosen again in the account', async ({
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
  const email = await newcomer(page, 'borealis');
  made.push(email);
  await page.goto('/account/notifications');
  await page.getByLabel('Mail about: New documents').selectOption({ label: 'At once' });
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved. What was waiting follows it.')).toBeVisible();
  if (javaScriptEnabled) await expectWellMade(page);

  await makePublished(await as('admin'), title, undefined, 'Borealis Logistik BV');
  let path: string | undefined;
  await expect(async () => {
    path = await stopOf(email, title);
    expect(path).toBeDefined();
  }).toPass({ timeout: 80_000 });

  const stranger = await (await browser.newContext()).newPage();
  watch.follow(stranger);
  await stranger.goto(path!);
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
});

test('A link that is not complete says so and stops nothing', async ({ page, javaScriptEnabled }) => {
  await page.goto('/unsubscribe?key=00');
  await expect(page.getByText('This link is not complete, or it is very old.')).toBeVisible();
  if (javaScriptEnabled) await expectWellMade(page);
});
