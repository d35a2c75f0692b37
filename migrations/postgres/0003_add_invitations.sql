-- What each person may see in an organisation, who is invited to it, and the links that mails carry.

-- none, own or organisation, by module.
ALTER TABLE memberships ADD COLUMN documents text NOT NULL DEFAULT 'organisation';
ALTER TABLE memberships ADD COLUMN orders text NOT NULL DEFAULT 'organisation';
ALTER TABLE memberships ADD COLUMN money text NOT NULL DEFAULT 'organisation';
ALTER TABLE memberships ADD COLUMN tickets text NOT NULL DEFAULT 'organisation';
-- Raised by every change; the second of two writers finds another number and is told.
ALTER TABLE memberships ADD COLUMN revision bigint NOT NULL DEFAULT 1;
-- A partner sees what they were let into, no more.
UPDATE memberships SET documents = 'own', orders = 'own', money = 'none', tickets = 'own' WHERE role = 'partner';

-- Repeats the module of the document's topic, as category does: whose rights differ between modules walks each alone.
ALTER TABLE document_audience ADD COLUMN module text NOT NULL DEFAULT '';
UPDATE document_audience SET module = (SELECT CASE WHEN d.topic = 'general' THEN 'documents' ELSE 'money' END FROM documents d WHERE d.id = document_audience.document_id);
ALTER TABLE document_audience ALTER COLUMN module DROP DEFAULT;
CREATE INDEX document_audience_by_module ON document_audience (subject_id, module, changed_at, document_id);

-- The most that anybody of the organisation can be given, as staff decide.
ALTER TABLE organisations ADD COLUMN limit_documents text NOT NULL DEFAULT 'organisation';
ALTER TABLE organisations ADD COLUMN limit_orders text NOT NULL DEFAULT 'organisation';
ALTER TABLE organisations ADD COLUMN limit_money text NOT NULL DEFAULT 'organisation';
ALTER TABLE organisations ADD COLUMN limit_tickets text NOT NULL DEFAULT 'organisation';
-- People may have a sign-in link mailed instead of typing a password.
ALTER TABLE organisations ADD COLUMN magic_links boolean NOT NULL DEFAULT false;

CREATE TABLE invitations (
    id              uuid NOT NULL PRIMARY KEY,
    -- NULL for staff.
    organisation_id uuid REFERENCES organisations (id),
    staff_role      text,
    email           text NOT NULL,
    email_key       text NOT NULL,
    name            text NOT NULL,
    role            text,
    documents       text NOT NULL,
    orders          text NOT NULL,
    money           text NOT NULL,
    tickets         text NOT NULL,
    message         text NOT NULL,
    locale          text NOT NULL,
    -- open, accepted or withdrawn; an open one past expires_at has expired.
    state           text NOT NULL,
    link_id         uuid NOT NULL,
    invited_by      uuid REFERENCES users (id),
    created_at      bigint NOT NULL,
    sent_at         bigint NOT NULL,
    expires_at      bigint NOT NULL,
    ended_at        bigint,
    accepted_by     uuid REFERENCES users (id)
);
CREATE INDEX invitations_by_organisation ON invitations (organisation_id, id);
CREATE INDEX invitations_by_link ON invitations (link_id);
CREATE INDEX invitations_by_inviter ON invitations (invited_by);
CREATE INDEX invitations_by_person ON invitations (accepted_by);
-- One open invitation for an address and an organisation.
CREATE UNIQUE INDEX invitations_open ON invitations (organisation_id, email_key) WHERE state = 'open' AND organisation_id IS NOT NULL;
CREATE UNIQUE INDEX invitations_open_staff ON invitations (email_key) WHERE state = 'open' AND organisation_id IS NULL;

-- Projects an invited partner will be put on.
CREATE TABLE invitation_projects (
    invitation_id uuid NOT NULL REFERENCES invitations (id),
    project_id    uuid NOT NULL REFERENCES projects (id),
    PRIMARY KEY (invitation_id, project_id)
);
CREATE INDEX invitation_projects_by_project ON invitation_projects (project_id);

-- What a mailed link stands for: bound to a purpose and an address, used once.
CREATE TABLE links (
    id         uuid NOT NULL PRIMARY KEY,
    purpose    text NOT NULL,
    user_id    uuid REFERENCES users (id),
    -- The address it was mailed to.
    email      text NOT NULL,
    -- What the purpose needs beside it, such as the new address of an e-mail change.
    detail     text NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    ended_at   bigint
);
CREATE INDEX links_by_user ON links (user_id, purpose);
CREATE INDEX links_by_age ON links (expires_at);

-- Hashes of the secrets in mails: made when a mail is sent, so that no table and no job ever holds one in clear. A mail
-- sent twice has two, and either works.
CREATE TABLE link_secrets (
    hash       bytea NOT NULL PRIMARY KEY,
    link_id    uuid NOT NULL REFERENCES links (id),
    created_at bigint NOT NULL
);
CREATE INDEX link_secrets_by_link ON link_secrets (link_id);

-- A change of address that waits for both addresses to agree.
CREATE TABLE email_changes (
    user_id      uuid NOT NULL PRIMARY KEY REFERENCES users (id),
    email        text NOT NULL,
    -- The new address says it is the person's own; the old one agrees.
    confirm_link uuid NOT NULL REFERENCES links (id),
    agree_link   uuid NOT NULL REFERENCES links (id),
    confirmed_at bigint,
    agreed_at    bigint,
    expires_at   bigint NOT NULL
);
CREATE INDEX email_changes_by_confirm_link ON email_changes (confirm_link);
CREATE INDEX email_changes_by_agree_link ON email_changes (agree_link);
