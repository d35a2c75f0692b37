-- When an open order is expected: the delivery, else its next step; the last day there is where nobody has said any. Nothing
-- for orders that are over, so that the indexes by it hold those that are still to come.
ALTER TABLE orders ADD COLUMN due_key text COLLATE "C" GENERATED ALWAYS AS (
    CASE WHEN closed THEN NULL
         WHEN delivered_on IS NULL THEN COALESCE(confirmed_on, wanted_on, next_on, '2199-12-31')
         ELSE COALESCE(next_on, '2199-12-31') END
) STORED;
CREATE INDEX orders_by_due ON orders (due_key, id) WHERE due_key IS NOT NULL;
CREATE INDEX orders_by_status_due ON orders (status, due_key, id) WHERE due_key IS NOT NULL;
CREATE INDEX orders_by_organisation_due ON orders (organisation_id, due_key, id) WHERE due_key IS NOT NULL;
CREATE INDEX orders_by_organisation_status_due ON orders (organisation_id, status, due_key, id) WHERE due_key IS NOT NULL;
CREATE INDEX orders_by_buyer_due ON orders (buyer_id, due_key, id) WHERE buyer_id IS NOT NULL AND due_key IS NOT NULL;
CREATE INDEX orders_by_project_due ON orders (project_id, due_key, id) WHERE project_id IS NOT NULL AND due_key IS NOT NULL;

-- The index of words of orders, made like that of documents (0021, docs/adr/0032).
CREATE TABLE search_stale_orders (
    order_id uuid NOT NULL PRIMARY KEY REFERENCES orders (id) ON DELETE CASCADE,
    stamp    bigint NOT NULL,
    since    bigint NOT NULL
);
CREATE INDEX search_stale_orders_by_time ON search_stale_orders (since);
CREATE TABLE search_orders (
    order_id   uuid NOT NULL PRIMARY KEY REFERENCES orders (id) ON DELETE CASCADE,
    position   bigint NOT NULL,
    changed_at bigint NOT NULL
);
CREATE UNIQUE INDEX search_orders_by_position ON search_orders (position);
CREATE TABLE search_order_words (
    position bigint NOT NULL PRIMARY KEY,
    words    tsvector NOT NULL
);
CREATE INDEX search_order_words_by_word ON search_order_words USING gin (words) WITH (fastupdate = off);
CREATE TABLE search_order_vocabulary (
    word text COLLATE "C" NOT NULL PRIMARY KEY
);

-- Lines change with their order, which says so in `changed_at`: three hundred thousand lines mark nothing by themselves.
CREATE FUNCTION search_orders_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO search_stale_orders (order_id, stamp, since)
    SELECT id, CAST(random() * 9e18 AS bigint), changed_at FROM changed ORDER BY id
    ON CONFLICT (order_id) DO UPDATE SET stamp = excluded.stamp, since = excluded.since;
    RETURN NULL;
END $$;
CREATE FUNCTION search_orders_renamed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO search_stale_orders (order_id, stamp, since)
    SELECT o.id, CAST(random() * 9e18 AS bigint), o.changed_at FROM orders o WHERE o.organisation_id = NEW.id ORDER BY o.id
    ON CONFLICT (order_id) DO UPDATE SET stamp = excluded.stamp, since = excluded.since;
    RETURN NULL;
END $$;
CREATE FUNCTION search_order_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM search_order_words WHERE position = OLD.position;
    RETURN NULL;
END $$;

CREATE TRIGGER search_after_order_insert AFTER INSERT ON orders
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION search_orders_changed();
CREATE TRIGGER search_after_order_update AFTER UPDATE ON orders
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION search_orders_changed();
CREATE TRIGGER search_after_rename_orders AFTER UPDATE ON organisations FOR EACH ROW
    WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION search_orders_renamed();
CREATE TRIGGER search_after_order_place_delete AFTER DELETE ON search_orders
    FOR EACH ROW EXECUTE FUNCTION search_order_gone();

INSERT INTO search_stale_orders (order_id, stamp, since)
SELECT id, CAST(random() * 9e18 AS bigint), changed_at FROM orders;
