-- What somebody is told: one row for each person and thing. The bell shows it, and mail takes from it what is due.
CREATE TABLE notifications (
    id              BLOB NOT NULL PRIMARY KEY,
    user_id         BLOB NOT NULL REFERENCES users (id),
    -- What it is about: a name of `notifications/kind.rs`.
    kind            TEXT NOT NULL,
    -- needs_me, information or security.
    class           TEXT NOT NULL,
    -- The customer it is about, if it is about one. It may be gone by now, as may the two below: an import was undone.
    organisation_id BLOB,
    object_kind     TEXT NOT NULL,
    object_id       BLOB NOT NULL,
    -- Who did it; NULL: the operator or the clock.
    actor_id        BLOB,
    -- The event of the trail it was spread from; NULL: the act told this person itself.
    event           INTEGER,
    created_at      INTEGER NOT NULL,
    seen_at         INTEGER,
    -- What a mail of this one alone says: template, values and button, as JSON. NULL: a line like in the bell.
    letter          TEXT,
    -- When a mail takes it along; NULL: none does.
    mail_due_at     INTEGER,
    mailed_at       INTEGER
) STRICT;
-- The list, newest first; what is unread of it; what a mail takes; what is seen with its object; nothing is told twice.
CREATE INDEX notifications_by_person ON notifications (user_id, id);
CREATE INDEX notifications_unseen ON notifications (user_id, id) WHERE seen_at IS NULL;
CREATE INDEX notifications_to_mail ON notifications (mail_due_at, user_id) WHERE mail_due_at IS NOT NULL;
CREATE INDEX notifications_unseen_by_object ON notifications (object_id, user_id) WHERE seen_at IS NULL;
CREATE UNIQUE INDEX notifications_once ON notifications (event, user_id) WHERE event IS NOT NULL;
CREATE INDEX notifications_by_time ON notifications (created_at);

-- How far the trail was spread: all of it up to this event, and of the next one everybody up to this person. It begins
-- with what happens from now on.
CREATE TABLE notification_cursor (
    id       INTEGER NOT NULL PRIMARY KEY,
    sequence INTEGER NOT NULL,
    user_id  BLOB
) STRICT;
INSERT INTO notification_cursor (id, sequence, user_id) SELECT 1, sequence, NULL FROM audit_head WHERE id = 1;
