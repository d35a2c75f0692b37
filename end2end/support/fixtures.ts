import { test as base, expect, type BrowserContext, type Page } from '@playwright/test';

import { signInAs, type Who } from './people';
import { Watch } from './watch';

interface Fixtures {
  /** What the browser contexts of this test do; a test fails at its end when a page misbehaved. */
  watch: Watch;
  /** A page in a browser of its own, with this person signed in. */
  as: (who: Who) => Promise<Page>;
  /** A page in a browser of its own, with nobody signed in. */
  visitor: () => Promise<Page>;
}

export const test = base.extend<Fixtures>({
  watch: async ({ baseURL }, use) => {
    const watch = new Watch(new URL(baseURL!).origin);
    await use(watch);
    expect(watch.problems(), 'what pages did that they must not').toEqual([]);
  },

  context: async ({ context, watch }, use) => {
    watch.follow(context);
    await use(context);
  },

  visitor: async ({ browser, watch }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async () => {
      const context = await browser.newContext();
      contexts.push(context);
      watch.follow(context);
      return context.newPage();
    });
    await Promise.all(contexts.map((context) => context.close()));
  },

  as: async ({ visitor }, use) => {
    await use(async (who) => {
      const page = await visitor();
      await signInAs(page, who);
      return page;
    });
  },
});

export { expect };
