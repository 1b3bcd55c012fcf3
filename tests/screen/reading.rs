//! Reading again, by itself and on demand, and calling a reading off.

use std::sync::Arc;

use vpctui::app::{Beginning, Effect, Failure, Loading, Message, Progress, State};
use vpctui::model::dump::Dump;
use vpctui::store::Store;
use vpctui::tour::networks;

use super::robot::Robot;

/// A robot that reads the stages of a demo, one after the other, and nothing by itself.
fn reading(watch: Option<u32>) -> Robot {
    let beginning = || Beginning { columns: 120, rows: 32, watch, ..Beginning::default() };
    let mut robot = Robot::new(vec![Dump::default()], beginning());
    robot.state = State::new(beginning());
    robot
}

fn read(robot: &mut Robot, name: &str, complete: bool) {
    let mut dump = networks::network(name).unwrap();
    dump.regions[0].loaded_at = Some("2026-03-01T14:02:00Z".into());
    dump.origin.label = "shop".into();
    let store = Arc::new(Store::build(dump));
    robot.take(Message::Loading(Loading::Network { store, complete }));
}

fn progress(robot: &mut Robot) {
    let progress = Progress { done: 3, total: 42, ..Progress::default() };
    robot.take(Message::Loading(Loading::Progress(progress)));
}

/// What was wanted since the last time, as far as it concerns readings.
fn wanted(robot: &mut Robot) -> Vec<&'static str> {
    let wanted = std::mem::take(&mut robot.wanted);
    let words = wanted.iter().filter_map(|effect| match effect {
        Effect::CallOff { keep: true } => Some("keep"),
        Effect::CallOff { keep: false } => Some("drop"),
        Effect::Quit => Some("quit"),
        _ => None,
    });
    words.collect()
}

#[test]
fn the_first_reading_is_called_off_at_once_and_what_came_stays() {
    for key in ["<esc>", "<c-c>"] {
        let mut robot = reading(None);
        read(&mut robot, "lambda-rds", false);
        progress(&mut robot);
        robot.press(key);
        assert_eq!(wanted(&mut robot), ["keep"], "{key}");
        robot.press("<esc>");
        assert_eq!(wanted(&mut robot), [""; 0], "once is enough");

        read(&mut robot, "lambda-rds", true);
        let text = robot.text();
        assert!(text.contains("orders-db") && !text.contains("reading"), "{text}");
        robot.press("w");
        assert!(robot.state.wizard.is_some(), "what came can be asked about");
        robot.press("<c-c>");
        assert_eq!(wanted(&mut robot), ["quit"]);
    }
}

#[test]
fn whoever_does_not_want_to_wait_for_the_end_of_calling_off_leaves() {
    let mut robot = reading(None);
    robot.press("<c-c><c-c>");
    assert_eq!(wanted(&mut robot), ["keep", "quit"]);
}

#[test]
fn a_later_reading_that_is_called_off_leaves_the_network_as_it_was() {
    let mut robot = reading(None);
    read(&mut robot, "lambda-rds", true);
    // The robot's own reading is empty and comes at once: this one is still under way.
    progress(&mut robot);
    let text = robot.press("<esc>").text();
    assert_eq!(wanted(&mut robot), ["drop"]);
    assert!(text.contains("called off") && text.contains("orders-db"), "{text}");
    assert!(!text.contains("reading 3 of 42"), "{text}");
}

#[test]
fn a_failure_names_the_key_that_tries_again() {
    let mut robot = reading(None);
    let what = "the login has expired: run `aws sso login --profile shop`".to_owned();
    robot.take(Message::Loading(Loading::Failed(Failure { what, advice: None })));
    let text = robot.text();
    assert!(text.contains("aws sso login --profile shop"), "{text}");
    assert!(text.contains("r tries again"), "{text}");
}

#[test]
fn a_watched_network_is_read_again_when_it_is_time() {
    let mut robot = reading(Some(30));
    robot.take(Message::Tick(1_772_373_720));
    read(&mut robot, "lambda-rds", true);
    let text = robot.text();
    assert!(text.contains("again in 30 s"), "{text}");
    assert!(robot.state.counts_seconds());
    robot.take(Message::Tick(1_772_373_749));
    assert!(robot.text().contains("again in 1 s"));

    robot.stages = vec![networks::network("lambda-rds:attached").unwrap()];
    robot.stages[0].origin.label = "shop".into();
    robot.take(Message::Tick(1_772_373_750));
    let text = robot.text();
    assert!(text.contains("things changed: d shows them"), "{text}");
    assert!(text.contains("export-to-bigquery + new"), "{text}");
}

#[test]
fn changes_that_a_watch_saw_stay_until_somebody_asks_for_a_reading() {
    let mut robot = reading(Some(30));
    robot.take(Message::Tick(1_000));
    read(&mut robot, "lambda-rds", true);
    read(&mut robot, "lambda-rds:attached", true);
    read(&mut robot, "lambda-rds:attached", true);
    let text = robot.press("d").text();
    assert!(text.contains("since 14:02 UTC"), "{text}");
    assert!(text.contains("rds-sg"), "{text}");

    robot.stages = vec![networks::network("lambda-rds:attached").unwrap()];
    let text = robot.press("<esc>rd").text();
    assert!(!text.contains("rds-sg"), "{text}");
}

#[test]
fn a_watch_slows_down_when_aws_asks_for_it() {
    let mut robot = reading(Some(30));
    robot.take(Message::Tick(1_000));
    robot.take(Message::Loading(Loading::Throttled));
    read(&mut robot, "lambda-rds", true);
    let text = robot.text();
    assert!(text.contains("slowed down, again in 60 s"), "{text}");
}

#[test]
fn each_region_tells_its_own_age() {
    let mut dump = networks::network("lambda-rds").unwrap();
    dump.regions[0].loaded_at = Some("2026-03-01T14:02:00Z".into());
    let mut second = dump.clone();
    second.regions[0].region = "eu-west-1".into();
    second.regions[0].loaded_at = Some("2026-03-01T13:02:00Z".into());
    dump.regions.append(&mut second.regions);
    let mut robot = Robot::of(dump, 120, 32);
    robot.take(Message::Tick(1_772_373_720 + 200));
    let text = robot.press("<home>*<home>").text();
    let age = |region: &str| {
        let line = text.lines().find(|line| line.starts_with("│") && line.contains(region));
        line.unwrap_or_default().to_owned()
    };
    assert!(age("ap-northeast-2").contains("3 min ago"), "{text}");
    assert!(age("eu-west-1").contains("1 h ago"), "{text}");
    assert!(text.contains("read 13:02 UTC, 1 h ago"), "the header tells the oldest: {text}");
}

#[test]
fn a_call_that_is_made_again_is_seen_beside_a_network_too() {
    let mut robot = reading(None);
    read(&mut robot, "lambda-rds", true);
    let doing = "eu-west-1 DescribeSubnets: AWS asks to slow down, attempt 2 of 5".to_owned();
    let again = Some("AWS asks to slow down, attempt 2 of 5".to_owned());
    let loading = Loading::Progress(Progress { done: 54, total: 56, doing, again });
    robot.take(Message::Loading(loading));
    let told = |robot: &mut Robot, columns| {
        robot.take(Message::Resize(columns, 32));
        robot.text().lines().next().unwrap_or_default().to_owned()
    };
    let header = told(&mut robot, 120);
    let all = "reading 54 of 56 · AWS asks to slow down, attempt 2 of 5";
    assert!(header.contains(all), "{header}");
    let header = told(&mut robot, 60);
    assert!(header.contains("reading 54 of 56 · attempt 2 of 5"), "{header}");
    let header = told(&mut robot, 40);
    assert!(header.contains("reading 54 of 56") && !header.contains("attempt"), "{header}");
    progress(&mut robot);
    assert!(!told(&mut robot, 120).contains("slow down"), "it is over");
}
