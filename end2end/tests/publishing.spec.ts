import { expect, test } from '../support/fixtures';
import { pdf, sha256 } from '../support/pdf';
import {
  addVersion,
  contentPath,
  download,
  makeDraft,
  makePublished,
  publish,
  readers,
  showAudience,
  statusOf,
  titleField,
  unique,
} from '../support/steps';

test.describe('The page to publish shows exactly who would read it', () => {
  test('everyone at the customer, without external partners', async ({ as }) => {
    const page = await as('pm');
    const { id } = await makeDraft(page, unique('For everyone'));
    await showAudience(page, { organisation: true });
    await expect(readers(page).getByRole('listitem')).toHaveText([/Anna Albers/, /Ben Brandt/, /Henning Voß/]);
    await publish(page);
    expect(await statusOf(await as('ben'), `/documents/${id}`)).toBe(200);
    expect(await statusOf(await as('eva'), `/documents/${id}`)).toBe(404);
  });

  test('a project with its external partners', async ({ as }) => {
    const page = await as('pm');
    const { title } = await makeDraft(page, unique('For the project'));
    await showAudience(page, { project: 'Roller conveyor, line 2' });
    await expect(readers(page).getByRole('listitem')).toHaveText([
      /Anna Albers.*on the project/,
      /Ben Brandt.*on the project/,
      /Eva Engel.*External partner.*on the project/,
      /Gesa Thomsen.*External partner.*on the project/,
    ]);
    await expect(readers(page).getByText('Henning')).toHaveCount(0);
    await publish(page);
    const eva = await as('eva');
    await eva.goto('/documents');
    await eva.getByRole('rowheader').getByRole('link', { name: title }).click();
    await expect(eva.getByRole('heading', { level: 1 })).toHaveText(title);
    // Who else reads it is not hers to know.
    await expect(eva.getByRole('region', { name: 'Who can see this' })).toHaveCount(0);
    await download(eva, eva.getByRole('link', { name: /^Download \(/ }));
  });

  test('certain people and the admins of their organisation', async ({ as }) => {
    const page = await as('pm');
    const { id, title } = await makeDraft(page, unique('For Ben'));
    await showAudience(page, { people: ['Ben Brandt'] });
    await expect(readers(page).getByRole('listitem')).toHaveText([
      /Anna Albers.*administers the organisation/,
      /Ben Brandt.*named/,
    ]);
    await publish(page);
    const ben = await as('ben');
    await ben.goto('/');
    const waiting = ben.getByRole('region', { name: 'Needs you' });
    await waiting.getByRole('link', { name: `Read: ${title}` }).click();
    await expect(ben).toHaveURL(`/documents/${id}`);
    await ben.goto('/');
    await expect(waiting.getByRole('link', { name: `Read: ${title}` })).toHaveCount(0);
    expect(await statusOf(await as('eva'), `/documents/${id}`)).toBe(404);
  });

  test('a customer group with every customer in it', async ({ as }) => {
    const page = await as('pm');
    const { id } = await makeDraft(page, unique('For key accounts'));
    await showAudience(page, { group: 'Key accounts' });
    await expect(readers(page).getByRole('heading')).toHaveText('6 people will see this');
    await expect(readers(page).getByRole('listitem')).toHaveText([
      /Anna Albers.*ACME Werke AG/,
      /Ben Brandt.*ACME Werke AG/,
      /Henning Voß.*ACME Werke AG/,
      /Carla de Vries.*Borealis Logistik BV/,
      /Dirk Jansen.*Borealis Logistik BV/,
      // At ACME she is a partner, at Borealis a customer.
      /Gesa Thomsen.*Borealis Logistik BV/,
    ]);
    await publish(page);
    expect(await statusOf(await as('dirk'), `/documents/${id}`)).toBe(200);
    const anna = await as('anna');
    await anna.goto(`/documents/${id}`);
    // A customer admin learns who of their own people reads it; the other customer stays unnamed.
    const who = anna.getByRole('region', { name: 'Who can see this' });
    await expect(who.getByText('3 people at the customer can see this.')).toBeVisible();
    await expect(who.getByText('Ben Brandt')).toBeVisible();
    await expect(anna.getByText(/Carla de Vries|Gesa Thomsen|Borealis/)).toHaveCount(0);
  });

  test('nobody chosen is an error beside the choice, and nothing can be published', async ({ as }) => {
    const page = await as('pm');
    await makeDraft(page, unique('For nobody'));
    await showAudience(page, { people: [] });
    await expect(page.getByRole('alert').getByRole('link')).toHaveText('Choose at least one person.');
    await expect(page.getByRole('group', { name: 'Who may read it' })).toHaveAccessibleDescription(
      'Choose at least one person.',
    );
    await expect(page.getByRole('button', { name: /^Publish/ })).toHaveCount(0);
  });
});

test.describe('Two people at once', () => {
  test('publishing: the second is told, the first stays, and the second choice is kept to publish again', async ({
    as,
  }) => {
    const page = await as('pm');
    const { id } = await makeDraft(page, unique('Published twice'));
    const second = await as('pm');
    await second.goto(`/staff/documents/${id}/publish`);
    await showAudience(second, { project: 'Roller conveyor, line 2' });
    await publish(page);

    await readers(second).getByRole('button', { name: 'Publish to 4 people' }).click();
    await expect(second.getByText(/^Somebody changed this document in the meantime/)).toBeVisible();
    await expect(second.getByRole('radio', { name: /^A project/ })).toBeChecked();
    await expect(readers(second).getByText('Eva Engel')).toBeVisible();
    const eva = await as('eva');
    expect(await statusOf(eva, `/documents/${id}`), 'the second was not published').toBe(404);

    await readers(second).getByRole('button', { name: 'Publish again, to 4 people' }).click();
    await expect(second.getByRole('status').filter({ hasText: 'is published' })).toBeVisible();
    expect(await statusOf(eva, `/documents/${id}`)).toBe(200);
  });

  test('editing: the second is told, and what they typed is still in the form', async ({ as }) => {
    const page = await as('pm');
    const { id, title } = await makeDraft(page, unique('Edited twice'));
    await page.goto(`/staff/documents/${id}`);
    const second = await as('pm');
    await second.goto(`/staff/documents/${id}`);
    await titleField(page).fill(`${title} by the first`);
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();

    await titleField(second).fill(`${title} by the second`);
    await second.getByLabel('Category', { exact: true }).selectOption({ label: 'Minutes' });
    await second.getByRole('button', { name: 'Save' }).click();
    await expect(second.getByText(/^Somebody changed this document in the meantime/)).toBeVisible();
    await expect(second.getByRole('heading', { level: 1 })).toHaveText(`${title} by the first`);
    await expect(titleField(second)).toHaveValue(`${title} by the second`);
    await expect(second.getByLabel('Category', { exact: true }).getByRole('option', { selected: true })).toHaveText(
      'Minutes',
    );

    await second.getByRole('button', { name: 'Save' }).click();
    await expect(second.getByRole('heading', { level: 1 })).toHaveText(`${title} by the second`);
  });
});

test('A new version replaces the current one at once, and the old one stays', async ({ as }) => {
  const title = unique('Two versions');
  const [first, second] = [pdf('Drawing A.pdf', `${title} A`), pdf('Drawing B.pdf', `${title} B`)];
  const page = await as('pm');
  const { id } = await makePublished(page, title, first);
  const anna = await as('anna');
  await anna.goto(`/documents/${id}`);
  await expect(anna.getByRole('region', { name: 'Versions' }).getByRole('listitem')).toHaveText([/Version 1.*Current/]);

  await addVersion(page, second);
  const versions = (who: typeof page) => who.getByRole('region', { name: 'Versions' }).getByRole('listitem');
  await expect(versions(page)).toHaveText([/Version 2.*Drawing B\.pdf.*Current/, /Version 1.*Drawing A\.pdf.*Outdated/]);

  await anna.reload();
  await expect(versions(anna)).toHaveText([/Version 2.*Drawing B\.pdf.*Current/, /Version 1.*Drawing A\.pdf.*Outdated/]);
  const current = await download(anna, anna.getByRole('link', { name: /^Download \(/ }));
  expect(current.name).toBe('Drawing B.pdf');
  expect(sha256(current.bytes)).toBe(sha256(second.buffer));
  const old = await download(anna, anna.getByRole('link', { name: 'Download Version 1' }));
  expect(old.name).toBe('Drawing A.pdf');
  expect(sha256(old.bytes)).toBe(sha256(first.buffer));
});

test('A version of a draft that was never published stays internal', async ({ as }) => {
  const page = await as('pm');
  const title = unique('Corrected before publishing');
  const { id } = await makeDraft(page, title, pdf('wrong.pdf'));
  await page.goto(`/staff/documents/${id}`);
  await addVersion(page, pdf('right.pdf'));
  await page.getByRole('link', { name: 'Publish' }).click();
  await publish(page);
  await expect(page.getByRole('region', { name: 'Versions' }).getByRole('listitem')).toHaveText([
    /Version 2.*Current/,
    /Version 1.*Internal/,
  ]);
  const anna = await as('anna');
  await anna.goto(`/documents/${id}`);
  await expect(anna.getByRole('region', { name: 'Versions' }).getByRole('listitem')).toHaveText([/Version 2.*Current/]);
  expect(await statusOf(anna, contentPath(id, 1))).toBe(404);
});

test('A withdrawn document is gone for its reader from the next moment, and can be published again', async ({ as }) => {
  const page = await as('pm');
  const { id, title } = await makePublished(page, unique('Withdrawn'));
  const anna = await as('anna');
  expect(await statusOf(anna, `/documents/${id}`)).toBe(200);

  await page.getByRole('button', { name: 'Withdraw' }).click();
  const question = page.getByRole('dialog', { name: 'Withdraw this document?' });
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(question).toBeHidden();
  await page.getByRole('button', { name: 'Withdraw' }).click();
  await question.getByRole('button', { name: 'Withdraw' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'was withdrawn' })).toHaveText(`“${title}” was withdrawn`);

  expect((await anna.reload())!.status()).toBe(404);
  expect(await statusOf(anna, contentPath(id, 1))).toBe(404);
  await anna.goto('/documents');
  await expect(anna.getByRole('link', { name: title })).toHaveCount(0);

  await page.getByRole('link', { name: 'Publish' }).click();
  await publish(page);
  expect(await statusOf(anna, `/documents/${id}`)).toBe(200);
});
