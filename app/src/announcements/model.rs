//! Plain types of announcements.

use crate::i18n::Locale;
use crate::ids::{AnnouncementId, GroupId};
use crate::time::Instant;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$each:meta])* $variant:ident $text:literal $key:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
        #[sqlx(type_name = "text", rename_all = "snake_case")]
        pub enum $name {
            $($(#[$each])* $variant,)*
        }

        impl $name {
            /// Every one, in the order in which they are offered.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name in the database, in forms and in the API.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// The Fluent key of its words.
            pub const fn label_key(self) -> &'static str {
                match self { $(Self::$variant => $key,)* }
            }

            /// The one with this name.
            pub fn parse(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.name() == name)
            }
        }
    };
}

words! {
    /// How much it matters.
    Severity {
        /// Good to know.
        Info "info" "announcements-info",
        /// Something will not be as usual.
        Warning "warning" "announcements-warning",
        /// Read this first.
        Urgent "urgent" "announcements-urgent",
    }
}

words! {
    /// Who it is for.
    Audience {
        /// Customers and staff.
        Everyone "everyone" "announcements-everyone",
        /// Everybody at a customer.
        Customers "customers" "announcements-customers",
        /// The house.
        Staff "staff" "announcements-staff",
        /// The customers in some groups.
        Groups "groups" "announcements-groups",
    }
}

words! {
    /// What staff have done with it.
    State {
        /// Nobody but staff sees it.
        Draft "draft" "announcements-draft",
        /// It is shown while it is time.
        Published "published" "announcements-published",
        /// It was taken back.
        Withdrawn "withdrawn" "announcements-withdrawn",
    }
}

/// Where it stands at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Not published.
    Draft,
    /// Published, its time has not come.
    Planned,
    /// Shown now.
    Running,
    /// Its time is over.
    Over,
    /// Taken back.
    Withdrawn,
}

impl Phase {
    /// The name in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Planned => "planned",
            Self::Running => "running",
            Self::Over => "over",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The Fluent key of its words.
    pub const fn label_key(self) -> &'static str {
        match self {
            Self::Draft => "announcements-draft",
            Self::Planned => "announcements-planned",
            Self::Running => "announcements-running",
            Self::Over => "announcements-over",
            Self::Withdrawn => "announcements-withdrawn",
        }
    }
}

/// An announcement as its row.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Announcement {
    /// Id.
    pub id: AnnouncementId,
    /// What staff have done with it.
    pub state: State,
    /// How much it matters.
    pub severity: Severity,
    /// Who it is for.
    pub audience: Audience,
    /// Stays until it is confirmed.
    pub confirm: bool,
    /// From when on; none: from its publication.
    pub starts_at: Option<Instant>,
    /// Until when; none: until it is withdrawn.
    pub ends_at: Option<Instant>,
    /// Title in English; empty where there is none, as are all of these.
    pub title_en: String,
    /// Title in German.
    pub title_de: String,
    /// Title in Dutch.
    pub title_nl: String,
    /// Text in English.
    pub text_en: String,
    /// Text in German.
    pub text_de: String,
    /// Text in Dutch.
    pub text_nl: String,
    /// Who wrote it; none: the operator at the machine.
    pub created_by_name: Option<String>,
    /// When.
    pub created_at: Instant,
    /// When it was published.
    pub published_at: Option<Instant>,
    /// Raised by every change; the ETag.
    pub revision: i64,
}

impl Announcement {
    /// Title and text in a language, as far as there are any.
    pub fn version(&self, locale: Locale) -> (&str, &str) {
        match locale {
            Locale::En => (&self.title_en, &self.text_en),
            Locale::De => (&self.title_de, &self.text_de),
            Locale::Nl => (&self.title_nl, &self.text_nl),
        }
    }

    /// What a reader of this language gets: in it, or else in the first there is. With the language it is in.
    pub fn said(&self, locale: Locale) -> (Locale, &str, &str) {
        let there = |locale: &Locale| !self.version(*locale).0.is_empty();
        let locale = Some(locale).filter(there).or_else(|| Locale::ALL.into_iter().find(there)).unwrap_or(locale);
        let (title, text) = self.version(locale);
        (locale, title, text)
    }

    /// Where it stands now.
    pub fn phase(&self, now: Instant) -> Phase {
        match self.state {
            State::Draft => Phase::Draft,
            State::Withdrawn => Phase::Withdrawn,
            State::Published if self.ends_at.is_some_and(|end| end <= now) => Phase::Over,
            State::Published if self.starts_at.is_some_and(|start| start > now) => Phase::Planned,
            State::Published => Phase::Running,
        }
    }
}

/// What an announcement is to be.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// How much it matters.
    pub severity: Severity,
    /// Who it is for.
    pub audience: Audience,
    /// The groups, where it is for some.
    pub groups: Vec<GroupId>,
    /// Stays until it is confirmed.
    pub confirm: bool,
    /// From when on.
    pub starts_at: Option<Instant>,
    /// Until when.
    pub ends_at: Option<Instant>,
    /// Title and text by language, in the order of [`Locale::ALL`].
    pub versions: [(String, String); 3],
}

/// How many it reaches, and how many of them it has reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Reach {
    /// People it is for, as it is now.
    pub people: i64,
    /// Of these, people who have never signed in.
    pub never: i64,
}

/// Who has seen it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Seen {
    /// It has stood on a page of theirs.
    pub seen: i64,
    /// They have closed or confirmed it.
    pub closed: i64,
}

/// What is published and not over, with the groups it is for: what every page looks at.
#[derive(Clone, Debug, Default)]
pub struct Current(pub Vec<(Announcement, Vec<GroupId>)>);
