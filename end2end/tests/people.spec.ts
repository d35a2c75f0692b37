import { expect, test } from '../support/fixtures';
import { invite, newAddress, phrase } from '../support/joiner';
import { mailTo } from '../support/mail';
import { expectWellMade } from '../support/well-made';

const axe = { tag: '@javascript' };

test('Anna invites a colleague who may see only their own documents; the colleague joins by mail and sees just that', async ({
  as,
  page,
}) => {
  test.slow();
  const email = newAddress();
  const anna = await as('anna');
  await anna.goto('/organisation');
  await anna.getByRole('link', { name: 'Invite somebody' }).click();
  await anna.getByLabel('Name').fill('Jördis "Jo" O\'Neill');
  await anna.getByLabel('E-mail').fill(email);
  await anna.getByLabel('Documents', { exact: true }).selectOption({ label: 'only their own' });
  await anna.getByLabel('Quotes and invoices').selectOption({ label: 'nothing' });
  await anna.getByLabel(/^Message/).fill('Welcome!\nAnna');
  await anna.getByRole('button', { name: 'Send invitation' }).click();
  await expect(anna.getByRole('status')).toContainText(email);
  const waiting = anna.getByRole('region', { name: /^Invited/ });
  await expect(waiting).toContainText(email);

  const { path } = await mailTo(email);
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Welcome to ACME Werke AG');
  await expect(page.locator('blockquote')).toContainText('Welcome!');
  await page.getByLabel('Password', { exact: true }).fill('short');
  await page.getByRole('button', { name: 'Accept and sign in' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page.getByLabel('Your name')).toHaveValue('Jördis "Jo" O\'Neill');
  await page.getByLabel('Password', { exact: true }).fill(phrase);
  await page.getByRole('button', { name: 'Accept and sign in' }).click();
  await expect(page).toHaveURL('/');
  await page.goto('/documents');
  await expect(page.getByRole('rowheader')).toHaveCount(0);

  await anna.goto('/organisation');
  await anna.getByRole('row').filter({ hasText: email }).getByRole('link').click();
  await expect(anna.getByRole('heading', { level: 1 })).toHaveText('Jördis "Jo" O\'Neill');
  await anna.getByRole('link', { name: 'What can they see?' }).click();
  for (const name of ['Documents', 'Requests']) {
    const none = anna.getByRole('region', { name, exact: true }).getByText('Nothing is meant for this person at the moment.');
    await expect(none).toBeVisible();
  }
});

test('An invitation that is sent again and withdrawn says so to whoever opens it', async ({ as, page }) => {
  const { email, path } = await invite(as, 'Withdrawn');
  const anna = await as('anna');
  await anna.goto('/organisation');
  const row = anna.getByRole('listitem').filter({ hasText: email });
  await row.getByRole('button', { name: /^Send again/ }).click();
  await expect(anna.getByRole('status')).toContainText(email);
  await anna.getByRole('listitem').filter({ hasText: email }).getByRole('button', { name: /^Withdraw/ }).click();
  await expect(anna.getByText('The invitation is withdrawn.')).toBeVisible();
  await page.goto(path);
  await expect(page.getByText(/was withdrawn/)).toBeVisible();
});

test('A form with mistakes says where, and keeps what was typed', async ({ as }) => {
  const anna = await as('anna');
  await anna.goto('/organisation/invite');
  await anna.getByLabel('E-mail').fill('ben@acme.example');
  await anna.getByLabel(/^External partner/).check();
  await anna.getByLabel('Documents', { exact: true }).selectOption({ label: 'only their own' });
  await anna.getByRole('button', { name: 'Send invitation' }).click();
  const alert = anna.getByRole('alert');
  await expect(alert.getByRole('listitem')).toHaveText([
    'Enter a name.',
    'Choose at least one project for an external partner.',
    'This person already belongs to the organisation.',
  ]);
  await expect(anna.getByLabel('E-mail')).toHaveValue('ben@acme.example');
  await expect(anna.getByLabel('Documents', { exact: true })).toHaveValue('own');
});

test('The ways back ask for an address and never say whether it is known', async ({ page }) => {
  for (const email of ['anna@acme.example', 'nobody-at-all@acme.example']) {
    await page.goto('/sign-in');
    await page.getByRole('link', { name: 'Forgotten your password?' }).click();
    await page.getByLabel('E-mail').fill(email);
    await page.getByRole('button', { name: 'Send the link' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Look into your mailbox');
  }
});

for (const { name, who, path } of [
  { name: 'The people of the organisation', who: 'anna', path: '/organisation' },
  { name: 'The people as a colleague sees them', who: 'ben', path: '/organisation' },
  { name: 'The form to invite somebody', who: 'anna', path: '/organisation/invite' },
  { name: 'The page to change the address', who: 'ben', path: '/account/email' },
] as const) {
  test(`${name} is well made`, axe, async ({ as }) => {
    const page = await as(who);
    expect((await page.goto(path))!.status()).toBe(200);
    await expectWellMade(page);
  });
}

test('One colleague, and what they can see, are well made', axe, async ({ as }) => {
  const page = await as('anna');
  await page.goto('/organisation');
  await page.getByRole('link', { name: 'Ben Brandt' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ben Brandt');
  await expectWellMade(page);
  await page.getByRole('link', { name: 'What can they see?' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What Ben Brandt can see');
  await expectWellMade(page);
});

test('Links that work no more, and pages that ask for an address, are well made', axe, async ({ page }) => {
  for (const path of ['/invitation?key=00', '/password-reset', '/password-reset/new?key=00', '/sign-in/link', '/email-change?key=00']) {
    expect((await page.goto(path))!.status()).toBe(200);
    await expectWellMade(page);
  }
});
