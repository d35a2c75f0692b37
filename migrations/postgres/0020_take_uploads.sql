-- Customers may send files into the category without being asked.
ALTER TABLE category_rules ADD COLUMN customers_send boolean NOT NULL DEFAULT false;

-- What customers sent without being asked, until staff have seen it.
CREATE TABLE document_arrivals (
    document_id     uuid NOT NULL PRIMARY KEY REFERENCES documents (id),
    organisation_id uuid NOT NULL REFERENCES organisations (id),
    sent_by         uuid NOT NULL REFERENCES users (id),
    sent_at         bigint NOT NULL,
    -- When staff were told by mail.
    told_at         bigint,
    seen_by         uuid REFERENCES users (id),
    seen_at         bigint
);
CREATE INDEX document_arrivals_unseen ON document_arrivals (sent_at, document_id) WHERE seen_at IS NULL;
CREATE INDEX document_arrivals_by_date ON document_arrivals (sent_at, document_id);
CREATE INDEX document_arrivals_untold ON document_arrivals (organisation_id, sent_by) WHERE told_at IS NULL;
CREATE INDEX document_arrivals_by_sender ON document_arrivals (sent_by);
CREATE INDEX document_arrivals_by_viewer ON document_arrivals (seen_by) WHERE seen_by IS NOT NULL;

-- Files that arrive in parts (tus): what is here already, and for what it is.
CREATE TABLE uploads (
    id              uuid NOT NULL PRIMARY KEY,
    user_id         uuid NOT NULL REFERENCES users (id),
    -- request, category, version or draft.
    target          text NOT NULL,
    -- The request or the document.
    target_id       uuid,
    organisation_id uuid,
    category        text,
    title           text NOT NULL,
    note            text NOT NULL,
    file_name       text NOT NULL,
    length          bigint NOT NULL,
    -- Bytes that are durably here; the length only when the file has become what it was for.
    received        bigint NOT NULL,
    -- What it has become.
    result_id       uuid,
    started_at      bigint NOT NULL,
    expires_at      bigint NOT NULL,
    -- Whoever wrote to it last: an older one is turned away. Until when its end is being worked on.
    writer          uuid,
    writer_until    bigint NOT NULL
);
CREATE INDEX uploads_by_user ON uploads (user_id);
CREATE INDEX uploads_by_expiry ON uploads (expires_at, id);

-- Where the bytes from `start` on lie in the store.
CREATE TABLE upload_parts (
    id         uuid NOT NULL PRIMARY KEY,
    upload_id  uuid NOT NULL REFERENCES uploads (id),
    start      bigint NOT NULL,
    size       bigint NOT NULL,
    store_key  text NOT NULL,
    -- The part's own key, sealed; NULL: it lies there as it is.
    sealed_key bytea,
    UNIQUE (upload_id, start)
);
