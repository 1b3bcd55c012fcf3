//! Another profile, another region, other names: nothing of the network before is left on the screen once they are there.

use vpctui::app::{
    Beginning, Effect, Elsewhere, Failure, Loading, Masking, Message, State, update,
};
use vpctui::model::dump::Dump;
use vpctui::tour::networks;

use super::robot::Robot;

/// In front of a network that could be read elsewhere too.
fn live() -> Robot {
    let elsewhere = Elsewhere {
        profiles: vec!["shop-prod".into(), "shop-test".into()],
        regions: vec![
            ("eu-west-1".into(), "Ireland".into()),
            ("eu-north-1".into(), "Stockholm".into()),
        ],
    };
    let beginning = Beginning { columns: 120, rows: 32, elsewhere, ..Beginning::default() };
    Robot::new(vec![networks::network("lambda-rds:attached").unwrap()], beginning)
}

/// The same, and what is wanted after some keys is not done.
fn after(robot: &Robot, keys: &[vpctui::app::Key]) -> (State, Vec<Effect>) {
    let mut state = robot.state.clone();
    let effects = keys.iter().flat_map(|key| update(&mut state, Message::Key(*key))).collect();
    (state, effects)
}

#[test]
fn another_profile_and_another_region_are_chosen_from_menus() {
    let mut robot = live();
    let text = robot.press("P").text();
    assert!(text.contains("Read with the profile") && text.contains("shop-test"), "{text}");
    robot.press("test<enter>Rstock<enter>");
    let wanted = robot.readings.last().unwrap();
    assert_eq!(wanted.profile.as_deref(), Some("shop-test"));
    assert_eq!(wanted.region.as_deref(), Some("eu-north-1"), "and the profile stays");
    robot.press("r");
    assert_eq!(robot.readings.last().unwrap().region.as_deref(), Some("eu-north-1"));
}

#[test]
fn a_saved_network_is_read_from_nowhere_else_and_says_so() {
    let mut robot = Robot::demo("lambda-rds", 120, 32);
    assert!(robot.press("P").text().contains("a saved one"));
    assert!(robot.press("R").text().contains("a saved one"));
    assert!(!robot.press("?").text().contains("another profile"));
}

/// What is seen of the first network; its first four names are in no other.
const OWN: [&str; 6] = ["orders-db", "shop  ", "export", "rds-sg", "111122223333", "10.0."];

/// The same network, and nobody has read the other one yet.
fn on_the_way(keys: &str) -> Robot {
    let mut robot = live();
    robot.state.network.failure = None;
    robot.press("/orders<enter><esc>awexport<enter>e");
    let (state, effects) = after(&robot, &super::robot::parse(keys));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Load { known: None, .. })));
    robot.state = state;
    robot
}

fn other() -> Message {
    let mut dump = networks::network("peering-one-way").unwrap();
    dump.origin.label = "shop-test".into();
    for region in &mut dump.regions {
        region.account = "444455556666".into();
    }
    let store = std::sync::Arc::new(vpctui::store::Store::build(dump));
    Message::Loading(Loading::Network { store, complete: true })
}

#[test]
fn the_network_before_stays_until_the_other_one_has_come() {
    let mut robot = on_the_way("Ptest<enter>");
    let text = robot.text();
    assert!(text.contains("demo lambda-rds:attached") && text.contains("orders-db"), "{text}");
    assert!(text.contains("reading…") && text.contains("stays until"), "{text}");

    robot.take(other());
    let text = robot.text();
    for gone in OWN.iter().take(4) {
        assert!(!text.contains(gone), "{gone} is still in\n{text}");
    }
    assert!(text.contains("shop-test") && text.contains("444455556666"), "{text}");
    assert!(robot.state.history.is_empty() && robot.state.wizard.is_none());
    assert!(robot.press("d").text().contains("Nothing to compare yet"));
}

#[test]
fn the_network_before_stays_for_good_where_the_other_one_does_not_come() {
    let failure = || {
        let what = "the login of profile shop-test has expired".to_owned();
        Message::Loading(Loading::Failed(Failure { what, advice: None }))
    };
    for keys in ["Ptest<enter>", "Rstock<enter>", "Ptest<enter>Pprod<enter>"] {
        let mut robot = on_the_way(keys);
        robot.take(failure());
        let text = robot.text();
        assert!(text.contains("demo lambda-rds:attached") && text.contains("orders-db"), "{text}");
        assert!(text.contains("shop-test has expired"), "{text}");
        assert!(robot.press("!").text().contains("shop-test has expired"));
        let wanted = robot.state.wanted();
        assert_eq!((wanted.profile, wanted.region), (None, None), "{keys}");
        robot.press("<esc>r");
        assert_eq!(robot.readings.last().unwrap().profile, None, "{keys}");
    }
    let mut robot = on_the_way("Ptest<enter>");
    robot.press("<esc><esc><esc><esc>");
    assert_eq!(robot.state.wanted().profile, None, "it was called off");
    assert!(robot.text().contains("orders-db"));
}

#[test]
fn nothing_of_the_network_before_is_left_while_pseudonyms_come() {
    let mut waiting = on_the_way("M");
    let text = waiting.text();
    for gone in OWN {
        assert!(!text.contains(gone), "{gone} is still in\n{text}");
    }
    assert!(waiting.state.history.is_empty());
}

#[test]
fn pseudonyms_are_not_compared_with_names() {
    let mut robot = live();
    robot.press("M");
    assert!(robot.state.compared.is_none());
    assert!(robot.press("d").text().contains("Nothing to compare yet"));
}

#[test]
fn pseudonyms_hide_every_name_and_go_away_again() {
    let mut robot = Robot::demo("lambda-rds:attached", 120, 32);
    let names = ["orders-db", "rds-sg", "export-to", "bastion", "111122223333", "203.0.113.7"];
    robot.press("wexport<enter>orders-db<enter><esc>");
    let text = robot.press("M").text();
    assert!(text.contains("pseudonyms") && text.contains("10.0.11.40"), "{text}");
    for keys in
        ["", "/10.0.11.40<enter><esc>g", "v", "vL", "L!", "!d", "dH", "<esc>y", "<esc>?", "<esc>:"]
    {
        let text = robot.press(keys).text();
        for name in names {
            assert!(!text.contains(name), "{name} is in\n{text}");
        }
    }
    let text = robot.press("<esc>M").text();
    assert!(text.contains("orders-db") && !text.contains("pseudonyms ·"), "{text}");
    assert_eq!(robot.state.history.len(), 1, "questions come back with the names");
}

#[test]
fn under_pseudonyms_nothing_is_remembered() {
    let beginning = Beginning {
        remembers: true,
        masking: Masking::On,
        columns: 120,
        rows: 32,
        ..Beginning::default()
    };
    let robot = Robot::new(vec![networks::network("lambda-rds").unwrap()], beginning);
    assert_eq!(robot.state.memory(), None);
    assert!(robot.readings.iter().all(|wanted| wanted.masked));
}

#[test]
fn what_is_remembered_goes_before_another_account_comes() {
    let beginning = Beginning { remembers: true, columns: 120, rows: 32, ..Beginning::default() };
    let mut robot = Robot::new(vec![networks::network("lambda-rds").unwrap()], beginning);
    robot.press("-M");
    assert!(robot.memories.contains_key("111122223333"));
    assert_eq!(robot.state.memory(), None);
    let rows = robot.state.tree.rows().len();
    robot.press("M");
    assert!(robot.state.tree.rows().len() <= rows, "what was closed is closed again");
}

#[test]
fn an_empty_network_is_masked_too() {
    let mut robot = Robot::of(Dump::default(), 80, 24);
    assert!(robot.press("M").text().contains("No VPC here"));
}
