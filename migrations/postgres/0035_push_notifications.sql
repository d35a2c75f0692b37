-- The keys that messages to browsers are signed with (VAPID, RFC 8292). The secret is sealed.
CREATE TABLE push_keys (
    id         uuid NOT NULL PRIMARY KEY,
    public_key bytea NOT NULL UNIQUE,
    secret     bytea NOT NULL,
    created_at bigint NOT NULL
);

-- Browsers that somebody wants to be told on.
CREATE TABLE push_subscriptions (
    id            uuid NOT NULL PRIMARY KEY,
    user_id       uuid NOT NULL REFERENCES users (id),
    -- What the browser was told when it subscribed: it takes messages signed with this one only.
    key_id        uuid NOT NULL REFERENCES push_keys (id),
    -- The last session that was begun with it: where that is ended by hand, so is this.
    session_id    uuid,
    -- SHA-256 of what the browser is recognised by at sign-in (known_devices).
    browser       bytea,
    -- As it names itself.
    device        text NOT NULL,
    endpoint      text NOT NULL,
    endpoint_hash bytea NOT NULL UNIQUE,
    -- Its half of the encryption (RFC 8291).
    public_key    bytea NOT NULL,
    auth          bytea NOT NULL,
    created_at    bigint NOT NULL,
    delivered_at  bigint
);
CREATE INDEX push_subscriptions_by_person ON push_subscriptions (user_id, id);
CREATE INDEX push_subscriptions_by_browser ON push_subscriptions (browser) WHERE browser IS NOT NULL;
