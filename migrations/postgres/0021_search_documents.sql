-- Tags that staff give a document: names separated by line ends, as its readers see them.
ALTER TABLE documents ADD COLUMN tags text NOT NULL DEFAULT '';
-- How each is written; the first who used it decided.
CREATE TABLE tags (
    folded text COLLATE "C" NOT NULL PRIMARY KEY,
    name   text NOT NULL
);

-- A list as somebody likes to see it.
CREATE TABLE saved_views (
    id         uuid NOT NULL PRIMARY KEY,
    user_id    uuid NOT NULL REFERENCES users (id),
    -- Which list: its address.
    list       text NOT NULL,
    name       text NOT NULL,
    -- What follows the question mark.
    query      text NOT NULL,
    created_at bigint NOT NULL
);
CREATE UNIQUE INDEX saved_views_by_name ON saved_views (user_id, list, name);

-- The index of words (docs/adr/0032). Documents to be indexed again; the stamp is another after every change.
CREATE TABLE search_stale (
    document_id uuid NOT NULL PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    stamp       bigint NOT NULL,
    since       bigint NOT NULL
);
CREATE INDEX search_stale_by_time ON search_stale (since);

-- Where a document stands in the index: the last changed comes last.
CREATE TABLE search_documents (
    document_id uuid NOT NULL PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    position    bigint NOT NULL,
    changed_at  bigint NOT NULL
);
CREATE UNIQUE INDEX search_documents_by_position ON search_documents (position);

-- The words of the document at a position; a table of FTS5 on SQLite.
CREATE TABLE search_words (
    position bigint NOT NULL PRIMARY KEY,
    words    tsvector NOT NULL
);
CREATE INDEX search_words_by_word ON search_words USING gin (words) WITH (fastupdate = off);

-- The words there are, to complete what is typed.
CREATE TABLE search_vocabulary (
    word text COLLATE "C" NOT NULL PRIMARY KEY
);

CREATE FUNCTION search_mark_stale(document uuid) RETURNS void LANGUAGE sql AS $$
    INSERT INTO search_stale (document_id, stamp, since)
    SELECT d.id, CAST(random() * 9e18 AS bigint), d.changed_at FROM documents d WHERE d.id = document
    ON CONFLICT (document_id) DO UPDATE SET stamp = excluded.stamp, since = excluded.since
$$;
CREATE FUNCTION search_document_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM search_mark_stale(NEW.id);
    RETURN NULL;
END $$;
CREATE FUNCTION search_part_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM search_mark_stale(OLD.document_id);
    ELSE
        PERFORM search_mark_stale(NEW.document_id);
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION search_organisation_renamed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO search_stale (document_id, stamp, since)
    SELECT d.id, CAST(random() * 9e18 AS bigint), d.changed_at FROM documents d WHERE d.organisation_id = NEW.id ORDER BY d.id
    ON CONFLICT (document_id) DO UPDATE SET stamp = excluded.stamp, since = excluded.since;
    RETURN NULL;
END $$;
CREATE FUNCTION search_document_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM search_words WHERE position = OLD.position;
    RETURN NULL;
END $$;

CREATE TRIGGER search_after_document_insert AFTER INSERT ON documents
    FOR EACH ROW EXECUTE FUNCTION search_document_changed();
CREATE TRIGGER search_after_document_update AFTER UPDATE ON documents FOR EACH ROW
    WHEN ((OLD.title, OLD.category, OLD.topic, OLD.state, OLD.current_version, OLD.changed_at, OLD.tags)
        IS DISTINCT FROM (NEW.title, NEW.category, NEW.topic, NEW.state, NEW.current_version, NEW.changed_at, NEW.tags))
    EXECUTE FUNCTION search_document_changed();
CREATE TRIGGER search_after_audience_insert AFTER INSERT OR DELETE ON document_audience
    FOR EACH ROW EXECUTE FUNCTION search_part_changed();
CREATE TRIGGER search_after_version_update AFTER UPDATE ON document_versions FOR EACH ROW
    WHEN (OLD.scan IS DISTINCT FROM NEW.scan) EXECUTE FUNCTION search_part_changed();
CREATE TRIGGER search_after_preview_update AFTER UPDATE ON version_previews FOR EACH ROW
    WHEN (OLD.text IS DISTINCT FROM NEW.text) EXECUTE FUNCTION search_part_changed();
CREATE TRIGGER search_after_rename AFTER UPDATE ON organisations FOR EACH ROW
    WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION search_organisation_renamed();
CREATE TRIGGER search_after_place_delete AFTER DELETE ON search_documents
    FOR EACH ROW EXECUTE FUNCTION search_document_gone();

INSERT INTO search_stale (document_id, stamp, since)
SELECT id, CAST(random() * 9e18 AS bigint), changed_at FROM documents;
