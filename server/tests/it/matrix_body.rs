//! What the matrix sends to each door.

use server::doors::Door;

use crate::matrix_sample::Sample;
use crate::support::files;

/// A request that the policy alone decides: the body is right, but names a revision that has passed, so that what
/// is allowed changes nothing and answers 409, 412 or 422 instead of 403 and 404.
pub fn body_of(door: &Door, sample: &Sample) -> (&'static str, Vec<u8>) {
    let form = "application/x-www-form-urlencoded";
    match (door.method, door.path) {
        ("GET", _) => ("text/plain", Vec::new()),
        (_, "/staff/documents") => (
            "multipart/form-data; boundary=XXXX",
            files::multipart(
                &[("organisation_id", &sample.organisation), ("category", "minutes"), ("title", "Matrix")],
                "a.pdf",
                &files::pdf("matrix"),
            ),
        ),
        (_, "/staff/documents/{id}/versions") => {
            ("multipart/form-data; boundary=XXXX", files::multipart(&[], "a.pdf", b""))
        }
        (_, "/_fn/documents/publish") => {
            (form, format!("id={}&revision=0&audience=organisation", sample.document).into_bytes())
        }
        (_, "/_fn/documents/edit") => {
            (form, format!("id={}&revision=0&title=x&category=minutes", sample.document).into_bytes())
        }
        (_, "/_fn/documents/withdraw") => (form, format!("id={}&revision=0", sample.document).into_bytes()),
        (_, path) if path.starts_with("/_fn/approvals/") => (
            form,
            format!(
                "document={0}&approval={1}&approvals[]={1}&version=0&decision=decline",
                sample.document, sample.approval
            )
            .into_bytes(),
        ),
        (_, "/api/v1/approvals/remind") => {
            ("application/json", format!(r#"{{"approvals":["{}"]}}"#, sample.approval).into_bytes())
        }
        (_, "/api/v1/documents/{id}/hold") => ("application/json", br#"{"reason":""}"#.to_vec()),
        ("POST", "/api/v1/me/views") => {
            ("application/json", br#"{"list":"documents","name":"","query":"search=a"}"#.to_vec())
        }
        (_, path) if path.ends_with("/delegation") => ("application/json", br#"{"to":""}"#.to_vec()),
        (_, path) if path.ends_with("/decision") => ("application/json", br#"{"decision":"decline"}"#.to_vec()),
        (_, path) if path.ends_with("/approvals") => {
            ("application/json", br#"{"version":0,"people":[],"due":"2026-12-24"}"#.to_vec())
        }
        (_, "/_fn/jobs/retry" | "/_fn/jobs/drop") => (form, format!("id={}", sample.job).into_bytes()),
        (_, "/_fn/account/save_profile") => (form, b"revision=0&name=x".to_vec()),
        (_, path) if path.starts_with("/_fn/inbox/") => {
            (form, format!("item=send:{}&until=tomorrow", sample.request).into_bytes())
        }
        (_, path) if path.starts_with("/api/v1/inbox/") => ("application/json", br#"{"until":"tomorrow"}"#.to_vec()),
        (_, "/_fn/notifications/see") => (form, format!("notification={}", sample.document).into_bytes()),
        (_, "/_fn/notifications/see_all") => (form, b"area=documents".to_vec()),
        (_, "/api/v1/notifications/seen") => ("application/json", b"{}".to_vec()),
        (_, "/_fn/views/save") => (form, b"list=/documents&query=search%3Da&name=".to_vec()),
        (_, "/_fn/views/remove") => (form, format!("list=/documents&id={}", sample.document).into_bytes()),
        (_, "/_fn/account/end_session" | "/_fn/account/revoke_token" | "/_fn/push/remove") => {
            (form, format!("id={}", sample.document).into_bytes())
        }
        (_, "/_fn/notifications/choose") => (form, b"revision_seen=9&digest_hour=8&digest_weekday=1".to_vec()),
        (_, "/_fn/notifications/mute" | "/_fn/notifications/set_defaults") => {
            (form, format!("organisation={}&seen=x&page=staff", sample.organisation).into_bytes())
        }
        ("PATCH", "/api/v1/me/notification-preferences") => ("application/json", b"{}".to_vec()),
        ("PUT", "/api/v1/organisations/{id}/notification-defaults") => {
            ("application/json", br#"{"kinds":[]}"#.to_vec())
        }
        ("POST", "/api/v1/mail-problems") => ("application/json", br#"{"address":"","problem":"","code":""}"#.to_vec()),
        (_, "/_fn/account/switch_organisation") => (form, format!("organisation={}", sample.organisation).into_bytes()),
        (_, "/_fn/team/add_project" | "/_fn/team/remove_project") => (
            form,
            format!("organisation={}&user={}&project={}", sample.organisation, sample.person, sample.project)
                .into_bytes(),
        ),
        (_, path) if path.starts_with("/_fn/team/") => (
            form,
            format!("organisation={}&user={}&revision=0&role=member", sample.organisation, sample.person).into_bytes(),
        ),
        (_, "/_fn/invitations/create") => {
            (form, format!("organisation={}&name=N&email=no-address&role=member", sample.organisation).into_bytes())
        }
        (_, path) if path.starts_with("/_fn/invitations/") => (form, format!("id={}", sample.invitation).into_bytes()),
        ("POST", "/api/v1/invitations") => (
            "application/json",
            format!(r#"{{"organisation_id":"{}","name":"","email":""}}"#, sample.organisation).into_bytes(),
        ),
        (_, path) if path.ends_with("/people/{person}") => ("application/json", b"{}".to_vec()),
        (_, path) if path.starts_with("/_fn/customers/") || path == "/_fn/organisation/edit" => (
            form,
            format!("id={}&revision=0&user={}&contact={}", sample.organisation, sample.person, sample.person)
                .into_bytes(),
        ),
        (_, path) if path.starts_with("/_fn/webhooks/") => (
            form,
            format!("webhook={}&revision_seen=0&delivery={}&name=", sample.webhook, sample.delivery).into_bytes(),
        ),
        ("POST", "/api/v1/webhooks") => (
            "application/json",
            format!(r#"{{"organisation_id":"{}","name":"","url":""}}"#, sample.organisation).into_bytes(),
        ),
        ("PATCH", "/api/v1/webhooks/{id}") => ("application/json", b"{}".to_vec()),
        (_, path) if path.starts_with("/_fn/announcements/") => (
            form,
            format!(
                "announcement={}&revision_seen=0&audience=everyone&title_en=x&return_to=/account",
                sample.announcement
            )
            .into_bytes(),
        ),
        ("PUT", "/api/v1/announcements/{id}") => (
            "application/json",
            br#"{"severity":"info","audience":"everyone","versions":[{"language":"en","title":"x"}]}"#.to_vec(),
        ),
        ("POST", "/api/v1/announcements") => {
            ("application/json", br#"{"severity":"","audience":"","versions":[]}"#.to_vec())
        }
        (_, path) if path.starts_with("/_fn/projects/") => (
            form,
            format!("project={}&task={}&revision=0&user={}", sample.project, sample.task, sample.person).into_bytes(),
        ),
        ("POST", "/api/v1/organisations/batch") => ("application/json", br#"{"organisations":[]}"#.to_vec()),
        ("POST", "/api/v1/people/batch") => ("application/json", br#"{"people":[]}"#.to_vec()),
        ("PUT", "/api/v1/people" | "/api/v1/organisations/by-number/{number}") => ("application/json", b"{}".to_vec()),
        ("POST", "/api/v1/projects/batch") => ("application/json", br#"{"projects":[]}"#.to_vec()),
        ("PUT", "/api/v1/projects/{id}/milestones") => ("application/json", br#"{"milestones":[]}"#.to_vec()),
        ("POST", "/api/v1/projects/{id}/reports") => ("application/json", br#"{"light":"","text":""}"#.to_vec()),
        ("POST", "/api/v1/projects/{id}/decisions") => {
            ("application/json", br#"{"title":"","decided_by":""}"#.to_vec())
        }
        (_, path) if path.starts_with("/api/v1/projects") && path.ends_with("/comments") => {
            ("application/json", br#"{"text":""}"#.to_vec())
        }
        (_, path) if path.starts_with("/api/v1/projects") => ("application/json", b"{}".to_vec()),
        // Of a revision that has passed: nothing comes of it, not even a mail.
        (_, path) if path.starts_with("/_fn/appointments/") => {
            (form, format!("appointment={}&revision=0", sample.appointment).into_bytes())
        }
        ("PATCH", "/api/v1/appointments/{id}") => ("application/json", b"{}".to_vec()),
        ("PUT", "/api/v1/me/portrait") => ("application/octet-stream", Vec::new()),
        (_, "/account/portrait") => ("multipart/form-data; boundary=XXXX", files::multipart(&[], "a.png", b"")),
        (_, "/staff/imports") => {
            ("multipart/form-data; boundary=XXXX", files::multipart(&[("kind", "orders")], "a.csv", b""))
        }
        (_, "/_fn/imports/forget_mapping") => (form, format!("id={}", sample.mapping).into_bytes()),
        (_, path) if path.starts_with("/_fn/imports/") => (form, format!("id={}", sample.import).into_bytes()),
        ("POST", "/api/v1/imports") => ("application/octet-stream", Vec::new()),
        ("POST", "/api/v1/import-mappings") => ("application/json", br#"{"kind":"orders","name":""}"#.to_vec()),
        (_, "/_fn/orders/bulk_status") => {
            (form, format!("ids[0]={}&revisions[0]=0&status=received&readers=x", sample.order).into_bytes())
        }
        ("POST", "/api/v1/orders/status") => (
            "application/json",
            format!(r#"{{"orders":[{{"id":"{}","revision":0}}],"status":"received"}}"#, sample.order).into_bytes(),
        ),
        (_, path) if path.starts_with("/_fn/statuses/") => {
            (form, b"kind=orders&key=received&revision=0&tone=idle&waits_for=house".to_vec())
        }
        ("POST" | "PUT", path)
            if path.starts_with("/api/v1/order-statuses") || path.starts_with("/api/v1/project-statuses") =>
        {
            let body = match (door.method, door.path) {
                ("PUT", "/api/v1/order-statuses" | "/api/v1/project-statuses") => r#"{"keys":[]}"#,
                _ => r#"{"name_en":"","name_de":"","name_nl":"","tone":"idle","waits_for":"house"}"#,
            };
            ("application/json", body.as_bytes().to_vec())
        }
        (_, path) if path.starts_with("/_fn/orders/") => (form, format!("order={}", sample.order).into_bytes()),
        ("POST", "/api/v1/orders/batch") => ("application/json", br#"{"orders":[]}"#.to_vec()),
        ("POST", "/api/v1/orders") => ("application/json", b"{}".to_vec()),
        ("PATCH", "/api/v1/orders/{id}") => ("application/json", b"{}".to_vec()),
        (_, "/_fn/requests/ask") => {
            (form, format!("organisation_id={}&title=&category=minutes&due_on=x", sample.organisation).into_bytes())
        }
        (_, path) if path.starts_with("/_fn/requests/") => (form, format!("request={}", sample.request).into_bytes()),
        (_, "/requests/{id}/file") => ("multipart/form-data; boundary=XXXX", files::multipart(&[], "a.pdf", b"")),
        (_, "/api/v1/requests/{id}/file") => ("application/octet-stream", Vec::new()),
        (_, "/api/v1/requests/{id}/fix") => ("application/json", br#"{"note":""}"#.to_vec()),
        ("POST", "/api/v1/requests/{id}/accept") => ("application/json", b"{}".to_vec()),
        ("POST", "/api/v1/requests") => (
            "application/json",
            format!(
                r#"{{"organisation_id":"{}","title":"","category":"minutes","due_on":"x","people":[]}}"#,
                sample.organisation
            )
            .into_bytes(),
        ),
        (_, "/documents/send") => (
            "multipart/form-data; boundary=XXXX",
            files::multipart(&[("organisation_id", &sample.organisation), ("category", "minutes")], "a.pdf", b""),
        ),
        (_, "/api/v1/documents/send") => ("application/octet-stream", Vec::new()),
        (_, "/_fn/documents/seen") => (form, format!("id={}", sample.document).into_bytes()),
        (_, "/_fn/documents/bulk_publish" | "/_fn/documents/bulk_move" | "/_fn/documents/bulk_tag") => {
            (form, format!("ids[0]={}&revisions[0]=0&category=minutes&tags=x", sample.document).into_bytes())
        }
        (_, "/api/v1/documents/publish" | "/api/v1/documents/move" | "/api/v1/documents/tag") => {
            let more = match door.path.rsplit('/').next() {
                Some("move") => r#","category":"minutes""#,
                Some("tag") => r#","tags":["x"]"#,
                _ => "",
            };
            let body = format!(r#"{{"documents":[{{"id":"{}","revision":0}}]{more}}}"#, sample.document);
            ("application/json", body.into_bytes())
        }
        (_, "/documents/archive") => (form, format!("ids={}", sample.document).into_bytes()),
        (_, "/api/v1/documents/archive") => {
            ("application/json", format!(r#"{{"ids":["{}"]}}"#, sample.document).into_bytes())
        }
        (_, "/staff/documents/{id}/restore") => (form, b"revision=0&number=1".to_vec()),
        (_, path) if path.starts_with("/_fn/quarantine/") => {
            (form, format!("version={}&scan=infected&reason=", sample.held).into_bytes())
        }
        ("POST", path) if path.starts_with("/api/v1/quarantine/") => {
            ("application/json", br#"{"scan":"infected","reason":""}"#.to_vec())
        }
        (_, "/_fn/categories/save") => (form, b"category=contract&seen=0&size=x".to_vec()),
        ("PUT", "/api/v1/categories/{key}") => {
            ("application/json", br#"{"kinds":[],"audience":"people","approval":"none","approval_days":1}"#.to_vec())
        }
        (_, "/_fn/retention/hold") => (form, format!("document={}&reason=", sample.document).into_bytes()),
        ("PUT", "/api/v1/retention/rules") => ("application/json", b"[]".to_vec()),
        (_, "/_fn/settings/save") => (form, b"revision=0&portal_name=x".to_vec()),
        ("PATCH", "/api/v1/settings") => ("application/json", br#"{"view_as_shown":true}"#.to_vec()),
        ("PATCH", "/api/v1/users/{id}") => ("application/json", br#"{"state":"active"}"#.to_vec()),
        ("PATCH", "/api/v1/customer-groups/{id}") => ("application/json", br#"{"name":"x"}"#.to_vec()),
        ("PUT", "/api/v1/organisations/{id}/released-fields") => ("application/json", br#"{"fields":[]}"#.to_vec()),
        ("PATCH", "/api/v1/organisations/{id}") => ("application/json", br#"{"city":"Kiel"}"#.to_vec()),
        (_, path) if path.starts_with("/_fn/users/") => (form, format!("id={}&revision=0", sample.admin).into_bytes()),
        (_, "/_fn/view_as/begin") => {
            (form, format!("organisation={}&user={}&reason=", sample.organisation, sample.person).into_bytes())
        }
        (_, "/_fn/factors/reset") => (form, format!("user={}&return_to=/staff", sample.user).into_bytes()),
        ("PUT", "/api/v1/sign-in-rules") => ("application/json", br#"{"second_factor_roles":[]}"#.to_vec()),
        (_, path) if path.starts_with("/_fn/sso/") || path == "/organisation/sign-in/test" => {
            let rights = "role=member&documents=own&orders=own&money=none&tickets=own";
            let (organisation, domain) = (&sample.organisation, &sample.domain);
            (form, format!("organisation={organisation}&revision=0&id={domain}&{rights}").into_bytes())
        }
        (_, path) if path.starts_with("/_fn/") => (form, b"language=en&theme=system&return_to=/".to_vec()),
        ("POST", "/api/v1/documents") => (
            "application/json",
            format!(r#"{{"organisation_id":"{}","title":"","category":"minutes"}}"#, sample.organisation).into_bytes(),
        ),
        (_, path) if path.ends_with("/publish") => {
            ("application/json", br#"{"audience":{"organisation":true}}"#.to_vec())
        }
        (_, path) if path.ends_with("/versions") => ("application/octet-stream", Vec::new()),
        (_, path) if path.ends_with("/sign-in-rules") => ("application/json", br#"{"magic_links":true}"#.to_vec()),
        ("POST", path) if path.ends_with("/domains") => ("application/json", br#"{"domain":""}"#.to_vec()),
        ("PATCH", _) => ("application/json", br#"{"title":"x"}"#.to_vec()),
        _ => ("application/json", b"{}".to_vec()),
    }
}
