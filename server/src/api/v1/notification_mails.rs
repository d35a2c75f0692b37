//! What people choose about their mails, what an organisation says, and what a mail provider reports.

#![allow(unused_qualifications, reason = "the OpenAPI macro writes full paths")]

use app::error::{AppError, FieldErrors};
use app::ids::OrganisationId;
use app::notifications::Kind;
use app::notifications::mail::Cadence;
use app::notifications::mail::defaults::{self, Defaults};
use app::notifications::mail::past::{self, Week};
use app::notifications::mail::preferences::{self, Edit, Preferences};
use app::notifications::mail::problems;
use axum::Json;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::extract::{Answer, Body, Caller, if_match, if_match_digest, with_etag};
use crate::api::problem::Problem;

/// How the caller is told of a kind.
#[derive(Serialize, ToSchema)]
pub struct NotificationChoiceDto {
    /// What happens, such as `document.published`.
    kind: String,
    /// `needs_me` or `information`.
    class: String,
    /// What holds: `at_once`, `daily`, `weekly` or `off`.
    mail: String,
    /// What the caller chose; null: what is usual.
    chosen: Option<String>,
    /// What is usual: what the organisation says, or else the portal.
    usual: String,
    /// Whether their devices are told.
    push: bool,
}

/// That mails to the caller come back.
#[derive(Serialize, ToSchema)]
pub struct MailProblemDto {
    /// `refused`, `bounced` or `complained`.
    problem: String,
    /// What the mail server said, such as `SMTP 550 5.1.1`.
    code: String,
    since: String,
}

/// What the caller is told, and when.
#[derive(Serialize, ToSchema)]
pub struct NotificationPreferencesDto {
    /// The hour of the summaries, 0 to 23, in the caller's time zone.
    digest_hour: i8,
    /// The day of the weekly summary, Monday is 1.
    digest_weekday: i8,
    /// Quiet from this hour on; null: there are no quiet hours.
    quiet_from: Option<i8>,
    /// Quiet until this hour.
    quiet_to: Option<i8>,
    /// Mails also at weekends.
    weekends: bool,
    kinds: Vec<NotificationChoiceDto>,
    /// Ids of customers of whom no mails come; staff only.
    muted: Vec<String>,
    mail_problem: Option<MailProblemDto>,
    /// Raised by every change; the ETag.
    revision: i64,
}

/// How a kind is to be told; what is left out is as usual.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChooseNotificationDto {
    /// What happens, such as `document.published`.
    kind: String,
    /// `at_once`, `daily`, `weekly` or `off`; null: what is usual.
    mail: Option<String>,
    /// Whether devices are told; null: of what needs the caller.
    push: Option<bool>,
}

/// Quiet hours; both or neither.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuietHoursDto {
    /// From this hour on; null: none.
    from: Option<i64>,
    /// Until this hour.
    to: Option<i64>,
}

/// What is to be different; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeNotificationPreferencesDto {
    digest_hour: Option<i64>,
    digest_weekday: Option<i64>,
    /// `{"from": null, "to": null}`: no quiet hours.
    quiet: Option<QuietHoursDto>,
    weekends: Option<bool>,
    /// The kinds to change; others stay.
    #[serde(default)]
    kinds: Vec<ChooseNotificationDto>,
}

/// A mail that would have come.
#[derive(Serialize, ToSchema)]
pub struct PastMailDto {
    at: String,
    /// `at_once`, `daily` or `weekly`.
    cadence: String,
    /// How much would have stood in it.
    count: usize,
    /// The first of it, as far as the caller may still see it.
    lines: Vec<String>,
}

/// The last seven days as they would have been.
#[derive(Serialize, ToSchema)]
pub struct NotificationWeekDto {
    /// How many mails.
    count: usize,
    /// How much would have been told by the bell alone.
    silent: usize,
    /// How much of it is still to come, in a summary.
    waiting: usize,
    /// The newest first, twenty at most.
    mails: Vec<PastMailDto>,
}

impl NotificationWeekDto {
    fn of(week: Week) -> Self {
        let mails = week.mails.into_iter().map(|mail| PastMailDto {
            at: mail.at.rfc3339(),
            cadence: mail.cadence.name().to_owned(),
            count: mail.count,
            lines: mail.lines,
        });
        Self { count: week.count, silent: week.silent, waiting: week.waiting, mails: mails.collect() }
    }
}

/// What an organisation says of a kind.
#[derive(Serialize, ToSchema)]
pub struct NotificationDefaultDto {
    /// What happens, such as `document.published`.
    kind: String,
    /// `at_once`, `daily`, `weekly` or `off`; null: what the portal says.
    mail: Option<String>,
    /// What the portal says.
    usual: String,
}

/// What an organisation says.
#[derive(Serialize, ToSchema)]
pub struct NotificationDefaultsDto {
    kinds: Vec<NotificationDefaultDto>,
}

/// What an organisation is to say of a kind.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetNotificationDefaultDto {
    kind: String,
    /// Null: what the portal says.
    mail: Option<String>,
}

/// What an organisation is to say; kinds that are left out stay.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetNotificationDefaultsDto {
    kinds: Vec<SetNotificationDefaultDto>,
}

/// What a mail provider reports.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MailReportDto {
    /// The address that the mail went to.
    address: String,
    /// `bounced` or `complained`.
    problem: String,
    /// The code of the answer, such as `5.1.1`.
    #[serde(default)]
    code: String,
}

fn tagged(own: &Preferences) -> Response {
    let kinds = own.kinds.iter().map(|one| NotificationChoiceDto {
        kind: one.kind.name().to_owned(),
        class: one.kind.class().name().to_owned(),
        mail: one.cadence().name().to_owned(),
        chosen: one.mail.map(|mail| mail.name().to_owned()),
        usual: one.usual.name().to_owned(),
        push: one.pushes(),
    });
    let problem = own.problem.as_ref().map(|known| MailProblemDto {
        problem: known.problem.name().to_owned(),
        code: known.code.clone(),
        since: known.at.rfc3339(),
    });
    let settings = own.settings;
    let dto = NotificationPreferencesDto {
        digest_hour: settings.digest_hour,
        digest_weekday: settings.digest_weekday,
        quiet_from: settings.quiet.map(|(from, _)| from),
        quiet_to: settings.quiet.map(|(_, to)| to),
        weekends: settings.weekends,
        kinds: kinds.collect(),
        muted: own.muted.iter().map(|(id, _)| id.to_string()).collect(),
        mail_problem: problem,
        revision: own.revision,
    };
    with_etag(dto, &own.revision.to_string())
}

/// A kind and a cadence as a body names them.
fn choice(errors: &mut FieldErrors, kind: &str, mail: Option<&str>) -> Option<(Kind, Option<Cadence>)> {
    let cadence = mail.map(Cadence::parse);
    if cadence == Some(None) {
        errors.add("mail", "at_once, daily, weekly or off");
    }
    let kind = Kind::parse(kind);
    if kind.is_none() {
        errors.add("kind", "a kind that is listed");
    }
    Some((kind?, cadence.flatten()))
}

fn edit(body: ChangeNotificationPreferencesDto) -> Result<Edit, AppError> {
    let mut errors = FieldErrors::default();
    let mut kinds = Vec::new();
    for one in &body.kinds {
        kinds.extend(choice(&mut errors, &one.kind, one.mail.as_deref()).map(|(kind, mail)| (kind, mail, one.push)));
    }
    let quiet = body.quiet.map(|quiet| {
        if quiet.from.is_some() != quiet.to.is_some() {
            errors.add("quiet", "both hours or neither");
        }
        quiet.from.zip(quiet.to)
    });
    errors.into_result()?;
    let ChangeNotificationPreferencesDto { digest_hour, digest_weekday, weekends, .. } = body;
    Ok(Edit { digest_hour, digest_weekday, quiet, weekends, kinds })
}

/// What the caller is told, and when.
#[utoipa::path(get, path = "/me/notification-preferences", tag = "me", operation_id = "my_notification_preferences", responses((status = 200, body = NotificationPreferencesDto), (status = 403, body = Problem)))]
pub async fn mine(caller: Caller) -> Answer<Response> {
    preferences::own(&caller.0).await.map(|own| tagged(&own)).map_err(|e| caller.refuse(&e))
}

/// Changes what the caller is told, and when.
#[utoipa::path(patch, path = "/me/notification-preferences", tag = "me", operation_id = "change_notification_preferences", request_body = ChangeNotificationPreferencesDto, params(("If-Match" = String, Header)), responses((status = 200, body = NotificationPreferencesDto), (status = 403, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem), (status = 428, body = Problem)))]
pub async fn change(
    caller: Caller,
    headers: HeaderMap,
    body: Body<ChangeNotificationPreferencesDto>,
) -> Answer<Response> {
    let changed = async {
        preferences::check(&caller.0)?;
        let seen = if_match(&headers, true)?;
        preferences::edit(&caller.0, seen, edit(body.value)?).await?;
        preferences::own(&caller.0).await
    };
    changed.await.map(|own| tagged(&own)).map_err(|e| caller.refuse(&e))
}

/// The mails of the last seven days, had the caller chosen then as now.
#[utoipa::path(get, path = "/me/notification-week", tag = "me", operation_id = "my_notification_week", responses((status = 200, body = NotificationWeekDto), (status = 403, body = Problem)))]
pub async fn week(caller: Caller) -> Answer<Json<NotificationWeekDto>> {
    past::week(&caller.0).await.map(NotificationWeekDto::of).map(Json).map_err(|e| caller.refuse(&e))
}

/// Says that mails to the caller's address arrive again.
#[utoipa::path(post, path = "/me/mail-address/confirm", tag = "me", operation_id = "confirm_mail_address", responses((status = 204), (status = 403, body = Problem)))]
pub async fn confirm(caller: Caller) -> Answer<StatusCode> {
    let confirmed = preferences::confirm_address(&caller.0).await;
    confirmed.map(|()| StatusCode::NO_CONTENT).map_err(|e| caller.refuse(&e))
}

async fn set_muted(caller: &Caller, id: &str, muted: bool) -> Result<StatusCode, AppError> {
    preferences::check(&caller.0)?;
    preferences::mute(&caller.0, organisation(id)?, muted).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn organisation(id: &str) -> Result<OrganisationId, AppError> {
    id.parse().map_err(|_| AppError::NotFound)
}

/// No more mails about a customer, for a member of staff.
#[utoipa::path(put, path = "/me/muted-organisations/{id}", tag = "me", operation_id = "mute_organisation", params(("id" = String, Path)), responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn mute(caller: Caller, Path(id): Path<String>) -> Answer<StatusCode> {
    set_muted(&caller, &id, true).await.map_err(|e| caller.refuse(&e))
}

/// Mails about a customer again.
#[utoipa::path(delete, path = "/me/muted-organisations/{id}", tag = "me", operation_id = "unmute_organisation", params(("id" = String, Path)), responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn unmute(caller: Caller, Path(id): Path<String>) -> Answer<StatusCode> {
    set_muted(&caller, &id, false).await.map_err(|e| caller.refuse(&e))
}

fn said(defaults: &Defaults) -> Response {
    let kinds = defaults.kinds.iter().map(|one| NotificationDefaultDto {
        kind: one.kind.name().to_owned(),
        mail: one.mail.map(|mail| mail.name().to_owned()),
        usual: one.usual().name().to_owned(),
    });
    with_etag(NotificationDefaultsDto { kinds: kinds.collect() }, &defaults.seen())
}

/// Which mails people of an organisation get until they choose themselves.
#[utoipa::path(get, path = "/organisations/{id}/notification-defaults", tag = "organisations", operation_id = "notification_defaults", params(("id" = String, Path)), responses((status = 200, body = NotificationDefaultsDto), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn find_defaults(caller: Caller, Path(id): Path<String>) -> Answer<Response> {
    let found = async { defaults::of(&caller.0, organisation(&id)?).await };
    found.await.map(|found| said(&found)).map_err(|e| caller.refuse(&e))
}

/// Says it.
#[utoipa::path(put, path = "/organisations/{id}/notification-defaults", tag = "organisations", operation_id = "set_notification_defaults", request_body = SetNotificationDefaultsDto, params(("id" = String, Path), ("If-Match" = String, Header)), responses((status = 200, body = NotificationDefaultsDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem), (status = 428, body = Problem)))]
pub async fn set_defaults(
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body<SetNotificationDefaultsDto>,
) -> Answer<Response> {
    let set = async {
        let id = organisation(&id)?;
        // Whoever may not is told so before what is wrong with the body.
        defaults::of(&caller.0, id).await?;
        let seen = if_match_digest(&headers, true)?;
        let mut errors = FieldErrors::default();
        let kinds = body.value.kinds.iter().filter_map(|one| choice(&mut errors, &one.kind, one.mail.as_deref()));
        let kinds: Vec<_> = kinds.collect();
        errors.into_result()?;
        defaults::set(&caller.0, id, seen, &kinds).await?;
        defaults::of(&caller.0, id).await
    };
    set.await.map(|found| said(&found)).map_err(|e| caller.refuse(&e))
}

/// Takes a report that mails to an address come back or were unwanted: for the operator's mail provider, with a token for
/// the area `mail`. The answer is the same whether or not anybody has the address.
#[utoipa::path(post, path = "/mail-problems", tag = "mail", operation_id = "report_mail_problem", request_body = MailReportDto, responses((status = 204), (status = 403, body = Problem), (status = 422, body = Problem)))]
pub async fn report(caller: Caller, body: Body<MailReportDto>) -> Answer<StatusCode> {
    let MailReportDto { address, problem, code } = body.value;
    let taken = problems::report(&caller.0, &address, &problem, &code).await;
    taken.map(|()| StatusCode::NO_CONTENT).map_err(|e| caller.refuse(&e))
}
