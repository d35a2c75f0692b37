-- What many orders that came together mean for a customer: counted while they come, told when they have. One row for the
-- customer (buyer_id is all zeros), and one for each person who ordered some of them.
CREATE TABLE order_news (
    id              uuid NOT NULL PRIMARY KEY,
    -- The import, or the request that brought them.
    source          uuid NOT NULL,
    organisation_id uuid NOT NULL,
    buyer_id        uuid NOT NULL,
    created         bigint NOT NULL,
    changed         bigint NOT NULL,
    at              bigint NOT NULL,
    -- NULL: there may be more to come.
    told_at         bigint
);
CREATE UNIQUE INDEX order_news_once ON order_news (source, organisation_id, buyer_id);
CREATE INDEX order_news_by_time ON order_news (at);
