//! The help: every key that works here, and a search through all there are.

use super::robot::Robot;

#[test]
fn it_tells_the_keys_of_where_one_is() {
    let mut robot = Robot::demo("lambda-rds", 120, 60);
    let tree = robot.press("?").text();
    assert!(tree.contains("sort by name") && !tree.contains("the next repair"), "{tree}");
    let answer = robot.press("<esc>wexport<enter>orders-db<enter>?").text();
    assert!(answer.contains("the next repair") && !answer.contains("sort by name"), "{answer}");
}

#[test]
fn a_search_goes_through_the_keys_of_every_place() {
    let mut robot = Robot::demo("lambda-rds", 120, 32);
    let found = robot.press("?/repair").text();
    assert!(found.contains("Keys  /repair"), "{found}");
    assert!(found.contains("the answer with the next repair made"), "{found}");
    assert!(!found.contains("open everything"), "{found}");
    let kept = robot.press("<enter>").text();
    assert!(kept.contains("Esc shows all") && robot.state.help.is_some(), "{kept}");
    let all = robot.press("<esc>").text();
    assert!(all.contains("open everything") && robot.state.help.is_some(), "{all}");
    robot.press("<esc>");
    assert!(robot.state.help.is_none());
}

#[test]
fn letters_are_typed_into_the_search_and_do_nothing_else() {
    let mut robot = Robot::demo("lambda-rds", 120, 32);
    let text = robot.press("?/qjrt").text();
    assert!(robot.wanted.is_empty() && text.contains("No key has to do with “qjrt”"), "{text}");
}

#[test]
fn what_does_not_fit_can_be_scrolled_to() {
    let mut robot = Robot::demo("lambda-rds", 80, 24);
    robot.press("?");
    robot.draw();
    let text = robot.press("G").text();
    assert!(text.contains("suspend"), "{text}");
}
