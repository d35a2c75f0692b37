-- Groups are renamed against what was read.
ALTER TABLE customer_groups ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
