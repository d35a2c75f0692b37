//! What the pages have in common on which somebody who is asked does something else than approve.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::approvals::model::{Decision, Round, Seat, State};
use crate::approvals::service;
use crate::ctx::Ctx;
use crate::documents::model::Document;
use crate::documents::service as documents;
use crate::doors::{Page, Visit};
use crate::error::AppError;
use crate::ids::DocumentId;
use crate::paths;
use crate::ui::{ErrorSummary, LinkButton, Notice, PageHead, Place, Tone};

/// The document, the round that counts, and the actor's seat in it.
pub(super) struct Turn {
    pub document: Document,
    pub round: Round,
    pub seat: Seat,
}

impl Turn {
    /// Of the page's document.
    ///
    /// # Errors
    /// `Forbidden` for whoever is not asked.
    pub async fn of(ctx: &Ctx, visit: &Visit) -> Result<Self, AppError> {
        let id: DocumentId = visit.id("id")?;
        let document = documents::find(ctx, id).await?;
        visit.is_in(document.organisation_id);
        let user = ctx.actor.user_id().ok_or(AppError::Unauthenticated)?;
        let round = service::rounds(ctx, &document).await?.into_iter().next().ok_or(AppError::Forbidden)?;
        let seat = round.seat(user).cloned().ok_or(AppError::Forbidden)?;
        Ok(Self { document, round, seat })
    }

    /// It is the actor's turn.
    pub fn is_now(&self) -> bool {
        self.round.approval.state == State::Open && self.seat.decision == Decision::Waiting
    }

    /// It is, or will be.
    pub fn is_to_come(&self) -> bool {
        self.is_now() || (self.round.approval.state == State::Open && self.seat.decision == Decision::Later)
    }

    /// The page around a form, or around the words that there is nothing to do any more.
    pub fn page(self, ctx: &Ctx, visit: &Visit, title: String, form: Option<Markup>) -> Page {
        let id = self.document.id;
        let flash = &visit.flash;
        let problem = flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
        let form = form.unwrap_or_else(|| {
            view! {
                <Notice tone=Tone::Idle title=ctx.t("approval-error-over")><p>{ctx.t("approval-over-text")}</p></Notice>
                <p><LinkButton href=paths::document(id)>{ctx.t("approval-to-document")}</LinkButton></p>
            }
            .into_markup()
        });
        let body = view! {
            <div class="narrow">
                <PageHead title=title.clone() meta=self.document.title.clone() />
                {problem}
                <ErrorSummary locale=ctx.locale errors=flash.errors.clone() />
                {form}
            </div>
        }
        .into_markup();
        let crumbs = vec![
            (paths::DOCUMENTS.to_owned(), ctx.t("nav-documents").to_owned()),
            (paths::document(id), self.document.title),
        ];
        Page { title, place: Place::Documents, crumbs, todo: None, body }
    }
}
