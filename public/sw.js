// Shows what the portal tells while it is closed (app/src/notifications/push), and leads to it. It keeps no pages: without
// the network there is no portal.
const own = self.location.origin;
// Of every version; the name in the middle only says who asks.
const icon = '/assets/sw/icon-192.png';

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

async function badge(unread) {
  if (!self.navigator.setAppBadge || !Number.isInteger(unread)) return;
  try {
    // As on an open page: more than nine is a mark without a number.
    await (unread > 0 ? self.navigator.setAppBadge(unread < 10 ? unread : undefined) : self.navigator.clearAppBadge());
  } catch {
    // Not installed: there is nothing to put it on.
  }
}

self.addEventListener('push', (event) => {
  let said = {};
  try {
    said = event.data.json();
  } catch {
    // A push service may wake a browser with nothing; it must be shown something all the same.
  }
  const { title = self.location.host, text = '', path = '/', unread } = said;
  // What is newer about a page takes the place of what is older.
  const options = { body: text, tag: path, renotify: true, icon, data: { path } };
  event.waitUntil(Promise.all([self.registration.showNotification(title, options), badge(unread)]));
});

// A window that is at it already; else one that only shows home, so that nothing that was typed is lost; else a new one.
async function open(address) {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const at = (client) => client.url.split('#')[0];
  const there = windows.find((client) => at(client) === address.href.split('#')[0]);
  if (there) return there.focus();
  const home = windows.find((client) => at(client) === `${own}/`);
  if (home) {
    try {
      await home.focus();
      return await home.navigate(address.href);
    } catch {
      // One that this worker does not lead yet.
    }
  }
  return self.clients.openWindow(address.href);
}

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const address = new URL(event.notification.data?.path ?? '/', own);
  if (address.origin === own) event.waitUntil(open(address));
});

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

// The push service has given this browser another address. Where nobody is signed in that is heard on the page of
// notifications; until then the old one is found to be gone.
async function renew({ oldSubscription, newSubscription }) {
  const options = (newSubscription ?? oldSubscription)?.options;
  if (!options?.applicationServerKey) return;
  const fresh = newSubscription ?? (await self.registration.pushManager.subscribe(options));
  const { endpoint, keys } = fresh.toJSON();
  const key = text(options.applicationServerKey);
  const body = new URLSearchParams({ endpoint, p256dh: keys.p256dh, auth: keys.auth, key, quiet: 'yes' });
  await fetch('/_fn/push/subscribe', { method: 'POST', body, redirect: 'manual' });
}

self.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(renew(event)));
