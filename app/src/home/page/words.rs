//! What a row of the inbox says, kind by kind.

use crate::ctx::Ctx;
use crate::day::Day;
use crate::documents::model::Category;
use crate::home::inbox::today;
use crate::home::model::{Item, Kind};
use crate::i18n::format;
use crate::ids::{AppointmentId, DocumentId, OrderId, ProjectId, RequestId, TaskId};
use crate::paths;
use crate::time::Instant;
use crate::validity;

/// The words of a row, its icon, and where it leads.
#[derive(Clone, Debug)]
pub struct Words {
    /// Icon of what is to do.
    pub icon: &'static str,
    /// Where it is done.
    pub href: String,
    /// What is to do.
    pub text: String,
    /// Who asks, since when, and what else there is to know.
    pub meta: String,
    /// The one act.
    pub action: &'static str,
}

/// The words of an item.
pub fn words(ctx: &Ctx, item: &Item) -> Words {
    let titled = |key: &'static str| ctx.with(key, &[("title", item.title.clone().into())]);
    let document = || paths::document(DocumentId(item.subject_id));
    let category = || Category::parse(&item.note).map_or("", |category| ctx.t(category.label_key()));
    match item.kind {
        Kind::Approve => {
            let version = ctx.with("documents-version", &[("number", item.number.into())]);
            Words {
                icon: "circle-check-big",
                href: document(),
                text: titled("home-approve-document"),
                meta: format!("{version}, {}", asked(ctx, item)),
                action: ctx.t("home-approve"),
            }
        }
        Kind::Send => Words {
            icon: "upload",
            href: paths::request(RequestId(item.subject_id)),
            text: titled("home-send-file"),
            meta: match item.note.as_str() {
                "" => asked(ctx, item),
                note => ctx.with("home-fix", &[("note", note.to_owned().into())]),
            },
            action: ctx.t("home-send"),
        },
        Kind::Order => Words {
            icon: "package",
            href: paths::order(OrderId(item.subject_id)),
            text: titled("home-order-waits"),
            meta: format!("{}, {}", item.note, ctx.with("home-updated", &[("when", age(ctx, item.since).into())])),
            action: ctx.t(if item.number > 0 { "orders-confirm" } else { "home-order-open" }),
        },
        Kind::Task => Words {
            icon: "list-checks",
            href: paths::project_task(ProjectId(item.subject_id), TaskId(item.id)),
            text: item.title.clone(),
            meta: format!("{}, {}", item.note, ctx.with("home-entered", &[("when", age(ctx, item.since).into())])),
            action: ctx.t("projects-tick"),
        },
        Kind::Choose => Words {
            icon: "calendar",
            href: paths::appointment(AppointmentId(item.subject_id)),
            text: titled("home-choose-time"),
            meta: format!("{}, {}", ctx.with("home-choose-times", &[("count", item.number.into())]), asked(ctx, item)),
            action: ctx.t("home-choose"),
        },
        Kind::Read => Words {
            icon: "file-text",
            href: document(),
            text: titled("home-read-document"),
            meta: format!("{}, {}", category(), ctx.with("home-sent", &[("when", age(ctx, item.since).into())])),
            action: ctx.t("home-read"),
        },
        Kind::Renew => Words {
            icon: "history",
            href: document(),
            text: titled("home-renew"),
            meta: format!("{}, {}", category(), ctx.t("home-renew-sent")),
            action: ctx.t("home-look"),
        },
        Kind::Factor => Words {
            icon: "key-round",
            href: paths::ACCOUNT_SECURITY.to_owned(),
            text: ctx.t("home-factor").to_owned(),
            meta: ctx.t("home-factor-why").to_owned(),
            action: ctx.t("home-factor-add"),
        },
        Kind::Codes => Words {
            icon: "key-round",
            href: paths::ACCOUNT_SECURITY.to_owned(),
            text: ctx.with("home-codes", &[("count", item.number.into())]),
            meta: ctx.t("home-codes-why").to_owned(),
            action: ctx.t("home-codes-renew"),
        },
        Kind::Passkey => Words {
            icon: "shield-alert",
            href: paths::ACCOUNT_SECURITY.to_owned(),
            text: titled("home-passkey"),
            meta: ctx.with("home-passkey-why", &[("when", age(ctx, item.since).into())]),
            action: ctx.t("home-look"),
        },
    }
}

fn asked(ctx: &Ctx, item: &Item) -> String {
    ctx.with("home-asked-by", &[("name", item.by_name.clone().into()), ("when", age(ctx, item.since).into())])
}

/// How long ago: "today", "yesterday", "3 days ago"; after two weeks the date.
fn age(ctx: &Ctx, at: Instant) -> String {
    let day = Day::new(at.timestamp().to_zoned(ctx.zone.clone()).date());
    match today(ctx).days_since(day) {
        days @ ..=13 => ctx.with("home-age", &[("days", days.max(0).into())]),
        _ => ctx.with("home-age-date", &[("when", ctx.date(at).into())]),
    }
}

/// Until when, in words; nothing where there is no hurry.
pub fn due(ctx: &Ctx, item: &Item) -> Option<(bool, String)> {
    let day = item.due_day(&ctx.zone)?;
    let days = day.days_since(today(ctx));
    let late = item.is_late(ctx.now(), validity::service::today(ctx));
    let text = match (late, days) {
        (true, days) => ctx.with("home-overdue", &[("days", (-days).max(0).into())]),
        (false, ..=0) => ctx.t("home-due-today").to_owned(),
        (false, 1) => ctx.t("home-due-tomorrow").to_owned(),
        _ => ctx.with("home-until", &[("when", format::near_day(ctx.locale, today(ctx), day).into())]),
    };
    Some((late, text))
}
