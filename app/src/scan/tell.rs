//! The mail about a file that is held, in the transaction that holds it.

use crate::ctx::Ctx;
use crate::db::{Tx, args, sql};
use crate::error::AppError;
use crate::i18n::Locale;
use crate::mail::{self, Button, Letter, Recipient, Template};
use crate::paths;

use super::model::Held;

sql! {
    UPLOADER = "SELECT email, name, locale FROM users WHERE id = $1 AND state = 'active'";
}

/// Tells whoever uploaded it.
pub async fn held(tx: &Tx, ctx: &Ctx, row: &Held) -> Result<(), AppError> {
    let known: Option<(String, String, Option<Locale>)> = tx.optional(UPLOADER, args![row.uploaded_by]).await?;
    let Some((address, name, locale)) = known else { return Ok(()) };
    let values = vec![
        ("title", row.title.clone()),
        ("file", row.file_name.clone()),
        ("scan", row.scan.name().to_owned()),
        ("finding", row.finding.clone().unwrap_or_default()),
    ];
    let to = Recipient { address, name, locale: locale.unwrap_or_default() };
    let button = Button::Path(paths::staff_document(row.document_id));
    mail::queue(tx, ctx, Letter { template: Template::FileHeld, to, values, button }).await
}
