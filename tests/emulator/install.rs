//! Installs what tests need of Python: virtual environments under `target`, each made once and by one process at a time.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

const NEEDS: &str = "these tests need Python 3.10 or newer with venv and pip, and a package index";

/// The interpreter of the environment, which is made if it is not there or is of other versions; or why it cannot be.
pub fn python(name: &str, requirements: &Path) -> Result<PathBuf, String> {
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("..").join(name);
    fs::create_dir_all(&home).expect("target can be written to");
    let lock = File::create(home.join("lock")).expect("target can be written to");
    lock.lock().expect("target is on a file system with locks");
    let environment = home.join("venv");
    let python = environment.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    // Written last: without it the environment is half made.
    let stamp = home.join("installed");
    let wanted = fs::read(requirements).expect("it is in the repository");
    if fs::read(&stamp).ok().as_ref() != Some(&wanted) || !python.exists() {
        make(&environment, &python, requirements)?;
        fs::write(&stamp, &wanted).expect("target can be written to");
    }
    Ok(python)
}

fn make(environment: &Path, python: &Path, requirements: &Path) -> Result<(), String> {
    let system = if cfg!(windows) { "python" } else { "python3" };
    let _ = fs::remove_dir_all(environment);
    run(Command::new(system).args(["-m", "venv"]).arg(environment))?;
    let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"];
    run(Command::new(python).args(install).arg(requirements))
}

/// Runs it, or says in one line why the tests cannot.
fn run(command: &mut Command) -> Result<(), String> {
    let shown = format!("{command:?}");
    let complaint = match command.output() {
        Ok(output) if output.status.success() => return Ok(()),
        Ok(output) => last_line(&output.stderr),
        Err(error) => error.to_string(),
    };
    Err(format!("{NEEDS}: {shown}: {complaint}"))
}

fn last_line(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.lines().rfind(|line| !line.trim().is_empty()).unwrap_or("no reason given").to_owned()
}
