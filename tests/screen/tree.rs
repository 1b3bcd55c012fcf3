//! The tree: rows that are counted instead of listed, the search, and the group panel beside it.

use proptest::prelude::*;
use serde_json::{Value, json};
use vpctui::app::{Effect, Fold, ItemData, Key, Message, Row, Work, update};
use vpctui::model::dump::{Dump, RegionDump};
use vpctui::store::tree::{NodeIx, NodeKind, Tree};

use super::robot::Robot;

/// Regions of accounts, each with the resources in these files.
pub fn network(places: &[(&str, &str, &Value)]) -> Dump {
    let regions = places.iter().map(|(account, region, files)| {
        let mut dump = RegionDump {
            account: (*account).into(),
            region: (*region).into(),
            ..RegionDump::default()
        };
        for call in vpctui::model::catalogue::CALLS {
            if let Some(list) = files.get(call.key) {
                dump.resources.read(call.envelope, list).unwrap();
            }
        }
        dump
    });
    Dump { regions: regions.collect(), ..Dump::default() }
}

fn one_vpc(number: usize) -> Value {
    let (vpc, subnet) = (format!("vpc-{number}"), format!("subnet-{number}"));
    json!({
        "Vpcs": [{"VpcId": vpc, "CidrBlock": format!("10.{number}.0.0/16")}],
        "Subnets": [{"SubnetId": subnet, "VpcId": vpc, "CidrBlock": format!("10.{number}.3.0/24")}],
        "NetworkInterfaces": [{"NetworkInterfaceId": format!("eni-{number}"), "SubnetId": subnet, "VpcId": vpc,
                               "PrivateIpAddress": format!("10.{number}.3.17"), "Description": "x"}]
    })
}

pub fn names(robot: &Robot) -> Vec<String> {
    let rows = robot.state.tree.rows().into_iter();
    rows.map(|row| robot.state.tree.tree().node(row.at).name.to_string()).collect()
}

/// The rows of a tree of which these nodes are open, listed in the plain way.
fn listed(tree: &Tree, nodes: &[NodeIx], level: u16, fold: &dyn Fn(NodeIx) -> Fold) -> Vec<Row> {
    let rows = nodes.iter().flat_map(|at| {
        let row = Row { at: *at, level, fold: fold(*at) };
        let inside = match row.fold {
            Fold::Open => listed(tree, &tree.node(*at).children, level + 1, fold),
            _ => Vec::new(),
        };
        std::iter::once(row).chain(inside)
    });
    rows.collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn rows_are_counted_as_they_would_be_listed(keys in "[jkhlG*\\-]{1,40}") {
        let mut robot = Robot::demo("lambda-rds:attached", 100, 20);
        robot.press(&keys);
        let rows = robot.state.tree.rows();
        prop_assert_eq!(rows.len(), robot.state.tree.count());
        let tree = robot.state.tree.tree();
        let vpcs: Vec<_> = rows.iter().filter(|row| row.level == 0).map(|row| row.at).collect();
        let fold = |at| rows.iter().find(|row| row.at == at).map_or(Fold::Closed, |row| row.fold);
        prop_assert_eq!(&listed(tree, &vpcs, 0, &fold), &rows);
        let at = robot.state.tree.selected_row();
        prop_assert_eq!(robot.state.tree.selected(), rows.get(at).map(|row| row.at));
        let top = robot.state.tree.top();
        let window = robot.state.tree.window();
        prop_assert_eq!(&rows[top..top + window.len()], &window[..]);
    }
}

#[test]
fn an_account_and_a_region_with_one_thing_inside_share_its_row() {
    let (one, two, three) = (one_vpc(1), one_vpc(2), one_vpc(3));
    let places =
        [("111", "eu-west-1", &one), ("222", "eu-west-1", &two), ("222", "us-east-1", &three)];
    let mut robot = Robot::of(network(&places), 100, 20);
    let text = robot.text();
    assert!(text.contains("111 · eu-west-1 · vpc-1"), "{text}");
    assert!(text.contains("222") && text.contains("eu-west-1 · vpc-2"), "{text}");
    assert!(!text.contains("222 · "), "{text}");
    let mut lone = Robot::of(network(&places[..1]), 100, 20);
    assert!(!lone.text().contains("111 · eu-west-1 · vpc-1"), "the header says it");
}

#[test]
fn an_address_finds_the_interface_and_the_subnet_that_holds_it() {
    let (one, two) = (one_vpc(1), one_vpc(2));
    let places = [("111", "eu-west-1", &one), ("222", "eu-west-1", &two)];
    let mut robot = Robot::of(network(&places), 100, 20);
    robot.press("/10.2.3.17");
    assert_eq!(robot.state.tree.selected_node().unwrap().kind, NodeKind::Interface);
    assert_eq!(robot.state.tree.found(), Some(2));
    robot.press("<c-u>10.2.3.99");
    let selected = robot.state.tree.selected_node().unwrap();
    assert_eq!((&*selected.id, selected.kind), ("subnet-2", NodeKind::Subnet));
    assert!(!names(&robot).contains(&"subnet-1".to_owned()));
    robot.press("<c-u>10.1.3.0/28");
    assert_eq!(robot.state.tree.found(), Some(0), "nothing is within so small a prefix");
    robot.press("<c-u>10.1.0.0/16");
    assert_eq!(robot.state.tree.found(), Some(3), "the VPC, its subnet, its interface");
}

#[test]
fn a_superseded_search_is_called_off_and_its_result_ignored() {
    let mut robot = Robot::demo("lambda-rds", 100, 20);
    robot.press("/");
    let mut type_letter = |letter| update(&mut robot.state, Message::Key(Key::char(letter)));
    let (first, second) = (type_letter('o'), type_letter('r'));
    let ([Effect::Work(Work::Search(first)), ..], [Effect::Work(Work::Search(second)), ..]) =
        (first.as_slice(), second.as_slice())
    else {
        unreachable!("every letter is searched for")
    };
    assert!(first.cancel.is_cancelled() && !second.cancel.is_cancelled());
    assert_eq!(first.run(), None);
    let found = second.run().unwrap();
    let late = vpctui::app::Worked::Search(first.number, found);
    update(&mut robot.state, Message::Worked(late));
    assert_eq!(robot.state.tree.found(), None);
}

#[test]
fn a_key_that_changes_no_selection_computes_nothing() {
    let mut robot = Robot::demo("lambda-rds:attached", 120, 32);
    robot.press("/orders<enter><esc>");
    let effects = update(&mut robot.state, Message::Tick(5));
    assert!(effects.is_empty(), "{effects:?}");
    robot.press("g");
    let effects = update(&mut robot.state, Message::Key(Key::char('j')));
    assert!(effects.is_empty(), "another rule of the same group: {effects:?}");
}

#[test]
fn interfaces_stand_under_their_groups_their_users_or_their_tables() {
    let mut robot = Robot::demo("lambda-rds:attached", 120, 40);
    robot.press("/orders<enter><esc>.");
    assert_eq!(
        &*robot.state.tree.selected_node().unwrap().name,
        "orders-db",
        "one stays where one is"
    );
    let text = robot.text();
    assert!(text.contains("Network  by security group"), "{text}");
    robot.press("<home>h");
    assert!(names(&robot).contains(&"lambda-sg".to_owned()), "{:?}", names(&robot));
    robot.press(":lambda-sg security<enter>");
    assert_eq!(
        robot.state.group.document().unwrap().group.name,
        "lambda-sg",
        "the panel goes along"
    );
    robot.press("<esc>.");
    assert!(names(&robot).contains(&"database".to_owned()), "{:?}", names(&robot));
    robot.press(".");
    assert!(names(&robot).contains(&"private".to_owned()), "{:?}", names(&robot));
    robot.press(".");
    assert_eq!(names(&robot).first().map(String::as_str), Some("shop"));
}

#[test]
fn the_order_is_by_name_address_id_or_count_either_way() {
    let mut robot = Robot::demo("lambda-rds:attached", 120, 40);
    let by = |robot: &Robot, kind| {
        let rows = robot.state.tree.rows().into_iter();
        let nodes = rows.map(|row| robot.state.tree.tree().node(row.at));
        nodes.filter(|node| node.kind == kind).map(|node| node.id.to_string()).collect::<Vec<_>>()
    };
    robot.press("ss");
    let subnets = by(&robot, NodeKind::Subnet);
    assert!(subnets.is_sorted(), "{subnets:?}");
    robot.press("S");
    let reversed = by(&robot, NodeKind::Subnet);
    assert_eq!(reversed.into_iter().rev().collect::<Vec<_>>(), subnets);
    robot.press("Ss");
    let rows = robot.state.tree.rows().into_iter();
    let nodes = rows.map(|row| robot.state.tree.tree().node(row.at));
    let counts = nodes.filter(|node| node.kind == NodeKind::Subnet).map(|node| node.leaves);
    assert!(counts.collect::<Vec<_>>().is_sorted_by(|a, b| a >= b));
}

#[test]
fn an_arrangement_survives_a_refresh() {
    let mut robot = Robot::demo("lambda-rds", 120, 40);
    robot.press("..r");
    assert!(names(&robot).contains(&"database".to_owned()), "{:?}", names(&robot));
    robot.press("]");
    assert!(names(&robot).contains(&"database".to_owned()), "{:?}", names(&robot));
}

#[test]
fn columns_stand_under_each_other() {
    let mut robot = Robot::demo("lambda-rds:attached", 200, 24);
    assert!(robot.press(",").text().contains("eni-0dbbe1066bf300c27"));
    assert!(robot.press(",").text().contains("database"));
    insta::assert_snapshot!(robot.press(",").text());
}

#[test]
fn an_open_rule_lists_what_it_covers_and_enter_goes_there() {
    let mut robot = Robot::demo("lambda-rds:attached", 120, 40);
    // There is room, so that every rule is open by itself.
    let text = robot.press("/orders<enter><esc>gj").text();
    assert!(
        text.contains("● lambda       nightly-report             10.0.12.31       shop"),
        "{text}"
    );
    robot.press("j<enter>");
    assert_eq!(&*robot.state.tree.selected_node().unwrap().name, "nightly-report");
    assert_eq!(
        robot.state.group.covered_count(),
        3,
        "the rule's marks stay while one is in its list"
    );
    robot.press("k<enter>");
    assert!(!robot.text().contains("● lambda       nightly"));
    robot.press("<enter>");
    assert!(robot.text().contains("● lambda       nightly"));
}

#[test]
fn rules_are_not_opened_by_themselves_where_there_is_no_room() {
    let mut robot = Robot::demo("lambda-rds:attached", 120, 24);
    let text = robot.press("/orders<enter><esc>gj").text();
    assert!(text.contains("▸ tcp 5432    lambda-sg") && !text.contains("● lambda   "), "{text}");
    assert!(robot.press("<enter>").text().contains("● lambda       nightly"));
}

#[test]
fn a_group_that_refers_to_this_one_is_a_way_to_it() {
    let mut robot = Robot::demo("lambda-rds:attached", 120, 40);
    let text = robot.press(":lambda-sg security<enter>").text();
    assert!(text.contains("referred to by rds-sg  in 1 inbound rule"), "{text}");
    while !matches!(robot.state.group.here(), Some(ItemData::Referrer(_))) {
        robot.press("j");
    }
    robot.press("<enter>");
    assert_eq!(robot.state.group.document().unwrap().group.name, "rds-sg");
}

#[test]
fn a_pinned_panel_stays_with_its_group() {
    let mut robot = Robot::demo("lambda-rds:attached", 120, 40);
    robot.press("/orders<enter><esc>gp<esc><home>jj");
    assert!(robot.text().contains("pinned"));
    assert_eq!(robot.state.group.document().unwrap().group.name, "rds-sg");
    robot.press("gp<esc>");
    assert_eq!(robot.state.group.document().unwrap().group.name, "bastion-sg");
}

#[test]
fn rules_that_let_in_too_much_or_nothing_are_marked() {
    let anyone = json!([{"CidrIp": "0.0.0.0/0"}]);
    let files = json!({
        "Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"}],
        "SecurityGroups": [{"GroupId": "sg-1", "GroupName": "wide", "VpcId": "vpc-1", "IpPermissions": [
            {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": anyone},
            {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "IpRanges": anyone},
            {"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432, "UserIdGroupPairs": [{"GroupId": "sg-gone"}]}]}]
    });
    let mut robot = Robot::of(network(&[("111", "eu-west-1", &files)]), 120, 40);
    insta::assert_snapshot!(robot.press(":sg-1<enter>").text());
}
