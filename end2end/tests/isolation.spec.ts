import { expect, test } from '../support/fixtures';
import { people, signInAs, type Who } from '../support/people';
import { contentPath, makePublished, navigation, openAccountMenu, statusOf, unique } from '../support/steps';

const customers: Who[] = ['anna', 'ben', 'carla', 'dirk', 'eva'];
const staff: Who[] = ['admin', 'pm', 'support', 'finance', 'sales', 'management'];
const auditors: Who[] = ['admin', 'management'];

for (const who of customers) {
  test(`${people[who].name} (${who}) sees the places of a customer, and no page of the staff`, async ({
    as,
    isMobile,
  }) => {
    const page = await as(who);
    await page.goto(people[who].home);
    await expect(navigation(page).getByRole('link')).toHaveText(
      isMobile
        ? [/^Home$/, /^To do/, /^Documents$/, /^Orders$/]
        : [/^Home/, /^Documents$/, /^Orders$/, /^Projects$/, /^Appointments$/, ...(who === 'eva' ? [] : [/^Colleagues$/])],
    );
    for (const path of ['/staff', '/staff/documents', '/staff/documents/new', '/staff/orders', '/staff/projects', '/staff/customers', '/staff/audit']) {
      expect(await statusOf(page, path), path).toBe(403);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('This is not open to you');
    }
    await page.getByRole('link', { name: 'Go to Home' }).click();
    await expect(page).toHaveURL('/');
  });
}

for (const who of staff) {
  test(`${people[who].name} (${who}) sees the places of their role, and no page of a customer`, async ({
    as,
    isMobile,
  }) => {
    const page = await as(who);
    await page.goto(people[who].home);
    const audits = auditors.includes(who);
    const admin = who === 'admin';
    const announces = audits || who === 'support' ? [/^Announcements$/] : [];
    const rules = admin ? [/^Statuses$/, /^Categories$/, /^Retention$/, /^Quarantine$/, /^Settings$/] : [];
    const operator = [
      ...(audits ? [/^Users$/] : []),
      ...(admin ? [/^Sign-in rules$/] : []),
      ...announces,
      ...rules,
      ...(audits ? [/^Imports$/] : []),
      ...(audits || who === 'pm' ? [/^Webhooks$/] : []),
      ...(audits ? [/^Job queue$/, /^Audit log$/] : []),
    ];
    const places = [/^Home$/, /^Documents$/, /^Customers$/];
    const appointments = who === 'finance' ? [] : [/^Appointments$/];
    const between = [/^Orders$/, /^Projects$/, ...appointments, /^Approvals$/, /^Requests$/];
    if (isMobile) {
      await expect(navigation(page).getByRole('link')).toHaveText(places);
      await navigation(page).getByRole('button', { name: 'More' }).click();
      const more = page.getByRole('navigation', { name: 'More places' }).getByRole('link');
      await expect(more).toHaveText([...between, ...operator]);
    } else {
      await expect(navigation(page).getByRole('link')).toHaveText([...places.toSpliced(2, 0, ...between), ...operator]);
    }
    expect(await statusOf(page, '/staff/audit')).toBe(audits ? 200 : 403);
    expect(await statusOf(page, '/staff/documents/new')).toBe(who === 'management' || who === 'support' ? 403 : 200);
    expect(await statusOf(page, '/documents')).toBe(403);
    await page.getByRole('link', { name: 'Go to Home' }).click();
    await expect(page).toHaveURL('/staff');
    await page.goto('/');
    await expect(page, 'the address people remember leads to their own home').toHaveURL('/staff');
  });
}

test('An invoice does not exist for the support, on no page and in no list', async ({ as }) => {
  const page = await as('finance');
  await page.goto('/staff/documents?category=invoice');
  const link = page.getByRole('rowheader').getByRole('link').first();
  const title = (await link.textContent())!;
  await link.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
  const id = /[0-9a-f-]{36}$/.exec(page.url())![0];

  const support = await as('support');
  for (const path of [
    `/documents/${id}`,
    `/staff/documents/${id}`,
    `/staff/documents/${id}/publish`,
    contentPath(id, 1),
  ]) {
    expect(await statusOf(support, path), path).toBe(404);
    await expect(support.getByText(title)).toHaveCount(0);
  }
  await support.goto('/staff/documents?category=invoice');
  await expect(support.getByText('No documents here')).toBeVisible();
});

test('A document that is not there and one of another customer look the same', async ({ as }) => {
  const page = await as('pm');
  const { id, title } = await makePublished(page, unique('Only for ACME'));
  const dirk = await as('dirk');
  // What differs for everybody: the number of the request, the address itself.
  const body = async (path: string) => {
    expect(await statusOf(dirk, path), path).toBe(404);
    return (await dirk.getByRole('main').innerText()).replaceAll(/Request .*/g, '');
  };
  const foreign = await body(`/documents/${id}`);
  expect(foreign).not.toContain(title);
  expect(await body('/documents/019283a0-0000-7000-8000-000000000000')).toBe(foreign);
  expect(await body('/documents/not-an-id')).toBe(foreign);
});

test('Whoever only reads is offered nothing that changes', async ({ as }) => {
  const page = await as('pm');
  const { id } = await makePublished(page, unique('To be read'));
  const management = await as('management');
  await management.goto(`/staff/documents/${id}`);
  await expect(management.getByText('Your role may read this document, but not change it.')).toBeVisible();
  for (const name of ['Withdraw', 'Save', 'Upload new version']) {
    await expect(management.getByRole('button', { name })).toHaveCount(0);
  }
  await expect(management.getByRole('link', { name: 'Change who can see it' })).toHaveCount(0);
  expect(await statusOf(management, `/staff/documents/${id}/publish`)).toBe(403);
  await expect(management.getByRole('heading', { level: 1 })).toHaveText('This is not open to you');
});

test('Signing out ends the session on the portal, whatever the browser keeps', async ({ page }) => {
  await signInAs(page, 'anna');
  const kept = await page.context().cookies();
  const menu = await openAccountMenu(page);
  await menu.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign in');
  await page.goto('/documents');
  await expect(page).toHaveURL('/sign-in?next=%2Fdocuments');

  await page.context().clearCookies();
  await page.context().addCookies(kept);
  await page.goto('/documents');
  await expect(page).toHaveURL('/sign-in?next=%2Fdocuments');
});

test('The session cookie is kept from scripts and from other sites', async ({ page }) => {
  await signInAs(page, 'anna');
  const cookies = await page.context().cookies();
  const session = cookies.filter((cookie) => cookie.name.endsWith('kontor'));
  expect(session).toHaveLength(1);
  expect(session[0]).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  expect(await page.evaluate(() => document.cookie)).not.toContain('kontor');
});
