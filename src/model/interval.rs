//! Exact sets of whole numbers as sorted intervals: ports, ICMP type and code, addresses.

use std::fmt;

use smallvec::{Array, SmallVec, smallvec};

/// A number type that intervals can be made of.
pub trait Bound: Copy + Ord + fmt::Debug {
    /// Smallest value.
    const FIRST: Self;
    /// Largest value.
    const LAST: Self;
    /// As many intervals as sets hold without a heap: where a pointer and a length would be otherwise.
    type Inline: Array<Item = (Self, Self)>;
    /// The next larger value; never asked of [`Self::LAST`].
    #[must_use]
    fn after(self) -> Self;
    /// The next smaller value; never asked of [`Self::FIRST`].
    #[must_use]
    fn before(self) -> Self;
}

macro_rules! bounds {
    ($($number:ty: $inline:literal)*) => { $(impl Bound for $number {
        const FIRST: Self = <$number>::MIN;
        const LAST: Self = <$number>::MAX;
        type Inline = [($number, $number); $inline];
        fn after(self) -> Self {
            self.saturating_add(1)
        }
        fn before(self) -> Self {
            self.saturating_sub(1)
        }
    })* };
}

bounds!(u8: 8 u16: 4 u32: 2 u128: 1);

/// A set of numbers: sorted, disjoint intervals that do not touch, both ends included.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct IntervalSet<T: Bound>(Intervals<T>);

/// Most sets are one port, one range or everything: they need no heap.
type Intervals<T> = SmallVec<<T as Bound>::Inline>;

impl<T: Bound> IntervalSet<T> {
    /// Nothing.
    #[must_use]
    pub fn empty() -> Self {
        Self(SmallVec::new())
    }

    /// Everything.
    #[must_use]
    pub fn full() -> Self {
        Self(smallvec![(T::FIRST, T::LAST)])
    }

    /// All from `first` to `last`, both included; nothing if they are the wrong way round.
    #[must_use]
    pub fn range(first: T, last: T) -> Self {
        if first <= last { Self(smallvec![(first, last)]) } else { Self::empty() }
    }

    /// One number.
    #[must_use]
    pub fn one(value: T) -> Self {
        Self(smallvec![(value, value)])
    }

    /// The intervals in ascending order.
    #[must_use]
    pub fn intervals(&self) -> &[(T, T)] {
        &self.0
    }

    /// Whether it holds nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether it holds everything.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.0.as_slice() == [(T::FIRST, T::LAST)]
    }

    /// Whether it holds `value`.
    #[must_use]
    pub fn contains(&self, value: T) -> bool {
        let after = self.0.partition_point(|(first, _)| *first <= value);
        after.checked_sub(1).and_then(|at| self.0.get(at)).is_some_and(|(_, last)| value <= *last)
    }

    /// Some member, the smallest, if there is one.
    #[must_use]
    pub fn witness(&self) -> Option<T> {
        self.0.first().map(|(first, _)| *first)
    }

    /// What is in either.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        let (mut mine, mut theirs) = (self.0.iter().peekable(), other.0.iter().peekable());
        let next = std::iter::from_fn(|| match (mine.peek(), theirs.peek()) {
            (Some(a), Some(b)) if b < a => theirs.next(),
            (Some(_), _) => mine.next(),
            (None, _) => theirs.next(),
        });
        Self(merged(next.copied()))
    }

    /// What is in both.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        let (mut mine, mut theirs) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut both = Intervals::<T>::new();
        while let (Some(&&(a, b)), Some(&&(c, d))) = (mine.peek(), theirs.peek()) {
            let (first, last) = (a.max(c), b.min(d));
            if first <= last {
                both.push((first, last));
            }
            if b < d {
                mine.next()
            } else {
                theirs.next()
            };
        }
        Self(both)
    }

    /// What is in `self` but not in `other`.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Self {
        if other.is_empty() || self.is_empty() {
            return self.clone();
        }
        // Most differences are of a set and all of itself: what is left to ask after one class of addresses.
        if other.is_full() || self == other {
            return Self::empty();
        }
        self.intersection(&other.complement())
    }

    /// Leaves only what is from `first` to `last`, both included.
    pub fn clip(&mut self, first: T, last: T) {
        let after = self.0.partition_point(|(start, _)| *start <= last);
        self.0.truncate(after);
        let before = self.0.partition_point(|(_, end)| *end < first);
        self.0.drain(..before);
        if let Some((start, _)) = self.0.first_mut() {
            *start = first.max(*start);
        }
        if let Some((_, end)) = self.0.last_mut() {
            *end = last.min(*end);
        }
    }

    /// Takes out what is from `first` to `last`, both included.
    pub fn cut(&mut self, first: T, last: T) {
        let begin = self.0.partition_point(|(_, end)| *end < first);
        let end = self.0.partition_point(|(start, _)| *start <= last);
        let Some(touched) = self.0.get(begin..end).filter(|touched| !touched.is_empty()) else {
            return;
        };
        let head = touched.first().map(|(start, _)| *start).filter(|start| *start < first);
        let tail = touched.last().map(|(_, end)| *end).filter(|end| *end > last);
        let head = head.map(|start| (start, first.before()));
        let tail = tail.map(|end| (last.after(), end));
        self.0.drain(begin..end);
        self.0.insert_many(begin, head.into_iter().chain(tail));
    }

    /// What is not in `self`.
    #[must_use]
    pub fn complement(&self) -> Self {
        let mut gaps = Intervals::<T>::with_capacity(self.0.len() + 1);
        let mut next = Some(T::FIRST);
        for &(first, last) in &self.0 {
            if let Some(start) = next.filter(|start| *start < first) {
                gaps.push((start, first.before()));
            }
            next = (last < T::LAST).then(|| last.after());
        }
        gaps.extend(next.map(|start| (start, T::LAST)));
        Self(gaps)
    }

    /// Whether all of it is in `other`.
    #[must_use]
    pub fn is_subset(&self, other: &Self) -> bool {
        self.intersection(other) == *self
    }

    /// Whether they share anything.
    #[must_use]
    pub fn intersects(&self, other: &Self) -> bool {
        !self.intersection(other).is_empty()
    }
}

impl<T: Bound> FromIterator<(T, T)> for IntervalSet<T> {
    fn from_iter<I: IntoIterator<Item = (T, T)>>(ranges: I) -> Self {
        let mut all: Vec<_> = ranges.into_iter().filter(|(first, last)| first <= last).collect();
        all.sort_unstable();
        Self(merged(all))
    }
}

impl<T: Bound> Default for IntervalSet<T> {
    fn default() -> Self {
        Self::empty()
    }
}

impl<T: Bound> fmt::Debug for IntervalSet<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_list().entries(self.0.iter().map(|(first, last)| (first, last))).finish()
    }
}

/// Joins sorted intervals that overlap or touch.
fn merged<T: Bound>(sorted: impl IntoIterator<Item = (T, T)>) -> Intervals<T> {
    let mut out = Intervals::<T>::new();
    for (first, last) in sorted {
        match out.last_mut() {
            Some((_, end)) if *end == T::LAST || first <= end.after() => *end = last.max(*end),
            _ => out.push((first, last)),
        }
    }
    out
}

#[cfg(test)]
mod tests;
