//! What a step presses: names of keys with blanks between them, and in quotes what is typed letter by letter:
//! `w 'export' enter`.

use serde::Deserialize;

use crate::app::Key;

/// A key, or a text that is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stroke {
    /// As it is shown to the viewer.
    pub label: String,
    /// The keys; at least one.
    pub keys: Vec<Key>,
}

/// All strokes of a step.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Strokes(pub Vec<Stroke>);

impl TryFrom<String> for Strokes {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let mut strokes = Vec::new();
        let mut rest = text.trim_start();
        while !rest.is_empty() {
            let (stroke, after) = next(rest)?;
            strokes.push(stroke);
            rest = after.trim_start();
        }
        Ok(Self(strokes))
    }
}

/// The first stroke of a text, and what follows it.
fn next(text: &str) -> Result<(Stroke, &str), String> {
    if let Some((typed, after)) = text.strip_prefix('\'').and_then(|rest| rest.split_once('\'')) {
        let keys: Vec<Key> = typed.chars().map(Key::char).collect();
        let wrong = || Err("between quotes stands what is typed: 'export'".to_owned());
        return if keys.is_empty() {
            wrong()
        } else {
            Ok((Stroke { label: typed.to_owned(), keys }, after))
        };
    }
    let (name, after) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let key: Key = name.parse().map_err(|why| {
        format!("{why}; what is typed letter by letter stands in quotes: '{name}'")
    })?;
    Ok((Stroke { label: key.to_string(), keys: vec![key] }, after))
}
