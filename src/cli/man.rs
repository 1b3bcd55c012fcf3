//! `vpctui man`: the whole manual as one page, out of the same definition as the help.

use std::io;

use clap::{Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};

use super::failure::Failure;
use super::output::Outcome;

/// The manual: every command on one page, for `man`
///
/// Read it with `vpctui man | man -l -`, or keep it: vpctui man > ~/.local/share/man/man1/vpctui.1
#[derive(Debug, clap::Args)]
pub struct Arguments {}

/// Prints it.
pub fn run(_: &Arguments) -> Result<Outcome, Failure> {
    let page = page(super::Arguments::command())
        .map_err(|error| Failure::new(format!("the manual cannot be made: {error}")))?;
    Ok(Outcome::text(String::from_utf8_lossy(&page)))
}

/// The page of the program, then a section for each command.
fn page(mut command: Command) -> io::Result<Vec<u8>> {
    command.build();
    let mut page = Vec::new();
    let commands: Vec<Command> = command.get_subcommands().cloned().collect();
    let man = Man::new(command);
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    for command in commands.into_iter().filter(|command| command.get_name() != "help") {
        page.extend(section(command)?);
    }
    man.render_extra_section(&mut page)?;
    Ok(page)
}

/// One command. Its headings become those of a lower rank, and the options that all commands share stand above.
fn section(command: Command) -> io::Result<Vec<u8>> {
    let name = format!("vpctui {}", command.get_name()).to_uppercase();
    let own = command.mut_args(|arg| if arg.is_global_set() { arg.hide(true) } else { arg });
    let man = Man::new(own);
    let mut parts = Vec::new();
    man.render_synopsis_section(&mut parts)?;
    man.render_description_section(&mut parts)?;
    man.render_options_section(&mut parts)?;
    let parts = String::from_utf8_lossy(&parts).replace("\n.SH ", "\n.SS ");
    let mut heading = Roff::new().control("SH", [name.as_str()]).text([roman("")]).to_roff();
    heading.push_str(&parts);
    Ok(heading.into_bytes())
}
