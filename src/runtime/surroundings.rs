//! What surrounds the program: terminal, size, colours, characters, and the way to the clipboard. For bug reports.
//!
//! Input is the environment; nothing is changed, and the terminal is not asked anything that it would answer on stdin.

use std::env;
use std::io::IsTerminal;
use std::process::{Command, Stdio};

use super::clipboard::Between;

/// One thing that is so, and what is to be done about it if it is in the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What it is about, in a word.
    pub about: &'static str,
    /// How it is.
    pub is: String,
    /// What to do about it.
    pub advice: Option<String>,
}

impl Fact {
    /// Without advice.
    pub fn new(about: &'static str, is: impl Into<String>) -> Self {
        Self { about, is: is.into(), advice: None }
    }

    /// With advice, if there is any.
    #[must_use]
    pub fn advise(self, advice: Option<&str>) -> Self {
        Self { advice: advice.map(str::to_owned), ..self }
    }
}

/// Everything that is known of the terminal.
pub fn terminal() -> Vec<Fact> {
    let variable = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
    let mut facts = from_variables(&variable);
    facts.insert(1, size());
    facts.push(clipboard(Between::from_environment(), &tmux_option));
    facts
}

/// What the variables say, looked up by name.
fn from_variables(variable: &impl Fn(&str) -> Option<String>) -> Vec<Fact> {
    vec![kind(variable), colours(variable), characters(variable), between(variable)]
}

fn kind(variable: &impl Fn(&str) -> Option<String>) -> Fact {
    let program = [variable("TERM_PROGRAM"), variable("TERM_PROGRAM_VERSION")];
    let program: Vec<_> = program.into_iter().flatten().collect();
    let term = variable("TERM");
    let advice = match term.as_deref() {
        None => Some("TERM is not set: the screen may look wrong"),
        Some("dumb") => Some("a dumb terminal shows no screen; the commands work"),
        Some(_) => None,
    };
    let is = [vec![term.unwrap_or_else(|| "not set".to_owned())], program].concat().join(" ");
    Fact::new("TERM", is).advise(advice)
}

fn size() -> Fact {
    let stdout = std::io::stdout().is_terminal();
    match crossterm::terminal::size() {
        Ok((columns, rows)) if stdout => {
            let narrow = columns < 80 || rows < 24;
            let advice = narrow.then_some("80x24 and more show several panes at once");
            Fact::new("size", format!("{columns}x{rows}")).advise(advice)
        }
        _ => Fact::new("size", "stdout is no terminal"),
    }
}

fn colours(variable: &impl Fn(&str) -> Option<String>) -> Fact {
    let (deep, term) = (variable("COLORTERM"), variable("TERM").unwrap_or_default());
    let (is, advice) = match deep.as_deref() {
        _ if variable("NO_COLOR").is_some() => ("none: NO_COLOR is set", None),
        Some("truecolor" | "24bit") => ("16 million", None),
        _ if term.contains("256color") => ("256", None),
        _ if term == "dumb" => ("none", None),
        _ => ("16", Some("COLORTERM=truecolor, if the terminal can do it")),
    };
    Fact::new("colours", is).advise(advice)
}

/// The first of these that is set decides, as in the C library.
fn characters(variable: &impl Fn(&str) -> Option<String>) -> Fact {
    let deciding = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter();
    let mut deciding = deciding.filter_map(|name| Some((name, variable(name)?)));
    let Some((name, value)) = deciding.next() else {
        let advice = (!cfg!(windows)).then_some("set LANG to a UTF-8 locale if frames look wrong");
        return Fact::new("characters", "no locale is set").advise(advice);
    };
    let unicode = value.to_lowercase().replace('-', "").contains("utf8");
    let advice = (!unicode).then_some("frames and glyphs need a UTF-8 locale, such as C.UTF-8");
    Fact::new("characters", format!("{name}={value}")).advise(advice)
}

fn between(variable: &impl Fn(&str) -> Option<String>) -> Fact {
    let through = [("TMUX", "tmux"), ("STY", "screen"), ("ZELLIJ", "Zellij"), ("SSH_TTY", "SSH")];
    let through = through.into_iter().filter(|(name, _)| variable(name).is_some());
    let through: Vec<_> = through.map(|(_, word)| word).collect();
    Fact::new("through", if through.is_empty() { "nothing".to_owned() } else { through.join(", ") })
}

/// What the program sends is known; whether the terminal takes it shows only when it is pasted.
fn clipboard(between: Between, tmux: &impl Fn(&str) -> Option<String>) -> Fact {
    match between {
        Between::Nothing => Fact::new("clipboard", "OSC 52, straight to the terminal"),
        Between::Screen => Fact::new("clipboard", "OSC 52, in pieces through screen"),
        Between::Tmux => {
            let passes = tmux("allow-passthrough");
            let advice = (passes.as_deref() == Some("off"))
                .then_some("tmux drops what is copied: set -g allow-passthrough on");
            let setting = passes.unwrap_or_else(|| "not known".to_owned());
            Fact::new("clipboard", format!("OSC 52 through tmux, allow-passthrough {setting}"))
                .advise(advice)
        }
    }
}

/// The value of a global option of the tmux that the program runs in.
fn tmux_option(name: &str) -> Option<String> {
    let mut ask = Command::new("tmux");
    ask.args(["show-options", "-gwv", name]).stdin(Stdio::null());
    let output = ask.output().ok().filter(|output| output.status.success())?;
    let value = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    (!value.is_empty()).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::{Between, Fact, clipboard, from_variables};

    fn facts(set: &[(&str, &str)]) -> Vec<Fact> {
        let look = |name: &str| {
            set.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        };
        from_variables(&look)
    }

    fn is(set: &[(&str, &str)], about: &str) -> (String, bool) {
        let fact = facts(set).into_iter().find(|fact| fact.about == about).unwrap();
        (fact.is, fact.advice.is_some())
    }

    #[test]
    fn a_good_terminal_needs_no_advice() {
        let set = [
            ("TERM", "xterm-256color"),
            ("COLORTERM", "truecolor"),
            ("LANG", "ko_KR.UTF-8"),
            ("TERM_PROGRAM", "iTerm.app"),
            ("TMUX", "/tmp/tmux-0/default,1,0"),
            ("SSH_TTY", "/dev/pts/1"),
        ];
        assert!(facts(&set).iter().all(|fact| fact.advice.is_none()), "{:?}", facts(&set));
        assert_eq!(is(&set, "TERM").0, "xterm-256color iTerm.app");
        assert_eq!(is(&set, "through").0, "tmux, SSH");
    }

    #[test]
    fn what_is_in_the_way_is_named() {
        assert_eq!(is(&[], "TERM"), ("not set".to_owned(), true));
        assert_eq!(is(&[("LANG", "C")], "characters"), ("LANG=C".to_owned(), true));
        assert!(!is(&[("LC_ALL", "C.utf8"), ("LANG", "C")], "characters").1);
        assert_eq!(is(&[("TERM", "linux")], "colours"), ("16".to_owned(), true));
        let plain = [("TERM", "xterm"), ("NO_COLOR", "1")];
        assert_eq!(is(&plain, "colours"), ("none: NO_COLOR is set".to_owned(), false));
    }

    #[test]
    fn tmux_that_drops_what_is_copied_is_told_of() {
        let answer = |value: Option<&'static str>| move |_: &str| value.map(str::to_owned);
        assert!(clipboard(Between::Tmux, &answer(Some("off"))).advice.is_some());
        assert!(clipboard(Between::Tmux, &answer(Some("on"))).advice.is_none());
        assert!(clipboard(Between::Tmux, &answer(None)).is.contains("not known"));
        assert!(clipboard(Between::Nothing, &answer(None)).advice.is_none());
    }
}
