-- What a virus scanner says of a file, and what its uploader says of it.

-- pending, clean, infected, too_large, not_scanned or released.
ALTER TABLE document_versions ADD COLUMN scan TEXT NOT NULL DEFAULT 'not_scanned';
-- The scanner's name for what it found.
ALTER TABLE document_versions ADD COLUMN finding TEXT;
ALTER TABLE document_versions ADD COLUMN scanned_at INTEGER;
-- An administrator lets it be read all the same.
ALTER TABLE document_versions ADD COLUMN released_by BLOB REFERENCES users (id);
ALTER TABLE document_versions ADD COLUMN released_at INTEGER;
ALTER TABLE document_versions ADD COLUMN release_reason TEXT;
-- What is new in it.
ALTER TABLE document_versions ADD COLUMN note TEXT NOT NULL DEFAULT '';
-- The number of the older version that it brings back.
ALTER TABLE document_versions ADD COLUMN restored_from INTEGER;
-- What is held, the newest first; and what nobody has looked at yet. Both are short, or shrink.
CREATE INDEX document_versions_held ON document_versions (created_at DESC, id DESC) WHERE scan IN ('pending', 'infected', 'too_large');
CREATE INDEX document_versions_unscanned ON document_versions (id) WHERE scan IN ('pending', 'not_scanned');
CREATE INDEX document_versions_by_releaser ON document_versions (released_by) WHERE released_by IS NOT NULL;
