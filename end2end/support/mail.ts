import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect } from '@playwright/test';

/** A mail that the portal has written into its outbox. */
export interface Mail {
  subject: string;
  /** The path behind its button, on the portal. */
  path: string;
}

function outbox(): string {
  const folder = process.env.OUTBOX;
  if (!folder) {
    throw new Error('OUTBOX is missing: the folder that the portal writes mails into.');
  }
  return folder;
}

/** Quoted-printable (RFC 2045, 6.7), as far as links need it. */
function decoded(text: string): string {
  return text.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

async function newest(address: string): Promise<Mail | undefined> {
  const files = (await readdir(outbox()).catch(() => [])).filter((name) => name.endsWith('.eml')).sort();
  for (const name of files.reverse()) {
    const text = await readFile(join(outbox(), name), 'utf8');
    if (new RegExp(`^To: .*${address.replace('.', '\\.')}`, 'mi').test(text)) {
      const link = /https?:\/\/[^/\s]+(\/\S*)/.exec(decoded(text));
      return { subject: /^Subject: (.*)$/m.exec(text)?.[1] ?? '', path: link?.[1] ?? '' };
    }
  }
  return undefined;
}

/** The mails to an address that say this, as they are written but for the ends of lines that are none. */
export async function mailsSaying(address: string, words: string): Promise<string[]> {
  const names = (await readdir(outbox())).filter((name) => name.endsWith('.eml'));
  const texts = await Promise.all(names.map((name) => readFile(join(outbox(), name), 'utf8')));
  const whole = texts.map((text) => text.replace(/\r?\n /g, ' ').replace(/=\r?\n/g, ''));
  return whole.filter((text) => text.includes(`<${address}>`) && text.includes(words));
}

/** Waits for the newest mail to an address: mails are sent after the act that causes them. */
export async function mailTo(address: string): Promise<Mail> {
  let mail: Mail | undefined;
  await expect(async () => {
    mail = await newest(address);
    expect(mail, `a mail to ${address}`).toBeDefined();
  }).toPass();
  return mail!;
}
