-- Whose next step is whose, without looking at the order itself: what staff look for among many that are late.
DROP INDEX orders_open_by_next;
DROP INDEX orders_open_by_organisation_next;
CREATE INDEX orders_open_by_next ON orders (next_on, id, status) WHERE due_key IS NOT NULL AND next_on IS NOT NULL;
CREATE INDEX orders_open_by_organisation_next ON orders (organisation_id, next_on, id, status) WHERE closed = FALSE AND next_on IS NOT NULL;
