-- A question about one in ten of ACME's published documents, the newest hundredth of them still open: what the staff's
-- list of approvals is measured on. The trail knows nothing of them; it is only read from.
CREATE TEMP TABLE asked AS
SELECT d.id AS document_id, d.organisation_id, d.category, d.topic, d.current_version AS version, v.sha256, d.changed_at AS at, d.created_by AS by,
    unhex(substr(hex(d.id), 1, 16) || 'B' || substr(hex(d.id), 18)) AS id,
    d.changed_at + 14 * 86400000000 AS due_at, ROW_NUMBER() OVER (ORDER BY d.changed_at DESC) AS n
FROM documents d JOIN document_versions v ON v.document_id = d.id AND v.number = d.current_version
JOIN organisations o ON o.id = d.organisation_id WHERE d.state = 'published' AND (o.slug = 'acme' OR o.slug LIKE 'bench-%') AND v.store_key LIKE 'bench/%'
    AND substr(hex(d.id), 32) IN ('0', '5', 'A');

INSERT INTO approvals (id, document_id, organisation_id, version, sha256, needed, asked, message, due_at, state, asked_by, asked_at, ended_at, category, topic)
SELECT id, document_id, organisation_id, version, sha256, 2, 3, 'Please look at page 6.', due_at,
    CASE WHEN n % 100 = 0 THEN 'open' WHEN n % 7 = 0 THEN 'declined' ELSE 'approved' END, by, at, CASE WHEN n % 100 = 0 THEN NULL ELSE at + 86400000000 END, category, topic
FROM asked;

INSERT INTO approval_steps (approval_id, number, needed, role) SELECT id, 1, 2, NULL FROM asked;

INSERT INTO approval_seats (approval_id, user_id, decision, due_at, decided_at, comment, step)
SELECT a.id, m.user_id, CASE WHEN n % 100 = 0 THEN 'waiting' WHEN n % 7 = 0 THEN 'declined' ELSE 'approved' END, due_at,
    CASE WHEN n % 100 = 0 THEN NULL ELSE at + 86400000000 END, '', 1
FROM asked a JOIN memberships m ON m.organisation_id = a.organisation_id AND m.state = 'active' AND m.role <> 'partner';
