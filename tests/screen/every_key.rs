//! Every key of the table, in a place where it works: it means what the table says, and something comes of it.

use std::sync::Arc;

use vpctui::app::{Action, BINDINGS, Binding, Effect, Message, Scope};
use vpctui::tour::networks;

use super::robot::{Robot, parse};

const ORDERS: &str = "/orders<enter><esc>";
const DETAILS: &str = "/orders<enter><esc><tab>";
const RULE: &str = "/orders<enter><esc>gj";
const ANSWER: &str = "wexport<enter>orders-db<enter>";

/// The network, and the keys that lead to a place where a row of the table works.
fn way_to(row: &Binding) -> (&'static str, &'static str) {
    let attached = "lambda-rds:attached";
    let keys = match (row.scope, row.action) {
        (Scope::Tree, Action::Open) => "j",
        (Scope::Tree, Action::OpenAll) => "-",
        (Scope::Detail, Action::GoBack) => "/orders<enter><esc><tab><enter>",
        (Scope::Detail, Action::GoForward) => "/orders<enter><esc><tab><enter>[",
        (Scope::Detail, _) => DETAILS,
        (Scope::Group, Action::NextGroup | Action::PreviousGroup) => {
            return ("two groups", "/web-1<enter><esc>gj");
        }
        (Scope::Group, _) => RULE,
        (Scope::Browse, Action::UsualSizes) => "/orders<enter><esc>>",
        (Scope::Browse, _) => ORDERS,
        (Scope::Front, Action::Log) => "L",
        (Scope::Front, Action::Coverage | Action::CopyRow) => "!",
        (Scope::Front, _) => "d",
        (Scope::Help, _) => "?",
        (Scope::Answer, Action::NextPath | Action::PreviousPath) => ANSWER,
        (Scope::Answer, _) => return ("lambda-rds", ANSWER),
        (Scope::Copying, Action::CopyLine('p')) => "/bastion<enter><esc>y",
        (Scope::Copying, _) => "/orders<enter><esc>y",
        (Scope::Choosing, Action::Choose) => ":theme l",
        (Scope::Choosing, Action::Erase | Action::EraseAll) => ":ab",
        (Scope::Choosing, _) => ":<down><down>",
        (Scope::Filtering, Action::Move(_)) => "/a<home><down>",
        (Scope::Filtering, _) => "/ab",
        (Scope::Everywhere, Action::NextStage) => return ("lambda-rds", ""),
        (Scope::Everywhere, Action::Back) => "/db<enter>",
        _ => "jjj",
    };
    (attached, keys)
}

fn robot(network: &str) -> Robot {
    if network != "two groups" {
        return Robot::demo(network, 120, 32);
    }
    let mut dump = networks::network("lambda-rds:attached").unwrap();
    let resources = &mut dump.regions[0].resources;
    let all =
        resources.network_interfaces.iter().flat_map(|one| one.groups.clone().unwrap_or_default());
    let all: Vec<_> = all.collect();
    for interface in &mut resources.network_interfaces {
        let more = all
            .iter()
            .find(|group| !interface.groups.iter().flatten().any(|one| one == *group))
            .cloned();
        Arc::make_mut(interface).groups.get_or_insert_default().extend(more);
    }
    Robot::of(dump, 120, 32)
}

/// Presses keys and looks at the screen after each: what is scrolled knows its length once it was drawn.
fn walk(robot: &mut Robot, keys: &str) {
    robot.draw();
    for key in parse(keys) {
        robot.take(Message::Key(key));
        robot.draw();
    }
}

/// What can be seen, and what was wanted.
fn seen(robot: &mut Robot) -> (String, usize) {
    (robot.text_and_styles(), robot.wanted.len())
}

#[test]
fn every_key_means_what_the_table_says_and_does_something() {
    for row in BINDINGS {
        for key in row.keys {
            let (network, keys) = way_to(row);
            let mut robot = robot(network);
            walk(&mut robot, keys);
            let what = format!("{key} ({}) after {keys:?}", row.help);
            let scopes = robot.state.scopes();
            assert!(scopes.contains(&row.scope), "{what}: not in {:?}", row.scope);
            assert_eq!(robot.state.keys.lookup(scopes, *key), Some(row.action), "{what}");
            let screen = robot.text();
            let elsewhere = matches!(row.action, Action::Profiles | Action::Regions);
            let offered = robot.state.is_useful(row.action) || elsewhere;
            assert!(offered, "{what}: not offered on\n{screen}");
            let before = seen(&mut robot);
            robot.take(Message::Key(*key));
            assert_ne!(seen(&mut robot), before, "{what}: nothing came of it");
        }
    }
}

#[test]
fn every_line_of_the_copy_menu_copies() {
    for row in BINDINGS.iter().filter(|row| matches!(row.action, Action::CopyLine(_))) {
        let (network, keys) = way_to(row);
        let mut robot = robot(network);
        walk(&mut robot, keys);
        robot.take(Message::Key(row.keys[0]));
        assert!(matches!(robot.wanted.as_slice(), [Effect::Copy(_)]), "{}", row.help);
    }
}
