//! The files in `screenshots` are what the program draws today. They are text, the same on every machine, and are
//! compared byte by byte. `VPCTUI_SCREENSHOTS=1 cargo test --no-default-features screenshots` makes them anew.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use vpctui::app::ThemeName;
use vpctui::tour::embedded;
use vpctui::tour::record::{Reel, Version};
use vpctui::tour::script::{Expectation, Tour};

/// The tour that the README opens with: as a picture that moves, on a light ground, and on a small screen.
const FIRST: &str = "lambda-rds";
/// The still of it that is shown on other grounds and sizes as well.
const STILL: &str = "wizard";

#[test]
fn screenshots_are_what_the_program_draws_today() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("screenshots");
    let drawn = drawn();
    if std::env::var_os("VPCTUI_SCREENSHOTS").is_some() {
        fs::remove_dir_all(&folder).expect("it is there");
        fs::create_dir(&folder).expect("it can be made");
        for (name, text) in &drawn {
            fs::write(folder.join(name), text).expect("it can be written");
        }
    }
    let there = fs::read_dir(&folder).expect("it is there");
    let mut there: Vec<_> =
        there.map(|file| file.expect("a file").file_name().into_string().expect("UTF-8")).collect();
    there.sort();
    assert!(drawn.keys().eq(&there), "{:?}, but there are {there:?}", drawn.keys());
    for (name, text) in &drawn {
        let kept = fs::read_to_string(folder.join(name)).expect("it is there");
        let first = kept.lines().zip(text.lines()).position(|(kept, drawn)| kept != drawn);
        assert!(kept == *text, "{name} is not what is drawn today, from line {first:?} on");
    }
}

fn drawn() -> BTreeMap<String, String> {
    let mut drawn = BTreeMap::new();
    for name in embedded::names() {
        let tour = super::tour(name);
        for language in super::LANGUAGES {
            let (reel, length) = shot(&tour, language);
            let cast = reel.cast(Version::Two, length).expect("memory");
            let suffix = if language == "en" { String::new() } else { format!(".{language}") };
            drawn.insert(format!("{name}{suffix}.cast"), cast);
            if language == "en" {
                drawn.extend(reel.stills().map(|(still, svg)| (format!("{still}.svg"), svg)));
            }
            if (name, language) == (FIRST, "en") {
                drawn.insert(format!("{name}.svg"), reel.film(length));
            }
        }
    }
    let first = super::tour(FIRST);
    let light = Tour { theme: ThemeName::Light, ..first.clone() };
    drawn.insert("light.svg".to_owned(), still(&light));
    let mut small = Tour { size: (80, 24), ..first };
    // The words are broken into other rows there.
    small.steps.iter_mut().for_each(|step| step.expect = Expectation::default());
    drawn.insert("small.svg".to_owned(), still(&small));
    drawn
}

fn still(tour: &Tour) -> String {
    let (reel, _) = shot(tour, "en");
    reel.stills().find(|(name, _)| *name == STILL).expect("the tour names it").1
}

fn shot(tour: &Tour, language: &str) -> (Reel, std::time::Duration) {
    let mut reel = Reel::new(tour.title.to(language), tour.size, tour.theme);
    let length = super::play(tour, language, &mut |shot| reel.take(shot, language));
    (reel, length.expect("it holds"))
}
