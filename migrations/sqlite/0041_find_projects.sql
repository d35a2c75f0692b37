-- The first day of an open project that may pass: what comes next, or when all of it is to be done. Nothing for projects that
-- are over or have no day, so that the indexes by it hold those that can be late.
ALTER TABLE projects ADD COLUMN late_key TEXT GENERATED ALWAYS AS (
    CASE WHEN closed THEN NULL
         WHEN next_on IS NULL THEN due_on
         WHEN due_on IS NULL OR next_on < due_on THEN next_on
         ELSE due_on END
) VIRTUAL;
CREATE INDEX projects_by_late ON projects (late_key, id) WHERE late_key IS NOT NULL;
CREATE INDEX projects_by_status_late ON projects (status, late_key, id) WHERE late_key IS NOT NULL;
CREATE INDEX projects_by_organisation_late ON projects (organisation_id, late_key, id) WHERE late_key IS NOT NULL;
CREATE INDEX projects_by_organisation_status_late ON projects (organisation_id, status, late_key, id) WHERE late_key IS NOT NULL;

-- The index of words of projects, made like that of orders (0027, docs/adr/0032).
CREATE TABLE search_stale_projects (
    project_id BLOB NOT NULL PRIMARY KEY REFERENCES projects (id) ON DELETE CASCADE,
    stamp      INTEGER NOT NULL,
    since      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX search_stale_projects_by_time ON search_stale_projects (since);
CREATE TABLE search_projects (
    project_id BLOB NOT NULL PRIMARY KEY REFERENCES projects (id) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX search_projects_by_position ON search_projects (position);
CREATE VIRTUAL TABLE search_project_words USING fts5(
    words, content='', contentless_delete=1, detail='none', tokenize="ascii tokenchars '_'"
);
CREATE TABLE search_project_vocabulary (
    word TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- Milestones change with their project, which says so in `changed_at`.
CREATE TRIGGER search_after_project_insert AFTER INSERT ON projects
BEGIN
    INSERT INTO search_stale_projects (project_id, stamp, since) VALUES (NEW.id, random(), NEW.changed_at)
    ON CONFLICT (project_id) DO UPDATE SET stamp = excluded.stamp, since = excluded.since;
END;
CREATE TRIGGER search_after_project_update AFTER UPDATE OF changed_at, closed ON projects
WHEN (OLD.changed_at, OLD.revision, OLD.closed) IS NOT (NEW.changed_at, NEW.revision, NEW.closed)
BEGIN
    INSERT INTO search_stale_projects (project_id, stamp, since) VALUES (NEW.id, random(), NEW.changed_at)
    ON CONFLICT (project_id) DO UPDATE SET stamp = excluded.stamp, since = excluded.since;
END;
CREATE TRIGGER search_after_rename_projects AFTER UPDATE OF name ON organisations WHEN OLD.name <> NEW.name
BEGIN
    INSERT INTO search_stale_projects (project_id, stamp, since)
    SELECT id, random(), changed_at FROM projects WHERE organisation_id = NEW.id
    ON CONFLICT (project_id) DO UPDATE SET stamp = excluded.stamp, since = excluded.since;
END;
CREATE TRIGGER search_after_project_place_delete AFTER DELETE ON search_projects
BEGIN
    DELETE FROM search_project_words WHERE rowid = OLD.position;
END;

INSERT INTO search_stale_projects (project_id, stamp, since) SELECT id, random(), changed_at FROM projects;
