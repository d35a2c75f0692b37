-- Tags that staff give a document: names separated by line ends, as its readers see them.
ALTER TABLE documents ADD COLUMN tags TEXT NOT NULL DEFAULT '';
-- How each is written; the first who used it decided.
CREATE TABLE tags (
    folded TEXT NOT NULL PRIMARY KEY,
    name   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A list as somebody likes to see it.
CREATE TABLE saved_views (
    id         BLOB NOT NULL PRIMARY KEY,
    user_id    BLOB NOT NULL REFERENCES users (id),
    -- Which list: its address.
    list       TEXT NOT NULL,
    name       TEXT NOT NULL,
    -- What follows the question mark.
    query      TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX saved_views_by_name ON saved_views (user_id, list, name);

-- The index of words (docs/adr/0032). Documents to be indexed again; the stamp is another after every change.
CREATE TABLE search_stale (
    document_id BLOB NOT NULL PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    stamp       INTEGER NOT NULL,
    since       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX search_stale_by_time ON search_stale (since);

-- Where a document stands in the index: the last changed comes last.
CREATE TABLE search_documents (
    document_id BLOB NOT NULL PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    position    INTEGER NOT NULL,
    changed_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX search_documents_by_position ON search_documents (position);

-- The words of the document at a position (its rowid); a table with a tsvector on PostgreSQL.
CREATE VIRTUAL TABLE search_words USING fts5(
    words, content='', contentless_delete=1, detail='none', tokenize="ascii tokenchars '_'"
);

-- The words there are, to complete what is typed.
CREATE TABLE search_vocabulary (
    word TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TRIGGER search_after_document_insert AFTER INSERT ON documents
BEGIN
    INSERT INTO search_stale (document_id, stamp, since)
    SELECT id, random(), changed_at FROM documents WHERE id = NEW.id
    ON CONFLICT (document_id) DO UPDATE SET stamp = excluded.stamp, since = excluded.since;
END;
CREATE TRIGGER search_after_document_update
AFTER UPDATE OF title, category, topic, state, current_version, changed_at, tags ON documents
WHEN (OLD.title, OLD.category, OLD.topic, OLD.state, OLD.current_version, OLD.changed_at, OLD.tags)
    IS NOT (NEW.title, NEW.category, NEW.topic, NEW.state, NEW.current_version, NEW.changed_at, NEW.tags)
BEGIN
    INSERT INTO search_stale (document_id, stamp, since)
    SELECT id, random(), changed_at FROM documents WHERE id = NEW.id
    ON CONFLICT (document_id) DO UPDATE SET stamp = excluded.stamp, since = excluded.since;
END;
CREATE TRIGGER search_after_audience_insert AFTER INSERT ON document_audience
BEGIN
    INSERT INTO search_stale (document_id, stamp, since)
    SELECT id, random(), changed_at FROM documents WHERE id = NEW.document_id
    ON CONFLICT (document_id) DO UPDATE SET stamp = excluded.stamp, since = excluded.since;
END;
CREATE TRIGGER search_after_audience_delete AFTER DELETE ON document_audience
BEGIN
    INSERT INTO search_stale (document_id, stamp, since)
    SELECT id, random(), changed_at FROM documents WHERE id = OLD.document_id
    ON CONFLICT (document_id) DO UPDATE SET stamp = excluded.stamp, since = excluded.since;
END;
CREATE TRIGGER search_after_version_update AFTER UPDATE OF scan ON document_versions WHEN OLD.scan <> NEW.scan
BEGIN
    INSERT INTO search_stale (document_id, stamp, since)
    SELECT id, random(), changed_at FROM documents WHERE id = NEW.document_id
    ON CONFLICT (document_id) DO UPDATE SET stamp = excluded.stamp, since = excluded.since;
END;
CREATE TRIGGER search_after_preview_update AFTER UPDATE OF text ON version_previews WHEN OLD.text <> NEW.text
BEGIN
    INSERT INTO search_stale (document_id, stamp, since)
    SELECT id, random(), changed_at FROM documents WHERE id = NEW.document_id
    ON CONFLICT (document_id) DO UPDATE SET stamp = excluded.stamp, since = excluded.since;
END;
CREATE TRIGGER search_after_rename AFTER UPDATE OF name ON organisations WHEN OLD.name <> NEW.name
BEGIN
    INSERT INTO search_stale (document_id, stamp, since)
    SELECT id, random(), changed_at FROM documents WHERE organisation_id = NEW.id
    ON CONFLICT (document_id) DO UPDATE SET stamp = excluded.stamp, since = excluded.since;
END;
CREATE TRIGGER search_after_place_delete AFTER DELETE ON search_documents
BEGIN
    DELETE FROM search_words WHERE rowid = OLD.position;
END;

INSERT INTO search_stale (document_id, stamp, since) SELECT id, random(), changed_at FROM documents;
