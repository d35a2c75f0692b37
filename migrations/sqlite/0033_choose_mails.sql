-- When somebody wants their mails. Without a row: the portal's defaults (app/src/notifications/mail/cadence.rs).
CREATE TABLE notification_settings (
    user_id        BLOB NOT NULL PRIMARY KEY REFERENCES users (id),
    -- 0 to 23, by the person's clock.
    digest_hour    INTEGER NOT NULL,
    -- Monday is 1.
    digest_weekday INTEGER NOT NULL,
    -- Hours; both NULL where there are no quiet hours. They may run over midnight.
    quiet_from     INTEGER,
    quiet_to       INTEGER,
    weekends       INTEGER NOT NULL,
    last_mail_at   INTEGER,
    revision       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What somebody chose for a kind; NULL: what their organisation or the portal says.
CREATE TABLE notification_preferences (
    user_id BLOB NOT NULL REFERENCES users (id),
    kind    TEXT NOT NULL,
    -- at_once, daily, weekly or off.
    mail    TEXT,
    push    INTEGER,
    PRIMARY KEY (user_id, kind)
) STRICT, WITHOUT ROWID;

-- What the administrators of a customer chose for whoever of theirs has not chosen.
CREATE TABLE notification_defaults (
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    kind            TEXT NOT NULL,
    mail            TEXT NOT NULL,
    PRIMARY KEY (organisation_id, kind)
) STRICT, WITHOUT ROWID;

-- Customers of whom a member of staff wants no mails.
CREATE TABLE notification_mutes (
    user_id         BLOB NOT NULL REFERENCES users (id),
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    PRIMARY KEY (user_id, organisation_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX notification_mutes_by_organisation ON notification_mutes (organisation_id);

-- That mails to somebody's address come back. It holds for this address only, until the person says that it works.
CREATE TABLE mail_problems (
    user_id     BLOB NOT NULL PRIMARY KEY REFERENCES users (id),
    address_key TEXT NOT NULL,
    -- refused, bounced or complained.
    problem     TEXT NOT NULL,
    -- The code the server gave; never its words, which often quote the address.
    code        TEXT NOT NULL,
    at          INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What waits to be mailed to one person.
CREATE INDEX notifications_waiting ON notifications (user_id, mail_due_at) WHERE mail_due_at IS NOT NULL;
