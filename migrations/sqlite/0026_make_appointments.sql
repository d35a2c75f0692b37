-- When somebody of the house and somebody of a customer meet, or a team comes.
CREATE TABLE appointments (
    id              BLOB NOT NULL PRIMARY KEY,
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    order_id        BLOB REFERENCES orders (id),
    project_id      BLOB REFERENCES projects (id),
    title           TEXT NOT NULL,
    -- What it is for, in words of the customer.
    purpose         TEXT NOT NULL,
    place           TEXT NOT NULL,
    -- Where it happens online: https, or empty.
    link            TEXT NOT NULL,
    -- For the customer, and for the house alone.
    notes           TEXT NOT NULL,
    internal_note   TEXT NOT NULL,
    -- Whom the customer calls.
    phone           TEXT NOT NULL,
    -- How long it takes.
    minutes         INTEGER NOT NULL,
    -- A name of the IANA database: the clock at the place.
    time_zone       TEXT NOT NULL,
    -- proposed, confirmed, done or cancelled.
    state           TEXT NOT NULL,
    -- When it begins; while times are proposed, the last of them.
    starts_at       INTEGER NOT NULL,
    confirmed_at    INTEGER,
    -- Until how many hours before it the customer may move or cancel it alone.
    cancel_hours    INTEGER NOT NULL,
    -- The customer asks for another time, in their words.
    wish            TEXT NOT NULL,
    wished_at       INTEGER,
    -- The team is on its way and comes in this time.
    way_from        INTEGER,
    way_until       INTEGER,
    way_note        TEXT NOT NULL,
    reminded_at     INTEGER,
    created_by      BLOB NOT NULL REFERENCES users (id),
    created_at      INTEGER NOT NULL,
    changed_at      INTEGER NOT NULL,
    revision        INTEGER NOT NULL
) STRICT;
CREATE INDEX appointments_by_start ON appointments (starts_at, id);
CREATE INDEX appointments_by_state ON appointments (state, starts_at, id);
CREATE INDEX appointments_by_organisation ON appointments (organisation_id, starts_at, id);
CREATE INDEX appointments_by_organisation_state ON appointments (organisation_id, state, starts_at, id);
CREATE INDEX appointments_by_project ON appointments (project_id, starts_at, id) WHERE project_id IS NOT NULL;
CREATE INDEX appointments_by_order ON appointments (order_id, starts_at, id) WHERE order_id IS NOT NULL;
CREATE INDEX appointments_by_wish ON appointments (starts_at, id) WHERE wished_at IS NOT NULL;
CREATE INDEX appointments_by_maker ON appointments (created_by);

-- Times to choose from; gone when one was chosen.
CREATE TABLE appointment_slots (
    appointment_id BLOB NOT NULL REFERENCES appointments (id),
    starts_at      INTEGER NOT NULL,
    PRIMARY KEY (appointment_id, starts_at)
) STRICT, WITHOUT ROWID;

-- Who takes part, of the customer and of the house.
CREATE TABLE appointment_people (
    appointment_id BLOB NOT NULL REFERENCES appointments (id),
    user_id        BLOB NOT NULL REFERENCES users (id),
    -- The appointment's own, repeated for the index.
    starts_at      INTEGER NOT NULL,
    PRIMARY KEY (appointment_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX appointment_people_by_user ON appointment_people (user_id, starts_at, appointment_id);

-- What happened to it, as its customer reads it.
CREATE TABLE appointment_changes (
    id             BLOB NOT NULL PRIMARY KEY,
    appointment_id BLOB NOT NULL REFERENCES appointments (id),
    at             INTEGER NOT NULL,
    changed_by     BLOB REFERENCES users (id),
    -- proposed, confirmed, wished, moved, edited, on_the_way, done or cancelled.
    act            TEXT NOT NULL,
    -- The time before, the time since, and until when.
    old_at         INTEGER,
    new_at         INTEGER,
    until_at       INTEGER,
    -- Names of fields, for what was edited.
    fields         TEXT NOT NULL,
    reason         TEXT NOT NULL
) STRICT;
CREATE INDEX appointment_changes_by_appointment ON appointment_changes (appointment_id, id);
CREATE INDEX appointment_changes_by_person ON appointment_changes (changed_by) WHERE changed_by IS NOT NULL;

-- The private calendar of a person: an address that calendar programs ask again and again.
CREATE TABLE calendar_feeds (
    user_id      BLOB NOT NULL PRIMARY KEY REFERENCES users (id),
    token_hash   BLOB NOT NULL UNIQUE,
    created_at   INTEGER NOT NULL,
    last_used_at INTEGER
) STRICT, WITHOUT ROWID;
