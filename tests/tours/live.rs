//! The real program records a session as it happens.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use assert_cmd::cargo::CommandCargoExt;
use serde_json::Value;

use crate::terminal::pty::{Pty, Start};

/// Records a session on a saved network: looks something up, changes the size, and quits.
fn session(folder: &Path, flags: &[&str]) -> Vec<Value> {
    let network = folder.join("net");
    let mut save = Command::cargo_bin("vpctui").expect("the program is built");
    save.args(["save", "--demo", "lambda-rds"]).arg(&network).stdin(Stdio::null());
    assert!(save.output().expect("it starts").status.success());
    let cast = folder.join("mine.cast");
    let (cast_shown, network) = (cast.to_string_lossy(), network.to_string_lossy());
    let arguments = [&["record", &cast_shown, "--snapshot", &network], flags].concat();
    let mut pty = Pty::start(&Start { size: (100, 30), arguments: &arguments, environment: &[] });
    pty.wait_for("10.0.11.40");
    pty.resize(90, 28);
    pty.keys("?");
    pty.wait_for("Keys");
    pty.keys("\u{1b}");
    pty.wait_for("10.0.11.40");
    pty.keys("q");
    assert_eq!(pty.wait_for_end(), 0);
    let text = fs::read_to_string(cast).expect("it was recorded");
    text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

/// What a terminal shows that is sent the recording up to its end, and what it has shown.
fn replayed(lines: &[Value]) -> String {
    let size = |cells| std::num::NonZeroU16::new(cells).expect("a size");
    let mut terminal = vt100::Parser::new(size(30), size(100), 0);
    let mut shown = String::new();
    for event in &lines[1..] {
        let data = event[2].as_str().expect("text");
        match event[1].as_str().expect("a kind") {
            "o" => terminal.process(data.as_bytes()),
            "r" => {
                let (columns, rows) = data.split_once('x').expect("a size");
                let cells = |text: &str| size(text.parse().expect("a number"));
                terminal.screen_mut().set_size(cells(rows), cells(columns));
            }
            other => panic!("{other}"),
        }
        shown += &terminal.screen().contents();
    }
    shown
}

#[test]
fn a_session_is_recorded_under_pseudonyms_unless_told_otherwise() {
    let folder = tempfile::tempdir().expect("a folder");
    let lines = session(folder.path(), &[]);
    assert_eq!((&lines[0]["version"], &lines[0]["width"]), (&2.into(), &100.into()));
    assert!(lines.iter().any(|line| line[1] == "r" && line[2] == "90x28"));
    let shown = replayed(&lines);
    assert!(shown.contains("10.0.11.40"), "private addresses stay");
    assert!(shown.contains("Keys"), "the help was opened");
    for name in ["orders-db", "export-to-bigquery", "111122223333", "198.51.100.20", "rds-sg"] {
        assert!(!shown.contains(name), "{name}");
    }
}

#[test]
fn without_a_mask_names_are_as_they_are() {
    let folder = tempfile::tempdir().expect("a folder");
    let lines = session(folder.path(), &["--no-mask", "--cast-version", "3"]);
    assert_eq!(lines[0]["version"], 3);
    let shown = replayed(&lines);
    assert!(shown.contains("orders-db") && shown.contains("111122223333"));
}

#[test]
fn no_recording_is_written_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mine.cast");
    fs::write(&path, "precious").expect("it can be written");
    let path_shown = path.to_string_lossy();
    let arguments = ["record", &path_shown, "--demo", "lambda-rds"];
    let mut pty = Pty::start(&Start { size: (80, 24), arguments: &arguments, environment: &[] });
    assert_eq!(pty.wait_for_end(), 2);
    assert_eq!(fs::read_to_string(path).expect("it is there"), "precious");
}
