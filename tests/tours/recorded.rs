//! The real program checks and records tours: the same bytes each time, whatever the environment.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use assert_cmd::cargo::CommandCargoExt;

const TOUR: &str = "title.en = 'One question'
network = 'lambda-rds'
size = [100, 30]

[[step]]
caption.en = 'Ask'
keys = \"w 'export' enter 'orders-db' enter\"
expect.verdict = 'blocked'
still = 'asked'
";

fn vpctui(arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    let mut command = Command::cargo_bin("vpctui").expect("the program is built");
    for variable in ["LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "VPCTUI_THEME"] {
        command.env_remove(variable);
    }
    command.args(arguments).stdin(Stdio::null()).env("XDG_CONFIG_HOME", "/nonexistent");
    command.envs(environment.iter().copied()).output().expect("it starts")
}

fn check(text: &str) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("mine.toml");
    fs::write(&file, text).expect("it can be written");
    let output = vpctui(&["tour", "check", &file.to_string_lossy()], &[]);
    let told = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(told).expect("UTF-8"))
}

#[test]
fn a_tour_of_ones_own_is_checked() {
    let (code, told) = check(TOUR);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("mine.toml (en)  1 step,"), "{told}");
}

#[test]
fn an_expectation_that_does_not_hold_is_exit_code_1_with_step_expectation_and_screen() {
    let (code, told) = check(&TOUR.replace("blocked", "reachable"));
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("step 1 (line 5): the verdict is blocked, expected reachable"), "{told}");
    assert!(told.contains("│") && told.contains("ENI_SG_RULES_MISMATCH"), "{told}");
}

#[test]
fn what_is_no_tour_is_exit_code_2_with_file_and_line() {
    let (code, told) = check(&TOUR.replace("keys =", "key ="));
    assert_eq!(code, Some(2), "{told}");
    assert!(told.contains("mine.toml:7: unknown field `key`"), "{told}");
    let (code, told) = check(&TOUR.replace("lambda-rds", "lambda-rdz"));
    assert_eq!(
        (code, told.contains("no embedded network `lambda-rdz`")),
        (Some(2), true),
        "{told}"
    );
    let output = vpctui(&["tour", "check", "no-such-tour"], &[]);
    assert_eq!(output.status.code(), Some(2));
}

/// A tour of a snapshot that stands beside it, as people write them of their own networks.
#[test]
fn a_tour_runs_on_a_snapshot_beside_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let saved = folder.path().join("net");
    let saved = vpctui(&["save", &saved.to_string_lossy(), "--demo", "lambda-rds"], &[]);
    assert!(saved.status.success());
    let file = folder.path().join("mine.toml");
    let text = TOUR.replace("network = 'lambda-rds'", "snapshot = 'net'");
    fs::write(&file, text).expect("it can be written");
    let output = vpctui(&["tour", "check", &file.to_string_lossy()], &[]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stdout));
}

fn record(folder: &Path, name: &str, arguments: &[&str], environment: &[(&str, &str)]) -> Vec<u8> {
    let path = folder.join(name);
    let is_picture = path.extension().is_some_and(|kind| kind == "svg");
    let flag = if is_picture { "--svg" } else { "--out" };
    let shown = path.to_string_lossy();
    let arguments = [&["record", "--tour", "lambda-rds", flag, &shown], arguments].concat();
    let output = vpctui(&arguments, environment);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    fs::read(path).expect("it was written")
}

#[test]
fn a_recording_is_the_same_each_time_whatever_the_environment() {
    let folder = tempfile::tempdir().expect("a folder");
    let other =
        [("NO_COLOR", "1"), ("LANG", "de_DE.UTF-8"), ("TZ", "Asia/Seoul"), ("COLUMNS", "40")];
    for (name, version) in [("a.cast", "2"), ("a.cast", "3"), ("a.svg", "2")] {
        let version = ["--cast-version", version];
        let once = record(folder.path(), name, &version, &[]);
        assert_eq!(once, record(folder.path(), name, &version, &other), "{name} {version:?}");
    }
}

#[test]
fn the_language_is_that_of_the_flag_else_that_of_the_locale() {
    let folder = tempfile::tempdir().expect("a folder");
    let korean = [("LC_ALL", "ko_KR.UTF-8")];
    let by_locale = record(folder.path(), "a.cast", &[], &korean);
    assert_eq!(by_locale, record(folder.path(), "a.cast", &["--lang", "ko"], &[]));
    assert!(String::from_utf8_lossy(&by_locale).contains("타임아웃"));
    let told = record(folder.path(), "a.cast", &["--lang", "en"], &korean);
    assert_eq!(told, record(folder.path(), "a.cast", &[], &[]));
}

/// A terminal that is sent the recording shows what the picture of the same moment shows.
#[test]
fn a_terminal_shows_the_recording_as_it_was_drawn() {
    let folder = tempfile::tempdir().expect("a folder");
    let cast = record(folder.path(), "a.cast", &["--lang", "ko"], &[]);
    let text = String::from_utf8(cast).expect("UTF-8");
    let size = |cells| std::num::NonZeroU16::new(cells).expect("a size");
    let mut terminal = vt100::Parser::new(size(34), size(120), 0);
    let mut screens = Vec::new();
    for line in text.lines().skip(1) {
        let (_, kind, data): (f64, String, String) = serde_json::from_str(line).expect("an event");
        if kind == "m" {
            screens.push(terminal.screen().contents());
        } else {
            terminal.process(data.as_bytes());
        }
    }
    let mut drawn = Vec::new();
    let outcome = super::play(&super::tour("lambda-rds"), "ko", &mut |shot| {
        if shot.is_outcome() {
            drawn.push(vpctui::tour::text(shot.screen));
        }
    });
    assert!(outcome.is_ok());
    // What stands before the marker of a step is the outcome of the step before it.
    assert_eq!(screens.len(), drawn.len());
    for (shown, drawn) in screens[1..].iter().zip(&drawn) {
        let rows =
            |text: &str| text.lines().map(|row| row.trim_end().to_owned()).collect::<Vec<_>>();
        assert_eq!(rows(shown.trim_end()), rows(drawn.trim_end()));
    }
}

#[test]
fn stills_are_written_into_a_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let stills = folder.path().join("stills");
    let output =
        vpctui(&["record", "--tour", "nacl-ephemeral", "--svg", &stills.to_string_lossy()], &[]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let still = fs::read_to_string(stills.join("partial.svg")).expect("it was written");
    assert!(still.contains("2 of 3 work"), "{still}");
}

#[test]
fn png_needs_a_program_that_was_built_for_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().to_string_lossy();
    let output = vpctui(&["record", "--tour", "nacl-ephemeral", "--png", &path], &[]);
    if cfg!(feature = "png") {
        let picture = fs::read(folder.path().join("partial.png")).expect("it was written");
        assert!(picture.starts_with(b"\x89PNG"));
    } else {
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stderr).contains("--features png"));
    }
}
