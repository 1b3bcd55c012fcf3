//! The order in which a list is written: the same for the same network, however it was read.

use std::io;

use serde::Serialize;

/// The items in an order that depends on nothing but themselves. Every type of the model has its id as first field, so
/// the order of how the JSON texts open is the order of the ids; only where two open alike, whole texts are compared: those
/// of a whole list would take as much memory as the list.
pub(super) fn ordered<T: Serialize>(items: &[T]) -> Vec<&T> {
    let mut ordered: Vec<(Box<[u8]>, &T)> =
        items.iter().map(|item| (FirstField::of(item), item)).collect();
    ordered.sort_by(|(one, _), (other, _)| one.cmp(other));
    let alike = ordered.chunk_by_mut(|(one, _), (other, _)| one == other);
    for alike in alike.filter(|alike| alike.len() > 1) {
        alike.sort_by_cached_key(|(_, item)| serde_json::to_string(item).unwrap_or_default());
    }
    ordered.into_iter().map(|(_, item)| item).collect()
}

/// What a JSON text has before its first comma.
#[derive(Default)]
struct FirstField(Vec<u8>);

impl FirstField {
    fn of<T: Serialize>(item: &T) -> Box<[u8]> {
        let mut first = Self::default();
        // An error is how the writing ends early.
        let _ = serde_json::to_writer(&mut first, item);
        first.0.into_boxed_slice()
    }
}

impl io::Write for FirstField {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        let end = text.iter().position(|byte| *byte == b',');
        self.0.extend_from_slice(&text[..end.unwrap_or(text.len())]);
        match end {
            Some(_) => Err(io::ErrorKind::WriteZero.into()),
            None => Ok(text.len()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
