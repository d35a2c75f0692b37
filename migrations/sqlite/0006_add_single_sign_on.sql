-- Single sign-on: who vouches for the people of an organisation, and for which e-mail domains.

-- Its people come through its provider only; external partners keep their own sign-in.
ALTER TABLE organisations ADD COLUMN only_sso INTEGER NOT NULL DEFAULT 0;
-- Raised by every change of how its people sign in; the second of two writers finds another number and is told.
ALTER TABLE organisations ADD COLUMN sign_in_revision INTEGER NOT NULL DEFAULT 1;

CREATE TABLE providers (
    id              BLOB NOT NULL PRIMARY KEY,
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    -- oidc; saml has its place here.
    kind            TEXT NOT NULL,
    issuer          TEXT NOT NULL,
    client_id       TEXT NOT NULL,
    -- Sealed with the installation's key; NULL for a public client.
    client_secret   BLOB,
    -- What stands on the button.
    label           TEXT NOT NULL,
    -- draft or active.
    state           TEXT NOT NULL,
    -- Whoever the provider vouches for gets an account at their first sign-in, with this role and these rights.
    just_in_time    INTEGER NOT NULL,
    role            TEXT NOT NULL,
    documents       TEXT NOT NULL,
    orders          TEXT NOT NULL,
    money           TEXT NOT NULL,
    tickets         TEXT NOT NULL,
    -- A sign-in there counts as two factors.
    trust_factor    INTEGER NOT NULL,
    -- Who has last come back from there as themselves, with these settings.
    tested_by       BLOB REFERENCES users (id),
    tested_at       INTEGER,
    created_at      INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX providers_by_organisation ON providers (organisation_id);
CREATE INDEX providers_by_tester ON providers (tested_by);

-- E-mail domains: a provider speaks for addresses in its organisation's confirmed ones, and for no others.
CREATE TABLE organisation_domains (
    id              BLOB NOT NULL PRIMARY KEY,
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    -- Lower case, ASCII (punycode).
    domain          TEXT NOT NULL,
    -- claimed or confirmed.
    state           TEXT NOT NULL,
    -- What the owner publishes to prove that it is theirs.
    token           TEXT NOT NULL,
    created_at      INTEGER NOT NULL,
    confirmed_at    INTEGER
) STRICT;
CREATE UNIQUE INDEX organisation_domains_once ON organisation_domains (organisation_id, domain);
-- Anybody may claim one; it belongs to one organisation only.
CREATE UNIQUE INDEX organisation_domains_confirmed ON organisation_domains (domain) WHERE state = 'confirmed';

-- Who somebody is at a provider: issuer and subject, never the address.
CREATE TABLE sso_identities (
    provider_id  BLOB NOT NULL REFERENCES providers (id),
    issuer       TEXT NOT NULL,
    subject      TEXT NOT NULL,
    user_id      BLOB NOT NULL REFERENCES users (id),
    created_at   INTEGER NOT NULL,
    last_used_at INTEGER NOT NULL,
    PRIMARY KEY (provider_id, issuer, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX sso_identities_by_user ON sso_identities (user_id);

-- Logout tokens that were obeyed: each works once.
CREATE TABLE sso_logout_tokens (
    provider_id BLOB NOT NULL REFERENCES providers (id),
    -- SHA-256 of the token's id.
    token       BLOB NOT NULL,
    expires_at  INTEGER NOT NULL,
    PRIMARY KEY (provider_id, token)
) STRICT, WITHOUT ROWID;
CREATE INDEX sso_logout_tokens_by_age ON sso_logout_tokens (expires_at);

-- The provider a session came through, and its name there: so that the provider can end it.
ALTER TABLE sessions ADD COLUMN provider_id BLOB REFERENCES providers (id);
ALTER TABLE sessions ADD COLUMN provider_sid TEXT;
CREATE INDEX sessions_by_provider ON sessions (provider_id, provider_sid);
