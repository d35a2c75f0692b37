import type { Page } from '@playwright/test';

import { expectNothingForAxe } from '../support/axe';
import { sql } from '../support/database';
import { expect, test } from '../support/fixtures';
import { invite, joinWithPassword } from '../support/joiner';
import { getRoutes, lookedAt, noPages, routeOf } from '../support/pages';
import { pdf } from '../support/pdf';
import { fillSignIn, signInAs, type Who } from '../support/people';
import { addVersion, findVirus, makeDraft, makePublished, openAccountMenu, showAudience, unique } from '../support/steps';
import { expectNoSidewaysScroll, expectWellMade } from '../support/well-made';

/** Pages that are an address and somebody who may open it. Those for what went wrong: error-pages.spec.ts. */
const pages: { name: string; who?: Who; path: string; status?: number }[] = [
  { name: 'The sign-in page', path: '/sign-in' },
  { name: 'Home', who: 'anna', path: '/' },
  { name: 'The home of an external partner', who: 'eva', path: '/' },
  { name: 'Documents', who: 'anna', path: '/documents' },
  { name: 'Documents of a category', who: 'carla', path: '/documents?category=minutes' },
  { name: 'The profile', who: 'anna', path: '/account' },
  { name: 'The profile of staff', who: 'pm', path: '/account' },
  { name: 'Sessions', who: 'anna', path: '/account/sessions' },
  { name: 'API tokens', who: 'anna', path: '/account/tokens' },
  { name: 'What one is told', who: 'anna', path: '/account/notifications' },
  { name: 'What staff are told', who: 'pm', path: '/account/notifications' },
  { name: 'What people of the organisation are told', who: 'anna', path: '/organisation/notifications' },
  { name: 'My data', who: 'anna', path: '/account/data' },
  { name: 'Staff home', who: 'pm', path: '/staff' },
  { name: 'Staff home of somebody who only reads', who: 'management', path: '/staff' },
  { name: 'Staff documents', who: 'pm', path: '/staff/documents' },
  { name: 'Staff documents by state and category', who: 'pm', path: '/staff/documents?state=withdrawn&category=other' },
  { name: 'A new document', who: 'pm', path: '/staff/documents/new' },
  { name: 'Customers', who: 'pm', path: '/staff/customers' },
  { name: 'The job queue', who: 'admin', path: '/staff/jobs' },
  { name: 'The job queue with nothing in it', who: 'management', path: '/staff/jobs?state=dead&kind=uploads.sweep' },
  { name: 'The audit log', who: 'admin', path: '/staff/audit' },
  { name: 'The sign-in rules', who: 'admin', path: '/staff/sign-in-rules' },
  { name: 'Webhooks of the organisation', who: 'anna', path: '/organisation/webhooks' },
  { name: 'A new webhook', who: 'anna', path: '/organisation/webhooks/new' },
  { name: 'Webhooks', who: 'admin', path: '/staff/webhooks' },
  { name: 'Announcements', who: 'support', path: '/staff/announcements' },
  { name: 'A new announcement', who: 'support', path: '/staff/announcements/new' },
  { name: 'The settings', who: 'admin', path: '/staff/settings' },
  { name: 'Retention', who: 'admin', path: '/staff/retention' },
  { name: 'The categories', who: 'admin', path: '/staff/categories' },
  { name: 'The rules of a category', who: 'admin', path: '/staff/categories/contract' },
  { name: 'The quarantine', who: 'admin', path: '/staff/quarantine' },
  { name: 'Sending files', who: 'anna', path: '/documents/send' },
  { name: 'What customers sent', who: 'pm', path: '/staff/arrivals' },
  { name: 'Everything that customers sent', who: 'pm', path: '/staff/arrivals?seen=all' },
  { name: 'Requests', who: 'pm', path: '/staff/requests' },
  { name: 'Asking for a file', who: 'pm', path: '/staff/requests/new' },
  { name: 'Chosen documents, none chosen', who: 'pm', path: '/staff/documents/bulk' },
  { name: 'What is to be renewed', who: 'pm', path: '/staff/renewals' },
  { name: 'Everybody with a sign-in', who: 'admin', path: '/staff/users' },
  { name: 'The form to invite staff', who: 'admin', path: '/staff/users/invite' },
  { name: 'The roles', who: 'management', path: '/staff/roles' },
  { name: 'A new customer', who: 'admin', path: '/staff/customers/new' },
  { name: 'The master data of the organisation', who: 'anna', path: '/organisation/details' },
  { name: 'Security', who: 'anna', path: '/account/security' },
  { name: 'Setting up an authenticator app', who: 'anna', path: '/account/security/authenticator' },
  { name: 'Signing in at one’s organisation', path: '/sign-in/sso' },
  { name: 'The page for an organisation that has no sign-in of its own', path: '/sign-in/nowhere', status: 404 },
  { name: 'The page for a sign-in that came to nothing', path: '/sign-in/sso/callback', status: 400 },
  { name: 'A link to sign in with that works no more', path: '/sign-in/link/open?key=00' },
  { name: 'How people of the organisation sign in', who: 'anna', path: '/organisation/sign-in' },
  { name: 'Recovery codes that were shown once', who: 'anna', path: '/account/security/codes' },
  { name: 'A new order', who: 'pm', path: '/staff/orders/new' },
  { name: 'A new project', who: 'pm', path: '/staff/projects/new' },
  { name: 'A new appointment', who: 'pm', path: '/staff/appointments/new' },
  { name: 'A new webhook of the operator', who: 'admin', path: '/staff/webhooks/new' },
];

/** The address behind a link of a page. */
async function behind(page: Page, path: string, link: string | RegExp): Promise<string> {
  await page.goto(path);
  return (await page.getByRole('main').getByRole('link', { name: link }).first().getAttribute('href'))!;
}

/** The address of the first thing that a page lists. */
async function firstOf(page: Page, path: string): Promise<string> {
  await page.goto(path);
  return (await page.getByRole('main').locator('a.title').first().getAttribute('href'))!;
}

/** Pages of one thing: who finds their addresses, and how. */
const reached: { name: string; who: Who; routes: string[]; addresses: (page: Page) => Promise<string[]> }[] = [
  {
    name: 'Inviting somebody of a customer, one of its people, what they see, and what they are told',
    who: 'admin',
    routes: [
      '/staff/customers/{id}/invite',
      '/staff/customers/{id}/people/{person}',
      '/staff/customers/{id}/people/{person}/access',
      '/staff/customers/{id}/notifications',
    ],
    addresses: async (page) => {
      const customer = await behind(page, '/staff/customers', 'ACME Werke AG');
      const person = await behind(page, `${customer}/people`, /^Ben Brandt$/);
      return [`${customer}/invite`, person, `${person}/access`, `${customer}/notifications`];
    },
  },
  {
    name: 'The forms that staff fill in for a customer who is chosen',
    who: 'pm',
    routes: [],
    addresses: async (page) => {
      const customer = await behind(page, '/staff/customers', 'ACME Werke AG');
      const chosen = `new?organisation=${customer.split('/').pop()}`;
      return ['orders', 'projects', 'appointments', 'requests'].map((things) => `/staff/${things}/${chosen}`);
    },
  },
  {
    name: 'Changing a webhook of the organisation, and one of its messages',
    who: 'anna',
    routes: ['/organisation/webhooks/{id}/edit', '/organisation/webhooks/{id}/deliveries/{delivery}'],
    addresses: async (page) => {
      const webhook = await behind(page, '/organisation/webhooks', /^Purchasing$/);
      return [`${webhook}/edit`, await firstOf(page, webhook)];
    },
  },
  {
    name: 'Changing a webhook of the operator, and one of its messages',
    who: 'admin',
    routes: ['/staff/webhooks/{id}/edit', '/staff/webhooks/{id}/deliveries/{delivery}'],
    addresses: async (page) => {
      const webhook = await behind(page, '/staff/webhooks', /^ERP$/);
      return [`${webhook}/edit`, await firstOf(page, webhook)];
    },
  },
  {
    name: 'Changing an announcement',
    who: 'support',
    routes: ['/staff/announcements/{id}/edit'],
    addresses: async (page) => [`${await firstOf(page, '/staff/announcements')}/edit`],
  },
  {
    name: 'One job of the queue',
    who: 'admin',
    routes: ['/staff/jobs/{id}'],
    addresses: async (page) => [await firstOf(page, '/staff/jobs')],
  },
  {
    name: 'Something to do in a project, as staff see it',
    who: 'pm',
    routes: ['/staff/projects/{id}/tasks/{task}'],
    addresses: async (page) => {
      const project = await behind(page, '/staff/projects', 'Roller conveyor, line 2');
      return [await behind(page, project, 'Bodenanker in Halle 3 freigeben')];
    },
  },
  {
    name: 'One request',
    who: 'pm',
    routes: ['/staff/requests/{id}'],
    addresses: async (page) => [await firstOf(page, '/staff/requests')],
  },
  {
    name: 'One person with a sign-in',
    who: 'admin',
    routes: ['/staff/users/{id}'],
    addresses: async (page) => [await firstOf(page, '/staff/users')],
  },
];

/** Routes that have a test of their own below. */
const ownTest = [
  '/documents/{id}',
  '/documents/{id}/compare',
  '/documents/{id}/history',
  '/invitation',
  '/sign-in/confirm',
  '/staff/customers/{id}',
  '/staff/documents/{id}',
  '/staff/documents/{id}/publish',
  '/staff/quarantine/{id}',
];

// axe waits with timers, which a browser without JavaScript does not run; the pages are the same there.
const axe = { tag: '@javascript' };

for (const { name, who, path, status } of pages) {
  const check = async (page: Page) => {
    expect((await page.goto(path))!.status()).toBe(status ?? 200);
    await expectWellMade(page);
  };
  if (who) {
    test(`${name} is well made`, axe, async ({ as }) => check(await as(who)));
  } else {
    test(`${name} is well made`, axe, ({ page }) => check(page));
  }
}

for (const { name, who, addresses } of reached) {
  test(`${name}: well made`, axe, async ({ as }) => {
    test.slow();
    const page = await as(who);
    for (const address of await addresses(page)) {
      expect((await page.goto(address))!.status(), address).toBe(200);
      await expectWellMade(page);
    }
  });
}

// What is said here is compared with what was done at the end of a whole run (support/looked-at.ts).
test('Every page is looked at, here or by the test of what it is for', async () => {
  const routes = await getRoutes();
  const listed = pages.map(({ path }) => routeOf(path, routes)).filter((route) => route !== undefined);
  const seen = [...listed, ...reached.flatMap((row) => row.routes), ...ownTest, ...Object.keys(lookedAt)];
  const known = new Set([...seen, ...Object.keys(noPages)]);
  expect(routes.filter((route) => !known.has(route)), 'pages that nobody looks at').toEqual([]);
  expect([...known].filter((route) => !routes.includes(route)), 'what is listed and is not there').toEqual([]);
});

test('The sign-in page with errors is well made', axe, async ({ page }) => {
  await page.goto('/sign-in');
  await fillSignIn(page, 'somebody@acme.example', '');
  await expect(page.getByRole('alert')).toBeVisible();
  await expectWellMade(page);
});

test('A document as its reader sees it is well made', axe, async ({ as }) => {
  const page = await as('anna');
  await page.goto('/documents');
  await page.getByRole('rowheader').getByRole('link').first().click();
  await expect(page).toHaveURL(/\/documents\/[0-9a-f-]{36}$/);
  await expectWellMade(page);
});

test('What happened to a document, and two of its versions side by side, are well made', axe, async ({ as }) => {
  const pm = await as('pm');
  const { id } = await makePublished(pm, unique('Twice made'));
  await addVersion(pm, pdf('second.pdf'));
  const anna = await as('anna');
  for (const path of [`/documents/${id}/history`, `/documents/${id}/compare`]) {
    expect((await anna.goto(path))!.status()).toBe(200);
    await expectWellMade(anna);
  }
});

test('An invitation, and the page that asks for proof again, are well made', axe, async ({ as, page }) => {
  const person = await invite(as, 'Conny Clausen');
  await page.goto(person.path);
  await expectWellMade(page);
  await joinWithPassword(page, person);
  // As if it were long ago.
  await sql(
    "UPDATE sessions SET data = json_remove(data, '$.assurance') WHERE user_id = (SELECT id FROM users WHERE email = ?)",
    person.email,
  );
  await page.goto('/sign-in/confirm');
  await expect(page).toHaveURL('/sign-in/confirm');
  await expectWellMade(page);
});

test('A file that a virus scanner holds, and deciding about it, are well made', axe, async ({ as, page }) => {
  const { title } = await makeDraft(await as('pm'), unique('Held'));
  await findVirus(title);
  await signInAs(page, 'admin');
  await page.goto(await firstOf(page, '/staff/quarantine'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`${title}.pdf`);
  await expectWellMade(page);
});

test('One customer is well made', axe, async ({ as }) => {
  const page = await as('pm');
  await page.goto('/staff/customers');
  await page.getByRole('link', { name: 'ACME Werke AG' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('ACME Werke AG');
  await expectWellMade(page);
});

test('A new document with errors is well made', axe, async ({ as }) => {
  const page = await as('pm');
  await page.goto('/staff/documents/new');
  await page.getByRole('button', { name: 'Save as draft' }).click();
  await expect(page.getByRole('alert').getByRole('heading')).toBeVisible();
  await expectWellMade(page);
});

test('A draft and the page to publish it, with every audience, are well made', axe, async ({ as }) => {
  test.slow();
  const page = await as('pm');
  const { id } = await makeDraft(page, unique('Well made draft'));
  await expectWellMade(page);
  await showAudience(page, { project: 'Roller conveyor, line 2' });
  await expectWellMade(page);
  await showAudience(page, { people: [] });
  await expectWellMade(page);
  await page.goto(`/staff/documents/${id}`);
  await expectWellMade(page);
});

test('A published document, its menu and its dialog are well made', axe, async ({ as }) => {
  const page = await as('pm');
  await makePublished(page, unique('Well made'));
  await expectWellMade(page);
  await page.getByText('Colleagues on our side').click();
  await page.getByRole('button', { name: 'Withdraw' }).click();
  await expect(page.getByRole('dialog', { name: 'Withdraw this document?' })).toBeVisible();
  await expectNothingForAxe(page, 'dialog, light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectNothingForAxe(page, 'dialog, dark');
  await expectNoSidewaysScroll(page);
  await page.keyboard.press('Escape');
  await openAccountMenu(page);
  await expectNothingForAxe(page, 'menu, dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await expectNothingForAxe(page, 'menu, light');
  await expectNoSidewaysScroll(page);
});
