//! Tours are read, and what is none is told of with its line.

use std::path::PathBuf;
use std::time::Duration;

use super::{Place, Tour, language};
use crate::app::{Code, Key, ThemeName};
use crate::reach::Verdict;

const TOUR: &str = "# two steps
title.en = 'Why not'
network = 'lambda-rds'
size = [80, 24]
theme = 'light'

[[step]]
caption.en = 'Ask'
caption.ko = '묻기'
keys = \"w 'export' enter ctrl-r\"
pause = 2

[[step]]
caption.en = 'See'
still = 'answer'
expect.contains = ['2 reasons']
expect.absent = ['reachable']
expect.verdict = 'blocked'
";

fn wrong(text: &str) -> String {
    Tour::parse(text).unwrap_err().to_string()
}

#[test]
fn everything_in_a_tour_is_read() {
    let tour = Tour::parse(TOUR).unwrap();
    assert_eq!((tour.size, tour.theme), ((80, 24), ThemeName::Light));
    assert_eq!(tour.network, Some(Place::Embedded("lambda-rds".to_owned())));
    let [first, second] = tour.steps.as_slice() else { panic!("two steps") };
    let labels: Vec<_> = first.strokes.iter().map(|stroke| stroke.label.as_str()).collect();
    assert_eq!(labels, ["w", "export", "Enter", "Ctrl-r"]);
    assert_eq!(first.strokes[1].keys.len(), 6);
    assert_eq!(first.strokes[2].keys, [Key::plain(Code::Enter)]);
    assert_eq!((first.line, first.pause), (7, Some(Duration::from_secs(2))));
    assert_eq!((first.caption.to("ko"), first.caption.to("fr")), ("묻기", "Ask"));
    assert_eq!(second.still.as_deref(), Some("answer"));
    assert_eq!(second.expect.verdict, Some(Verdict::Blocked));
    assert_eq!(second.expect.contains, ["2 reasons"]);
}

#[test]
fn a_snapshot_may_take_the_place_of_an_embedded_network() {
    let tour = Tour::parse(&TOUR.replace("network = 'lambda-rds'", "snapshot = 'dump'")).unwrap();
    assert_eq!(tour.network, Some(Place::Snapshot(PathBuf::from("dump"))));
    assert_eq!(Tour::parse(&TOUR.replace("network = 'lambda-rds'\n", "")).unwrap().network, None);
}

#[test]
fn what_is_wrong_is_told_with_its_line() {
    let with = |old: &str, new: &str| wrong(&TOUR.replace(old, new));
    assert!(with("pause = 2", "pauze = 2").starts_with("11: unknown field `pauze`"));
    assert!(with("enter ctrl-r", "entr").starts_with("10: `entr` is no key"));
    assert!(with("'export'", "''").contains("between quotes"));
    assert!(with("pause = 2", "pause = -1").starts_with("7: a pause takes"));
    assert!(with("caption.en = 'See'", "caption.en = ' '").starts_with("13: the caption"));
    assert!(with("verdict = 'blocked'", "verdict = 'shut'").starts_with("18: unknown variant"));
    assert!(with("[80, 24]", "[8, 24]").starts_with("4: the size"));
    assert!(with("'light'", "'pink'").starts_with("5: there is no theme `pink`"));
    assert!(with("size =", "snapshot = 'x'\nsize =").starts_with("4: a tour runs on one network"));
    assert!(wrong("title.en = 'x'\n").contains("one [[step]] at least"));
    assert!(wrong("[[step]]\ncaption.en = 'x'\n").contains("missing field `title`"));
}

#[test]
fn the_language_is_told_or_that_of_the_locale() {
    let locale = |name: &'static str, value: &'static str| {
        move |asked: &str| (asked == name).then(|| value.to_owned())
    };
    assert_eq!(language(None, &locale("LANG", "ko_KR.UTF-8")), "ko");
    assert_eq!(language(None, &locale("LC_ALL", "C.UTF-8")), "en");
    assert_eq!(language(Some("KO"), &locale("LANG", "de_DE")), "ko");
    assert_eq!(language(None, &|_| None), "en");
    let both = |asked: &str| match asked {
        "LC_MESSAGES" => Some("ko_KR".to_owned()),
        "LANG" => Some("en_GB".to_owned()),
        _ => None,
    };
    assert_eq!(language(None, &both), "ko");
}
