//! How the screen is divided: by mouse, by key, and at any size.

use vpctui::app::{Gesture, Message, Mouse, Shares};

use super::robot::Robot;

fn mouse(gesture: Gesture, x: u16, y: u16) -> Message {
    Message::Mouse(Mouse { gesture, x, y })
}

#[test]
fn the_mouse_drags_the_divider_beside_the_tree() {
    let mut robot = Robot::demo("lambda-rds", 120, 32);
    let edge = robot.state.areas().unwrap().detail.x;
    robot.take(mouse(Gesture::Drag, 80, 5));
    assert_eq!(robot.state.areas().unwrap().detail.x, edge, "nothing was taken hold of");
    robot.take(mouse(Gesture::Press, edge, 5));
    robot.take(mouse(Gesture::Drag, 72, 5));
    assert_eq!(robot.state.areas().unwrap().detail.x, 72);
    robot.take(mouse(Gesture::Release, 72, 5));
    robot.take(mouse(Gesture::Drag, 30, 5));
    assert_eq!(robot.state.areas().unwrap().detail.x, 72);
}

#[test]
fn the_mouse_drags_the_top_of_the_group_panel() {
    let mut robot = Robot::demo("lambda-rds", 120, 32);
    let top = robot.state.areas().unwrap().group.y;
    robot.take(mouse(Gesture::Press, 60, top));
    robot.take(mouse(Gesture::Drag, 60, top - 6));
    let after = robot.state.areas().unwrap().group.y;
    assert!(after.abs_diff(top - 6) <= 1, "{after}");
    assert!(robot.text().contains("Group"));
}

#[test]
fn keys_move_the_dividers_within_what_makes_sense_and_back() {
    let mut robot = Robot::demo("lambda-rds", 120, 32);
    let usual = robot.state.areas().unwrap();
    robot.press(">");
    assert!(robot.state.areas().unwrap().tree.width > usual.tree.width);
    robot.press("<<");
    assert!(robot.state.areas().unwrap().tree.width < usual.tree.width);
    robot.press("}");
    assert!(robot.state.areas().unwrap().group.height > usual.group.height);
    for keys in ["<", ">", "{", "}"] {
        robot.press(&keys.repeat(60));
        let areas = robot.state.areas().unwrap();
        for area in [areas.tree, areas.detail, areas.group] {
            assert!(area.width >= 10 && area.height >= 3, "{keys} {area:?}");
        }
    }
    robot.press("=");
    assert_eq!(robot.state.shares, Shares::default());
    assert_eq!(robot.state.areas().unwrap(), usual);
}
