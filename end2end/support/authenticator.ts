import type { CDPSession, Page } from '@playwright/test';

/** An authenticator with a screen lock, built into the device. It answers when it is touched. */
export class Authenticator {
  private constructor(
    private readonly devtools: CDPSession,
    private readonly id: string,
  ) {}

  static async of(page: Page): Promise<Authenticator> {
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('WebAuthn.enable');
    const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: false,
      },
    });
    return new Authenticator(devtools, authenticatorId);
  }

  /** Does something while the owner's finger is on it. */
  async touched(act: () => Promise<void>): Promise<void> {
    const presence = (enabled: boolean) =>
      this.devtools.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId: this.id, enabled });
    await presence(true);
    try {
      await act();
    } finally {
      await presence(false);
    }
  }

  async keys(): Promise<number> {
    const { credentials } = await this.devtools.send('WebAuthn.getCredentials', { authenticatorId: this.id });
    return credentials.length;
  }
}
