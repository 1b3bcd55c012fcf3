//! Repairs that suggest themselves and do not help, or help too much: named with the reason where they apply.

use crate::reach::answer::{Answer, Check, Outcome, PathAnswer, Site};
use crate::reach::{Code, End, Verdict};
use crate::store::{OwnerKind, Store};

/// The tempting repairs of an answer.
pub(super) fn tempting(store: &Store, answer: &Answer) -> Vec<String> {
    if answer.verdict == Verdict::Reachable {
        return Vec::new();
    }
    let found = [
        fixed_address(answer),
        open_to_everything(answer),
        public_database(store, answer),
        one_address(store, answer),
    ];
    found.into_iter().flatten().collect()
}

fn blocks(answer: &Answer, wanted: impl Fn(&crate::reach::answer::Step) -> bool) -> bool {
    let steps =
        answer.paths.iter().flat_map(|path| path.forward.steps.iter().chain(&path.back.steps));
    steps.filter(|step| step.outcome == Outcome::Block).any(wanted)
}

/// Whether it is a group that lets nothing like this in or out.
fn is_group(step: &crate::reach::answer::Step) -> bool {
    matches!(step.code, Some(Code::GroupRulesMismatch | Code::GroupHasNoRules))
}

fn is_inside(path: &PathAnswer) -> bool {
    matches!(path.to.site, Site::Interface(_))
}

/// NAT gateways are for the way out of a VPC (rule NAT-3): inside it nothing passes them.
fn fixed_address(answer: &Answer) -> Option<String> {
    let function = matches!(answer.question.from, End::Function(_));
    let database = matches!(answer.question.to, End::Database(_) | End::Cluster(_) | End::Proxy(_));
    let by_address =
        blocks(answer, |step| step.code == Some(Code::UnassociatedComponent) || is_group(step));
    (function && database && by_address && answer.paths.iter().any(is_inside)).then(|| {
        "A fixed address for the function through a NAT gateway does not help: traffic inside a VPC does not pass the \
         NAT gateway, so the database would never see that address."
            .into()
    })
}

fn open_to_everything(answer: &Answer) -> Option<String> {
    let shut = blocks(answer, |step| step.check == Check::SecurityGroupIngress);
    let everybody_asks = answer.question.from == End::Internet;
    (shut && !everybody_asks).then(|| {
        "Opening the group to 0.0.0.0/0 would work for the group, and let in everything else that can route there: a \
         rule for this source alone is enough."
            .into()
    })
}

/// From outside a publicly accessible database is called by addresses of AWS that nobody can list (rule L-1).
fn public_database(store: &Store, answer: &Answer) -> Option<String> {
    let End::Database(arn) = &answer.question.to else { return None };
    let private = store.databases.get(arn)?.publicly_accessible != Some(true);
    let outside = blocks(answer, |step| {
        matches!(step.code, Some(Code::UnassociatedComponent | Code::DisconnectedVpcs))
    });
    (private && outside).then(|| {
        "Making the database publicly accessible does not help either: it would be called from addresses that are not \
         yours or change, so its group would have to let in far more than the caller."
            .into()
    })
}

/// Addresses of functions and of most services change; the group stays.
fn one_address(store: &Store, answer: &Answer) -> Option<String> {
    let by_group = blocks(answer, is_group);
    let moving = answer.paths.iter().any(|path| match path.from.site {
        Site::Interface(at) | Site::Public(at) => {
            let kind = store.interface(at).owner.kind;
            !matches!(kind, OwnerKind::Instance | OwnerKind::Nobody | OwnerKind::Unknown)
        }
        // It gets its addresses once it is attached.
        Site::ServiceNetwork(_) => true,
        Site::Outside | Site::Nowhere(_) => false,
    });
    (by_group && moving && answer.paths.iter().any(is_inside)).then(|| {
        "A rule for the one address that the source has on some day breaks when AWS gives it another: refer to its group."
            .into()
    })
}
