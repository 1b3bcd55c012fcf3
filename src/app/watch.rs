//! Reading again by itself: how often, and less often while AWS says that it is too much or nothing can be read.

/// No pause is longer than so many times the one that was asked for.
const SLOWEST: i64 = 16;

/// A watch over the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Watch {
    /// Seconds between the end of a reading and the next one, as asked for.
    every: i64,
    /// How many times longer the pause is now.
    slowed: i64,
    /// AWS asked to slow down during this reading.
    throttled: bool,
    /// When the next reading begins, in seconds since 1970; none while one is under way.
    due: Option<i64>,
}

impl Watch {
    /// Reads again after so many seconds, of which there is at least one.
    pub fn every(seconds: u32) -> Self {
        Self { every: i64::from(seconds.max(1)), slowed: 1, throttled: false, due: None }
    }

    /// AWS asks to slow down.
    pub fn throttle(&mut self) {
        self.throttled = true;
    }

    /// A reading is over: the next pause is twice as long after a bad one, half as long after a good one.
    pub fn ended(&mut self, now: i64, well: bool) {
        let good = well && !std::mem::take(&mut self.throttled);
        self.slowed = if good { self.slowed / 2 } else { self.slowed * 2 }.clamp(1, SLOWEST);
        self.due = Some(now + self.pause());
    }

    /// Whether it is time; once it is, it is not again until the reading has ended.
    pub fn is_due(&mut self, now: i64) -> bool {
        self.due.take_if(|due| *due <= now).is_some()
    }

    /// A reading began without the watch.
    pub fn began(&mut self) {
        self.due = None;
    }

    /// Seconds until the next reading.
    pub fn remaining(&self, now: i64) -> Option<i64> {
        self.due.map(|due| (due - now).max(0))
    }

    /// Whether the pause is longer than was asked for.
    pub fn is_slowed(&self) -> bool {
        self.slowed > 1
    }

    fn pause(&self) -> i64 {
        self.every * self.slowed
    }
}

#[cfg(test)]
mod tests {
    use super::{SLOWEST, Watch};

    #[test]
    fn it_is_due_once_after_each_reading() {
        let mut watch = Watch::every(30);
        assert!(!watch.is_due(1_000), "the first reading is still under way");
        watch.ended(1_000, true);
        assert_eq!(watch.remaining(1_010), Some(20));
        assert!(!watch.is_due(1_029));
        assert!(watch.is_due(1_030));
        assert!(!watch.is_due(1_031));
    }

    #[test]
    fn throttling_and_failures_slow_it_down_up_to_an_end_and_good_readings_bring_it_back() {
        let mut watch = Watch::every(10);
        let mut pauses = Vec::new();
        for (throttled, well) in
            [(true, true), (false, false), (false, true), (false, true), (false, true)]
        {
            if throttled {
                watch.throttle();
            }
            watch.ended(0, well);
            pauses.push(watch.remaining(0).unwrap());
        }
        assert_eq!(pauses, [20, 40, 20, 10, 10]);
        (0..20).for_each(|_| watch.ended(0, false));
        assert_eq!(watch.remaining(0), Some(10 * SLOWEST));
    }
}
