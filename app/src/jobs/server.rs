//! Server functions of the queue.

#![allow(missing_docs, reason = "the macro makes a struct of the arguments; the function is documented")]

use leptos::prelude::*;

use crate::doors::{Done, Form, act};
use crate::error::AppError;
use crate::ids::JobId;
use crate::paths;

use super::service;

fn parse(id: &str) -> Result<JobId, AppError> {
    id.parse().map_err(|_| AppError::NotFound)
}

fn page_of(id: &str) -> String {
    id.parse().map_or_else(|_| paths::STAFF_JOBS.to_owned(), paths::staff_job)
}

/// Has a job tried again now.
#[server(prefix = "/_fn", endpoint = "jobs/retry")]
pub async fn retry_job(#[server(default)] id: String) -> Result<(), ServerFnError> {
    act(Form::on("job", page_of(&id)), async move |ctx| {
        service::retry(&ctx, parse(&id)?).await?;
        Ok(Done::to(page_of(&id)).saying(ctx.t("jobs-retried")))
    })
    .await
}

/// Has everything that failed tried again now.
#[server(prefix = "/_fn", endpoint = "jobs/retry_failed")]
pub async fn retry_failed_jobs() -> Result<(), ServerFnError> {
    act(Form::on("jobs", paths::STAFF_JOBS), async move |ctx| {
        let count = service::retry_failed(&ctx).await?;
        Ok(Done::to(paths::STAFF_JOBS).saying(ctx.with("jobs-retried-count", &[("count", count.into())])))
    })
    .await
}

/// Drops a job that nobody is at.
#[server(prefix = "/_fn", endpoint = "jobs/drop")]
pub async fn drop_job(#[server(default)] id: String) -> Result<(), ServerFnError> {
    act(Form::on("job", page_of(&id)), async move |ctx| {
        service::drop_job(&ctx, parse(&id)?).await?;
        Ok(Done::to(paths::STAFF_JOBS).saying(ctx.t("jobs-dropped")))
    })
    .await
}
