//! How many requests one service of one account and region gets at the same time: more while all goes well, half as many
//! when it says that it is too much.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{Semaphore, SemaphorePermit};

/// To begin with: all calls of the table that depend on no other. EC2 lets 50 pass at once, and 20 a second after that.
const FIRST: usize = 32;
/// Never more than this, usually.
const MOST: usize = 64;
/// Requests that were under way together are refused together: that is one reason to slow down, not many.
const BETWEEN_CUTS: Duration = Duration::from_secs(1);

/// The pace of one service; a clone is the same pace.
#[derive(Clone, Debug)]
pub(super) struct Pace(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    room: Semaphore,
    window: Mutex<Window>,
}

/// The additive-increase, multiplicative-decrease window of congestion control.
#[derive(Debug)]
struct Window {
    size: usize,
    /// It never grows beyond this.
    most: usize,
    /// Requests that are under way and whose room is not to be given out again.
    excess: usize,
    answers: usize,
    cut: Option<Instant>,
}

/// The right to make one request.
pub(super) struct Turn<'a> {
    pace: &'a Pace,
    permit: Option<SemaphorePermit<'a>>,
}

impl Default for Pace {
    fn default() -> Self {
        Self::new(FIRST, MOST)
    }
}

impl Pace {
    /// So many at the same time and no more, however well it goes.
    pub(super) fn of(most: usize) -> Self {
        Self::new(most, most)
    }

    fn new(size: usize, most: usize) -> Self {
        let window = Window { size, most, excess: 0, answers: 0, cut: None };
        Self(Arc::new(Shared { room: Semaphore::new(size), window: Mutex::new(window) }))
    }

    /// Waits for room.
    pub(super) async fn turn(&self) -> Turn<'_> {
        // The semaphore is never closed.
        Turn { pace: self, permit: self.0.room.acquire().await.ok() }
    }

    /// AWS answered: after as many answers as there is room, there is room for one more.
    pub(super) fn answered(&self) {
        let more = self.window(Window::answered);
        self.0.room.add_permits(usize::from(more));
    }

    /// AWS says that it is too much.
    pub(super) fn throttled(&self, now: Instant) {
        self.window(|window| window.cut(now));
    }

    fn window<T>(&self, change: impl FnOnce(&mut Window) -> T) -> T {
        // A panic elsewhere leaves plain numbers behind.
        change(&mut self.0.window.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Window {
    /// Whether there is room for one more.
    fn answered(&mut self) -> bool {
        self.answers += 1;
        if self.answers < self.size || self.size >= self.most {
            return false;
        }
        self.answers = 0;
        self.size += 1;
        let wider = self.excess == 0;
        self.excess = self.excess.saturating_sub(1);
        wider
    }

    fn cut(&mut self, now: Instant) {
        if self.cut.is_some_and(|last| now.duration_since(last) < BETWEEN_CUTS) {
            return;
        }
        let half = (self.size / 2).max(1);
        self.excess += self.size - half;
        (self.size, self.answers, self.cut) = (half, 0, Some(now));
    }

    /// Whether the room of a request that is over is not to be given out again.
    fn shrinks(&mut self) -> bool {
        let shrinks = self.excess > 0;
        self.excess = self.excess.saturating_sub(1);
        shrinks
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        if let Some(permit) = self.permit.take()
            && self.pace.window(Window::shrinks)
        {
            permit.forget();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use futures::FutureExt;

    use super::{BETWEEN_CUTS, FIRST, MOST, Pace, Turn};

    fn all_turns(pace: &Pace) -> Vec<Turn<'_>> {
        std::iter::from_fn(|| pace.turn().now_or_never()).collect()
    }

    #[test]
    fn a_refusal_halves_the_room_once_and_never_to_nothing() {
        let (pace, start) = (Pace::default(), Instant::now());
        let turns = all_turns(&pace);
        assert_eq!(turns.len(), FIRST);
        for _turn in &turns {
            pace.throttled(start);
        }
        drop(turns);
        assert_eq!(all_turns(&pace).len(), FIRST / 2, "refused together, slowed down once");
        for later in 1..20 {
            pace.throttled(start + BETWEEN_CUTS * later);
            drop(all_turns(&pace));
        }
        assert_eq!(all_turns(&pace).len(), 1);
    }

    #[test]
    fn answers_widen_it_one_by_one_up_to_an_end() {
        let pace = Pace::default();
        (0..FIRST).for_each(|_| pace.answered());
        assert_eq!(all_turns(&pace).len(), FIRST + 1);
        (0..MOST * MOST).for_each(|_| pace.answered());
        assert_eq!(all_turns(&pace).len(), MOST);
    }

    #[test]
    fn room_that_comes_back_while_it_is_too_much_pays_the_debt_first() {
        let (pace, start) = (Pace::default(), Instant::now());
        let turns = all_turns(&pace);
        pace.throttled(start);
        (0..FIRST / 2).for_each(|_| pace.answered());
        drop(turns);
        assert_eq!(all_turns(&pace).len(), FIRST / 2 + 1);
        pace.throttled(start + Duration::from_millis(1));
        assert_eq!(all_turns(&pace).len(), FIRST / 2 + 1, "too soon after the last time");
    }
}
