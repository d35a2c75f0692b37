//! `/staff/announcements/{id}`: how its readers see it, who they are, and how many have.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::announcements::model::{Announcement, Phase, State};
use crate::announcements::service::{self, Detail};
use crate::ctx::Ctx;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::i18n::Locale;
use crate::ids::AnnouncementId;
use crate::paths;
use crate::ui::{
    ButtonKind, ConfirmDialog, DialogCancel, ErrorSummary, LinkButton, Notice, PageHead, Panel, Place, SubmitButton,
    Tone,
};

use super::parts;

/// The page.
#[component]
pub fn AnnouncementPage() -> impl IntoView {
    page(show)
}

async fn show(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    let id: AnnouncementId = visit.id("id")?;
    let detail = service::find(ctx, id).await?;
    let groups = service::groups(ctx).await?;
    let row = &detail.row;
    let manage = service::may_manage(ctx);
    let problem = visit.flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let title = row.said(ctx.locale).1.to_owned();
    let by = row.created_by_name.clone().unwrap_or_else(|| ctx.t("audit-operator").to_owned());
    let meta = ctx.with("announcements-by", &[("name", by.into()), ("when", ctx.date(row.created_at).into())]);
    let actions = manage.then(|| {
        view! { <LinkButton href=paths::staff_announcement_edit(id)>{ctx.t("announcements-edit")}</LinkButton>{act(ctx, &detail)} }
    });
    let audience = parts::audience(ctx, row, &detail.groups, &groups);
    let body = view! {
        <PageHead title=title.clone() meta=meta badge=parts::badge(ctx, row)>{actions}</PageHead>
        {problem}
        <ErrorSummary locale=ctx.locale errors=visit.flash.errors.clone() />
        <div class="split">
            <Panel id="versions" title=ctx.t("announcements-versions")><div class="panel-body stack-4">{versions(ctx, row)}</div></Panel>
            <div class="stack">{readers(ctx, &detail, audience)}</div>
        </div>
    }
    .into_markup();
    let crumbs = vec![(paths::STAFF_ANNOUNCEMENTS.to_owned(), ctx.t("announcements-title").to_owned())];
    Ok(Page { title, place: Place::Announcements, crumbs, todo: None, body })
}

/// As its readers see it, language by language.
fn versions(ctx: &Ctx, row: &Announcement) -> Vec<Markup> {
    let class = match parts::tone(row.severity) {
        Tone::Bad => "notice notice--bad",
        Tone::Warn => "notice notice--warn",
        _ => "notice notice--info",
    };
    let version = |locale: Locale| {
        let (title, text) = row.version(locale);
        let said = if title.is_empty() {
            view! { <p class="meta">{ctx.t("announcements-no-version")}</p> }.into_markup()
        } else {
            let text = (!text.is_empty()).then(|| view! { <p class="prewrap">{text.to_owned()}</p> });
            view! { <div class=class lang=locale.tag()><span></span><div><p class="strong">{title.to_owned()}</p>{text}</div></div> }.into_markup()
        };
        view! { <div class="stack-2"><h3>{locale.own_name()}</h3>{said}</div> }.into_markup()
    };
    Locale::ALL.into_iter().map(version).collect()
}

/// A share of all, as a bar; the number stands beside it.
fn share(ctx: &Ctx, label: &'static str, part: i64, all: i64) -> Markup {
    let text = ctx.with("announcements-of", &[("part", part.into()), ("all", all.into())]);
    view! {
        <div class="stack-2">
            <p class="cluster"><span>{ctx.t(label)}</span><span class="push strong">{text}</span></p>
            <progress class="bar" max=all.max(1).to_string() value=part.min(all).to_string() aria-label=ctx.t(label)></progress>
        </div>
    }
    .into_markup()
}

fn readers(ctx: &Ctx, detail: &Detail, audience: String) -> Markup {
    let (row, reach, seen) = (&detail.row, detail.reach, detail.seen);
    let people = ctx.with("announcements-people", &[("people", reach.people.into()), ("never", reach.never.into())]);
    let shares = (row.state != State::Draft).then(|| {
        let closed = if row.confirm { "announcements-confirmed" } else { "announcements-closed" };
        view! { {share(ctx, "announcements-seen", seen.seen, reach.people)}{share(ctx, closed, seen.closed, reach.people)} }
    });
    view! {
        <Panel id="readers" title=ctx.t("announcements-readers")>
            <div class="panel-body stack-4">
                <p class="strong">{audience}</p>
                <p>{people}</p>
                <p class="meta">{ctx.t(row.severity.label_key())}<span class="sep"></span>{parts::period(ctx, row)}</p>
                {row.confirm.then(|| view! { <p class="meta">{ctx.t("announcements-confirm")}</p> })}
                {shares}
            </div>
        </Panel>
    }
    .into_markup()
}

/// Publish it, or take it back: what it is time for.
fn act(ctx: &Ctx, detail: &Detail) -> Markup {
    let (locale, row) = (ctx.locale, &detail.row);
    let fields = || {
        view! {
            <input type="hidden" name="announcement" value=row.id.to_string() />
            <input type="hidden" name="revision_seen" value=row.revision.to_string() />
        }
    };
    let phase = row.phase(ctx.now());
    if row.state == State::Published {
        let over = phase == Phase::Over;
        return (!over)
            .then(|| {
                view! {
                    <ConfirmDialog locale=locale id="withdraw" title=ctx.t("announcements-withdraw-title") trigger_label=ctx.t("announcements-withdraw")>
                        <form method="post" action="/_fn/announcements/withdraw">
                            {fields()}
                            <div class="dialog-body"><p>{ctx.t("announcements-withdraw-text")}</p></div>
                            <div class="dialog-foot"><DialogCancel locale=locale dialog="withdraw" /><SubmitButton kind=ButtonKind::Danger>{ctx.t("announcements-withdraw")}</SubmitButton></div>
                        </form>
                    </ConfirmDialog>
                }
            })
            .into_markup();
    }
    let people = ctx
        .with("announcements-people", &[("people", detail.reach.people.into()), ("never", detail.reach.never.into())]);
    view! {
        <ConfirmDialog locale=locale id="publish" title=ctx.t("announcements-publish-title") trigger_label=ctx.t("announcements-publish") trigger_kind=ButtonKind::Primary>
            <form method="post" action="/_fn/announcements/publish">
                {fields()}
                <div class="dialog-body stack-2"><p class="strong">{people}</p><p>{parts::period(ctx, row)}</p></div>
                <div class="dialog-foot"><DialogCancel locale=locale dialog="publish" /><SubmitButton kind=ButtonKind::Primary>{ctx.t("announcements-publish")}</SubmitButton></div>
            </form>
        </ConfirmDialog>
    }
    .into_markup()
}
