import { test as base, expect, type BrowserContext, type Page } from '@playwright/test';

import { signInAs, type Who } from './people';
import { Watch } from './watch';

interface Fixtures {
  /** What the pages of this test do; a test fails at its end when one misbehaved. */
  watch: Watch;
  /** A blank page for this person, who signs in with the form once and then stays signed in for later tests. */
  as: (who: Who) => Promise<Page>;
}

interface WorkerFixtures {
  /** One browser context per person: cookies of one never meet those of another. */
  sessions: Map<Who, BrowserContext>;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  sessions: [
    async ({}, use) => {
      const sessions = new Map<Who, BrowserContext>();
      await use(sessions);
      await Promise.all([...sessions.values()].map((context) => context.close()));
    },
    { scope: 'worker' },
  ],

  watch: async ({ baseURL, javaScriptEnabled }, use) => {
    const watch = new Watch(new URL(baseURL!).origin);
    if (!javaScriptEnabled) {
      // Asked for by the page, and then of no use to this browser.
      watch.allow(/\/pkg\/kontor\.(js: csp$|wasm was preloaded)/);
    }
    await use(watch);
    expect(watch.problems(), 'what pages did that they must not').toEqual([]);
  },

  page: async ({ page, watch }, use) => {
    watch.follow(page);
    await use(page);
  },

  as: async ({ browser, sessions, watch }, use) => {
    const pages: Page[] = [];
    await use(async (who) => {
      const known = sessions.get(who);
      const context = known ?? (await browser.newContext());
      const page = await context.newPage();
      pages.push(page);
      watch.follow(page);
      if (!known) {
        await signInAs(page, who);
        sessions.set(who, context);
      }
      return page;
    });
    await Promise.all(pages.map((page) => page.close()));
  },
});

export { expect };
