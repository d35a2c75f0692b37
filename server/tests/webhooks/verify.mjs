import { createHmac, timingSafeEqual } from 'node:crypto';

/** The message, if it is from the portal; throws if it is not. `headers` in lower case, `body` as a Buffer. */
export function verify(secret, headers, body, now = Date.now() / 1000) {
  const seconds = Number(headers['webhook-timestamp']);
  if (!(Math.abs(now - seconds) <= 300)) throw new Error('too old');
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signed = createHmac('sha256', key).update(`${headers['webhook-id']}.${seconds}.`).update(body).digest();
  const matches = (one) => {
    const [version, signature] = one.split(',');
    const bytes = Buffer.from(signature ?? '', 'base64');
    return version === 'v1' && bytes.length === signed.length && timingSafeEqual(bytes, signed);
  };
  if (!headers['webhook-signature'].split(' ').some(matches)) throw new Error('not signed with this secret');
  return JSON.parse(body);
}
