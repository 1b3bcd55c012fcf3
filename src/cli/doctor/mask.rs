//! What must not stand in a public bug report: whose account, which profile, whose home.

use std::path::PathBuf;

/// What is replaced by what.
#[derive(Clone, Debug, Default)]
pub struct Mask {
    names: Vec<(String, &'static str)>,
    accounts: bool,
}

impl Mask {
    /// Leaves everything as it is.
    pub fn nothing() -> Self {
        Self::default()
    }

    /// Hides these profiles, the one of the environment, the home folder, and everything that looks like an account.
    pub fn of_machine(profiles: &[String]) -> Self {
        let told = std::env::var("AWS_PROFILE").ok();
        let profiles = profiles.iter().cloned().chain(told).filter(|name| name != "default");
        Self::new(std::env::home_dir(), profiles)
    }

    fn new(home: Option<PathBuf>, profiles: impl IntoIterator<Item = String>) -> Self {
        let home = home.map(|home| (home.to_string_lossy().into_owned(), "~"));
        let profiles = profiles.into_iter().map(|name| (name, "PROFILE"));
        let names = home.into_iter().chain(profiles).filter(|(name, _)| name.len() > 1);
        Self { names: names.collect(), accounts: true }
    }

    /// The text without what is hidden.
    pub fn apply(&self, text: &str) -> String {
        let named = self.names.iter();
        let text = named.fold(text.to_owned(), |text, (name, with)| text.replace(name, with));
        if !self.accounts {
            return text;
        }
        let words: Vec<_> = text.split(' ').map(without_account).collect();
        words.join(" ")
    }
}

/// ARNs go as a whole, for they name people and roles; of other words, runs of twelve digits.
fn without_account(word: &str) -> String {
    let bare = word.trim_start_matches(['(', '\'', '"', '`']);
    if bare.starts_with("arn:") {
        return "ARN".to_owned();
    }
    let mut out = String::new();
    for run in word.split_inclusive(|letter: char| !letter.is_ascii_digit()) {
        let digits = run.trim_end_matches(|letter: char| !letter.is_ascii_digit());
        let hidden = if digits.len() == 12 { "ACCOUNT" } else { digits };
        out.push_str(hidden);
        out.push_str(&run[digits.len()..]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::Mask;

    #[test]
    fn accounts_people_profiles_and_homes_are_hidden() {
        let mask = Mask::new(Some("/home/jane".into()), ["shop-prod".to_owned()]);
        let cases = [
            ("123456789012", "ACCOUNT"),
            ("in 123456789012/eu-west-1, 1234567890123", "in ACCOUNT/eu-west-1, 1234567890123"),
            (
                "User: arn:aws:sts::123456789012:assumed-role/Admin/jane may not",
                "User: ARN may not",
            ),
            ("aws sso login --profile shop-prod", "aws sso login --profile PROFILE"),
            ("/home/jane/.aws/config", "~/.aws/config"),
        ];
        for (text, expected) in cases {
            assert_eq!(mask.apply(text), expected);
            assert_eq!(Mask::nothing().apply(text), text);
        }
    }
}
