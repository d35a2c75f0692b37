-- What of a document was changed, from what to what. The trail names the change and holds none of these words; they go
-- when the document goes.
CREATE TABLE document_changes (
    change_id   BLOB NOT NULL,
    field       TEXT NOT NULL,
    document_id BLOB NOT NULL REFERENCES documents (id),
    old         TEXT NOT NULL,
    new         TEXT NOT NULL,
    PRIMARY KEY (change_id, field)
) STRICT;
CREATE INDEX document_changes_by_document ON document_changes (document_id);
