//! Server functions that forms post to.

use axum::http::StatusCode;
use leptos::prelude::*;
use tower_sessions::Session;

use crate::ctx::Ctx;
use crate::error::{AppError, FieldErrors};
use crate::flash::Flash;

use super::error::detour;
use super::request::{ctx, redirect, request, response};

/// Where an act leads: a page of ours, and what it says there.
#[derive(Clone, Debug)]
pub struct Done {
    to: String,
    toast: Option<String>,
    shown: Vec<(String, String)>,
}

impl Done {
    /// Leads to this page.
    pub fn to(path: impl Into<String>) -> Self {
        Self { to: path.into(), toast: None, shown: Vec::new() }
    }

    /// Says this there.
    pub fn saying(mut self, text: impl Into<String>) -> Self {
        self.toast = Some(text.into());
        self
    }

    /// Hands this to that page, once: through the session, so nothing secret that is not sealed.
    pub fn showing(mut self, field: &str, value: impl Into<String>) -> Self {
        self.shown.push((field.to_owned(), value.into()));
        self
    }
}

/// The forms that keep what a stranger typed: a row in the database is not everybody's for the asking.
const STRANGERS: [&str; 6] =
    ["sign-in", "factor", "invitation", "password-reset", "password-reset-new", "sign-in-link"];

/// The longest value that is kept for a form that failed.
const TYPED: usize = 8000;

/// A form as posted: where it stands and what was typed, for the case that it fails.
#[derive(Clone, Debug)]
pub struct Form {
    name: &'static str,
    page: String,
    values: Vec<(String, String)>,
}

impl Form {
    /// A form on this page of ours.
    pub fn on(name: &'static str, page: impl Into<String>) -> Self {
        Self { name, page: page.into(), values: Vec::new() }
    }

    /// What was typed into a field. Never a password, and no more than a form of ours could hold.
    pub fn value(mut self, field: &str, value: impl Into<String>) -> Self {
        let value = value.into().chars().take(TYPED).collect();
        self.values.push((field.to_owned(), value));
        self
    }

    /// What to do about the outcome: where to go, and what to leave for that page. An error no form can show
    /// comes back.
    pub fn outcome(self, ctx: &Ctx, result: Result<Done, AppError>) -> Result<(String, Option<Flash>), AppError> {
        let kept = |errors, problem| Flash {
            form: self.name.to_owned(),
            values: self.values.clone(),
            errors,
            problem,
            toast: None,
            page: None,
        };
        match result {
            Ok(Done { to, toast, shown }) => {
                let said = toast.is_some() || !shown.is_empty();
                Ok((to, said.then(|| Flash { toast, values: shown, ..Flash::default() })))
            }
            Err(AppError::Invalid(errors)) => Ok((self.page.clone(), Some(kept(errors, None)))),
            Err(AppError::Conflict(text)) => Ok((self.page.clone(), Some(kept(FieldErrors::default(), Some(text))))),
            Err(AppError::RateLimited(seconds)) => {
                let text = ctx.with("error-wait", &[("minutes", (seconds.div_ceil(60)).into())]);
                Ok((self.page.clone(), Some(kept(FieldErrors::default(), Some(text)))))
            }
            Err(error) => match detour(&error, &self.page) {
                Some(page) => {
                    // They come back to what they typed, and press the button again.
                    let waits = matches!(error, AppError::ProofNeeded).then(|| Flash {
                        toast: Some(ctx.t("confirm-go-on").to_owned()),
                        page: Some(self.page.clone()),
                        ..kept(FieldErrors::default(), None)
                    });
                    Ok((page, waits))
                }
                None => Err(error),
            },
        }
    }
}

/// Runs a server function that a form posts to. Success and field errors lead to a page (303); anything else
/// answers with its status, and the error page layer shows it.
pub async fn act<F>(form: Form, work: impl FnOnce(Ctx) -> F) -> Result<(), ServerFnError>
where
    F: Future<Output = Result<Done, AppError>>,
{
    let (Some(ctx), parts, response) = (ctx(), request(), response()) else {
        return Err(ServerFnError::new("no context"));
    };
    let session = parts.and_then(|p| p.extensions.get::<Session>().cloned());
    let result = work(ctx.clone()).await;
    match form.outcome(&ctx, result) {
        Ok((path, flash)) => {
            let known = !ctx.actor.is_anonymous();
            let kept = |flash: &Flash| known || STRANGERS.contains(&flash.form.as_str());
            if let (Some(flash), Some(session)) = (flash.filter(kept), &session) {
                flash.put(session).await;
            }
            redirect(&response, &path);
        }
        Err(error) => {
            response.set_status(StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR));
        }
    }
    Ok(())
}
