-- What customers have ordered: kept by staff, fed from their ERP.

-- How an order can stand; data that staff edit.
CREATE TABLE order_statuses (
    key       text NOT NULL PRIMARY KEY,
    position  bigint NOT NULL,
    name_en   text NOT NULL,
    name_de   text NOT NULL,
    name_nl   text NOT NULL,
    -- idle, mine, good, warn or bad: how it looks.
    tone      text NOT NULL,
    -- house, customer or nobody: who acts next.
    waits_for text NOT NULL,
    -- Nothing more will come.
    is_final  boolean NOT NULL,
    revision  bigint NOT NULL
);
INSERT INTO order_statuses (key, position, name_en, name_de, name_nl, tone, waits_for, is_final, revision) VALUES
    ('received', 10, 'Received', 'Eingegangen', 'Ontvangen', 'idle', 'house', FALSE, 1),
    ('confirmed', 20, 'Confirmed', 'Bestätigt', 'Bevestigd', 'idle', 'house', FALSE, 1),
    ('in_production', 30, 'In production', 'In Fertigung', 'In productie', 'idle', 'house', FALSE, 1),
    ('waiting', 40, 'Waiting for you', 'Wartet auf Sie', 'Wacht op u', 'mine', 'customer', FALSE, 1),
    ('ready', 50, 'Ready to ship', 'Versandbereit', 'Klaar voor verzending', 'good', 'house', FALSE, 1),
    ('shipped', 60, 'On its way', 'Unterwegs', 'Onderweg', 'good', 'nobody', FALSE, 1),
    ('delivered', 70, 'Delivered', 'Geliefert', 'Geleverd', 'good', 'nobody', TRUE, 1),
    ('cancelled', 80, 'Cancelled', 'Storniert', 'Geannuleerd', 'warn', 'nobody', TRUE, 1);

CREATE TABLE orders (
    id              uuid NOT NULL PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations (id),
    project_id      uuid REFERENCES projects (id),
    -- The person at the customer who ordered.
    buyer_id        uuid REFERENCES users (id),
    -- The operator's number: what imports and people find it by.
    number          text NOT NULL UNIQUE,
    -- The key in the system it comes from; NULL where the number is it.
    external_id     text UNIQUE,
    title           text NOT NULL,
    -- The customer's own number.
    reference       text NOT NULL,
    status          text NOT NULL REFERENCES order_statuses (key),
    -- Its status is final: repeated here for the indexes.
    closed          boolean NOT NULL,
    -- Days ('2026-11-22').
    ordered_on      text NOT NULL,
    wanted_on       text,
    confirmed_on    text,
    delivered_on    text,
    -- ISO 4217; empty without prices.
    currency        text NOT NULL,
    -- Net, in minor units.
    total           bigint,
    ship_to         text NOT NULL,
    carrier         text NOT NULL,
    terms           text NOT NULL,
    tracking_url    text NOT NULL,
    -- What comes next: the first step that is not done, for lists.
    next_step       text NOT NULL,
    next_on         text,
    created_at      bigint NOT NULL,
    changed_at      bigint NOT NULL,
    revision        bigint NOT NULL
);
CREATE INDEX orders_by_day ON orders (ordered_on, id);
CREATE INDEX orders_by_closed ON orders (closed, ordered_on, id);
CREATE INDEX orders_by_status ON orders (status, ordered_on, id);
CREATE INDEX orders_by_organisation ON orders (organisation_id, ordered_on, id);
CREATE INDEX orders_by_organisation_closed ON orders (organisation_id, closed, ordered_on, id);
CREATE INDEX orders_by_organisation_status ON orders (organisation_id, status, ordered_on, id);
CREATE INDEX orders_by_project ON orders (project_id, ordered_on, id) WHERE project_id IS NOT NULL;
CREATE INDEX orders_by_buyer ON orders (buyer_id, ordered_on, id) WHERE buyer_id IS NOT NULL;
CREATE INDEX orders_by_buyer_closed ON orders (buyer_id, closed, ordered_on, id) WHERE buyer_id IS NOT NULL;

CREATE TABLE order_lines (
    order_id uuid NOT NULL REFERENCES orders (id),
    position bigint NOT NULL,
    article  text NOT NULL,
    title    text NOT NULL,
    -- In thousandths.
    quantity bigint NOT NULL,
    unit     text NOT NULL,
    -- Of one unit and of the line, net, in minor units.
    price    bigint,
    amount   bigint,
    PRIMARY KEY (order_id, position)
);

-- Delivery or production, in words of the customer.
CREATE TABLE order_steps (
    order_id    uuid NOT NULL REFERENCES orders (id),
    position    bigint NOT NULL,
    title       text NOT NULL,
    expected_on text,
    done_on     text,
    -- house or customer: who does it.
    acts        text NOT NULL,
    PRIMARY KEY (order_id, position)
);

-- What was changed, as its customer reads it.
CREATE TABLE order_changes (
    id         uuid NOT NULL PRIMARY KEY,
    order_id   uuid NOT NULL REFERENCES orders (id),
    at         bigint NOT NULL,
    -- NULL: an import or the operator at the machine.
    changed_by uuid REFERENCES users (id),
    field      text NOT NULL,
    old        text NOT NULL,
    new        text NOT NULL,
    reason     text NOT NULL
);
CREATE INDEX order_changes_by_order ON order_changes (order_id, id);
CREATE INDEX order_changes_by_person ON order_changes (changed_by) WHERE changed_by IS NOT NULL;

-- Papers that belong to an order; who may read them is the paper's matter.
CREATE TABLE order_documents (
    order_id    uuid NOT NULL REFERENCES orders (id),
    document_id uuid NOT NULL REFERENCES documents (id),
    PRIMARY KEY (order_id, document_id)
);
CREATE INDEX order_documents_by_document ON order_documents (document_id, order_id);
