//! Server functions of the quarantine.

#![allow(missing_docs, reason = "the macro makes a struct of the arguments; the function is documented")]

use leptos::prelude::*;

use crate::doors::{Done, Form, act};
use crate::error::AppError;
use crate::ids::VersionId;
use crate::paths;

use super::model::Scan;
use super::service;

fn page_of(version: &str) -> String {
    version.parse().map_or_else(|_| paths::STAFF_QUARANTINE.to_owned(), paths::staff_quarantined)
}

fn parse_id(version: &str) -> Result<VersionId, AppError> {
    version.parse().map_err(|_| AppError::NotFound)
}

/// Lets a held file be read all the same, with the reason.
#[server(prefix = "/_fn", endpoint = "quarantine/release")]
pub async fn release_version(
    #[server(default)] version: String,
    #[server(default)] scan: String,
    #[server(default)] reason: String,
) -> Result<(), ServerFnError> {
    let form = Form::on("quarantine", page_of(&version)).value("reason", reason.clone());
    act(form, async move |ctx| {
        service::check(&ctx)?;
        let seen = Scan::parse(&scan).ok_or_else(|| AppError::BadRequest("scan".into()))?;
        let row = service::release(&ctx, parse_id(&version)?, seen, &reason).await?;
        let text = ctx.with("scan-released-toast", &[("file", row.file_name.into())]);
        Ok(Done::to(paths::STAFF_QUARANTINE).saying(text))
    })
    .await
}

/// Has a held file looked at once more.
#[server(prefix = "/_fn", endpoint = "quarantine/scan")]
pub async fn scan_version(#[server(default)] version: String) -> Result<(), ServerFnError> {
    act(Form::on("quarantine", page_of(&version)), async move |ctx| {
        let row = service::again(&ctx, parse_id(&version)?).await?;
        let text = ctx.with("scan-again-toast", &[("file", row.file_name.into())]);
        Ok(Done::to(paths::STAFF_QUARANTINE).saying(text))
    })
    .await
}
