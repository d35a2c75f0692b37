-- Lists cost the same at a thousand and at a million documents: an index for each filter, in the list's order.
DROP INDEX documents_by_time;
DROP INDEX documents_by_state;
CREATE INDEX documents_by_topic_state ON documents (topic, state, changed_at DESC, id DESC);
CREATE INDEX documents_by_category ON documents (category, state, changed_at DESC, id DESC);
CREATE INDEX documents_by_organisation_state ON documents (organisation_id, state, changed_at DESC, id DESC);
CREATE INDEX documents_by_organisation_category ON documents (organisation_id, category, state, changed_at DESC, id DESC);

-- Repeats the document's category, as changed_at does.
ALTER TABLE document_audience ADD COLUMN category text NOT NULL DEFAULT '';
-- The person who is named and has not opened the current version: what their home page asks them to read.
ALTER TABLE document_audience ADD COLUMN waiting_for uuid REFERENCES users (id);
UPDATE document_audience SET
    category = (SELECT d.category FROM documents d WHERE d.id = document_audience.document_id),
    waiting_for = (SELECT u.id FROM users u WHERE u.id = document_audience.subject_id AND NOT EXISTS (
        SELECT 1 FROM document_reads r JOIN documents d ON d.id = r.document_id
        WHERE r.document_id = document_audience.document_id AND r.user_id = u.id AND r.version >= d.current_version));
-- A node of the version before must fail, not add rows that no list shows.
ALTER TABLE document_audience ALTER COLUMN category DROP DEFAULT;
CREATE INDEX document_audience_by_category ON document_audience (subject_id, category, changed_at, document_id);
CREATE INDEX document_audience_waiting ON document_audience (waiting_for, changed_at, document_id) WHERE waiting_for IS NOT NULL;
