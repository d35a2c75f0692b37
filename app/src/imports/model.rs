//! Plain types of runs.

use serde::{Deserialize, Serialize};

use crate::ids::{ImportId, UserId};
use crate::time::Instant;

use super::kind::Kind;
use super::mapping::Mapping;
use super::table::Format;
use super::values::Written;

/// Where a run stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum State {
    /// The file is looked through: nothing is written.
    Checking,
    /// It was looked through and waits for somebody to decide.
    Ready,
    /// It is to be imported.
    Waiting,
    /// It is being imported.
    Running,
    /// It was.
    Done,
    /// It was not, or not whole.
    Failed,
    /// It is being undone.
    Undoing,
    /// It was undone.
    Undone,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 8] = [
        Self::Checking,
        Self::Ready,
        Self::Waiting,
        Self::Running,
        Self::Done,
        Self::Failed,
        Self::Undoing,
        Self::Undone,
    ];

    /// The name in the database and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Checking => "checking",
            Self::Ready => "ready",
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Undoing => "undoing",
            Self::Undone => "undone",
        }
    }

    /// The state with this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }

    /// The portal is at it: it changes by itself.
    pub const fn moves(self) -> bool {
        matches!(self, Self::Checking | Self::Waiting | Self::Running | Self::Undoing)
    }
}

/// Where a file came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Source {
    /// Somebody uploaded it in a page.
    Page,
    /// A program sent it.
    Api,
    /// The operator at the machine named it.
    Command,
    /// It lay in the watched folder.
    Folder,
}

impl Source {
    /// The name in the database and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Api => "api",
            Self::Command => "command",
            Self::Folder => "folder",
        }
    }
}

/// What was chosen for a run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// Nothing is written.
    #[serde(skip)]
    pub dry_run: bool,
    /// What is wrong is left out; otherwise nothing is done where anything is wrong.
    #[serde(default)]
    pub skip_bad: bool,
    /// Of prices that say none; ISO 4217.
    #[serde(default)]
    pub currency: String,
    /// People get an invitation by mail; otherwise they are only known.
    #[serde(default)]
    pub invite: bool,
    /// Documents are published to their customer; otherwise they are drafts.
    #[serde(default)]
    pub publish: bool,
}

/// How many rows did what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Counts {
    /// New ones.
    pub created: i64,
    /// Different ones.
    pub changed: i64,
    /// As they were.
    pub unchanged: i64,
    /// Left out.
    pub rejected: i64,
}

/// A run.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Run {
    /// Id.
    pub id: ImportId,
    /// What the rows are.
    pub kind: Kind,
    /// Where it stands.
    pub state: State,
    /// Where the file came from.
    pub source: Source,
    /// Who began it; none: the operator at the machine, or the watched folder.
    pub started_by: Option<UserId>,
    /// Their name.
    pub by_name: Option<String>,
    /// The file's name.
    pub file_name: String,
    /// Its bytes.
    pub size: i64,
    /// SHA-256 of them.
    pub sha256: Vec<u8>,
    /// Where it lies.
    pub store_key: Option<String>,
    /// Its own key, sealed.
    pub sealed_key: Option<Vec<u8>>,
    mapping: String,
    options: String,
    /// Rows that are durably done.
    pub done: i64,
    /// About how many there are.
    pub total: i64,
    /// What they did.
    #[sqlx(flatten)]
    pub counts: Counts,
    /// Every row that was made or changed is noted.
    pub whole: bool,
    /// Why it failed or was not undone.
    problem: String,
    /// When the file came.
    pub created_at: Instant,
    /// When it was begun.
    pub started_at: Option<Instant>,
    /// When it ended.
    pub ended_at: Option<Instant>,
    /// The last sign of life.
    pub beat_at: Instant,
}

impl Run {
    /// How it is read.
    pub fn mapping(&self) -> Mapping {
        Mapping::parse(&self.mapping)
    }

    /// How it is read, as it is stored.
    pub(super) fn mapping_text(&self) -> &str {
        &self.mapping
    }

    /// What was chosen.
    pub fn options(&self) -> Options {
        serde_json::from_str(&self.options).unwrap_or_default()
    }

    /// The hash as people compare it.
    pub fn sha256_hex(&self) -> String {
        crate::documents::model::hex(&self.sha256)
    }

    /// What is the matter with it: a word, and what it is about.
    pub fn problem(&self) -> Option<(&str, &str)> {
        let problem = self.problem.split_once(':').unwrap_or((&self.problem, ""));
        (!self.problem.is_empty()).then_some(problem)
    }

    /// The file, where it still is.
    pub fn object(&self) -> Option<crate::files::Object> {
        let key = self.store_key.clone()?;
        Some(crate::files::Object { key, size: self.size, sealed_key: self.sealed_key.clone() })
    }

    /// How long it took, in microseconds.
    pub fn duration(&self) -> Option<i64> {
        Some(self.ended_at?.0 - self.started_at?.0)
    }

    /// It changed something that can be taken back.
    pub fn can_be_undone(&self) -> bool {
        self.state == State::Done && self.whole && self.counts.created + self.counts.changed > 0
    }

    /// It can be run once more.
    pub fn can_be_run_again(&self) -> bool {
        matches!(self.state, State::Failed | State::Undone) && self.store_key.is_some()
    }
}

/// What was recognised in a file, with its first rows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Look {
    /// How it is written.
    pub format: Format,
    /// The names of its columns.
    pub heading: Vec<String>,
    /// How the values of each column are written.
    pub written: Vec<Written>,
    /// Names of what no column has: lists of JSON.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<String>,
    /// The first rows: line and cells.
    pub rows: Vec<(u64, Vec<String>)>,
}

/// What became of a row, as it was noted.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct RunRow {
    /// Its place in the run.
    pub position: i64,
    /// Where it stands in the file.
    pub line: i64,
    /// What it is about.
    pub number: String,
    /// create, change or rejected.
    pub result: String,
    detail: String,
}

/// Old and new values, or what is wrong.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Detail {
    /// Field, old and new.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<(String, String, String)>,
    /// Field and what is wrong with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<(String, String)>,
}

impl RunRow {
    /// Old and new values, or what is wrong.
    pub fn detail(&self) -> Detail {
        serde_json::from_str(&self.detail).unwrap_or_default()
    }
}
