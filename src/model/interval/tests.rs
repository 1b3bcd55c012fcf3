//! The laws of sets, checked on every member of the smallest type and at the ends of the largest.

use proptest::prelude::{Strategy, any, prop_assert, prop_assert_eq, proptest};

use super::{Bound, IntervalSet};

/// Any set of bytes: up to six ranges, in any order, overlapping, touching, the wrong way round.
fn bytes() -> impl Strategy<Value = IntervalSet<u8>> {
    let ranges = proptest::collection::vec(any::<(u8, u8)>(), 0..6);
    ranges.prop_map(|ranges| ranges.into_iter().collect())
}

/// Sets whose ranges begin and end near the ends of the type.
fn wide() -> impl Strategy<Value = IntervalSet<u128>> {
    let end = (any::<bool>(), 0..4_u128)
        .prop_map(|(high, near)| if high { u128::MAX - near } else { near });
    let ranges = proptest::collection::vec((end.clone(), end), 0..4);
    ranges.prop_map(|ranges| ranges.into_iter().collect())
}

fn members(set: &IntervalSet<u8>) -> Vec<u8> {
    (0..=u8::MAX).filter(|value| set.contains(*value)).collect()
}

/// Sorted, not empty, not touching: so that equal sets are equal values.
fn is_canonical<T: Bound>(set: &IntervalSet<T>) -> bool {
    let ordered = set.intervals().iter().all(|(first, last)| first <= last);
    let mut pairs = set.intervals().windows(2);
    ordered && pairs.all(|pair| pair[0].1 < T::LAST && pair[0].1.after() < pair[1].0)
}

proptest! {
    #[test]
    fn operations_are_those_of_sets(a in bytes(), b in bytes()) {
        let (union, both, less, not) =
            (a.union(&b), a.intersection(&b), a.difference(&b), a.complement());
        for value in 0..=u8::MAX {
            let (in_a, in_b) = (a.contains(value), b.contains(value));
            prop_assert_eq!(union.contains(value), in_a || in_b);
            prop_assert_eq!(both.contains(value), in_a && in_b);
            prop_assert_eq!(less.contains(value), in_a && !in_b);
            prop_assert_eq!(not.contains(value), !in_a);
        }
        for set in [&a, &b, &union, &both, &less, &not] {
            prop_assert!(is_canonical(set), "{:?}", set);
        }
        prop_assert_eq!(a.is_subset(&b), members(&a).iter().all(|value| b.contains(*value)));
        prop_assert_eq!(a.intersects(&b), !members(&both).is_empty());
    }

    #[test]
    fn in_place_is_the_same(set in bytes(), (a, b) in any::<(u8, u8)>()) {
        let (first, last) = (a.min(b), a.max(b));
        let (mut clipped, mut cut) = (set.clone(), set.clone());
        clipped.clip(first, last);
        cut.cut(first, last);
        let range = IntervalSet::range(first, last);
        prop_assert_eq!(clipped, set.intersection(&range));
        prop_assert_eq!(cut, set.difference(&range));
    }

    #[test]
    fn equal_members_are_equal_sets(a in bytes()) {
        let again: IntervalSet<u8> = members(&a).into_iter().map(|value| (value, value)).collect();
        prop_assert_eq!(&again, &a);
        prop_assert_eq!(a.is_empty(), members(&a).is_empty());
        prop_assert_eq!(a.is_full(), members(&a).len() == 256);
        prop_assert_eq!(a.witness(), members(&a).first().copied());
    }

    #[test]
    fn laws_hold_at_the_ends_of_the_type(a in wide(), b in wide()) {
        prop_assert_eq!(a.complement().complement(), a.clone());
        prop_assert_eq!(a.union(&a.complement()), IntervalSet::full());
        prop_assert!(!a.intersects(&a.complement()));
        prop_assert_eq!(a.union(&b).complement(), a.complement().intersection(&b.complement()));
        prop_assert_eq!(a.difference(&b).union(&a.intersection(&b)), a.clone());
        prop_assert!(a.intersection(&b).is_subset(&a) && a.is_subset(&a.union(&b)));
        prop_assert!(a.witness().is_none_or(|value| a.contains(value)));
        prop_assert!(is_canonical(&a.union(&b)) && is_canonical(&a.complement()));
    }
}
