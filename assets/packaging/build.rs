//! Names the commit that the program is built from, for `vpctui --version` and bug reports.
//!
//! Sets `VPCTUI_VERSION` for the crate: `0.1.0 (3137d2a 2026-11-24)`, or only `0.1.0` where there is no git, no
//! repository of our own (a source archive, a crate), or a development build, which would otherwise be built anew after
//! each commit. `VPCTUI_COMMIT` in the environment, such as `3137d2a 2026-11-24`, takes the place of what git says: for
//! those who package the program from an archive.

use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=assets/packaging/build.rs");
    println!("cargo::rerun-if-env-changed=VPCTUI_COMMIT");
    let told = std::env::var("VPCTUI_COMMIT").ok().filter(|commit| !commit.is_empty());
    let commit = told.or_else(|| is_release().then(|| commit(Path::new("."))).flatten());
    println!("cargo::rustc-env=VPCTUI_VERSION={}", version(env!("CARGO_PKG_VERSION"), commit));
}

fn is_release() -> bool {
    std::env::var("PROFILE").is_ok_and(|profile| profile == "release")
}

/// The version as people read it.
pub fn version(number: &str, commit: Option<String>) -> String {
    commit.map_or_else(|| number.to_owned(), |commit| format!("{number} ({commit})"))
}

/// Short hash and date of the commit that is checked out in `folder`, if that is the top of a repository: a source
/// archive may lie within somebody else's.
pub fn commit(folder: &Path) -> Option<String> {
    if !git(folder, &["rev-parse", "--show-prefix"])?.is_empty() {
        return None;
    }
    // Grows with every commit and every checkout, and with nothing else.
    let log = git(folder, &["rev-parse", "--git-path", "logs/HEAD"])?;
    if folder.join(&log).exists() {
        println!("cargo::rerun-if-changed={log}");
    }
    git(folder, &["log", "-1", "--format=%h %cs"])
}

/// What git answers; nothing if it is not there or has nothing to say.
fn git(folder: &Path, arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").current_dir(folder).args(arguments).output().ok()?;
    let answer = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| answer.trim().to_owned())
}
