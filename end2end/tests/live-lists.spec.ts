import { expect, test } from '../support/fixtures';
import { unique } from '../support/steps';

const live = { tag: '@javascript' };

test('An appointment that is proposed appears in the open list, and the focus stays where it is', live, async ({ as }) => {
  const title = unique('Handover');
  const ben = await as('ben');
  await ben.goto('/appointments');
  // Whatever reloads the page takes this away.
  await ben.evaluate(() => document.documentElement.setAttribute('data-same', ''));
  const past = ben.getByRole('link', { name: 'Past', exact: true });
  await past.focus();

  const pm = await as('pm');
  await pm.goto('/staff/appointments');
  await pm.getByRole('link', { name: 'New appointment' }).click();
  await pm.getByLabel('Customer', { exact: true }).selectOption({ label: 'ACME Werke AG' });
  await pm.getByRole('button', { name: 'Continue' }).click();
  await pm.getByLabel('Title').fill(title);
  const day = new Date(Date.now() + 30 * 24 * 3600 * 1000).toISOString().slice(0, 10);
  await pm.getByLabel('Time 1').fill(`${day}T10:00`);
  await pm.getByRole('checkbox', { name: 'Ben Brandt' }).check();
  await pm.getByRole('button', { name: 'Send' }).click();
  await expect(pm.getByRole('status')).toContainText('The customer is asked.');

  await expect(ben.getByRole('link', { name: title })).toBeVisible();
  await expect(past).toBeFocused();
  await expect(ben.locator('html[data-same]')).toHaveCount(1);
  // Out of the way of whoever comes next.
  await pm.locator('summary', { hasText: 'Cancel the appointment' }).click();
  await pm.getByLabel('Why does it not take place?').fill('It was a test.');
  await pm.getByRole('button', { name: 'Cancel it' }).click();
  await expect(pm.getByRole('status')).toContainText('The appointment is cancelled.');
});

test('A task that is added appears in the open project, without a reload', live, async ({ as }) => {
  const [name, first, second] = [unique('Live gates'), unique('First task'), unique('Second task')];
  const pm = await as('pm');
  await pm.goto('/staff/projects');
  await pm.getByRole('link', { name: 'New project' }).click();
  await pm.getByLabel('Customer', { exact: true }).selectOption({ label: 'ACME Werke AG' });
  await pm.getByRole('button', { name: 'Continue' }).click();
  await pm.getByLabel('Title').fill(name);
  await pm.getByRole('button', { name: 'Save' }).click();
  await expect(pm.getByRole('heading', { level: 1 })).toHaveText(name);
  await pm.getByText('Add somebody').click();
  await pm.getByLabel('Who?').selectOption({ label: 'Ben Brandt' });
  await pm.getByRole('button', { name: 'Add', exact: true }).click();
  const add = async (task: string): Promise<void> => {
    await pm.getByText('Add a task', { exact: true }).click();
    await pm.getByLabel('What is to do?').fill(task);
    await pm.getByLabel('Whose task it is').selectOption({ label: 'Ben Brandt' });
    await pm.getByRole('button', { name: 'Add task' }).click();
    await expect(pm.getByText('The task is added.')).toBeVisible();
  };
  await add(first);

  const ben = await as('ben');
  await ben.goto(new URL(pm.url()).pathname.replace('/staff', ''));
  await expect(ben.getByRole('link', { name: first })).toBeVisible();
  await ben.evaluate(() => document.documentElement.setAttribute('data-same', ''));
  await add(second);
  await expect(ben.getByRole('link', { name: second })).toBeVisible();
  await expect(ben.locator('html[data-same]')).toHaveCount(1);
  // Out of the way of whoever comes next.
  for (const task of [first, second]) {
    await ben.getByRole('button', { name: `Done: ${task}` }).click();
    await expect(ben.getByRole('status')).toContainText('Ticked off.');
  }
});
