//! The public doors, as everybody: never an error of ours, nothing of a customer to whoever is not of it, and no way off
//! the portal.

use std::fmt::Write as _;

use app::documents::model::{Audience, Category};
use axum::body::Body;
use axum::http::{Method, Request};
use server::demo::people::PEOPLE;
use server::doors::{self, Door};

use crate::matrix_body::body_of;
use crate::matrix_sample::{Sample, path_of, sample_of};
use crate::support::{TestApp, both};

const CUSTOMER: &str = "ACME Werke";
const DOCUMENT: &str = "For all of ACME";

/// The one that ends the session comes last.
fn public() -> impl Iterator<Item = &'static Door> {
    let ends = |door: &&Door| door.path == "/_fn/sign_in/sign_out";
    let doors = || doors::all().filter(|door| door.policy == "public");
    doors().filter(move |door| !ends(door)).chain(doors().filter(ends))
}

/// Where a door is asked: with what is there, and with what nobody has.
fn addresses(door: &Door, sample: &Sample) -> Vec<String> {
    let path = path_of(door, sample);
    let path = path.replace("{hash}", "0").replace("{*path}", "kontor.css").replace("{token}", "nobody.ics");
    let mut all = vec![path.clone()];
    if door.path == "/sign-in/{id}" {
        all.push("/sign-in/acme".to_owned());
    }
    if door.method == "GET" {
        let organisation = &sample.organisation;
        all.push(format!("{path}?key=00&state=0&code=0&next=//evil.example&organisation={organisation}"));
    }
    all
}

both! {
    async fn the_public_doors_break_for_nobody_and_tell_nobody_what_is_not_theirs(app: TestApp) {
        let id = app.published(DOCUMENT, Category::Minutes, Audience::Organisation).await;
        let sample = sample_of(&app, id.to_string()).await;
        let mut wrong = String::new();
        let people = PEOPLE.into_iter().map(|(email, ..)| Some(email));
        for email in people.chain([None]) {
            let browser = match email {
                Some(email) => app.browser(email).await,
                None => app.visitor(),
            };
            let of_acme = email.is_some_and(|email| email.ends_with("@acme.example") || email.starts_with("eva@"));
            for door in public() {
                for address in addresses(door, &sample) {
                    let (content_type, body) = body_of(door, &sample);
                    let method = Method::from_bytes(door.method.as_bytes()).unwrap();
                    let request = Request::builder().method(method).uri(&address).header("content-type", content_type);
                    // The same cookie at every door, whatever the door before has made of it.
                    let answer = browser.clone().send(request.body(Body::from(body)).unwrap()).await;
                    let (status, location, text) = (answer.status, answer.location(), answer.text());
                    let who = email.unwrap_or("nobody");
                    if status >= 500 {
                        let _ = writeln!(wrong, "{} {address} as {who}: {status}", door.method);
                    }
                    if text.contains(DOCUMENT) || (!of_acme && text.contains(CUSTOMER)) {
                        let _ = writeln!(wrong, "{} {address} tells {who} about ACME", door.method);
                    }
                    if !location.is_empty() && (!location.starts_with('/') || location.starts_with("//")) {
                        let _ = writeln!(wrong, "{} {address} leads {who} to {location}", door.method);
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "\n{wrong}");
    }
}
