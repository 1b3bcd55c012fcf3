//! bash splits words at `:` and `=` and replaces the last piece only. So its script hands over the whole line, the words
//! are found here, and what bash will leave standing is taken off the proposals.

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::Path;

use clap::Command;
use clap_complete::engine::{CompletionCandidate, complete};
use clap_complete::env::EnvCompleter;

const SCRIPT: &str = include_str!("../../../assets/completions/vpctui.bash");

/// The way to ask that bash needs.
pub struct Bash;

impl EnvCompleter for Bash {
    fn name(&self) -> &'static str {
        "bash"
    }

    fn is(&self, name: &str) -> bool {
        name == "bash"
    }

    fn write_registration(
        &self,
        _: &str,
        _: &str,
        _: &str,
        _: &str,
        script: &mut dyn Write,
    ) -> io::Result<()> {
        script.write_all(SCRIPT.as_bytes())
    }

    /// `asked` is the line up to the cursor, and the piece of it that bash is about to replace.
    fn write_complete(
        &self,
        command: &mut Command,
        asked: Vec<OsString>,
        folder: Option<&Path>,
        proposals: &mut dyn Write,
    ) -> io::Result<()> {
        let words = typed(&asked);
        let last = words.len().saturating_sub(1);
        let word = words.last().map(|word| word.to_string_lossy().into_owned()).unwrap_or_default();
        let replaced = asked.get(1).map(|piece| piece.to_string_lossy()).unwrap_or_default();
        let standing = word.strip_suffix(&*replaced).unwrap_or_default();
        for candidate in complete(command, words, last, folder)? {
            writeln!(proposals, "{}", rest(&candidate, standing))?;
        }
        Ok(())
    }
}

/// The words of the line that was handed over; the last one is the one at the cursor, and may be empty.
pub fn typed(asked: &[OsString]) -> Vec<OsString> {
    let line = asked.first().map(|line| line.to_string_lossy()).unwrap_or_default();
    words(&line).into_iter().map(OsString::from).collect()
}

/// Splits as a shell does, quotes and backslashes taken away; a quote that is still open ends with the line.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), String::new(), None);
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        match (letter, quote) {
            ('\\', None | Some('"')) => word.extend(letters.next()),
            ('\'' | '"', None) => quote = Some(letter),
            (letter, Some(open)) if letter == open => quote = None,
            (letter, None) if letter.is_whitespace() => {
                if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
            }
            (letter, _) => word.push(letter),
        }
    }
    words.push(word);
    words
}

fn rest(candidate: &CompletionCandidate, standing: &str) -> String {
    let value = candidate.get_value().to_string_lossy();
    value.strip_prefix(standing).unwrap_or(&value).to_owned()
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn a_line_is_split_as_a_shell_does() {
        let cases: [(&str, &[&str]); 6] = [
            ("vpctui ", &["vpctui", ""]),
            ("vpctui  why lambda:ex", &["vpctui", "why", "lambda:ex"]),
            ("vpctui why 'two words' x", &["vpctui", "why", "two words", "x"]),
            (r#"vpctui why "a\"b" c\ d"#, &["vpctui", "why", "a\"b", "c d"]),
            ("vpctui why 'still open", &["vpctui", "why", "still open"]),
            ("", &[""]),
        ];
        for (line, expected) in cases {
            assert_eq!(words(line), expected, "{line}");
        }
    }
}
