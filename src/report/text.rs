//! The answer to "can A reach B" for people: verdict and sentence, what blocks, what cannot be told, repairs, and the
//! ladder of checks of each path that differs from the others.

use super::alike::distinct;
use super::page::{Cell, Page, Tone};
use super::why::{Blocker, Component, Document, End, Fix, Path, Point, Step, StepOutcome, Unknown};
use super::words::counted;
use crate::reach::Verdict;

/// How many different paths are drawn.
const PATHS: usize = 3;

/// The answer as text.
pub fn page(document: &Document) -> Page {
    let mut page = Page::new();
    heading(document, &mut page);
    blockers(document, &mut page);
    unknowns(&document.unknowns, &mut page);
    fixes(document, &mut page);
    sentences("would not help", &document.tempting, &mut page);
    paths(&document.paths, &mut page);
    sentences("worth knowing", &document.notes, &mut page);
    page
}

/// The glyph of a verdict; it never stands without the word.
pub fn glyph(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Reachable => "✓",
        Verdict::Partial => "~",
        Verdict::Blocked => "✗",
        Verdict::Unknown => "?",
    }
}

/// What a verdict looks like.
pub fn tone(verdict: Verdict) -> Tone {
    match verdict {
        Verdict::Reachable => Tone::Good,
        Verdict::Blocked => Tone::Bad,
        Verdict::Partial | Verdict::Unknown => Tone::Unsure,
    }
}

fn heading(document: &Document, page: &mut Page) {
    let verdict = document.verdict;
    let (from, to) = (&document.from, &document.to);
    page.line([
        (tone(verdict), format!("{} {}", glyph(verdict), verdict.word())),
        (Tone::Plain, format!("  {}", kind(from))),
        (Tone::Strong, from.name.clone()),
        (Tone::Plain, format!(" → {}", kind(to))),
        (Tone::Strong, to.name.clone()),
        (Tone::Plain, format!("  {}", document.flow.text)),
    ]);
    page.prose(Tone::Plain, 0, &document.summary);
}

/// The kind of an end, unless its name says it already: "the internet".
fn kind(end: &End) -> String {
    if end.name.contains(end.kind) { String::new() } else { format!("{} ", end.kind) }
}

fn blockers(document: &Document, page: &mut Page) {
    if document.blockers.is_empty() {
        return;
    }
    page.gap();
    let count = counted(document.blockers.len(), "block");
    page.say(
        Tone::Strong,
        match document.verdict {
            Verdict::Reachable => "what blocks the rest".to_owned(),
            _ => format!("{count} to remove"),
        },
    );
    for blocker in &document.blockers {
        let direction = if blocker.direction == "return" { "  on the way back" } else { "" };
        page.line([
            (Tone::Bad, "  ✗ ".to_owned()),
            (Tone::Strong, component(&blocker.component)),
            (Tone::Dim, format!("  {}{direction}", blocker.code)),
        ]);
        page.prose(Tone::Plain, 4, &blocker.reason);
        let rule = deciding_rule(document, blocker);
        if let Some(rule) = rule.filter(|rule| !blocker.reason.contains(rule)) {
            page.prose(Tone::Dim, 4, format!("rule: {rule}"));
        }
        if let Some(no_fix) = blocker.no_fix {
            page.prose(Tone::Dim, 4, format!("no repair here: {no_fix}"));
        }
    }
}

/// The rule of the step that the blocker comes from.
fn deciding_rule<'a>(document: &'a Document, blocker: &Blocker) -> Option<&'a str> {
    let steps = document.paths.iter().flat_map(|path| path.forward.iter().chain(&path.back));
    let mut steps = steps.filter(|step| {
        step.outcome == StepOutcome::Block
            && step.code == Some(blocker.code)
            && step.component == blocker.component
    });
    steps.find_map(|step| step.rule.as_ref()).map(|rule| rule.text.as_str())
}

fn unknowns(unknowns: &[Unknown], page: &mut Page) {
    if unknowns.is_empty() {
        return;
    }
    page.gap();
    page.say(Tone::Strong, "what could not be told");
    for unknown in unknowns {
        page.line([
            (Tone::Unsure, "  ? ".to_owned()),
            (Tone::Strong, component(&unknown.component)),
            (Tone::Dim, format!("  {}", unknown.code)),
        ]);
        let needs = unknown.needs.as_ref().map(|action| format!(" (needs {action})"));
        page.prose(Tone::Plain, 4, format!("{}{}", unknown.reason, needs.unwrap_or_default()));
    }
}

fn fixes(document: &Document, page: &mut Page) {
    if document.fixes.is_empty() {
        return;
    }
    page.gap();
    page.say(Tone::Strong, "repairs, each tried out on a copy");
    for (at, fix) in document.fixes.iter().enumerate() {
        page.prose(Tone::Plain, 2, format!("{} {}", at + 1, fix.title));
        page.line([
            (Tone::Plain, format!("    {} ", then(document, fix))),
            (
                tone(fix.verdict_after),
                format!("{} {}", glyph(fix.verdict_after), fix.verdict_after),
            ),
            (Tone::Dim, opens(fix)),
            (
                Tone::Dim,
                if fix.also_opens == 0 {
                    String::new()
                } else {
                    format!(": --opens {} lists them", at + 1)
                },
            ),
        ]);
        for command in &fix.commands {
            page.say(Tone::Plain, format!("      {command}"));
        }
    }
}

/// A repair of one blocker among several leaves the verdict as it is.
pub fn then(document: &Document, fix: &Fix) -> &'static str {
    if fix.verdict_after == document.verdict { "then still" } else { "then" }
}

/// What a repair opens beside what it is for.
pub fn opens(fix: &Fix) -> String {
    match fix.also_opens {
        0 => ", opens nothing else".to_owned(),
        count => format!(", also opens something between {}", counted(count, "other pair")),
    }
}

fn sentences(title: &str, sentences: &[String], page: &mut Page) {
    if sentences.is_empty() {
        return;
    }
    page.gap();
    page.say(Tone::Strong, title);
    for sentence in sentences {
        page.prose(Tone::Plain, 2, sentence);
    }
}

/// The paths that do not work, the worst first, each with its ladder; those that differ in nothing but their addresses are
/// drawn once. Of what works, one ladder is enough, and none beside a path that does not.
fn paths(paths: &[Path], page: &mut Page) {
    let drawn = distinct(paths);
    let broken = drawn.iter().any(|(path, _)| path.verdict != Verdict::Reachable);
    let hidden = drawn.len().saturating_sub(PATHS);
    for (at, (path, count)) in drawn.into_iter().take(PATHS).enumerate() {
        page.gap();
        title(path, count, page);
        if path.verdict != Verdict::Reachable || (at == 0 && !broken) {
            ladder(path, page);
        }
    }
    if hidden > 0 {
        page.gap();
        page.say(Tone::Dim, format!("and {}: see --format json", counted(hidden, "other path")));
    }
}

fn title(path: &Path, count: usize, page: &mut Page) {
    let more = if count > 1 { format!(", and {} like it", count - 1) } else { String::new() };
    page.line([
        (Tone::Strong, format!("{} → {}", point(&path.from), point(&path.to))),
        (tone(path.verdict), format!("  {} {}", glyph(path.verdict), path.verdict)),
        (Tone::Dim, more),
    ]);
}

fn ladder(path: &Path, page: &mut Page) {
    let rows = rungs("there", &path.forward).into_iter().chain(rungs("back", &path.back));
    page.table(2, &rows.collect::<Vec<_>>());
}

/// Where a path starts or ends: its address, interface or subnet.
pub(super) fn point(point: &Point) -> String {
    let known = [&point.ip, &point.eni, &point.subnet];
    let known: Vec<&str> = known.into_iter().flatten().map(String::as_str).take(2).collect();
    if known.is_empty() { "outside".to_owned() } else { known.join(" ") }
}

fn rungs(direction: &str, steps: &[Step]) -> Vec<Vec<Cell>> {
    let shown = steps.iter().filter(|step| step.outcome != StepOutcome::Skipped).enumerate();
    let rung = |(at, step): (usize, &Step)| {
        let (glyph, tone) = outcome(step.outcome);
        let why = step.rule.as_ref().map(|rule| rule.text.as_str());
        // The reason of a block stands above, in full.
        let why = why.or(step.code.filter(|_| step.outcome == StepOutcome::Block));
        vec![
            (Tone::Dim, if at == 0 { direction.to_owned() } else { String::new() }),
            (tone, format!("{glyph} {}", step.check)),
            (Tone::Plain, component_name(&step.component)),
            (Tone::Dim, why.unwrap_or(&step.reason).to_owned()),
        ]
    };
    shown.map(rung).collect()
}

/// The glyph of a check, and what it looks like.
pub(super) fn outcome(outcome: StepOutcome) -> (&'static str, Tone) {
    match outcome {
        StepOutcome::Pass => ("✓", Tone::Good),
        StepOutcome::Block => ("✗", Tone::Bad),
        StepOutcome::Unknown => ("?", Tone::Unsure),
        StepOutcome::Skipped => ("·", Tone::Dim),
    }
}

/// `security-group sg-0a (rds-sg)`.
pub fn component(component: &Component) -> String {
    format!("{} {}", component.kind, component_name(component)).trim_end().to_owned()
}

/// `sg-0a (rds-sg)`.
pub(super) fn component_name(component: &Component) -> String {
    match &component.name {
        Some(name) if *name != component.id => format!("{} ({name})", component.id),
        _ => component.id.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::page;
    use crate::reach::Verdict;
    use crate::report::why::{
        Blocker, Component, Document, End, Fix, Flow, Path, Point, Rule, Step, StepOutcome, Unknown,
    };

    fn group(name: &str) -> Component {
        Component { kind: "security-group", id: "sg-0a".into(), name: Some(name.into()) }
    }

    fn step(outcome: StepOutcome, says: &str) -> Step {
        let rule = Rule { of: "sg-0a".into(), number: None, position: Some(0), text: says.into() };
        Step {
            check: "security-group-ingress",
            component: group("rds-sg"),
            outcome,
            extent: None,
            code: (outcome == StepOutcome::Block).then_some("ENI_SG_RULES_MISMATCH"),
            rule: (outcome != StepOutcome::Block).then_some(rule),
            reason: says.into(),
        }
    }

    fn path(ip: &str, verdict: Verdict, step: &Step) -> Path {
        let point = Point { eni: None, ip: Some(ip.into()), subnet: None, vpc: None };
        Path {
            from: point.clone(),
            to: Point { ip: Some("10.0.0.9".into()), ..point },
            verdict,
            forward: vec![step.clone()],
            back: Vec::new(),
        }
    }

    fn end(kind: &'static str, name: &str) -> End {
        End { kind, id: name.into(), name: name.into() }
    }

    #[test]
    fn an_answer_has_everything_in_the_order_of_its_use() {
        let block = step(StepOutcome::Block, "nothing lets tcp 5432 in");
        let pass = step(StepOutcome::Pass, "allow tcp 5432 from sg-0b");
        let blocker = Blocker {
            code: "ENI_SG_RULES_MISMATCH",
            component: group("rds\u{1b}[2Jsg"),
            direction: "return",
            reason: "nothing lets tcp 5432 in".into(),
            fixes: vec![0],
            no_fix: None,
        };
        let unknown = Unknown {
            code: "UNKNOWN_RESOURCE",
            component: group("far"),
            reason: "the table is in another account".into(),
            needs: Some("ec2:DescribeRouteTables".into()),
        };
        let fix = Fix {
            title: "Let lambda-sg in".into(),
            commands: vec!["aws ec2 authorize-security-group-ingress".into()],
            terraform: String::new(),
            verdict_after: Verdict::Reachable,
            also_opens: 2,
        };
        let document = Document {
            verdict: Verdict::Partial,
            summary: "export reaches orders-db only partly.".into(),
            flow: Flow { protocol: "tcp".into(), port: Some(5432), text: "tcp 5432".into() },
            from: end("lambda", "export"),
            to: end("internet", "the internet"),
            paths: vec![
                path("10.0.1.5", Verdict::Reachable, &pass),
                path("10.0.2.5", Verdict::Blocked, &block),
                path("10.0.3.5", Verdict::Blocked, &block),
            ],
            blockers: vec![blocker],
            unknowns: vec![unknown],
            fixes: vec![fix],
            tempting: vec!["A NAT gateway: traffic inside a VPC does not pass it.".into()],
            notes: vec!["Connections that are open live on.".into()],
            ..Document::default()
        };
        insta::assert_snapshot!(page(&document));
    }
}
