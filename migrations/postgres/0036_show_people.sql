-- What a member of staff looks like, for customers whose contact they are: small, square, made anew of what was sent.
CREATE TABLE user_portraits (
    user_id uuid NOT NULL PRIMARY KEY REFERENCES users (id),
    -- PNG.
    png     bytea NOT NULL,
    -- SHA-256 of it; the ETag.
    sha256  bytea NOT NULL,
    made_at bigint NOT NULL
);

-- Imports find projects by their numbers.
CREATE INDEX projects_by_number ON projects (number);
