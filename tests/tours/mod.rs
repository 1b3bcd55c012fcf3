//! Guided tours: every one that comes with the program holds, is short, fits its screen, and is recorded the same each
//! time; the real program checks, plays and records them.

#[cfg(unix)]
mod live;
#[cfg(unix)]
mod played;
#[cfg(feature = "aws")]
mod players;
mod recorded;
mod screenshots;

use std::sync::Arc;
use std::time::Duration;

use vpctui::app::Beginning;
use vpctui::store::Store;
use vpctui::tour::script::{Expectation, Place, Tour};
use vpctui::tour::{Captions, Shot, Unmet, embedded, networks, perform};

/// Nobody watches for longer.
const LONGEST: Duration = Duration::from_mins(3);
/// Languages of the captions.
const LANGUAGES: [&str; 2] = ["en", "ko"];

fn tour(name: &str) -> Tour {
    embedded::tour(name).expect("it is there").expect("it is a tour")
}

fn play(
    tour: &Tour,
    language: &str,
    watch: &mut dyn FnMut(&Shot<'_>),
) -> Result<Duration, Box<Unmet>> {
    let Some(Place::Embedded(name)) = &tour.network else { panic!("on an embedded network") };
    let info = networks::names().iter().find(|info| info.name == name).expect("it is there");
    let later = info.stages.iter().map(|stage| stage.name);
    let stages: Vec<String> = std::iter::once("start").chain(later).map(str::to_owned).collect();
    let network = |stage: usize| {
        let name = if stage == 0 { name.clone() } else { format!("{name}:{}", stages[stage]) };
        Ok(Arc::new(Store::build(networks::network(&name).expect("the stage is there"))))
    };
    let beginning = Beginning { stages: stages.clone(), ..Beginning::default() };
    perform(tour, language, beginning, &network, watch).map_err(Box::new)
}

#[test]
fn every_embedded_network_has_a_tour_that_holds_in_every_language_and_is_short() {
    assert!(embedded::names().eq(networks::names().iter().map(|network| network.name)));
    for name in embedded::names() {
        let tour = tour(name);
        for language in LANGUAGES {
            assert!(tour.speaks(language), "{name} ({language})");
            let length = play(&tour, language, &mut |_| {});
            let length = length.unwrap_or_else(|unmet| panic!("{name} ({language}): {unmet}"));
            assert!(length < LONGEST, "{name} ({language}): {} s", length.as_secs());
        }
    }
}

#[test]
fn every_tour_goes_through_every_stage_of_its_network() {
    for name in embedded::names() {
        let info = networks::names().iter().find(|info| info.name == name).expect("it is there");
        let mut seen = String::new();
        let outcome = play(&tour(name), "en", &mut |shot| seen += &vpctui::tour::text(shot.screen));
        assert!(outcome.is_ok(), "{name}");
        for stage in info.stages {
            assert!(seen.contains(&format!("{name}:{}", stage.name)), "{name}:{}", stage.name);
        }
    }
}

/// On its own screen and on the smallest that is common, where a story is told just as well.
#[test]
fn captions_are_never_cut_and_leave_most_of_the_screen_to_the_program() {
    for name in embedded::names() {
        for (size, most) in [((120, 34), 3), ((80, 24), 5)] {
            for language in LANGUAGES {
                let mut tour = Tour { size, ..tour(name) };
                tour.steps.iter_mut().for_each(|step| step.expect = Expectation::default());
                let captions = Captions::new(&tour, language);
                let rows = captions.longest(size.0);
                assert!(rows <= most, "{name} ({language}) at {size:?}: {rows} rows");
                let outcome = play(&tour, language, &mut |shot| {
                    let shown = words(&vpctui::tour::text(shot.screen).replace('▌', " "));
                    let said = words(shot.step.caption.to(language));
                    assert!(shown.contains(&said), "{name} at {size:?}: {said}\n{shown}");
                });
                assert!(outcome.is_ok(), "{name} ({language}) at {size:?}");
            }
        }
    }
}

/// However the words are broken into rows.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn what_does_not_hold_is_told_with_the_step_and_the_screen() {
    let mut tour = tour("lambda-rds");
    let broken = |change: &dyn Fn(&mut Expectation)| {
        let mut tour = tour.clone();
        change(&mut tour.steps[2].expect);
        play(&tour, "en", &mut |_| {}).expect_err("it does not hold")
    };
    let unmet = broken(&|expect| expect.contains.push("3 reasons at once".to_owned()));
    assert_eq!((unmet.step, unmet.what.as_str()), (2, "“3 reasons at once” is not on the screen"));
    assert!(unmet.screen.contains("2 reasons at once"));
    let unmet = broken(&|expect| expect.absent.push("Tempting,   but".to_owned()));
    assert_eq!(unmet.what, "“Tempting,   but” is on the screen, and should not be");
    let unmet = broken(&|expect| expect.verdict = Some(vpctui::reach::Verdict::Reachable));
    assert_eq!(unmet.what, "the verdict is blocked, expected reachable");
    let last = tour.steps.len() - 1;
    tour.steps[0].strokes = tour.steps[1].strokes.clone();
    tour.steps[0].strokes[0].keys = vec![vpctui::app::Key::control('c')];
    tour.steps.truncate(last);
    let unmet = play(&tour, "en", &mut |_| {}).expect_err("it does not go on");
    assert_eq!(unmet.what, "Ctrl-c ends the program");
}
