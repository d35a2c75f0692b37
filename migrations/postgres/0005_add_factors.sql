-- Second factors: authenticator apps, recovery codes, passkeys, and where one is required.

-- People of this organisation need a second factor, whatever their role.
ALTER TABLE organisations ADD COLUMN require_factor boolean NOT NULL DEFAULT false;

CREATE TABLE totp_secrets (
    user_id      uuid NOT NULL PRIMARY KEY REFERENCES users (id),
    -- Sealed with the installation's key.
    secret       bytea NOT NULL,
    -- The 30 seconds (counted since 1970) of the last code that was accepted: no code is accepted twice.
    last_step    bigint NOT NULL,
    created_at   bigint NOT NULL,
    last_used_at bigint NOT NULL
);

-- Hashes of the codes that open the door once when every other factor is lost.
CREATE TABLE recovery_codes (
    user_id    uuid NOT NULL REFERENCES users (id),
    code_hash  bytea NOT NULL,
    created_at bigint NOT NULL,
    used_at    bigint,
    PRIMARY KEY (user_id, code_hash)
);

CREATE TABLE passkeys (
    id            uuid NOT NULL PRIMARY KEY,
    user_id       uuid NOT NULL REFERENCES users (id),
    name          text NOT NULL,
    credential_id bytea NOT NULL UNIQUE,
    -- Public key and flags, as JSON of webauthn-rs.
    credential    text NOT NULL,
    -- Repeats the counter in it, so that one signature counts once.
    sign_count    bigint NOT NULL,
    created_at    bigint NOT NULL,
    last_used_at  bigint,
    -- When its counter ran backwards: a copy may exist, and it opens nothing any more.
    suspected_at  bigint
);
CREATE INDEX passkeys_by_user ON passkeys (user_id, id);

-- Challenges of passkeys travel sealed with the page; a used one is noted here until it would have expired anyway.
CREATE TABLE used_challenges (
    hash       bytea NOT NULL PRIMARY KEY,
    expires_at bigint NOT NULL
);
CREATE INDEX used_challenges_by_age ON used_challenges (expires_at);
