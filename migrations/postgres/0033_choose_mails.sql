-- When somebody wants their mails. Without a row: the portal's defaults (app/src/notifications/mail/cadence.rs).
CREATE TABLE notification_settings (
    user_id        uuid NOT NULL PRIMARY KEY REFERENCES users (id),
    -- 0 to 23, by the person's clock.
    digest_hour    bigint NOT NULL,
    -- Monday is 1.
    digest_weekday bigint NOT NULL,
    -- Hours; both NULL where there are no quiet hours. They may run over midnight.
    quiet_from     bigint,
    quiet_to       bigint,
    weekends       boolean NOT NULL,
    last_mail_at   bigint,
    revision       bigint NOT NULL
);

-- What somebody chose for a kind; NULL: what their organisation or the portal says.
CREATE TABLE notification_preferences (
    user_id uuid NOT NULL REFERENCES users (id),
    kind    text NOT NULL,
    -- at_once, daily, weekly or off.
    mail    text,
    push    boolean,
    PRIMARY KEY (user_id, kind)
);

-- What the administrators of a customer chose for whoever of theirs has not chosen.
CREATE TABLE notification_defaults (
    organisation_id uuid NOT NULL REFERENCES organisations (id),
    kind            text NOT NULL,
    mail            text NOT NULL,
    PRIMARY KEY (organisation_id, kind)
);

-- Customers of whom a member of staff wants no mails.
CREATE TABLE notification_mutes (
    user_id         uuid NOT NULL REFERENCES users (id),
    organisation_id uuid NOT NULL REFERENCES organisations (id),
    PRIMARY KEY (user_id, organisation_id)
);
CREATE INDEX notification_mutes_by_organisation ON notification_mutes (organisation_id);

-- That mails to somebody's address come back. It holds for this address only, until the person says that it works.
CREATE TABLE mail_problems (
    user_id     uuid NOT NULL PRIMARY KEY REFERENCES users (id),
    address_key text NOT NULL,
    -- refused, bounced or complained.
    problem     text NOT NULL,
    -- The code the server gave; never its words, which often quote the address.
    code        text NOT NULL,
    at          bigint NOT NULL
);

-- What waits to be mailed to one person.
CREATE INDEX notifications_waiting ON notifications (user_id, mail_due_at) WHERE mail_due_at IS NOT NULL;
