//! What whoever keeps a project adds on its page: a report, a task, a decision, somebody else.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::flash::Flash;
use crate::orders::model::Side;
use crate::projects::model::{Light, OnProject, Project, Task};
use crate::projects::service::Whole;
use crate::ui::{ChoiceGroup, RadioCard, SelectField, SelectOption, SubmitButton, TextArea, TextField};
use crate::validity::service::today;

/// What the forms of one page know.
pub struct Forms<'a> {
    /// Who reads.
    pub ctx: &'a Ctx,
    /// What the last form left.
    pub flash: &'a Flash,
    /// The project.
    pub project: &'a Project,
    /// What belongs to it.
    pub whole: &'a Whole,
    /// Everybody who could be on it: of the customer, and of the operator.
    pub choice: &'a (Vec<OnProject>, Vec<OnProject>),
}

/// Whose a task can be: a side, or somebody on it. One field, so that nobody of the other side can be chosen.
pub fn whose(ctx: &Ctx, customers: &[OnProject], staff: &[OnProject], chosen: &str) -> Vec<SelectOption> {
    let option = |value: String, label: String| SelectOption { selected: value == chosen, value, label };
    let person =
        |side: Side| move |person: &OnProject| option(format!("{}:{}", side.name(), person.id), person.name.clone());
    let mut all = vec![option("customer".to_owned(), ctx.t("projects-whose-customer").to_owned())];
    all.extend(customers.iter().map(person(Side::Customer)));
    all.push(option("house".to_owned(), ctx.t("projects-whose-house").to_owned()));
    all.extend(staff.iter().map(person(Side::House)));
    all
}

/// Whose a task is, as [`whose`] calls it.
pub fn whose_is(task: &Task) -> String {
    let side = task.side.name();
    task.assignee_id.map_or_else(|| side.to_owned(), |id| format!("{side}:{id}"))
}

impl Forms<'_> {
    fn typed(&self, form: &str, field: &str) -> String {
        let mine = self.flash.form == form;
        self.flash.value(field).filter(|_| mine).unwrap_or_default().to_owned()
    }

    fn error(&self, field: &str) -> Option<String> {
        self.flash.errors.get(field).map(str::to_owned)
    }

    /// A form that opens; it stands open where it has just failed.
    fn folded(&self, form: &'static str, action: &'static str, title: &'static str, fields: Markup) -> Markup {
        let open = self.flash.form == form;
        let id = self.project.id.to_string();
        view! {
            <details class="panel-foot" open=open><summary>{title}</summary>
                <form class="stack-4" method="post" action=action novalidate=true><input type="hidden" name="project" value=id />{fields}</form>
            </details>
        }
        .into_markup()
    }

    /// How it goes.
    pub fn report(&self) -> Markup {
        let ctx = self.ctx;
        let typed = self.typed("report", "light");
        let chosen = Light::parse(&typed).unwrap_or(self.project.light);
        let cards = Light::ALL
            .map(|light| view! { <RadioCard name="light" value=light.name() label=ctx.t(light.label_key()) checked=light == chosen /> })
            .into_iter()
            .collect_view();
        let fields = view! {
            <ChoiceGroup id="light" legend=ctx.t("projects-column-light") error=self.error("light")>{cards}</ChoiceGroup>
            <TextArea name="report" label=ctx.t("projects-report-text") hint=ctx.t("projects-report-hint") id="report-text" value=self.typed("report", "report") error=self.error("report") rows=4 required=true maxlength=4000 />
            <div><SubmitButton>{ctx.t("projects-report-write")}</SubmitButton></div>
        }
        .into_markup();
        self.folded("report", "/_fn/projects/report", ctx.t("projects-report-new"), fields)
    }

    /// Something to do.
    pub fn task(&self) -> Markup {
        let ctx = self.ctx;
        let options = whose(ctx, &self.whole.people, &self.whole.staff, &self.typed("task", "whose_task"));
        let fields = view! {
            <TextField name="title" label=ctx.t("projects-task-title") hint=ctx.t("projects-task-title-hint") value=self.typed("task", "title") error=self.error("title") required=true maxlength=200 />
            <SelectField name="whose_task" label=ctx.t("projects-task-whose") hint=ctx.t("projects-task-whose-hint") options=options error=self.error("assignee") />
            <TextField name="due_on" label=ctx.t("projects-task-due") kind="date" note=ctx.t("ui-optional") value=self.typed("task", "due_on") error=self.error("due_on") />
            <TextArea name="text" label=ctx.t("projects-task-text") note=ctx.t("ui-optional") value=self.typed("task", "text") error=self.error("text") rows=3 maxlength=4000 />
            <div><SubmitButton>{ctx.t("projects-task-add")}</SubmitButton></div>
        }
        .into_markup();
        self.folded("task", "/_fn/projects/add_task", ctx.t("projects-task-new"), fields)
    }

    /// What was decided.
    pub fn decision(&self) -> Markup {
        let ctx = self.ctx;
        let mine = self.flash.form == "decision";
        let day = if mine { self.typed("decision", "decided_on") } else { today(ctx).to_string() };
        let fields = view! {
            <TextField name="decision" label=ctx.t("projects-decision-what") value=self.typed("decision", "decision") error=self.error("decision") required=true maxlength=200 />
            <TextField name="decided_on" label=ctx.t("projects-decision-when") kind="date" value=day error=self.error("decided_on") />
            <TextField name="decided_by" label=ctx.t("projects-decision-by") hint=ctx.t("projects-decision-by-hint") value=self.typed("decision", "decided_by") error=self.error("decided_by") required=true maxlength=200 />
            <TextArea name="why" label=ctx.t("projects-decision-why") note=ctx.t("ui-optional") value=self.typed("decision", "why") error=self.error("why") rows=3 maxlength=4000 />
            <div><SubmitButton>{ctx.t("projects-decision-add")}</SubmitButton></div>
        }
        .into_markup();
        self.folded("decision", "/_fn/projects/decide", ctx.t("projects-decision-new"), fields)
    }

    /// Who else is on it, and who is no longer.
    pub fn people(&self) -> Markup {
        let ctx = self.ctx;
        let (customers, staff) = self.choice;
        let on =
            |person: &&OnProject| self.whole.people.iter().chain(&self.whole.staff).any(|known| known.id == person.id);
        let option = |person: &OnProject| {
            let house = person.staff_role.map(|_| format!(", {}", ctx.portal.name.get())).unwrap_or_default();
            SelectOption { value: person.id.to_string(), label: format!("{}{house}", person.name), selected: false }
        };
        let others: Vec<SelectOption> =
            customers.iter().chain(staff).filter(|person| !on(person)).map(option).collect();
        let lead = self.project.lead_id;
        // Whoever is responsible is on it for as long as they are.
        let there = self.whole.people.iter().chain(&self.whole.staff).filter(|person| lead != Some(person.id));
        let there: Vec<SelectOption> = there.map(option).collect();
        let add = (!others.is_empty()).then(|| {
            let fields = view! {
                <SelectField name="user" id="add-person" label=ctx.t("projects-person-who") hint=ctx.t("projects-person-hint") options=others error=self.error("person") />
                <div><SubmitButton>{ctx.t("projects-person-add")}</SubmitButton></div>
            }
            .into_markup();
            self.folded("person", "/_fn/projects/add_person", ctx.t("projects-person-new"), fields)
        });
        let remove = (!there.is_empty()).then(|| {
            let fields = view! {
                <SelectField name="user" id="remove-person" label=ctx.t("projects-person-off") options=there />
                <div><SubmitButton>{ctx.t("projects-person-remove")}</SubmitButton></div>
            }
            .into_markup();
            self.folded("off", "/_fn/projects/remove_person", ctx.t("projects-person-take-off"), fields)
        });
        view! { {add}{remove} }.into_markup()
    }
}
