-- What is known of a customer, who changed it, whom the operator knows there; staff who look as somebody else; who
-- verified the trail.

-- Master data; an empty text where nothing is known.
ALTER TABLE organisations ADD COLUMN street TEXT NOT NULL DEFAULT '';
ALTER TABLE organisations ADD COLUMN postcode TEXT NOT NULL DEFAULT '';
ALTER TABLE organisations ADD COLUMN city TEXT NOT NULL DEFAULT '';
-- ISO 3166-1 alpha-2.
ALTER TABLE organisations ADD COLUMN country TEXT NOT NULL DEFAULT '';
ALTER TABLE organisations ADD COLUMN phone TEXT NOT NULL DEFAULT '';
ALTER TABLE organisations ADD COLUMN website TEXT NOT NULL DEFAULT '';
ALTER TABLE organisations ADD COLUMN vat_id TEXT NOT NULL DEFAULT '';
-- The language of mails to people who have chosen none; empty for the portal's.
ALTER TABLE organisations ADD COLUMN language TEXT NOT NULL DEFAULT '';
-- The fields that its own administrators may change, space separated; NULL: as the setting says.
ALTER TABLE organisations ADD COLUMN released TEXT;
-- Raised by every change; the second of two writers finds another number and is told.
ALTER TABLE organisations ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
ALTER TABLE organisations ADD COLUMN archived_at INTEGER;
-- Put to sleep with its organisation; wakes with it.
ALTER TABLE memberships ADD COLUMN archived INTEGER NOT NULL DEFAULT 0;
DROP INDEX organisations_by_name;
CREATE INDEX organisations_by_name ON organisations (state, name, id);

-- The words a customer is found by: lower case, of its name, number and city. Compared byte by byte.
CREATE TABLE organisation_terms (
    term            TEXT NOT NULL,
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    PRIMARY KEY (term, organisation_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX organisation_terms_by_organisation ON organisation_terms (organisation_id);
INSERT INTO organisation_terms (term, organisation_id)
    WITH RECURSIVE words (id, word, rest) AS (
        SELECT id, '', replace(replace(lower(name || ' ' || number), '-', ' '), '.', ' ') || ' ' FROM organisations
        UNION ALL
        SELECT id, substr(rest, 1, instr(rest, ' ') - 1), substr(rest, instr(rest, ' ') + 1) FROM words WHERE rest <> '')
    SELECT DISTINCT word, id FROM words WHERE word <> '';

-- Every change of master data.
CREATE TABLE organisation_changes (
    id              BLOB NOT NULL PRIMARY KEY,
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    -- NULL: the operator at the machine.
    user_id         BLOB REFERENCES users (id),
    at              INTEGER NOT NULL,
    field           TEXT NOT NULL,
    before          TEXT NOT NULL,
    after           TEXT NOT NULL
) STRICT;
CREATE INDEX organisation_changes_by_organisation ON organisation_changes (organisation_id, id);
CREATE INDEX organisation_changes_by_user ON organisation_changes (user_id);

-- People the operator knows there, who have no login.
CREATE TABLE organisation_contacts (
    id              BLOB NOT NULL PRIMARY KEY,
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    name            TEXT NOT NULL,
    email           TEXT NOT NULL,
    email_key       TEXT NOT NULL,
    phone           TEXT NOT NULL,
    position        TEXT NOT NULL,
    created_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX organisation_contacts_by_organisation ON organisation_contacts (organisation_id, name, id);

-- Staff who looked at the portal as somebody of a customer, and why. The reason may be personal, so it stands here and
-- not in the trail.
CREATE TABLE view_as_sessions (
    id              BLOB NOT NULL PRIMARY KEY,
    staff_id        BLOB NOT NULL REFERENCES users (id),
    user_id         BLOB NOT NULL REFERENCES users (id),
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    reason          TEXT NOT NULL,
    started_at      INTEGER NOT NULL,
    expires_at      INTEGER NOT NULL,
    ended_at        INTEGER
) STRICT;
CREATE INDEX view_as_sessions_by_staff ON view_as_sessions (staff_id);
CREATE INDEX view_as_sessions_by_user ON view_as_sessions (user_id);
CREATE INDEX view_as_sessions_by_organisation ON view_as_sessions (organisation_id, id);

-- Each time somebody had the trail verified, and what was found.
CREATE TABLE audit_verifications (
    id         BLOB NOT NULL PRIMARY KEY,
    -- NULL: the operator at the machine.
    user_id    BLOB REFERENCES users (id),
    at         INTEGER NOT NULL,
    -- The last event that was looked at; the first that does not hold, where one was found.
    sequence   INTEGER NOT NULL,
    -- Empty: every link holds.
    problem    TEXT NOT NULL
) STRICT;
CREATE INDEX audit_verifications_by_user ON audit_verifications (user_id);

CREATE INDEX audit_events_by_action ON audit_events (action, sequence);
CREATE INDEX audit_events_by_time ON audit_events (at, sequence);
