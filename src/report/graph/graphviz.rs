//! Text inside of Graphviz's quotes.

use crate::report::safe_text::safe;

/// Lines of a label, in quotes.
pub fn label<'a>(lines: impl IntoIterator<Item = &'a str>) -> String {
    let lines: Vec<_> = lines.into_iter().map(escaped).collect();
    format!("\"{}\"", lines.join("\\n"))
}

/// One line, in quotes.
pub fn quoted(text: &str) -> String {
    label([text])
}

/// Graphviz reads escapes behind a backslash, and the entities of HTML.
fn escaped(text: &str) -> String {
    safe(text).replace('\\', "\\\\").replace('"', "\\\"").replace('&', "&amp;")
}

#[cfg(test)]
mod tests {
    use super::{label, quoted};

    #[test]
    fn names_stay_inside_of_the_quotes() {
        assert_eq!(quoted(r#"a"]; b [label="x"#), r#""a\"]; b [label=\"x""#);
        assert_eq!(quoted(r"ends with \"), r#""ends with \\""#);
        assert_eq!(quoted(r"\N &lt;"), r#""\\N &amp;lt;""#);
        assert_eq!(quoted("two\nlines"), "\"two␊lines\"");
        assert_eq!(label(["one", "two"]), r#""one\ntwo""#);
    }
}
