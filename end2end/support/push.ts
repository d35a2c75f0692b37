import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Page } from '@playwright/test';

/** What somebody is told: no more than this is in it. */
export interface Said {
  title: string;
  text: string;
  path: string;
  unread: number;
}

/** A push service on this machine with one phone that reads what it carries (RFC 8291): browsers in tests have none. */
export class PushService {
  readonly said: Said[] = [];
  readonly headers: IncomingHttpHeaders[] = [];
  private readonly keys = createECDH('prime256v1');
  private readonly auth = randomBytes(16);

  private constructor(private readonly server: Server) {
    this.keys.generateKeys();
    server.on('request', (request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        this.headers.push(request.headers);
        this.said.push(this.read(Buffer.concat(parts)));
        response.writeHead(201).end();
      });
    });
  }

  static async start(): Promise<PushService> {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return new PushService(server);
  }

  stop(): void {
    this.server.close();
  }

  private read(body: Buffer): Said {
    const [salt, sender, record] = [body.subarray(0, 16), body.subarray(21, 86), body.subarray(86)];
    const derive = (secret: Buffer, salted: Buffer, info: Buffer, length: number) =>
      Buffer.from(hkdfSync('sha256', secret, salted, info, length));
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), this.keys.getPublicKey(), sender]);
    const ikm = derive(this.keys.computeSecret(sender), this.auth, info, 32);
    const key = derive(ikm, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
    const nonce = derive(ikm, salt, Buffer.from('Content-Encoding: nonce\0'), 12);
    const cipher = createDecipheriv('aes-128-gcm', key, nonce);
    cipher.setAuthTag(record.subarray(-16));
    const plain = Buffer.concat([cipher.update(record.subarray(0, -16)), cipher.final()]);
    return JSON.parse(plain.subarray(0, plain.lastIndexOf(2)).toString()) as Said;
  }

  /** Has the browser of this page subscribe here, in place of the service of its maker. */
  async serve(page: Page): Promise<void> {
    const { port } = this.server.address() as AddressInfo;
    const phone = {
      endpoint: `http://127.0.0.1:${port}/send/phone`,
      keys: { p256dh: this.keys.getPublicKey('base64url'), auth: this.auth.toString('base64url') },
    };
    await page.addInitScript((phone) => {
      // A browser without a screen lets nobody be told anything.
      Object.defineProperty(Notification, 'permission', { get: () => 'granted' });
      Notification.requestPermission = async () => 'granted';
      // It lasts as long as the browser, as a subscription does.
      const on = () => localStorage.getItem('subscribed') === 'yes';
      const subscription = {
        endpoint: phone.endpoint,
        options: {},
        toJSON: () => phone,
        unsubscribe: async () => {
          localStorage.removeItem('subscribed');
          return true;
        },
      };
      PushManager.prototype.getSubscription = async () => (on() ? (subscription as unknown as PushSubscription) : null);
      PushManager.prototype.subscribe = async () => {
        localStorage.setItem('subscribed', 'yes');
        return subscription as unknown as PushSubscription;
      };
    }, phone);
  }
}
