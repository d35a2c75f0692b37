-- When somebody of the house and somebody of a customer meet, or a team comes.
CREATE TABLE appointments (
    id              uuid NOT NULL PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations (id),
    order_id        uuid REFERENCES orders (id),
    project_id      uuid REFERENCES projects (id),
    title           text NOT NULL,
    -- What it is for, in words of the customer.
    purpose         text NOT NULL,
    place           text NOT NULL,
    -- Where it happens online: https, or empty.
    link            text NOT NULL,
    -- For the customer, and for the house alone.
    notes           text NOT NULL,
    internal_note   text NOT NULL,
    -- Whom the customer calls.
    phone           text NOT NULL,
    -- How long it takes.
    minutes         bigint NOT NULL,
    -- A name of the IANA database: the clock at the place.
    time_zone       text NOT NULL,
    -- proposed, confirmed, done or cancelled.
    state           text NOT NULL,
    -- When it begins; while times are proposed, the last of them.
    starts_at       bigint NOT NULL,
    confirmed_at    bigint,
    -- Until how many hours before it the customer may move or cancel it alone.
    cancel_hours    bigint NOT NULL,
    -- The customer asks for another time, in their words.
    wish            text NOT NULL,
    wished_at       bigint,
    -- The team is on its way and comes in this time.
    way_from        bigint,
    way_until       bigint,
    way_note        text NOT NULL,
    reminded_at     bigint,
    created_by      uuid NOT NULL REFERENCES users (id),
    created_at      bigint NOT NULL,
    changed_at      bigint NOT NULL,
    revision        bigint NOT NULL
);
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
    appointment_id uuid NOT NULL REFERENCES appointments (id),
    starts_at      bigint NOT NULL,
    PRIMARY KEY (appointment_id, starts_at)
);

-- Who takes part, of the customer and of the house.
CREATE TABLE appointment_people (
    appointment_id uuid NOT NULL REFERENCES appointments (id),
    user_id        uuid NOT NULL REFERENCES users (id),
    -- The appointment's own, repeated for the index.
    starts_at      bigint NOT NULL,
    PRIMARY KEY (appointment_id, user_id)
);
CREATE INDEX appointment_people_by_user ON appointment_people (user_id, starts_at, appointment_id);

-- What happened to it, as its customer reads it.
CREATE TABLE appointment_changes (
    id             uuid NOT NULL PRIMARY KEY,
    appointment_id uuid NOT NULL REFERENCES appointments (id),
    at             bigint NOT NULL,
    changed_by     uuid REFERENCES users (id),
    -- proposed, confirmed, wished, moved, edited, on_the_way, done or cancelled.
    act            text NOT NULL,
    -- The time before, the time since, and until when.
    old_at         bigint,
    new_at         bigint,
    until_at       bigint,
    -- Names of fields, for what was edited.
    fields         text NOT NULL,
    reason         text NOT NULL
);
CREATE INDEX appointment_changes_by_appointment ON appointment_changes (appointment_id, id);
CREATE INDEX appointment_changes_by_person ON appointment_changes (changed_by) WHERE changed_by IS NOT NULL;

-- The private calendar of a person: an address that calendar programs ask again and again.
CREATE TABLE calendar_feeds (
    user_id      uuid NOT NULL PRIMARY KEY REFERENCES users (id),
    token_hash   bytea NOT NULL UNIQUE,
    created_at   bigint NOT NULL,
    last_used_at bigint
);
