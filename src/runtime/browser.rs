//! Shows a page in the user's browser where one can be started here, and not over SSH on a machine far away.

use std::ffi::OsString;
use std::process::{Command, Stdio};

/// Opens a page; tells whether there is a browser here.
pub fn open(url: &str) -> bool {
    let opener = opener(std::env::consts::OS, |name| std::env::var_os(name));
    opener.is_some_and(|program| start(program, url))
}

/// The program gets the address as an argument of its own: no shell reads it.
fn start(program: &str, url: &str) -> bool {
    let mut command = Command::new(program);
    command.arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().is_ok()
}

/// The program that opens pages on the screen in front of the user, if this is the machine with that screen.
fn opener(system: &str, variable: impl Fn(&str) -> Option<OsString>) -> Option<&'static str> {
    let is_set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
    if ["SSH_CONNECTION", "SSH_TTY"].into_iter().any(is_set) {
        return None;
    }
    match system {
        "macos" => Some("open"),
        "windows" => Some("explorer"),
        _ if is_set("WSL_DISTRO_NAME") => Some("wslview"),
        _ => ["DISPLAY", "WAYLAND_DISPLAY"].into_iter().any(is_set).then_some("xdg-open"),
    }
}

#[cfg(test)]
mod tests {
    use super::opener;

    #[test]
    fn a_browser_is_started_only_in_front_of_the_user() {
        let cases: [(&str, &[&str], Option<&str>); 6] = [
            ("linux", &[], None),
            ("linux", &["DISPLAY"], Some("xdg-open")),
            ("linux", &["WAYLAND_DISPLAY", "SSH_TTY"], None),
            ("linux", &["WSL_DISTRO_NAME"], Some("wslview")),
            ("macos", &[], Some("open")),
            ("macos", &["SSH_CONNECTION"], None),
        ];
        for (system, set, expected) in cases {
            let variable = |name: &str| set.contains(&name).then(|| "x".into());
            assert_eq!(opener(system, variable), expected, "{system} {set:?}");
        }
    }
}
