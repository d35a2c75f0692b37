//! Commands that print what the program knows of itself.

use std::io::Write as _;

use app::access::policy;

use super::Outcome;
use crate::api;
use crate::doors;

/// One line on standard output. A reader that has gone, such as `head`, is no failure.
pub fn line(text: &str) -> Outcome {
    match writeln!(std::io::stdout(), "{text}") {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => Err(format!("cannot write: {e}")),
        _ => Ok(()),
    }
}

/// `kontor openapi`.
pub fn openapi() -> Outcome {
    line(&api::v1::openapi().to_pretty_json().map_err(|e| e.to_string())?)
}

/// `kontor routes`.
pub fn routes(json: bool) -> Outcome {
    if json {
        return line(&serde_json::to_string_pretty(&doors::all().collect::<Vec<_>>()).map_err(|e| e.to_string())?);
    }
    for door in doors::all() {
        line(&format!("{:6} {:60} {}", door.method, door.path, door.policy))?;
    }
    Ok(())
}

/// `kontor policy`.
pub fn policy() -> Outcome {
    line(policy::markdown().trim_end())
}
