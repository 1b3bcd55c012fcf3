//! Settings out of flags, variables and files.

use std::path::{Path, PathBuf};

use super::{Flags, Provenance, Settings, SettingsError, ThemeChoice};
use crate::app::{Action, Key, Scope, ThemeName};

fn none(_: &str) -> Option<String> {
    None
}

/// Settings of a file with this text, and of the usual place if the text is none.
fn of_file(text: &str) -> Result<Settings, SettingsError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.toml");
    std::fs::write(&path, text).unwrap();
    let wrong = |error| match error {
        SettingsError::Line { line, what, .. } => {
            SettingsError::Line { file: PathBuf::from("F"), line, what }
        }
        other => other,
    };
    Settings::read(&Flags::default(), &none, Some(path)).map_err(wrong)
}

fn complaint(text: &str) -> String {
    of_file(text).unwrap_err().to_string()
}

#[test]
fn a_flag_beats_the_environment_which_beats_the_file_which_beats_the_default() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.toml");
    std::fs::write(&path, "# mine\ntheme = \"light\"\n").unwrap();
    let variable = |name: &str| (name == "VPCTUI_THEME").then(|| "colour-blind".to_owned());
    let flags = Flags { theme: Some(ThemeChoice::Auto), ..Flags::default() };
    let theme = |flags: &Flags, variables: super::Variables<'_>, path: Option<&Path>| {
        Settings::read(flags, variables, path.map(Path::to_owned)).unwrap().theme
    };
    let named = |name| ThemeChoice::Named(name);
    let all = theme(&flags, &variable, Some(&path));
    assert_eq!((all.value, all.from), (ThemeChoice::Auto, Provenance::Flag("--theme")));
    let usual = Flags::default();
    let both = theme(&usual, &variable, Some(&path));
    assert_eq!(both.value, named(ThemeName::ColourBlind));
    assert_eq!(both.from, Provenance::Variable("VPCTUI_THEME"));
    let file = theme(&usual, &none, Some(&path));
    assert_eq!((file.value, file.from), (named(ThemeName::Light), Provenance::File(path, 2)));
    assert_eq!(theme(&usual, &none, None).from, Provenance::Default);
}

#[test]
fn no_color_is_a_theme_of_the_environment_and_a_named_theme_beats_it() {
    let no_color = |name: &str| (name == "NO_COLOR").then(|| "1".to_owned());
    let theme = |flags: Flags| Settings::read(&flags, &no_color, None).unwrap().theme;
    let monochrome = theme(Flags::default());
    assert_eq!(monochrome.value, ThemeChoice::Named(ThemeName::Monochrome));
    assert_eq!(monochrome.from, Provenance::Variable("NO_COLOR"));
    let wanted = ThemeChoice::Named(ThemeName::Dark);
    assert_eq!(theme(Flags { theme: Some(wanted), ..Flags::default() }).value, wanted);
    let empty = |name: &str| (name == "NO_COLOR").then(String::new);
    let unset = Settings::read(&Flags::default(), &empty, None).unwrap().theme;
    assert_eq!(unset.value, ThemeChoice::Auto);
}

#[test]
fn what_is_wrong_is_told_with_its_line_and_what_would_be_right() {
    let unknown = complaint("theme = \"dark\"\nthemes = 1\n");
    assert!(unknown.starts_with("F:2: unknown field `themes`"), "{unknown}");
    assert!(unknown.contains("`theme`") && unknown.contains("`keys`"), "{unknown}");
    let theme = complaint("\ntheme = \"blue\"");
    assert!(theme.starts_with("F:2: there is no theme `blue`, but auto, dark"), "{theme}");
    let kind = complaint("mask = 3");
    assert!(kind.starts_with("F:1: invalid type"), "{kind}");
    let action = complaint("[keys]\nwhy = [\"w\"]\nwhat = [\"x\"]");
    assert!(action.starts_with("F:3: nothing is called `what`"), "{action}");
    assert!(action.contains("refresh"), "{action}");
    let key = complaint("[keys]\nwhy = [\"hyper-x\"]");
    assert!(key.starts_with("F:2: `hyper-x` is no key"), "{key}");
    let conflict = complaint("[keys]\nrefresh = [\"w\"]");
    assert_eq!(
        conflict,
        "F:2: the key w of `refresh` also means `why`: give `why` another one, or none"
    );
    assert!(complaint("[keys]\nquit = []").contains("`quit` needs a key"));
}

#[test]
fn a_file_that_is_named_has_to_be_there() {
    let flags = Flags { file: Some("/nowhere/at/all.toml".into()), ..Flags::default() };
    assert!(Settings::read(&flags, &none, None).is_err());
    assert!(Settings::read(&Flags::default(), &none, Some("/nowhere/at/all.toml".into())).is_ok());
}

#[test]
fn a_variable_that_is_nonsense_is_told() {
    let variable = |name: &str| (name == "VPCTUI_MASK").then(|| "perhaps".to_owned());
    let error = Settings::read(&Flags::default(), &variable, None).unwrap_err();
    assert_eq!(error.to_string(), "the variable VPCTUI_MASK: `perhaps` is neither true nor false");
}

#[test]
fn keys_go_where_the_user_wants_them_and_letters_stay_letters_where_one_types() {
    let settings =
        of_file("[keys]\nwhy = [\"W\", \"F9\"]\nup = [\"i\"]\nwhat-if = [\"I\"]").unwrap();
    let keys = &settings.keys;
    let browse = [Scope::Browse, Scope::Moving];
    assert_eq!(keys.lookup(&browse, Key::char('W')), Some(Action::Why));
    assert_eq!(keys.lookup(&browse, Key::char('w')), None);
    let up = Action::from_name("up").unwrap();
    assert_eq!(keys.lookup(&browse, Key::char('i')), Some(up));
    assert_eq!(keys.lookup(&[Scope::Choosing], Key::char('i')), None);
    assert_eq!(keys.lookup(&[Scope::Choosing], "up".parse().unwrap()), Some(up));
}

#[test]
fn what_is_printed_is_a_file_that_says_the_same() {
    let settings = of_file("theme = \"light\"\n[keys]\nwhy = [\"W\"]").unwrap();
    let printed = settings.to_string();
    assert!(printed.contains("theme = \"light\""), "{printed}");
    assert!(printed.contains("config.toml:1"), "{printed}");
    let again = of_file(&printed).unwrap();
    assert_eq!(again.theme.value, settings.theme.value);
    assert_eq!(again.keys.lookup(&[Scope::Browse], Key::char('W')), Some(Action::Why));
}

#[test]
fn every_key_is_read_as_it_is_written() {
    for row in crate::app::BINDINGS {
        for key in row.keys {
            assert_eq!(key.to_string().parse(), Ok(*key), "{key}");
        }
    }
}
