//! Remembers that nobody answers, so that a dead network is told after one round of attempts and not after fifty.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use super::fault::{Fault, Kind};

/// Whether anybody has answered.
#[derive(Default)]
pub(super) struct Silence {
    answered: AtomicBool,
    unreachable: OnceLock<Fault>,
}

impl Silence {
    /// Why asking is of no use, if it is of none.
    pub(super) fn reason(&self) -> Option<Fault> {
        let answered = self.answered.load(Ordering::Relaxed);
        self.unreachable.get().filter(|_| !answered).cloned()
    }

    pub(super) fn note<T>(&self, outcome: &Result<T, Fault>) {
        match outcome {
            Err(fault) if fault.kind == Kind::Unreachable => {
                self.unreachable.get_or_init(|| fault.clone());
            }
            _ => self.answered.store(true, Ordering::Relaxed),
        }
    }
}
