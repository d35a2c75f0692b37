-- When an open order is expected: the delivery, else its next step; the last day there is where nobody has said any. Nothing
-- for orders that are over, so that the indexes by it hold those that are still to come.
ALTER TABLE orders ADD COLUMN due_key TEXT GENERATED ALWAYS AS (
    CASE WHEN closed THEN NULL
         WHEN delivered_on IS NULL THEN COALESCE(confirmed_on, wanted_on, next_on, '2199-12-31')
         ELSE COALESCE(next_on, '2199-12-31') END
) VIRTUAL;
CREATE INDEX orders_by_due ON orders (due_key, id) WHERE due_key IS NOT NULL;
CREATE INDEX orders_by_status_due ON orders (status, due_key, id) WHERE due_key IS NOT NULL;
CREATE INDEX orders_by_organisation_due ON orders (organisation_id, due_key, id) WHERE due_key IS NOT NULL;
CREATE INDEX orders_by_organisation_status_due ON orders (organisation_id, status, due_key, id) WHERE due_key IS NOT NULL;
CREATE INDEX orders_by_buyer_due ON orders (buyer_id, due_key, id) WHERE buyer_id IS NOT NULL AND due_key IS NOT NULL;
CREATE INDEX orders_by_project_due ON orders (project_id, due_key, id) WHERE project_id IS NOT NULL AND due_key IS NOT NULL;

-- The index of words of orders, made like that of documents (0021, docs/adr/0032).
CREATE TABLE search_stale_orders (
    order_id BLOB NOT NULL PRIMARY KEY REFERENCES orders (id) ON DELETE CASCADE,
    stamp    INTEGER NOT NULL,
    since    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX search_stale_orders_by_time ON search_stale_orders (since);
CREATE TABLE search_orders (
    order_id   BLOB NOT NULL PRIMARY KEY REFERENCES orders (id) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX search_orders_by_position ON search_orders (position);
CREATE VIRTUAL TABLE search_order_words USING fts5(
    words, content='', contentless_delete=1, detail='none', tokenize="ascii tokenchars '_'"
);
CREATE TABLE search_order_vocabulary (
    word TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- Lines change with their order, which says so in `changed_at`: three hundred thousand lines mark nothing by themselves.
CREATE TRIGGER search_after_order_insert AFTER INSERT ON orders
BEGIN
    INSERT INTO search_stale_orders (order_id, stamp, since) VALUES (NEW.id, random(), NEW.changed_at)
    ON CONFLICT (order_id) DO UPDATE SET stamp = excluded.stamp, since = excluded.since;
END;
CREATE TRIGGER search_after_order_update AFTER UPDATE OF changed_at, closed ON orders
WHEN (OLD.changed_at, OLD.revision, OLD.closed) IS NOT (NEW.changed_at, NEW.revision, NEW.closed)
BEGIN
    INSERT INTO search_stale_orders (order_id, stamp, since) VALUES (NEW.id, random(), NEW.changed_at)
    ON CONFLICT (order_id) DO UPDATE SET stamp = excluded.stamp, since = excluded.since;
END;
CREATE TRIGGER search_after_rename_orders AFTER UPDATE OF name ON organisations WHEN OLD.name <> NEW.name
BEGIN
    INSERT INTO search_stale_orders (order_id, stamp, since)
    SELECT id, random(), changed_at FROM orders WHERE organisation_id = NEW.id
    ON CONFLICT (order_id) DO UPDATE SET stamp = excluded.stamp, since = excluded.since;
END;
CREATE TRIGGER search_after_order_place_delete AFTER DELETE ON search_orders
BEGIN
    DELETE FROM search_order_words WHERE rowid = OLD.position;
END;

INSERT INTO search_stale_orders (order_id, stamp, since) SELECT id, random(), changed_at FROM orders;
