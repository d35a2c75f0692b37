-- Projects: where they stand, what comes next, who does what until when, and what was decided.

-- How a project can stand; data that staff edit, of the shape of order_statuses.
CREATE TABLE project_statuses (
    key       text NOT NULL PRIMARY KEY,
    position  bigint NOT NULL,
    name_en   text NOT NULL,
    name_de   text NOT NULL,
    name_nl   text NOT NULL,
    -- idle, mine, good, warn or bad: how it looks.
    tone      text NOT NULL,
    -- house, customer or nobody: who acts next.
    waits_for text NOT NULL,
    -- Nothing more will come.
    is_final  boolean NOT NULL,
    revision  bigint NOT NULL
);
INSERT INTO project_statuses (key, position, name_en, name_de, name_nl, tone, waits_for, is_final, revision) VALUES
    ('planned', 10, 'Planned', 'Geplant', 'Gepland', 'idle', 'house', FALSE, 1),
    ('running', 20, 'Under way', 'In Arbeit', 'In uitvoering', 'idle', 'house', FALSE, 1),
    ('waiting', 30, 'Waiting for you', 'Wartet auf Sie', 'Wacht op u', 'mine', 'customer', FALSE, 1),
    ('acceptance', 40, 'In acceptance', 'In Abnahme', 'In oplevering', 'idle', 'customer', FALSE, 1),
    ('paused', 50, 'On hold', 'Angehalten', 'Gepauzeerd', 'warn', 'house', FALSE, 1),
    ('done', 60, 'Done', 'Abgeschlossen', 'Afgerond', 'good', 'nobody', TRUE, 1),
    ('cancelled', 70, 'Cancelled', 'Abgebrochen', 'Geannuleerd', 'warn', 'nobody', TRUE, 1);

-- The operator's number; may be empty.
ALTER TABLE projects ADD COLUMN number text NOT NULL DEFAULT '';
-- The key in the system it comes from.
ALTER TABLE projects ADD COLUMN external_id text;
-- What it is about, in words of the customer.
ALTER TABLE projects ADD COLUMN summary text NOT NULL DEFAULT '';
-- Never NULL: a column that refers to another table can only be added so.
ALTER TABLE projects ADD COLUMN status text REFERENCES project_statuses (key);
-- Its status is final: repeated here for the indexes.
ALTER TABLE projects ADD COLUMN closed boolean NOT NULL DEFAULT FALSE;
-- none, on_track, at_risk or off_track: the light of the last report.
ALTER TABLE projects ADD COLUMN light text NOT NULL DEFAULT 'none';
-- Who is responsible for it at the operator.
ALTER TABLE projects ADD COLUMN lead_id uuid REFERENCES users (id);
-- Days ('2026-11-22').
ALTER TABLE projects ADD COLUMN starts_on text;
ALTER TABLE projects ADD COLUMN due_on text;
ALTER TABLE projects ADD COLUMN done_on text;
-- What comes next: the first milestone that is not reached or the soonest task of the customer; house or customer.
ALTER TABLE projects ADD COLUMN next_step text NOT NULL DEFAULT '';
ALTER TABLE projects ADD COLUMN next_on text;
ALTER TABLE projects ADD COLUMN next_acts text NOT NULL DEFAULT 'house';
-- What lists are in the order of: what comes next, of a closed one when it was done.
ALTER TABLE projects ADD COLUMN sort_on text NOT NULL DEFAULT '2199-12-31';
ALTER TABLE projects ADD COLUMN changed_at bigint NOT NULL DEFAULT 0;
ALTER TABLE projects ADD COLUMN revision bigint NOT NULL DEFAULT 1;
UPDATE projects SET status = 'running', changed_at = created_at;
CREATE UNIQUE INDEX projects_by_external_id ON projects (external_id) WHERE external_id IS NOT NULL;
CREATE INDEX projects_by_day ON projects (sort_on, id);
CREATE INDEX projects_by_closed ON projects (closed, sort_on, id);
CREATE INDEX projects_by_status ON projects (status, sort_on, id);
CREATE INDEX projects_by_organisation_day ON projects (organisation_id, sort_on, id);
CREATE INDEX projects_by_organisation_closed ON projects (organisation_id, closed, sort_on, id);
CREATE INDEX projects_by_organisation_status ON projects (organisation_id, status, sort_on, id);
CREATE INDEX projects_by_lead ON projects (lead_id) WHERE lead_id IS NOT NULL;

-- Who of the operator works on a project, beside whoever is responsible. Customers and partners stand in project_people.
CREATE TABLE project_staff (
    user_id    uuid NOT NULL REFERENCES users (id),
    project_id uuid NOT NULL REFERENCES projects (id),
    PRIMARY KEY (user_id, project_id)
);
CREATE INDEX project_staff_by_project ON project_staff (project_id, user_id);

CREATE TABLE project_milestones (
    project_id  uuid NOT NULL REFERENCES projects (id),
    position    bigint NOT NULL,
    -- In words of the customer.
    title       text NOT NULL,
    expected_on text,
    done_on     text,
    PRIMARY KEY (project_id, position)
);

CREATE TABLE project_tasks (
    id          uuid NOT NULL PRIMARY KEY,
    project_id  uuid NOT NULL REFERENCES projects (id),
    -- house or customer: whose it is.
    side        text NOT NULL,
    -- Who of that side; NULL: whoever of them is on the project.
    assignee_id uuid REFERENCES users (id),
    title       text NOT NULL,
    text        text NOT NULL,
    due_on      text,
    done_at     bigint,
    done_by     uuid REFERENCES users (id),
    created_by  uuid REFERENCES users (id),
    created_at  bigint NOT NULL,
    reminded_at bigint,
    revision    bigint NOT NULL
);
CREATE INDEX project_tasks_by_project ON project_tasks (project_id, id);
CREATE INDEX project_tasks_by_assignee ON project_tasks (assignee_id, id) WHERE assignee_id IS NOT NULL;
CREATE INDEX project_tasks_by_due ON project_tasks (due_on, id) WHERE done_at IS NULL;
CREATE INDEX project_tasks_by_doer ON project_tasks (done_by) WHERE done_by IS NOT NULL;
CREATE INDEX project_tasks_by_creator ON project_tasks (created_by) WHERE created_by IS NOT NULL;

CREATE TABLE project_comments (
    id         uuid NOT NULL PRIMARY KEY,
    task_id    uuid NOT NULL REFERENCES project_tasks (id),
    written_by uuid REFERENCES users (id),
    written_at bigint NOT NULL,
    text       text NOT NULL
);
CREATE INDEX project_comments_by_task ON project_comments (task_id, id);
CREATE INDEX project_comments_by_writer ON project_comments (written_by, id) WHERE written_by IS NOT NULL;

-- How it goes, in words and with a light; the last one counts, the others stay.
CREATE TABLE project_reports (
    id         uuid NOT NULL PRIMARY KEY,
    project_id uuid NOT NULL REFERENCES projects (id),
    -- on_track, at_risk or off_track.
    light      text NOT NULL,
    text       text NOT NULL,
    written_by uuid REFERENCES users (id),
    written_at bigint NOT NULL
);
CREATE INDEX project_reports_by_project ON project_reports (project_id, id);
CREATE INDEX project_reports_by_writer ON project_reports (written_by) WHERE written_by IS NOT NULL;

CREATE TABLE project_decisions (
    id          uuid NOT NULL PRIMARY KEY,
    project_id  uuid NOT NULL REFERENCES projects (id),
    title       text NOT NULL,
    decided_on  text NOT NULL,
    -- Whoever it was, of either side, as people call them.
    decided_by  text NOT NULL,
    reason      text NOT NULL,
    recorded_by uuid REFERENCES users (id),
    recorded_at bigint NOT NULL
);
CREATE INDEX project_decisions_by_project ON project_decisions (project_id, decided_on, id);
CREATE INDEX project_decisions_by_recorder ON project_decisions (recorded_by) WHERE recorded_by IS NOT NULL;

-- What was changed, as its customer reads it.
CREATE TABLE project_changes (
    id         uuid NOT NULL PRIMARY KEY,
    project_id uuid NOT NULL REFERENCES projects (id),
    at         bigint NOT NULL,
    -- NULL: an import or the operator at the machine.
    changed_by uuid REFERENCES users (id),
    field      text NOT NULL,
    -- The milestone that it is about; else empty.
    subject    text NOT NULL,
    old        text NOT NULL,
    new        text NOT NULL,
    reason     text NOT NULL
);
CREATE INDEX project_changes_by_project ON project_changes (project_id, id);
CREATE INDEX project_changes_by_person ON project_changes (changed_by) WHERE changed_by IS NOT NULL;
