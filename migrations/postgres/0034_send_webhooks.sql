-- Programs elsewhere that are told what happens: by whom, of what, and what became of it.
CREATE TABLE webhooks (
    id              uuid NOT NULL PRIMARY KEY,
    -- The customer it belongs to; NULL: the operator.
    organisation_id uuid REFERENCES organisations (id),
    name            text NOT NULL,
    url             text NOT NULL,
    -- Names of kinds of events, with a space between.
    events          text NOT NULL,
    -- active, paused or deleted.
    state           text NOT NULL,
    -- by_hand, failing or gone, while it is paused.
    pause_reason    text,
    -- Sealed.
    secret          bytea NOT NULL,
    -- The one before: messages are signed with it, too, until then.
    old_secret      bytea,
    old_until       bigint,
    -- Told of what stands in the trail behind this place.
    since           bigint NOT NULL,
    -- Tries in a row that failed, and when the first of them was.
    failures        bigint NOT NULL,
    failing_since   bigint,
    succeeded_at    bigint,
    created_by      uuid REFERENCES users (id),
    created_at      bigint NOT NULL,
    revision        bigint NOT NULL
);
CREATE INDEX webhooks_by_organisation ON webhooks (organisation_id, id);
CREATE INDEX webhooks_by_author ON webhooks (created_by) WHERE created_by IS NOT NULL;
CREATE INDEX webhooks_by_state ON webhooks (state, organisation_id);

CREATE TABLE webhook_deliveries (
    id           uuid NOT NULL PRIMARY KEY,
    webhook_id   uuid NOT NULL REFERENCES webhooks (id),
    -- Its place in the trail; NULL for a test.
    event        bigint,
    kind         text NOT NULL,
    -- waiting, delivered or failed.
    state        text NOT NULL,
    -- Not tried before.
    due_at       bigint NOT NULL,
    -- Whoever is at it.
    claim        uuid,
    attempts     bigint NOT NULL,
    created_at   bigint NOT NULL,
    finished_at  bigint,
    -- Of the last try: the status answered, or why there was none, and how long it took.
    status       bigint,
    problem      text,
    milliseconds bigint,
    UNIQUE (webhook_id, event)
);
CREATE INDEX webhook_deliveries_by_webhook ON webhook_deliveries (webhook_id, id);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (webhook_id, due_at, id) WHERE state = 'waiting';
CREATE INDEX webhook_deliveries_claimed ON webhook_deliveries (claim) WHERE claim IS NOT NULL;
CREATE INDEX webhook_deliveries_finished ON webhook_deliveries (finished_at, id) WHERE finished_at IS NOT NULL;

CREATE TABLE webhook_attempts (
    id           uuid NOT NULL PRIMARY KEY,
    delivery_id  uuid NOT NULL REFERENCES webhook_deliveries (id),
    at           bigint NOT NULL,
    status       bigint,
    problem      text,
    milliseconds bigint NOT NULL,
    -- The first of what was answered, as plain text.
    answer       text NOT NULL
);
CREATE INDEX webhook_attempts_by_delivery ON webhook_attempts (delivery_id, id);

-- How far the trail was read. It begins with what happens from now on.
CREATE TABLE webhook_cursor (
    id       bigint NOT NULL PRIMARY KEY,
    sequence bigint NOT NULL
);
INSERT INTO webhook_cursor (id, sequence) SELECT 1, sequence FROM audit_head WHERE id = 1;
