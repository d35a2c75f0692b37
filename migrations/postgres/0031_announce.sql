-- What the house tells many at once: a banner on every page until it is closed or over.
CREATE TABLE announcements (
    id           uuid NOT NULL PRIMARY KEY,
    -- draft, published or withdrawn.
    state        text NOT NULL,
    -- info, warning or urgent.
    severity     text NOT NULL,
    -- everyone, customers, staff or groups.
    audience     text NOT NULL,
    -- Stays until it is confirmed, and says who has confirmed it.
    confirm      boolean NOT NULL,
    -- NULL: from its publication on, until it is withdrawn.
    starts_at    bigint,
    ends_at      bigint,
    -- Empty where there is no such language version.
    title_en     text NOT NULL,
    title_de     text NOT NULL,
    title_nl     text NOT NULL,
    text_en      text NOT NULL,
    text_de      text NOT NULL,
    text_nl      text NOT NULL,
    created_by   uuid REFERENCES users (id),
    created_at   bigint NOT NULL,
    published_at bigint,
    revision     bigint NOT NULL
);
CREATE INDEX announcements_by_author ON announcements (created_by) WHERE created_by IS NOT NULL;
CREATE INDEX announcements_published ON announcements (ends_at, id) WHERE state = 'published';

CREATE TABLE announcement_groups (
    announcement_id uuid NOT NULL REFERENCES announcements (id),
    group_id        uuid NOT NULL REFERENCES customer_groups (id),
    PRIMARY KEY (announcement_id, group_id)
);
CREATE INDEX announcement_groups_by_group ON announcement_groups (group_id, announcement_id);

CREATE TABLE announcement_receipts (
    user_id         uuid NOT NULL REFERENCES users (id),
    announcement_id uuid NOT NULL REFERENCES announcements (id),
    -- When it first stood on a page of theirs.
    seen_at         bigint NOT NULL,
    -- When they closed or confirmed it.
    closed_at       bigint,
    PRIMARY KEY (user_id, announcement_id)
);
CREATE INDEX announcement_receipts_by_announcement ON announcement_receipts (announcement_id, user_id);
