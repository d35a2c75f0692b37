-- What another system's files have brought: every run, what became of its rows, and which column is which field.

-- A way to read a kind of file, kept under a name.
CREATE TABLE import_mappings (
    id         uuid NOT NULL PRIMARY KEY,
    -- organisations, orders, order-lines, people or documents.
    kind       text NOT NULL,
    name       text NOT NULL,
    -- Field and column, and how days and numbers are written, as JSON.
    mapping    text NOT NULL,
    -- NULL: the operator at the machine.
    saved_by   uuid REFERENCES users (id),
    saved_at   bigint NOT NULL,
    UNIQUE (kind, name)
);
CREATE INDEX import_mappings_by_person ON import_mappings (saved_by) WHERE saved_by IS NOT NULL;

CREATE TABLE imports (
    id          uuid NOT NULL PRIMARY KEY,
    kind        text NOT NULL,
    -- checking, ready, waiting, running, done, failed, undoing or undone.
    state       text NOT NULL,
    -- page, api, command or folder: where the file came from.
    source      text NOT NULL,
    -- NULL: the operator at the machine, or the watched folder.
    started_by  uuid REFERENCES users (id),
    file_name   text NOT NULL,
    size        bigint NOT NULL,
    sha256      bytea NOT NULL,
    -- Where the file lies; NULL: it was read on the machine, or its time is over.
    store_key   text,
    -- Its own key, sealed; NULL: it lies there as it is.
    sealed_key  bytea,
    -- How it is read and what was chosen, as JSON.
    mapping     text NOT NULL,
    options     text NOT NULL,
    -- What was recognised, with the first rows, as JSON; NULL: nobody will look.
    look        text,
    -- Rows that are durably done, and about how many there are.
    done        bigint NOT NULL,
    total       bigint NOT NULL,
    created     bigint NOT NULL,
    changed     bigint NOT NULL,
    unchanged   bigint NOT NULL,
    rejected    bigint NOT NULL,
    -- Every row that was made or changed is noted below: it can be undone.
    whole       boolean NOT NULL,
    -- Why it failed or cannot be undone: a word and what it is about. Empty: nothing is the matter.
    problem     text NOT NULL,
    created_at  bigint NOT NULL,
    started_at  bigint,
    ended_at    bigint,
    -- The last sign of life.
    beat_at     bigint NOT NULL
);
-- One of a kind at a time.
CREATE UNIQUE INDEX imports_running ON imports (kind) WHERE state = 'running';
CREATE INDEX imports_by_state ON imports (state, id);
CREATE INDEX imports_by_person ON imports (started_by) WHERE started_by IS NOT NULL;
CREATE INDEX imports_with_file ON imports (created_at) WHERE store_key IS NOT NULL;

-- What became of rows; those that changed nothing are only counted.
CREATE TABLE import_rows (
    run_id    uuid NOT NULL REFERENCES imports (id),
    position  bigint NOT NULL,
    -- Where it stands in the file.
    line      bigint NOT NULL,
    -- What it is about: its number.
    number    text NOT NULL,
    -- create, change or rejected.
    result    text NOT NULL,
    -- What it made or changed, and at which revision that was then.
    object_id uuid,
    revision  bigint NOT NULL,
    -- Old and new values, or what is wrong, as JSON.
    detail    text NOT NULL,
    -- What it was, as JSON, for undoing.
    before    text NOT NULL,
    PRIMARY KEY (run_id, position)
);
CREATE INDEX import_rows_by_object ON import_rows (object_id) WHERE object_id IS NOT NULL;
CREATE INDEX import_rows_by_result ON import_rows (run_id, result, position);

-- Files of the watched folder as they were seen last: one that still grows is left for the next time.
CREATE TABLE import_looks (
    path     text NOT NULL PRIMARY KEY,
    size     bigint NOT NULL,
    modified bigint NOT NULL,
    -- It was imported, and could not be moved away.
    taken    boolean NOT NULL,
    seen_at  bigint NOT NULL
);

-- What another system calls a document of a customer: the same file again changes nothing.
CREATE TABLE document_sources (
    organisation_id uuid NOT NULL REFERENCES organisations (id),
    external_id     text NOT NULL,
    document_id     uuid NOT NULL REFERENCES documents (id),
    PRIMARY KEY (organisation_id, external_id)
);
CREATE INDEX document_sources_by_document ON document_sources (document_id);
