//! In which address families two points can speak with each other, and are asked to.

use crate::model::interval::IntervalSet;
use crate::model::traffic::Protocol;
use crate::reach::answer::{Point, Site};

/// IPv4 where both ends have it; IPv6 besides where the other end is the internet, and alone where IPv4 is missing or the
/// protocol is one of IPv6.
pub(super) fn shared(from: &Point, to: &Point, protocol: Option<Protocol>) -> Vec<(Point, Point)> {
    let (v4, v6) = (pair(from, to, true), pair(from, to, false));
    let open = |point: &Point| point.site == Site::Outside && !point.addresses.v4.is_empty();
    let both = open(from) || open(to);
    match (v4, v6) {
        (_, Some(v6)) if protocol == Some(Protocol::ICMPV6) => vec![v6],
        (Some(v4), Some(v6)) if both => vec![v4, v6],
        (Some(v4), _) => vec![v4],
        (None, v6) => v6.into_iter().collect(),
    }
}

/// Both points with their addresses of one family, if both have any.
fn pair(from: &Point, to: &Point, v4: bool) -> Option<(Point, Point)> {
    let (from, to) = (only(from, v4), only(to, v4));
    (!from.addresses.is_empty() && !to.addresses.is_empty()).then_some((from, to))
}

fn only(point: &Point, v4: bool) -> Point {
    let mut addresses = point.addresses.clone();
    if v4 {
        addresses.v6 = IntervalSet::empty();
    } else {
        addresses.v4 = IntervalSet::empty();
    }
    Point { site: point.site, addresses }
}
