//! What someone gets who is handed the program: completion in the shell, the manual, the version, and help
//! with what is in the way.

#[cfg(unix)]
mod completion;
mod doctor;
mod manual;
mod packaging;
mod version;

use std::process::{Command, Stdio};

use assert_cmd::cargo::CommandCargoExt;

/// The program, in an environment that says nothing of colours and sizes.
fn vpctui(arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("vpctui").expect("the program is built");
    command.args(arguments).stdin(Stdio::null()).env_remove("COLUMNS").env_remove("NO_COLOR");
    command
}

fn stdout(arguments: &[&str]) -> String {
    let output = vpctui(arguments).output().expect("it starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}
