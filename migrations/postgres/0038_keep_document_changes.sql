-- What of a document was changed, from what to what. The trail names the change and holds none of these words; they go
-- when the document goes.
CREATE TABLE document_changes (
    change_id   uuid NOT NULL,
    field       text NOT NULL,
    document_id uuid NOT NULL REFERENCES documents (id),
    old         text NOT NULL,
    new         text NOT NULL,
    PRIMARY KEY (change_id, field)
);
CREATE INDEX document_changes_by_document ON document_changes (document_id);
