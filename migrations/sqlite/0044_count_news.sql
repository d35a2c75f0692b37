-- News of many that came together is of orders and of projects, and says which part of it somebody sees who sees only some:
-- those that they ordered, and those of projects that they are on. The row with neither (all zeros) is the customer's whole.
CREATE TABLE news (
    id              BLOB NOT NULL PRIMARY KEY,
    -- The import, or the request that brought them.
    source          BLOB NOT NULL,
    -- orders or projects.
    about           TEXT NOT NULL,
    organisation_id BLOB NOT NULL,
    buyer_id        BLOB NOT NULL,
    project_id      BLOB NOT NULL,
    created         INTEGER NOT NULL,
    changed         INTEGER NOT NULL,
    at              INTEGER NOT NULL,
    -- NULL: there may be more to come.
    told_at         INTEGER
) STRICT;
INSERT INTO news (id, source, about, organisation_id, buyer_id, project_id, created, changed, at, told_at)
    SELECT id, source, 'orders', organisation_id, buyer_id, zeroblob(16), created, changed, at, told_at FROM order_news;
DROP TABLE order_news;
CREATE UNIQUE INDEX news_once ON news (source, organisation_id, buyer_id, project_id);
CREATE INDEX news_by_time ON news (at);
