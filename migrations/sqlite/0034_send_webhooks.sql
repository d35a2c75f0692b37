-- Programs elsewhere that are told what happens: by whom, of what, and what became of it.
CREATE TABLE webhooks (
    id              BLOB NOT NULL PRIMARY KEY,
    -- The customer it belongs to; NULL: the operator.
    organisation_id BLOB REFERENCES organisations (id),
    name            TEXT NOT NULL,
    url             TEXT NOT NULL,
    -- Names of kinds of events, with a space between.
    events          TEXT NOT NULL,
    -- active, paused or deleted.
    state           TEXT NOT NULL,
    -- by_hand, failing or gone, while it is paused.
    pause_reason    TEXT,
    -- Sealed.
    secret          BLOB NOT NULL,
    -- The one before: messages are signed with it, too, until then.
    old_secret      BLOB,
    old_until       INTEGER,
    -- Told of what stands in the trail behind this place.
    since           INTEGER NOT NULL,
    -- Tries in a row that failed, and when the first of them was.
    failures        INTEGER NOT NULL,
    failing_since   INTEGER,
    succeeded_at    INTEGER,
    created_by      BLOB REFERENCES users (id),
    created_at      INTEGER NOT NULL,
    revision        INTEGER NOT NULL
) STRICT;
CREATE INDEX webhooks_by_organisation ON webhooks (organisation_id, id);
CREATE INDEX webhooks_by_author ON webhooks (created_by) WHERE created_by IS NOT NULL;
CREATE INDEX webhooks_by_state ON webhooks (state, organisation_id);

CREATE TABLE webhook_deliveries (
    id           BLOB NOT NULL PRIMARY KEY,
    webhook_id   BLOB NOT NULL REFERENCES webhooks (id),
    -- Its place in the trail; NULL for a test.
    event        INTEGER,
    kind         TEXT NOT NULL,
    -- waiting, delivered or failed.
    state        TEXT NOT NULL,
    -- Not tried before.
    due_at       INTEGER NOT NULL,
    -- Whoever is at it.
    claim        BLOB,
    attempts     INTEGER NOT NULL,
    created_at   INTEGER NOT NULL,
    finished_at  INTEGER,
    -- Of the last try: the status answered, or why there was none, and how long it took.
    status       INTEGER,
    problem      TEXT,
    milliseconds INTEGER,
    UNIQUE (webhook_id, event)
) STRICT;
CREATE INDEX webhook_deliveries_by_webhook ON webhook_deliveries (webhook_id, id);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (webhook_id, due_at, id) WHERE state = 'waiting';
CREATE INDEX webhook_deliveries_claimed ON webhook_deliveries (claim) WHERE claim IS NOT NULL;
CREATE INDEX webhook_deliveries_finished ON webhook_deliveries (finished_at, id) WHERE finished_at IS NOT NULL;

CREATE TABLE webhook_attempts (
    id           BLOB NOT NULL PRIMARY KEY,
    delivery_id  BLOB NOT NULL REFERENCES webhook_deliveries (id),
    at           INTEGER NOT NULL,
    status       INTEGER,
    problem      TEXT,
    milliseconds INTEGER NOT NULL,
    -- The first of what was answered, as plain text.
    answer       TEXT NOT NULL
) STRICT;
CREATE INDEX webhook_attempts_by_delivery ON webhook_attempts (delivery_id, id);

-- How far the trail was read. It begins with what happens from now on.
CREATE TABLE webhook_cursor (
    id       INTEGER NOT NULL PRIMARY KEY,
    sequence INTEGER NOT NULL
) STRICT;
INSERT INTO webhook_cursor (id, sequence) SELECT 1, sequence FROM audit_head WHERE id = 1;
