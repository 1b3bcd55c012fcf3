//! Parse, call the library, turn the outcome into an exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(vpctui::cli::run(std::env::args_os()))
}
