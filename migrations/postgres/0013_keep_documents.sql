-- How long documents are kept, by category; and which are kept whatever that says.

CREATE TABLE category_retention (
    category   text NOT NULL PRIMARY KEY,
    -- Deleted this many days after the last change; NULL: kept for good.
    keep_days  bigint,
    -- The law's minimum: nobody sets less.
    least_days bigint NOT NULL
);

-- Why a document is kept for as long as this says so, such as a lawsuit.
ALTER TABLE documents ADD COLUMN hold_reason text;
