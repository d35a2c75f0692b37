-- Work that waits: mails and housekeeping, enqueued in the transaction of the act that wants them done.

CREATE TABLE jobs (
    id            uuid NOT NULL PRIMARY KEY,
    kind          text NOT NULL,
    -- What of the kind, for people who look: the template of a mail.
    topic         text NOT NULL,
    -- JSON; emptied when the work is done, because it may name people.
    payload       text NOT NULL,
    -- waiting, running, done or dead.
    state         text NOT NULL,
    -- Waiting: not before this. Running: when the lease ends and another worker takes it.
    due_at        bigint NOT NULL,
    -- Raised by every claim and never lowered, so that it tells one run from another.
    attempts      bigint NOT NULL,
    max_attempts  bigint NOT NULL,
    worker        text,
    -- At most one unfinished job has it.
    dedupe        text,
    -- Why it failed last: a code, never an address or a name.
    last_error    text,
    -- Whose act it was, and through which token: the work is done with the rights they have by then.
    originator_id uuid REFERENCES users (id),
    token_id      uuid,
    scope         text NOT NULL,
    created_at    bigint NOT NULL,
    started_at    bigint,
    finished_at   bigint
);
CREATE INDEX jobs_due ON jobs (due_at, id) WHERE state IN ('waiting', 'running');
CREATE UNIQUE INDEX jobs_dedupe ON jobs (dedupe) WHERE state IN ('waiting', 'running');
CREATE INDEX jobs_by_state ON jobs (state, id);
CREATE INDEX jobs_by_originator ON jobs (originator_id);
CREATE INDEX jobs_by_end ON jobs (finished_at);

-- What is done again and again. Whoever moves next_at on enqueues the job, so that one node does.
CREATE TABLE job_schedules (
    name    text NOT NULL PRIMARY KEY,
    next_at bigint NOT NULL,
    last_at bigint
);
