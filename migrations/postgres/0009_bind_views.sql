-- A view as somebody else belongs to the session it began in, and ends with it. NULL: from before this was noted.
ALTER TABLE view_as_sessions ADD COLUMN session_id uuid;
-- What goes on, by when it runs out: a handful of rows, whatever the past holds.
CREATE INDEX view_as_sessions_open ON view_as_sessions (expires_at) WHERE ended_at IS NULL;
