-- The list of approvals over all customers walks ranges (app/src/approvals/ranges.rs): category and topic repeat the
-- document's for their indexes.
ALTER TABLE approvals ADD COLUMN category text NOT NULL DEFAULT 'other';
ALTER TABLE approvals ADD COLUMN topic text NOT NULL DEFAULT 'general';
UPDATE approvals SET category = d.category, topic = d.topic FROM documents d WHERE d.id = approvals.document_id;
CREATE INDEX approvals_open_by_topic ON approvals (topic, due_at, id) WHERE state = 'open';
CREATE INDEX approvals_open_by_topic_in_category ON approvals (topic, category, due_at, id) WHERE state = 'open';
CREATE INDEX approvals_open_by_customer ON approvals (organisation_id, due_at, id) WHERE state = 'open';
CREATE INDEX approvals_open_by_customer_and_topic ON approvals (organisation_id, topic, due_at, id) WHERE state = 'open';
CREATE INDEX approvals_open_by_customer_in_category ON approvals (organisation_id, category, due_at, id) WHERE state = 'open';
CREATE INDEX approvals_over_by_topic ON approvals (topic, id) WHERE state <> 'open';
CREATE INDEX approvals_over_by_topic_in_category ON approvals (topic, category, id) WHERE state <> 'open';
CREATE INDEX approvals_over_by_customer ON approvals (organisation_id, id) WHERE state <> 'open';
CREATE INDEX approvals_over_by_customer_and_topic ON approvals (organisation_id, topic, id) WHERE state <> 'open';
CREATE INDEX approvals_over_by_customer_in_category ON approvals (organisation_id, category, id) WHERE state <> 'open';
DROP INDEX approvals_by_organisation;
DROP INDEX approvals_over;
