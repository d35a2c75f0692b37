-- What customers have ordered: kept by staff, fed from their ERP.

-- How an order can stand; data that staff edit.
CREATE TABLE order_statuses (
    key       TEXT NOT NULL PRIMARY KEY,
    position  INTEGER NOT NULL,
    name_en   TEXT NOT NULL,
    name_de   TEXT NOT NULL,
    name_nl   TEXT NOT NULL,
    -- idle, mine, good, warn or bad: how it looks.
    tone      TEXT NOT NULL,
    -- house, customer or nobody: who acts next.
    waits_for TEXT NOT NULL,
    -- Nothing more will come.
    is_final  INTEGER NOT NULL,
    revision  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
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
    id              BLOB NOT NULL PRIMARY KEY,
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    project_id      BLOB REFERENCES projects (id),
    -- The person at the customer who ordered.
    buyer_id        BLOB REFERENCES users (id),
    -- The operator's number: what imports and people find it by.
    number          TEXT NOT NULL UNIQUE,
    -- The key in the system it comes from; NULL where the number is it.
    external_id     TEXT UNIQUE,
    title           TEXT NOT NULL,
    -- The customer's own number.
    reference       TEXT NOT NULL,
    status          TEXT NOT NULL REFERENCES order_statuses (key),
    -- Its status is final: repeated here for the indexes.
    closed          INTEGER NOT NULL,
    -- Days ('2026-11-22').
    ordered_on      TEXT NOT NULL,
    wanted_on       TEXT,
    confirmed_on    TEXT,
    delivered_on    TEXT,
    -- ISO 4217; empty without prices.
    currency        TEXT NOT NULL,
    -- Net, in minor units.
    total           INTEGER,
    ship_to         TEXT NOT NULL,
    carrier         TEXT NOT NULL,
    terms           TEXT NOT NULL,
    tracking_url    TEXT NOT NULL,
    -- What comes next: the first step that is not done, for lists.
    next_step       TEXT NOT NULL,
    next_on         TEXT,
    created_at      INTEGER NOT NULL,
    changed_at      INTEGER NOT NULL,
    revision        INTEGER NOT NULL
) STRICT;
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
    order_id BLOB NOT NULL REFERENCES orders (id),
    position INTEGER NOT NULL,
    article  TEXT NOT NULL,
    title    TEXT NOT NULL,
    -- In thousandths.
    quantity INTEGER NOT NULL,
    unit     TEXT NOT NULL,
    -- Of one unit and of the line, net, in minor units.
    price    INTEGER,
    amount   INTEGER,
    PRIMARY KEY (order_id, position)
) STRICT, WITHOUT ROWID;

-- Delivery or production, in words of the customer.
CREATE TABLE order_steps (
    order_id    BLOB NOT NULL REFERENCES orders (id),
    position    INTEGER NOT NULL,
    title       TEXT NOT NULL,
    expected_on TEXT,
    done_on     TEXT,
    -- house or customer: who does it.
    acts        TEXT NOT NULL,
    PRIMARY KEY (order_id, position)
) STRICT, WITHOUT ROWID;

-- What was changed, as its customer reads it.
CREATE TABLE order_changes (
    id         BLOB NOT NULL PRIMARY KEY,
    order_id   BLOB NOT NULL REFERENCES orders (id),
    at         INTEGER NOT NULL,
    -- NULL: an import or the operator at the machine.
    changed_by BLOB REFERENCES users (id),
    field      TEXT NOT NULL,
    old        TEXT NOT NULL,
    new        TEXT NOT NULL,
    reason     TEXT NOT NULL
) STRICT;
CREATE INDEX order_changes_by_order ON order_changes (order_id, id);
CREATE INDEX order_changes_by_person ON order_changes (changed_by) WHERE changed_by IS NOT NULL;

-- Papers that belong to an order; who may read them is the paper's matter.
CREATE TABLE order_documents (
    order_id    BLOB NOT NULL REFERENCES orders (id),
    document_id BLOB NOT NULL REFERENCES documents (id),
    PRIMARY KEY (order_id, document_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX order_documents_by_document ON order_documents (document_id, order_id);
