//! The certificate for people: the same facts in words, with the JSON inside.

use crate::account::device::Device;
use crate::approvals::evidence::Evidence;
use crate::approvals::model::{Decision, State};
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::i18n::format;
use crate::time::Instant;

use super::typeset::{About, Sheet, Style};
use super::{Asked, Certificate, Proved, Signed, StepRule};

/// Prints a certificate in the reader's language and zone. PDF/A-3b with the signed JSON attached.
///
/// # Errors
/// `Internal` when the result would not be a PDF/A.
pub async fn pdf(ctx: &Ctx, signed: &Signed) -> Result<Vec<u8>, AppError> {
    let (ctx, signed) = (ctx.clone(), signed.clone());
    tokio::task::spawn_blocking(move || print(&ctx, &signed)).await.map_err(|_| AppError::Internal)?
}

/// The signed JSON as a file.
pub fn json(signed: &Signed) -> Result<Vec<u8>, AppError> {
    serde_json::to_vec_pretty(signed).map_err(|_| AppError::Internal)
}

fn print(ctx: &Ctx, signed: &Signed) -> Result<Vec<u8>, AppError> {
    let certificate = &signed.certificate;
    let title = ctx.with("certificate-title-of", &[("title", certificate.document.title.clone().into())]);
    let mut sheet = Sheet::default();
    head(ctx, &mut sheet, certificate);
    paper(ctx, &mut sheet, certificate);
    question(ctx, &mut sheet, certificate);
    part(&mut sheet, ctx.t("certificate-decisions"));
    for proved in &certificate.decisions {
        decision(ctx, &mut sheet, certificate, proved);
    }
    others(ctx, &mut sheet, certificate);
    check(ctx, &mut sheet, signed);
    let foot = ctx.with(
        "certificate-foot",
        &[("portal", certificate.portal.name.clone().into()), ("id", certificate.approval.id.to_string().into())],
    );
    sheet.print(&About {
        title: &title,
        language: ctx.locale.tag(),
        creator: "Kontor",
        at: at(&certificate.issued_at),
        foot: &foot,
        file_name: "certificate.json",
        file_description: ctx.t("certificate-twin"),
        file: &json(signed)?,
    })
}

fn part(sheet: &mut Sheet, heading: &str) {
    sheet.gap(12.0);
    sheet.rule();
    sheet.text(Style::HEADING, heading);
    sheet.gap(4.0);
}

fn at(text: &str) -> Instant {
    text.parse::<jiff::Timestamp>().map_or(Instant(0), |at| Instant(at.as_microsecond()))
}

/// A moment to the second, with its zone: a certificate is read elsewhere, and later.
fn moment(ctx: &Ctx, text: &str) -> String {
    at(text).timestamp().to_zoned(ctx.zone.clone()).strftime("%Y-%m-%d %H:%M:%S %Z").to_string()
}

/// 64 digits in groups of eight, to be compared by eye.
fn grouped(hex: &str) -> String {
    hex.as_bytes().chunks(8).map(|part| String::from_utf8_lossy(part).into_owned()).collect::<Vec<_>>().join(" ")
}

fn head(ctx: &Ctx, sheet: &mut Sheet, certificate: &Certificate) {
    sheet.text(Style::QUIET, &format!("{}, {}", certificate.portal.name, certificate.portal.url));
    sheet.gap(6.0);
    sheet.text(Style::TITLE, ctx.t("certificate-title"));
    sheet.gap(4.0);
    let (style, key) = match certificate.approval.state {
        State::Approved => (Style::GOOD, "certificate-approved"),
        State::Declined => (Style::BAD, "certificate-declined"),
        State::Outdated => (Style::HEADING, "certificate-outdated"),
        State::Open | State::Withdrawn => (Style::HEADING, "certificate-withdrawn"),
    };
    let args = [
        ("organisation", certificate.document.organisation.clone().into()),
        ("number", certificate.document.version.into()),
        ("title", certificate.document.title.clone().into()),
    ];
    sheet.text(style, &ctx.with(key, &args));
}

fn paper(ctx: &Ctx, sheet: &mut Sheet, certificate: &Certificate) {
    let paper = &certificate.document;
    part(sheet, ctx.t("certificate-document"));
    sheet.fact(ctx.t("documents-title"), &paper.title);
    sheet.fact(ctx.t("certificate-version"), &paper.version.to_string());
    sheet.fact(ctx.t("certificate-file"), &format!("{}, {}", paper.file_name, format::size(ctx.locale, paper.size)));
    sheet.digits("SHA-256", &grouped(&paper.sha256));
    sheet.fact(ctx.t("certificate-customer"), &format!("{} ({})", paper.organisation, paper.organisation_number));
}

fn question(ctx: &Ctx, sheet: &mut Sheet, certificate: &Certificate) {
    let approval = &certificate.approval;
    part(sheet, ctx.t("certificate-question"));
    sheet.fact(ctx.t("certificate-asked-by"), &approval.asked_by_name);
    sheet.fact(ctx.t("certificate-asked-at"), &moment(ctx, &approval.asked_at));
    sheet.fact(ctx.t("approval-due"), &moment(ctx, &approval.due_at));
    for step in &approval.steps {
        let label = match approval.steps.len() {
            1 => ctx.t("approval-rule").to_owned(),
            _ => ctx.with("approval-step", &[("number", step.number.into())]),
        };
        sheet.fact(&label, &rule(ctx, certificate, step));
    }
    if !approval.message.is_empty() {
        sheet.fact(ctx.t("approval-message"), &approval.message);
    }
    if let Some(ended) = &approval.ended_at {
        sheet.fact(ctx.t("certificate-ended-at"), &moment(ctx, ended));
    }
}

fn rule(ctx: &Ctx, certificate: &Certificate, step: &StepRule) -> String {
    let of_step = |person: &&Asked| person.step == step.number;
    let asked = certificate.people.iter().filter(of_step).filter(|p| p.decision != Decision::Delegated).count();
    let rule = ctx.with("certificate-rule", &[("needed", step.needed.into()), ("asked", asked.into())]);
    let names: Vec<&str> = certificate.people.iter().filter(of_step).map(|p| p.name.as_str()).collect();
    format!("{rule}: {}", names.join(", "))
}

fn name_of(certificate: &Certificate, user: crate::ids::UserId) -> &str {
    certificate.people.iter().find(|person| person.user_id == user).map_or("", |person| &person.name)
}

fn decision(ctx: &Ctx, sheet: &mut Sheet, certificate: &Certificate, Proved { evidence, event }: &Proved) {
    let key = if evidence.decision == Decision::Approved { "approval-approved" } else { "approval-declined" };
    sheet.gap(4.0);
    sheet.text(Style::STRONG, &format!("{} <{}>: {}", evidence.name, evidence.email, ctx.t(key)));
    sheet.fact(ctx.t("certificate-when"), &moment(ctx, &evidence.at));
    sheet.fact(ctx.t("certificate-declared"), &evidence.statement);
    if !evidence.comment.is_empty() {
        sheet.fact(ctx.t("certificate-comment"), &evidence.comment);
    }
    if let Some(by) = evidence.delegated_by {
        sheet.fact(ctx.t("certificate-delegated"), name_of(certificate, by));
    }
    if let Some(proof) = proof(ctx, evidence) {
        sheet.fact(ctx.t("certificate-proof"), &proof);
    }
    let device = match evidence.through.as_str() {
        "program" => format!("{}: {}", ctx.t("certificate-program"), evidence.device),
        _ => Device::parse(&evidence.device).words(ctx.locale),
    };
    let from: Vec<&str> = [evidence.address.as_str(), &device].into_iter().filter(|part| !part.is_empty()).collect();
    sheet.fact(ctx.t("certificate-from"), &from.join(", "));
    let trail = ctx.with("certificate-event", &[("sequence", event.sequence.to_string().into())]);
    sheet.fact(ctx.t("certificate-trail"), &trail);
    sheet.digits("", &grouped(&event.hash));
}

/// How somebody had signed in.
fn proof(ctx: &Ctx, evidence: &Evidence) -> Option<String> {
    let words = |name: &str| match name {
        "password" => ctx.t("certificate-by-password"),
        "passkey" => ctx.t("certificate-by-passkey"),
        "totp" => ctx.t("certificate-by-totp"),
        "recovery_code" => ctx.t("certificate-by-recovery"),
        "single_sign_on" => ctx.t("certificate-by-sso"),
        "mail_link" => ctx.t("certificate-by-link"),
        _ => ctx.t("certificate-by-token"),
    };
    let begun = match evidence.signed_in_with.as_deref() {
        None if evidence.through == "program" => "token",
        begun => begun?,
    };
    Some(match evidence.second_factor.as_deref() {
        Some(second) if second != begun => format!("{}, {}", words(begun), words(second)),
        _ => words(begun).to_owned(),
    })
}

/// Whoever was asked and did not decide.
fn others(ctx: &Ctx, sheet: &mut Sheet, certificate: &Certificate) {
    let silent = |person: &&Asked| !matches!(person.decision, Decision::Approved | Decision::Declined);
    let mut people = certificate.people.iter().filter(silent).peekable();
    if people.peek().is_none() {
        return;
    }
    part(sheet, ctx.t("certificate-others"));
    for person in people {
        let text = match person.decision {
            Decision::Delegated => {
                let to = certificate.people.iter().find(|other| other.delegated_by == Some(person.user_id));
                ctx.with("approval-delegated-to", &[("name", to.map_or("", |to| &to.name).to_owned().into())])
            }
            _ => ctx.t("approval-spared").to_owned(),
        };
        sheet.fact(&person.name, &text);
    }
}

fn check(ctx: &Ctx, sheet: &mut Sheet, Signed { certificate, signature }: &Signed) {
    part(sheet, ctx.t("certificate-check"));
    sheet.text(Style::TEXT, ctx.t("certificate-check-text"));
    sheet.gap(4.0);
    sheet.text(Style::TEXT, "kontor verify certificate.json --document FILE");
    sheet.gap(4.0);
    sheet.fact(ctx.t("certificate-issued"), &moment(ctx, &certificate.issued_at));
    sheet.digits(&format!("{}, {}", ctx.t("certificate-key"), signature.algorithm), &grouped(&signature.public_key));
}
