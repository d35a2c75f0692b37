-- Who is asked to agree to a version of a document, and what they say.

CREATE TABLE approvals (
    id              BLOB NOT NULL PRIMARY KEY,
    document_id     BLOB NOT NULL REFERENCES documents (id),
    -- Repeats the document's, for lists over all customers.
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    version         INTEGER NOT NULL,
    -- Of that version's bytes: what is agreed to.
    sha256          BLOB NOT NULL,
    -- How many of those asked must approve.
    needed          INTEGER NOT NULL,
    asked           INTEGER NOT NULL,
    message         TEXT NOT NULL,
    due_at          INTEGER NOT NULL,
    -- open, approved, declined, withdrawn or outdated.
    state           TEXT NOT NULL,
    asked_by        BLOB NOT NULL REFERENCES users (id),
    asked_at        INTEGER NOT NULL,
    ended_at        INTEGER,
    -- Raised by whoever takes it for a change.
    revision        INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX approvals_by_document ON approvals (document_id, id);
CREATE INDEX approvals_by_organisation ON approvals (organisation_id, state, due_at, id);
CREATE INDEX approvals_by_asker ON approvals (asked_by);
-- One question at a time about a document.
CREATE UNIQUE INDEX approvals_open ON approvals (document_id) WHERE state = 'open';
CREATE INDEX approvals_open_by_due ON approvals (due_at, id) WHERE state = 'open';
CREATE INDEX approvals_over ON approvals (id) WHERE state <> 'open';

CREATE TABLE approval_seats (
    approval_id BLOB NOT NULL REFERENCES approvals (id),
    user_id     BLOB NOT NULL REFERENCES users (id),
    -- waiting, approved, declined or spared; once the approval is over, nobody waits.
    decision    TEXT NOT NULL,
    -- Repeats the approval's: what waits for somebody is a range in its order.
    due_at      INTEGER NOT NULL,
    decided_at  INTEGER,
    comment     TEXT NOT NULL,
    reminded_at INTEGER,
    PRIMARY KEY (approval_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX approval_seats_by_person ON approval_seats (user_id, decision, due_at, approval_id);
CREATE INDEX approval_seats_waiting ON approval_seats (due_at, approval_id) WHERE decision = 'waiting';
