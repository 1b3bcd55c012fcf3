//! The order in which a list is written: the same for the same network, however it was read.

use serde::Serialize;

/// The items in an order that depends on nothing but themselves. Every type of the model has its id as first field, so
/// the order of how the JSON texts open is the order of the ids; only where two open alike, whole texts are compared: those
/// of a whole list would take as much memory as the list.
pub(super) fn ordered<T: Serialize>(items: &[T]) -> Vec<&T> {
    let mut ordered: Vec<(Box<str>, &T)> =
        items.iter().map(|item| (first_field(item), item)).collect();
    ordered.sort_by(|(one, _), (other, _)| one.cmp(other));
    let alike = ordered.chunk_by_mut(|(one, _), (other, _)| one == other);
    for alike in alike.filter(|alike| alike.len() > 1) {
        alike.sort_by_cached_key(|(_, item)| serde_json::to_string(item).unwrap_or_default());
    }
    ordered.into_iter().map(|(_, item)| item).collect()
}

/// What its JSON text has before the first comma.
fn first_field<T: Serialize>(item: &T) -> Box<str> {
    let text = serde_json::to_string(item).unwrap_or_default();
    text.split(',').next().unwrap_or_default().into()
}
