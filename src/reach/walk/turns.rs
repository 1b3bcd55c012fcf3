//! Choices that AWS makes by itself: each of them is walked in its turn.

/// Which way a walk takes where several are as good as each other, and how many such ways there are.
#[derive(Clone, Copy, Debug)]
pub(in crate::reach) struct Turns {
    rest: usize,
    all: usize,
}

impl Turns {
    /// Of all ways, the one with this number.
    pub(in crate::reach) fn number(number: usize) -> Self {
        Self { rest: number, all: 1 }
    }

    /// Chooses among so many.
    pub(super) fn next(&mut self, of: usize) -> usize {
        let of = of.max(1);
        let turn = self.rest % of;
        self.rest /= of;
        self.all = self.all.saturating_mul(of);
        turn
    }

    /// How many ways there are, once one of them is walked.
    pub(in crate::reach) fn all(self) -> usize {
        self.all
    }
}
