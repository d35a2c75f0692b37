-- What each category takes, who publishes in it, and what is offered then. Without a row: as it always was.
CREATE TABLE category_rules (
    category      TEXT NOT NULL PRIMARY KEY,
    -- Kinds of files, separated by spaces.
    kinds         TEXT NOT NULL,
    -- Bytes; NULL: what the portal takes.
    size_limit    INTEGER,
    -- Staff roles, separated by spaces; empty: whoever the policy allows.
    publishers    TEXT NOT NULL,
    audience      TEXT NOT NULL,
    approval      TEXT NOT NULL,
    approval_days INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
