//! The version, and where the commit in it comes from.

use std::path::Path;
use std::process::Command;

use super::stdout;

#[expect(dead_code, reason = "what cargo runs of it is its main function")]
#[path = "../../assets/packaging/build.rs"]
mod build_script;

use build_script::{commit, version};

#[test]
fn the_program_tells_its_version() {
    let number = env!("CARGO_PKG_VERSION");
    assert_eq!(stdout(&["-V"]), format!("vpctui {number}\n"));
    assert!(stdout(&["--version"]).starts_with(&format!("vpctui {number}")));
}

#[test]
fn a_release_names_its_commit() {
    let told = Some("3137d2a 2026-11-24".to_owned());
    assert_eq!(version("1.2.3", told), "1.2.3 (3137d2a 2026-11-24)");
    assert_eq!(version("1.2.3", None), "1.2.3");
}

#[test]
fn the_commit_is_that_of_this_very_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(commit(folder.path()), None, "no repository");
    git(folder.path(), &["init", "-q"]);
    assert_eq!(commit(folder.path()), None, "nothing committed");
    git(folder.path(), &["commit", "-q", "--allow-empty", "-m", "first"]);
    let told = commit(folder.path()).expect("a commit");
    assert!(told.ends_with(" 2026-11-24"), "{told}");
    let archive = folder.path().join("vpctui-0.1.0");
    std::fs::create_dir(&archive).expect("a folder");
    assert_eq!(commit(&archive), None, "an archive within somebody's repository");
}

fn git(folder: &Path, arguments: &[&str]) {
    let mut git = Command::new("git");
    git.current_dir(folder).args(["-c", "user.name=a", "-c", "user.email=a@example.com"]);
    git.args(arguments).env("GIT_COMMITTER_DATE", "2026-11-24T12:00:00Z");
    assert!(git.status().expect("git is there").success());
}
