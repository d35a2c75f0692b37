-- What a version of a document looks like, made in a process of its own (docs/adr/0030).
CREATE TABLE version_previews (
    document_id BLOB NOT NULL REFERENCES documents (id),
    number      INTEGER NOT NULL,
    version_id  BLOB NOT NULL,
    -- pending, ready, none, failed or too_large.
    state       TEXT NOT NULL,
    -- pdf, image, text, office or invoice.
    kind        TEXT,
    -- How many pages there are; the first ones are images.
    pages       INTEGER NOT NULL DEFAULT 0,
    -- What can be read in it: for search and excerpts.
    text        TEXT NOT NULL DEFAULT '',
    -- An electronic invoice, as JSON.
    summary     TEXT,
    -- Why there is nothing to see, as a code.
    reason      TEXT,
    made_at     INTEGER,
    -- All page images one after the other, as one object with a key of its own; and where each lies in it, as JSON.
    store_key   TEXT,
    sealed_key  BLOB,
    size        INTEGER NOT NULL DEFAULT 0,
    images      TEXT,
    PRIMARY KEY (document_id, number)
) STRICT;
CREATE UNIQUE INDEX version_previews_by_version ON version_previews (version_id);
-- What is to be made; short, or it shrinks.
CREATE INDEX version_previews_pending ON version_previews (version_id) WHERE state = 'pending';
INSERT INTO version_previews (document_id, number, version_id, state) SELECT document_id, number, id, 'pending' FROM document_versions;

-- Who looked at which preview, and on which day last: once a day it is written into the trail.
CREATE TABLE preview_views (
    document_id BLOB NOT NULL REFERENCES documents (id),
    number      INTEGER NOT NULL,
    user_id     BLOB NOT NULL REFERENCES users (id),
    seen_on     TEXT NOT NULL,
    PRIMARY KEY (document_id, number, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX preview_views_by_user ON preview_views (user_id);
