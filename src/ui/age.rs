//! How old data is, in words: of all of it and of one account and region.

use jiff::Timestamp;

use crate::store::{Place, Store};

/// `3 min ago`: since a place was read.
pub fn of_place(place: &Place, now: i64) -> Option<String> {
    Some(ago(now - read(place)?.as_second()))
}

/// `read 14:02 UTC, 3 min ago`: since the oldest part was read.
pub fn of_all(store: &Store, now: i64) -> Option<String> {
    let loaded = store.places.iter().filter_map(read).min()?;
    Some(format!("read {} UTC, {}", loaded.strftime("%H:%M"), ago(now - loaded.as_second())))
}

fn read(place: &Place) -> Option<Timestamp> {
    place.loaded_at.as_ref()?.parse().ok()
}

fn ago(seconds: i64) -> String {
    let minutes = seconds.max(0) / 60;
    match minutes {
        0 => "just now".to_owned(),
        1..60 => format!("{minutes} min ago"),
        60..2880 => format!("{} h ago", minutes / 60),
        _ => format!("{} days ago", minutes / 1440),
    }
}
