//! Who may know whom, and what the pure modules may not name: read from the sources, so that it holds.

use std::fs;
use std::path::{Path, PathBuf};

/// Each module with the modules of the crate that it may name. `crate::model` is in everybody's vocabulary.
const MAY_KNOW: [(&str, &[&str]); 13] = [
    ("model", &[]),
    ("snapshot", &["model"]),
    ("store", &["model"]),
    ("reach", &["model", "store"]),
    ("report", &["model", "store", "reach"]),
    ("loader", &["model"]),
    ("tour", &["model", "snapshot", "store", "reach", "report", "app", "ui"]),
    ("app", &["model", "store", "reach", "report"]),
    ("ui", &["model", "store", "reach", "report", "app"]),
    (
        "runtime",
        &["model", "store", "reach", "report", "app", "ui", "snapshot", "settings", "tour"],
    ),
    ("settings", &["app"]),
    ("cli", &EVERYTHING),
    ("main", &["cli"]),
];

const EVERYTHING: [&str; 11] = [
    "model", "snapshot", "store", "reach", "report", "loader", "tour", "app", "ui", "runtime",
    "settings",
];

/// Modules that are plain functions of their input.
const PURE: [&str; 5] = ["model", "store", "reach", "report", "app"];

/// What a plain function has no business with.
const IMPURE: [&str; 13] = [
    "ratatui",
    "crossterm",
    "tokio",
    "std::fs",
    "std::env",
    "std::io",
    "std::process",
    "std::thread",
    "SystemTime",
    "Instant",
    "Timestamp::now",
    "TcpStream",
    "println!",
];

/// How the names of the SDK's crates begin.
const SDK: [&str; 4] = ["aws_config::", "aws_sdk_", "aws_smithy_", "aws_types"];

/// What starts something that runs beside the caller.
const SPAWNING: [&str; 5] =
    ["tokio::spawn", "spawn_blocking", "thread::spawn", "thread::Builder", "Command::new"];

/// One line of production code: no comments, no tests.
struct CodeLine {
    module: String,
    place: String,
    text: String,
}

#[test]
fn modules_know_only_those_below_them() {
    for line in code() {
        let known = MAY_KNOW.iter().find(|(module, _)| *module == line.module);
        let (_, allowed) = known.unwrap_or_else(|| panic!("{}: a new module", line.place));
        for named in named_modules(&line.text) {
            let fine = named == line.module || allowed.contains(&named.as_str());
            assert!(fine, "{}: `{}` may not know `{named}`", line.place, line.module);
        }
    }
}

#[test]
fn pure_modules_name_nothing_impure() {
    for line in code().iter().filter(|line| PURE.contains(&line.module.as_str())) {
        let impure = IMPURE.iter().find(|word| line.text.contains(*word));
        assert_eq!(impure, None, "{}: {}", line.place, line.text.trim());
    }
}

#[test]
fn only_the_loader_names_the_sdk() {
    for line in code().iter().filter(|line| line.module != "loader") {
        let sdk = SDK.iter().find(|word| line.text.contains(*word));
        assert_eq!(sdk, None, "{}: {}", line.place, line.text.trim());
    }
}

#[test]
fn only_the_runtime_spawns() {
    for line in code().iter().filter(|line| line.module != "runtime") {
        let spawning = SPAWNING.iter().find(|word| line.text.contains(*word));
        assert_eq!(spawning, None, "{}: {}", line.place, line.text.trim());
    }
}

#[test]
fn only_main_ends_the_program() {
    for line in code().iter().filter(|line| line.module != "main") {
        assert!(!line.text.contains("process::exit"), "{}", line.place);
        assert!(!line.text.contains("process::abort"), "{}", line.place);
    }
}

#[test]
fn main_is_thin() {
    let main = fs::read_to_string(root().join("src/main.rs")).expect("main.rs");
    assert!(main.lines().count() <= 25);
}

#[test]
fn no_file_of_tests_is_forgotten() {
    let main = fs::read_to_string(root().join("tests/main.rs")).expect("tests/main.rs");
    for entry in fs::read_dir(root().join("tests")).expect("tests/") {
        let path = entry.expect("an entry").path();
        let module = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let is_module =
            path.extension().is_some_and(|kind| kind == "rs") || path.join("mod.rs").exists();
        let named = main.lines().any(|line| line.trim_end() == format!("mod {module};"));
        assert!(!is_module || module == "main" || named, "tests/main.rs lacks `mod {module};`");
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// `crate::reach::End` → `reach`; of `crate::{app, ui}` every one.
fn named_modules(line: &str) -> Vec<String> {
    let mut named = Vec::new();
    for (at, start) in line.match_indices("crate::") {
        let rest = &line[at + start.len()..];
        let word = |text: &str| -> String {
            text.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
        };
        match rest.strip_prefix('{') {
            Some(list) => named.extend(list.split([',', '}']).map(|one| word(one.trim()))),
            None => named.push(word(rest)),
        }
    }
    // Types and macros of the crate's root begin otherwise; modules are what is left.
    named.retain(|name| MAY_KNOW.iter().any(|(module, _)| module == name));
    named
}

fn code() -> Vec<CodeLine> {
    let mut lines = Vec::new();
    let source = root().join("src");
    for path in files(&source) {
        let relative = path.strip_prefix(&source).expect("below src");
        let first = relative.components().next().expect("a name").as_os_str().to_string_lossy();
        let module = first.trim_end_matches(".rs").to_owned();
        if module == "lib" || is_test_file(relative) {
            continue;
        }
        let text = fs::read_to_string(&path).expect("UTF-8");
        // By the rules of the house, tests stand at the end of their file.
        let production = text.lines().enumerate();
        let production = production.take_while(|(_, line)| !line.starts_with("mod tests {"));
        for (at, line) in production {
            let place = format!("src/{}:{}", relative.display(), at + 1);
            let text = line.split("//").next().unwrap_or_default().to_owned();
            lines.push(CodeLine { module: module.clone(), place, text });
        }
    }
    assert!(lines.len() > 1000, "the sources were found");
    lines
}

fn is_test_file(path: &Path) -> bool {
    let name = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let below_tests = path.components().any(|part| part.as_os_str() == "tests");
    below_tests || name == "tests" || name == "fixture"
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            found.push(path);
        }
    }
    found
}
