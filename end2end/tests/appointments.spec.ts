import { expect, test } from '../support/fixtures';
import { unique } from '../support/steps';
import { expectWellMade } from '../support/well-made';

const axe = { tag: '@javascript' };

/** A field of date and time, so many days from now at this hour. */
function at(days: number, hour: string): string {
  const day = new Date(Date.now() + days * 24 * 3600 * 1000).toISOString().slice(0, 10);
  return `${day}T${hour}`;
}

test('Staff propose times, a customer takes one on the phone, moves it, and finds it in a calendar', async ({ as, browser, isMobile }) => {
  test.slow();
  const title = unique('Measuring hall 3');
  const pm = await as('pm');
  await pm.goto('/staff/appointments');
  await pm.getByRole('link', { name: 'New appointment' }).click();
  await pm.getByLabel('Customer', { exact: true }).selectOption({ label: 'ACME Werke AG' });
  await pm.getByRole('button', { name: 'Continue' }).click();
  await pm.getByRole('textbox', { name: 'Where (optional)' }).fill('Hall 3, Hamm');
  await pm.getByLabel('Time 1').fill(at(20, '09:00'));
  await pm.getByLabel('Time 2').fill(at(21, '13:00'));
  await pm.getByRole('checkbox', { name: 'Ben Brandt' }).check();
  await pm.getByRole('button', { name: 'Send' }).click();
  // The title is missing: that is said, and no time typed is lost.
  await expect(pm.getByRole('alert')).toContainText('Please give the appointment a title.');
  await expect(pm.getByLabel('Time 2')).toHaveValue(at(21, '13:00'));
  await expect(pm.getByRole('checkbox', { name: 'Ben Brandt' })).toBeChecked();
  await pm.getByLabel('Title').fill(title);
  await pm.getByRole('button', { name: 'Send' }).click();
  await expect(pm.getByRole('status')).toContainText('The customer is asked.');

  const ben = await as('ben');
  await ben.goto('/');
  await ben.getByRole('link', { name: `Choose: ${title}` }).click();
  await expect(ben.getByRole('heading', { level: 1 })).toHaveText(title);
  await ben.getByRole('button', { name: /^Confirm .*13:00/ }).click();
  await expect(ben.getByRole('status')).toContainText('The appointment is agreed.');
  if (isMobile) {
    // Nothing is wider than the phone.
    const wider = await ben.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wider).toBe(0);
  }

  // It does not suit after all.
  await ben.locator('summary', { hasText: 'Ask for another time' }).click();
  await ben.getByLabel('When would it suit you?').fill('A week later, in the morning');
  await ben.getByLabel('Why?').fill('The hall is full.');
  await ben.getByRole('button', { name: 'Ask', exact: true }).click();
  await expect(ben.getByText('You have asked for another time.')).toBeVisible();

  await pm.goto('/staff/appointments?show=wished');
  await pm.getByRole('link', { name: title }).click();
  await expect(pm.getByText('A week later, in the morning').first()).toBeVisible();
  await pm.getByRole('link', { name: 'Propose other times' }).click();
  await pm.getByLabel('Time 1').fill(at(28, '08:30'));
  await pm.getByLabel('Why is it moved?').fill('As you wished.');
  await pm.getByRole('button', { name: 'Propose', exact: true }).click();
  await expect(pm.getByRole('status')).toContainText('The customer is asked again.');

  await ben.goto('/');
  await ben.getByRole('link', { name: `Choose: ${title}` }).click();
  await ben.getByRole('button', { name: /^Confirm .*08:30/ }).click();
  await expect(ben.getByText('has moved it; it was agreed for').first()).toBeVisible();
  await ben.goto('/appointments');
  await expect(ben.getByRole('listitem').filter({ hasText: title })).toContainText('08:30 to 09:30');

  // The address is shown once, and needs nobody to sign in.
  await ben.goto('/account/calendar');
  await ben.getByRole('button', { name: /^(Make an address|New address)$/ }).click();
  const address = await ben.getByLabel('Address', { exact: true }).inputValue();
  const program = await browser.newContext();
  const calendar = await program.request.get(address);
  expect(calendar.headers()['content-type']).toContain('text/calendar');
  expect((await calendar.text()).replaceAll('\r\n ', '')).toContain(`SUMMARY:${title}`);
  await ben.goto('/account/calendar');
  await ben.getByRole('button', { name: 'Switch off' }).click();
  await expect(ben.getByRole('status')).toContainText('The address no longer works.');
  expect((await program.request.get(address)).status()).toBe(404);
  await program.close();

  const carla = await as('carla');
  await carla.goto('/appointments');
  await expect(carla.getByText(title)).toHaveCount(0);
});

test('Pages of appointments are well made', axe, async ({ as }) => {
  test.slow();
  const anna = await as('anna');
  for (const path of ['/appointments', '/appointments?when=past', '/account/calendar']) {
    expect((await anna.goto(path))!.status()).toBe(200);
    await expectWellMade(anna);
  }
  await anna.goto('/appointments');
  await anna.getByRole('link', { name: 'Werksabnahme Linie 2' }).click();
  await expect(anna.getByRole('heading', { level: 1 })).toHaveText('Werksabnahme Linie 2');
  await anna.locator('summary', { hasText: 'Cancel the appointment' }).click();
  await expectWellMade(anna);
  const pm = await as('pm');
  for (const path of ['/staff/appointments', '/staff/appointments?show=unclosed&mine=yes', '/staff/appointments/new']) {
    expect((await pm.goto(path))!.status()).toBe(200);
    await expectWellMade(pm);
  }
  await pm.goto('/staff/appointments');
  await pm.getByRole('link', { name: 'Werksabnahme Linie 2' }).click();
  await expectWellMade(pm);
  await pm.getByRole('link', { name: 'Change', exact: true }).click();
  await expect(pm.getByRole('heading', { level: 1 })).toHaveText('Change');
  await expectWellMade(pm);
});
