-- The floor shows documents only: what is to approve in the demo would be on one of the two pages.
DELETE FROM approval_seats;
DELETE FROM approvals;

-- Twenty customers, three people each; the project manager of the demo looks after half of them.
CREATE TEMP TABLE customers AS
WITH RECURSIVE n (o) AS (SELECT 1 UNION ALL SELECT o + 1 FROM n WHERE o < 20)
SELECT o, unhex(printf('%012x7%03x8%015x', now / 1000, o, o)) AS id, printf('bench-%02d', o) AS slug FROM n, input;

INSERT INTO organisations (id, slug, name, number, state, created_at)
SELECT id, slug, printf('Musterwerke %02d GmbH', o), printf('B-%05d', o), 'active', now FROM customers, input;

-- The words they are found by, as app/src/organisation/insert.rs notes them.
INSERT INTO organisation_terms (term, organisation_id)
SELECT 'musterwerke', id FROM customers UNION ALL SELECT printf('%02d', o), id FROM customers UNION ALL SELECT 'gmbh', id FROM customers
UNION ALL SELECT 'b', id FROM customers UNION ALL SELECT printf('%05d', o), id FROM customers;

CREATE TEMP TABLE people AS
WITH RECURSIVE n (p) AS (SELECT 1 UNION ALL SELECT p + 1 FROM n WHERE p < 3)
SELECT o, p, c.id AS organisation_id, unhex(printf('%012x7%03x9%03x%012x', now / 1000, p, o, p)) AS id,
    printf('person%d@%s.example', p, slug) AS email
FROM customers c, n, input;

INSERT INTO users (id, email, email_key, name, state, password_hash, created_at)
SELECT id, email, email, printf('Max Mustermann %02d-%d', o, p), 'active', '', now FROM people, input;

INSERT INTO memberships (user_id, organisation_id, role, state, created_at)
SELECT id, organisation_id, CASE p WHEN 1 THEN 'admin' ELSE 'member' END, 'active', now FROM people, input;

INSERT INTO staff_assignments (user_id, organisation_id, is_contact, created_at)
SELECT u.id, c.id, 1, now FROM customers c, input, users u WHERE u.email_key = 'pm@nordlicht.example' AND o % 2 = 0;

-- How many documents each customer has: ACME (0) all that are asked for and one unpublished in fifty, the twenty a
-- quarter of that together.
CREATE TEMP TABLE shares AS
SELECT 0 AS o, id AS organisation_id, documents + documents / 50 AS total FROM organisations, input WHERE slug = 'acme'
UNION ALL
SELECT o, id, MAX(documents / 80, 5) FROM customers, input;

-- Every document once, oldest first as they would have come: three years, the newest ten minutes old. With what their titles
-- sort by, as app/src/documents/sort.rs makes it; contracts end, over four years.
CREATE TEMP TABLE planned AS
WITH RECURSIVE n (o, organisation_id, total, i) AS (
    SELECT o, organisation_id, total, 1 FROM shares
    UNION ALL SELECT o, organisation_id, total, i + 1 FROM n WHERE i < total
), plain AS (
    SELECT o, organisation_id, i,
        unhex(printf('%012x7%03xa%03x%012x', (now - 600000000 - (total - i) * (span / total)) / 1000, i & 4095, o, i)) AS id,
        now - 600000000 - (total - i) * (span / total) AS at,
        -- Minutes are rare: the oldest three of ACME and nobody else's.
        CASE WHEN i <= 3 AND o = 0 THEN 'minutes'
            WHEN (i * 7) % 20 < 6 THEN 'invoice' WHEN (i * 7) % 20 < 11 THEN 'specification'
            WHEN (i * 7) % 20 < 14 THEN 'contract' WHEN (i * 7) % 20 < 17 THEN 'other' ELSE 'proposal' END AS category,
        CASE WHEN i % 51 <> 0 THEN 'published' WHEN i % 2 = 0 THEN 'draft' ELSE 'withdrawn' END AS state,
        CASE WHEN i % 20 < 14 OR o > 0 THEN 'organisation' WHEN i % 20 < 16 THEN 'group' WHEN i % 20 < 18 THEN 'people'
            ELSE 'project' END AS audience,
        CASE WHEN i % 50 = 0 THEN 3 WHEN i % 10 = 0 THEN 2 ELSE 1 END AS versions
    FROM n, input
)
SELECT plain.*,
    CASE category WHEN 'invoice' THEN printf('rechnung re 0000002026 %010d', i) WHEN 'specification' THEN printf('technical specification rf %010d roller conveyor', i)
        WHEN 'contract' THEN printf('rahmenvertrag uber wartung und ersatzteile %010d', i) WHEN 'minutes' THEN printf('minutes of the site meeting %010d', i)
        WHEN 'other' THEN printf('prufprotokoll %010d antriebszonen', i) ELSE printf('proposal an 0000002026 %010d maintenance spares', i) END AS title_key,
    CASE category WHEN 'contract' THEN date('2027-01-01', printf('+%d days', i % 1461)) END AS valid_until
FROM plain ORDER BY at;

INSERT INTO documents (id, organisation_id, title, category, topic, state, audience_kind, current_version, revision,
    created_by, created_at, published_by, published_at, changed_at, title_key, valid_until)
SELECT d.id, organisation_id,
    CASE category WHEN 'invoice' THEN printf('Rechnung RE-2026-%06d', i) WHEN 'specification' THEN printf('Technical specification RF-%06d, roller conveyor', i)
        WHEN 'contract' THEN printf('Rahmenvertrag über Wartung und Ersatzteile %06d', i) WHEN 'minutes' THEN printf('Minutes of the site meeting %06d', i)
        WHEN 'other' THEN printf('Prüfprotokoll %06d, Antriebszonen', i) ELSE printf('Proposal AN-2026-%06d: maintenance & spares', i) END,
    category, CASE category WHEN 'invoice' THEN 'money' WHEN 'proposal' THEN 'quotes' ELSE 'general' END,
    d.state, CASE d.state WHEN 'draft' THEN NULL ELSE audience END, versions, 2 + versions, u.id, at,
    CASE d.state WHEN 'draft' THEN NULL ELSE u.id END, CASE d.state WHEN 'draft' THEN NULL ELSE at END, at, title_key, valid_until
FROM planned d, users u WHERE u.email_key = 'pm@nordlicht.example';

INSERT INTO document_versions (id, document_id, number, file_name, media_type, size, sha256, store_key, uploaded_by, created_at, published_at)
WITH v (number) AS (VALUES (1), (2), (3))
SELECT unhex(printf('%s7%03x%s', substr(hex(d.id), 1, 12), number, substr(hex(d.id), 17))), d.id, number,
    printf('%s-%06d-v%d.pdf', category, i, number), 'application/pdf', 8000 + (i * 7919) % 4000000, randomblob(32),
    printf('bench/%s-%d', lower(hex(d.id)), number), u.id, at, CASE d.state WHEN 'draft' THEN NULL ELSE at END
FROM planned d JOIN v ON number <= versions, users u WHERE u.email_key = 'pm@nordlicht.example';

-- Who they are for: the organisation, the group it is in, people of it by name, the people of its project.
INSERT INTO document_audience (subject_id, changed_at, document_id, category, module, waiting_for, title_key, valid_until)
SELECT organisation_id, at, id, category, CASE WHEN category IN ('invoice', 'proposal') THEN 'money' ELSE 'documents' END, NULL, title_key, valid_until FROM planned WHERE state = 'published' AND audience = 'organisation'
UNION ALL
SELECT g.id, at, d.id, category, CASE WHEN category IN ('invoice', 'proposal') THEN 'money' ELSE 'documents' END, NULL, title_key, valid_until FROM planned d, customer_groups g WHERE state = 'published' AND audience = 'group' AND g.slug = 'key-accounts'
UNION ALL
SELECT u.id, at, d.id, category, CASE WHEN category IN ('invoice', 'proposal') THEN 'money' ELSE 'documents' END, u.id, title_key, valid_until FROM planned d, users u WHERE d.state = 'published' AND audience = 'people'
    AND (u.email_key = 'anna@acme.example' OR (u.email_key = 'ben@acme.example' AND i % 20 = 16))
UNION ALL
SELECT p.id, at, d.id, category, CASE WHEN category IN ('invoice', 'proposal') THEN 'money' ELSE 'documents' END, NULL, title_key, valid_until FROM planned d, projects p WHERE d.state = 'published' AND audience = 'project' AND p.slug = 'line-2'
ORDER BY 1, 2, 3;

-- Anna has opened nearly all of it, but not the last two that name her; Ben has opened every second.
INSERT INTO document_reads (document_id, user_id, version, read_at)
SELECT d.id, u.id, versions, at FROM planned d, users u
WHERE o = 0 AND d.state = 'published' AND u.email_key = 'anna@acme.example' AND i % 25 <> 0
    AND d.id NOT IN (SELECT id FROM planned WHERE o = 0 AND state = 'published' AND audience = 'people' ORDER BY at DESC LIMIT 2)
UNION ALL
SELECT d.id, u.id, versions, at FROM planned d, users u
WHERE o = 0 AND d.state = 'published' AND u.email_key = 'ben@acme.example' AND i % 2 = 0
ORDER BY 1, 2;

UPDATE document_audience SET waiting_for = NULL WHERE waiting_for IS NOT NULL AND EXISTS (
    SELECT 1 FROM document_reads r JOIN documents d ON d.id = r.document_id
    WHERE r.document_id = document_audience.document_id AND r.user_id = document_audience.waiting_for AND r.version >= d.current_version);

-- The trail of it: one event each, after those of the demo. The hashes are none: this trail is only read from.
INSERT INTO audit_events (sequence, id, at, actor_kind, actor_id, action, object_kind, object_id, organisation_id, detail, request_id, hash)
SELECT h.sequence + ROW_NUMBER() OVER (ORDER BY d.at, d.id), unhex(substr(hex(d.id), 1, 16) || 'b' || substr(hex(d.id), 18)), d.at, 'person', u.id,
    CASE d.state WHEN 'draft' THEN 'document.create' ELSE 'document.publish' END, 'document', d.id, d.organisation_id, '{}', 'bench', zeroblob(32)
FROM audit_head h, planned d, users u WHERE u.email_key = 'pm@nordlicht.example';
UPDATE audit_head SET sequence = (SELECT MAX(sequence) FROM audit_events);

-- To be indexed by their words: the marks that triggers would have made one by one.
INSERT INTO search_stale (document_id, stamp, since) SELECT id, random(), at FROM planned ORDER BY id;

-- A hundred people of the first of the others, who sign in as the demo's do: nobody may hold all open browsers alone.
WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 100)
INSERT INTO users (id, email, email_key, name, state, password_hash, created_at)
SELECT unhex(printf('%012x7%03x9%015x', now / 1000, n, n)), printf('reader-%d@bench.example', n), printf('reader-%d@bench.example', n), printf('Reader %d', n), 'active',
    (SELECT password_hash FROM users WHERE email_key = 'anna@acme.example'), now FROM n, input;
INSERT INTO memberships (user_id, organisation_id, role, state, created_at)
SELECT u.id, o.id, 'member', 'active', u.created_at FROM users u, organisations o WHERE o.slug = 'bench-01' AND u.email_key LIKE 'reader-%@bench.example';
