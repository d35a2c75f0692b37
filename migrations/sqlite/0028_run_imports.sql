-- What another system's files have brought: every run, what became of its rows, and which column is which field.

-- A way to read a kind of file, kept under a name.
CREATE TABLE import_mappings (
    id         BLOB NOT NULL PRIMARY KEY,
    -- organisations, orders, order-lines, people or documents.
    kind       TEXT NOT NULL,
    name       TEXT NOT NULL,
    -- Field and column, and how days and numbers are written, as JSON.
    mapping    TEXT NOT NULL,
    -- NULL: the operator at the machine.
    saved_by   BLOB REFERENCES users (id),
    saved_at   INTEGER NOT NULL,
    UNIQUE (kind, name)
) STRICT;
CREATE INDEX import_mappings_by_person ON import_mappings (saved_by) WHERE saved_by IS NOT NULL;

CREATE TABLE imports (
    id          BLOB NOT NULL PRIMARY KEY,
    kind        TEXT NOT NULL,
    -- checking, ready, waiting, running, done, failed, undoing or undone.
    state       TEXT NOT NULL,
    -- page, api, command or folder: where the file came from.
    source      TEXT NOT NULL,
    -- NULL: the operator at the machine, or the watched folder.
    started_by  BLOB REFERENCES users (id),
    file_name   TEXT NOT NULL,
    size        INTEGER NOT NULL,
    sha256      BLOB NOT NULL,
    -- Where the file lies; NULL: it was read on the machine, or its time is over.
    store_key   TEXT,
    -- Its own key, sealed; NULL: it lies there as it is.
    sealed_key  BLOB,
    -- How it is read and what was chosen, as JSON.
    mapping     TEXT NOT NULL,
    options     TEXT NOT NULL,
    -- What was recognised, with the first rows, as JSON; NULL: nobody will look.
    look        TEXT,
    -- Rows that are durably done, and about how many there are.
    done        INTEGER NOT NULL,
    total       INTEGER NOT NULL,
    created     INTEGER NOT NULL,
    changed     INTEGER NOT NULL,
    unchanged   INTEGER NOT NULL,
    rejected    INTEGER NOT NULL,
    -- Every row that was made or changed is noted below: it can be undone.
    whole       INTEGER NOT NULL,
    -- Why it failed or cannot be undone: a word and what it is about. Empty: nothing is the matter.
    problem     TEXT NOT NULL,
    created_at  INTEGER NOT NULL,
    started_at  INTEGER,
    ended_at    INTEGER,
    -- The last sign of life.
    beat_at     INTEGER NOT NULL
) STRICT;
-- One of a kind at a time.
CREATE UNIQUE INDEX imports_running ON imports (kind) WHERE state = 'running';
CREATE INDEX imports_by_state ON imports (state, id);
CREATE INDEX imports_by_person ON imports (started_by) WHERE started_by IS NOT NULL;
CREATE INDEX imports_with_file ON imports (created_at) WHERE store_key IS NOT NULL;

-- What became of rows; those that changed nothing are only counted.
CREATE TABLE import_rows (
    run_id    BLOB NOT NULL REFERENCES imports (id),
    position  INTEGER NOT NULL,
    -- Where it stands in the file.
    line      INTEGER NOT NULL,
    -- What it is about: its number.
    number    TEXT NOT NULL,
    -- create, change or rejected.
    result    TEXT NOT NULL,
    -- What it made or changed, and at which revision that was then.
    object_id BLOB,
    revision  INTEGER NOT NULL,
    -- Old and new values, or what is wrong, as JSON.
    detail    TEXT NOT NULL,
    -- What it was, as JSON, for undoing.
    before    TEXT NOT NULL,
    PRIMARY KEY (run_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX import_rows_by_object ON import_rows (object_id) WHERE object_id IS NOT NULL;
CREATE INDEX import_rows_by_result ON import_rows (run_id, result, position);

-- Files of the watched folder as they were seen last: one that still grows is left for the next time.
CREATE TABLE import_looks (
    path     TEXT NOT NULL PRIMARY KEY,
    size     INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    -- It was imported, and could not be moved away.
    taken    INTEGER NOT NULL,
    seen_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What another system calls a document of a customer: the same file again changes nothing.
CREATE TABLE document_sources (
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    external_id     TEXT NOT NULL,
    document_id     BLOB NOT NULL REFERENCES documents (id),
    PRIMARY KEY (organisation_id, external_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX document_sources_by_document ON document_sources (document_id);
