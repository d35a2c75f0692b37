-- What each person may see in an organisation, who is invited to it, and the links that mails carry.

-- none, own or organisation, by module.
ALTER TABLE memberships ADD COLUMN documents TEXT NOT NULL DEFAULT 'organisation';
ALTER TABLE memberships ADD COLUMN orders TEXT NOT NULL DEFAULT 'organisation';
ALTER TABLE memberships ADD COLUMN money TEXT NOT NULL DEFAULT 'organisation';
ALTER TABLE memberships ADD COLUMN tickets TEXT NOT NULL DEFAULT 'organisation';
-- Raised by every change; the second of two writers finds another number and is told.
ALTER TABLE memberships ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
-- A partner sees what they were let into, no more.
UPDATE memberships SET documents = 'own', orders = 'own', money = 'none', tickets = 'own' WHERE role = 'partner';

-- Repeats the module of the document's topic, as category does: whose rights differ between modules walks each alone.
ALTER TABLE document_audience ADD COLUMN module TEXT NOT NULL DEFAULT '';
UPDATE document_audience SET module = (SELECT CASE WHEN d.topic = 'general' THEN 'documents' ELSE 'money' END FROM documents d WHERE d.id = document_audience.document_id);
CREATE INDEX document_audience_by_module ON document_audience (subject_id, module, changed_at, document_id);

-- The most that anybody of the organisation can be given, as staff decide.
ALTER TABLE organisations ADD COLUMN limit_documents TEXT NOT NULL DEFAULT 'organisation';
ALTER TABLE organisations ADD COLUMN limit_orders TEXT NOT NULL DEFAULT 'organisation';
ALTER TABLE organisations ADD COLUMN limit_money TEXT NOT NULL DEFAULT 'organisation';
ALTER TABLE organisations ADD COLUMN limit_tickets TEXT NOT NULL DEFAULT 'organisation';
-- People may have a sign-in link mailed instead of typing a password.
ALTER TABLE organisations ADD COLUMN magic_links INTEGER NOT NULL DEFAULT 0;

CREATE TABLE invitations (
    id              BLOB NOT NULL PRIMARY KEY,
    -- NULL for staff.
    organisation_id BLOB REFERENCES organisations (id),
    staff_role      TEXT,
    email           TEXT NOT NULL,
    email_key       TEXT NOT NULL,
    name            TEXT NOT NULL,
    role            TEXT,
    documents       TEXT NOT NULL,
    orders          TEXT NOT NULL,
    money           TEXT NOT NULL,
    tickets         TEXT NOT NULL,
    message         TEXT NOT NULL,
    locale          TEXT NOT NULL,
    -- open, accepted or withdrawn; an open one past expires_at has expired.
    state           TEXT NOT NULL,
    link_id         BLOB NOT NULL,
    invited_by      BLOB REFERENCES users (id),
    created_at      INTEGER NOT NULL,
    sent_at         INTEGER NOT NULL,
    expires_at      INTEGER NOT NULL,
    ended_at        INTEGER,
    accepted_by     BLOB REFERENCES users (id)
) STRICT;
CREATE INDEX invitations_by_organisation ON invitations (organisation_id, id);
CREATE INDEX invitations_by_link ON invitations (link_id);
CREATE INDEX invitations_by_inviter ON invitations (invited_by);
CREATE INDEX invitations_by_person ON invitations (accepted_by);
-- One open invitation for an address and an organisation.
CREATE UNIQUE INDEX invitations_open ON invitations (organisation_id, email_key) WHERE state = 'open' AND organisation_id IS NOT NULL;
CREATE UNIQUE INDEX invitations_open_staff ON invitations (email_key) WHERE state = 'open' AND organisation_id IS NULL;

-- Projects an invited partner will be put on.
CREATE TABLE invitation_projects (
    invitation_id BLOB NOT NULL REFERENCES invitations (id),
    project_id    BLOB NOT NULL REFERENCES projects (id),
    PRIMARY KEY (invitation_id, project_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX invitation_projects_by_project ON invitation_projects (project_id);

-- What a mailed link stands for: bound to a purpose and an address, used once.
CREATE TABLE links (
    id         BLOB NOT NULL PRIMARY KEY,
    purpose    TEXT NOT NULL,
    user_id    BLOB REFERENCES users (id),
    -- The address it was mailed to.
    email      TEXT NOT NULL,
    -- What the purpose needs beside it, such as the new address of an e-mail change.
    detail     TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    ended_at   INTEGER
) STRICT;
CREATE INDEX links_by_user ON links (user_id, purpose);
CREATE INDEX links_by_age ON links (expires_at);

-- Hashes of the secrets in mails: made when a mail is sent, so that no table and no job ever holds one in clear. A mail
-- sent twice has two, and either works.
CREATE TABLE link_secrets (
    hash       BLOB NOT NULL PRIMARY KEY,
    link_id    BLOB NOT NULL REFERENCES links (id),
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX link_secrets_by_link ON link_secrets (link_id);

-- A change of address that waits for both addresses to agree.
CREATE TABLE email_changes (
    user_id      BLOB NOT NULL PRIMARY KEY REFERENCES users (id),
    email        TEXT NOT NULL,
    -- The new address says it is the person's own; the old one agrees.
    confirm_link BLOB NOT NULL REFERENCES links (id),
    agree_link   BLOB NOT NULL REFERENCES links (id),
    confirmed_at INTEGER,
    agreed_at    INTEGER,
    expires_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX email_changes_by_confirm_link ON email_changes (confirm_link);
CREATE INDEX email_changes_by_agree_link ON email_changes (agree_link);
