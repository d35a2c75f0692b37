-- What each category takes, who publishes in it, and what is offered then. Without a row: as it always was.
CREATE TABLE category_rules (
    category      text NOT NULL PRIMARY KEY,
    -- Kinds of files, separated by spaces.
    kinds         text NOT NULL,
    -- Bytes; NULL: what the portal takes.
    size_limit    bigint,
    -- Staff roles, separated by spaces; empty: whoever the policy allows.
    publishers    text NOT NULL,
    audience      text NOT NULL,
    approval      text NOT NULL,
    approval_days bigint NOT NULL
);
