//! `kontor mail preview`: the letters, to look at before anybody gets them.

use std::path::PathBuf;

use app::i18n::Locale;
use app::mail::{Template, preview};
use clap::Subcommand;

use super::Outcome;
use super::print::line;
use crate::state::AppState;

#[derive(Subcommand)]
pub enum MailCommand {
    /// Shows letters with sample values: as text, or as files with --out.
    Preview {
        /// Which letter, such as `invitation`; all of them if none is named.
        template: Option<String>,
        /// The language: en, de or nl; all of them if none is named.
        #[arg(long)]
        locale: Option<String>,
        /// Writes NAME.LOCALE.html and NAME.LOCALE.txt into this folder.
        #[arg(long)]
        out: Option<PathBuf>,
    },
}

pub fn run(state: &AppState, command: MailCommand) -> Outcome {
    let MailCommand::Preview { template, locale, out } = command;
    let all = || Template::ALL.map(Template::name).join(", ");
    let templates = match template {
        None => Template::ALL.to_vec(),
        Some(name) => vec![Template::parse(&name).ok_or_else(|| format!("{name}: not one of {}", all()))?],
    };
    let locales = match locale {
        None => Locale::ALL.to_vec(),
        Some(tag) => vec![Locale::parse(&tag).ok_or_else(|| format!("--locale {tag}: not one of en, de, nl"))?],
    };
    if let Some(folder) = &out {
        std::fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    }
    for template in templates {
        for locale in &locales {
            let letter = preview(&state.portal, template, *locale, state.clock.now());
            let Some(folder) = &out else {
                line(&format!("Subject: {}\n\n{}", letter.subject, letter.text))?;
                continue;
            };
            for (ending, content) in
                [("html", &letter.html), ("txt", &format!("{}\n\n{}", letter.subject, letter.text))]
            {
                let path = folder.join(format!("{}.{}.{ending}", template.name(), locale.tag()));
                std::fs::write(&path, content).map_err(|e| format!("{}: {e}", path.display()))?;
                line(&path.display().to_string())?;
            }
        }
    }
    Ok(())
}
