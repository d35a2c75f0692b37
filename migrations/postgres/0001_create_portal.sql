-- People, customers, documents, and the trail of what happened.
-- Ids are UUIDv7 (uuid), times are microseconds UTC (bigint), enums are TEXT.

CREATE TABLE settings (
    key   text NOT NULL PRIMARY KEY,
    value text NOT NULL
);

CREATE TABLE users (
    id              uuid NOT NULL PRIMARY KEY,
    email           text NOT NULL,
    -- What sign-in compares: NFC, lower case.
    email_key       text NOT NULL UNIQUE,
    name            text NOT NULL,
    -- NULL for customers; a person is staff or customer, never both.
    staff_role      text,
    state           text NOT NULL,
    locale          text,
    theme           text,
    password_hash   text,
    last_sign_in_at bigint,
    created_at      bigint NOT NULL
);

CREATE TABLE organisations (
    id         uuid NOT NULL PRIMARY KEY,
    slug       text NOT NULL UNIQUE,
    name       text NOT NULL,
    number     text NOT NULL UNIQUE,
    state      text NOT NULL,
    created_at bigint NOT NULL
);
CREATE INDEX organisations_by_name ON organisations (name, id);

CREATE TABLE memberships (
    user_id         uuid NOT NULL REFERENCES users (id),
    organisation_id uuid NOT NULL REFERENCES organisations (id),
    role            text NOT NULL,
    state           text NOT NULL,
    created_at      bigint NOT NULL,
    PRIMARY KEY (user_id, organisation_id)
);
CREATE INDEX memberships_by_organisation ON memberships (organisation_id, user_id);

CREATE TABLE customer_groups (
    id   uuid NOT NULL PRIMARY KEY,
    slug text NOT NULL UNIQUE,
    name text NOT NULL
);

CREATE TABLE group_organisations (
    organisation_id uuid NOT NULL REFERENCES organisations (id),
    group_id        uuid NOT NULL REFERENCES customer_groups (id),
    PRIMARY KEY (organisation_id, group_id)
);
CREATE INDEX group_organisations_by_group ON group_organisations (group_id, organisation_id);

CREATE TABLE staff_assignments (
    user_id         uuid NOT NULL REFERENCES users (id),
    organisation_id uuid NOT NULL REFERENCES organisations (id),
    -- The named contact that customers see.
    is_contact      boolean NOT NULL,
    created_at      bigint NOT NULL,
    PRIMARY KEY (user_id, organisation_id)
);
CREATE INDEX staff_assignments_by_organisation ON staff_assignments (organisation_id, user_id);

CREATE TABLE projects (
    id              uuid NOT NULL PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations (id),
    slug            text NOT NULL UNIQUE,
    name            text NOT NULL,
    created_at      bigint NOT NULL
);
CREATE INDEX projects_by_organisation ON projects (organisation_id, id);

CREATE TABLE project_people (
    user_id    uuid NOT NULL REFERENCES users (id),
    project_id uuid NOT NULL REFERENCES projects (id),
    PRIMARY KEY (user_id, project_id)
);
CREATE INDEX project_people_by_project ON project_people (project_id, user_id);

CREATE TABLE documents (
    id              uuid NOT NULL PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations (id),
    title           text NOT NULL,
    category        text NOT NULL,
    -- general, money or quotes: which staff roles the category concerns.
    topic           text NOT NULL,
    state           text NOT NULL,
    audience_kind   text,
    -- 0 while there is no file yet.
    current_version bigint NOT NULL,
    -- Raised by every change; the second of two writers finds another number and is told.
    revision        bigint NOT NULL,
    created_by      uuid NOT NULL REFERENCES users (id),
    created_at      bigint NOT NULL,
    published_by    uuid REFERENCES users (id),
    published_at    bigint,
    -- When a reader last had reason to look: created, published, new version. Lists are in this order.
    changed_at      bigint NOT NULL
);
CREATE INDEX documents_by_time ON documents (changed_at DESC, id DESC);
CREATE INDEX documents_by_topic ON documents (topic, changed_at DESC, id DESC);
CREATE INDEX documents_by_organisation ON documents (organisation_id, changed_at DESC, id DESC);
CREATE INDEX documents_by_state ON documents (state, changed_at DESC, id DESC);
CREATE INDEX documents_by_creator ON documents (created_by);
CREATE INDEX documents_by_publisher ON documents (published_by);

CREATE TABLE document_versions (
    id           uuid NOT NULL PRIMARY KEY,
    document_id  uuid NOT NULL REFERENCES documents (id),
    number       bigint NOT NULL,
    file_name    text NOT NULL,
    media_type   text NOT NULL,
    size         bigint NOT NULL,
    sha256       bytea NOT NULL,
    store_key    text NOT NULL UNIQUE,
    uploaded_by  uuid NOT NULL REFERENCES users (id),
    created_at   bigint NOT NULL,
    -- When its readers could first have it; NULL while internal.
    published_at bigint,
    UNIQUE (document_id, number)
);
CREATE INDEX document_versions_by_uploader ON document_versions (uploaded_by);

-- Who a published document is for. The subject is an organisation, a group, a person or a project; their
-- ids are unique across kinds. changed_at repeats the document's, so that a list is one range per subject.
CREATE TABLE document_audience (
    subject_id  uuid NOT NULL,
    changed_at  bigint NOT NULL,
    document_id uuid NOT NULL REFERENCES documents (id),
    PRIMARY KEY (subject_id, changed_at, document_id)
);
CREATE INDEX document_audience_by_document ON document_audience (document_id, subject_id);

-- Which version somebody has opened last: the "new" dot, and "read by" for staff.
CREATE TABLE document_reads (
    document_id uuid NOT NULL REFERENCES documents (id),
    user_id     uuid NOT NULL REFERENCES users (id),
    version     bigint NOT NULL,
    read_at     bigint NOT NULL,
    PRIMARY KEY (document_id, user_id)
);
CREATE INDEX document_reads_by_user ON document_reads (user_id);

-- Objects whose upload began and whose version row is not committed: what the sweeper may remove.
CREATE TABLE pending_uploads (
    store_key  text NOT NULL PRIMARY KEY,
    started_at bigint NOT NULL
);

CREATE TABLE sessions (
    -- SHA-256 of the id in the cookie; the id itself is stored nowhere.
    id_hash      bytea NOT NULL PRIMARY KEY,
    user_id      uuid REFERENCES users (id),
    data         text NOT NULL,
    created_at   bigint NOT NULL,
    last_seen_at bigint NOT NULL,
    ended_at     bigint
);
CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sessions_by_age ON sessions (last_seen_at);

CREATE TABLE api_tokens (
    id           uuid NOT NULL PRIMARY KEY,
    user_id      uuid NOT NULL REFERENCES users (id),
    name         text NOT NULL,
    token_hash   bytea NOT NULL UNIQUE,
    -- Space separated; empty means everything its owner may.
    scopes       text NOT NULL,
    created_at   bigint NOT NULL,
    last_used_at bigint,
    revoked_at   bigint
);
CREATE INDEX api_tokens_by_user ON api_tokens (user_id);

-- Failures per subject (a hash of address or account) in a window; survives a restart.
CREATE TABLE throttles (
    subject    bytea NOT NULL PRIMARY KEY,
    started_at bigint NOT NULL,
    failures   bigint NOT NULL
);

-- What a repeated POST made the first time. Written in the transaction of the act itself.
CREATE TABLE idempotency_keys (
    user_id     uuid NOT NULL REFERENCES users (id),
    key         text NOT NULL,
    fingerprint bytea NOT NULL,
    object_id   uuid NOT NULL,
    detail      bigint NOT NULL,
    created_at  bigint NOT NULL,
    PRIMARY KEY (user_id, key)
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);

CREATE TABLE audit_events (
    sequence        bigint NOT NULL PRIMARY KEY,
    id              uuid NOT NULL UNIQUE,
    at              bigint NOT NULL,
    actor_kind      text NOT NULL,
    actor_id        uuid,
    action          text NOT NULL,
    object_kind     text NOT NULL,
    object_id       uuid,
    organisation_id uuid,
    -- References and numbers only, never names or addresses.
    detail          text NOT NULL,
    request_id      text NOT NULL,
    hash            bytea NOT NULL
);
CREATE INDEX audit_events_by_object ON audit_events (object_id, sequence);
CREATE INDEX audit_events_by_organisation ON audit_events (organisation_id, sequence);

-- One row: the end of the chain. Taking it serialises writers, so that the chain has no forks.
CREATE TABLE audit_head (
    id       bigint NOT NULL PRIMARY KEY,
    sequence bigint NOT NULL,
    hash     bytea NOT NULL
);
INSERT INTO audit_head (id, sequence, hash) VALUES (1, 0, decode(repeat('00', 32), 'hex'));

-- Append-only, also for somebody with a SQL prompt who did not mean to.
CREATE FUNCTION audit_events_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'audit events are append-only'; END $$;
CREATE TRIGGER audit_events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_events
FOR EACH STATEMENT EXECUTE FUNCTION audit_events_append_only();
