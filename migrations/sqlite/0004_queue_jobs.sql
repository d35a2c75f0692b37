-- Work that waits: mails and housekeeping, enqueued in the transaction of the act that wants them done.

CREATE TABLE jobs (
    id            BLOB NOT NULL PRIMARY KEY,
    kind          TEXT NOT NULL,
    -- What of the kind, for people who look: the template of a mail.
    topic         TEXT NOT NULL,
    -- JSON; emptied when the work is done, because it may name people.
    payload       TEXT NOT NULL,
    -- waiting, running, done or dead.
    state         TEXT NOT NULL,
    -- Waiting: not before this. Running: when the lease ends and another worker takes it.
    due_at        INTEGER NOT NULL,
    -- Raised by every claim and never lowered, so that it tells one run from another.
    attempts      INTEGER NOT NULL,
    max_attempts  INTEGER NOT NULL,
    worker        TEXT,
    -- At most one unfinished job has it.
    dedupe        TEXT,
    -- Why it failed last: a code, never an address or a name.
    last_error    TEXT,
    -- Whose act it was, and through which token: the work is done with the rights they have by then.
    originator_id BLOB REFERENCES users (id),
    token_id      BLOB,
    scope         TEXT NOT NULL,
    created_at    INTEGER NOT NULL,
    started_at    INTEGER,
    finished_at   INTEGER
) STRICT;
CREATE INDEX jobs_due ON jobs (due_at, id) WHERE state IN ('waiting', 'running');
CREATE UNIQUE INDEX jobs_dedupe ON jobs (dedupe) WHERE state IN ('waiting', 'running');
CREATE INDEX jobs_by_state ON jobs (state, id);
CREATE INDEX jobs_by_originator ON jobs (originator_id);
CREATE INDEX jobs_by_end ON jobs (finished_at);

-- What is done again and again. Whoever moves next_at on enqueues the job, so that one node does.
CREATE TABLE job_schedules (
    name    TEXT NOT NULL PRIMARY KEY,
    next_at INTEGER NOT NULL,
    last_at INTEGER
) STRICT;
