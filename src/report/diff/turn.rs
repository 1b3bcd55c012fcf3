//! Which traffic of a flip turned, and how. What one of the two readings does not know has neither opened nor closed:
//! it is known no longer, or known now.

use crate::model::traffic::Traffic;
use crate::reach::flips::{Fate, Flip};
use crate::report::reach::traffic_words;

/// The traffic of a flip, by how it turned.
pub(super) struct Turn {
    /// It gets there, and surely did not.
    pub gained: Traffic,
    /// It got there, and surely does not.
    pub lost: Traffic,
    /// It is unknown, and was not.
    pub no_longer_known: Traffic,
    /// It was unknown, and is not.
    pub known_now: Traffic,
    /// The part of that which gets there.
    known_to_pass: Traffic,
}

impl Turn {
    pub(super) fn of(flip: &Flip) -> Self {
        let (before, after) = (flip.before.allowed(), flip.after.allowed());
        let (unknown_before, unknown_after) = (unsure(&flip.before), unsure(&flip.after));
        let known_now = unknown_before.difference(&unknown_after);
        Self {
            gained: after.difference(&before).difference(&unknown_before),
            lost: before.difference(&after).difference(&unknown_after),
            no_longer_known: unknown_after.difference(&unknown_before),
            known_to_pass: known_now.intersection(&after),
            known_now,
        }
    }

    /// In words.
    pub(super) fn text(&self, flip: &Flip) -> String {
        let (before, after) = (flip.before.answered(), flip.after.answered());
        let works = !flip.before.allowed().is_empty() && !flip.after.allowed().is_empty();
        let answered = works && before != after;
        let answered =
            answered.then(|| format!("answered: {} before, {} now", before.word(), after.word()));
        let parts = [
            said("opened", &self.gained),
            said("closed", &self.lost),
            answered,
            said("no longer known:", &self.no_longer_known),
            self.told_now(),
        ];
        let parts: Vec<_> = parts.into_iter().flatten().collect();
        match parts.as_slice() {
            [] => "for other addresses than before".to_owned(),
            parts => parts.join("; "),
        }
    }

    /// What became known, and whether it gets there.
    fn told_now(&self) -> Option<String> {
        let open = said("known now, open:", &self.known_to_pass);
        open.or_else(|| said("known now, closed:", &self.known_now))
    }
}

/// What may get there and is not sure to from any of the addresses.
fn unsure(fate: &Fate) -> Traffic {
    fate.unknown().difference(&fate.allowed())
}

fn said(word: &str, traffic: &Traffic) -> Option<String> {
    (!traffic.is_empty()).then(|| format!("{word} {}", traffic_words(traffic)))
}
