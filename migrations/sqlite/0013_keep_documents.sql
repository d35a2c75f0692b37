-- How long documents are kept, by category; and which are kept whatever that says.

CREATE TABLE category_retention (
    category   TEXT NOT NULL PRIMARY KEY,
    -- Deleted this many days after the last change; NULL: kept for good.
    keep_days  INTEGER,
    -- The law's minimum: nobody sets less.
    least_days INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Why a document is kept for as long as this says so, such as a lawsuit.
ALTER TABLE documents ADD COLUMN hold_reason TEXT;
