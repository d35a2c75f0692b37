import { expect, type Page } from '@playwright/test';

/** The people of the demo (server/src/demo/people.rs). Henning is not among them: he has never signed in. */
export const people = {
  admin: { email: 'admin@nordlicht.example', name: 'Jonas Petersen', home: '/staff' },
  pm: { email: 'pm@nordlicht.example', name: 'Petra Mommsen', home: '/staff' },
  support: { email: 'support@nordlicht.example', name: 'Sven Urban', home: '/staff' },
  finance: { email: 'finance@nordlicht.example', name: 'Frieda Nissen', home: '/staff' },
  sales: { email: 'sales@nordlicht.example', name: 'Sönke Lüders', home: '/staff' },
  management: { email: 'management@nordlicht.example', name: 'Momme Clausen', home: '/staff' },
  anna: { email: 'anna@acme.example', name: 'Anna Albers', home: '/' },
  ben: { email: 'ben@acme.example', name: 'Ben Brandt', home: '/' },
  carla: { email: 'carla@borealis.example', name: 'Carla de Vries', home: '/' },
  dirk: { email: 'dirk@borealis.example', name: 'Dirk Jansen', home: '/' },
  eva: { email: 'eva@partner.example', name: 'Eva Engel', home: '/' },
  // Of both customers: an external partner at ACME, a customer at Borealis.
  gesa: { email: 'gesa@beratung.example', name: 'Gesa Thomsen', home: '/' },
} as const;

export type Who = keyof typeof people;

export const portalName = 'Nordlicht Maschinenbau GmbH';

export function password(): string {
  const value = process.env.DEMO_PASSWORD;
  if (!value) {
    throw new Error('DEMO_PASSWORD is missing: the password that the demo was loaded with.');
  }
  return value;
}

/** Fills in and sends the sign-in form of the page that is open. */
export async function fillSignIn(page: Page, email: string, word: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(word);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Signs somebody of the demo in and waits for their home. */
export async function signInAs(page: Page, who: Who): Promise<void> {
  await page.goto('/sign-in');
  await fillSignIn(page, people[who].email, password());
  await expect(page).toHaveURL(people[who].home);
}
