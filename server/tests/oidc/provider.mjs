// A real OpenID provider for the tests: npm oidc-provider with the smallest possible sign-in form. Whatever address is
// typed is signed in; addresses that begin with "unverified" are not vouched for.
//
//   node provider.mjs PORT        serves http://127.0.0.1:PORT
//   CLOCK=ms                      its clock stands there (tests with a standing clock); without it, the machine's
//   CLIENT_REDIRECT=uri           a client "kontor" with the secret "demo secret" is there from the start
import { createServer } from 'node:http';

import Provider from 'oidc-provider';

const port = Number(process.argv[2]);
const issuer = `http://127.0.0.1:${port}`;
if (process.env.CLOCK) {
  const standing = Number(process.env.CLOCK);
  Date.now = () => standing;
}

const clients = process.env.CLIENT_REDIRECT
  ? [{ client_id: 'kontor', client_secret: 'demo secret', redirect_uris: [process.env.CLIENT_REDIRECT] }]
  : [];

// A subject says nothing of the address to anybody but us.
const subjectOf = (login) => `u-${Buffer.from(login).toString('hex')}`;
const addressOf = (subject) => Buffer.from(subject.slice(2), 'hex').toString();

const provider = new Provider(issuer, {
  clients,
  claims: { email: ['email', 'email_verified'], profile: ['name'] },
  // The portal may answer on this machine too, which the provider's own guard would refuse.
  fetch: (url, { dispatcher, ...options }) => globalThis.fetch(url, options),
  features: {
    devInteractions: { enabled: false },
    registration: { enabled: true },
    registrationManagement: { enabled: true },
    backchannelLogout: { enabled: true },
    rpInitiatedLogout: { enabled: true },
  },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_, subject) => ({
    accountId: subject,
    claims: () => {
      const login = addressOf(subject);
      const words = login.split('@')[0].split('.');
      return {
        sub: subject,
        email: login,
        email_verified: !login.startsWith('unverified'),
        name: words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' '),
      };
    },
  }),
  // Everybody agrees: what is tested is the portal.
  async loadExistingGrant(ctx) {
    const known = ctx.oidc.session.grantIdFor(ctx.oidc.client.clientId);
    const found = known && (await ctx.oidc.provider.Grant.find(known));
    if (found) return found;
    const grant = new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client.clientId,
      accountId: ctx.oidc.session.accountId,
    });
    grant.addOIDCScope('openid email profile');
    await grant.save();
    return grant;
  },
});

const escaped = (text) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

async function interaction(request, response) {
  const { params } = await provider.interactionDetails(request, response);
  if (request.method === 'POST') {
    let body = '';
    for await (const chunk of request) body += chunk;
    const form = new URLSearchParams(body);
    const result = form.has('deny')
      ? { error: 'access_denied', error_description: 'stopped by the person' }
      : { login: { accountId: subjectOf(form.get('login')) } };
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
    return;
  }
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.end(`<!doctype html><html lang="en"><title>Provider</title><main><h1>Provider</h1>
    <form method="post"><label>Address <input name="login" type="email" value="${escaped(params.login_hint ?? '')}"></label>
    <button>Let me in</button> <button name="deny" value="1">Stop</button></form></main></html>`);
}

const callback = provider.callback();
createServer((request, response) => {
  if (!request.url.startsWith('/interaction/')) return callback(request, response);
  interaction(request, response).catch((error) => {
    response.statusCode = 500;
    response.end(String(error));
  });
}).listen(port, '127.0.0.1');
