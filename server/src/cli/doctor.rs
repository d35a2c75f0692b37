//! `kontor doctor`: the configuration in force, and whether everything it names is there.

use app::db::{Db, PoolSizes, SchemaState};
use app::files::{Files, LIFE};
use app::imports::watch::Place;
use app::keys::seal;
use app::preview::Previewer;
use app::secrets::Secrets;
use app::settings;

use super::Outcome;
use super::print::line;
use crate::config::Config;
use crate::state::open_mailer;
use crate::{data_dir, key};

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
    check("data", data_dir::check(&config.data_dir))?;
    match open(&config).await {
        Ok(db) => {
            check("database", db.ping().await.map(|()| db.engine_name().to_owned()).map_err(|e| e.to_string()))?;
            let schema = app::db::schema_state(&db).await.map_err(|e| e.to_string());
            let known = match &schema {
                Ok(SchemaState::Current) => settings::key_fingerprint(&db).await.map_err(|e| e.to_string()),
                _ => Ok(None),
            };
            check(
                "schema",
                schema.and_then(|state| match state {
                    SchemaState::Current => Ok("up to date".to_owned()),
                    SchemaState::Behind => Err("behind: run kontor migrate".to_owned()),
                    SchemaState::Ahead => Err("a newer version of Kontor has used it".to_owned()),
                }),
            )?;
            check("key", known.and_then(|known| key_stands(&config, known.as_deref())))?;
            check("sealing", sealing(&config, &db).await)?;
            db.close().await;
        }
        Err(e) => {
            check("database", Err(e))?;
            check("key", key_stands(&config, None))?;
        }
    }
    match open_store(&config) {
        Ok(files) => {
            check("store", store(&files).await)?;
            check("links", links(&config, &files).await)?;
        }
        Err(e) => check("store", Err(e))?,
    }
    match &config.import_from {
        Some(Place::Store(store)) => {
            let looked = store.check().await.map_err(|e| e.to_string());
            check("imports", looked.map(|()| format!("{}: looked into every two minutes", store.kind())))?;
        }
        Some(Place::Folder(folder)) => {
            check("imports", Ok(format!("{}: looked into every two minutes", folder.display())))?
        }
        None => check("imports", Ok("none: no place is watched".to_owned()))?,
    }
    let mail = async {
        let mailer = open_mailer(&config)?;
        if config.smtp.is_none() && !config.data_dir.exists() {
            return Ok(format!("{}: not there yet, made with the data directory", mailer.name()));
        }
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

/// The database, where there is one: a doctor makes none.
async fn open(config: &Config) -> Result<Db, String> {
    if let Some(path) = config.database.missing() {
        return Err(format!("{}: not there yet, the first start makes it, or kontor migrate", path.display()));
    }
    config.database.connect(PoolSizes::default()).await.map_err(|e| e.to_string())
}

/// Whether a start takes the key. `known` is the fingerprint that the database knows.
fn key_stands(config: &Config, known: Option<&str>) -> Result<String, String> {
    let fits = |key: &Secrets| known.is_none_or(|known| known == key.fingerprint());
    match key::existing(config)? {
        Some(key) if fits(&key) => Ok(key.fingerprint()),
        None if known.is_none() => Ok("none yet, made at the first start".to_owned()),
        _ => match key::next(config)? {
            Some(next) if fits(&next) => Ok("it was being exchanged: the next start takes the new one".to_owned()),
            _ => Err(key::FOREIGN.to_owned()),
        },
    }
}

/// The store; a folder where there is one.
fn open_store(config: &Config) -> Result<Files, String> {
    match Files::folder(&config.store_url) {
        Some(folder) if !folder.exists() => {
            Err(format!("{}: not there yet, the first start makes it", folder.display()))
        }
        _ => Files::open(&config.store_url),
    }
}

/// Whether the store answers and can be written.
async fn store(files: &Files) -> Result<String, String> {
    files.ping().await.map_err(|e| e.to_string())?;
    files.probe().await.map_err(|e| format!("{}: {e}", files.kind()))?;
    Ok(files.kind().to_owned())
}

/// Who hands files to browsers.
async fn links(config: &Config, files: &Files) -> Result<String, String> {
    if !config.signed_links {
        return Ok("none: the portal streams every file".to_owned());
    }
    files.check_links().await?;
    let new = if config.encrypt_files { "; new files are sealed, and streamed" } else { "" };
    Ok(format!("the store hands out files that are not sealed, by links of {} seconds{new}", LIFE.as_secs()))
}

/// Whether files are sealed, and how many from before are not.
async fn sealing(config: &Config, db: &Db) -> Result<String, String> {
    if !config.encrypt_files {
        return Ok("none: files lie in the store as they are".to_owned());
    }
    let left = seal::left(db).await.map_err(|e| e.to_string())?;
    let left: Vec<String> = left
        .into_iter()
        .filter(|(_, amount)| amount.count > 0)
        .map(|(kind, amount)| format!("{} {kind}", amount.count))
        .collect();
    if left.is_empty() {
        return Ok("every file is sealed".to_owned());
    }
    Ok(format!("new files are sealed; from before there are {}: run kontor keys seal", left.join(" and ")))
}
