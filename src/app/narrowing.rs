//! Which of many things match what was typed, the best first: fuzzy, each word on its own.

use std::fmt;
use std::sync::Arc;

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

/// Things that are told by texts, whatever else they are.
pub trait Texts: fmt::Debug + Send + Sync {
    /// The main text of the thing at a position.
    fn label(&self, at: usize) -> &str;
    /// All of its text.
    fn searched(&self, at: usize) -> String;
}

/// A list to be narrowed.
#[derive(Clone, Debug)]
pub struct Narrowing {
    /// Its number, to tell late results from the awaited one.
    pub number: u64,
    /// The things.
    pub texts: Arc<dyn Texts>,
    /// What was typed.
    pub text: String,
    /// Positions of what may match.
    pub from: Vec<u32>,
}

impl Narrowing {
    /// Positions of what matches.
    pub fn run(&self) -> Vec<u32> {
        let pattern = Pattern::parse(&self.text, CaseMatching::Ignore, Normalization::Smart);
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut buffer = Vec::new();
        let typed = self.text.trim().to_lowercase();
        let mut scored: Vec<(u8, u32, u32)> = Vec::new();
        for at in &self.from {
            let text = self.texts.searched(*at as usize);
            let score = pattern.score(Utf32Str::new(&text, &mut buffer), &mut matcher);
            let Some(score) = score else { continue };
            scored.push((nearness(self.texts.label(*at as usize), &typed), score, *at));
        }
        scored.sort_by_key(|(near, score, at)| (*near, std::cmp::Reverse(*score), *at));
        scored.into_iter().map(|(_, _, at)| at).collect()
    }
}

/// How near a label is to what was typed: what is called so comes first, then what begins so.
fn nearness(label: &str, typed: &str) -> u8 {
    let label = label.to_lowercase();
    match (label == typed, label.starts_with(typed)) {
        (true, _) => 0,
        (false, true) => 1,
        (false, false) => 2,
    }
}
