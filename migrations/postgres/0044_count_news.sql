-- News of many that came together is of orders and of projects, and says which part of it somebody sees who sees only some:
-- those that they ordered, and those of projects that they are on. The row with neither (all zeros) is the customer's whole.
CREATE TABLE news (
    id              uuid NOT NULL PRIMARY KEY,
    -- The import, or the request that brought them.
    source          uuid NOT NULL,
    -- orders or projects.
    about           text NOT NULL,
    organisation_id uuid NOT NULL,
    buyer_id        uuid NOT NULL,
    project_id      uuid NOT NULL,
    created         bigint NOT NULL,
    changed         bigint NOT NULL,
    at              bigint NOT NULL,
    -- NULL: there may be more to come.
    told_at         bigint
);
INSERT INTO news (id, source, about, organisation_id, buyer_id, project_id, created, changed, at, told_at)
    SELECT id, source, 'orders', organisation_id, buyer_id, CAST('00000000-0000-0000-0000-000000000000' AS uuid), created, changed, at, told_at FROM order_news;
DROP TABLE order_news;
CREATE UNIQUE INDEX news_once ON news (source, organisation_id, buyer_id, project_id);
CREATE INDEX news_by_time ON news (at);
