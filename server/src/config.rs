//! Configuration: environment variables `KONTOR_*`, or `kontor.toml` with the same names in lower case. Unknown
//! names and bad values are refused at start, by name.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use app::db::DbOptions;
use app::files::{Files, Watched};
use app::imports::watch::Place;
use app::mail::{Sender, Smtp};
use app::outgoing::Network;
use app::scan::clamd::Scanner;
use app::secrets::Secrets;
use app::sign_in::sessions::Lifetimes;
use jiff::tz::TimeZone;
use url::Url;

/// Every name there is, with what `kontor doctor` says of it. `_FILE` names a file that holds the value.
const NAMES: [(&str, &str); 25] = [
    ("ADDR", "listen address"),
    ("BASE_URL", "public URL; links in mails come from it"),
    ("CLAMD", "virus scanner"),
    ("DATABASE_URL", "database"),
    ("DATABASE_URL_FILE", "file that holds the database URL"),
    ("DATA_DIR", "database, files and secrets of the embedded default"),
    ("ENCRYPT_FILES", "new files are sealed in the store: yes or no"),
    ("IMPORT_DIR", "folder whose files are imported by themselves"),
    ("IMPORT_URL", "prefix of a bucket whose files are imported by themselves"),
    ("LOG", "log filter"),
    ("LOG_FORMAT", "json or pretty"),
    ("MAIL_FROM", "whom mails are from"),
    ("OUTGOING_ALLOW", "networks that are not public and may be called all the same"),
    ("SECRET_KEY", "64 hexadecimal digits that secrets in the database are sealed with"),
    ("SECRET_KEY_FILE", "file that holds the key"),
    ("SESSION_HOURS", "a sign-in ends after this many hours"),
    ("SESSION_IDLE_MINUTES", "a sign-in ends after this many minutes without a request"),
    ("SIGNED_LINKS", "files that are not sealed are handed out by links of the store: yes or no"),
    ("SMTP_URL", "mail server"),
    ("SMTP_URL_FILE", "file that holds the mail server URL"),
    ("STORE_URL", "file store"),
    ("TIME_ZONE", "zone that dates are shown in"),
    ("TRUSTED_PROXIES", "addresses whose X-Forwarded-For counts"),
    ("UPLOAD_LIMIT", "longest file in bytes"),
    ("WEBHOOK_ALLOW", "networks that are not public and customers' webhooks may be sent to"),
];

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// One JSON object per line.
    Json,
    /// For people.
    Pretty,
}

/// The configuration in force.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the embedded default keeps everything.
    pub data_dir: PathBuf,
    /// The database.
    pub database: DbOptions,
    /// The file store's URL.
    pub store_url: String,
    /// Where to listen.
    pub addr: SocketAddr,
    /// The public URL.
    pub base_url: Url,
    /// The mail server; none: mails are written into a folder.
    pub smtp: Option<Smtp>,
    /// Whom mails are from; none: the portal at the host of its public URL.
    pub mail_from: Option<Sender>,
    /// New files are sealed in the store.
    pub encrypt_files: bool,
    /// Browsers are sent to the store for files that are not sealed.
    pub signed_links: bool,
    /// The virus scanner; none: files are marked as not scanned.
    pub scanner: Option<Scanner>,
    /// The key that secrets are sealed with; none: kept in a file in the data directory.
    pub secret_key: Option<Secrets>,
    /// Where files lie that are imported by themselves; none: no place is watched.
    pub import_from: Option<Place>,
    /// `tracing` filter.
    pub log: String,
    /// How log lines look.
    pub log_format: LogFormat,
    /// The zone that dates are shown in.
    pub zone: TimeZone,
    /// How long sessions live.
    pub sessions: Lifetimes,
    /// The longest file, in bytes.
    pub upload_limit: u64,
    /// Proxies whose `X-Forwarded-For` counts.
    pub trusted_proxies: Vec<IpAddr>,
    /// Networks that are not public and may be called all the same.
    pub outgoing_allow: Vec<Network>,
    /// Networks that are not public and customers' webhooks may be sent to.
    pub webhook_allow: Vec<Network>,
    /// The values as given or defaulted, secrets masked: for `kontor doctor`.
    pub shown: Vec<(String, String, &'static str)>,
}

impl Config {
    /// Reads the environment and `kontor.toml` in the working directory.
    pub fn load() -> Result<Self, String> {
        let environment = std::env::vars_os().filter_map(|(name, value)| {
            let name = name.into_string().ok()?.strip_prefix("KONTOR_")?.to_owned();
            Some((name, value.to_string_lossy().into_owned()))
        });
        let file = Path::new("kontor.toml");
        let text = match std::fs::read_to_string(file) {
            Ok(text) => {
                check_secret_file(file, "kontor.toml")?;
                text
            }
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(e) => return Err(format!("kontor.toml: {e}")),
        };
        Self::parse(environment, &text)
    }

    /// Builds the configuration from environment pairs (names without prefix) and the text of a file; the
    /// environment wins.
    pub fn parse(environment: impl IntoIterator<Item = (String, String)>, file: &str) -> Result<Self, String> {
        let mut values: BTreeMap<String, String> = BTreeMap::new();
        let table: toml::Table = file.parse().map_err(|e| format!("kontor.toml: {e}"))?;
        for (name, value) in table {
            let value = match value {
                toml::Value::String(text) => text,
                toml::Value::Integer(number) => number.to_string(),
                _ => return Err(format!("kontor.toml: {name} must be a text or a number")),
            };
            let upper = name.to_uppercase();
            if name != name.to_lowercase() || !known(&upper) {
                return Err(format!("kontor.toml: unknown name {name}"));
            }
            values.insert(upper, value);
        }
        for (name, value) in environment {
            if !known(&name) {
                return Err(format!("KONTOR_{name}: unknown name"));
            }
            values.insert(name, value);
        }
        values.retain(|_, value| !value.is_empty());
        for name in ["DATABASE_URL", "SECRET_KEY", "SMTP_URL"] {
            if let Some(path) = values.get(&format!("{name}_FILE")).cloned() {
                check_secret_file(Path::new(&path), &format!("KONTOR_{name}_FILE"))?;
                let text = std::fs::read_to_string(&path).map_err(|e| format!("KONTOR_{name}_FILE: {path}: {e}"))?;
                values.insert(name.to_owned(), text.trim().to_owned());
            }
        }
        build(&values)
    }
}

fn known(name: &str) -> bool {
    NAMES.iter().any(|(known, _)| *known == name)
}

/// A file with secrets that everybody on the machine may read is refused.
pub(crate) fn check_secret_file(path: &Path, name: &str) -> Result<(), String> {
    let metadata = std::fs::metadata(path).map_err(|e| format!("{name}: {}: {e}", path.display()))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        if metadata.permissions().mode() & 0o007 != 0 {
            return Err(format!("{name}: {} may be read by everybody; chmod 600 it", path.display()));
        }
    }
    let _ = metadata;
    Ok(())
}

fn build(values: &BTreeMap<String, String>) -> Result<Config, String> {
    let mut shown = Vec::new();
    let mut take = |name: &'static str, default: &str| {
        let given = values.get(name);
        let value = given.map_or(default, String::as_str).to_owned();
        let masked = if name == "SECRET_KEY" && !value.is_empty() { "***".to_owned() } else { mask(&value) };
        shown.push((format!("KONTOR_{name}"), masked, if given.is_some() { "set" } else { "default" }));
        value
    };
    let data_dir = PathBuf::from(take("DATA_DIR", "./data"));
    let within = |name: &str| data_dir.join(name).display().to_string();
    let database_url = take("DATABASE_URL", &format!("sqlite:{}", within("kontor.sqlite")));
    let store_url = take("STORE_URL", &format!("file:{}", within("files")));
    let addr = take("ADDR", "127.0.0.1:3000");
    let base_url = take("BASE_URL", &format!("http://{addr}"));
    let secret_key = take("SECRET_KEY", "");
    let session_hours = take("SESSION_HOURS", "12");
    let session_idle = take("SESSION_IDLE_MINUTES", "30");
    let smtp = take("SMTP_URL", "");
    let mail_from = take("MAIL_FROM", "");
    let clamd = take("CLAMD", "");
    let encrypt_files = take("ENCRYPT_FILES", "no");
    let signed_links = take("SIGNED_LINKS", "no");
    let import_dir = take("IMPORT_DIR", "");
    let import_url = take("IMPORT_URL", "");
    let log = take("LOG", "info");
    let log_format = take("LOG_FORMAT", "json");
    let zone = take("TIME_ZONE", "Europe/Berlin");
    let upload_limit = take("UPLOAD_LIMIT", "2000000000");
    let trusted_proxies = take("TRUSTED_PROXIES", "");
    let outgoing_allow = take("OUTGOING_ALLOW", "");
    let webhook_allow = take("WEBHOOK_ALLOW", "");

    let database = DbOptions::parse(&database_url).map_err(|e| format!("KONTOR_DATABASE_URL: {e}"))?;
    Files::check_url(&store_url).map_err(|e| format!("KONTOR_STORE_URL: {e}"))?;
    let addr: SocketAddr = addr.parse().map_err(|_| "KONTOR_ADDR: not an address like 127.0.0.1:3000".to_owned())?;
    let base_url = Url::parse(&base_url)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host() && url.path() == "/")
        .ok_or("KONTOR_BASE_URL: not a URL like https://portal.example.com, without a path")?;
    let scanner = match clamd.as_str() {
        "" => None,
        text => Some(Scanner::parse(text).map_err(|e| format!("KONTOR_CLAMD: {e}"))?),
    };
    let encrypt_files = yes_or_no("ENCRYPT_FILES", &encrypt_files)?;
    let signed_links = yes_or_no("SIGNED_LINKS", &signed_links)?;
    let smtp = match smtp.as_str() {
        "" => None,
        text => Some(Smtp::parse(text).map_err(|e| format!("KONTOR_SMTP_URL: {e}"))?),
    };
    let mail_from = match mail_from.as_str() {
        "" => None,
        text => Some(Sender::parse(text).map_err(|e| format!("KONTOR_MAIL_FROM: {e}"))?),
    };
    let secret_key = match secret_key.as_str() {
        "" => None,
        text => Some(Secrets::parse(text).ok_or("KONTOR_SECRET_KEY: not 64 hexadecimal digits")?),
    };
    let import_from = place(&import_dir, &import_url, &store_url)?;
    let log_format = match log_format.as_str() {
        "json" => LogFormat::Json,
        "pretty" => LogFormat::Pretty,
        _ => return Err("KONTOR_LOG_FORMAT: must be json or pretty".into()),
    };
    tracing_subscriber::EnvFilter::try_new(&log).map_err(|_| "KONTOR_LOG: not a tracing filter".to_owned())?;
    let zone = TimeZone::get(&zone).map_err(|_| format!("KONTOR_TIME_ZONE: unknown zone {zone}"))?;
    let sessions = lifetimes(&session_idle, &session_hours)?;
    let upload_limit =
        upload_limit.parse().ok().filter(|limit| *limit > 0).ok_or("KONTOR_UPLOAD_LIMIT: not a number of bytes")?;
    let trusted_proxies = trusted_proxies
        .split([',', ' '])
        .filter(|text| !text.is_empty())
        .map(|text| text.parse().map_err(|_| format!("KONTOR_TRUSTED_PROXIES: {text} is not an address")))
        .collect::<Result<_, _>>()?;
    let outgoing_allow = networks("OUTGOING_ALLOW", &outgoing_allow)?;
    let webhook_allow = networks("WEBHOOK_ALLOW", &webhook_allow)?;
    Ok(Config {
        data_dir,
        database,
        store_url,
        addr,
        base_url,
        smtp,
        mail_from,
        encrypt_files,
        signed_links,
        scanner,
        secret_key,
        import_from,
        log,
        log_format,
        zone,
        sessions,
        upload_limit,
        trusted_proxies,
        outgoing_allow,
        webhook_allow,
        shown,
    })
}

/// Networks with commas between.
fn networks(name: &str, text: &str) -> Result<Vec<Network>, String> {
    text.split([',', ' '])
        .filter(|text| !text.is_empty())
        .map(|text| Network::parse(text).ok_or(format!("KONTOR_{name}: {text} is not a network like 10.0.0.0/8")))
        .collect()
}

/// Where files lie that are imported by themselves.
fn place(folder: &str, url: &str, store: &str) -> Result<Option<Place>, String> {
    match (folder, url) {
        ("", "") => Ok(None),
        (path, "") => {
            let path = std::fs::canonicalize(path)
                .ok()
                .filter(|path| path.is_dir())
                .ok_or("KONTOR_IMPORT_DIR: not a folder that can be opened; make it first, so that nobody else does")?;
            Ok(Some(Place::Folder(path)))
        }
        ("", url) if url.trim_end_matches('/') == store.trim_end_matches('/') => {
            Err("KONTOR_IMPORT_URL: the portal's own files lie there; choose another prefix".to_owned())
        }
        ("", url) => {
            Watched::open(url).map(|store| Some(Place::Store(store))).map_err(|e| format!("KONTOR_IMPORT_URL: {e}"))
        }
        _ => Err("KONTOR_IMPORT_URL: KONTOR_IMPORT_DIR is set too; one place is watched".to_owned()),
    }
}

fn yes_or_no(name: &str, value: &str) -> Result<bool, String> {
    match value {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err(format!("KONTOR_{name}: yes or no")),
    }
}

/// Five minutes at least, so that there is time to warn before the end; thirty days at most.
fn lifetimes(idle: &str, hours: &str) -> Result<Lifetimes, String> {
    let minutes = |name: &str, text: &str, unit: u64, least: u64| {
        text.parse::<u64>()
            .ok()
            .and_then(|count| count.checked_mul(unit))
            .filter(|minutes| (least..=30 * 24 * 60).contains(minutes))
            .map(|minutes| Duration::from_secs(minutes * 60))
            .ok_or(format!("KONTOR_{name}: not a whole number from {} to 30 days", least / unit))
    };
    let idle = minutes("SESSION_IDLE_MINUTES", idle, 1, 5)?;
    let absolute = minutes("SESSION_HOURS", hours, 60, 60)?;
    if idle > absolute {
        return Err("KONTOR_SESSION_IDLE_MINUTES: longer than KONTOR_SESSION_HOURS".into());
    }
    Ok(Lifetimes { idle, absolute })
}

/// A URL without its password.
fn mask(value: &str) -> String {
    if let Some((before, _)) = value.split_once("password=") {
        return format!("{before}password=***");
    }
    match Url::parse(value) {
        Ok(mut url) if url.password().is_some() => {
            let _ = url.set_password(Some("***"));
            url.to_string()
        }
        _ => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(pairs: &[(&str, &str)], file: &str) -> Result<Config, String> {
        Config::parse(pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())), file)
    }

    #[test]
    fn everything_has_a_default() {
        let config = parse(&[], "").unwrap();
        assert_eq!(config.addr.to_string(), "127.0.0.1:3000");
        assert_eq!(config.base_url.as_str(), "http://127.0.0.1:3000/");
    }

    #[test]
    fn unknown_names_and_bad_values_are_refused_by_name() {
        for (pairs, file, says) in [
            (&[("DATABSE_URL", "x")][..], "", "KONTOR_DATABSE_URL"),
            (&[("ADDR", "here")][..], "", "KONTOR_ADDR"),
            (&[("DATABASE_URL", "mysql://x")][..], "", "KONTOR_DATABASE_URL"),
            (&[("BASE_URL", "ftp://x")][..], "", "KONTOR_BASE_URL"),
            (&[("CLAMD", "127.0.0.1:3310")][..], "", "KONTOR_CLAMD"),
            (&[("ENCRYPT_FILES", "perhaps")][..], "", "KONTOR_ENCRYPT_FILES"),
            (&[("IMPORT_DIR", "/nowhere")][..], "", "KONTOR_IMPORT_DIR"),
            (&[("IMPORT_URL", "ftp://x")][..], "", "KONTOR_IMPORT_URL: must start with s3://"),
            (&[("IMPORT_URL", "file:/tmp")][..], "", "KONTOR_IMPORT_URL: a folder"),
            (&[("IMPORT_DIR", "/tmp"), ("IMPORT_URL", "s3://bucket/in")][..], "", "one place is watched"),
            (&[("STORE_URL", "s3://bucket/a"), ("IMPORT_URL", "s3://bucket/a/")][..], "", "KONTOR_IMPORT_URL"),
            (&[("LOG", "server=perhaps")][..], "", "KONTOR_LOG: not"),
            (&[("LOG_FORMAT", "xml")][..], "", "KONTOR_LOG_FORMAT"),
            (&[("SIGNED_LINKS", "perhaps")][..], "", "KONTOR_SIGNED_LINKS"),
            (&[("STORE_URL", "ftp://x")][..], "", "KONTOR_STORE_URL: must start with file:"),
            (&[("STORE_URL", "file:")][..], "", "KONTOR_STORE_URL: file: needs a path"),
            (&[("STORE_URL", "/srv/files")][..], "", "KONTOR_STORE_URL"),
            (&[("SMTP_URL", "mail.example.com")][..], "", "KONTOR_SMTP_URL"),
            (&[("SMTP_URL", "smtp://mail.example.com?tls=perhaps")][..], "", "KONTOR_SMTP_URL"),
            (&[("MAIL_FROM", "the portal")][..], "", "KONTOR_MAIL_FROM"),
            (&[("SECRET_KEY", "0123")][..], "", "KONTOR_SECRET_KEY"),
            (&[("TIME_ZONE", "Mars/Olympus")][..], "", "KONTOR_TIME_ZONE"),
            (&[("TRUSTED_PROXIES", "127.0.0.1, proxy.example.com")][..], "", "KONTOR_TRUSTED_PROXIES: proxy"),
            (&[("TRUSTED_PROXIES", "10.0.0.0/8")][..], "", "KONTOR_TRUSTED_PROXIES"),
            (&[("UPLOAD_LIMIT", "-1")][..], "", "KONTOR_UPLOAD_LIMIT"),
            (&[("SESSION_IDLE_MINUTES", "4")][..], "", "KONTOR_SESSION_IDLE_MINUTES"),
            (&[("SESSION_HOURS", "0")][..], "", "KONTOR_SESSION_HOURS"),
            (&[("SESSION_HOURS", "9999999999999999999")][..], "", "KONTOR_SESSION_HOURS"),
            (&[("SESSION_IDLE_MINUTES", "90"), ("SESSION_HOURS", "1")][..], "", "KONTOR_SESSION_IDLE_MINUTES"),
            (&[("OUTGOING_ALLOW", "10.0.0.0/40")][..], "", "KONTOR_OUTGOING_ALLOW"),
            (&[("WEBHOOK_ALLOW", "inside")][..], "", "KONTOR_WEBHOOK_ALLOW"),
            (&[][..], "adr = 'x'", "adr"),
            (&[][..], "ADDR = 'x'", "ADDR"),
        ] {
            let error = parse(pairs, file).err().unwrap_or_default();
            assert!(error.contains(says), "{error}");
        }
    }

    #[test]
    fn the_environment_wins_over_the_file() {
        let config = parse(&[("ADDR", "127.0.0.1:4000")], "addr = '127.0.0.1:5000'\nlog = 'debug'").unwrap();
        assert_eq!((config.addr.port(), config.log.as_str()), (4000, "debug"));
    }

    #[test]
    fn passwords_are_not_shown() {
        let config = parse(&[("DATABASE_URL", "postgres://kontor:geheim@db/kontor")], "").unwrap();
        assert!(!format!("{:?}", config.shown).contains("geheim"));
        let config = parse(&[("SMTP_URL", "smtp://portal:geheim@mail.example.com")], "").unwrap();
        assert!(!format!("{config:?}").contains("geheim"));
        let error = parse(&[("SMTP_URL", "smtp://portal:geheim@")], "").err().unwrap_or_default();
        assert!(error.contains("KONTOR_SMTP_URL") && !error.contains("geheim"), "{error}");
    }
}
