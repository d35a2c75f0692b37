import { createHmac } from 'node:crypto';

import type { CDPSession, Page } from '@playwright/test';

import { expect, test } from '../support/fixtures';
import { fillSignIn, password, people } from '../support/people';

// The virtual authenticator speaks through DevTools, and passkeys need a script.
const javascript = { tag: '@javascript' };

/** Signs somebody in on a page of their own, so that no other test's session changes. */
async function signIn(page: Page, who: 'dirk' | 'eva'): Promise<void> {
  await page.goto('/sign-in');
  await fillSignIn(page, people[who].email, password());
}

async function signOut(page: Page): Promise<void> {
  await page.context().clearCookies();
}

/** An authenticator with a screen lock, built into the device. It answers when it is touched. */
class Authenticator {
  private constructor(
    private readonly devtools: CDPSession,
    private readonly id: string,
  ) {}

  static async of(page: Page): Promise<Authenticator> {
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('WebAuthn.enable');
    const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: false,
      },
    });
    return new Authenticator(devtools, authenticatorId);
  }

  /** Does something while the owner's finger is on it. */
  async touched(act: () => Promise<void>): Promise<void> {
    const presence = (enabled: boolean) =>
      this.devtools.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId: this.id, enabled });
    await presence(true);
    try {
      await act();
    } finally {
      await presence(false);
    }
  }

  async keys(): Promise<number> {
    const { credentials } = await this.devtools.send('WebAuthn.getCredentials', { authenticatorId: this.id });
    return credentials.length;
  }
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

test('A passkey is added, signs in alone, and is removed', javascript, async ({ page }) => {
  await signIn(page, 'dirk');
  const authenticator = await Authenticator.of(page);
  await page.goto('/account/security');
  await page.getByLabel('Name of the passkey', { exact: true }).last().fill('Test device');
  await authenticator.touched(async () => {
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await expect(page).toHaveURL(/\/account\/security\/codes/);
  });
  expect(await authenticator.keys()).toBe(1);
  await expect(page.getByRole('listitem').filter({ hasText: /^[0-9a-z]{4}(-[0-9a-z]{4}){3}$/ })).toHaveCount(10);
  await page.getByRole('button', { name: 'I have put them away' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Test device' })).toBeVisible();

  await signOut(page);
  await page.goto('/sign-in');
  await authenticator.touched(async () => {
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await expect(page).toHaveURL('/');
  });

  // With the password the passkey is the second step.
  await signOut(page);
  await signIn(page, 'dirk');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('One more step');
  await authenticator.touched(async () => {
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await expect(page).toHaveURL('/');
  });

  await page.goto('/account/security');
  await page.getByRole('button', { name: 'Remove: Test device' }).click();
  await expect(page.getByRole('status')).toContainText('The passkey is removed.');
  await signOut(page);
  await signIn(page, 'dirk');
  await expect(page).toHaveURL('/');
});

test('A passkey that nobody touches says so and lets the person try again', javascript, async ({ page }) => {
  await signIn(page, 'dirk');
  await page.goto('/account/security');
  await page.evaluate(() => {
    navigator.credentials.create = () => Promise.reject(new DOMException('cancelled', 'NotAllowedError'));
  });
  await page.getByLabel('Name of the passkey', { exact: true }).last().fill('Never');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await expect(page.getByRole('alert')).toContainText('That did not work, or was cancelled.');
  await expect(page.getByLabel('Name of the passkey', { exact: true }).last()).toHaveValue('Never');
});

test('An authenticator app is set up, asked for, and removed, with and without a script', async ({ page }) => {
  await signIn(page, 'eva');
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
  const recovery = await page.locator('.codes li').first().innerText();
  await page.getByRole('button', { name: 'I have put them away' }).click();

  // The code that set it up is used; one of paper still opens the door.
  await signOut(page);
  await signIn(page, 'eva');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('One more step');
  await page.goto('/documents');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign in');
  await signIn(page, 'eva');
  await page.getByText('Lost your phone or your passkey?').click();
  await page.getByLabel('Recovery code').fill(recovery.toUpperCase());
  await page.getByRole('button', { name: 'Use recovery code' }).click();
  await expect(page).toHaveURL('/');
  await page.goto('/account/security');
  await expect(page.getByText('9 codes left')).toBeVisible();
  await page.getByRole('button', { name: 'Remove the authenticator app' }).click();
  await expect(page.getByRole('status')).toContainText('The authenticator app is removed.');
});
