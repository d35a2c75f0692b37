import { expect, test } from '../support/fixtures';
import { portalName } from '../support/people';
import { PushService } from '../support/push';
import { makePublished, unique } from '../support/steps';
import { expectWellMade } from '../support/well-made';

test('Ben switches his phone on, is told what needs him, and switches it off', { tag: '@javascript' }, async ({ as }) => {
  const service = await PushService.start();
  const ben = await as('ben');
  await service.serve(ben);
  try {
    await ben.goto('/account/notifications');
    const panel = ben.getByRole('region', { name: 'On your devices' });
    await expect(panel).toBeVisible();
    await panel.getByRole('button', { name: 'Switch on for this device' }).click();
    await expect(ben.getByRole('status')).toContainText('What needs you appears on this device from now on.');
    await expect(panel.getByRole('listitem')).toContainText('This device');
    await expect(panel.getByRole('button', { name: 'Switch on for this device' })).toBeHidden();
    await expectWellMade(ben);

    const title = unique('Drawing');
    const pm = await as('pm');
    const { id } = await makePublished(pm, title);
    await pm.getByRole('link', { name: 'Ask for approval' }).click();
    await pm.getByRole('checkbox', { name: /^Ben Brandt/ }).check();
    await pm.getByRole('button', { name: 'Ask for approval' }).click();
    await expect(pm.getByRole('status')).toContainText('One person is asked for approval.');

    await expect.poll(() => service.said.filter(({ text }) => text.includes(title)), { timeout: 20_000 }).toHaveLength(1);
    const said = service.said.find(({ text }) => text.includes(title))!;
    expect(said).toMatchObject({ title: portalName, path: `/documents/${id}` });
    expect(said.unread).toBeGreaterThan(0);

    await panel.getByRole('button', { name: /^Switch off/ }).click();
    await expect(ben.getByRole('status')).toContainText('That device is not told any more.');
    await expect(panel.getByRole('button', { name: 'Switch on for this device' })).toBeVisible();
  } finally {
    service.stop();
  }
});

test('Nobody is offered what cannot be where scripts do not run', async ({ browser, as, watch }) => {
  const context = await browser.newContext({ storageState: await (await as('anna')).context().storageState(), javaScriptEnabled: false });
  const page = await context.newPage();
  watch.follow(page);
  await page.goto('/account/notifications');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Switch on for this device' })).toBeHidden();
  await context.close();
});
