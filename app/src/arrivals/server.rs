//! Server functions of what customers send. Files are not among them: they stream (`server/src/http`).

#![allow(missing_docs, reason = "the macro makes a struct of the arguments; the function is documented")]

use leptos::prelude::*;

use crate::doors::{Done, Form, act};
use crate::error::AppError;
use crate::paths;

use super::service;

/// Somebody of staff has looked at what came.
#[server(prefix = "/_fn", endpoint = "documents/seen")]
pub async fn see_document(#[server(default)] id: String, #[server(default)] from: String) -> Result<(), ServerFnError> {
    let document = id.parse();
    let page = match &document {
        Ok(id) if from.is_empty() => paths::staff_document(*id),
        _ => paths::STAFF_ARRIVALS.to_owned(),
    };
    act(Form::on("seen", page.clone()), async move |ctx| {
        service::see(&ctx, document.map_err(|_| AppError::NotFound)?).await?;
        Ok(Done::to(page).saying(ctx.t("arrivals-seen-toast")))
    })
    .await
}
