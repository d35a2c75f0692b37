-- What customers are asked to send.
CREATE TABLE document_requests (
    id              uuid NOT NULL PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations (id),
    title           text NOT NULL,
    text            text NOT NULL,
    -- Of the document it becomes.
    category        text NOT NULL,
    topic           text NOT NULL,
    -- A day ('2026-11-22'): the last one in time.
    due_on          text NOT NULL,
    asked_by        uuid NOT NULL REFERENCES users (id),
    asked_at        bigint NOT NULL,
    -- open, sent, fix, accepted or withdrawn.
    state           text NOT NULL,
    -- What is to be put right.
    note            text NOT NULL,
    document_id     uuid REFERENCES documents (id),
    answered_by     uuid REFERENCES users (id),
    answered_at     bigint,
    reminded_at     bigint,
    revision        bigint NOT NULL
);
CREATE INDEX document_requests_by_state ON document_requests (state, due_on, id);
CREATE INDEX document_requests_by_organisation ON document_requests (organisation_id, state, due_on, id);
CREATE INDEX document_requests_by_asker ON document_requests (asked_by);
CREATE INDEX document_requests_by_document ON document_requests (document_id) WHERE document_id IS NOT NULL;
CREATE INDEX document_requests_by_answerer ON document_requests (answered_by) WHERE answered_by IS NOT NULL;

-- Who is asked; one of them answers.
CREATE TABLE document_request_people (
    request_id uuid NOT NULL REFERENCES document_requests (id),
    user_id    uuid NOT NULL REFERENCES users (id),
    PRIMARY KEY (request_id, user_id)
);
CREATE INDEX document_request_people_by_user ON document_request_people (user_id, request_id);
