-- From when and until when a document holds, as days ('2026-11-22').
ALTER TABLE documents ADD COLUMN valid_from TEXT;
ALTER TABLE documents ADD COLUMN valid_until TEXT;
ALTER TABLE documents ADD COLUMN notice_days INTEGER NOT NULL DEFAULT 30;
-- valid_until less the notice: from then on it is to be renewed.
ALTER TABLE documents ADD COLUMN renew_from TEXT;
-- The same until somebody was told.
ALTER TABLE documents ADD COLUMN notice_on TEXT;
CREATE INDEX documents_by_end ON documents (valid_until, id) WHERE state = 'published' AND valid_until IS NOT NULL;
CREATE INDEX documents_by_notice ON documents (notice_on, id) WHERE notice_on IS NOT NULL;

-- What is set when a document of the category is first published; NULL: nothing.
ALTER TABLE category_rules ADD COLUMN valid_days INTEGER;
ALTER TABLE category_rules ADD COLUMN notice_days INTEGER NOT NULL DEFAULT 30;
