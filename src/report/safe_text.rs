//! Names from AWS are anybody's text: this is the one place that makes them harmless before a person sees them.
//!
//! Control characters, escape codes and line breaks would drive the terminal; marks that turn the writing direction, and
//! letters that take no room, make one name look like another. All of them are replaced by something visible. What is
//! left has a width in columns, which [`width`], [`fitted`] and [`padded`] know.

use std::borrow::Cow;

use unicode_width::UnicodeWidthChar;

/// Stands for a letter that may not be shown.
const REPLACEMENT: char = '\u{fffd}';
/// Stands for what was cut off.
const ELLIPSIS: char = '…';
/// Makes the letter before it wide on some terminals only, so that nothing would align.
const WIDENER: char = '\u{fe0f}';
/// How many marks without a width may follow each other: enough for every script, too few to smear over other lines.
const MARKS: usize = 3;

/// The text on one line, with nothing in it that drives a terminal or deceives the eye.
pub fn safe(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
        return Cow::Borrowed(text);
    }
    let mut marks = 0;
    let letters = text.chars().filter(|letter| *letter != WIDENER);
    let shown = letters.map(shown).filter(|letter| {
        marks = if columns(*letter) == 0 { marks + 1 } else { 0 };
        marks <= MARKS
    });
    Cow::Owned(shown.collect())
}

/// How many columns a safe text takes.
pub fn width(text: &str) -> usize {
    text.chars().map(columns).sum()
}

/// The safe text in at most `limit` columns; what does not fit is cut off behind an ellipsis.
pub fn fitted(text: &str, limit: usize) -> String {
    let text = safe(text);
    if width(&text) <= limit {
        return text.into_owned();
    }
    let mut left = limit.saturating_sub(columns(ELLIPSIS));
    let fitting = text.chars().take_while(|letter| {
        let fits = columns(*letter) <= left;
        left = left.saturating_sub(columns(*letter));
        fits
    });
    let cut: String = fitting.collect();
    if limit == 0 { String::new() } else { cut + &String::from(ELLIPSIS) }
}

/// The safe text in exactly `columns` columns.
pub fn padded(text: &str, columns: usize) -> String {
    let mut text = fitted(text, columns);
    let missing = columns.saturating_sub(width(&text));
    text.extend(std::iter::repeat_n(' ', missing));
    text
}

fn columns(letter: char) -> usize {
    letter.width().unwrap_or(0)
}

fn shown(letter: char) -> char {
    match letter {
        // The pictures of the control characters, in their order.
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(letter)).unwrap_or(REPLACEMENT),
        '\u{7f}' => '\u{2421}',
        letter if is_deceptive(letter) => REPLACEMENT,
        letter => letter,
    }
}

fn is_deceptive(letter: char) -> bool {
    matches!(letter,
        // C1 controls, among them the one-byte forms of escape codes
        '\u{80}'..='\u{9f}'
        // line and paragraph separators
        | '\u{2028}' | '\u{2029}'
        // marks, embeddings, overrides and isolates of direction
        | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        // without a width or a look
        | '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}' | '\u{2060}'..='\u{2065}'
        | '\u{206a}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}'
        // invisible copies of ASCII
        | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_width::UnicodeWidthStr;

    use super::{fitted, is_deceptive, padded, safe, width};

    #[test]
    fn what_drives_a_terminal_becomes_visible() {
        let cases = [
            ("orders-db", "orders-db"),
            ("\u{1b}[31mred\u{1b}[0m", "␛[31mred␛[0m"),
            ("two\nlines\r\n", "two␊lines␍␊"),
            ("tab\there", "tab␉here"),
            ("bell\u{7}", "bell␇"),
            ("\u{9b}31m", "\u{fffd}31m"),
            ("gnp.\u{202e}exe", "gnp.\u{fffd}exe"),
            ("ze\u{200b}ro", "ze\u{fffd}ro"),
            ("주문-디비", "주문-디비"),
            ("naïve café", "naïve café"),
            ("☁\u{fe0f} prod", "☁ prod"),
        ];
        for (text, expected) in cases {
            assert_eq!(safe(text), expected);
        }
    }

    #[test]
    fn wide_letters_take_two_columns_and_are_never_cut_in_half() {
        assert_eq!(width("주문"), 4);
        assert_eq!(fitted("주문-디비", 5), "주문…");
        assert_eq!(fitted("주문-디비", 4), "주…");
        assert_eq!(padded("주문-디비", 4), "주… ");
        assert_eq!(padded("ab", 4), "ab  ");
    }

    #[test]
    fn marks_do_not_pile_up() {
        let piled = format!("a{}b", "\u{301}".repeat(50));
        assert_eq!(safe(&piled), "a\u{301}\u{301}\u{301}b");
    }

    proptest! {
        #[test]
        fn nothing_harmful_is_left(text in any::<String>()) {
            let safe = safe(&text);
            prop_assert!(!safe.chars().any(|letter| letter.is_control() || is_deceptive(letter)));
        }

        #[test]
        fn what_is_safe_stays_as_it_is(text in any::<String>()) {
            let once = safe(&text).into_owned();
            prop_assert_eq!(safe(&once), once.clone());
        }

        #[test]
        fn it_fits(text in any::<String>(), limit in 0_usize..40) {
            prop_assert!(width(&fitted(&text, limit)) <= limit);
            prop_assert_eq!(width(&padded(&text, limit)), limit);
        }

        #[test]
        fn widths_are_never_less_than_the_terminal_s(text in any::<String>()) {
            let safe = safe(&text);
            prop_assert!(safe.width() <= width(&safe));
        }
    }
}
