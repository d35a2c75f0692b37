//! `/staff/announcements/new` and `/staff/announcements/{id}/edit`: what is said, to whom, and for how long.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::announcements::model::{Announcement, Audience, Severity};
use crate::announcements::service::{self, TEXT_LONGEST, TITLE_LONGEST};
use crate::announcements::when;
use crate::ctx::Ctx;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::flash::Flash;
use crate::i18n::Locale;
use crate::ids::{AnnouncementId, GroupId};
use crate::organisation::model::Group;
use crate::paths;
use crate::ui::{
    ButtonKind, CheckRow, ChoiceGroup, ErrorSummary, LinkButton, Notice, PageHead, Panel, Place, RadioCard,
    SubmitButton, TextArea, TextField, Tone,
};

/// A new one.
#[component]
pub fn AnnouncementNewPage() -> impl IntoView {
    page(new)
}

/// One that is there.
#[component]
pub fn AnnouncementEditPage() -> impl IntoView {
    page(edit)
}

async fn new(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    service::check_manage(&ctx)?;
    show(&ctx, &visit, None).await
}

async fn edit(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let id: AnnouncementId = visit.id("id")?;
    service::check_manage(&ctx)?;
    let detail = service::find(&ctx, id).await?;
    show(&ctx, &visit, Some((detail.row, detail.groups))).await
}

async fn show(ctx: &Ctx, visit: &Visit, there: Option<(Announcement, Vec<GroupId>)>) -> Result<Page, AppError> {
    let groups = service::groups(ctx).await?;
    let flash = &visit.flash;
    let problem = flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let title = ctx.t(if there.is_some() { "announcements-edit" } else { "announcements-new" }).to_owned();
    let mut crumbs = vec![(paths::STAFF_ANNOUNCEMENTS.to_owned(), ctx.t("announcements-title").to_owned())];
    if let Some((row, _)) = &there {
        crumbs.push((paths::staff_announcement(row.id), row.said(ctx.locale).1.to_owned()));
    }
    let body = view! {
        <div class="narrow">
            <PageHead title=title.clone() meta=ctx.t("announcements-form-meta") />
            {problem}
            <ErrorSummary locale=ctx.locale errors=flash.errors.clone() />
            {form(ctx, flash, there.as_ref(), &groups)}
        </div>
    }
    .into_markup();
    Ok(Page { title, place: Place::Announcements, crumbs, todo: None, body })
}

/// What stands in the fields: what was typed where the form failed, else what is there.
struct Fields<'a> {
    flash: Option<&'a Flash>,
    there: Option<&'a (Announcement, Vec<GroupId>)>,
}

impl Fields<'_> {
    fn get(&self, name: &str, kept: impl FnOnce(&Announcement) -> String, usual: &str) -> String {
        match (self.flash, self.there) {
            (Some(flash), _) => flash.value(name).unwrap_or_default().to_owned(),
            (None, Some((row, _))) => kept(row),
            (None, None) => usual.to_owned(),
        }
    }
}

fn form(ctx: &Ctx, flash: &Flash, there: Option<&(Announcement, Vec<GroupId>)>, groups: &[Group]) -> Markup {
    let fields = Fields { flash: (flash.form == "announcement").then_some(flash), there };
    let error = |field: &str| flash.errors.get(field).map(str::to_owned);
    let back =
        there.map_or_else(|| paths::STAFF_ANNOUNCEMENTS.to_owned(), |(row, _)| paths::staff_announcement(row.id));
    let hidden = there.map(|(row, _)| {
        view! {
            <input type="hidden" name="announcement" value=row.id.to_string() />
            <input type="hidden" name="revision_seen" value=row.revision.to_string() />
        }
    });
    let confirm = !fields.get("confirm", |row| if row.confirm { "yes" } else { "" }.to_owned(), "").is_empty();
    let severity = fields.get("severity", |row| row.severity.name().to_owned(), Severity::Info.name());
    let severities = Severity::ALL
        .iter()
        .map(|one| view! { <RadioCard name="severity" value=one.name() label=ctx.t(one.label_key()) checked=one.name() == severity /> })
        .collect_view();
    let starts = fields.get("starts_at", |row| when::typed(&ctx.zone, row.starts_at), "");
    let ends = fields.get("ends_at", |row| when::typed(&ctx.zone, row.ends_at), "");
    let versions = versions(ctx, flash, &fields);
    let readers = readers(ctx, flash, &fields, groups);
    view! {
        <form class="stack" method="post" action="/_fn/announcements/save" novalidate=true>
            {hidden}
            <Panel id="words" title=ctx.t("announcements-words")><div class="panel-body stack-4">{versions}</div></Panel>
            <Panel id="readers" title=ctx.t("announcements-readers")><div class="panel-body stack-4">{readers}</div></Panel>
            <Panel id="how" title=ctx.t("announcements-how")>
                <div class="panel-body stack-4">
                    <ChoiceGroup id="severity" legend=ctx.t("announcements-severity")>{severities}</ChoiceGroup>
                    <TextField name="starts_at" label=ctx.t("announcements-starts") note=ctx.t("ui-optional") hint=ctx.t("announcements-starts-hint") kind="datetime-local" value=starts error=error("starts_at") />
                    <TextField name="ends_at" label=ctx.t("announcements-ends") note=ctx.t("ui-optional") hint=ctx.t("announcements-ends-hint") kind="datetime-local" value=ends error=error("ends_at") />
                    <CheckRow name="confirm" value="yes" label=ctx.t("announcements-confirm") meta=ctx.t("announcements-confirm-hint") checked=confirm />
                </div>
                <div class="panel-foot cluster"><SubmitButton kind=ButtonKind::Primary>{ctx.t("announcements-save")}</SubmitButton><LinkButton href=back>{ctx.t("ui-cancel")}</LinkButton></div>
            </Panel>
        </form>
    }
    .into_markup()
}

/// Title and text in every language.
fn versions(ctx: &Ctx, flash: &Flash, fields: &Fields<'_>) -> Vec<Markup> {
    let names =
        [(Locale::En, "title_en", "text_en"), (Locale::De, "title_de", "text_de"), (Locale::Nl, "title_nl", "text_nl")];
    let long = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    names
        .into_iter()
        .map(|(locale, title_name, text_name)| {
            let error = |field: &str| flash.errors.get(field).map(str::to_owned);
            let title = fields.get(title_name, |row| row.version(locale).0.to_owned(), "");
            let text = fields.get(text_name, |row| row.version(locale).1.to_owned(), "");
            let language = [("language", locale.own_name().into())];
            let (title_label, text_label) = (ctx.with("announcements-field-title", &language), ctx.with("announcements-field-text", &language));
            view! {
                <TextField name=title_name label=title_label value=title error=error(title_name) maxlength=long(TITLE_LONGEST) />
                <TextArea name=text_name label=text_label note=ctx.t("ui-optional") value=text rows=3 error=error(text_name) maxlength=long(TEXT_LONGEST) />
            }
            .into_markup()
        })
        .collect()
}

fn readers(ctx: &Ctx, flash: &Flash, fields: &Fields<'_>, groups: &[Group]) -> Markup {
    let chosen = fields.get("audience", |row| row.audience.name().to_owned(), Audience::Customers.name());
    let kinds = Audience::ALL
        .iter()
        .map(|one| view! { <RadioCard name="audience" value=one.name() label=ctx.t(one.label_key()) checked=one.name() == chosen /> })
        .collect_view();
    let kept = match fields.flash {
        Some(flash) => flash.value("groups").unwrap_or_default().to_owned(),
        None => {
            let ids = fields.there.map(|(_, ids)| ids.as_slice()).unwrap_or_default();
            ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
        }
    };
    let rows = groups
        .iter()
        .map(|group| {
            let id = group.id.to_string();
            let checked = kept.split(',').any(|one| one == id);
            let meta = ctx.with("announcements-group-size", &[("count", group.organisations.into())]);
            view! { <CheckRow name="groups[]" value=id label=group.name.clone() meta=meta checked=checked /> }
        })
        .collect_view();
    let error = flash.errors.get("groups").map(str::to_owned);
    let groups = (!groups.is_empty()).then(|| {
        view! { <ChoiceGroup id="groups" legend=ctx.t("announcements-which-groups") hint=ctx.t("announcements-which-groups-hint") error=error>{rows}</ChoiceGroup> }
    });
    view! { <ChoiceGroup id="audience" legend=ctx.t("announcements-audience")>{kinds}</ChoiceGroup>{groups} }
        .into_markup()
}
