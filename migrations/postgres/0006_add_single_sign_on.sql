-- Single sign-on: who vouches for the people of an organisation, and for which e-mail domains.

-- Its people come through its provider only; external partners keep their own sign-in.
ALTER TABLE organisations ADD COLUMN only_sso boolean NOT NULL DEFAULT false;
-- Raised by every change of how its people sign in; the second of two writers finds another number and is told.
ALTER TABLE organisations ADD COLUMN sign_in_revision bigint NOT NULL DEFAULT 1;

CREATE TABLE providers (
    id              uuid NOT NULL PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations (id),
    -- oidc; saml has its place here.
    kind            text NOT NULL,
    issuer          text NOT NULL,
    client_id       text NOT NULL,
    -- Sealed with the installation's key; NULL for a public client.
    client_secret   bytea,
    -- What stands on the button.
    label           text NOT NULL,
    -- draft or active.
    state           text NOT NULL,
    -- Whoever the provider vouches for gets an account at their first sign-in, with this role and these rights.
    just_in_time    boolean NOT NULL,
    role            text NOT NULL,
    documents       text NOT NULL,
    orders          text NOT NULL,
    money           text NOT NULL,
    tickets         text NOT NULL,
    -- A sign-in there counts as two factors.
    trust_factor    boolean NOT NULL,
    -- Who has last come back from there as themselves, with these settings.
    tested_by       uuid REFERENCES users (id),
    tested_at       bigint,
    created_at      bigint NOT NULL
);
CREATE UNIQUE INDEX providers_by_organisation ON providers (organisation_id);
CREATE INDEX providers_by_tester ON providers (tested_by);

-- E-mail domains: a provider speaks for addresses in its organisation's confirmed ones, and for no others.
CREATE TABLE organisation_domains (
    id              uuid NOT NULL PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations (id),
    -- Lower case, ASCII (punycode).
    domain          text NOT NULL,
    -- claimed or confirmed.
    state           text NOT NULL,
    -- What the owner publishes to prove that it is theirs.
    token           text NOT NULL,
    created_at      bigint NOT NULL,
    confirmed_at    bigint
);
CREATE UNIQUE INDEX organisation_domains_once ON organisation_domains (organisation_id, domain);
-- Anybody may claim one; it belongs to one organisation only.
CREATE UNIQUE INDEX organisation_domains_confirmed ON organisation_domains (domain) WHERE state = 'confirmed';

-- Who somebody is at a provider: issuer and subject, never the address.
CREATE TABLE sso_identities (
    provider_id  uuid NOT NULL REFERENCES providers (id),
    issuer       text NOT NULL,
    subject      text NOT NULL,
    user_id      uuid NOT NULL REFERENCES users (id),
    created_at   bigint NOT NULL,
    last_used_at bigint NOT NULL,
    PRIMARY KEY (provider_id, issuer, subject)
);
CREATE INDEX sso_identities_by_user ON sso_identities (user_id);

-- Logout tokens that were obeyed: each works once.
CREATE TABLE sso_logout_tokens (
    provider_id uuid NOT NULL REFERENCES providers (id),
    -- SHA-256 of the token's id.
    token       bytea NOT NULL,
    expires_at  bigint NOT NULL,
    PRIMARY KEY (provider_id, token)
);
CREATE INDEX sso_logout_tokens_by_age ON sso_logout_tokens (expires_at);

-- The provider a session came through, and its name there: so that the provider can end it.
ALTER TABLE sessions ADD COLUMN provider_id uuid REFERENCES providers (id);
ALTER TABLE sessions ADD COLUMN provider_sid text;
CREATE INDEX sessions_by_provider ON sessions (provider_id, provider_sid);
