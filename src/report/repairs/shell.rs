//! Names as words of a shell's command line: AWS lets names hold anything, and people paste commands.

/// One word; what is no plain name is quoted.
pub(super) fn word(text: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./:".contains(letter);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::word;

    #[test]
    fn a_name_is_one_word_whatever_it_holds() {
        assert_eq!(word("export-to-bigquery"), "export-to-bigquery");
        assert_eq!(word("a b"), "'a b'");
        assert_eq!(word("x'; rm -rf ~ #"), r"'x'\''; rm -rf ~ #'");
        assert_eq!(word("$(id)"), "'$(id)'");
        assert_eq!(word(""), "''");
    }
}
