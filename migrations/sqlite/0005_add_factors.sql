-- Second factors: authenticator apps, recovery codes, passkeys, and where one is required.

-- People of this organisation need a second factor, whatever their role.
ALTER TABLE organisations ADD COLUMN require_factor INTEGER NOT NULL DEFAULT 0;

CREATE TABLE totp_secrets (
    user_id      BLOB NOT NULL PRIMARY KEY REFERENCES users (id),
    -- Sealed with the installation's key.
    secret       BLOB NOT NULL,
    -- The 30 seconds (counted since 1970) of the last code that was accepted: no code is accepted twice.
    last_step    INTEGER NOT NULL,
    created_at   INTEGER NOT NULL,
    last_used_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Hashes of the codes that open the door once when every other factor is lost.
CREATE TABLE recovery_codes (
    user_id    BLOB NOT NULL REFERENCES users (id),
    code_hash  BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    used_at    INTEGER,
    PRIMARY KEY (user_id, code_hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE passkeys (
    id            BLOB NOT NULL PRIMARY KEY,
    user_id       BLOB NOT NULL REFERENCES users (id),
    name          TEXT NOT NULL,
    credential_id BLOB NOT NULL UNIQUE,
    -- Public key and flags, as JSON of webauthn-rs.
    credential    TEXT NOT NULL,
    -- Repeats the counter in it, so that one signature counts once.
    sign_count    INTEGER NOT NULL,
    created_at    INTEGER NOT NULL,
    last_used_at  INTEGER,
    -- When its counter ran backwards: a copy may exist, and it opens nothing any more.
    suspected_at  INTEGER
) STRICT;
CREATE INDEX passkeys_by_user ON passkeys (user_id, id);

-- Challenges of passkeys travel sealed with the page; a used one is noted here until it would have expired anyway.
CREATE TABLE used_challenges (
    hash       BLOB NOT NULL PRIMARY KEY,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX used_challenges_by_age ON used_challenges (expires_at);
