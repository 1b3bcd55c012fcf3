//! How the panes look: text and styles at the sizes that people have.

use serde_json::json;
use vpctui::app::ThemeName;
use vpctui::model::dump::{Dump, RegionDump};

use super::gallery::{PANES, Shown};
use super::robot::Robot;

const THEMES: [ThemeName; 3] = [ThemeName::Dark, ThemeName::Light, ThemeName::Monochrome];

/// Text, then per theme a map of styles and what its letters mean; a map like the one before is not repeated.
fn picture(shown: &Shown, columns: u16, rows: u16) -> String {
    let mut robot = shown.robot(columns, rows);
    let mut told = robot.text();
    let mut before = String::new();
    for theme in THEMES {
        let (map, legend) = robot.theme(theme).styles();
        let map_told = if map == before { "the same map\n" } else { map.as_str() };
        told = format!("{told}\n== {}\n{map_told}\n{legend}", theme.name());
        before = map;
    }
    told
}

fn every_pane_at(columns: u16, rows: u16) {
    for shown in PANES {
        let name = format!("{}-{columns}x{rows}", shown.name);
        insta::assert_snapshot!(name, picture(shown, columns, rows));
    }
}

#[test]
fn every_pane_on_a_small_terminal() {
    every_pane_at(80, 24);
}

#[test]
fn every_pane_on_a_usual_terminal() {
    every_pane_at(120, 32);
}

#[test]
fn every_pane_on_a_wide_terminal() {
    every_pane_at(200, 60);
}

#[test]
fn every_pane_on_a_tiny_terminal() {
    every_pane_at(40, 12);
}

#[test]
fn an_answer_that_is_true_for_some_paths_only() {
    for (columns, rows) in [(80, 40), (120, 32)] {
        let mut robot = Robot::demo("nacl-ephemeral", columns, rows);
        let text = robot.press("wcheckout<enter>sessions-db<enter>").text();
        for expected in ["◐ partial", "Path 3 of 3", "2 of 3 work", "SUBNET_ACL_RESTRICTION", "Fix"]
        {
            assert!(text.contains(expected), "{expected} is not in\n{text}");
        }
        assert!(robot.press("<tab>").text().contains("Path 1 of 3  ✓ reachable"));
    }
}

#[test]
fn without_colours_none_is_sent_and_the_selection_is_still_seen() {
    let mut robot = Robot::demo("lambda-rds", 120, 32);
    for keys in ["", "jjg", "<esc>wexport<enter>", "orders-db<enter>", "?"] {
        let buffer = robot.theme(ThemeName::Monochrome).press(keys).draw();
        let plain = ratatui::style::Color::Reset;
        assert!(buffer.content.iter().all(|cell| cell.fg == plain && cell.bg == plain), "{keys}");
        let reversed = ratatui::style::Modifier::REVERSED;
        assert!(buffer.content.iter().any(|cell| cell.modifier.contains(reversed)) || keys == "?");
    }
}

/// Names as nobody sane gives them, and everybody may.
fn hostile() -> Dump {
    let long = "x".repeat(10_000);
    let name = |value: &str| json!([{"Key": "Name", "Value": value}]);
    let files = json!({
        "Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16", "Tags": name("\u{1b}[2J\u{1b}[31mred\u{7}")}],
        "Subnets": [
            {"SubnetId": "subnet-1", "VpcId": "vpc-1", "CidrBlock": "10.0.1.0/24", "Tags": name(&long)},
            {"SubnetId": "subnet-2", "VpcId": "vpc-1", "CidrBlock": "10.0.2.0/24", "Tags": name("two\nlines\r\n")}],
        "NetworkInterfaces": [
            {"NetworkInterfaceId": "eni-1", "SubnetId": "subnet-1", "VpcId": "vpc-1", "PrivateIpAddress": "10.0.1.5",
             "Attachment": {"InstanceId": "i-1"}, "Groups": [{"GroupId": "sg-1"}]},
            {"NetworkInterfaceId": "eni-2", "SubnetId": "subnet-2", "VpcId": "vpc-1", "PrivateIpAddress": "10.0.2.5",
             "Attachment": {"InstanceId": "i-2"}, "Groups": [{"GroupId": "sg-1"}]}],
        "Reservations": [{"Instances": [
            {"InstanceId": "i-1", "Tags": name("주문-데이터베이스")},
            {"InstanceId": "i-2", "Tags": name("gnp.\u{202e}exe")}]}],
        "SecurityGroups": [{"GroupId": "sg-1", "GroupName": "\u{9b}31m", "VpcId": "vpc-1",
            "IpPermissions": [{"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": "sg-1"}]}]}]
    });
    let mut region = RegionDump::default();
    for call in vpctui::model::catalogue::CALLS {
        if let Some(list) = files.get(call.key) {
            region.resources.read(call.envelope, list).unwrap();
        }
    }
    Dump { regions: vec![region], ..Dump::default() }
}

#[test]
fn hostile_names_do_no_harm_and_wide_ones_stay_aligned() {
    let mut robot = Robot::of(hostile(), 80, 24);
    insta::assert_snapshot!(robot.press("G").text());
}
