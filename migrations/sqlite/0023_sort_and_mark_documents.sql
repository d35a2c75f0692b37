-- Lists in other orders (docs/adr/0034). What a title sorts by, made in Rust; empty until that has happened.
ALTER TABLE documents ADD COLUMN title_key TEXT NOT NULL DEFAULT '';
CREATE INDEX documents_without_title_key ON documents (id) WHERE title_key = '';
CREATE INDEX documents_by_title ON documents (category, state, title_key, id);
CREATE INDEX documents_by_organisation_title ON documents (organisation_id, category, state, title_key, id);
CREATE INDEX documents_by_valid_until ON documents (category, state, valid_until, id) WHERE valid_until IS NOT NULL;
CREATE INDEX documents_by_organisation_valid_until ON documents (organisation_id, category, state, valid_until, id) WHERE valid_until IS NOT NULL;

-- Repeat the document's, as category and changed_at do.
ALTER TABLE document_audience ADD COLUMN title_key TEXT NOT NULL DEFAULT '';
ALTER TABLE document_audience ADD COLUMN valid_until TEXT;
UPDATE document_audience SET valid_until = (SELECT d.valid_until FROM documents d WHERE d.id = document_audience.document_id)
WHERE EXISTS (SELECT 1 FROM documents d WHERE d.id = document_audience.document_id AND d.valid_until IS NOT NULL);
CREATE INDEX document_audience_by_title ON document_audience (subject_id, category, title_key, document_id);
CREATE INDEX document_audience_by_valid_until ON document_audience (subject_id, category, valid_until, document_id) WHERE valid_until IS NOT NULL;

-- Page images show who looks at them, and when.
ALTER TABLE category_rules ADD COLUMN watermark INTEGER NOT NULL DEFAULT 0;
