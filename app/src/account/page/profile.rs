//! `/account`: name, language, time zone, appearance, and what one is where.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::access::{Membership, Module, Reach};
use crate::account::portrait::{self, LONGEST};
use crate::account::service::{self, LONGEST_HOURS, LONGEST_NAME, LONGEST_PHONE, Profile};
use crate::account::tabs::{Tab, account_page};
use crate::account::zones;
use crate::ctx::{Ctx, Theme};
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::flash::Flash;
use crate::i18n::{Locale, format};
use crate::paths;
use crate::ui::{
    Avatar, ButtonKind, ErrorSummary, FileField, LinkButton, Notice, Panel, SelectField, SelectOption, SubmitButton,
    TextField, Tone,
};

/// The first page of the account.
#[component]
pub fn ProfilePage() -> impl IntoView {
    page(profile)
}

async fn profile(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    service::oneself(ctx)?;
    let profile = service::profile(ctx).await?;
    let flash = &visit.flash;
    let portrait = match ctx.actor.staff() {
        Some(_) => Some(portrait_panel(ctx, &profile, portrait::own(&ctx.db, profile.id).await?.is_some(), flash)),
        None => None,
    };
    let problem = flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let body = view! {
        {problem}
        <ErrorSummary locale=ctx.locale errors=flash.errors.clone() />
        <div class="split">
            <div class="stack">{form(ctx, &profile, flash)}</div>
            <div class="stack">{portrait}{sign_in(ctx, &profile)}{role(ctx)}</div>
        </div>
    }
    .into_markup();
    Ok(account_page(ctx, Tab::Profile, ctx.t("account-profile-meta"), body))
}

fn options(choices: Vec<(String, String)>, chosen: &str) -> Vec<SelectOption> {
    choices.into_iter().map(|(value, label)| SelectOption { selected: value == chosen, value, label }).collect()
}

fn form(ctx: &Ctx, profile: &Profile, flash: &Flash) -> Markup {
    let mine = flash.form == "profile";
    let value = |field: &str, stored: &str| {
        if mine { flash.value(field).unwrap_or(stored).to_owned() } else { stored.to_owned() }
    };
    let error = |field: &str| flash.errors.get(field).map(str::to_owned);
    let languages = std::iter::once((String::new(), ctx.t("account-language-browser").to_owned()))
        .chain(Locale::ALL.map(|locale| (locale.tag().to_owned(), locale.own_name().to_owned())))
        .collect();
    let language = options(languages, &value("locale", profile.locale.map_or("", Locale::tag)));
    let portal_zone = ctx.portal.zone.iana_name().unwrap_or("UTC");
    let default_zone = ctx.with("account-time-zone-portal", &[("zone", zones::label(portal_zone).into())]);
    let all_zones = std::iter::once((String::new(), default_zone))
        .chain(zones::names().iter().map(|name| (name.clone(), zones::label(name))))
        .collect();
    let zone = options(all_zones, &value("time_zone", profile.time_zone.as_deref().unwrap_or_default()));
    let themes = [(Theme::System, "ui-theme-system"), (Theme::Light, "ui-theme-light"), (Theme::Dark, "ui-theme-dark")]
        .map(|(theme, key)| (theme.name().to_owned(), ctx.t(key).to_owned()));
    let theme = options(themes.into(), &value("theme", profile.theme.unwrap_or_default().name()));
    let most = u32::try_from(LONGEST_NAME).unwrap_or(u32::MAX);
    // Customers read it where this member of staff is their contact.
    let reached = ctx.actor.staff().is_some().then(|| {
        view! {
            <TextField name="phone" label=ctx.t("account-phone") value=value("phone", &profile.phone) note=ctx.t("ui-optional") error=error("phone") kind="tel" autocomplete="tel" maxlength=LONGEST_PHONE />
            <TextField name="hours" label=ctx.t("account-hours") value=value("hours", &profile.hours) note=ctx.t("ui-optional") error=error("hours") hint=ctx.t("account-hours-hint") maxlength=LONGEST_HOURS />
        }
    });
    view! {
        <Panel id="profile" title=ctx.t("account-profile")>
            <form method="post" action="/_fn/account/save_profile" novalidate=true>
                <input type="hidden" name="revision" value=profile.revision.to_string() />
                <div class="panel-body fields">
                    <TextField name="name" label=ctx.t("account-name") value=value("name", &profile.name) error=error("name") hint=ctx.t("account-name-hint") autocomplete="name" maxlength=most required=true class="field wide" />
                    <SelectField name="locale" label=ctx.t("ui-language") options=language error=error("locale") />
                    <SelectField name="theme" label=ctx.t("ui-theme") options=theme error=error("theme") />
                    <SelectField name="time_zone" label=ctx.t("account-time-zone") options=zone error=error("time_zone") hint=ctx.t("account-time-zone-hint") class="field wide" />
                    {reached}
                </div>
                <div class="panel-foot"><SubmitButton kind=ButtonKind::Primary>{ctx.t("account-save")}</SubmitButton></div>
            </form>
        </Panel>
    }
    .into_markup()
}

/// What customers see beside the name of their contact, and the form that changes it.
fn portrait_panel(ctx: &Ctx, profile: &Profile, there: bool, flash: &Flash) -> Markup {
    let photo = there.then(|| paths::portrait(profile.id));
    let error = flash.errors.get("file").map(str::to_owned);
    let hint = ctx.with(
        "account-portrait-hint",
        &[("size", format::size(ctx.locale, i64::try_from(LONGEST).unwrap_or(i64::MAX)).into())],
    );
    let remove = there.then(|| {
        view! { <form method="post" action="/_fn/account/remove_portrait"><SubmitButton>{ctx.t("account-portrait-remove")}</SubmitButton></form> }
    });
    view! {
        <Panel id="portrait" title=ctx.t("account-portrait")>
            <div class="panel-body stack-4">
                <div class="person"><Avatar name=profile.name.clone() house=true large=true photo=photo /><div><span class="meta">{ctx.t("account-portrait-who")}</span></div>{remove}</div>
                <form class="stack-4" method="post" action=paths::ACCOUNT_PORTRAIT enctype="multipart/form-data" novalidate=true>
                    <FileField name="file" label=ctx.t("account-portrait-file") hint=hint error=error accept="image/jpeg,image/png,image/webp,image/gif" required=true />
                    <SubmitButton>{ctx.t("account-portrait-save")}</SubmitButton>
                </form>
            </div>
        </Panel>
    }
    .into_markup()
}

/// The address one signs in with: changed on a page of its own, because both addresses have to agree.
fn sign_in(ctx: &Ctx, profile: &Profile) -> Markup {
    let since = ctx.with("account-since", &[("when", ctx.date(profile.created_at).into())]);
    view! {
        <Panel id="address" title=ctx.t("account-address")>
            <div class="panel-body stack-2"><p class="strong hash">{profile.email.clone()}</p><p class="meta">{since}</p></div>
            <div class="panel-foot"><LinkButton href=paths::ACCOUNT_EMAIL>{ctx.t("account-address-change")}</LinkButton></div>
        </Panel>
    }
    .into_markup()
}

/// What one is where, and what that lets one see.
fn role(ctx: &Ctx) -> Markup {
    if let Some(staff) = ctx.actor.staff() {
        let role = ctx.t(crate::access::Role::Staff(staff).label_key());
        return view! {
            <Panel id="role" title=ctx.t("account-role")>
                <div class="panel-body stack-2"><p class="strong">{role}</p><p class="meta">{ctx.t("account-role-staff")}</p></div>
            </Panel>
        }
        .into_markup();
    }
    let memberships = ctx.actor.memberships();
    if memberships.is_empty() {
        return view! { <Notice tone=Tone::Warn title=ctx.t("account-nowhere")>{ctx.t("account-nowhere-text")}</Notice> }
            .into_markup();
    }
    let rows = memberships.iter().map(|membership| view! { <li>{place(ctx, membership)}</li> }).collect_view();
    view! { <Panel id="role" title=ctx.t("account-memberships")><ul class="rows">{rows}</ul></Panel> }.into_markup()
}

fn place(ctx: &Ctx, membership: &Membership) -> Markup {
    let rights = Module::ALL
        .into_iter()
        .map(|module| {
            let name = match module {
                Module::Documents => ctx.t("account-module-documents"),
                Module::Orders => ctx.t("account-module-orders"),
                Module::Money => ctx.t("account-module-money"),
                Module::Tickets => ctx.t("account-module-tickets"),
            };
            let reach = match membership.rights.of(module) {
                Reach::None => ctx.t("account-reach-none"),
                Reach::Own => ctx.t("account-reach-own"),
                Reach::Organisation => ctx.t("account-reach-organisation"),
            };
            view! { <div><dt>{name}</dt><dd>{reach}</dd></div> }
        })
        .collect_view();
    let role = ctx.t(membership.role.role().label_key());
    view! {
        <div class="panel-body stack-4">
            <div class="person"><Avatar name=membership.name.clone() square=true /><div><span class="strong">{membership.name.clone()}</span><span class="meta">{role}</span></div></div>
            <dl class="facts">{rights}</dl>
        </div>
    }
    .into_markup()
}
