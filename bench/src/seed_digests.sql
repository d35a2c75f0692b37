-- People of the twenty customers who have something to read, three new versions each, and whose hour has just come.
CREATE TEMP TABLE readers AS
WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n, input WHERE n < digests)
SELECT n, c.id AS organisation_id, c.o, unhex(printf('%012x7%03xb%015x', now / 1000, n & 4095, n)) AS id, printf('digest-%d@bench.example', n) AS email
FROM n, customers c, input WHERE c.o = 1 + n % 20;

INSERT INTO users (id, email, email_key, name, state, password_hash, locale, created_at)
SELECT id, email, email, printf('Digest %06d', n), 'active', '', CASE n % 3 WHEN 0 THEN 'en' WHEN 1 THEN 'de' ELSE 'nl' END, now FROM readers, input;

INSERT INTO memberships (user_id, organisation_id, role, state, created_at)
SELECT id, organisation_id, 'member', 'active', now FROM readers, input;

INSERT INTO notifications (id, user_id, kind, class, organisation_id, object_kind, object_id, actor_id, created_at, mail_due_at)
SELECT unhex(printf('%012x7%03xb%015x', (now - 3600000000) / 1000, p.place, r.n)), r.id, 'document.version', 'information', r.organisation_id,
    'document', p.id, u.id, now - 3600000000, now
FROM readers r, input, users u,
    (SELECT id, o, ROW_NUMBER() OVER (PARTITION BY o ORDER BY at DESC) AS place FROM planned WHERE o > 0 AND state = 'published' AND category IN ('specification', 'contract', 'other')) p
WHERE p.o = r.o AND p.place <= 3 AND u.email_key = 'pm@nordlicht.example';
