import { createHmac } from 'node:crypto';

import type { Page } from '@playwright/test';

import { Authenticator } from '../support/authenticator';
import { expect, test } from '../support/fixtures';
import { invite, joinWithPasskey, joinWithPassword, phrase, type Invited } from '../support/joiner';
import { fillSignIn } from '../support/people';
import { expectWellMade } from '../support/well-made';

// The virtual authenticator speaks through DevTools, and passkeys need a script.
const javascript = { tag: '@javascript' };

// Everybody here is new: what a test leaves behind on a login is in no other test's way.

/** Fills in and sends the form, and waits until the portal has answered. */
async function signIn(page: Page, { email }: Invited): Promise<void> {
  await page.goto('/sign-in');
  await fillSignIn(page, email, phrase);
  await expect(page).not.toHaveURL(/\/sign-in($|\?)/);
}

async function signOut(page: Page): Promise<void> {
  await page.context().clearCookies();
}

/** The code that an authenticator app shows for these letters (RFC 6238). */
function code(letters: string, seconds = Date.now() / 1000): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...letters.replace(/\s/g, '')].map((c) => alphabet.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(seconds / 30)));
  const digest = createHmac('sha1', key).update(counter).digest();
  const number = digest.readUInt32BE(digest[digest.length - 1]! & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

test('Somebody joins with a passkey alone, signs in with it, and uses it after a password', javascript, async ({ as, page }) => {
  const person = await invite(as, 'Paula Passkey');
  const authenticator = await Authenticator.of(page);
  await joinWithPasskey(page, authenticator, person);

  // The page offers the passkey by itself, in the field for the address; this authenticator takes every offer.
  await signOut(page);
  await authenticator.touched(async () => {
    await page.goto('/sign-in');
    await expect(page).toHaveURL('/');
  });

  // With a password the passkey becomes the second step.
  await page.goto('/account/security');
  await page.getByLabel('New password', { exact: true }).fill(phrase);
  await page.getByLabel('New password once more').fill(phrase);
  await page.getByRole('button', { name: 'Set password' }).click();
  await expect(page.getByRole('status')).toContainText('Your password is changed.');
  await signOut(page);
  await signIn(page, person);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('One more step');
  await authenticator.touched(async () => {
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await expect(page).toHaveURL('/');
  });

  await page.goto('/account/security');
  await page.getByRole('button', { name: 'Remove: Test device' }).click();
  await expect(page.getByRole('status')).toContainText('The passkey is removed.');
  await signOut(page);
  await signIn(page, person);
  await expect(page).toHaveURL('/');
});

test('The button signs in with a passkey where the browser does not offer it by itself', javascript, async ({ as, page }) => {
  const person = await invite(as, 'Pia Passkey');
  const authenticator = await Authenticator.of(page);
  await page.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false);
  });
  await joinWithPassword(page, person);
  await page.goto('/account/security');
  await page.getByLabel('Name of the passkey', { exact: true }).last().fill('Test device');
  await authenticator.touched(async () => {
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await expect(page).toHaveURL(/\/account\/security\/codes/);
  });
  await signOut(page);
  await page.goto('/sign-in');
  await authenticator.touched(async () => {
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await expect(page).toHaveURL('/');
  });
});

test('A passkey that nobody touches says so and lets the person try again', javascript, async ({ as, page }) => {
  await joinWithPassword(page, await invite(as, 'Nora Never'));
  await page.goto('/account/security');
  await page.evaluate(() => {
    navigator.credentials.create = () => Promise.reject(new DOMException('cancelled', 'NotAllowedError'));
  });
  await page.getByLabel('Name of the passkey', { exact: true }).last().fill('Never');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await expect(page.getByRole('alert')).toContainText('That did not work, or was cancelled.');
  await expect(page.getByLabel('Name of the passkey', { exact: true }).last()).toHaveValue('Never');
});

test('An authenticator app is set up, asked for, and removed, with and without a script', async ({
  as,
  page,
  javaScriptEnabled,
}) => {
  test.slow();
  const person = await invite(as, 'Toni Totp');
  await joinWithPassword(page, person);
  await page.goto('/account/security');
  await page.getByRole('link', { name: 'Set up an authenticator app' }).click();
  await expect(page.getByRole('img', { name: 'QR code for the authenticator app' })).toBeVisible();
  const letters = await page.locator('[data-secret]').innerText();
  await page.getByLabel('Code from the app').fill('000000');
  await page.getByRole('button', { name: 'Confirm' }).click();
  await expect(page.getByLabel('Code from the app')).toHaveAttribute('aria-invalid', 'true');
  expect(await page.locator('[data-secret]').innerText()).toBe(letters);
  await page.getByLabel('Code from the app').fill(code(letters));
  await page.getByRole('button', { name: 'Confirm' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Recovery codes');
  if (javaScriptEnabled) await expectWellMade(page);
  const recovery = await page.locator('.codes li').first().innerText();
  await page.getByRole('button', { name: 'I have put them away' }).click();

  // The code that set it up is used; one of paper still opens the door.
  await signOut(page);
  await signIn(page, person);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('One more step');
  if (javaScriptEnabled) await expectWellMade(page);
  await page.goto('/documents');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign in');
  await signIn(page, person);
  await page.getByText('Lost your phone or your passkey?').click();
  await page.getByLabel('Recovery code').fill(recovery.toUpperCase());
  await page.getByRole('button', { name: 'Use recovery code' }).click();
  await expect(page).toHaveURL('/');
  await page.goto('/account/security');
  await expect(page.getByText('9 codes left')).toBeVisible();
  await page.getByRole('button', { name: 'Remove the authenticator app' }).click();
  await expect(page.getByRole('status')).toContainText('The authenticator app is removed.');
});
