-- Approvals in steps, by role and handed on to a colleague; and what proves a decision years later.

CREATE TABLE approval_steps (
    approval_id uuid NOT NULL REFERENCES approvals (id),
    -- From 1; whoever stands in the next is asked when this one is approved.
    number      bigint NOT NULL,
    -- How many of those asked in it must approve.
    needed      bigint NOT NULL,
    -- Everybody with this role is asked: admin, member or partner. NULL: people by name.
    role        text,
    PRIMARY KEY (approval_id, number)
);
INSERT INTO approval_steps (approval_id, number, needed, role) SELECT id, 1, needed, NULL FROM approvals;

-- The step whose people are asked now.
ALTER TABLE approvals ADD COLUMN step bigint NOT NULL DEFAULT 1;

-- decision may also be: later (their step has not come) and delegated (handed on to somebody else).
ALTER TABLE approval_seats ADD COLUMN step bigint NOT NULL DEFAULT 1;
-- Who handed it on to them.
ALTER TABLE approval_seats ADD COLUMN delegated_by uuid REFERENCES users (id);
-- Canonical JSON (RFC 8785) of who decided what, when, from where, how they had signed in and what they were shown.
ALTER TABLE approval_seats ADD COLUMN evidence text;
-- The decision's place in the trail, whose event holds the SHA-256 of the evidence.
ALTER TABLE approval_seats ADD COLUMN event_sequence bigint;
CREATE INDEX approval_seats_by_delegator ON approval_seats (delegated_by) WHERE delegated_by IS NOT NULL;

-- Ed25519 keys (RFC 8032) that certificates are signed with; the secret half is sealed with the installation's key.
CREATE TABLE signing_keys (
    id         uuid NOT NULL PRIMARY KEY,
    public_key bytea NOT NULL UNIQUE,
    secret     bytea NOT NULL,
    created_at bigint NOT NULL
);
