//! The answer to "can A reach B" as a document: the JSON of `why`, and what the text, the markdown and the ladder on the
//! screen are drawn from. The format `vpctui.why/1` changes only by adding.

use serde::Serialize;

use super::{naming, notes, repairs, sentences, summary, tempting};
use crate::model::traffic::Traffic;
use crate::reach::answer::{self, Outcome};
use crate::reach::{self, Answer, Question, Verdict};
use crate::store::Store;

/// The schema's name and version.
pub const SCHEMA: &str = "vpctui.why/1";

/// Asks, and writes the answer out with its fixes: what `why` and the wizard show.
pub fn answer(store: &Store, question: &Question) -> Document {
    document(store, &reach::repair(store, question))
}

/// Asks for the verdict and its one sentence only, without fixes: what `check` needs, thousands of times a second.
pub fn brief(store: &Store, question: &Question) -> (Verdict, String) {
    let document = document(store, &reach::explain(store, question));
    (document.verdict, document.summary)
}

/// The network as it would be with fix number `at` of the answer.
pub fn with_fix(store: &Store, question: &Question, at: usize) -> Option<Store> {
    let answer = reach::repair(store, question);
    answer.fixes.get(at).map(|fix| reach::with_changes(store, &fix.changes))
}

/// Writes an answer out.
pub fn document(store: &Store, answer: &Answer) -> Document {
    let paths = answer.paths.iter().map(|path| path_of(store, path)).collect();
    let mut document = Document {
        schema: SCHEMA,
        verdict: answer.verdict,
        summary: String::new(),
        flow: naming::flow(&answer.question.flow),
        from: naming::end(store, &answer.question.from),
        to: naming::end(store, &answer.question.to),
        paths,
        blockers: Vec::new(),
        unknowns: Vec::new(),
        fixes: answer.fixes.iter().map(|fix| repairs::fix(store, fix)).collect(),
        tempting: tempting::tempting(store, answer),
        notes: notes::notes(store, answer),
    };
    document.blockers = blockers(&document.paths);
    document.blockers.iter_mut().for_each(|blocker| repaired_by(answer, blocker));
    document.unknowns = unknowns(answer, &document.paths);
    document.summary = summary::summary(&document, &naming::traffic(&got(answer)));
    document
}

/// What gets there by any path that works.
fn got(answer: &Answer) -> Traffic {
    let works = answer.paths.iter().filter(|path| path.verdict == Verdict::Reachable);
    works.fold(Traffic::empty(), |all, path| all.union(&path.forward.passed))
}

fn path_of(store: &Store, path: &answer::PathAnswer) -> Path {
    Path {
        from: naming::point(store, &path.from),
        to: naming::point(store, &path.to),
        verdict: path.verdict,
        forward: path.forward.steps.iter().map(|step| step_of(store, step)).collect(),
        back: path.back.steps.iter().map(|step| step_of(store, step)).collect(),
    }
}

fn step_of(store: &Store, step: &answer::Step) -> Step {
    let (outcome, extent) = match step.outcome {
        Outcome::Pass => (StepOutcome::Pass, None),
        Outcome::Block => (StepOutcome::Block, Some(Extent::All)),
        Outcome::BlockPart => (StepOutcome::Block, Some(Extent::Some)),
        Outcome::Unknown => (StepOutcome::Unknown, None),
        Outcome::Skipped => (StepOutcome::Skipped, None),
    };
    Step {
        check: sentences::check(step.check),
        component: naming::component(store, &step.component),
        outcome,
        extent,
        code: step.code.map(reach::Code::as_str),
        rule: step.rule.as_ref().map(|rule| naming::rule(store, rule)),
        reason: sentences::reason(store, step),
    }
}

/// Every block once, of whichever path; the way there before the way back.
fn blockers(paths: &[Path]) -> Vec<Blocker> {
    let mut found: Vec<Blocker> = Vec::new();
    for direction in ["forward", "return"] {
        for step in paths
            .iter()
            .flat_map(|path| if direction == "forward" { &path.forward } else { &path.back })
        {
            let blocker = Blocker {
                code: step.code.unwrap_or_default(),
                component: step.component.clone(),
                direction,
                reason: step.reason.clone(),
                fixes: Vec::new(),
                no_fix: None,
            };
            let known = found.iter().any(|old| {
                old.code == blocker.code
                    && old.component == blocker.component
                    && old.direction == direction
            });
            if step.outcome == StepOutcome::Block && !known {
                found.push(blocker);
            }
        }
    }
    found
}

/// Which repairs remove a blocker, or why there is none.
fn repaired_by(answer: &Answer, blocker: &mut Blocker) {
    let is_it = |one: &reach::Blocked| {
        let direction = if one.is_back { "return" } else { "forward" };
        one.code.as_str() == blocker.code
            && *one.component.id == *blocker.component.id
            && direction == blocker.direction
    };
    let removing = answer.fixes.iter().enumerate();
    let removing = removing.filter(|(_, fix)| fix.removes.iter().any(is_it));
    blocker.fixes = removing.map(|(at, _)| at).collect();
    let step = || {
        let paths = answer.paths.iter();
        let mut steps = paths.flat_map(|path| path.forward.steps.iter().chain(&path.back.steps));
        steps.find(|step| {
            let same = step.code.is_some_and(|code| code.as_str() == blocker.code);
            same && *step.component.id == *blocker.component.id
        })
    };
    if blocker.fixes.is_empty() {
        let told = step().and_then(|step| Some((step.code?, step.component.kind)));
        let is_searched = answer.verdict != Verdict::Unknown;
        let none_found = |code| is_searched.then(|| reach::none_found(code));
        blocker.no_fix =
            told.and_then(|(code, kind)| reach::no_repair(code, kind).or_else(|| none_found(code)));
    }
}

fn unknowns(answer: &Answer, paths: &[Path]) -> Vec<Unknown> {
    let raw =
        answer.paths.iter().flat_map(|path| path.forward.steps.iter().chain(&path.back.steps));
    let steps = paths.iter().flat_map(|path| path.forward.iter().chain(&path.back));
    let mut found: Vec<Unknown> = Vec::new();
    for (raw, step) in raw.zip(steps).filter(|(_, step)| step.outcome == StepOutcome::Unknown) {
        let needs = match raw.reason {
            answer::Reason::Lacks(envelope) => Some(envelope.call().action.to_owned()),
            _ => None,
        };
        let unknown = Unknown {
            code: step.code.unwrap_or_default(),
            component: step.component.clone(),
            reason: step.reason.clone(),
            needs,
        };
        if !found.contains(&unknown) {
            found.push(unknown);
        }
    }
    found
}

/// A whole answer, in sentences.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Document {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// The union over all paths.
    pub verdict: Verdict,
    /// One sentence a person can act on.
    pub summary: String,
    /// What was asked.
    pub flow: Flow,
    /// Where from.
    pub from: End,
    /// Where to.
    pub to: End,
    /// Every pair of candidate points, walked there and back.
    pub paths: Vec<Path>,
    /// Everything that stands in the way, once each.
    pub blockers: Vec<Blocker>,
    /// Everything that could not be told, once each.
    pub unknowns: Vec<Unknown>,
    /// Repairs, each proven.
    pub fixes: Vec<Fix>,
    /// Repairs that suggest themselves and do not help, or help too much.
    pub tempting: Vec<String>,
    /// What else is worth knowing and is no verdict: policies, time-outs, assumptions.
    pub notes: Vec<String>,
}

/// What was asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Flow {
    /// `tcp`, `udp`, `icmp`, `icmpv6`, a number, or `all`.
    pub protocol: String,
    /// Destination port, where one was asked for.
    pub port: Option<u16>,
    /// For people: `tcp 5432`, `icmp echo`, `all traffic`.
    pub text: String,
}

/// One end of the question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct End {
    /// `lambda`, `instance`, `network-interface`, `db-instance`, `internet`, `address`, ...
    pub kind: &'static str,
    /// AWS's id, the address, or empty for the internet.
    pub id: String,
    /// For people.
    pub name: String,
}

/// One candidate path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Path {
    /// Where it starts.
    pub from: Point,
    /// Where it ends.
    pub to: Point,
    /// What comes of it.
    pub verdict: Verdict,
    /// The way there.
    pub forward: Vec<Step>,
    /// The way back.
    #[serde(rename = "return")]
    pub back: Vec<Step>,
}

/// An interface and an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Point {
    /// Interface, if AWS shows one.
    pub eni: Option<String>,
    /// Address, if it is one; a prefix where any address of it may be used.
    pub ip: Option<String>,
    /// Subnet, inside a VPC.
    pub subnet: Option<String>,
    /// VPC, inside one.
    pub vpc: Option<String>,
}

/// One check on the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// `security-group-egress`, `network-acl-ingress`, `route`, ...
    pub check: &'static str,
    /// What was checked.
    pub component: Component,
    /// What came of it.
    pub outcome: StepOutcome,
    /// For a block: `all` of what was asked, or `some`.
    pub extent: Option<Extent>,
    /// Code of AWS Reachability Analyzer, or one of ours in its style.
    pub code: Option<&'static str>,
    /// The rule that decided.
    pub rule: Option<Rule>,
    /// A sentence.
    pub reason: String,
}

/// What came of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepOutcome {
    /// Lets it through.
    Pass,
    /// Stops it.
    Block,
    /// Cannot be told.
    Unknown,
    /// Does not apply here, such as an ACL inside one subnet.
    Skipped,
}

/// How much of what was asked a block stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Extent {
    /// Everything.
    All,
    /// A part, such as half of the ephemeral ports.
    Some,
}

/// A resource on the way.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Component {
    /// `security-group`, `network-acl`, `route-table`, `nat-gateway`, ...
    pub kind: &'static str,
    /// AWS's id.
    pub id: String,
    /// For people.
    pub name: Option<String>,
}

/// The rule that decided: which one, and what it says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// The group, ACL or table that it is in.
    pub of: String,
    /// Number of an ACL entry, if it is one.
    pub number: Option<u32>,
    /// Position in the list that AWS prints (groups: of the direction, one per source or destination), from 0.
    pub position: Option<usize>,
    /// What it says: `allow tcp 5432 from sg-0a`, `0.0.0.0/0 → nat-01`.
    pub text: String,
}

/// One reason why not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Blocker {
    /// Code.
    pub code: &'static str,
    /// What blocks.
    pub component: Component,
    /// `forward` or `return`.
    pub direction: &'static str,
    /// A sentence.
    pub reason: String,
    /// Repairs for it, as positions in [`Document::fixes`].
    pub fixes: Vec<usize>,
    /// Why the configuration of the network has no repair for it.
    pub no_fix: Option<&'static str>,
}

/// One thing that could not be told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unknown {
    /// Code.
    pub code: &'static str,
    /// What it is about.
    pub component: Component,
    /// A sentence.
    pub reason: String,
    /// The IAM action that would tell, if one would.
    pub needs: Option<String>,
}

/// A repair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fix {
    /// One line.
    pub title: String,
    /// AWS CLI, to be run by a person in this order.
    pub commands: Vec<String>,
    /// The same as Terraform.
    pub terraform: String,
    /// What the question's verdict is with it.
    pub verdict_after: Verdict,
    /// How many other pairs of interfaces it opens something between.
    pub also_opens: usize,
}
