//! `kontor doctor`: the configuration in force, and whether everything it names is there.

use app::db::{PoolSizes, SchemaState};
use app::files::Files;
use app::preview::Previewer;

use super::Outcome;
use super::print::line;
use crate::config::Config;
use crate::state::open_mailer;

pub async fn run(config: Config) -> Outcome {
    line("Configuration:")?;
    for (name, value, from) in &config.shown {
        let value = if value.is_empty() { "(none)" } else { value };
        line(&format!("  {name:24} {value}  [{from}]"))?;
    }
    line("Checks:")?;
    let mut failures = 0;
    let mut check = |name: &str, result: Result<String, String>| {
        let (mark, text) = match result {
            Ok(text) => ("ok  ", text),
            Err(text) => {
                failures += 1;
                ("FAIL", text)
            }
        };
        line(&format!("  {mark} {name:10} {text}"))
    };
    match config.database.connect(PoolSizes::default()).await {
        Ok(db) => {
            check("database", db.ping().await.map(|()| db.engine_name().to_owned()).map_err(|e| e.to_string()))?;
            let schema = app::db::schema_state(&db).await.map_err(|e| e.to_string());
            check(
                "schema",
                schema.and_then(|state| match state {
                    SchemaState::Current => Ok("up to date".to_owned()),
                    SchemaState::Behind => Err("behind: run kontor migrate".to_owned()),
                    SchemaState::Ahead => Err("a newer version of Kontor has used it".to_owned()),
                }),
            )?;
            db.close().await;
        }
        Err(e) => check("database", Err(e.to_string()))?,
    }
    let store = match Files::open(&config.store_url) {
        Ok(files) => files.ping().await.map(|()| files.kind().to_owned()).map_err(|e| e.to_string()),
        Err(e) => Err(e),
    };
    check("store", store)?;
    let mail = async {
        let mailer = open_mailer(&config)?;
        mailer.check().await.map(|()| mailer.name()).map_err(|e| format!("{}: {e}", mailer.name()))
    };
    check("mail", mail.await)?;
    check(
        "scanner",
        match &config.scanner {
            Some(scanner) => scanner.version().await,
            None => Ok("none: files are not scanned".to_owned()),
        },
    )?;
    check("previews", Previewer::this_program().check().await)?;
    let https = config.base_url.scheme() == "https";
    let local = config.base_url.host_str().is_some_and(|h| h == "localhost" || h.starts_with("127."));
    check(
        "base URL",
        if https || local {
            Ok(config.base_url.to_string())
        } else {
            Err("not https: session cookies travel in clear".to_owned())
        },
    )?;
    if failures == 0 { Ok(()) } else { Err(format!("{failures} checks failed")) }
}
