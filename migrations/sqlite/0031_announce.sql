-- What the house tells many at once: a banner on every page until it is closed or over.
CREATE TABLE announcements (
    id           BLOB NOT NULL PRIMARY KEY,
    -- draft, published or withdrawn.
    state        TEXT NOT NULL,
    -- info, warning or urgent.
    severity     TEXT NOT NULL,
    -- everyone, customers, staff or groups.
    audience     TEXT NOT NULL,
    -- Stays until it is confirmed, and says who has confirmed it.
    confirm      INTEGER NOT NULL,
    -- NULL: from its publication on, until it is withdrawn.
    starts_at    INTEGER,
    ends_at      INTEGER,
    -- Empty where there is no such language version.
    title_en     TEXT NOT NULL,
    title_de     TEXT NOT NULL,
    title_nl     TEXT NOT NULL,
    text_en      TEXT NOT NULL,
    text_de      TEXT NOT NULL,
    text_nl      TEXT NOT NULL,
    created_by   BLOB REFERENCES users (id),
    created_at   INTEGER NOT NULL,
    published_at INTEGER,
    revision     INTEGER NOT NULL
) STRICT;
CREATE INDEX announcements_by_author ON announcements (created_by) WHERE created_by IS NOT NULL;
CREATE INDEX announcements_published ON announcements (ends_at, id) WHERE state = 'published';

CREATE TABLE announcement_groups (
    announcement_id BLOB NOT NULL REFERENCES announcements (id),
    group_id        BLOB NOT NULL REFERENCES customer_groups (id),
    PRIMARY KEY (announcement_id, group_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX announcement_groups_by_group ON announcement_groups (group_id, announcement_id);

CREATE TABLE announcement_receipts (
    user_id         BLOB NOT NULL REFERENCES users (id),
    announcement_id BLOB NOT NULL REFERENCES announcements (id),
    -- When it first stood on a page of theirs.
    seen_at         INTEGER NOT NULL,
    -- When they closed or confirmed it.
    closed_at       INTEGER,
    PRIMARY KEY (user_id, announcement_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX announcement_receipts_by_announcement ON announcement_receipts (announcement_id, user_id);
