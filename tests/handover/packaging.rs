//! What releases are made with agrees with itself and with the crate.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).expect("a file of the repository")
}

fn workflows() -> Vec<(String, String)> {
    let entries = fs::read_dir(root().join(".github/workflows")).expect("workflows");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths.map(|path| (path.display().to_string(), text_at(&path))).collect()
}

fn text_at(path: &Path) -> String {
    fs::read_to_string(path).expect("UTF-8")
}

#[test]
fn the_changelog_tells_of_this_version() {
    let heading = format!("\n## {}", env!("CARGO_PKG_VERSION"));
    assert!(text(".github/CHANGELOG.md").contains(&heading), "no heading {heading:?}");
}

#[test]
fn actions_are_pinned_to_a_commit_and_say_which_version_that_is() {
    let mut pinned = 0;
    for (place, workflow) in workflows() {
        for line in workflow.lines().filter(|line| line.contains("uses:")) {
            let (_, after) = line.split_once('@').expect("an action at a commit");
            let (commit, version) = after.split_once(" # v").expect("a version behind the commit");
            let hash = commit.len() == 40 && commit.chars().all(|one| one.is_ascii_hexdigit());
            assert!(hash && !version.is_empty(), "{place}: {line}");
            pinned += 1;
        }
    }
    assert!(pinned >= 5, "the actions were found");
}

#[test]
fn everything_is_built_with_one_version_of_rust() {
    let docker = text("assets/packaging/Dockerfile");
    let version =
        docker.lines().find_map(|line| line.strip_prefix("FROM rust:")?.split('-').next());
    let version = version.expect("a base image");
    for (place, workflow) in workflows() {
        let told = workflow.lines().filter_map(|line| {
            let line = line.trim();
            line.strip_prefix("RUST_VERSION: ").or_else(|| line.strip_prefix("RUSTUP_TOOLCHAIN: "))
        });
        for told in told.filter(|told| !told.starts_with("${{")) {
            assert_eq!(told, version, "{place}");
        }
    }
}

/// The script that makes the formula runs in a shell with `sha256sum`, as the release does.
#[cfg(target_os = "linux")]
#[test]
fn the_formula_leaves_nothing_to_fill_in() {
    let script = root().join("assets/packaging/formula");
    let mut formula = std::process::Command::new(script);
    formula.args(["https://example.com/team/vpctui", "1.2.3"]).arg(root().join("README.md"));
    let output = formula.output().expect("it runs");
    let formula = String::from_utf8(output.stdout).expect("UTF-8");
    let url = "https://example.com/team/vpctui/releases/download/v1.2.3/vpctui-1.2.3-source.tar.gz";
    assert!(formula.contains(url), "{formula}");
    for line in formula.lines() {
        assert!(!line.contains(['@']), "{line}");
    }
    let checksum = formula.lines().find_map(|line| line.trim().strip_prefix("sha256 \""));
    assert_eq!(checksum.map(str::len), Some(65), "64 digits and a quote");
}
