import { expect, test } from '../support/fixtures';
import { invite, joinWithPassword } from '../support/joiner';
import { signInAs } from '../support/people';
import { statusOf } from '../support/steps';
import { expectNoSidewaysScroll } from '../support/well-made';

test('Anna changes what a colleague sees and is, suspends, restores and removes them; each holds from their next click', async ({
  as,
  browser,
  page,
  watch,
}) => {
  test.slow();
  const invited = await invite(as, 'Aaron Probe');
  await joinWithPassword(page, invited);

  // Signed in a moment ago: who administers a customer is said with a fresh proof only.
  const context = await browser.newContext();
  const anna = await context.newPage();
  watch.follow(anna);
  await signInAs(anna, 'anna');
  // No page of theirs stays open, where news would be asked for with rights that are gone.
  const status = async (path: string) => {
    const answered = await statusOf(page, path);
    await page.goto('about:blank');
    return answered;
  };
  const said = (text: string) => anna.getByRole('status').filter({ hasText: text });
  await anna.goto('/organisation');
  await anna.getByRole('row').filter({ hasText: invited.email }).getByRole('link').click();
  await expect(anna.getByRole('heading', { level: 1 })).toHaveText('Aaron Probe');
  const person = new URL(anna.url()).pathname;

  // What they may see.
  expect(await status('/projects')).toBe(200);
  await anna.getByLabel('Orders and projects').selectOption({ label: 'nothing' });
  await anna.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(said('Saved. It holds for Aaron Probe from the next click.')).toBeVisible();
  await expect(anna.getByLabel('Orders and projects')).toHaveValue('none');
  expect(await status('/projects')).toBe(403);

  // What they are.
  expect(await status('/organisation/invite')).toBe(403);
  await anna.goto(person);
  await anna.getByRole('radio', { name: /^Customer admin/ }).check();
  await anna.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(said('Saved.')).toBeVisible();
  expect(await status('/organisation/invite')).toBe(200);
  await anna.goto(person);
  await anna.getByRole('radio', { name: /Reads documents and works with them/ }).check();
  await anna.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(said('Saved.')).toBeVisible();
  expect(await status('/organisation/invite')).toBe(403);

  // Whether they get in.
  expect(await status('/organisation')).toBe(200);
  await anna.getByRole('button', { name: 'Suspend', exact: true }).click();
  await anna.getByRole('dialog', { name: 'Suspend this access?' }).getByRole('button', { name: 'Suspend' }).click();
  await expect(said('Aaron Probe is suspended.')).toBeVisible();
  expect(await status('/organisation')).toBe(403);
  await anna.getByRole('button', { name: 'Restore access' }).click();
  await expect(said('Aaron Probe has access again.')).toBeVisible();
  expect(await status('/organisation')).toBe(200);
  await anna.getByRole('button', { name: 'Remove', exact: true }).click();
  const dialog = anna.getByRole('dialog', { name: 'Remove from the organisation?' });
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await expect(anna).toHaveURL('/organisation');
  await expect(said('Removed.')).toBeVisible();
  await expect(anna.getByRole('row').filter({ hasText: invited.email })).toHaveCount(0);
  expect(await status('/organisation')).toBe(403);
  await context.close();
});

test('Anna puts a colleague on a project and takes them off it again', async ({ as, isMobile, page }) => {
  test.slow();
  const project = 'Roller conveyor, line 2';
  const invited = await invite(as, 'Aaron Gate');
  await joinWithPassword(page, invited);
  const anna = await as('anna');
  await anna.goto('/organisation');
  await anna.getByRole('row').filter({ hasText: invited.email }).getByRole('link').click();
  await anna.getByLabel('Orders and projects').selectOption({ label: 'only their own' });
  await anna.getByRole('button', { name: 'Save', exact: true }).click();
  const panel = anna.getByRole('region', { name: 'Projects', exact: true });
  await expect(panel).toContainText('Is on no project, and so sees none.');
  await page.goto('/projects');
  await expect(page.getByRole('link', { name: project })).toHaveCount(0);

  await panel.getByLabel('Project', { exact: true }).selectOption({ label: project });
  await panel.getByRole('button', { name: 'Put on this project' }).click();
  await expect(anna.getByRole('status').filter({ hasText: `is on “${project}”` })).toBeVisible();
  await expect(panel.getByRole('link', { name: project })).toBeVisible();
  if (isMobile) {
    await expectNoSidewaysScroll(anna);
  }
  await page.goto('/projects');
  await page.getByRole('link', { name: project }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(project);
  const seen = new URL(page.url()).pathname;

  await panel.getByRole('button', { name: `Take off: ${project}` }).click();
  await expect(anna.getByRole('status').filter({ hasText: `is no longer on “${project}”` })).toBeVisible();
  expect(await statusOf(page, seen)).toBe(404);
});
