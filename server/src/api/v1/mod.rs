//! The routes and the OpenAPI document of version 1, from one list: a route without documentation does not exist.

mod administration;
mod announcements;
mod appointment_dto;
mod appointments;
mod approvals;
mod arrivals;
mod audit;
mod categories;
mod customer_activity;
mod customer_groups;
mod customers;
mod documents;
mod documents_bulk;
mod dto;
mod extract;
mod factors;
mod holds;
mod imports;
mod inbox;
mod invitations;
mod jobs;
mod me;
mod notification_mails;
mod notifications;
mod order_dto;
mod order_statuses;
mod orders;
mod orders_bulk;
mod organisations;
mod people;
mod people_access;
mod people_projects;
mod portrait;
mod previews;
mod project_dto;
mod project_parts;
mod project_statuses;
mod projects;
mod quarantine;
mod released_fields;
mod requests;
mod retention;
mod saved_views;
mod search;
mod settings;
mod sign_in_rules;
mod staff_invitations;
mod statuses;
mod upserts;
mod user_dto;
mod webhooks;

use axum::Json;
use axum::Router;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use axum::routing::get;
use utoipa::OpenApi;
use utoipa::openapi::path::{ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{OpenApi as Document, RefOr, Required};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::api::problem::Problem;
use crate::layers::ctx::Asker;
use crate::state::AppState;

#[derive(OpenApi)]
#[openapi(
    info(title = "Kontor", description = "The API of a Kontor customer portal. A token acts as its owner, never with more.", license(name = "Apache-2.0 OR MIT")),
    modifiers(&Security),
    security(("token" = []))
)]
struct Api;

struct Security;

impl utoipa::Modify for Security {
    fn modify(&self, document: &mut Document) {
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("token", SecurityScheme::Http(scheme));
    }
}

fn parts() -> (Router<AppState>, Document) {
    OpenApiRouter::with_openapi(Api::openapi())
        .nest(
            "/api/v1",
            OpenApiRouter::new()
                .routes(routes!(me::find, me::edit))
                .routes(routes!(me::list_sessions, me::end_sessions))
                .routes(routes!(me::end_session))
                .routes(routes!(portrait::set, portrait::remove))
                .routes(routes!(me::list_devices))
                .routes(routes!(me::remove_device))
                .routes(routes!(me::list_tokens))
                .routes(routes!(me::revoke_token))
                .routes(routes!(me::data))
                .routes(routes!(saved_views::list, saved_views::save))
                .routes(routes!(saved_views::remove))
                .routes(routes!(factors::mine))
                .routes(routes!(factors::reset))
                .routes(routes!(factors::rules, factors::set_rules))
                .routes(routes!(organisations::list, customers::create))
                .routes(routes!(upserts::take_organisations))
                .routes(routes!(upserts::put_organisation))
                .routes(routes!(upserts::put_person))
                .routes(routes!(upserts::take_people))
                .routes(routes!(customers::find, customers::edit))
                .routes(routes!(administration::list_users))
                .routes(routes!(administration::find_user, administration::change_user))
                .routes(routes!(administration::suspend_user))
                .routes(routes!(administration::restore_user))
                .routes(routes!(administration::set_user_role))
                .routes(routes!(administration::end_user_sessions))
                .routes(routes!(administration::list_events))
                .routes(routes!(audit::export))
                .routes(routes!(audit::chain))
                .routes(routes!(audit::verify))
                .routes(routes!(customers::archive))
                .routes(routes!(customers::restore))
                .routes(routes!(customers::changes))
                .routes(routes!(released_fields::find, released_fields::set, released_fields::inherit))
                .routes(routes!(customers::contacts, customers::add_contact))
                .routes(routes!(customers::remove_contact))
                .routes(routes!(customers::assignments))
                .routes(routes!(customer_activity::list))
                .routes(routes!(customers::assign, customers::unassign))
                .routes(routes!(organisations::people))
                .routes(routes!(people::find, people::change, people::remove))
                .routes(routes!(people_projects::list_projects))
                .routes(routes!(people_projects::add_project, people_projects::remove_project))
                .routes(routes!(people_access::documents))
                .routes(routes!(people_access::orders))
                .routes(routes!(people_access::projects))
                .routes(routes!(people_access::list_appointments))
                .routes(routes!(people_access::requests))
                .routes(routes!(invitations::list, invitations::create))
                .routes(routes!(invitations::find, invitations::withdraw))
                .routes(routes!(invitations::resend))
                .routes(routes!(notifications::list))
                .routes(routes!(notifications::find))
                .routes(routes!(notifications::see))
                .routes(routes!(notifications::see_all))
                .routes(routes!(announcements::list, announcements::create))
                .routes(routes!(announcements::find, announcements::edit))
                .routes(routes!(announcements::publish))
                .routes(routes!(announcements::withdraw))
                .routes(routes!(announcements::mine))
                .routes(routes!(announcements::close))
                .routes(routes!(webhooks::list, webhooks::create))
                .routes(routes!(webhooks::find, webhooks::change, webhooks::delete))
                .routes(routes!(webhooks::rotate))
                .routes(routes!(webhooks::test))
                .routes(routes!(webhooks::deliveries))
                .routes(routes!(webhooks::delivery))
                .routes(routes!(webhooks::redeliver))
                .routes(routes!(notification_mails::mine, notification_mails::change))
                .routes(routes!(notification_mails::week))
                .routes(routes!(notification_mails::confirm))
                .routes(routes!(notification_mails::mute, notification_mails::unmute))
                .routes(routes!(notification_mails::find_defaults, notification_mails::set_defaults))
                .routes(routes!(notification_mails::report))
                .routes(routes!(settings::read, settings::change))
                .routes(routes!(retention::rules, retention::set_rules))
                .routes(routes!(retention::due))
                .routes(routes!(retention::run))
                .routes(routes!(categories::list))
                .routes(routes!(categories::find, categories::set))
                .routes(routes!(quarantine::list))
                .routes(routes!(quarantine::find))
                .routes(routes!(quarantine::release))
                .routes(routes!(quarantine::scan))
                .routes(routes!(staff_invitations::list, staff_invitations::create))
                .routes(routes!(organisations::projects))
                .routes(routes!(organisations::groups))
                .routes(routes!(customer_groups::list, customer_groups::create))
                .routes(routes!(customer_groups::find, customer_groups::rename, customer_groups::delete))
                .routes(routes!(customer_groups::join, customer_groups::leave))
                .routes(routes!(sign_in_rules::read, sign_in_rules::change))
                .routes(routes!(sign_in_rules::check))
                .routes(routes!(sign_in_rules::claim))
                .routes(routes!(sign_in_rules::confirm))
                .routes(routes!(sign_in_rules::remove))
                .routes(routes!(documents::list, documents::create))
                .routes(routes!(documents::find, documents::edit))
                .routes(routes!(documents::versions, documents::upload))
                .routes(routes!(documents::version))
                .routes(routes!(documents::content))
                .routes(routes!(previews::find))
                .routes(routes!(previews::page))
                .routes(routes!(documents::restore))
                .routes(routes!(documents::history))
                .routes(routes!(documents::renewals))
                .routes(routes!(documents::archive))
                .routes(routes!(arrivals::send))
                .routes(routes!(arrivals::see))
                .routes(routes!(arrivals::list))
                .routes(routes!(search::find))
                .routes(routes!(inbox::list))
                .routes(routes!(inbox::snooze, inbox::wake))
                .routes(routes!(orders::list, orders::create))
                .routes(routes!(orders::batch))
                .routes(routes!(orders::export))
                .routes(routes!(orders_bulk::set_status))
                .routes(routes!(orders::find, orders::edit))
                .routes(routes!(orders::confirm))
                .routes(routes!(orders::lines))
                .routes(routes!(orders::see_audience))
                .routes(routes!(projects::list, projects::create))
                .routes(routes!(projects::batch))
                .routes(routes!(projects::export))
                .routes(routes!(projects::find, projects::edit))
                .routes(routes!(projects::list_milestones, projects::set_milestones))
                .routes(routes!(projects::list_people))
                .routes(routes!(projects::add_person, projects::remove_person))
                .routes(routes!(projects::see_audience))
                .routes(routes!(project_statuses::list, project_statuses::create, project_statuses::arrange))
                .routes(routes!(project_statuses::find, project_statuses::edit, project_statuses::delete))
                .routes(routes!(project_parts::list_tasks, project_parts::add_task))
                .routes(routes!(project_parts::find_task, project_parts::edit_task))
                .routes(routes!(project_parts::done))
                .routes(routes!(project_parts::reopen))
                .routes(routes!(project_parts::list_comments, project_parts::comment))
                .routes(routes!(project_parts::list_reports, project_parts::report))
                .routes(routes!(project_parts::list_decisions, project_parts::decide))
                .routes(routes!(appointments::list, appointments::create))
                .routes(routes!(appointments::find, appointments::edit))
                .routes(routes!(appointments::see_audience))
                .routes(routes!(appointments::confirm))
                .routes(routes!(appointments::reschedule))
                .routes(routes!(appointments::cancel))
                .routes(routes!(appointments::on_the_way))
                .routes(routes!(appointments::complete))
                .routes(routes!(appointments::calendar))
                .routes(routes!(imports::list, imports::receive))
                .routes(routes!(imports::find, imports::discard))
                .routes(routes!(imports::rows))
                .routes(routes!(imports::report))
                .routes(routes!(imports::start))
                .routes(routes!(imports::again))
                .routes(routes!(imports::undo))
                .routes(routes!(imports::mappings, imports::save_mapping))
                .routes(routes!(imports::forget_mapping))
                .routes(routes!(order_statuses::list, order_statuses::create, order_statuses::arrange))
                .routes(routes!(order_statuses::find, order_statuses::edit, order_statuses::delete))
                .routes(routes!(requests::list, requests::ask))
                .routes(routes!(requests::find))
                .routes(routes!(requests::see_audience))
                .routes(routes!(requests::answer))
                .routes(routes!(requests::accept))
                .routes(routes!(requests::fix))
                .routes(routes!(requests::withdraw))
                .routes(routes!(documents_bulk::publish_many))
                .routes(routes!(documents_bulk::move_many))
                .routes(routes!(documents_bulk::tag_many))
                .routes(routes!(documents::publish))
                .routes(routes!(documents::withdraw))
                .routes(routes!(documents::audience))
                .routes(routes!(holds::hold))
                .routes(routes!(holds::release))
                .routes(routes!(approvals::of_document, approvals::ask))
                .routes(routes!(approvals::list))
                .routes(routes!(approvals::export))
                .routes(routes!(approvals::remind))
                .routes(routes!(approvals::decide))
                .routes(routes!(approvals::delegate))
                .routes(routes!(approvals::certificate))
                .routes(routes!(approvals::certificate_pdf))
                .routes(routes!(approvals::signing_keys))
                .routes(routes!(approvals::withdraw))
                .routes(routes!(jobs::list))
                .routes(routes!(jobs::retry_failed))
                .routes(routes!(jobs::find, jobs::drop_job))
                .routes(routes!(jobs::retry)),
        )
        .split_for_parts()
}

/// The OpenAPI 3.1 document.
pub fn openapi() -> Document {
    let mut document = parts().1;
    every_post_takes_a_key(&mut document);
    document
}

/// Documents `Idempotency-Key` where the layer reads it and no handler says so.
fn every_post_takes_a_key(document: &mut Document) {
    const KEY: &str = "Idempotency-Key";
    for operation in document.paths.paths.values_mut().filter_map(|path| path.post.as_mut()) {
        let parameters = operation.parameters.get_or_insert_default();
        if !parameters.iter().any(|parameter| matches!(parameter, RefOr::T(parameter) if parameter.name == KEY)) {
            let text = ObjectBuilder::new().schema_type(Type::String);
            let key = ParameterBuilder::new().name(KEY).parameter_in(ParameterIn::Header).required(Required::False);
            parameters.push(RefOr::T(key.schema(Some(text)).build()));
        }
    }
}

/// The routes.
pub fn router() -> Router<AppState> {
    let (router, document) = (parts().0, openapi());
    router
        .route("/api/v1/openapi.json", get(async move || Json(document.clone())))
        .route("/api/{*rest}", axum::routing::any(unknown))
}

/// Under `/api`, what is not there says so in the API's own form.
async fn unknown(Asker(ctx): Asker) -> axum::response::Response {
    Problem::bare(StatusCode::NOT_FOUND, &ctx.request_id).into_response()
}
