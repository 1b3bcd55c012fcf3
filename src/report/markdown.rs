//! The answer to "can A reach B" as markdown, to be pasted into an incident channel or a ticket.

use std::fmt::Write;

use super::graph::mermaid;
use super::safe_text::safe;
use super::text::{component, glyph, opens, then};
use super::why::Document;

/// The answer as markdown.
pub fn text(document: &Document) -> String {
    let mut out = String::new();
    // Writing into a string does not fail.
    let _ = write(document, &mut out);
    out
}

fn write(document: &Document, out: &mut String) -> std::fmt::Result {
    let verdict = document.verdict;
    let (from, to) = (plain(&document.from.name), plain(&document.to.name));
    let flow = plain(&document.flow.text);
    writeln!(out, "**{} {verdict}** — {from} → {to}, {flow}", glyph(verdict))?;
    writeln!(out, "\n{}", plain(&document.summary))?;
    picture(document, out)?;
    blockers(document, out)?;
    unknowns(document, out)?;
    fixes(document, out)?;
    list("Would not help", &document.tempting, out)?;
    list("Worth knowing", &document.notes, out)
}

fn picture(document: &Document, out: &mut String) -> std::fmt::Result {
    let picture = mermaid(document);
    if picture.is_empty() { Ok(()) } else { writeln!(out, "\n```mermaid\n{picture}```") }
}

fn blockers(document: &Document, out: &mut String) -> std::fmt::Result {
    let lines = document.blockers.iter().map(|blocker| {
        let back = if blocker.direction == "return" { " (way back)" } else { "" };
        let what = plain(&component(&blocker.component));
        let no_fix = blocker.no_fix.map(|why| format!(" — no repair here: {}", plain(why)));
        let (reason, no_fix) = (plain(&blocker.reason), no_fix.unwrap_or_default());
        format!("**{what}**{back}: {reason} `{}`{no_fix}", blocker.code)
    });
    raw_list("Blocked by", &lines.collect::<Vec<_>>(), out)
}

fn unknowns(document: &Document, out: &mut String) -> std::fmt::Result {
    let lines = document.unknowns.iter().map(|unknown| {
        let needs = unknown.needs.as_ref().map(|action| format!(", needs `{action}`"));
        let what = plain(&component(&unknown.component));
        format!("**{what}**: {}{}", plain(&unknown.reason), needs.unwrap_or_default())
    });
    raw_list("Could not be told", &lines.collect::<Vec<_>>(), out)
}

fn fixes(document: &Document, out: &mut String) -> std::fmt::Result {
    if document.fixes.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nRepairs, each tried out on a copy:\n")?;
    for (at, fix) in document.fixes.iter().enumerate() {
        let title = plain(&fix.title);
        let (then, after) = (then(document, fix), fix.verdict_after);
        writeln!(out, "{}. {title} — {then} {after}{}", at + 1, opens(fix))?;
        if !fix.commands.is_empty() {
            writeln!(out, "\n   ```sh")?;
            for command in &fix.commands {
                writeln!(out, "   {}", safe(command).replace("```", "'''"))?;
            }
            writeln!(out, "   ```")?;
        }
    }
    Ok(())
}

fn list(title: &str, sentences: &[String], out: &mut String) -> std::fmt::Result {
    let sentences: Vec<_> = sentences.iter().map(|sentence| plain(sentence)).collect();
    raw_list(title, &sentences, out)
}

fn raw_list(title: &str, lines: &[String], out: &mut String) -> std::fmt::Result {
    if lines.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{title}:\n")?;
    lines.iter().try_for_each(|line| writeln!(out, "- {line}"))
}

/// Text in which nothing is markup: names come from AWS and may hold anything.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in safe(text).chars() {
        if matches!(
            letter,
            '\\' | '&' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '@'
        ) {
            plain.push('\\');
        }
        plain.push(letter);
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::{plain, text};
    use crate::reach::Verdict;
    use crate::report::why::{Document, Fix};

    #[test]
    fn names_are_no_markup() {
        assert_eq!(plain("a*b_c<img>`x`"), "a\\*b\\_c\\<img\\>\\`x\\`");
        assert_eq!(plain("two\nlines"), "two␊lines");
    }

    #[test]
    fn a_fix_is_a_block_of_commands() {
        let fix = Fix {
            title: "Let lambda-sg in".to_owned(),
            commands: vec!["aws ec2 authorize-security-group-ingress".to_owned()],
            terraform: String::new(),
            verdict_after: Verdict::Reachable,
            also_opens: 0,
        };
        let document = Document { fixes: vec![fix], ..Document::default() };
        let expected = "\
1. Let lambda-sg in — then reachable, opens nothing else

   ```sh
   aws ec2 authorize-security-group-ingress
   ```
";
        assert!(text(&document).ends_with(expected), "{}", text(&document));
    }
}
