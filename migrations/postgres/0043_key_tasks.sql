-- The key of a task in the system it comes from: whatever imports finds the task again by it. NULL: somebody wrote it down here.
ALTER TABLE project_tasks ADD COLUMN external_id text;
CREATE UNIQUE INDEX project_tasks_by_external_id ON project_tasks (project_id, external_id) WHERE external_id IS NOT NULL;
