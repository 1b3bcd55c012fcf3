//! The players that people have take the recordings: asciinema shows the very bytes, agg makes a GIF. Both come from the
//! Python package index, in fixed versions; these tests stand beside those that need Python anyway.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::emulator::install;

/// The folder with the programs.
fn players() -> PathBuf {
    let requirements = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tours/players.txt");
    let python = install::python("players", &requirements);
    let python = python.unwrap_or_else(|why| panic!("{why}"));
    python.parent().expect("a folder").to_owned()
}

fn screenshot(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("screenshots").join(name)
}

#[test]
fn asciinema_plays_what_was_recorded() {
    for name in ["lambda-rds.cast", "lambda-rds.ko.cast"] {
        let path = screenshot(name);
        let shown = Command::new(players().join("asciinema")).arg("cat").arg(&path).output();
        let shown = shown.expect("it starts");
        assert!(shown.status.success(), "{}", String::from_utf8_lossy(&shown.stderr));
        let text = std::fs::read_to_string(path).expect("it is there");
        let events = text.lines().skip(1).map(|line| serde_json::from_str(line).expect("JSON"));
        let output = events.filter(|event: &Value| event[1] == "o");
        let recorded: String =
            output.map(|event| event[2].as_str().expect("text").to_owned()).collect();
        assert!(shown.stdout == recorded.as_bytes(), "{name}");
    }
}

#[test]
fn agg_makes_a_gif_of_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let gif = folder.path().join("tour.gif");
    let made = Command::new(players().join("agg"))
        .args(["--font-size", "10", "--speed", "20"])
        .arg(screenshot("nacl-ephemeral.cast"))
        .arg(&gif)
        .output()
        .expect("it starts");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    assert!(std::fs::read(gif).expect("it was made").starts_with(b"GIF89a"));
}
