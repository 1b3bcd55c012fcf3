//! Everything that has a name, and the lookup by whatever people type: id, ARN, Name tag, beginning of either, DNS name,
//! address.
//!
//! Input is a [`Store`]; the index is built once, on first use, and shared by its clones. It knows what a name stands
//! for and not what can be asked about it: that is [`crate::reach::naming`].

mod collect;
mod find;
mod named;

use std::net::IpAddr;

pub use self::find::{Found, find};
pub use self::named::{Kind, Named};
use super::{Map, Store};

/// Everything that has a name, in the order of the store's tables.
#[derive(Debug, Default)]
pub struct Directory {
    all: Vec<Named>,
    by_id: Map<String, u32>,
    by_name: Map<String, Vec<u32>>,
    by_dns: Map<String, Vec<u32>>,
    by_address: Map<IpAddr, Vec<u32>>,
    /// Ids and names in lower case, sorted: beginnings are ranges of it.
    beginnings: Vec<(String, u32)>,
}

impl Directory {
    /// Collects what has a name.
    pub(super) fn build(store: &Store) -> Self {
        let mut directory = Self { all: collect::everything(store), ..Self::default() };
        for at in 0..directory.all.len() {
            directory.index(at);
        }
        directory.beginnings.sort_unstable();
        directory.beginnings.dedup();
        directory
    }

    /// Everything.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Named> {
        self.all.iter()
    }

    /// The thing with exactly this id or ARN.
    pub fn by_id(&self, id: &str) -> Option<&Named> {
        self.by_id.get(id).and_then(|at| self.all.get(*at as usize))
    }

    /// The things with this name, whatever the case.
    pub fn by_name(&self, name: &str) -> Vec<&Named> {
        self.rows(self.by_name.get(&name.to_lowercase()))
    }

    /// The things that answer to this DNS name; a closing dot does not matter.
    pub fn by_dns(&self, name: &str) -> Vec<&Named> {
        self.rows(self.by_dns.get(&dns_key(name)))
    }

    /// The things that have this private or public address.
    pub fn by_address(&self, address: IpAddr) -> Vec<&Named> {
        self.rows(self.by_address.get(&address))
    }

    /// The things whose id or name begins so, whatever the case, each once, in the order of the tables.
    pub fn by_beginning(&self, text: &str) -> Vec<&Named> {
        let text = text.to_lowercase();
        let from = self.beginnings.partition_point(|(key, _)| *key < text);
        let run = self.beginnings.iter().skip(from).take_while(|(key, _)| key.starts_with(&text));
        let mut found: Vec<u32> = run.map(|(_, at)| *at).collect();
        found.sort_unstable();
        found.dedup();
        self.rows(Some(&found))
    }

    /// Up to `limit` names of what is `wanted` that look like `text`, the nearest first: for "did you mean".
    pub fn near(&self, text: &str, limit: usize, wanted: impl Fn(&Named) -> bool) -> Vec<String> {
        let text = text.to_lowercase();
        let keys = self.beginnings.iter().map(|(key, at)| (likeness(&text, key), *at));
        let mut near: Vec<_> = keys.filter(|(far, _)| *far <= 1 + text.len() / 3).collect();
        near.sort_unstable();
        let mut words: Vec<String> = Vec::new();
        let near = near.iter().filter_map(|(_, at)| self.all.get(*at as usize));
        for named in near.filter(|named| wanted(named)) {
            let word = named.label().to_owned();
            if words.len() < limit && !words.contains(&word) {
                words.push(word);
            }
        }
        words
    }

    fn rows(&self, at: Option<&Vec<u32>>) -> Vec<&Named> {
        at.into_iter().flatten().filter_map(|at| self.all.get(*at as usize)).collect()
    }

    fn index(&mut self, position: usize) {
        let at = u32::try_from(position).unwrap_or(u32::MAX);
        let Some(named) = self.all.get(position) else { return };
        self.by_id.entry(named.id.clone()).or_insert(at);
        self.beginnings.push((named.id.to_lowercase(), at));
        if let Some(name) = &named.name {
            self.by_name.entry(name.to_lowercase()).or_default().push(at);
            self.beginnings.push((name.to_lowercase(), at));
        }
        for dns in &named.dns {
            self.by_dns.entry(dns_key(dns)).or_default().push(at);
        }
        for address in &named.addresses {
            self.by_address.entry(*address).or_default().push(at);
        }
    }
}

fn dns_key(name: &str) -> String {
    name.trim_end_matches('.').to_lowercase()
}

/// How far `text` is from a key, or from a key that was not typed to its end.
fn likeness(text: &str, key: &str) -> usize {
    let length = text.chars().count();
    let beginnings =
        [length, length + 1].map(|length| key.chars().take(length).collect::<String>());
    let beginnings = beginnings.iter().map(|beginning| distance(text, beginning) + 1);
    beginnings.min().unwrap_or(usize::MAX).min(distance(text, key))
}

/// How many letters have to be put in, taken out or changed to make one text of the other.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (line, letter) in one.chars().enumerate() {
        let mut above_left = line;
        let mut left = line + 1;
        for (cell, against) in row.iter_mut().skip(1).zip(&other) {
            let changed = above_left + usize::from(letter != *against);
            above_left = *cell;
            left = changed.min(left + 1).min(*cell + 1);
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = line + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn distance_counts_edits() {
        let cases = [("", "", 0), ("abc", "abc", 0), ("abc", "abd", 1), ("abc", "ab", 1)];
        let more = [("kitten", "sitting", 3), ("", "xyz", 3), ("orders-db", "order-db", 1)];
        for (one, other, expected) in cases.into_iter().chain(more) {
            assert_eq!(distance(one, other), expected, "{one} {other}");
            assert_eq!(distance(other, one), expected, "{other} {one}");
        }
    }
}
