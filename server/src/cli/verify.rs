//! `kontor verify`: checks the certificate of an approval, without a portal, a database or a network.

use std::fs::File;
use std::io::{BufReader, Read as _};
use std::path::{Path, PathBuf};

use app::approvals::certificate::{Verified, verify};
use sha2::{Digest as _, Sha256};

use super::Outcome;
use super::print::line;

/// A certificate is some kilobytes; what is longer is something else.
const LONGEST: u64 = 16 * 1024 * 1024;

/// What to check.
#[derive(clap::Args)]
pub struct Verify {
    /// The certificate: the JSON, as downloaded or taken out of the PDF.
    certificate: PathBuf,
    /// The document it is about: its bytes must be the ones that were decided about.
    #[arg(long)]
    document: Option<PathBuf>,
    /// The public key it must be signed with, as the portal names it.
    #[arg(long)]
    key: Option<String>,
}

/// Checks it and says what it found.
pub fn run(wanted: &Verify) -> Outcome {
    let failed = |path: &Path, e: std::io::Error| format!("{}: {e}", path.display());
    let path = &wanted.certificate;
    let mut text = String::new();
    let file = File::open(path).map_err(|e| failed(path, e))?;
    file.take(LONGEST).read_to_string(&mut text).map_err(|e| failed(path, e))?;
    let sha256 = match &wanted.document {
        Some(path) => Some(digest(path).map_err(|e| failed(path, e))?),
        None => None,
    };
    let Verified { certificate, key } =
        verify(&text, sha256.as_deref(), wanted.key.as_deref()).map_err(|doubt| doubt.to_string())?;
    let (paper, approval) = (&certificate.document, &certificate.approval);
    line(&format!("{}: version {} of \"{}\"", approval.state.name(), paper.version, paper.title))?;
    line(&format!("  customer   {} ({})", paper.organisation, paper.organisation_number))?;
    line(&format!("  sha256     {}", paper.sha256))?;
    for proved in &certificate.decisions {
        let evidence = &proved.evidence;
        let (said, name, email) = (evidence.decision.name(), &evidence.name, &evidence.email);
        line(&format!("  {said:<10} {name} <{email}>, {}, event {}", evidence.at, proved.event.sequence))?;
    }
    line(&format!(
        "  issued     {} by {} ({})",
        certificate.issued_at, certificate.portal.name, certificate.portal.url
    ))?;
    line(&format!("  signed     {key}"))?;
    if wanted.document.is_none() {
        line("  document   not compared: name it with --document")?;
    }
    if wanted.key.is_none() {
        line("  key        not compared: name the portal's with --key")?;
    }
    line("everything fits")
}

fn digest(path: &Path) -> std::io::Result<String> {
    let mut file = BufReader::with_capacity(256 * 1024, File::open(path)?);
    let mut hasher = Sha256::new();
    let mut part = vec![0; 256 * 1024];
    loop {
        match file.read(&mut part)? {
            0 => return Ok(app::documents::model::hex(&hasher.finalize())),
            read => hasher.update(part.get(..read).unwrap_or_default()),
        }
    }
}
