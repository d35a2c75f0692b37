-- What a member of staff looks like, for customers whose contact they are: small, square, made anew of what was sent.
CREATE TABLE user_portraits (
    user_id BLOB NOT NULL PRIMARY KEY REFERENCES users (id),
    -- PNG.
    png     BLOB NOT NULL,
    -- SHA-256 of it; the ETag.
    sha256  BLOB NOT NULL,
    made_at INTEGER NOT NULL
) STRICT;

-- Imports find projects by their numbers.
CREATE INDEX projects_by_number ON projects (number);
