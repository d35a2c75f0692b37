import { expect, test } from '../support/fixtures';
import { statusOf, unique } from '../support/steps';
import { expectNoSidewaysScroll, expectWellMade } from '../support/well-made';

const axe = { tag: '@javascript' };

test('Staff give a customer something to do, who ticks it off on the phone; both talk about it', async ({ as, isMobile }) => {
  const name = unique('Gates for hall 3');
  const task = unique('Measure the doors');
  const pm = await as('pm');
  await pm.goto('/staff/projects');
  await pm.getByRole('link', { name: 'New project' }).click();
  await pm.getByLabel('Customer', { exact: true }).selectOption({ label: 'ACME Werke AG' });
  await pm.getByRole('button', { name: 'Continue' }).click();
  await pm.getByRole('textbox', { name: 'Milestone' }).first().fill('Welding');
  await pm.getByRole('button', { name: 'Save' }).click();
  // The title is missing: that is said, and nothing typed is lost.
  await expect(pm.getByRole('alert')).toContainText('Please give the project a title.');
  await expect(pm.getByRole('textbox', { name: 'Milestone' }).first()).toHaveValue('Welding');
  await pm.getByLabel('Title').fill(name);
  await pm.getByRole('button', { name: 'Save' }).click();
  await expect(pm.getByRole('heading', { level: 1 })).toHaveText(name);
  const page = new URL(pm.url()).pathname;

  await pm.getByText('Add somebody').click();
  await pm.getByLabel('Who?').selectOption({ label: 'Ben Brandt' });
  await pm.getByRole('button', { name: 'Add', exact: true }).click();
  await pm.getByText('Add a task', { exact: true }).click();
  await pm.getByLabel('What is to do?').fill(task);
  await pm.getByLabel('Whose task it is').selectOption({ label: 'Ben Brandt' });
  // Late: it stands on top of whatever else waits.
  await pm.getByLabel('Due').fill('2026-01-02');
  await pm.getByRole('button', { name: 'Add task' }).click();
  await expect(pm.getByText('The task is added.')).toBeVisible();
  await pm.getByText('Write a report', { exact: true }).click();
  await pm.getByRole('radio', { name: 'At risk' }).check();
  await pm.getByLabel('How does it go?').fill('The steel comes late.');
  await pm.getByRole('button', { name: 'Publish report' }).click();
  await expect(pm.getByText('The report is published.')).toBeVisible();

  const ben = await as('ben');
  await ben.goto('/');
  const needs = ben.getByRole('region', { name: 'Needs you' });
  await expect(needs.getByRole('link', { name: task })).toBeVisible();
  await needs.getByRole('link', { name: task }).click();
  await ben.getByLabel('Your comment').fill('Twelve doors, one is wider.');
  await ben.getByRole('button', { name: 'Send comment' }).click();
  await expect(ben.getByText('Your comment is there.')).toBeVisible();
  await ben.goto('/projects');
  const row = ben.getByRole('row').filter({ hasText: name });
  await expect(row).toContainText('At risk');
  await expect(row).toContainText(task);
  await row.getByRole('link', { name }).click();
  await expect(ben.getByText('The steel comes late.')).toBeVisible();
  await ben.getByRole('button', { name: `Done: ${task}` }).click();
  await expect(ben.getByRole('status')).toContainText('Ticked off.');
  await expect(ben.getByRole('button', { name: `Done: ${task}` })).toHaveCount(0);
  await expect(ben.getByRole('link', { name: 'Change project' })).toHaveCount(0);
  if (isMobile) {
    await expectNoSidewaysScroll(ben);
  }
  await ben.goto('/');
  await expect(needs.getByRole('link', { name: task })).toHaveCount(0);

  await pm.goto(page);
  await expect(pm.getByText('one comment')).toHaveCount(1);
  await pm.getByRole('button', { name: 'Milestone “Welding” is reached' }).click();
  await expect(pm.getByText(/^Milestone “Welding” reached on /)).toBeVisible();

  const carla = await as('carla');
  await carla.goto('/projects');
  await expect(carla.getByRole('row').filter({ hasText: name })).toHaveCount(0);
  expect(await statusOf(carla, page.replace('/staff', ''))).toBe(404);
});

test('A project is found while one types, and the list goes into a spreadsheet', async ({ as, isMobile, javaScriptEnabled }) => {
  const anna = await as('anna');
  await anna.goto('/projects?which=all');
  const field = anna.getByRole('searchbox', { name: 'Search projects' });
  await field.fill('conv line');
  if (!javaScriptEnabled) {
    await anna.getByRole('button', { name: 'Search' }).click();
  }
  await expect(anna).toHaveURL(/search=conv/);
  await expect(anna.getByRole('link', { name: 'Roller conveyor, line 2' })).toBeVisible();
  await field.fill('nowhere at all');
  if (!javaScriptEnabled) {
    await anna.getByRole('button', { name: 'Search' }).click();
  }
  await expect(anna.getByText('Nothing found')).toBeVisible();
  await anna.goto('/projects?which=all');
  if (isMobile) {
    await expectNoSidewaysScroll(anna);
  }
  const [csv] = await Promise.all([anna.waitForEvent('download'), anna.getByRole('link', { name: 'CSV' }).click()]);
  expect(csv.suggestedFilename()).toMatch(/^Projects \d{4}-\d{2}-\d{2}\.csv$/);
  const [xlsx] = await Promise.all([anna.waitForEvent('download'), anna.getByRole('link', { name: 'Excel' }).click()]);
  expect(xlsx.suggestedFilename()).toMatch(/\.xlsx$/);
});

test('Lists of projects, a project, a task, the board and the forms are well made', axe, async ({ as }) => {
  const anna = await as('anna');
  for (const path of ['/projects', '/projects?which=closed', '/projects?which=all&search=conv']) {
    expect((await anna.goto(path))!.status()).toBe(200);
    await expectWellMade(anna);
  }
  await anna.goto('/projects');
  await anna.getByRole('link', { name: 'Roller conveyor, line 2' }).click();
  await expect(anna.getByRole('heading', { level: 1 })).toHaveText('Roller conveyor, line 2');
  await expectWellMade(anna);
  await anna.getByRole('link', { name: 'Bodenanker in Halle 3 freigeben' }).click();
  await expect(anna.getByRole('heading', { level: 1 })).toHaveText('Bodenanker in Halle 3 freigeben');
  await expectWellMade(anna);
  const pm = await as('pm');
  for (const path of ['/staff/projects', '/staff/projects/board', '/staff/projects/new']) {
    expect((await pm.goto(path))!.status()).toBe(200);
    await expectWellMade(pm);
  }
  await pm.goto('/staff/projects');
  await pm.getByRole('link', { name: 'Roller conveyor, line 2' }).click();
  await expectWellMade(pm);
  await pm.getByRole('link', { name: 'Change project' }).click();
  await expect(pm.getByRole('heading', { level: 1 })).toHaveText('Change project');
  await expectWellMade(pm);
});
