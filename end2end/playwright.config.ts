import { existsSync } from 'node:fs';

import { defineConfig, devices } from '@playwright/test';

// PORTAL_URL      where the portal answers, with the demo loaded (required)
// OUTBOX          the folder the portal writes mails into (required)
// PORTAL_BINARY   the file of the portal, in the folder where it runs (required by what a command has to check)
// DEMO_PASSWORD   the password of every demo sign-in (required)
// CHROMIUM        the browser (default: chromium-headless-shell, which needs half the time, or else chromium)
// RESULTS_DIR     where screenshots of failures go (default ./results)
const baseURL = process.env.PORTAL_URL;
if (!baseURL) {
  throw new Error('PORTAL_URL is missing: start a portal with the demo and name its address.');
}

const shell = '/usr/bin/chromium-headless-shell';
const chromium = process.env.CHROMIUM ?? (existsSync(shell) ? shell : '/usr/bin/chromium');

/** Tests of islands, and tests with axe: neither can run where JavaScript is off. */
const needsJavaScript = /@javascript/;

export default defineConfig({
  testDir: './tests',
  outputDir: process.env.RESULTS_DIR ?? './results',
  timeout: 45_000,
  // Twice what a busy machine needs, so that a failure is one.
  expect: { timeout: 10_000 },
  // One after the other: all of them write to one database, and the browser and the portal fill two cores.
  workers: 1,
  retries: 0,
  forbidOnly: true,
  // The second compares what was looked at with the pages that there are.
  reporter: [['list'], ['./support/looked-at.ts']],
  use: {
    baseURL,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    colorScheme: 'light',
    // Colours and places are judged as they end up, not on their way there.
    contextOptions: { reducedMotion: 'reduce' },
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: chromium,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'desktop', use: { ...devices['Desktop Chrome'], viewport: { width: 1280, height: 800 } } },
    {
      name: 'phone',
      use: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
    },
    {
      name: 'no-javascript',
      use: { ...devices['Desktop Chrome'], viewport: { width: 1280, height: 800 }, javaScriptEnabled: false },
      grepInvert: needsJavaScript,
    },
  ],
});
