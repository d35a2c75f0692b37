-- The first day of an open project that may pass: what comes next, or when all of it is to be done. Nothing for projects that
-- are over or have no day, so that the indexes by it hold those that can be late.
ALTER TABLE projects ADD COLUMN late_key text COLLATE "C" GENERATED ALWAYS AS (
    CASE WHEN closed THEN NULL
         WHEN next_on IS NULL THEN due_on
         WHEN due_on IS NULL OR next_on COLLATE "C" < due_on THEN next_on
         ELSE due_on END
) STORED;
CREATE INDEX projects_by_late ON projects (late_key, id) WHERE late_key IS NOT NULL;
CREATE INDEX projects_by_status_late ON projects (status, late_key, id) WHERE late_key IS NOT NULL;
CREATE INDEX projects_by_organisation_late ON projects (organisation_id, late_key, id) WHERE late_key IS NOT NULL;
CREATE INDEX projects_by_organisation_status_late ON projects (organisation_id, status, late_key, id) WHERE late_key IS NOT NULL;

-- The index of words of projects, made like that of orders (0027, docs/adr/0032).
CREATE TABLE search_stale_projects (
    project_id uuid NOT NULL PRIMARY KEY REFERENCES projects (id) ON DELETE CASCADE,
    stamp      bigint NOT NULL,
    since      bigint NOT NULL
);
CREATE INDEX search_stale_projects_by_time ON search_stale_projects (since);
CREATE TABLE search_projects (
    project_id uuid NOT NULL PRIMARY KEY REFERENCES projects (id) ON DELETE CASCADE,
    position   bigint NOT NULL,
    changed_at bigint NOT NULL
);
CREATE UNIQUE INDEX search_projects_by_position ON search_projects (position);
CREATE TABLE search_project_words (
    position bigint NOT NULL PRIMARY KEY,
    words    tsvector NOT NULL
);
CREATE INDEX search_project_words_by_word ON search_project_words USING gin (words) WITH (fastupdate = off);
CREATE TABLE search_project_vocabulary (
    word text COLLATE "C" NOT NULL PRIMARY KEY
);

-- Milestones change with their project, which says so in `changed_at`.
CREATE FUNCTION search_projects_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO search_stale_projects (project_id, stamp, since)
    SELECT id, CAST(random() * 9e18 AS bigint), changed_at FROM changed ORDER BY id
    ON CONFLICT (project_id) DO UPDATE SET stamp = excluded.stamp, since = excluded.since;
    RETURN NULL;
END $$;
CREATE FUNCTION search_projects_renamed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO search_stale_projects (project_id, stamp, since)
    SELECT j.id, CAST(random() * 9e18 AS bigint), j.changed_at FROM projects j WHERE j.organisation_id = NEW.id ORDER BY j.id
    ON CONFLICT (project_id) DO UPDATE SET stamp = excluded.stamp, since = excluded.since;
    RETURN NULL;
END $$;
CREATE FUNCTION search_project_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM search_project_words WHERE position = OLD.position;
    RETURN NULL;
END $$;

CREATE TRIGGER search_after_project_insert AFTER INSERT ON projects
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION search_projects_changed();
CREATE TRIGGER search_after_project_update AFTER UPDATE ON projects
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION search_projects_changed();
CREATE TRIGGER search_after_rename_projects AFTER UPDATE ON organisations FOR EACH ROW
    WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION search_projects_renamed();
CREATE TRIGGER search_after_project_place_delete AFTER DELETE ON search_projects
    FOR EACH ROW EXECUTE FUNCTION search_project_gone();

INSERT INTO search_stale_projects (project_id, stamp, since)
SELECT id, CAST(random() * 9e18 AS bigint), changed_at FROM projects;
