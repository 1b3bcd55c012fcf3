//! Copies with the tools of the machine on which the program runs, after the terminal was told (OSC 52): some terminals do
//! not listen, and tmux passes nothing on unless it is told to.

use std::ffi::OsString;
use std::io::Write;
use std::process::{Command, Stdio};

/// A program that takes a text on stdin, and its arguments.
type Tool = &'static [&'static str];

const TMUX: Tool = &["tmux", "load-buffer", "-w", "-"];

/// Copies with the first tool that works, and says which that was.
pub fn copy(text: &str) -> Option<&'static str> {
    let mut tools = tools(std::env::consts::OS, |name| std::env::var_os(name)).into_iter();
    tools.find_map(|tool| give(tool, text))
}

fn give(tool: Tool, text: &str) -> Option<&'static str> {
    let (program, arguments) = tool.split_first()?;
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().ok()?;
    // The tool reads to the end of the pipe, which this closes.
    let given = child.stdin.take().is_some_and(|mut pipe| pipe.write_all(text.as_bytes()).is_ok());
    let well = child.wait().is_ok_and(|status| status.success());
    (given && well).then_some(program)
}

/// The tools that reach the user's clipboard: inside tmux its own, which hands the text on to the terminal; else those of
/// the desktop in front of the user, which over SSH is another machine's.
fn tools(system: &str, variable: impl Fn(&str) -> Option<OsString>) -> Vec<Tool> {
    let is_set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
    let mut tools: Vec<Tool> = Vec::new();
    if is_set("TMUX") {
        tools.push(TMUX);
    }
    if ["SSH_CONNECTION", "SSH_TTY"].into_iter().any(is_set) {
        return tools;
    }
    match system {
        "macos" => tools.push(&["pbcopy"]),
        "windows" => tools.push(&["clip"]),
        _ if is_set("WSL_DISTRO_NAME") => tools.push(&["clip.exe"]),
        _ => {}
    }
    if is_set("WAYLAND_DISPLAY") {
        tools.push(&["wl-copy"]);
    }
    if is_set("DISPLAY") {
        tools.push(&["xclip", "-selection", "clipboard"]);
        tools.push(&["xsel", "--input", "--clipboard"]);
    }
    tools
}

#[cfg(test)]
mod tests {
    use super::{give, tools};

    #[test]
    fn tools_are_those_of_the_machine_in_front_of_the_user() {
        let cases: [(&str, &[&str], &[&str]); 6] = [
            ("linux", &[], &[]),
            ("linux", &["DISPLAY"], &["xclip", "xsel"]),
            ("linux", &["WAYLAND_DISPLAY", "DISPLAY"], &["wl-copy", "xclip", "xsel"]),
            ("linux", &["TMUX", "SSH_TTY", "DISPLAY"], &["tmux"]),
            ("macos", &["TMUX"], &["tmux", "pbcopy"]),
            ("linux", &["WSL_DISTRO_NAME"], &["clip.exe"]),
        ];
        for (system, set, expected) in cases {
            let variable = |name: &str| set.contains(&name).then(|| "x".into());
            let names: Vec<_> = tools(system, variable).iter().map(|tool| tool[0]).collect();
            assert_eq!(names, expected, "{system} {set:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_tool_that_is_missing_or_fails_did_not_copy() {
        assert_eq!(give(&["cat"], "text"), Some("cat"));
        assert_eq!(give(&["false"], "text"), None);
        assert_eq!(give(&["no-such-tool-anywhere"], "text"), None);
    }
}
