-- Groups are renamed against what was read.
ALTER TABLE customer_groups ADD COLUMN revision bigint NOT NULL DEFAULT 1;
