//! Plain types of statuses.

use serde::{Deserialize, Serialize};

use crate::i18n::Locale;
use crate::ui::Tone;

/// What has statuses. Each kind has a table of its own, of the same shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Orders.
    Orders,
    /// Projects.
    Projects,
}

impl Kind {
    /// Every kind, in the order of the page.
    pub const ALL: [Self; 2] = [Self::Orders, Self::Projects];

    /// The name in addresses, forms and events.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Orders => "orders",
            Self::Projects => "projects",
        }
    }

    /// The kind with this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The Fluent key of what they are of.
    pub const fn label_key(self) -> &'static str {
        match self {
            Self::Orders => "statuses-of-orders",
            Self::Projects => "statuses-of-projects",
        }
    }
}

/// Who acts next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The operator.
    House,
    /// The customer.
    Customer,
    /// Nobody: it is on its way, or over.
    Nobody,
}

impl Side {
    /// Every side, in the order of the form.
    pub const ALL: [Self; 3] = [Self::House, Self::Customer, Self::Nobody];

    /// The name in the database, in forms and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::House => "house",
            Self::Customer => "customer",
            Self::Nobody => "nobody",
        }
    }

    /// The side with this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|side| side.name() == name)
    }
}

/// How a status looks. The colours are the portal's, so that every one of them is readable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Look {
    /// Under way.
    Idle,
    /// The customer's turn.
    Mine,
    /// Well.
    Good,
    /// Needs a look.
    Warn,
    /// Failed.
    Bad,
}

impl Look {
    /// Every look, in the order of the form.
    pub const ALL: [Self; 5] = [Self::Idle, Self::Mine, Self::Good, Self::Warn, Self::Bad];

    /// The name in the database, in forms and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Mine => "mine",
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }

    /// The look with this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|look| look.name() == name)
    }

    /// The Fluent key of its words.
    pub const fn label_key(self) -> &'static str {
        match self {
            Self::Idle => "statuses-look-idle",
            Self::Mine => "statuses-look-mine",
            Self::Good => "statuses-look-good",
            Self::Warn => "statuses-look-warn",
            Self::Bad => "statuses-look-bad",
        }
    }

    /// Its colour.
    pub const fn tone(self) -> Tone {
        match self {
            Self::Idle => Tone::Idle,
            Self::Mine => Tone::Mine,
            Self::Good => Tone::Good,
            Self::Warn => Tone::Warn,
            Self::Bad => Tone::Bad,
        }
    }
}

/// How a thing can stand.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Status {
    /// What things, imports and the API name it by.
    pub key: String,
    /// Where it stands among the others.
    pub position: i64,
    /// English.
    pub name_en: String,
    /// German.
    pub name_de: String,
    /// Dutch.
    pub name_nl: String,
    /// How it looks.
    pub tone: Look,
    /// Who acts next.
    pub waits_for: Side,
    /// Nothing more will come.
    pub is_final: bool,
    /// Raised by every change.
    pub revision: i64,
}

impl Status {
    /// Its name.
    pub fn name(&self, locale: Locale) -> &str {
        match locale {
            Locale::En => &self.name_en,
            Locale::De => &self.name_de,
            Locale::Nl => &self.name_nl,
        }
    }

    /// Its shape beside the word.
    pub const fn glyph(&self) -> &'static str {
        glyph(self.tone, self.is_final)
    }
}

/// The shape beside the word of a status that looks so.
pub const fn glyph(tone: Look, is_final: bool) -> &'static str {
    match (tone, is_final) {
        (Look::Mine, _) => "mine",
        (Look::Bad, _) => "no",
        (Look::Warn, true) => "old",
        (Look::Warn, false) => "late",
        (_, true) => "done",
        (_, false) => "half",
    }
}

/// A status as it is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// English.
    pub name_en: String,
    /// German.
    pub name_de: String,
    /// Dutch.
    pub name_nl: String,
    /// How it looks.
    pub tone: Look,
    /// Who acts next.
    pub waits_for: Side,
    /// Nothing more will come.
    pub is_final: bool,
}

/// A status, and how many things stand so.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Used {
    /// The status.
    #[sqlx(flatten)]
    pub status: Status,
    /// How many; [`MANY`] stands for that many or more.
    pub used: i64,
}

/// Things are counted so far and no further.
pub const MANY: i64 = 101;
