//! `kontor demo`.

use super::Outcome;
use super::print::line;
use crate::demo;
use crate::state::AppState;

pub async fn run(state: &AppState, password: &str) -> Outcome {
    if password.chars().count() < 8 {
        return Err("--password: at least 8 characters".into());
    }
    let loaded = demo::load(state, password).await?;
    let text = if loaded { "the demo is loaded" } else { "the demo was there already; its passwords are set" };
    line(text)?;
    line("Staff:     admin@ pm@ support@ finance@ sales@ management@ nordlicht.example")?;
    line(
        "Customers: anna@acme.example ben@acme.example carla@borealis.example dirk@borealis.example eva@partner.example",
    )?;
    line("Of both:   gesa@beratung.example")
}
