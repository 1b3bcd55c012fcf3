//! Repairs of every scenario: what is proposed works when it is made, and each kind of blocker that configuration can
//! repair is repaired in one of them.

use std::collections::BTreeSet;

use serde::Deserialize;
use vpctui::reach::answer::{Kind, Outcome};
use vpctui::reach::{Answer, Code, Verdict, no_repair, repair, verdict, with_changes};
use vpctui::report::why;
use vpctui::store::Store;

use super::{changed, files, question, read, steps};
use crate::notation::Network;

fn answers() -> impl Iterator<Item = (String, Store, Answer)> {
    files().into_iter().flat_map(|path| {
        let scenario = read(&path);
        let asks = scenario.asks.into_iter().map(move |ask| {
            let network = changed(&scenario.network, &ask.change);
            let network = Network::deserialize(network).expect("a network");
            let store = Store::build(network.dump());
            let question = question(&store, &ask);
            let answer = repair(&store, &question);
            let name = path.file_stem().unwrap_or_default().display();
            (format!("{name}: {} -> {} {}", ask.from, ask.to, ask.flow), store, answer)
        });
        asks.collect::<Vec<_>>()
    })
}

#[test]
fn every_repair_holds_and_every_kind_of_blocker_that_can_be_repaired_is() {
    let (mut repaired, mut repairable) = (BTreeSet::new(), BTreeSet::new());
    for (name, store, answer) in answers() {
        repairable
            .extend(blockers(&answer).filter(|one| no_repair(one.0, one.1).is_none()).map(code));
        for fix in &answer.fixes {
            let after = verdict(&with_changes(&store, &fix.changes), &answer.question);
            assert_eq!(after, fix.verdict_after, "{name}: {:?}", fix.changes);
            let betters = after != answer.verdict && after != Verdict::Unknown;
            assert!(betters || !fix.removes.is_empty(), "{name}: {:?}", fix.changes);
            repaired.extend(fix.removes.iter().map(|one| code((one.code, one.component.kind))));
        }
    }
    let never: Vec<_> = repairable.difference(&repaired).collect();
    assert!(never.is_empty(), "said to be repairable, and never repaired: {never:?}");
}

fn blockers(answer: &Answer) -> impl Iterator<Item = (Code, Kind)> {
    let stops = steps(answer).filter(|step| step.outcome == Outcome::Block);
    stops.filter_map(|step| Some((step.code?, step.component.kind)))
}

/// Codes about the state of something are told apart by what it is.
fn code((code, kind): (Code, Kind)) -> String {
    match code {
        Code::BadState | Code::BadStateAttachment => format!("{} {kind:?}", code.as_str()),
        _ => code.as_str().to_owned(),
    }
}

#[test]
fn every_blocker_has_a_repair_or_tells_why_not() {
    for (name, store, answer) in answers() {
        if matches!(answer.verdict, Verdict::Blocked | Verdict::Partial) {
            let told = why::answer(&store, &answer.question).blockers;
            let silent: Vec<_> =
                told.iter().filter(|one| one.fixes.is_empty() && one.no_fix.is_none()).collect();
            assert!(silent.is_empty(), "{name}: {silent:?}");
        }
    }
}
