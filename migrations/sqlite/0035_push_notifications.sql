-- The keys that messages to browsers are signed with (VAPID, RFC 8292). The secret is sealed.
CREATE TABLE push_keys (
    id         BLOB NOT NULL PRIMARY KEY,
    public_key BLOB NOT NULL UNIQUE,
    secret     BLOB NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

-- Browsers that somebody wants to be told on.
CREATE TABLE push_subscriptions (
    id            BLOB NOT NULL PRIMARY KEY,
    user_id       BLOB NOT NULL REFERENCES users (id),
    -- What the browser was told when it subscribed: it takes messages signed with this one only.
    key_id        BLOB NOT NULL REFERENCES push_keys (id),
    -- The last session that was begun with it: where that is ended by hand, so is this.
    session_id    BLOB,
    -- SHA-256 of what the browser is recognised by at sign-in (known_devices).
    browser       BLOB,
    -- As it names itself.
    device        TEXT NOT NULL,
    endpoint      TEXT NOT NULL,
    endpoint_hash BLOB NOT NULL UNIQUE,
    -- Its half of the encryption (RFC 8291).
    public_key    BLOB NOT NULL,
    auth          BLOB NOT NULL,
    created_at    INTEGER NOT NULL,
    delivered_at  INTEGER
) STRICT;
CREATE INDEX push_subscriptions_by_person ON push_subscriptions (user_id, id);
CREATE INDEX push_subscriptions_by_browser ON push_subscriptions (browser) WHERE browser IS NOT NULL;
