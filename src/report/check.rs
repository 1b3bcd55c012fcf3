//! The results of a file of expectations as a document, for people, and as JUnit XML. The format `vpctui.check/1`
//! changes only by adding.

use serde::Serialize;

use super::page::{Cell, Page, Tone};
use super::safe_text::safe;
use super::text::{glyph, tone};
use crate::reach::Verdict;

/// The schema's name and version.
pub const SCHEMA: &str = "vpctui.check/1";

/// All results.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Document {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// One per entry, in the order of the file.
    pub results: Vec<CheckResult>,
    /// How many of which kind.
    pub counts: Counts,
}

/// What came of one entry.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CheckResult {
    /// The entry's own id, else its number from 1.
    pub id: String,
    /// As the entry says.
    pub from: String,
    /// As the entry says.
    pub to: String,
    /// `tcp`, `udp`, `icmp`, `icmpv6`, a number, or `all`.
    pub protocol: String,
    /// The port asked about, where it was one.
    pub port: Option<u16>,
    /// What the entry expects.
    pub expect: Option<Verdict>,
    /// The answer; nothing where the question could not be asked.
    pub verdict: Option<Verdict>,
    /// Whether the expectation holds; nothing where that cannot be told or nothing is expected.
    pub ok: Option<bool>,
    /// The answer in a sentence.
    pub summary: String,
    /// Why the question could not be asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// How many results of which kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// All of them.
    pub total: usize,
    /// Expectations that hold.
    pub ok: usize,
    /// Expectations that do not.
    pub failed: usize,
    /// Answers that are unknown.
    pub unknown: usize,
    /// Questions that could not be asked.
    pub errors: usize,
    /// Answers that nothing was expected of.
    pub unexpected: usize,
}

impl Document {
    /// Counts the results.
    pub fn new(results: Vec<CheckResult>) -> Self {
        let mut counts = Counts { total: results.len(), ..Counts::default() };
        for result in &results {
            let kind = match (result.verdict, result.ok) {
                (None, _) => &mut counts.errors,
                (_, Some(true)) => &mut counts.ok,
                (_, Some(false)) => &mut counts.failed,
                (Some(Verdict::Unknown), None) => &mut counts.unknown,
                (_, None) => &mut counts.unexpected,
            };
            *kind += 1;
        }
        Self { schema: SCHEMA, results, counts }
    }

    /// 1 if an expectation fails; else 2 if a question could not be asked; else 3 if an answer is unknown; else 0.
    pub fn exit_code(&self) -> u8 {
        let codes = [(self.counts.failed, 1), (self.counts.errors, 2), (self.counts.unknown, 3)];
        codes.into_iter().find(|(count, _)| *count > 0).map_or(0, |(_, code)| code)
    }
}

impl CheckResult {
    /// The answer, judged by what is expected.
    #[must_use]
    pub fn answered(self, verdict: Verdict, summary: String) -> Self {
        let ok = self.expect.filter(|_| verdict != Verdict::Unknown).map(|one| one == verdict);
        Self { verdict: Some(verdict), ok, summary, ..self }
    }

    /// Nothing, where the entry could not even be read.
    fn ends(&self) -> String {
        if self.from.is_empty() && self.to.is_empty() {
            return String::new();
        }
        format!("{} → {}", self.from, self.to)
    }

    fn flow(&self) -> String {
        let port = self.port.map(|port| format!(" {port}")).unwrap_or_default();
        format!("{}{port}", self.protocol)
    }
}

/// The results for people: what is not as expected first, with its reason; then the counts.
pub fn page(document: &Document) -> Page {
    let mut page = Page::new();
    let (fine, other): (Vec<_>, Vec<_>) =
        document.results.iter().partition(|result| result.ok == Some(true));
    for result in other {
        page.table(0, &[row(result)]);
        let why = result.error.as_ref().unwrap_or(&result.summary);
        page.prose(Tone::Dim, 4, why);
    }
    page.table(0, &fine.into_iter().map(row).collect::<Vec<_>>());
    page.gap();
    page.say(Tone::Strong, counted(&document.counts));
    page
}

fn row(result: &CheckResult) -> Vec<Cell> {
    let (mark, mark_tone) = match (result.ok, result.verdict) {
        (Some(true), _) => ("ok", Tone::Good),
        (Some(false), _) => ("FAILED", Tone::Bad),
        (None, None) => ("ERROR", Tone::Bad),
        (None, Some(Verdict::Unknown)) => ("unknown", Tone::Unsure),
        (None, Some(_)) => ("-", Tone::Plain),
    };
    let verdict = result.verdict.map(|verdict| format!("{} {verdict}", glyph(verdict)));
    let expected = result.expect.filter(|_| result.ok != Some(true));
    let expected = expected.map(|expected| format!("expected {expected}"));
    vec![
        (mark_tone, format!("{mark:7}")),
        (Tone::Dim, result.id.clone()),
        (Tone::Plain, result.ends()),
        (Tone::Plain, result.flow()),
        (result.verdict.map_or(Tone::Plain, tone), verdict.unwrap_or_default()),
        (Tone::Dim, expected.unwrap_or_default()),
    ]
}

fn counted(counts: &Counts) -> String {
    let parts = [
        (counts.ok, "as expected"),
        (counts.failed, "failed"),
        (counts.unknown, "unknown"),
        (counts.errors, "could not be asked"),
        (counts.unexpected, "without an expectation"),
    ];
    let parts = parts.into_iter().filter(|(count, _)| *count > 0);
    let parts: Vec<_> = parts.map(|(count, what)| format!("{count} {what}")).collect();
    if parts.is_empty() { "nothing to check".to_owned() } else { parts.join(", ") }
}

/// The results as JUnit XML, as CI systems read it.
pub fn junit(document: &Document) -> String {
    let counts = document.counts;
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"vpctui\" tests=\"{}\" failures=\"{}\" \
         errors=\"{}\" skipped=\"{}\">\n",
        counts.total, counts.failed, counts.errors, counts.unknown
    );
    for result in &document.results {
        out.push_str(&case(result));
    }
    out.push_str("</testsuite>\n");
    out
}

fn case(result: &CheckResult) -> String {
    let name = format!("{}: {} -> {}, {}", result.id, result.from, result.to, result.flow());
    let verdict = result.verdict.map_or("", Verdict::word);
    let inside = match (result.ok, result.verdict) {
        (_, None) => element("error", result.error.as_deref().unwrap_or_default()),
        (Some(false), _) => element("failure", &format!("{verdict}: {}", result.summary)),
        (None, Some(Verdict::Unknown)) => element("skipped", &result.summary),
        _ => String::new(),
    };
    format!("  <testcase classname=\"vpctui\" name=\"{}\">{inside}</testcase>\n", escaped(&name))
}

fn element(name: &str, message: &str) -> String {
    format!("<{name} message=\"{}\"/>", escaped(message))
}

fn escaped(text: &str) -> String {
    let text = safe(text);
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::{CheckResult, Document, junit};
    use crate::reach::Verdict;

    fn result(expect: Option<Verdict>, verdict: Option<Verdict>) -> CheckResult {
        let result = CheckResult { expect, ..CheckResult::default() };
        verdict.map_or(result.clone(), |verdict| result.answered(verdict, String::new()))
    }

    #[test]
    fn the_exit_code_is_the_gravest() {
        use Verdict::{Blocked, Partial, Reachable, Unknown};
        let holds = result(Some(Blocked), Some(Blocked));
        let fails = result(Some(Reachable), Some(Partial));
        let unknown = result(Some(Reachable), Some(Unknown));
        let error = result(Some(Reachable), None);
        let open = result(None, Some(Blocked));
        let code = |results: &[&CheckResult]| {
            Document::new(results.iter().copied().cloned().collect()).exit_code()
        };
        assert_eq!(code(&[]), 0);
        assert_eq!(code(&[&holds, &open]), 0);
        assert_eq!(code(&[&holds, &unknown]), 3);
        assert_eq!(code(&[&unknown, &error]), 2);
        assert_eq!(code(&[&unknown, &error, &fails]), 1);
    }

    #[test]
    fn xml_stays_xml() {
        let named = CheckResult { id: "<a&\"b\">\u{1b}".to_owned(), ..result(None, None) };
        let xml = junit(&Document::new(vec![named]));
        assert!(xml.contains("name=\"&lt;a&amp;&quot;b&quot;&gt;␛: "), "{xml}");
    }
}
