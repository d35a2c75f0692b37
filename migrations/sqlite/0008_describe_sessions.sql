-- Where each session is and on what, which browsers somebody has signed in with, until when a token works, and in
-- which zone somebody reads dates.

-- A name of the IANA time zone database; NULL: the portal's.
ALTER TABLE users ADD COLUMN time_zone TEXT;
-- Raised by every change of the profile; the second of two writers finds another number and is told.
ALTER TABLE users ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;

-- What pages and programs call a session; it says nothing of the cookie. NULL for strangers' and ended ones.
ALTER TABLE sessions ADD COLUMN id BLOB;
-- As the browser names itself.
ALTER TABLE sessions ADD COLUMN device TEXT NOT NULL DEFAULT '';
-- The address it was last used from.
ALTER TABLE sessions ADD COLUMN sender TEXT NOT NULL DEFAULT '';
-- Somebody between the browser and us has passed it on, beside the operator's own proxy.
ALTER TABLE sessions ADD COLUMN proxied INTEGER NOT NULL DEFAULT 0;
UPDATE sessions SET id = randomblob(16) WHERE user_id IS NOT NULL AND ended_at IS NULL;
CREATE UNIQUE INDEX sessions_by_id ON sessions (id);

-- Browsers somebody has signed in with: a hash of what their cookie says.
CREATE TABLE known_devices (
    user_id       BLOB NOT NULL REFERENCES users (id),
    token_hash    BLOB NOT NULL,
    first_seen_at INTEGER NOT NULL,
    last_seen_at  INTEGER NOT NULL,
    PRIMARY KEY (user_id, token_hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX known_devices_by_age ON known_devices (last_seen_at);

-- NULL: until it is revoked.
ALTER TABLE api_tokens ADD COLUMN expires_at INTEGER;

-- What somebody did, for their own copy of their data.
CREATE INDEX IF NOT EXISTS audit_events_by_actor ON audit_events (actor_id, sequence);
