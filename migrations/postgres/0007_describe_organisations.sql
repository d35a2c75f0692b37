-- What is known of a customer, who changed it, whom the operator knows there; staff who look as somebody else; who
-- verified the trail.

-- Master data; an empty text where nothing is known.
ALTER TABLE organisations ADD COLUMN street text NOT NULL DEFAULT '';
ALTER TABLE organisations ADD COLUMN postcode text NOT NULL DEFAULT '';
ALTER TABLE organisations ADD COLUMN city text NOT NULL DEFAULT '';
-- ISO 3166-1 alpha-2.
ALTER TABLE organisations ADD COLUMN country text NOT NULL DEFAULT '';
ALTER TABLE organisations ADD COLUMN phone text NOT NULL DEFAULT '';
ALTER TABLE organisations ADD COLUMN website text NOT NULL DEFAULT '';
ALTER TABLE organisations ADD COLUMN vat_id text NOT NULL DEFAULT '';
-- The language of mails to people who have chosen none; empty for the portal's.
ALTER TABLE organisations ADD COLUMN language text NOT NULL DEFAULT '';
-- The fields that its own administrators may change, space separated; NULL: as the setting says.
ALTER TABLE organisations ADD COLUMN released text;
-- Raised by every change; the second of two writers finds another number and is told.
ALTER TABLE organisations ADD COLUMN revision bigint NOT NULL DEFAULT 1;
ALTER TABLE organisations ADD COLUMN archived_at bigint;
-- Put to sleep with its organisation; wakes with it.
ALTER TABLE memberships ADD COLUMN archived boolean NOT NULL DEFAULT false;
DROP INDEX organisations_by_name;
CREATE INDEX organisations_by_name ON organisations (state, name, id);

-- The words a customer is found by: lower case, of its name, number and city. Compared byte by byte.
CREATE TABLE organisation_terms (
    term            text COLLATE "C" NOT NULL,
    organisation_id uuid NOT NULL REFERENCES organisations (id),
    PRIMARY KEY (term, organisation_id)
);
CREATE INDEX organisation_terms_by_organisation ON organisation_terms (organisation_id);
INSERT INTO organisation_terms (term, organisation_id)
    SELECT DISTINCT t.word, o.id FROM organisations o, regexp_split_to_table(lower(o.name || ' ' || o.number), '[-. ]+') AS t (word) WHERE t.word <> '';

-- Every change of master data.
CREATE TABLE organisation_changes (
    id              uuid NOT NULL PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations (id),
    -- NULL: the operator at the machine.
    user_id         uuid REFERENCES users (id),
    at              bigint NOT NULL,
    field           text NOT NULL,
    before          text NOT NULL,
    after           text NOT NULL
);
CREATE INDEX organisation_changes_by_organisation ON organisation_changes (organisation_id, id);
CREATE INDEX organisation_changes_by_user ON organisation_changes (user_id);

-- People the operator knows there, who have no login.
CREATE TABLE organisation_contacts (
    id              uuid NOT NULL PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations (id),
    name            text NOT NULL,
    email           text NOT NULL,
    email_key       text NOT NULL,
    phone           text NOT NULL,
    position        text NOT NULL,
    created_at      bigint NOT NULL
);
CREATE INDEX organisation_contacts_by_organisation ON organisation_contacts (organisation_id, name, id);

-- Staff who looked at the portal as somebody of a customer, and why. The reason may be personal, so it stands here and
-- not in the trail.
CREATE TABLE view_as_sessions (
    id              uuid NOT NULL PRIMARY KEY,
    staff_id        uuid NOT NULL REFERENCES users (id),
    user_id         uuid NOT NULL REFERENCES users (id),
    organisation_id uuid NOT NULL REFERENCES organisations (id),
    reason          text NOT NULL,
    started_at      bigint NOT NULL,
    expires_at      bigint NOT NULL,
    ended_at        bigint
);
CREATE INDEX view_as_sessions_by_staff ON view_as_sessions (staff_id);
CREATE INDEX view_as_sessions_by_user ON view_as_sessions (user_id);
CREATE INDEX view_as_sessions_by_organisation ON view_as_sessions (organisation_id, id);

-- Each time somebody had the trail verified, and what was found.
CREATE TABLE audit_verifications (
    id         uuid NOT NULL PRIMARY KEY,
    -- NULL: the operator at the machine.
    user_id    uuid REFERENCES users (id),
    at         bigint NOT NULL,
    -- The last event that was looked at; the first that does not hold, where one was found.
    sequence   bigint NOT NULL,
    -- Empty: every link holds.
    problem    text NOT NULL
);
CREATE INDEX audit_verifications_by_user ON audit_verifications (user_id);

CREATE INDEX audit_events_by_action ON audit_events (action, sequence);
CREATE INDEX audit_events_by_time ON audit_events (at, sequence);
