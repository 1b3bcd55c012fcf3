//! The lists in front of the panes: what changed, the log, what could not be read.

use std::sync::Arc;

use vpctui::app::{Beginning, Effect, Gesture, Loading, Message, Mouse, Pane};
use vpctui::model::catalogue::Envelope;
use vpctui::model::dump::{Dump, Outcome};
use vpctui::report::log::Called;
use vpctui::store::Store;
use vpctui::tour::networks;

use super::robot::Robot;

/// A demo that went on to its next stage.
fn changed(columns: u16, rows: u16) -> Robot {
    let mut robot = Robot::demo("lambda-rds", columns, rows);
    robot.press("]d");
    robot
}

#[test]
fn a_row_of_the_changes_leads_to_the_thing_and_the_tree_marks_it() {
    let mut robot = changed(120, 32);
    let text = robot.text();
    let row = text.lines().position(|line| line.contains("~ changed") && line.contains("rds-sg"));
    let first = text.lines().position(|line| line.contains("Answers that flipped")).unwrap();
    robot.press(&"j".repeat(row.unwrap() - first));
    robot.press("<enter>");
    assert!(robot.state.front.is_none());
    assert_eq!(robot.state.pane, Pane::Group);
    let text = robot.press("<esc>").text();
    assert!(text.contains("export-to-bigquery + new"), "{text}");
}

#[test]
fn a_first_reading_has_nothing_to_compare_and_says_what_to_do() {
    let mut robot = Robot::demo("lambda-rds", 80, 24);
    let text = robot.press("d").text();
    assert!(text.contains("r reads the network again"), "{text}");
    assert!(!robot.press("d").text().contains("reads the network again"), "again: closed");
    let text = robot.press("rd").text();
    assert!(text.contains("Answers that flipped  none"), "{text}");
}

#[test]
fn two_snapshots_are_compared_at_the_start() {
    let earlier = Store::build(networks::network("lambda-rds").unwrap());
    let beginning = Beginning {
        columns: 120,
        rows: 32,
        earlier: Some(Arc::new(earlier)),
        ..Beginning::default()
    };
    let mut robot = Robot::new(vec![networks::network("lambda-rds:attached").unwrap()], beginning);
    let text = robot.text();
    assert!(text.contains("demo lambda-rds → demo lambda-rds:attached"), "{text}");
    assert!(text.contains("opened"), "{text}");
}

#[test]
fn a_network_that_is_read_again_is_swapped_when_all_of_it_is_there() {
    let mut robot = Robot::demo("lambda-rds", 120, 32);
    let before = robot.state.tree.count();
    let store = Arc::new(Store::build(Dump::default()));
    robot.take(Message::Loading(Loading::Network { store, complete: false }));
    assert_eq!(robot.state.tree.count(), before);
}

/// A network of which some calls were denied or failed.
pub fn lacking() -> Dump {
    let mut dump = networks::network("lambda-rds").unwrap();
    let coverage = &mut dump.regions[0].coverage.0;
    let action = "ec2:DescribeNetworkAcls".to_owned();
    coverage.insert(Envelope::NetworkAcls, Outcome::Denied { action, message: String::new() });
    let message = "the connection was reset".to_owned();
    coverage.insert(Envelope::NatGateways, Outcome::Failed { message });
    coverage.remove(&Envelope::VpnGateways);
    dump
}

#[test]
fn what_is_missing_is_told_with_its_permission_and_what_it_makes_unknown() {
    let mut robot = Robot::of(lacking(), 120, 32);
    insta::assert_snapshot!(robot.press("!").text());
}

#[test]
fn the_log_of_a_snapshot_is_its_record() {
    let mut robot = Robot::of(lacking(), 120, 32);
    let text = robot.press("L").text();
    for expected in
        ["! denied", "needs ec2:DescribeNetworkAcls", "✗ failed", "connection was reset"]
    {
        assert!(text.contains(expected), "{expected} is not in\n{text}");
    }
}

#[test]
fn the_log_of_a_live_network_tells_durations_and_grows() {
    let mut robot = Robot::demo("lambda-rds", 120, 32);
    robot.press("L");
    let call = |milliseconds| Called {
        account: "111122223333".into(),
        region: "eu-west-1".into(),
        envelope: Envelope::Subnets,
        outcome: Outcome::Complete,
        items: 12,
        milliseconds: Some(milliseconds),
    };
    robot.press("L");
    robot.take(Message::Loading(Loading::Called(call(1_450))));
    let text = robot.press("L").text();
    assert!(text.contains("✓ complete  DescribeSubnets  12  1.4 s"), "{text}");
}

#[test]
fn keys_of_a_list_copy_close_and_scroll() {
    let mut robot = Robot::of(lacking(), 80, 24);
    robot.press("!");
    robot.draw();
    robot.press("jy");
    assert!(
        matches!(robot.wanted.as_slice(), [Effect::Copy(text)] if text.contains("ec2:DescribeNetworkAcls"))
    );
    robot.press("L");
    robot.draw();
    robot.take(Message::Mouse(Mouse { gesture: Gesture::WheelDown, x: 5, y: 5 }));
    assert_eq!(robot.state.front.as_ref().unwrap().cursor(), 1);
    robot.take(Message::Mouse(Mouse { gesture: Gesture::Press, x: 5, y: 8 }));
    assert_eq!(robot.state.front.as_ref().unwrap().cursor(), 6);
    robot.press("q");
    assert!(robot.state.front.is_none() && robot.wanted.len() == 1);
}
