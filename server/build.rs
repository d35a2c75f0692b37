//! Finds what `cargo leptos` has built for the browser, so that it can be embedded, and hashes it, so that its
//! addresses change when it does. Before the first such build the folder is empty: tests run without it.

#![allow(clippy::print_stdout, reason = "how a build script speaks to cargo")]

use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

fn main() {
    let site = std::env::var_os("LEPTOS_SITE_ROOT").map_or_else(|| PathBuf::from("target/site"), PathBuf::from);
    let site = if site.is_absolute() { site } else { Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(site) };
    let _ = std::fs::create_dir_all(&site);
    let mut files = Vec::new();
    collect(&site, &mut files);
    files.sort();
    let mut hasher = Sha256::new();
    for file in &files {
        hasher.update(file.strip_prefix(&site).unwrap_or(file).to_string_lossy().as_bytes());
        hasher.update(std::fs::read(file).unwrap_or_default());
        println!("cargo:rerun-if-changed={}", file.display());
    }
    let hash: String = hasher.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    println!("cargo:rustc-env=KONTOR_SITE={}", site.display());
    println!("cargo:rustc-env=SITE_HASH={hash}");
    println!("cargo:rerun-if-env-changed=LEPTOS_SITE_ROOT");
    println!("cargo:rerun-if-changed={}", site.display());
}

fn collect(dir: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { collect(&path, files) } else { files.push(path) }
    }
}
