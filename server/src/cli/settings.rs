//! `kontor settings show` and `kontor settings set`.

use app::access::Actor;
use app::settings::service::{self, Change, Key};
use clap::Subcommand;

use super::Outcome;
use super::print::line;
use crate::state::AppState;

#[derive(Subcommand)]
pub enum SettingsCommand {
    /// Prints every setting and what it holds.
    Show,
    /// Changes a setting: `portal_name` to a name, `released_fields` to names of fields, `view_as_shown` to yes or no.
    Set {
        /// Which setting.
        key: String,
        /// What it holds from now on; several words are put together.
        #[arg(required = true, allow_hyphen_values = true)]
        value: Vec<String>,
    },
}

/// What a value means for a setting.
fn change(key: &str, value: &str) -> Result<Change, String> {
    let all = || Key::ALL.map(Key::name).join(", ");
    let key = Key::parse(key).ok_or_else(|| format!("{key}: not one of {}", all()))?;
    let none = Change::default();
    Ok(match key {
        Key::PortalName => Change { portal_name: Some(value.to_owned()), ..none },
        Key::ReleasedFields => {
            let names = value.split([',', ' ']).filter(|name| !name.is_empty());
            Change { released_fields: Some(names.map(str::to_owned).collect()), ..none }
        }
        Key::ViewAsShown => match value {
            "yes" => Change { view_as_shown: Some(true), ..none },
            "no" => Change { view_as_shown: Some(false), ..none },
            other => return Err(format!("view_as_shown: yes or no, not {other}")),
        },
    })
}

pub async fn run(state: &AppState, command: SettingsCommand) -> Outcome {
    let ctx = state.ctx(Actor::operator(), "cli");
    let settings = match command {
        SettingsCommand::Show => service::read(&ctx).await,
        SettingsCommand::Set { key, value } => service::change(&ctx, None, change(&key, &value.join(" "))?).await,
    };
    let settings = settings.map_err(|e| e.to_string())?;
    for key in Key::ALL {
        line(format!("{:16} {}", key.name(), settings.text(key)).trim_end())?;
    }
    Ok(())
}
