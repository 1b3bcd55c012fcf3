//! Completion in the shell, live: a script asks the program itself what may come next (`VPCTUI_COMPLETE=SHELL vpctui --
//! WORDS`), so it knows the profiles of this machine, the embedded networks, and what a snapshot holds.
//!
//! clap's engine walks the command line; [`values`] is the table of what it cannot know, [`bash`] the way to ask that
//! bash needs.

mod bash;
mod ends;
pub mod machine;
mod values;

use std::ffi::OsString;
use std::io::Write;

use clap::{CommandFactory, ValueEnum};
use clap_complete::env::{EnvCompleter, Fish, Powershell, Zsh};

use self::bash::Bash;
use super::failure::Failure;
use super::output::{self, Outcome};

/// The variable with which a script asks.
const VARIABLE: &str = "VPCTUI_COMPLETE";
/// The program as the scripts call it: whichever one the shell finds.
const PROGRAM: &str = "vpctui";
/// clap's script for zsh only registers; where zsh loads it from $fpath at the first Tab, it has to answer that too.
const ZSH_FIRST_TAB: &str =
    "[[ $funcstack[1] != _vpctui ]] || _clap_dynamic_completer_vpctui \"$@\"\n";

/// A script that makes your shell complete commands, profiles, regions, demos and names
///
/// The shell asks the program itself, so it knows the profiles of this machine and what a snapshot or demo holds.
///
/// bash, in ~/.bashrc:      source <(vpctui completions bash)
/// zsh, in ~/.zshrc:        source <(vpctui completions zsh)      # after compinit
/// fish, in config.fish:    vpctui completions fish | source
/// PowerShell, in $PROFILE: vpctui completions powershell | Out-String | Invoke-Expression
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// Which shell
    shell: Shell,
}

/// The shells that can ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Shell {
    Bash,
    Zsh,
    Fish,
    Powershell,
}

impl Shell {
    fn completer(self) -> &'static dyn EnvCompleter {
        match self {
            Self::Bash => &Bash,
            Self::Zsh => &Zsh,
            Self::Fish => &Fish,
            Self::Powershell => &Powershell,
        }
    }
}

/// Prints the script.
pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    let completer = arguments.shell.completer();
    completer
        .write_registration(VARIABLE, PROGRAM, PROGRAM, PROGRAM, &mut script)
        .map_err(|error| Failure::new(format!("the script cannot be made: {error}")))?;
    if arguments.shell == Shell::Zsh {
        script.extend_from_slice(ZSH_FIRST_TAB.as_bytes());
    }
    Ok(Outcome::text(String::from_utf8_lossy(&script)))
}

/// Answers a script that asks, and tells the exit code; `None` if it is a person who calls.
pub fn answer(arguments: &[OsString]) -> Option<u8> {
    let shell = std::env::var(VARIABLE).ok().filter(|shell| !shell.is_empty())?;
    let Ok(shell) = Shell::from_str(&shell, true) else {
        let known = "completion knows bash, zsh, fish and powershell";
        return Some(output::complain(&Failure::new(format!("{VARIABLE}={shell}: {known}"))));
    };
    let words = arguments.iter().skip_while(|word| *word != "--").skip(1).cloned().collect();
    Some(match propose(shell, words) {
        Ok(()) => 0,
        Err(error) => output::complain(&Failure::new(error.to_string())),
    })
}

fn propose(shell: Shell, words: Vec<OsString>) -> std::io::Result<()> {
    let typed = if shell == Shell::Bash { bash::typed(&words) } else { words.clone() };
    let mut command = values::attached(super::Arguments::command(), typed);
    let folder = std::env::current_dir().ok();
    let mut proposals = Vec::new();
    shell.completer().write_complete(&mut command, words, folder.as_deref(), &mut proposals)?;
    std::io::stdout().write_all(&proposals)
}
