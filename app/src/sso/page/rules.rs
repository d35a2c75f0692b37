//! How the people of an organisation sign in: the page of its customer admin, and the same for staff.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::access::{Action, Relation, allow};
use crate::ctx::Ctx;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::flash::Flash;
use crate::organisation::model::Organisation;
use crate::organisation::service as organisations;
use crate::paths;
use crate::sign_in::proof;
use crate::sso::manage;
use crate::sso::model::Rules;
use crate::ui::{Badge, CheckRow, ErrorSummary, Notice, PageHead, Panel, Place, SubmitButton, Tone};

use super::{domains, provider};

/// `/organisation/sign-in`.
#[component]
pub fn OrganisationSignInPage() -> impl IntoView {
    page(own)
}

async fn own(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    // Staff belong to no customer; they have a page for each.
    let id = ctx.organisation.ok_or(AppError::Forbidden)?;
    allow(&ctx.actor, Action::OrganisationSecurity, Relation::Own, Some(id))?;
    // Asked for before something is typed rather than after.
    proof::require(ctx)?;
    let rules = manage::rules(ctx, id).await?;
    let organisation = manage::organisation(ctx, id).await?;
    let settings = Settings { ctx, organisation: &organisation, rules: &rules, flash: &visit.flash };
    let title = ctx.t("sso-settings-title").to_owned();
    let crumbs = vec![(paths::ORGANISATION.to_owned(), ctx.t("nav-organisation").to_owned())];
    Ok(Page { body: settings.view(), title, place: Place::Organisation, crumbs, todo: None })
}

/// `/staff/customers/{id}/sign-in`.
#[component]
pub fn CustomerSignInPage() -> impl IntoView {
    page(of_customer)
}

async fn of_customer(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    organisations::require_staff(ctx)?;
    let id = visit.id("id")?;
    let rules = manage::rules(ctx, id).await?;
    proof::require(ctx)?;
    let organisation = manage::organisation(ctx, id).await?;
    let settings = Settings { ctx, organisation: &organisation, rules: &rules, flash: &visit.flash };
    let title = ctx.t("sso-settings-title").to_owned();
    let crumbs = vec![
        (paths::STAFF_CUSTOMERS.to_owned(), ctx.t("nav-customers").to_owned()),
        (paths::staff_customer(id), organisation.name.clone()),
    ];
    let body = settings.view();
    Ok(Page { body, title, place: Place::Customers, crumbs, todo: None })
}

/// What the panels show.
pub(super) struct Settings<'a> {
    pub ctx: &'a Ctx,
    pub organisation: &'a Organisation,
    pub rules: &'a Rules,
    pub flash: &'a Flash,
}

impl Settings<'_> {
    /// The hidden fields every form of the page sends.
    pub fn hidden(&self) -> Markup {
        let (id, revision) = (self.organisation.id.to_string(), self.rules.switches.sign_in_revision.to_string());
        view! {
            <input type="hidden" name="organisation" value=id />
            <input type="hidden" name="revision" value=revision />
        }
        .into_markup()
    }

    /// What was typed into a form that failed, or else what is stored.
    pub fn typed(&self, form: &str, field: &str, stored: &str) -> String {
        let typed = (self.flash.form == form).then(|| self.flash.value(field)).flatten();
        typed.unwrap_or(stored).to_owned()
    }

    /// What is wrong with a field.
    pub fn error(&self, field: &str) -> Option<String> {
        self.flash.errors.get(field).map(str::to_owned)
    }

    fn view(&self) -> Markup {
        let ctx = self.ctx;
        let active = self.rules.provider.as_ref().is_some_and(|provider| provider.is_active());
        let badge = match (active, self.rules.switches.only_sso) {
            (true, true) => view! { <Badge tone=Tone::Good glyph="done" text=ctx.t("sso-state-only") /> }.into_markup(),
            (true, false) => {
                view! { <Badge tone=Tone::Good glyph="done" text=ctx.t("sso-state-active") /> }.into_markup()
            }
            (false, _) => view! { <Badge tone=Tone::Idle glyph="draft" text=ctx.t("sso-state-off") /> }.into_markup(),
        };
        let problem = self.flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
        view! {
            <PageHead title=ctx.t("sso-settings-title") meta=self.organisation.name.clone() badge=badge />
            {problem}
            <ErrorSummary locale=ctx.locale errors=self.flash.errors.clone() />
            <div class="split">
                <div class="stack">
                    {provider::connection(self)}
                    {self.rules.provider.as_ref().map(|known| provider::admission(self, known))}
                </div>
                <div class="stack">
                    {self.rules.provider.as_ref().map(|known| provider::state(self, known))}
                    {domains::panel(self)}
                    {self.switches()}
                </div>
            </div>
        }
        .into_markup()
    }

    fn switches(&self) -> Markup {
        let ctx = self.ctx;
        let switches = self.rules.switches;
        let left_out = (!self.rules.left_out.is_empty() && !self.rules.domains.is_empty()).then(|| {
            let names: Vec<String> = self
                .rules
                .left_out
                .iter()
                .take(10)
                .map(|person| format!("{} ({})", person.name, person.email))
                .collect();
            let title = ctx.with("sso-left-out", &[("count", self.rules.left_out.len().into())]);
            view! { <Notice tone=Tone::Warn title=title><p class="meta">{names.join(", ")}</p></Notice> }
        });
        view! {
            <Panel id="rules" title=ctx.t("sso-rules-title")>
                <form method="post" action="/_fn/sso/restrict">
                    {self.hidden()}
                    <div class="panel-body stack-4">
                        <div class="choices">
                            <CheckRow name="only_sso" value="true" label=ctx.t("sso-only") meta=ctx.t("sso-only-meta") checked=switches.only_sso />
                            <CheckRow name="require_factor" value="true" label=ctx.t("sso-require-factor") meta=ctx.t("sso-require-factor-meta") checked=switches.require_factor />
                            <CheckRow name="magic_links" value="true" label=ctx.t("sso-magic-links") meta=ctx.t("sso-magic-links-meta") checked=switches.magic_links />
                        </div>
                        {left_out}
                    </div>
                    <div class="panel-foot"><SubmitButton>{ctx.t("sso-save")}</SubmitButton></div>
                </form>
            </Panel>
        }
        .into_markup()
    }
}
