import { execFile } from 'node:child_process';
import { dirname } from 'node:path';

import { expect, type Page } from '@playwright/test';

import { fillSignIn, password } from './people';

/** What a command of the portal's binary says, run in this folder, where the portal runs unless another is named. */
export async function kontor(words: string[], { folder, input }: { folder?: string; input?: string } = {}): Promise<string> {
  const binary = process.env.PORTAL_BINARY;
  if (!binary) {
    throw new Error('PORTAL_BINARY is missing: the file of the portal that is tested.');
  }
  return new Promise((resolve, reject) => {
    const child = execFile(binary, words, { cwd: folder ?? dirname(binary) }, (error, stdout, stderr) =>
      error ? reject(new Error(`${error.message}\n${stderr}`)) : resolve(stdout),
    );
    // A command that reads nothing may have ended before.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input ?? '');
  });
}

/** Makes somebody of a customer to whom nobody has written anything yet, and signs them in on this page. */
export async function newcomer(page: Page, organisation: string): Promise<string> {
  const email = `newcomer-${Date.now().toString(36)}@${organisation}.example`;
  const words = ['user', 'create', '--email', email, '--name', 'Nora Neumann', '--role', 'customer', '--organisation', organisation];
  await kontor([...words, '--password-stdin'], { input: `${password()}\n` });
  await page.goto('/sign-in');
  await fillSignIn(page, email, password());
  await expect(page).toHaveURL('/');
  return email;
}
