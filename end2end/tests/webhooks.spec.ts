import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { expect, test } from '../support/fixtures';
import { unique } from '../support/steps';
import { expectWellMade } from '../support/well-made';

interface Message {
  headers: Record<string, string>;
  body: Buffer;
}

/** What a message says, if it is signed with this secret. */
function verified(secret: string, { headers, body }: Message): unknown {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const head = `${headers['webhook-id']}.${headers['webhook-timestamp']}.`;
  expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(head).update(body).digest('base64')}`);
  return JSON.parse(body.toString());
}

/** Somebody who listens on this machine, and takes what comes. */
async function receiver(): Promise<{ url: string; got: Message[]; server: Server }> {
  const got: Message[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      got.push({ headers: request.headers as Record<string, string>, body: Buffer.concat(chunks) });
      response.end('taken');
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, got, server };
}

test('Anna has a program told, tests it, sends again, and removes it', async ({ as, javaScriptEnabled }) => {
  const { url, got, server } = await receiver();
  try {
    const name = unique('ERP');
    const anna = await as('anna');
    await anna.goto('/organisation');
    await anna.getByRole('link', { name: 'Webhooks' }).click();
    await anna.getByRole('link', { name: 'Add a webhook' }).click();
    if (javaScriptEnabled) await expectWellMade(anna);
    await anna.getByLabel('Name', { exact: true }).fill(name);
    await anna.getByLabel('Address', { exact: true }).fill('http://10.0.0.1/');
    await anna.getByRole('button', { name: 'Add it and show its secret' }).click();
    // An address inside is refused, and what was typed stays.
    await expect(anna.getByRole('alert')).toContainText('Messages cannot be sent there');
    await expect(anna.getByLabel('Name', { exact: true })).toHaveValue(name);
    await anna.getByLabel('Address', { exact: true }).fill(url);
    await anna.getByRole('button', { name: 'Add it and show its secret' }).click();
    await expect(anna.getByRole('heading', { level: 1 })).toHaveText(name);
    const secret = await anna.getByRole('textbox', { name: 'Secret' }).inputValue();
    expect(secret).toMatch(/^whsec_/);
    if (javaScriptEnabled) await expectWellMade(anna);
    await anna.reload();
    await expect(anna.getByRole('textbox', { name: 'Secret' })).toHaveCount(0);

    await anna.getByRole('button', { name: 'Send a test' }).click();
    await expect.poll(() => got.length, { timeout: 20_000 }).toBe(1);
    expect(verified(secret, got[0]!)).toMatchObject({ type: 'webhook.test', version: 1 });
    await expect(async () => {
      await anna.reload();
      await expect(anna.getByText('Answer 200').first()).toBeVisible({ timeout: 1000 });
    }).toPass({ timeout: 20_000 });
    await expect(anna.getByText('taken')).toBeVisible();
    if (javaScriptEnabled) await expectWellMade(anna);
    await anna.getByRole('button', { name: 'Send again' }).click();
    await expect.poll(() => got.length, { timeout: 20_000 }).toBe(2);
    expect(got[1]!.headers['webhook-id']).toBe(got[0]!.headers['webhook-id']);

    await anna.goto('/organisation/webhooks');
    await anna.getByRole('link', { name }).click();
    await anna.getByRole('button', { name: 'Remove' }).click();
    await anna.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await expect(anna.getByText('Removed.')).toBeVisible();
    await expect(anna.getByRole('link', { name })).toHaveCount(0);
  } finally {
    server.close();
  }
});

test('Staff see the webhooks of the operator and of customers', async ({ as, javaScriptEnabled }) => {
  const admin = await as('admin');
  await admin.goto('/staff/webhooks');
  await expect(admin.getByRole('link', { name: 'Purchasing' })).toBeVisible();
  if (javaScriptEnabled) await expectWellMade(admin);
  await admin.getByRole('link', { name: 'ERP', exact: true }).click();
  await expect(admin.getByText('https://erp.nordlicht.example/hooks/kontor')).toBeVisible();
  await expect(admin.getByRole('link', { name: 'Document published' })).toBeVisible();
  if (javaScriptEnabled) await expectWellMade(admin);
});
