//! What waits for this person: one list, each with its one action, and what can be done about it in place.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::flash::Flash;
use crate::home::inbox::{self, FURTHEST, Inbox};
use crate::home::model::{Item, Kind, Until};
use crate::i18n::format;
use crate::paths;
use crate::ui::{EmptyState, Glyph, Icon, LinkButton, SubmitButton};

use super::words::{Words, due, words};

/// What of the list is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Show {
    /// The first of it.
    #[default]
    First,
    /// All that fits a page.
    All,
    /// Only of this kind.
    Only(Kind),
}

impl Show {
    /// From the address, or from a form.
    pub fn parse(text: &str) -> Self {
        match text {
            "all" => Self::All,
            name => Kind::parse(name).map_or(Self::First, Self::Only),
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::First => "",
            Self::All => "all",
            Self::Only(kind) => kind.name(),
        }
    }

    /// The address of the list.
    pub fn address(self) -> String {
        match self {
            Self::First => paths::HOME_TODO.to_owned(),
            other => format!("{}?show={}#todo", paths::HOME, other.name()),
        }
    }

    /// How many rows.
    pub const fn limit(self) -> i64 {
        match self {
            Self::First => 20,
            Self::All | Self::Only(_) => 200,
        }
    }

    /// Only this kind.
    pub const fn kind(self) -> Option<Kind> {
        match self {
            Self::Only(kind) => Some(kind),
            Self::First | Self::All => None,
        }
    }
}

/// The panel. `public/inbox.js` takes over what changed of it after an act, where it runs.
pub fn panel(ctx: &Ctx, inbox: &Inbox, show: Show, flash: &Flash, nonce: String) -> Markup {
    let may = inbox::may_snooze(ctx);
    let mine = inbox.total > 0;
    let class = if mine { "panel panel--mine a-need" } else { "panel a-need" };
    let count = mine.then(|| view! { <span class="count count--solid">{inbox.total}</span> });
    let narrowed = (show != Show::First).then(|| view! { <a href=paths::HOME_TODO>{ctx.t("inbox-show-first")}</a> });
    let list = if inbox.waiting.is_empty() {
        view! { <EmptyState icon="circle-check-big" title=ctx.t("home-needs-empty-title") text=ctx.t("home-needs-empty-text") /> }.into_markup()
    } else {
        let rows = inbox.waiting.iter().enumerate().map(|(at, item)| row(ctx, item, at, show, may)).collect_view();
        view! { <ol class="inbox">{rows}</ol> }.into_markup()
    };
    let shown = u32::try_from(inbox.waiting.len()).unwrap_or(u32::MAX);
    let more = (shown < inbox.total && show == Show::First).then(|| {
        let text = ctx.with("inbox-show-all", &[("count", inbox.total.into())]);
        view! { <p class="panel-foot"><a href=Show::All.address()>{text}</a></p> }
    });
    let script = may.then(|| view! { <script nonce=nonce defer=true src=crate::assets::url("inbox.js")></script> });
    view! {
        <section class=class id="todo" aria-labelledby="todo-title" data-live-area="documents approvals files orders projects appointments">
            <div class="panel-head"><h2 id="todo-title" tabindex="-1">{ctx.t("home-needs")}</h2>{count}{narrowed}</div>
            <div class="said" role="status" id="todo-said">{said(ctx, show, flash)}</div>
            <div id="todo-list">{list}{more}{snoozed(ctx, inbox, show, may)}</div>
        </section>
        {script}
    }
    .into_markup()
}

/// What the act before has done, and the way back.
fn said(ctx: &Ctx, show: Show, flash: &Flash) -> Option<Markup> {
    // Of the list itself, and of the acts of other areas that lead back to it.
    let ours = ["inbox", "tick", "confirm"].contains(&flash.form.as_str());
    let problem = flash.problem.as_deref().or_else(|| flash.errors.get("until")).filter(|_| ours);
    if let Some(problem) = problem {
        return Some(view! { <Glyph name="late" /><p>{problem.to_owned()}</p> }.into_markup());
    }
    let text = flash.value("said")?.to_owned();
    let undo = flash.value("undo").filter(|key| !key.is_empty()).map(str::to_owned);
    let undo = undo.map(|key| act("/_fn/inbox/wake", key, show, ctx.t("inbox-undo"), String::new()));
    Some(view! { <Glyph name="done" /><p>{text}</p>{undo} }.into_markup())
}

/// A form of one button about one item.
fn act(action: &'static str, key: String, show: Show, text: &'static str, label: String) -> Markup {
    view! {
        <form method="post" action=action data-act="">
            {hidden(key, show)}
            <SubmitButton label=label>{text}</SubmitButton>
        </form>
    }
    .into_markup()
}

fn hidden(key: String, show: Show) -> Markup {
    let show = (show != Show::First).then(|| view! { <input type="hidden" name="show" value=show.name() /> });
    view! { <input type="hidden" name="item" value=key />{show} }.into_markup()
}

fn row(ctx: &Ctx, item: &Item, at: usize, show: Show, may: bool) -> Markup {
    let Words { icon, href, text, meta, action } = words(ctx, item);
    let label = match item.title.as_str() {
        "" => format!("{action}: {text}"),
        title => format!("{action}: {title}"),
    };
    let due = due(ctx, item);
    let late = due.as_ref().is_some_and(|(late, _)| *late);
    let verb = if late { "verb verb--late" } else { "verb" };
    let due = due.map(|(late, text)| {
        let class = if late { "due due--late" } else { "due" };
        view! { <span class=class>{late.then(|| view! { <Glyph name="late" /> })}{text}</span> }
    });
    let later = may.then(|| later(ctx, item, at, show, &text));
    view! {
        <li data-item=item.key().to_string()>
            <span class=verb><Icon name=icon /></span>
            <div><a class="title" href=href.clone()>{text}</a><p class="meta">{meta}</p></div>
            <p class="due">{due}</p>
            {act_of(item, href, label, action, may)}
            {later}
        </li>
    }
    .into_markup()
}

/// The one act of a row: done here where a click is enough, else where it leads.
fn act_of(item: &Item, href: String, label: String, action: &'static str, may: bool) -> Markup {
    let confirms = item.kind == Kind::Order && item.number > 0;
    if !may || !(confirms || item.kind == Kind::Task) {
        return view! { <LinkButton href=href label=label>{action}</LinkButton> }.into_markup();
    }
    if confirms {
        return view! {
            <form method="post" action="/_fn/orders/confirm" data-act="">
                <input type="hidden" name="item" value=item.key().to_string() />
                <input type="hidden" name="order" value=item.id.to_string() />
                <input type="hidden" name="revision" value=item.number.to_string() />
                <input type="hidden" name="back" value=paths::HOME />
                <SubmitButton label=label>{action}</SubmitButton>
            </form>
        }
        .into_markup();
    }
    view! {
        <form method="post" action="/_fn/projects/tick" data-act="">
            <input type="hidden" name="item" value=item.key().to_string() />
            <input type="hidden" name="project" value=item.subject_id.to_string() />
            <input type="hidden" name="task" value=item.id.to_string() />
            <input type="hidden" name="revision" value=item.number.to_string() />
            <input type="hidden" name="back" value=paths::HOME />
            <SubmitButton label=label>{action}</SubmitButton>
        </form>
    }
    .into_markup()
}

/// The menu of a row: to put it off, and what else one click does.
fn later(ctx: &Ctx, item: &Item, at: usize, show: Show, text: &str) -> Markup {
    let id = format!("later-{at}");
    let (menu, day) = (id.clone(), format!("{id}-day"));
    let field = day.clone();
    let label = ctx.with("inbox-later-of", &[("what", text.to_owned().into())]);
    let heading = label.clone();
    let today = inbox::today(ctx);
    let next_week = format::near_day(ctx.locale, today, Until::NextWeek.day(today));
    let next_week = ctx.with("inbox-until-week", &[("when", next_week.into())]);
    let key = item.key().to_string();
    let (first, last) = (today.plus(1).to_string(), today.plus(FURTHEST).to_string());
    let one_click = |action: &'static str, text: &'static str| {
        view! {
            <form class="menu-part" method="post" action=action data-act="">
                {hidden(key.clone(), show)}
                <button class="menu-item" type="submit"><Glyph name="done" />{text}</button>
            </form>
        }
        .into_markup()
    };
    let also = match item.kind {
        Kind::Read => Some(one_click("/_fn/inbox/read", ctx.t("inbox-mark-read"))),
        kind if kind.can_be_done() => Some(one_click("/_fn/inbox/done", ctx.t("inbox-mark-done"))),
        _ => None,
    };
    view! {
        <button class="iconbtn" type="button" popovertarget=id aria-label=label><Icon name="clock" /></button>
        <div class="menu menu--later" id=menu popover="auto" role="dialog" aria-label=heading>
            <form method="post" action="/_fn/inbox/snooze" data-act="">
                <p class="menu-title">{ctx.t("inbox-remind")}</p>
                {hidden(key.clone(), show)}
                <button class="menu-item" type="submit" name="until" value="tomorrow">{ctx.t("inbox-until-tomorrow")}</button>
                <button class="menu-item" type="submit" name="until" value="week">{next_week}</button>
            </form>
            <form class="menu-part menu-day" method="post" action="/_fn/inbox/snooze" data-act="">
                {hidden(key.clone(), show)}
                <label for=field>{ctx.t("inbox-until-day")}</label>
                <input class="input" type="date" id=day name="day" min=first max=last required=true />
                <SubmitButton>{ctx.t("inbox-until-ok")}</SubmitButton>
            </form>
            {also}
        </div>
    }
    .into_markup()
}

/// What was put off, and when it comes back.
fn snoozed(ctx: &Ctx, inbox: &Inbox, show: Show, may: bool) -> Option<Markup> {
    if inbox.snoozed_total == 0 {
        return None;
    }
    let rows = inbox
        .snoozed
        .iter()
        .map(|item| {
            let Words { icon, href, text, .. } = words(ctx, item);
            let until = item.snoozed_until.map(|at| format::ahead(ctx.locale, &ctx.zone, ctx.now(), at));
            let until = ctx.with("inbox-back-on", &[("when", until.unwrap_or_default().into())]);
            let label = format!("{}: {text}", ctx.t("inbox-wake"));
            let key = item.key().to_string();
            let wake = may.then(|| act("/_fn/inbox/wake", key.clone(), show, ctx.t("inbox-wake"), label));
            view! {
                <li data-item=key>
                    <span class="verb verb--later"><Icon name=icon /></span>
                    <div><a class="title" href=href>{text}</a><p class="meta">{until}</p></div>
                    <p class="due"></p>
                    {wake}
                </li>
            }
        })
        .collect_view();
    let title = ctx.with("inbox-snoozed-count", &[("count", inbox.snoozed_total.into())]);
    Some(view! { <details class="panel-foot panel-foot--list"><summary>{title}</summary><ol class="inbox">{rows}</ol></details> }.into_markup())
}
