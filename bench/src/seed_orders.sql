-- Customers with one person each, the project manager looks after two hundred of them; a tenth of all orders is ACME's.
CREATE TEMP TABLE shops AS
WITH RECURSIVE n (o) AS (SELECT 1 UNION ALL SELECT o + 1 FROM n, input WHERE o < MIN(MAX(orders / 10, 10), 10000))
SELECT o, unhex(printf('%012x7%03x8%015x', now / 1000, 4095, o)) AS id, unhex(printf('%012x7%03x9%015x', now / 1000, 4095, o)) AS user_id, printf('shop-%05d', o) AS slug FROM n, input;

INSERT INTO organisations (id, slug, name, number, state, created_at)
SELECT id, slug, printf('Handelshaus %05d GmbH', o), printf('H-%05d', o), 'active', now FROM shops, input;
INSERT INTO organisation_terms (term, organisation_id)
SELECT 'handelshaus', id FROM shops UNION ALL SELECT printf('%05d', o), id FROM shops UNION ALL SELECT 'gmbh', id FROM shops UNION ALL SELECT 'h', id FROM shops;
INSERT INTO users (id, email, email_key, name, state, password_hash, created_at)
SELECT user_id, 'einkauf@' || slug || '.example', 'einkauf@' || slug || '.example', printf('Erika Einkauf %05d', o), 'active', '', now FROM shops, input;
INSERT INTO memberships (user_id, organisation_id, role, state, created_at) SELECT user_id, id, 'admin', 'active', now FROM shops, input;
INSERT INTO staff_assignments (user_id, organisation_id, is_contact, created_at)
SELECT u.id, s.id, 1, now FROM shops s, input, users u WHERE u.email_key = 'pm@nordlicht.example' AND o <= 200;

-- Every order once, over three years; one in ten is not over yet.
CREATE TEMP TABLE planned_orders AS
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n, input WHERE i < orders)
SELECT i, unhex(printf('%012x7%03xa%015x', (now - (orders - i) * (span / orders)) / 1000, i & 4095, i)) AS id,
    CASE WHEN i % 10 = 3 THEN (SELECT id FROM organisations WHERE slug = 'acme') ELSE s.id END AS organisation_id,
    CASE WHEN i % 10 = 3 THEN NULL ELSE s.user_id END AS buyer_id,
    date('now', printf('-%d days', (orders - i) * 1095 / orders)) AS ordered_on,
    CASE (i / 10) % 10 WHEN 0 THEN CASE (i / 100) % 6 WHEN 0 THEN 'received' WHEN 1 THEN 'confirmed' WHEN 2 THEN 'in_production' WHEN 3 THEN 'waiting' WHEN 4 THEN 'ready' ELSE 'shipped' END
        WHEN 1 THEN 'cancelled' ELSE 'delivered' END AS status, now
FROM n, input JOIN shops s ON s.o = 1 + i % (SELECT MAX(o) FROM shops);

INSERT INTO orders (id, organisation_id, buyer_id, number, title, reference, status, closed, ordered_on, wanted_on, confirmed_on, delivered_on, currency, total,
    ship_to, carrier, terms, tracking_url, next_step, next_on, created_at, changed_at, revision)
SELECT p.id, organisation_id, buyer_id, printf('B-%07d', i), CASE i % 5 WHEN 0 THEN 'Rollenförderer' WHEN 1 THEN 'Ersatzteile' WHEN 2 THEN 'Wartung' WHEN 3 THEN 'Antriebszonen' ELSE '' END,
    printf('45%08d', i), p.status, t.is_final, ordered_on, date(ordered_on, '+28 days'), date(ordered_on, '+35 days'), CASE WHEN p.status = 'delivered' THEN date(ordered_on, '+34 days') END,
    'EUR', 10000 + (i * 7919) % 9000000, '', '', '', '', CASE WHEN t.is_final THEN '' ELSE 'Montage' END, CASE WHEN t.is_final THEN NULL ELSE date(ordered_on, '+35 days') END,
    now, now, 1
FROM planned_orders p JOIN order_statuses t ON t.key = p.status;

INSERT INTO order_lines (order_id, position, article, title, quantity, unit, price, amount)
SELECT id, 10, printf('RF-%05d', i % 9973), CASE i % 3 WHEN 0 THEN 'Rollenbahn 2000 mm' WHEN 1 THEN 'Getriebemotor 0,37 kW' ELSE 'Dichtungssatz' END, 1000 * (1 + i % 9), 'pc', 4200, 4200 * (1 + i % 9)
FROM planned_orders;

-- To be indexed by their words, as documents are.
INSERT INTO search_stale_orders (order_id, stamp, since) SELECT id, random(), now FROM planned_orders ORDER BY id;
