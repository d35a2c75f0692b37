import { Authenticator } from '../support/authenticator';
import { expect, test } from '../support/fixtures';
import { invite, joinWithPasskey } from '../support/joiner';
import { signInAs } from '../support/people';
import { makeDraft, makePublished, publish, showAudience, statusOf, unique } from '../support/steps';
import { expectWellMade } from '../support/well-made';

test(
  'A colleague joins with a passkey and sees only what is theirs; Anna sees who can see what; a second factor is required',
  { tag: '@javascript' },
  async ({ as, page, browser, watch }) => {
    test.setTimeout(120_000);
    const name = unique('Colleague');
    await joinWithPasskey(page, await Authenticator.of(page), await invite(as, name));

    const pm = await as('pm');
    const forAll = await makePublished(pm, unique('For everyone at ACME'));
    const forOne = await makeDraft(pm, unique('For one colleague'));
    await showAudience(pm, { people: [name] });
    await publish(pm);

    await page.goto('/documents');
    await expect(page.getByRole('rowheader')).toHaveCount(1);
    await expect(page.getByRole('rowheader')).toContainText(forOne.title);
    expect(await statusOf(page, `/documents/${forAll.id}`), 'what is not theirs').toBe(404);

    const anna = await as('anna');
    await anna.goto(`/documents/${forOne.id}`);
    await expect(anna.getByRole('region', { name: 'Who can see this' }).getByText(name)).toBeVisible();
    await anna.goto('/organisation');
    await anna.getByRole('link', { name }).click();
    await anna.getByRole('link', { name: 'What can they see?' }).click();
    await expect(anna.getByRole('link', { name: forOne.title })).toBeVisible();
    await expect(anna.getByText(forAll.title)).toHaveCount(0);

    // Setting the rule asks for a fresh proof, so in a browser of its own.
    const ben = await as('ben');
    await ben.goto('/documents');
    const staff = await browser.newPage();
    watch.follow(staff);
    await signInAs(staff, 'admin');
    await staff.goto('/staff/customers');
    await staff.getByRole('link', { name: 'ACME Werke AG' }).click();
    await staff.goto(`${new URL(staff.url()).pathname}/sign-in`);
    const required = staff.getByRole('checkbox', { name: /^Require a second factor/ });
    const rules = staff.getByRole('region', { name: 'Rules' });
    await required.check();
    await rules.getByRole('button', { name: 'Save' }).click();
    try {
      await expect(required).toBeChecked();
      await ben.goto('/documents');
      await expect(ben, 'who has only a password is led to add a factor').toHaveURL(/\/sign-in\/factor/);
      await expect(ben.getByRole('heading', { level: 1 })).toHaveText('Add a second factor');
      await expectWellMade(ben);
      expect(await statusOf(page, '/documents'), 'who has shown a passkey goes on').toBe(200);
    } finally {
      await required.uncheck();
      await rules.getByRole('button', { name: 'Save' }).click();
      await expect(staff.getByRole('status').first()).toBeVisible();
    }
    await ben.goto('/documents');
    await expect(ben).toHaveURL('/documents');
    await staff.close();
  },
);
