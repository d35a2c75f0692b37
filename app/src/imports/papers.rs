//! A row for each document, with its file: from a zip with a list in it, or a list beside a folder. Known again by what the other
//! system calls it, and by its bytes: the same once more changes nothing, other bytes are its next version. Each document is a
//! transaction of its own; with all or nothing every row is looked at before the first is written.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};

use sha2::{Digest as _, Sha256};

use crate::audit;
use crate::categories;
use crate::ctx::Ctx;
use crate::db::{args, sql};
use crate::documents::model::{Audience, Category, Document, EditDocument, NewDocument};
use crate::documents::service::{self, Seen};
use crate::documents::upload::{self, Incoming, Received};
use crate::error::{AppError, FieldErrors};
use crate::files::FileName;
use crate::i18n::Locale;
use crate::ids::{DocumentId, OrderId};
use crate::orders::input::{Act, Change};
use crate::orders::papers;
use crate::organisation::service as organisation;

use super::bundle::Bundle;
use super::columns::{Columns, Names};
use super::customers;
use super::model::Options;
use super::record::Record;
use super::report::{Done, Entry, Totals};
use super::run::{Ready, RunError, refreshed};
use super::spool::chunks;
use super::table::{Row, TableError};
use super::words;

sql! {
    SOURCE = "SELECT document_id FROM document_sources WHERE organisation_id = $1 AND external_id = $2";
    REMEMBER = "INSERT INTO document_sources (organisation_id, external_id, document_id) VALUES ($1, $2, $3)";
    CURRENT = "SELECT v.sha256 FROM documents d JOIN document_versions v ON v.document_id = d.id AND v.number = d.current_version WHERE d.id = $1";
    REVISION = "SELECT revision FROM documents WHERE id = $1";
    ORDER = "SELECT id FROM orders WHERE number = $1 AND organisation_id = $2";
}

/// The fields and the names their columns go by.
pub const NAMES: &[Names] = &[
    ("number", &["externalid", "documentid", "documentnumber", "dokumentnr", "belegnr", "number", "nummer", "id"]),
    (
        "organisation",
        &[
            "organisation",
            "organization",
            "customerid",
            "customernumber",
            "customer",
            "kundennr",
            "kundennummer",
            "kunde",
        ],
    ),
    ("category", &["category", "kategorie", "categorie", "kind", "type", "art"]),
    ("title", &["title", "titel", "bezeichnung", "betreff"]),
    ("file", &["file", "filename", "path", "datei", "dateiname", "pfad", "bestand", "bestandsnaam"]),
    ("order", &["order", "ordernumber", "orderno", "orderid", "auftragsnr", "auftragsnummer", "auftrag"]),
];

/// What must be there.
pub const NEEDED: &[&str] = &["organisation", "category", "file"];

/// The most documents of one list.
const MOST: usize = 20_000;
/// How much of the beginning tells what a file is.
const HEAD: u64 = 8 * 1024;

/// What a document is to be.
struct Plan {
    external: String,
    new: NewDocument,
    file: String,
    name: FileName,
    order: Option<OrderId>,
    found: Option<Document>,
    other_bytes: bool,
    act: Act,
    changes: Vec<Change>,
}

fn category_of(text: &str) -> Option<Category> {
    let lower = text.trim().to_lowercase();
    let named = |category: &Category| {
        category.key() == lower
            || Locale::ALL.iter().any(|locale| locale.t(category.label_key()).to_lowercase() == lower)
    };
    Category::ALL.into_iter().find(named)
}

/// What the row is known by: the key of the other system, or else its file.
fn external(columns: &Columns, row: &Row) -> String {
    let said = columns.get(row, "number").filter(|text| !text.is_empty());
    said.or(columns.get(row, "file")).unwrap_or_default().chars().take(200).collect()
}

/// SHA-256 and beginning of a file.
fn measure(file: &mut File) -> std::io::Result<(Vec<u8>, Vec<u8>)> {
    let mut head = Vec::new();
    file.take(HEAD).read_to_end(&mut head)?;
    file.seek(SeekFrom::Start(0))?;
    let (mut hasher, mut buffer) = (Sha256::new(), vec![0; 256 * 1024]);
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            file.seek(SeekFrom::Start(0))?;
            return Ok((hasher.finalize().to_vec(), head));
        }
        hasher.update(buffer.get(..read).unwrap_or_default());
    }
}

/// What a row would do, or why it cannot.
async fn plan(
    ctx: &Ctx,
    columns: &Columns,
    row: &Row,
    bundle: &mut Bundle,
) -> Result<Result<Plan, FieldErrors>, RunError> {
    let get = |field| columns.get(row, field).unwrap_or_default().to_owned();
    let mut errors = FieldErrors::default();
    let organisation = match customers::named(&ctx.db, &get("organisation")).await? {
        Some(id) => organisation::find(ctx, id).await.map(|found| found.id).ok(),
        None => None,
    };
    let category = category_of(&get("category"));
    if organisation.is_none() {
        errors.add("organisation", ctx.t("orders-error-organisation"));
    }
    if category.is_none() {
        errors.add("category", ctx.t("documents-error-category"));
    }
    let (Some(organisation_id), Some(category)) = (organisation, category) else { return Ok(Err(errors)) };
    let name = FileName::parse(&get("file"));
    let title = Some(get("title")).filter(|title| !title.is_empty()).unwrap_or_else(|| name.stem().to_owned());
    let new = NewDocument { organisation_id, title, category };
    let number = get("order");
    let order: Option<(OrderId,)> = ctx.db.optional(ORDER, args![&number, organisation_id]).await?;
    if !number.is_empty() && order.is_none() {
        errors.add("order", ctx.with("imports-error-order", &[("number", number.into())]));
    }
    let rules = categories::store::of(&ctx.db, category).await?;
    let most = rules.limit(ctx.portal.upload_limit);
    let Some(mut file) = bundle.file(&get("file"), most)? else {
        errors.add("file", ctx.with("imports-error-file", &[("file", get("file").into())]));
        return Ok(Err(errors));
    };
    let (sha256, head) = measure(&mut file).map_err(TableError::Io)?;
    if head.is_empty() {
        errors.add("file", ctx.t("documents-error-file-empty"));
    } else if let Err(why) = categories::service::check_file(ctx, &rules, &head, &name) {
        errors.add("file", why);
    }
    let external = external(columns, row);
    let known: Option<(DocumentId,)> = ctx.db.optional(SOURCE, args![organisation_id, &external]).await?;
    let found = match known {
        Some((id,)) => Some(service::find(ctx, id).await?),
        None => None,
    };
    if found.is_none() {
        match upload::grant_draft(ctx, new.clone()).await {
            Ok(_) => {}
            Err(AppError::Invalid(wrong)) => wrong.iter().for_each(|(field, why)| errors.add(field, why)),
            Err(AppError::Forbidden) => errors.add("category", ctx.t("imports-error-category")),
            Err(error) => return Err(error.into()),
        }
    }
    if !errors.is_empty() {
        return Ok(Err(errors));
    }
    let current: Option<(Vec<u8>,)> = match &found {
        Some(document) => ctx.db.optional(CURRENT, args![document.id]).await?,
        None => None,
    };
    let mut changes = Vec::new();
    let mut differs = |field, old: &str, new: &str| {
        if old != new {
            changes.push(Change { field, old: old.to_owned(), new: new.to_owned() });
        }
    };
    let mut other_bytes = false;
    if let Some(document) = &found {
        let hex = crate::documents::model::hex;
        let old = current.map(|(sha256,)| sha256).unwrap_or_default();
        other_bytes = old != sha256;
        differs("file", &hex(&old), &hex(&sha256));
        differs("title", &document.title, &new.title);
        differs("category", document.category.key(), new.category.key());
    }
    let act = match &found {
        None => Act::Create,
        Some(_) if changes.is_empty() => Act::Unchanged,
        Some(_) => Act::Change,
    };
    let order = order.map(|(id,)| id);
    Ok(Ok(Plan { external, new, file: get("file"), name, order, found, other_bytes, act, changes }))
}

/// The bytes of a document in the store, where they are needed.
async fn received(ctx: &Ctx, plan: &Plan, bundle: &mut Bundle) -> Result<Option<Received>, RunError> {
    if plan.act == Act::Unchanged || (plan.found.is_some() && !plan.other_bytes) {
        return Ok(None);
    }
    let file = bundle.file(&plan.file, ctx.portal.upload_limit)?.ok_or(TableError::Changed)?;
    let incoming = Incoming { name: &plan.name, note: "" };
    Ok(Some(upload::receive_sent(ctx, plan.new.category, incoming, chunks(file)).await?))
}

/// Does what was planned, and notes it.
async fn write(
    ctx: &Ctx,
    plan: Plan,
    entry: (u64, String),
    bundle: &mut Bundle,
    options: &Options,
    record: &mut Option<Record>,
    before: &Totals,
) -> Result<Entry, RunError> {
    let bytes = received(ctx, &plan, bundle).await?;
    let granted = match plan.found {
        None => Some(upload::grant_draft(ctx, plan.new.clone()).await?),
        Some(_) => None,
    };
    let tx = ctx.db.begin().await?;
    let mut events = Vec::new();
    let id = match (plan.found.as_ref(), granted, &bytes) {
        (None, Some(granted), Some(bytes)) => {
            let (id, event) = upload::draft_in(&tx, ctx, granted, bytes).await?;
            tx.execute(REMEMBER, args![plan.new.organisation_id, &plan.external, id]).await?;
            events.push(event);
            if options.publish {
                let wanted = Audience::Organisation;
                events.push(service::publish_in(&tx, ctx, id, &Seen::default(), &wanted).await?.1);
            }
            if let Some(order) = plan.order {
                papers::attach_in(&tx, ctx, order, id).await?;
            }
            id
        }
        (Some(document), _, bytes) => {
            if let Some(bytes) = bytes {
                events.push(upload::version_in(&tx, ctx, document.id, bytes).await?.1);
                if let Some(record) = record {
                    record.cannot_be_undone();
                }
            }
            if plan.changes.iter().any(|change| change.field != "file") {
                let NewDocument { title, category, .. } = plan.new.clone();
                let edit = EditDocument { title: Some(title), category: Some(category), ..EditDocument::default() };
                events.push(service::edit_in(&tx, ctx, document.id, &Seen::default(), edit).await?);
                if let Some(record) = record {
                    record.cannot_be_undone();
                }
            }
            document.id
        }
        (None, ..) => return Err(AppError::Internal.into()),
    };
    for event in events {
        audit::record(&tx, ctx, event).await?;
    }
    let revision: Option<(i64,)> = tx.optional(REVISION, args![id]).await?;
    let done = Done {
        act: plan.act,
        changes: plan.changes,
        object: Some(id.0),
        revision: revision.map_or(0, |(revision,)| revision),
        before: String::new(),
    };
    let entry = Entry { line: entry.0, number: entry.1, outcome: Ok(done) };
    noted(&tx, ctx, record, &entry, before).await?;
    tx.commit().await?;
    Ok(entry)
}

async fn noted(
    tx: &crate::db::Tx,
    ctx: &Ctx,
    record: &mut Option<Record>,
    entry: &Entry,
    before: &Totals,
) -> Result<(), AppError> {
    let Some(record) = record else { return Ok(()) };
    let entries = std::slice::from_ref(entry);
    record.note(tx, entries, before, 1).await?;
    record.advance(tx, ctx, entries, before).await
}

/// Runs a list of documents.
pub(super) async fn run(
    ctx: &Ctx,
    ready: Ready,
    options: &Options,
    mut record: Option<Record>,
    mut seen: impl FnMut(&Entry),
) -> Result<Totals, RunError> {
    let Ready { kind, mut table, columns, first: mut rows, bundle, .. } = ready;
    let mut bundle = bundle.ok_or(TableError::Bundle)?;
    rows.extend(table.rows(MOST)?);
    if rows.len() > MOST {
        return Err(TableError::Large.into());
    }
    let mut totals = record.as_ref().map_or_else(Totals::default, Record::totals);
    let done = usize::try_from(record.as_ref().map_or(0, Record::done)).unwrap_or(usize::MAX);
    let mut known = std::collections::HashSet::new();
    let mut plans = Vec::with_capacity(rows.len());
    for (at, row) in rows.iter().enumerate() {
        let key = external(&columns, row);
        let customer = columns.get(row, "organisation").unwrap_or_default();
        let twice = !row.wide && !known.insert(format!("{customer} {key}"));
        if at < done {
            continue;
        }
        let plan = match words::fits(ctx, std::slice::from_ref(row)) {
            Err(errors) => Err(errors),
            Ok(()) if twice => Err(FieldErrors::one("number", ctx.t("imports-error-document-twice"))),
            Ok(()) => plan(ctx, &columns, row, &mut bundle).await?,
        };
        plans.push(((row.line, key), plan));
    }
    let wrong = plans.iter().any(|(_, plan)| plan.is_err());
    let look = options.dry_run || (wrong && !options.skip_bad);
    let mut now = ctx.clone();
    for ((line, number), plan) in plans {
        let entry = match plan {
            Ok(plan) if look => {
                let Plan { act, changes, .. } = plan;
                let done = Done { act, changes, object: None, revision: 0, before: String::new() };
                Entry { line, number, outcome: Ok(done) }
            }
            Ok(plan) => {
                now = refreshed(&now, kind).await?;
                let place = (line, number.clone());
                match write(&now, plan, place, &mut bundle, options, &mut record, &totals).await {
                    // What a category or a scanner says of it only when it is there.
                    Err(RunError::App(AppError::Invalid(errors))) => {
                        refused(&now, &mut record, &totals, Entry { line, number, outcome: Err(errors) }).await?
                    }
                    other => other?,
                }
            }
            Err(errors) => {
                let entry = Entry { line, number, outcome: Err(errors) };
                if look { entry } else { refused(&now, &mut record, &totals, entry).await? }
            }
        };
        if look && let Some(record) = &mut record {
            record.refuse(&entry, &totals);
        }
        totals.count(&entry);
        seen(&entry);
    }
    totals.undone = look;
    match record {
        Some(record) if look => record.give_up(&now, &totals).await?,
        Some(record) => record.finish(ctx.db.begin().await?, &now, kind, &totals).await?,
        None => {}
    }
    Ok(totals)
}

/// Notes a row that was left out.
async fn refused(ctx: &Ctx, record: &mut Option<Record>, before: &Totals, entry: Entry) -> Result<Entry, RunError> {
    let tx = ctx.db.begin().await?;
    noted(&tx, ctx, record, &entry, before).await?;
    tx.commit().await?;
    Ok(entry)
}
