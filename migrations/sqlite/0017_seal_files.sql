-- The file's own key, sealed with the installation's key; NULL: it lies in the store as it is.
ALTER TABLE document_versions ADD COLUMN sealed_key BLOB;
