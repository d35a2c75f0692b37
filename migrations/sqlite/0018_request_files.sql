-- What customers are asked to send.
CREATE TABLE document_requests (
    id              BLOB NOT NULL PRIMARY KEY,
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    title           TEXT NOT NULL,
    text            TEXT NOT NULL,
    -- Of the document it becomes.
    category        TEXT NOT NULL,
    topic           TEXT NOT NULL,
    -- A day ('2026-11-22'): the last one in time.
    due_on          TEXT NOT NULL,
    asked_by        BLOB NOT NULL REFERENCES users (id),
    asked_at        INTEGER NOT NULL,
    -- open, sent, fix, accepted or withdrawn.
    state           TEXT NOT NULL,
    -- What is to be put right.
    note            TEXT NOT NULL,
    document_id     BLOB REFERENCES documents (id),
    answered_by     BLOB REFERENCES users (id),
    answered_at     INTEGER,
    reminded_at     INTEGER,
    revision        INTEGER NOT NULL
) STRICT;
CREATE INDEX document_requests_by_state ON document_requests (state, due_on, id);
CREATE INDEX document_requests_by_organisation ON document_requests (organisation_id, state, due_on, id);
CREATE INDEX document_requests_by_asker ON document_requests (asked_by);
CREATE INDEX document_requests_by_document ON document_requests (document_id) WHERE document_id IS NOT NULL;
CREATE INDEX document_requests_by_answerer ON document_requests (answered_by) WHERE answered_by IS NOT NULL;

-- Who is asked; one of them answers.
CREATE TABLE document_request_people (
    request_id BLOB NOT NULL REFERENCES document_requests (id),
    user_id    BLOB NOT NULL REFERENCES users (id),
    PRIMARY KEY (request_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX document_request_people_by_user ON document_request_people (user_id, request_id);
