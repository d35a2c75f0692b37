import { expect, type Page } from '@playwright/test';

import type { Authenticator } from './authenticator';
import { mailTo } from './mail';
import type { Who } from './people';
import { unique } from './steps';

/** The password that joiners choose. */
export const phrase = 'eleven grey herons wait';

/** Somebody who was invited, and the path behind the button of their mail. */
export interface Invited {
  email: string;
  path: string;
}

/** An address that no run before has invited. */
export function newAddress(): string {
  return `${unique('new').replaceAll(' ', '-')}@acme.example`;
}

/** Anna invites somebody who sees their own documents only, so that no list of readers grows. */
export async function invite(as: (who: Who) => Promise<Page>, name: string): Promise<Invited> {
  const email = newAddress();
  const anna = await as('anna');
  await anna.goto('/organisation/invite');
  await anna.getByLabel('Name').fill(name);
  await anna.getByLabel('E-mail').fill(email);
  await anna.getByLabel('Documents', { exact: true }).selectOption({ label: 'only their own' });
  await anna.getByLabel('Quotes and invoices').selectOption({ label: 'nothing' });
  await anna.getByRole('button', { name: 'Send invitation' }).click();
  await expect(anna.getByRole('status')).toContainText(email);
  const { path } = await mailTo(email);
  return { email, path };
}

/** Opens the invitation and joins with the password: afterwards the page is signed in. */
export async function joinWithPassword(page: Page, { path }: Invited): Promise<void> {
  await page.goto(path);
  await page.getByLabel('Password', { exact: true }).fill(phrase);
  await page.getByRole('button', { name: 'Accept and sign in' }).click();
  await expect(page).toHaveURL('/');
}

/** Opens the invitation and joins with a passkey alone: afterwards the page is the security of their account. */
export async function joinWithPasskey(page: Page, authenticator: Authenticator, { path }: Invited): Promise<void> {
  await page.goto(path);
  await page.getByRole('radio', { name: /^With a passkey/ }).check();
  await page.getByRole('button', { name: 'Accept and sign in' }).click();
  await expect(page.getByText('Welcome. Choose how you will sign in from now on.')).toBeVisible();
  await page.getByLabel('Name of the passkey', { exact: true }).last().fill('Test device');
  await authenticator.touched(async () => {
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await expect(page).toHaveURL(/\/account\/security\/codes/);
  });
  expect(await authenticator.keys()).toBe(1);
  await expect(page.getByRole('listitem').filter({ hasText: /^[0-9a-z]{4}(-[0-9a-z]{4}){3}$/ })).toHaveCount(10);
  await page.getByRole('button', { name: 'I have put them away' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Test device' })).toBeVisible();
}
