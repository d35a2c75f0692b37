import { test as baseTest } from '@playwright/test';
import type { Page } from '@playwright/test';

/**
 * Watches everything that a page does, and remembers what no page of ours may do: write an error or a warning to the
 * console, throw, fail to load a part of itself, or ask anybody else for anything.
 */
export class Watch {
  private readonly found: string[] = [];
  private readonly allowed: RegExp[] = [];

  constructor(private readonly origin: string) {}

  /** This is what the test provokes. */
  allow(pattern: RegExp): void {
    this.allowed.push(pattern);
  }

  problems(): string[] {
    return this.found.filter((problem) => !this.allowed.some((pattern) => pattern.test(problem)));
  }

  follow(page: Page): void {
    page.on('pageerror', (error) => {
      this.found.push(`exception on ${page.url()}: ${error.message}`);
    });
    page.on('console', (message) => {
      const bad = message.type() === 'error' || message.type() === 'warning';
      // What could not be loaded is judged below, where it is known whether it was a page or a part of one.
      if (bad && !message.text().startsWith('Failed to load resource')) {
        this.found.push(`console ${message.type()} on ${page.url()}: ${message.text()}`);
      }
    });
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (url.origin !== this.origin && url.protocol !== 'data:' && url.protocol !== 'blob:') {
        this.found.push(`request to another origin: ${request.url()}`);
      }
    });
    page.on('response', (response) => {
      const document = response.request().isNavigationRequest();
      if (response.status() >= (document ? 500 : 400)) {
        this.found.push(`answer ${response.status()} to ${response.request().method()} ${response.url()}`);
      }
    });
    page.on('requestfailed', (request) => {
      const reason = request.failure()?.errorText ?? 'no reason';
      // Aborted: the browser saves the answer as a file, or has gone to another page.
      const aborted = reason === 'net::ERR_ABORTED';
      // Where scripts are off the browser refuses to preload one, and calls that the page's policy.
      const off = baseTest.info().project.use.javaScriptEnabled === false;
      const refused = off && reason === 'csp' && request.url().endsWith('.js');
      if (!aborted && !refused) {
        this.found.push(`no answer to ${request.method()} ${request.url()}: ${reason}`);
      }
    });
  }
}
