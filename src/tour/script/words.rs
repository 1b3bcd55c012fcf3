//! The same text in several languages, and which of them a viewer wants.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The language of whoever has none of the others.
const USUAL: &str = "en";

/// A text by language: `en`, `ko`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Words(BTreeMap<String, String>);

impl Words {
    /// The text in a language, else in English, else in any that there is.
    pub fn to(&self, language: &str) -> &str {
        let found = self.0.get(language).or_else(|| self.0.get(USUAL));
        found.or_else(|| self.0.values().next()).map_or("", String::as_str)
    }

    /// The languages that it is written in.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Whether it says nothing, in some language or in all.
    pub(super) fn is_wanting(&self) -> bool {
        self.0.is_empty() || self.0.values().any(|text| text.trim().is_empty())
    }
}

/// The language that a viewer wants: as told, else that of the locale, `ko_KR.UTF-8` for instance.
pub fn language(told: Option<&str>, variable: &dyn Fn(&str) -> Option<String>) -> String {
    let set = |name: &&str| variable(name).filter(|value| !value.is_empty());
    let locale = || ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(set);
    let locale = told.map(str::to_owned).or_else(locale).unwrap_or_default();
    let language = locale.split(['_', '-', '.', '@']).next().unwrap_or_default().to_lowercase();
    if matches!(language.as_str(), "" | "c" | "posix") { USUAL.to_owned() } else { language }
}
