//! Parts of the README that are made from the program's own tables, so that they cannot go out of date.
//!
//! A part stands between two markers, `<!-- NAME: made by a test -->` and `<!-- end of NAME -->`. Its test compares it,
//! or writes it anew where [`WRITE`] is set.

mod calls;
mod keys;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Set to write what is made instead of comparing it.
pub const WRITE: &str = "VPCTUI_WRITE_TABLES";

/// Parts are written one at a time: each test reads the whole file and writes it.
static WRITING: Mutex<()> = Mutex::new(());

/// Fails if a part of the README is not what its table makes of it.
pub fn check(part: &str, made: &str) {
    let _alone = WRITING.lock();
    let path = readme();
    let text = fs::read_to_string(&path).expect("the README is read");
    let begin = format!("<!-- {part}: made by a test -->\n");
    let end = format!("<!-- end of {part} -->");
    let from = text.find(&begin).expect("the part begins") + begin.len();
    let to = from + text[from..].find(&end).expect("the part ends");
    let made = format!("\n{}\n\n", made.trim());
    if std::env::var_os(WRITE).is_some() {
        let whole = format!("{}{made}{}", &text[..from], &text[to..]);
        fs::write(&path, whole).expect("the README is written");
        return;
    }
    assert!(text[from..to] == made, "{part} in README.md is out of date: run with {WRITE}=1");
}

fn readme() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")
}
