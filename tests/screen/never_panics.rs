//! Drawing never fails, whatever the size and whatever was pressed before.

use proptest::prelude::*;
use vpctui::app::{Code, Gesture, Key, Message, Mouse, ThemeName};

use super::robot::Robot;

fn key() -> impl Strategy<Value = Key> {
    let letters = prop::sample::select(
        "jklhgGwab/:?yYrft[]pxi*-+qdL!HMRPes 5主vecosS.,n<>{}=".chars().collect::<Vec<_>>(),
    );
    let others = prop::sample::select(vec![
        Code::Enter,
        Code::Esc,
        Code::Tab,
        Code::BackTab,
        Code::Up,
        Code::Down,
        Code::Left,
        Code::Right,
        Code::Home,
        Code::End,
        Code::PageUp,
        Code::PageDown,
        Code::Backspace,
        Code::Function(5),
    ]);
    prop_oneof![letters.prop_map(Key::char), others.prop_map(Key::plain)]
}

fn message() -> impl Strategy<Value = Message> {
    let gesture = prop::sample::select(vec![
        Gesture::Press,
        Gesture::Drag,
        Gesture::Release,
        Gesture::WheelUp,
        Gesture::WheelDown,
    ]);
    let mouse = (gesture, 0..210_u16, 0..70_u16);
    prop_oneof![
        12 => key().prop_map(Message::Key),
        2 => (0..210_u16, 0..70_u16).prop_map(|(columns, rows)| Message::Resize(columns, rows)),
        2 => mouse.prop_map(|(gesture, x, y)| Message::Mouse(Mouse { gesture, x, y })),
        1 => Just(Message::Paste("orders".into())),
        1 => any::<i64>().prop_map(Message::Tick),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_state_can_be_drawn_at_any_size(
        messages in prop::collection::vec(message(), 1..60),
        theme in prop::sample::select(ThemeName::ALL.to_vec()),
    ) {
        let mut robot = Robot::demo("lambda-rds:attached", 80, 24);
        robot.theme(theme);
        for message in messages {
            robot.take(message);
            robot.draw();
            prop_assert!(vpctui::app::STACKS.contains(&robot.state.scopes()));
        }
    }
}
