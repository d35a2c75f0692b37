-- Customers may send files into the category without being asked.
ALTER TABLE category_rules ADD COLUMN customers_send INTEGER NOT NULL DEFAULT 0;

-- What customers sent without being asked, until staff have seen it.
CREATE TABLE document_arrivals (
    document_id     BLOB NOT NULL PRIMARY KEY REFERENCES documents (id),
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    sent_by         BLOB NOT NULL REFERENCES users (id),
    sent_at         INTEGER NOT NULL,
    -- When staff were told by mail.
    told_at         INTEGER,
    seen_by         BLOB REFERENCES users (id),
    seen_at         INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX document_arrivals_unseen ON document_arrivals (sent_at, document_id) WHERE seen_at IS NULL;
CREATE INDEX document_arrivals_by_date ON document_arrivals (sent_at, document_id);
CREATE INDEX document_arrivals_untold ON document_arrivals (organisation_id, sent_by) WHERE told_at IS NULL;
CREATE INDEX document_arrivals_by_sender ON document_arrivals (sent_by);
CREATE INDEX document_arrivals_by_viewer ON document_arrivals (seen_by) WHERE seen_by IS NOT NULL;

-- Files that arrive in parts (tus): what is here already, and for what it is.
CREATE TABLE uploads (
    id              BLOB NOT NULL PRIMARY KEY,
    user_id         BLOB NOT NULL REFERENCES users (id),
    -- request, category, version or draft.
    target          TEXT NOT NULL,
    -- The request or the document.
    target_id       BLOB,
    organisation_id BLOB,
    category        TEXT,
    title           TEXT NOT NULL,
    note            TEXT NOT NULL,
    file_name       TEXT NOT NULL,
    length          INTEGER NOT NULL,
    -- Bytes that are durably here; the length only when the file has become what it was for.
    received        INTEGER NOT NULL,
    -- What it has become.
    result_id       BLOB,
    started_at      INTEGER NOT NULL,
    expires_at      INTEGER NOT NULL,
    -- Whoever wrote to it last: an older one is turned away. Until when its end is being worked on.
    writer          BLOB,
    writer_until    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX uploads_by_user ON uploads (user_id);
CREATE INDEX uploads_by_expiry ON uploads (expires_at, id);

-- Where the bytes from `start` on lie in the store.
CREATE TABLE upload_parts (
    id         BLOB NOT NULL PRIMARY KEY,
    upload_id  BLOB NOT NULL REFERENCES uploads (id),
    start      INTEGER NOT NULL,
    size       INTEGER NOT NULL,
    store_key  TEXT NOT NULL,
    -- The part's own key, sealed; NULL: it lies there as it is.
    sealed_key BLOB,
    UNIQUE (upload_id, start)
) STRICT, WITHOUT ROWID;
