//! What is remembered of an account, from one session to the next.

use vpctui::app::{Beginning, Memory, Message, written};
use vpctui::reach::naming::{candidates, resolve};
use vpctui::store::Store;
use vpctui::tour::networks;

use super::robot::Robot;

fn session(memory: Option<(String, Memory)>, focus: Option<&str>) -> Robot {
    let focus = focus.map(str::to_owned);
    let beginning =
        Beginning { columns: 120, rows: 32, remembers: true, focus, ..Beginning::default() };
    let dump = networks::network("lambda-rds:attached").unwrap();
    let mut robot = Robot::new(vec![dump], beginning);
    if let Some((account, memory)) = memory {
        robot.take(Message::Recalled(account, memory));
    }
    robot
}

fn selected(robot: &Robot) -> String {
    robot.state.tree.selected_node().map(|node| node.name.to_string()).unwrap_or_default()
}

#[test]
fn a_session_begins_where_the_last_one_of_the_account_ended() {
    let mut first = session(None, None);
    first.press("wexport<enter>orders-db<enter><esc>>>/private-a<enter><esc>h");
    let rows = first.state.tree.rows().len();
    let (account, memory) = first.state.memory().unwrap();
    assert_eq!(account, "111122223333");

    // As a file keeps it.
    let kept = serde_json::to_string(&memory).unwrap();
    let second = session(Some((account, serde_json::from_str(&kept).unwrap())), None);
    assert_eq!(second.state.tree.rows().len(), rows, "private-a is closed");
    assert_eq!(selected(&second), "private-a");
    assert_eq!(second.state.shares, first.state.shares);
    assert_eq!(second.state.history, first.state.history);
}

#[test]
fn what_the_user_did_meanwhile_and_where_they_wanted_to_begin_stays() {
    let mut first = session(None, None);
    first.press("/private-a<enter><esc>h");
    let memory = first.state.memory().unwrap();
    let begun = session(Some(memory.clone()), Some("web-2"));
    assert_eq!(selected(&begun), "web-2");

    let mut busy = session(None, None);
    busy.press("jj");
    let before = selected(&busy);
    busy.take(Message::Recalled(memory.0, memory.1));
    assert_eq!(selected(&busy), before);
}

#[test]
fn what_is_remembered_of_another_account_comes_too_late() {
    let mut first = session(None, None);
    first.press("-");
    let (_, memory) = first.state.memory().unwrap();
    let mut second = session(None, None);
    let rows = second.state.tree.rows().len();
    second.take(Message::Recalled("999999999999".into(), memory));
    assert_eq!(second.state.tree.rows().len(), rows);
}

#[test]
fn nothing_is_remembered_unless_that_is_wanted() {
    let robot = Robot::demo("lambda-rds", 120, 32);
    assert_eq!(robot.state.memory(), None);
}

#[test]
fn every_end_is_written_so_that_it_is_found_again() {
    for network in networks::names() {
        let store = Store::build(networks::network(network.name).unwrap());
        for candidate in candidates(&store) {
            let again = resolve(&store, &written(&candidate.end));
            assert_eq!(again.as_ref(), Ok(&candidate.end), "{}", candidate.text);
        }
    }
}
