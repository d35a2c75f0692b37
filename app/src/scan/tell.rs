//! Telling about a file that is held, in the transaction that holds it.

use crate::ctx::Ctx;
use crate::db::{Tx, args, sql};
use crate::error::AppError;
use crate::i18n::Locale;
use crate::mail::{Button, Letter, Recipient, Template};
use crate::notifications::{Kind, Notice, Object, tell};
use crate::paths;

use super::model::Held;

sql! {
    UPLOADER = "SELECT email, name, locale, staff_role IS NOT NULL AS staff FROM users WHERE id = $1 AND state = 'active'";
}

/// Tells whoever uploaded it.
pub async fn held(tx: &Tx, ctx: &Ctx, row: &Held) -> Result<(), AppError> {
    let known: Option<(String, String, Option<Locale>, bool)> = tx.optional(UPLOADER, args![row.uploaded_by]).await?;
    let Some((address, name, locale, staff)) = known else { return Ok(()) };
    let values = vec![
        ("title", row.title.clone()),
        ("file", row.file_name.clone()),
        ("scan", row.scan.name().to_owned()),
        ("finding", row.finding.clone().unwrap_or_default()),
    ];
    let to = Recipient { address, name, locale: locale.unwrap_or_default() };
    let page = if staff { paths::staff_document } else { paths::document };
    let button = Button::Path(page(row.document_id));
    let letter = Some(Letter { template: Template::FileHeld, to, values, button });
    let (organisation, object) = (Some(row.organisation_id), Object::Document(row.document_id));
    let notice = Notice { kind: Kind::FileHeld, to: row.uploaded_by, organisation, object, letter };
    tell(tx, ctx, notice).await
}
