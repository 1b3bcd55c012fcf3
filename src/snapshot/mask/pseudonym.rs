//! Pseudonyms: the same original always gets the same one, no two originals share one.
//!
//! They come from a hash under a key that is itself a hash of the whole network. So the same network masks to the same
//! bytes, but account ids and addresses, of which there are few enough to try them all, cannot be found by trying.

use rustc_hash::{FxHashMap, FxHashSet};
use sha2::{Digest, Sha256};

/// What the pseudonyms are derived from.
pub(super) type Key = [u8; 32];

/// The pseudonyms given so far.
pub(super) struct Pseudonyms {
    key: Key,
    given: FxHashMap<(Form, String), String>,
    taken: FxHashSet<String>,
}

/// What a pseudonym looks like.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Form {
    /// Two invented words that can be said aloud: `kabume-tilora`.
    Words = 0,
    /// The original with other hexadecimal digits.
    Hex = 1,
    /// The original with other decimal digits.
    Digits = 2,
}

impl Pseudonyms {
    pub fn new(key: Key) -> Self {
        Self { key, given: FxHashMap::default(), taken: FxHashSet::default() }
    }

    /// For names of any kind.
    pub fn words(&mut self, original: &str) -> String {
        self.give(Form::Words, original)
    }

    /// For ids: of the same length, with hyphens where they were.
    pub fn hex(&mut self, original: &str) -> String {
        self.give(Form::Hex, original)
    }

    /// For account ids and other numbers: of the same length.
    pub fn digits(&mut self, original: &str) -> String {
        self.give(Form::Digits, original)
    }

    fn give(&mut self, form: Form, original: &str) -> String {
        if let Some(known) = self.given.get(&(form, original.to_owned())) {
            return known.clone();
        }
        let mut attempt = 0_u32;
        let mut new = form.write(original, &self.random(form, original, attempt));
        // Ends: far fewer originals of a form are met than there are pseudonyms of it; a short number may be shared.
        while !self.taken.insert(new.clone()) && attempt < 1_000 {
            attempt += 1;
            new = form.write(original, &self.random(form, original, attempt));
        }
        self.given.insert((form, original.to_owned()), new.clone());
        new
    }

    fn random(&self, form: Form, original: &str, attempt: u32) -> [u8; 32] {
        let parts: [&[u8]; 3] = [&[form as u8], &attempt.to_be_bytes(), original.as_bytes()];
        hash(&self.key, &parts)
    }
}

impl Form {
    fn write(self, original: &str, random: &[u8; 32]) -> String {
        match self {
            Self::Words => words(random),
            Self::Hex => replace_digits(original, random, 16),
            Self::Digits => replace_digits(original, random, 10),
        }
    }
}

/// The hash of `parts` under a key.
pub(super) fn hash(key: &Key, parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new_with_prefix(key);
    for part in parts {
        hash.update(part);
    }
    hash.finalize().into()
}

const CONSONANTS: &[u8; 16] = b"bdfghjklmnprstvz";
const VOWELS: &[u8; 5] = b"aeiou";

fn words(random: &[u8; 32]) -> String {
    let syllable = |byte: &u8| {
        let consonant = CONSONANTS[usize::from(byte >> 4)];
        let vowel = VOWELS[usize::from(byte & 0x0f) % VOWELS.len()];
        [char::from(consonant), char::from(vowel)]
    };
    let (first, rest) = random.split_at(3);
    let word = |bytes: &[u8]| bytes.iter().flat_map(syllable).collect::<String>();
    format!("{}-{}", word(first), word(&rest[..3]))
}

fn replace_digits(original: &str, random: &[u8; 32], base: u32) -> String {
    let mut random = random.iter().cycle();
    let mut digit = || {
        let byte = random.next().copied().unwrap_or_default();
        char::from_digit(u32::from(byte) % base, base).unwrap_or('0')
    };
    original.chars().map(|c| if c.is_digit(base) { digit() } else { c }).collect()
}
