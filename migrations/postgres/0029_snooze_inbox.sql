-- What waits for somebody, put off by themselves; and how a member of staff is reached.

CREATE TABLE inbox_snoozes (
    user_id       uuid NOT NULL REFERENCES users (id),
    -- What kind of thing, and which: of one of many tables.
    kind          text NOT NULL,
    object_id     uuid NOT NULL,
    -- It comes back by itself then; the last instant there is: they have done it elsewhere.
    snoozed_until bigint NOT NULL,
    -- What has changed since comes back at once.
    created_at    bigint NOT NULL,
    PRIMARY KEY (user_id, kind, object_id)
);

-- What somebody made and is to renew.
CREATE INDEX documents_by_creator_renewal ON documents (created_by, renew_from) WHERE renew_from IS NOT NULL;

-- What customers read of their contact; empty where nothing is said.
ALTER TABLE users ADD COLUMN phone text NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN hours text NOT NULL DEFAULT '';
