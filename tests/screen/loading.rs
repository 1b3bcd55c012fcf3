//! What is seen while a network is being read, when that fails, and when parts of it were denied.

use std::sync::Arc;

use vpctui::app::{Beginning, Failure, Loading, Message, Progress, State, update};
use vpctui::model::catalogue::Envelope;
use vpctui::model::dump::{Dump, Outcome};
use vpctui::store::Store;
use vpctui::tour::networks;

use super::robot::Robot;

/// A robot whose network has not come yet.
fn waiting() -> Robot {
    let mut robot = Robot::new(
        vec![Dump::default()],
        Beginning { columns: 100, rows: 24, ..Beginning::default() },
    );
    robot.state = State::new(Beginning { columns: 100, rows: 24, ..Beginning::default() });
    robot
}

fn network(complete: bool, dump: Dump) -> Message {
    Message::Loading(Loading::Network { store: Arc::new(Store::build(dump)), complete })
}

#[test]
fn progress_is_seen_and_rows_appear_as_pages_arrive() {
    let mut robot = waiting();
    let doing = "eu-west-1 DescribeSubnets".to_owned();
    robot.take(Message::Loading(Loading::Progress(Progress {
        done: 3,
        total: 42,
        doing: doing.clone(),
        again: None,
    })));
    let text = robot.text();
    assert!(text.contains("reading 3 of 42") && text.contains(&doing), "{text}");

    let mut some = networks::network("lambda-rds").unwrap();
    some.regions[0].resources.network_interfaces.truncate(2);
    robot.take(network(false, some));
    let text = robot.text();
    assert!(text.contains("shop") && text.contains("reading 3 of 42"), "{text}");

    robot.press("jj");
    let selected = robot.state.tree.selected_node().map(|node| node.id.clone());
    robot.take(network(true, networks::network("lambda-rds").unwrap()));
    assert_eq!(robot.state.tree.selected_node().map(|node| node.id.clone()), selected);
    assert!(!robot.text().contains("reading"));
}

#[test]
fn a_question_has_to_wait_for_the_whole_network() {
    let mut robot = waiting();
    robot.take(network(false, networks::network("lambda-rds").unwrap()));
    robot.press("w");
    assert!(robot.state.wizard.is_none());
    assert!(robot.text().contains("still being read"));
}

#[test]
fn a_failure_says_what_to_do_and_leaves_the_old_network_alone() {
    let failure = || Failure {
        what: "the login of profile shop has expired".into(),
        advice: Some("run: aws sso login --profile shop".into()),
    };
    let mut robot = waiting();
    robot.take(Message::Loading(Loading::Failed(failure())));
    let text = robot.text();
    assert!(text.contains("expired") && text.contains("aws sso login --profile shop"), "{text}");

    let mut robot = Robot::demo("lambda-rds", 100, 24);
    robot.take(Message::Loading(Loading::Failed(failure())));
    let text = robot.text();
    assert!(text.contains("orders-db") && text.contains("reading failed"), "{text}");
}

#[test]
fn denied_calls_are_counted_above_and_explained_where_they_belong() {
    let mut dump = networks::network("lambda-rds").unwrap();
    let denied =
        Outcome::Denied { action: "ec2:DescribeNetworkAcls".into(), message: String::new() };
    dump.regions[0].coverage.0.insert(Envelope::NetworkAcls, denied);
    let mut second = dump.clone();
    second.regions[0].region = "eu-west-1".into();
    dump.regions.append(&mut second.regions);
    let mut robot = Robot::of(dump, 120, 32);
    let text = robot.press("<home>").text();
    assert!(text.contains("2 calls denied"), "{text}");
    assert!(text.contains("ec2:DescribeNetworkAcls"), "{text}");
    assert!(text.contains("what network ACLs allow"), "{text}");
}

#[test]
fn the_age_of_the_data_follows_the_clock_that_is_told() {
    let mut dump = networks::network("lambda-rds").unwrap();
    dump.regions[0].loaded_at = Some("2026-03-01T14:02:00Z".into());
    let mut robot = Robot::of(dump, 120, 32);
    assert!(robot.state.shows_age());
    for (seconds, age) in
        [(30, "just now"), (200, "3 min ago"), (7300, "2 h ago"), (260_000, "3 days ago")]
    {
        robot.take(Message::Tick(1_772_373_720 + seconds));
        let text = robot.text();
        assert!(text.contains(&format!("read 14:02 UTC, {age}")), "{text}");
    }
}

#[test]
fn the_start_selects_what_it_was_told_to() {
    let focus = Some("10.0.11.40".to_owned());
    let mut state = State::new(Beginning { columns: 100, rows: 24, focus, ..Beginning::default() });
    update(&mut state, network(true, networks::network("lambda-rds").unwrap()));
    assert_eq!(&*state.tree.selected_node().unwrap().name, "orders-db");
}
