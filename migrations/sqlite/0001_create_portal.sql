-- People, customers, documents, and the trail of what happened.
-- Ids are UUIDv7 (BLOB(16)), times are microseconds UTC (INTEGER), enums are TEXT.

CREATE TABLE settings (
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE users (
    id              BLOB NOT NULL PRIMARY KEY,
    email           TEXT NOT NULL,
    -- What sign-in compares: NFC, lower case.
    email_key       TEXT NOT NULL UNIQUE,
    name            TEXT NOT NULL,
    -- NULL for customers; a person is staff or customer, never both.
    staff_role      TEXT,
    state           TEXT NOT NULL,
    locale          TEXT,
    theme           TEXT,
    password_hash   TEXT,
    last_sign_in_at INTEGER,
    created_at      INTEGER NOT NULL
) STRICT;

CREATE TABLE organisations (
    id         BLOB NOT NULL PRIMARY KEY,
    slug       TEXT NOT NULL UNIQUE,
    name       TEXT NOT NULL,
    number     TEXT NOT NULL UNIQUE,
    state      TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX organisations_by_name ON organisations (name, id);

CREATE TABLE memberships (
    user_id         BLOB NOT NULL REFERENCES users (id),
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    role            TEXT NOT NULL,
    state           TEXT NOT NULL,
    created_at      INTEGER NOT NULL,
    PRIMARY KEY (user_id, organisation_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX memberships_by_organisation ON memberships (organisation_id, user_id);

CREATE TABLE customer_groups (
    id   BLOB NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL
) STRICT;

CREATE TABLE group_organisations (
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    group_id        BLOB NOT NULL REFERENCES customer_groups (id),
    PRIMARY KEY (organisation_id, group_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX group_organisations_by_group ON group_organisations (group_id, organisation_id);

CREATE TABLE staff_assignments (
    user_id         BLOB NOT NULL REFERENCES users (id),
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    -- The named contact that customers see.
    is_contact      INTEGER NOT NULL,
    created_at      INTEGER NOT NULL,
    PRIMARY KEY (user_id, organisation_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX staff_assignments_by_organisation ON staff_assignments (organisation_id, user_id);

CREATE TABLE projects (
    id              BLOB NOT NULL PRIMARY KEY,
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    slug            TEXT NOT NULL UNIQUE,
    name            TEXT NOT NULL,
    created_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX projects_by_organisation ON projects (organisation_id, id);

CREATE TABLE project_people (
    user_id    BLOB NOT NULL REFERENCES users (id),
    project_id BLOB NOT NULL REFERENCES projects (id),
    PRIMARY KEY (user_id, project_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX project_people_by_project ON project_people (project_id, user_id);

CREATE TABLE documents (
    id              BLOB NOT NULL PRIMARY KEY,
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    title           TEXT NOT NULL,
    category        TEXT NOT NULL,
    -- general, money or quotes: which staff roles the category concerns.
    topic           TEXT NOT NULL,
    state           TEXT NOT NULL,
    audience_kind   TEXT,
    -- 0 while there is no file yet.
    current_version INTEGER NOT NULL,
    -- Raised by every change; the second of two writers finds another number and is told.
    revision        INTEGER NOT NULL,
    created_by      BLOB NOT NULL REFERENCES users (id),
    created_at      INTEGER NOT NULL,
    published_by    BLOB REFERENCES users (id),
    published_at    INTEGER,
    -- When a reader last had reason to look: created, published, new version. Lists are in this order.
    changed_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX documents_by_time ON documents (changed_at DESC, id DESC);
CREATE INDEX documents_by_topic ON documents (topic, changed_at DESC, id DESC);
CREATE INDEX documents_by_organisation ON documents (organisation_id, changed_at DESC, id DESC);
CREATE INDEX documents_by_state ON documents (state, changed_at DESC, id DESC);
CREATE INDEX documents_by_creator ON documents (created_by);
CREATE INDEX documents_by_publisher ON documents (published_by);

CREATE TABLE document_versions (
    id           BLOB NOT NULL PRIMARY KEY,
    document_id  BLOB NOT NULL REFERENCES documents (id),
    number       INTEGER NOT NULL,
    file_name    TEXT NOT NULL,
    media_type   TEXT NOT NULL,
    size         INTEGER NOT NULL,
    sha256       BLOB NOT NULL,
    store_key    TEXT NOT NULL UNIQUE,
    uploaded_by  BLOB NOT NULL REFERENCES users (id),
    created_at   INTEGER NOT NULL,
    -- When its readers could first have it; NULL while internal.
    published_at INTEGER,
    UNIQUE (document_id, number)
) STRICT;
CREATE INDEX document_versions_by_uploader ON document_versions (uploaded_by);

-- Who a published document is for. The subject is an organisation, a group, a person or a project; their
-- ids are unique across kinds. changed_at repeats the document's, so that a list is one range per subject.
CREATE TABLE document_audience (
    subject_id  BLOB NOT NULL,
    changed_at  INTEGER NOT NULL,
    document_id BLOB NOT NULL REFERENCES documents (id),
    PRIMARY KEY (subject_id, changed_at, document_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX document_audience_by_document ON document_audience (document_id, subject_id);

-- Which version somebody has opened last: the "new" dot, and "read by" for staff.
CREATE TABLE document_reads (
    document_id BLOB NOT NULL REFERENCES documents (id),
    user_id     BLOB NOT NULL REFERENCES users (id),
    version     INTEGER NOT NULL,
    read_at     INTEGER NOT NULL,
    PRIMARY KEY (document_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX document_reads_by_user ON document_reads (user_id);

-- Objects whose upload began and whose version row is not committed: what the sweeper may remove.
CREATE TABLE pending_uploads (
    store_key  TEXT NOT NULL PRIMARY KEY,
    started_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
    -- SHA-256 of the id in the cookie; the id itself is stored nowhere.
    id_hash      BLOB NOT NULL PRIMARY KEY,
    user_id      BLOB REFERENCES users (id),
    data         TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    ended_at     INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sessions_by_age ON sessions (last_seen_at);

CREATE TABLE api_tokens (
    id           BLOB NOT NULL PRIMARY KEY,
    user_id      BLOB NOT NULL REFERENCES users (id),
    name         TEXT NOT NULL,
    token_hash   BLOB NOT NULL UNIQUE,
    -- Space separated; empty means everything its owner may.
    scopes       TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    last_used_at INTEGER,
    revoked_at   INTEGER
) STRICT;
CREATE INDEX api_tokens_by_user ON api_tokens (user_id);

-- Failures per subject (a hash of address or account) in a window; survives a restart.
CREATE TABLE throttles (
    subject    BLOB NOT NULL PRIMARY KEY,
    started_at INTEGER NOT NULL,
    failures   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What a repeated POST made the first time. Written in the transaction of the act itself.
CREATE TABLE idempotency_keys (
    user_id     BLOB NOT NULL REFERENCES users (id),
    key         TEXT NOT NULL,
    fingerprint BLOB NOT NULL,
    object_id   BLOB NOT NULL,
    detail      INTEGER NOT NULL,
    created_at  INTEGER NOT NULL,
    PRIMARY KEY (user_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);

CREATE TABLE audit_events (
    sequence        INTEGER NOT NULL PRIMARY KEY,
    id              BLOB NOT NULL UNIQUE,
    at              INTEGER NOT NULL,
    actor_kind      TEXT NOT NULL,
    actor_id        BLOB,
    action          TEXT NOT NULL,
    object_kind     TEXT NOT NULL,
    object_id       BLOB,
    organisation_id BLOB,
    -- References and numbers only, never names or addresses.
    detail          TEXT NOT NULL,
    request_id      TEXT NOT NULL,
    hash            BLOB NOT NULL
) STRICT;
CREATE INDEX audit_events_by_object ON audit_events (object_id, sequence);
CREATE INDEX audit_events_by_organisation ON audit_events (organisation_id, sequence);

-- One row: the end of the chain. Taking it serialises writers, so that the chain has no forks.
CREATE TABLE audit_head (
    id       INTEGER NOT NULL PRIMARY KEY,
    sequence INTEGER NOT NULL,
    hash     BLOB NOT NULL
) STRICT;
INSERT INTO audit_head (id, sequence, hash) VALUES (1, 0, zeroblob(32));

-- Append-only, also for somebody with a SQL prompt who did not mean to.
CREATE TRIGGER audit_events_no_update BEFORE UPDATE ON audit_events
BEGIN SELECT RAISE(ABORT, 'audit events are append-only'); END;
CREATE TRIGGER audit_events_no_delete BEFORE DELETE ON audit_events
BEGIN SELECT RAISE(ABORT, 'audit events are append-only'); END;
