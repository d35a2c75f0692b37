//! `/staff/documents/{id}/approval`: asks people of the customer to agree to the current version.

use std::time::Duration;

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::access::MembershipRole;
use crate::approvals::model::State;
use crate::approvals::service;
use crate::categories::model::{Approval, Rules};
use crate::ctx::Ctx;
use crate::documents::model::Reader;
use crate::documents::service as documents;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::flash::Flash;
use crate::ids::DocumentId;
use crate::paths;
use crate::ui::{
    ButtonKind, CheckRow, ChoiceGroup, EmptyState, ErrorSummary, Icon, Notice, PageHead, Panel, Place, RadioCard,
    SubmitButton, TextArea, TextField, Tone,
};

/// The page.
#[component]
pub fn AskApprovalPage() -> impl IntoView {
    page(ask)
}

async fn ask(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    let id: DocumentId = visit.id("id")?;
    let document = documents::find(ctx, id).await?;
    if !service::may_ask(ctx, &document) {
        let unpublished = AppError::Conflict(ctx.t("approval-error-not-published").to_owned());
        let may = documents::may(ctx, &document);
        return Err(if may.publish && document.published_at.is_none() { unpublished } else { AppError::Forbidden });
    }
    let readers = service::candidates(ctx, &document).await?;
    let flash = &visit.flash;
    let problem = flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let title = ctx.t("approval-ask-title").to_owned();
    let version = ctx.with("documents-version", &[("number", document.current_version.into())]);
    let meta = format!("{}, {version}, {}", document.title, document.organisation_name);
    let open = service::rounds(ctx, &document).await?.first().is_some_and(|round| round.approval.state == State::Open);
    let body = if open {
        let back = paths::staff_document(id);
        view! { <Notice tone=Tone::Idle title=ctx.t("approval-error-open")><p><a href=back>{ctx.t("approval-to-document")}</a></p></Notice> }.into_markup()
    } else if readers.is_empty() {
        view! { <section class="panel"><EmptyState icon="users" title=ctx.t("approval-nobody-title") text=ctx.t("approval-nobody-text") /></section> }.into_markup()
    } else {
        let rules = ctx.portal.categories.get().of(document.category);
        form(ctx, id, document.current_version, readers, flash, &rules)
    };
    let body = view! {
        <div class="narrow">
            <PageHead title=title.clone() meta=meta />
            {problem}
            <ErrorSummary locale=ctx.locale errors=flash.errors.clone() />
            {body}
        </div>
    }
    .into_markup();
    let crumbs = vec![
        (paths::STAFF_DOCUMENTS.to_owned(), ctx.t("nav-documents").to_owned()),
        (paths::staff_document(id), document.title.clone()),
    ];
    Ok(Page { title, place: Place::StaffDocuments, crumbs, todo: None, body })
}

fn form(ctx: &Ctx, id: DocumentId, version: i64, readers: Vec<Reader>, flash: &Flash, rules: &Rules) -> Markup {
    let usual = usual(&rules.approval, &readers);
    let typed = Typed { flash, mine: flash.form == "approval", usual };
    let due = if typed.mine { typed.value("due") } else { day(ctx, rules.approval_days) };
    let first = step(ctx, 0, &readers, &typed);
    let (second, third) = (later(ctx, 1, &readers, &typed), later(ctx, 2, &readers, &typed));
    let (due_error, message, message_error) = (typed.error("due"), typed.value("message"), typed.error("message"));
    view! {
        <form class="stack" method="post" action="/_fn/approvals/ask" novalidate=true>
            <input type="hidden" name="document" value=id.to_string() />
            <input type="hidden" name="version" value=version.to_string() />
            <Panel id="who-approves" title=ctx.t("approval-who")><div class="panel-body stack">{first}</div></Panel>
            {second}
            {third}
            <Panel id="deadline-panel" title=ctx.t("approval-deadline")>
                <div class="panel-body stack-4">
                    <TextField name="due" label=ctx.t("approval-due") kind="date" value=due error=due_error hint=ctx.t("approval-due-hint") required=true />
                    <TextArea name="message" label=ctx.t("approval-message") note=ctx.t("ui-optional") value=message rows=4 error=message_error maxlength=2000 />
                </div>
                <div class="panel-foot"><SubmitButton kind=ButtonKind::Primary>{ctx.t("approval-ask-submit")}</SubmitButton></div>
            </Panel>
        </form>
    }
    .into_markup()
}

/// What was typed before, where the form comes back.
struct Typed<'a> {
    flash: &'a Flash,
    mine: bool,
    usual: Vec<Usual>,
}

/// What the rules of the category offer for a step.
struct Usual {
    who: &'static str,
    rule: &'static str,
    count: Option<i64>,
    /// Everybody who can read it is ticked.
    everybody: bool,
}

/// The steps that the rules offer; the first is there even where they offer none. Where nobody has the role of one, the
/// asker has to choose who decides in it: it is not left out in silence.
fn usual(rule: &Approval, readers: &[Reader]) -> Vec<Usual> {
    let steps = rule.steps();
    let only = steps.len() == 1;
    let offered = steps.into_iter().map(|step| {
        let there = step.role.is_none_or(|role| readers.iter().any(|reader| reader.role == role.role()));
        Usual {
            who: if there { step.who() } else { "people" },
            rule: step.rule(),
            count: step.count(),
            everybody: only && step.role.is_none(),
        }
    });
    let mut usual: Vec<Usual> = offered.collect();
    if usual.is_empty() {
        usual.push(Usual { who: "people", rule: "all", count: None, everybody: false });
    }
    usual
}

impl Typed<'_> {
    fn value(&self, field: &str) -> String {
        if self.mine { self.flash.value(field).unwrap_or_default().to_owned() } else { String::new() }
    }

    fn or(&self, field: &str, usual: &str) -> String {
        if self.mine { self.value(field) } else { usual.to_owned() }
    }

    /// What the rules offer for a step.
    fn usual(&self, at: usize) -> Option<&Usual> {
        self.usual.get(at)
    }

    fn error(&self, field: &str) -> Option<String> {
        self.flash.errors.get(field).map(str::to_owned)
    }
}

/// The names of the fields of a step.
struct Fields {
    who: &'static str,
    people: &'static str,
    listed: &'static str,
    rule: &'static str,
    needed: &'static str,
}

/// As many steps as the form has. Programs may ask for more.
const FIELDS: [Fields; 3] = [
    Fields { who: "who", people: "people", listed: "people[]", rule: "rule", needed: "needed" },
    Fields { who: "who2", people: "people2", listed: "people2[]", rule: "rule2", needed: "needed2" },
    Fields { who: "who3", people: "people3", listed: "people3[]", rule: "rule3", needed: "needed3" },
];

/// A step after the first: folded away until somebody wants it.
fn later(ctx: &Ctx, at: usize, readers: &[Reader], typed: &Typed<'_>) -> Markup {
    let Some(fields) = FIELDS.get(at) else { return ().into_markup() };
    let open = !typed.or(fields.who, typed.usual(at).map_or("", |usual| usual.who)).is_empty();
    let title = ctx.with("approval-then", &[("number", (at + 1).into())]);
    view! {
        <details class="panel" open=open>
            <summary class="panel-head"><h2>{title}</h2><Icon name="chevron-down" /></summary>
            <div class="panel-body stack">{step(ctx, at, readers, typed)}</div>
        </details>
    }
    .into_markup()
}

fn step(ctx: &Ctx, at: usize, readers: &[Reader], typed: &Typed<'_>) -> Markup {
    let Some(Fields { who, people, listed, rule, needed }) = FIELDS.get(at) else { return ().into_markup() };
    let usual = typed.usual(at);
    let kind = typed.or(who, usual.map_or("", |usual| usual.who));
    let nobody = (at > 0).then(|| {
        view! { <RadioCard name=who value="" label=ctx.t("approval-who-none") checked=kind.is_empty() /> }
    });
    let roles = MembershipRole::ALL
        .into_iter()
        .rev()
        .filter_map(|role| {
            let names: Vec<&str> = readers.iter().filter(|r| r.role == role.role()).map(|r| r.name.as_str()).collect();
            let label = ctx.with("approval-who-role", &[("role", ctx.t(role.role().label_key()).into())]);
            (!names.is_empty()).then(|| view! { <RadioCard name=who value=role.name() label=label meta=names.join(", ") checked={kind == role.name()} /> })
        })
        .collect_view();
    let chosen = typed.value(people);
    let rows = readers
        .iter()
        .map(|reader| {
            let value = reader.user_id.to_string();
            let usually = !typed.mine && usual.is_some_and(|usual| usual.everybody);
            let checked = usually || chosen.split(',').any(|person| person == value);
            let mut meta = ctx.t(reader.role.label_key()).to_owned();
            if reader.last_sign_in_at.is_none() {
                meta = format!("{meta}, {}", ctx.t("people-never"));
            }
            view! { <CheckRow name=listed value=value label=reader.name.clone() meta=meta checked=checked /> }
        })
        .collect_view();
    let said = typed.or(rule, usual.map_or("all", |usual| usual.rule));
    let count = usual.and_then(|usual| usual.count).map(|count| count.to_string()).unwrap_or_default();
    view! {
        <div class="stack rule-step">
        <ChoiceGroup id=who legend=ctx.t("approval-who") legend_hidden=true>
            {nobody}
            <RadioCard name=who value="people" label=ctx.t("approval-who-people") checked={kind == "people"} />
            {roles}
        </ChoiceGroup>
        <ChoiceGroup id=people legend=ctx.t("approval-people") hint=ctx.t("approval-who-hint") error=typed.error(people)>{rows}</ChoiceGroup>
        <ChoiceGroup id=rule legend=ctx.t("approval-rule")>
            <RadioCard name=rule value="all" label=ctx.t("approval-choose-all") meta=ctx.t("approval-choose-all-meta") checked={said == "all"} />
            <RadioCard name=rule value="any" label=ctx.t("approval-choose-any") meta=ctx.t("approval-choose-any-meta") checked={said == "any"} />
            <RadioCard name=rule value="count" label=ctx.t("approval-choose-count") meta=ctx.t("approval-choose-count-meta") checked={said == "count"} />
        </ChoiceGroup>
        <div class="rule-count"><TextField name=needed label=ctx.t("approval-needed") kind="number" value=typed.or(needed, &count) error=typed.error(needed) /></div>
        </div>
    }
    .into_markup()
}

/// The usual deadline as a date field takes it.
fn day(ctx: &Ctx, days: i64) -> String {
    let usually = Duration::from_secs(u64::try_from(days).unwrap_or(1) * 24 * 3600);
    ctx.now().plus(usually).timestamp().to_zoned(ctx.zone.clone()).date().to_string()
}
