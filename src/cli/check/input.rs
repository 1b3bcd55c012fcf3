//! A file of expectations: TOML with `[[check]]` tables, or JSON Lines.

use std::io::Read;
use std::path::Path;

use serde::Deserialize;

use crate::cli::expectation::Expectation;
use crate::cli::failure::Failure;
use crate::cli::flow::Typed;

/// One expectation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// How its result is called.
    pub id: Option<String>,
    /// Where the traffic comes from.
    pub from: String,
    /// Where it goes.
    pub to: String,
    protocol: Option<ProtocolText>,
    /// Destination port.
    pub port: Option<u16>,
    source_port: Option<u16>,
    icmp_type: Option<u8>,
    icmp_code: Option<u8>,
    /// The verdict that it should be.
    pub expect: Option<Expectation>,
}

/// An entry, or what is wrong with its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// An entry.
    Entry(Box<Entry>),
    /// What is wrong.
    Broken(String),
}

/// A name or a number.
#[derive(Clone, Debug, PartialEq, Eq)]
struct ProtocolText(String);

impl<'de> Deserialize<'de> for ProtocolText {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(ProtocolVisitor)
    }
}

struct ProtocolVisitor;

impl serde::de::Visitor<'_> for ProtocolVisitor {
    type Value = ProtocolText;

    fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("a protocol's name or number")
    }

    fn visit_str<E>(self, text: &str) -> Result<ProtocolText, E> {
        Ok(ProtocolText(text.to_lowercase()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<ProtocolText, E> {
        Ok(ProtocolText(number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<ProtocolText, E> {
        Ok(ProtocolText(number.to_string()))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Toml {
    #[serde(default)]
    check: Vec<toml::Spanned<toml::Table>>,
}

impl Entry {
    /// The protocol as the entry says; TCP if it does not.
    pub fn protocol(&self) -> String {
        let said = self.protocol.as_ref().map(|protocol| protocol.0.clone());
        said.unwrap_or_else(|| if self.icmp_type.is_some() { "icmp" } else { "tcp" }.to_owned())
    }

    /// Its traffic.
    pub fn typed(&self) -> Typed {
        Typed {
            protocol: Some(self.protocol()),
            port: self.port,
            source_port: self.source_port,
            icmp_type: self.icmp_type,
            icmp_code: self.icmp_code,
        }
    }
}

/// Reads a file, or stdin for `-`.
pub fn read(path: &Path) -> Result<Vec<Line>, Failure> {
    let text = if path == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map(|_| text)
    } else {
        std::fs::read_to_string(path)
    };
    let shown = path.display();
    let text = text.map_err(|error| {
        Failure::new(format!("{shown}: {error}"))
            .advise("give a file of expectations, or - for stdin")
    })?;
    parse(&text).map_err(|problem| {
        Failure::new(format!("{shown}: {problem}"))
            .advise("each [[check]] has `from`, `to` and `expect`; see `vpctui check --help`")
    })
}

/// JSON Lines begin with a brace, TOML never does. A broken entry spoils its own result only.
fn parse(text: &str) -> Result<Vec<Line>, String> {
    let text = text.trim_start_matches('\u{feff}');
    if !text.trim_start().starts_with('{') {
        let toml: Toml = toml::from_str(text).map_err(|error| {
            let line = error.span().map(|at| format!("line {}: ", line_at(text, at.start)));
            format!("{}{}", line.unwrap_or_default(), error.message())
        })?;
        return Ok(toml.check.into_iter().map(|table| of_table(text, table)).collect());
    }
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let lines = lines.map(|(at, line)| match serde_json::from_str(line) {
        Ok(entry) => Line::Entry(Box::new(entry)),
        Err(error) => Line::Broken(format!("line {}: {error}", at + 1)),
    });
    Ok(lines.collect())
}

fn of_table(text: &str, table: toml::Spanned<toml::Table>) -> Line {
    let line = line_at(text, table.span().start);
    match table.into_inner().try_into() {
        Ok(entry) => Line::Entry(Box::new(entry)),
        Err(error) => Line::Broken(format!("line {line}: {}", error.message())),
    }
}

/// The number of the line that holds a byte.
fn line_at(text: &str, byte: usize) -> usize {
    text.bytes().take(byte).filter(|byte| *byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::{Entry, Expectation, Line, ProtocolText, parse};

    fn entries(text: &str) -> Vec<Entry> {
        let lines = parse(text).expect("well-formed").into_iter();
        let entry = |line| match line {
            Line::Entry(entry) => *entry,
            Line::Broken(error) => panic!("{error}"),
        };
        lines.map(entry).collect()
    }

    #[test]
    fn both_forms_say_the_same() {
        let toml = "[[check]]\nid = 'db'\nfrom = 'lambda:export'\nto = 'rds:orders'\nport = 5432\nexpect = 'blocked'\n\
                    [[check]]\nfrom = 'a'\nto = 'b'\nprotocol = 47\n";
        let lines = r#"{"id": "db", "from": "lambda:export", "to": "rds:orders", "port": 5432, "expect": "blocked"}

            {"from": "a", "to": "b", "protocol": 47}"#;
        assert_eq!(entries(toml), entries(lines));
        let [first, second] = entries(lines).try_into().expect("two entries");
        assert_eq!((first.protocol().as_str(), first.expect), ("tcp", Some(Expectation::Blocked)));
        assert_eq!(second.protocol, Some(ProtocolText("47".to_owned())));
    }

    #[test]
    fn a_broken_entry_is_one_result_and_broken_toml_is_an_error() {
        let lines =
            parse("{\"from\": 1}\n{\"from\": \"a\", \"to\": \"b\"}\n{\"frm\": \"a\"}").unwrap();
        let broken = |line: &Line| matches!(line, Line::Broken(_));
        assert_eq!(lines.iter().map(broken).collect::<Vec<_>>(), [true, false, true]);
        assert!(matches!(&lines[2], Line::Broken(error) if error.starts_with("line 3: ")));
        let tables = parse("[[check]]\nfrom = 'a'\n\n[[check]]\nfrom = 'a'\nto = 'b'").unwrap();
        assert!(matches!(tables.as_slice(), [Line::Broken(_), Line::Entry(_)]), "{tables:?}");
        assert!(matches!(&tables[0], Line::Broken(error) if error.starts_with("line 1: ")));
        let error = parse("[[check]]\nfrom = 'a'\nto = ").unwrap_err();
        assert!(error.starts_with("line 3: ") && !error.contains('\n'), "{error}");
        assert!(parse("[[checks]]\nfrom = 'a'\nto = 'b'").is_err());
        assert_eq!(parse(""), Ok(Vec::new()));
    }
}
