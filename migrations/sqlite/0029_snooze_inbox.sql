-- What waits for somebody, put off by themselves; and how a member of staff is reached.

CREATE TABLE inbox_snoozes (
    user_id       BLOB NOT NULL REFERENCES users (id),
    -- What kind of thing, and which: of one of many tables.
    kind          TEXT NOT NULL,
    object_id     BLOB NOT NULL,
    -- It comes back by itself then; the last instant there is: they have done it elsewhere.
    snoozed_until INTEGER NOT NULL,
    -- What has changed since comes back at once.
    created_at    INTEGER NOT NULL,
    PRIMARY KEY (user_id, kind, object_id)
) STRICT, WITHOUT ROWID;

-- What somebody made and is to renew.
CREATE INDEX documents_by_creator_renewal ON documents (created_by, renew_from) WHERE renew_from IS NOT NULL;

-- What customers read of their contact; empty where nothing is said.
ALTER TABLE users ADD COLUMN phone TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN hours TEXT NOT NULL DEFAULT '';
