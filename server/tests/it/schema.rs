//! Both migrations make the same schema, but for the table of words that each engine indexes in its own way.

use std::collections::BTreeMap;

use crate::support::{Engine, TestApp};

const LITE_COLUMNS: &str = "SELECT t.name, c.name, c.type, CAST(c.\"notnull\" AS TEXT) FROM sqlite_schema t, pragma_table_xinfo(t.name) c WHERE c.hidden <> 1 AND t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE 'search_%words%' AND t.name <> '_sqlx_migrations'";
const PG_COLUMNS: &str = "SELECT table_name::text, column_name::text, data_type::text, CASE is_nullable WHEN 'NO' THEN '1' ELSE '0' END FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT IN ('search_words', 'search_order_words', 'search_project_words') AND table_name <> '_sqlx_migrations'";
const LITE_INDEXES: &str = "SELECT t.name, group_concat(i.name || ':' || i.\"unique\", ' ') FROM sqlite_schema t, pragma_index_list(t.name) i WHERE t.type = 'table' AND i.origin = 'c' GROUP BY t.name";
const PG_INDEXES: &str = "SELECT t.relname::text, string_agg(i.relname::text || ':' || CASE WHEN x.indisunique THEN '1' ELSE '0' END, ' ') FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace WHERE n.nspname = 'public' AND t.relname NOT IN ('search_words', 'search_order_words', 'search_project_words') AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = x.indexrelid) GROUP BY t.relname";
const LITE_KEYS: &str = "SELECT t.name, f.\"from\", f.\"table\", '' FROM sqlite_schema t, pragma_foreign_key_list(t.name) f WHERE t.type = 'table'";
const PG_KEYS: &str = "SELECT t.relname::text, a.attname::text, r.relname::text, '' FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid JOIN pg_class r ON r.oid = k.confrelid JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1] WHERE k.contype = 'f'";

fn rows(rows: Vec<Vec<String>>) -> BTreeMap<String, String> {
    rows.into_iter()
        .map(|row| {
            let at = row.len().saturating_sub(2).max(1);
            (row[..at].join("."), row[at..].join(" "))
        })
        .collect()
}

fn same_type(lite: &str, pg: &str) -> bool {
    let (lite, lite_null) = lite.split_once(' ').unwrap();
    let (pg, pg_null) = pg.rsplit_once(' ').unwrap();
    let pair = match lite {
        "BLOB" => ["uuid", "bytea"].contains(&pg),
        "INTEGER" => ["bigint", "boolean"].contains(&pg),
        "TEXT" => pg == "text",
        _ => false,
    };
    pair && lite_null == pg_null
}

#[tokio::test]
async fn tables_columns_indexes_and_keys_are_the_same_on_both_engines() {
    let (lite, pg) = (TestApp::new(Engine::Sqlite).await, TestApp::new(Engine::Postgres).await);
    let a = rows(lite.db().raw(LITE_COLUMNS.into()).await.unwrap());
    let b = rows(pg.db().raw(PG_COLUMNS.into()).await.unwrap());
    assert!(a.len() > 100);
    assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>());
    for (column, kind) in &a {
        assert!(same_type(kind, &b[column]), "{column}: {kind} on SQLite, {} on PostgreSQL", b[column]);
    }
    let sorted = |rows: Vec<Vec<String>>| {
        rows.into_iter()
            .map(|row| {
                let mut names: Vec<String> = row[1].split(' ').map(str::to_owned).collect();
                names.sort();
                (row[0].clone(), names)
            })
            .collect::<BTreeMap<_, _>>()
    };
    assert_eq!(
        sorted(lite.db().raw(LITE_INDEXES.into()).await.unwrap()),
        sorted(pg.db().raw(PG_INDEXES.into()).await.unwrap())
    );
    let mut keys = lite.db().raw(LITE_KEYS.into()).await.unwrap();
    let mut pg_keys = pg.db().raw(PG_KEYS.into()).await.unwrap();
    keys.sort();
    pg_keys.sort();
    assert_eq!(keys, pg_keys);
}

#[tokio::test]
async fn migrating_twice_changes_nothing() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let app = TestApp::new(engine).await;
        app::db::migrate(app.db()).await.unwrap();
        assert_eq!(app::db::schema_state(app.db()).await.unwrap(), app::db::SchemaState::Current);
    }
}
