//! Which approval a category offers when somebody publishes.

use crate::access::MembershipRole;

/// As many steps as the form that asks has.
pub const STEPS: usize = 3;
/// The most people that a rule can count to.
pub const MOST: i64 = 100;
/// What a form calls the fields of each step: who, the rule, the number.
pub const FIELDS: [(&str, &str, &str); STEPS] = [
    ("step_who", "step_rule", "step_needed"),
    ("step_who2", "step_rule2", "step_needed2"),
    ("step_who3", "step_rule3", "step_needed3"),
];

/// How many of those who are asked in a step must approve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needed {
    /// All of them.
    All,
    /// So many.
    Count(i64),
}

/// One step: who decides in it, and how many of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Everybody with this role; none: people whom the asker chooses.
    pub role: Option<MembershipRole>,
    /// How many of them.
    pub needed: Needed,
}

impl Step {
    /// As it is kept: `people:all`, `admin:1`.
    fn text(self) -> String {
        let needed = match self.needed {
            Needed::All => "all".to_owned(),
            Needed::Count(count) => count.to_string(),
        };
        format!("{}:{needed}", self.who())
    }

    fn parse(text: &str) -> Option<Self> {
        let (who, needed) = text.split_once(':')?;
        let needed = match needed {
            "all" => Needed::All,
            count => Needed::Count(count.parse::<i64>().ok().filter(|count| (1..=MOST).contains(count))?),
        };
        Self::of(who, needed)
    }

    /// A step of the people by this name: `people`, or a role.
    pub fn of(who: &str, needed: Needed) -> Option<Self> {
        match who {
            "people" => Some(Self { role: None, needed }),
            role => Some(Self { role: Some(MembershipRole::parse(role)?), needed }),
        }
    }

    /// `people`, or the role's name: as forms and the API call it.
    pub const fn who(self) -> &'static str {
        match self.role {
            Some(role) => role.name(),
            None => "people",
        }
    }

    /// `all`, `any` or `count`: as the form that asks calls it.
    pub const fn rule(self) -> &'static str {
        match self.needed {
            Needed::All => "all",
            Needed::Count(1) => "any",
            Needed::Count(_) => "count",
        }
    }

    /// The number that a form shows beside `count`.
    pub fn count(self) -> Option<i64> {
        match self.needed {
            Needed::Count(count) if count > 1 => Some(count),
            _ => None,
        }
    }
}

/// Which approval is offered when somebody publishes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Approval {
    /// None.
    None,
    /// All who are asked must approve.
    All,
    /// One of them is enough.
    Any,
    /// The admins of the customer, one of them is enough.
    Admins,
    /// One step after the other, at least one and at most [`STEPS`].
    Steps(Vec<Step>),
}

impl Approval {
    /// What a choice among them is called, in the order in which they are offered, with the Fluent key of its words.
    pub const CHOICES: [(&'static str, &'static str); 5] = [
        ("none", "categories-approval-none"),
        ("all", "categories-approval-all"),
        ("any", "categories-approval-any"),
        ("admins", "categories-approval-admins"),
        ("steps", "categories-approval-steps"),
    ];

    /// The name in forms and in the API.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::None => "none",
            Self::All => "all",
            Self::Any => "any",
            Self::Admins => "admins",
            Self::Steps(_) => "steps",
        }
    }

    /// As the database keeps it: the name, or the steps.
    pub fn text(&self) -> String {
        match self {
            Self::Steps(steps) => steps.iter().map(|step| step.text()).collect::<Vec<_>>().join(" "),
            simple => simple.name().to_owned(),
        }
    }

    /// The one that the database keeps like this.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(simple) = Self::named(text, Vec::new()) {
            return Some(simple);
        }
        let steps: Vec<Step> = text.split(' ').map(Step::parse).collect::<Option<_>>()?;
        Self::named("steps", steps)
    }

    /// The one with this name; `steps` count where it is of that name, and there have to be some.
    pub fn named(name: &str, steps: Vec<Step>) -> Option<Self> {
        match name {
            "none" => Some(Self::None),
            "all" => Some(Self::All),
            "any" => Some(Self::Any),
            "admins" => Some(Self::Admins),
            "steps" if (1..=STEPS).contains(&steps.len()) => Some(Self::Steps(steps)),
            _ => None,
        }
    }

    /// Its steps, as the form that asks begins with them; none: nothing is offered.
    pub fn steps(&self) -> Vec<Step> {
        let one = |role, needed| vec![Step { role, needed }];
        match self {
            Self::None => Vec::new(),
            Self::All => one(None, Needed::All),
            Self::Any => one(None, Needed::Count(1)),
            Self::Admins => one(Some(MembershipRole::Admin), Needed::Count(1)),
            Self::Steps(steps) => steps.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back() {
        let steps = vec![
            Step { role: Some(MembershipRole::Member), needed: Needed::Count(2) },
            Step { role: None, needed: Needed::All },
        ];
        for rule in [Approval::None, Approval::All, Approval::Any, Approval::Admins, Approval::Steps(steps)] {
            assert_eq!(Approval::parse(&rule.text()), Some(rule));
        }
        assert_eq!(
            Approval::parse("member:2 people:all").map(|rule| rule.text()),
            Some("member:2 people:all".to_owned())
        );
        for wrong in [
            "",
            "steps",
            "people",
            "people:0",
            "people:101",
            "nobody:all",
            "people:all people:all people:all people:all",
        ] {
            assert_eq!(Approval::parse(wrong), None, "{wrong}");
        }
    }
}
