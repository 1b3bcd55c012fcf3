//! The answer to "can A reach B" as a document: the JSON of `why`, and what the text, the markdown and the ladder on the
//! screen are drawn from. The format `vpctui.why/1` changes only by adding.

use serde::Serialize;

use crate::reach::{Question, Verdict};
use crate::store::Store;

/// The schema's name and version.
pub const SCHEMA: &str = "vpctui.why/1";

/// Asks, and writes the answer out with its fixes: what `why` and the wizard show.
pub fn answer(store: &Store, question: &Question) -> Document {
    let _ = (store, question);
    Document::default()
}

/// Asks for the verdict and its one sentence only, without fixes: what `check` needs, thousands of times a second.
pub fn brief(store: &Store, question: &Question) -> (Verdict, String) {
    let document = answer(store, question);
    (document.verdict, document.summary)
}

/// The network as it would be with fix number `at` of the answer.
pub fn with_fix(store: &Store, question: &Question, at: usize) -> Option<Store> {
    let document = answer(store, question);
    document.fixes.get(at).map(|_| store.clone())
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
