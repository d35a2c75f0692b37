-- What waits for somebody, put off by themselves; and how a member of staff is reached.

CREATE TABLE inbox_snoozes (
    user_id       BLOB NOT NULL REFERENCES users (id),
    -- What kind of thing, and which: of one of many tables.
    kind          TEXT NOT NULL,
    object_id     BLOB NOT NULL,
    -- It comes back by itself then; the last instant there is: they have done it elsewhere.
    snoozed_until INTEGER NOT NULL,
    -- What has changed since comes back at once.
    created_at    INTEGER NOT NULL,
    PRIMARY KEY (user_id, kind, object_id)
) STRICT, WITHOUT ROWID;

-- What somebody made and is to renew.
CREATE INDEX documents_by_creator_renewal ON documents (created_by, renew_from) WHERE renew_from IS NOT NULL;

-- What staff look for over all customers, the oldest first.
CREATE INDEX approvals_declined ON approvals (ended_at, id) WHERE state = 'declined';
CREATE INDEX orders_open_by_next ON orders (next_on, id) WHERE closed = FALSE AND next_on IS NOT NULL;
CREATE INDEX orders_open_by_organisation_next ON orders (organisation_id, next_on, id) WHERE closed = FALSE AND next_on IS NOT NULL;
CREATE INDEX users_never_signed_in ON users (created_at, id) WHERE last_sign_in_at IS NULL;
CREATE INDEX invitations_waiting ON invitations (created_at, id) WHERE state = 'open' AND organisation_id IS NOT NULL;

-- The words somebody is found by: lower case, of their name and address. Compared byte by byte.
CREATE TABLE person_terms (
    term    TEXT NOT NULL,
    user_id BLOB NOT NULL REFERENCES users (id),
    PRIMARY KEY (term, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_terms_by_person ON person_terms (user_id);
INSERT INTO person_terms (term, user_id)
    WITH RECURSIVE words (id, word, rest) AS (
        SELECT id, '', replace(replace(replace(lower(name || ' ' || email), '-', ' '), '.', ' '), '@', ' ') || ' ' FROM users
        UNION ALL
        SELECT id, substr(rest, 1, instr(rest, ' ') - 1), substr(rest, instr(rest, ' ') + 1) FROM words WHERE rest <> '')
    SELECT DISTINCT word, id FROM words WHERE word <> '';

-- What customers read of their contact; empty where nothing is said.
ALTER TABLE users ADD COLUMN phone TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN hours TEXT NOT NULL DEFAULT '';
