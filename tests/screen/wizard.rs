//! The wizard: verdicts while one types, repairs tried out, rules in their places, exports, questions asked before.

use vpctui::app::{Effect, Gesture, Message, Mouse, Told, Topic, update};
use vpctui::reach::Verdict;

use super::robot::Robot;

/// In front of the answer to the story's question.
fn answered() -> Robot {
    let mut robot = Robot::demo("lambda-rds", 120, 32);
    robot.press("wexport<enter>orders-db<enter>");
    robot.draw();
    robot
}

fn verdict(robot: &Robot) -> Verdict {
    robot.state.wizard.as_ref().unwrap().answer.document().unwrap().verdict
}

#[test]
fn the_verdict_is_seen_while_one_chooses_and_types() {
    let mut robot = Robot::demo("lambda-rds", 120, 32);
    robot.press("wexport<enter>");
    assert_eq!(robot.press("orders-db").state.preview.verdict(), Some(Verdict::Blocked));
    let text = robot.text();
    assert!(text.lines().nth(1).unwrap().contains("✗ blocked"), "{text}");
    robot.press("<c-u>internet");
    assert_eq!(robot.state.preview.verdict(), Some(Verdict::Reachable));
    robot.press("<enter>p<c-u>");
    assert_eq!(robot.state.preview.verdict(), None, "nothing that could be asked is typed");
    robot.press("udp 53");
    assert_eq!(robot.state.preview.verdict(), Some(Verdict::Reachable));
}

#[test]
fn repairs_are_tried_out_one_after_the_other_and_then_none() {
    let mut robot = answered();
    assert_eq!(verdict(&robot), Verdict::Blocked);
    let fixes = robot.state.wizard.as_ref().unwrap().answer.fixes().len();
    for fix in 0..fixes {
        robot.press("f");
        let view = &robot.state.wizard.as_ref().unwrap().answer;
        assert_eq!(view.what_if.as_ref().unwrap().fix, fix);
        assert_eq!(view.document().unwrap().verdict, view.shown_fix().unwrap().verdict_after);
        assert!(robot.text().contains("What if"));
    }
    robot.press("f");
    assert!(robot.state.wizard.as_ref().unwrap().answer.what_if.is_none());
    assert_eq!(verdict(&robot), Verdict::Blocked);
}

#[test]
fn what_a_repair_opens_besides_is_listed() {
    let mut robot = answered();
    let text = robot.press("o").text();
    assert!(text.contains("What else the repair opens"), "{text}");
    assert!(!text.contains("Computing"), "{text}");
    robot.press("<esc>");
    assert!(robot.state.front.is_none() && robot.state.wizard.is_some());
}

#[test]
fn everybody_who_reaches_b_is_listed() {
    let mut robot = answered();
    let text = robot.press("e").text();
    assert!(text.contains("Who reaches B") && text.contains("Reached by"), "{text}");
}

#[test]
fn enter_opens_the_rule_that_decided_in_its_place() {
    let mut robot = Robot::demo("nacl-ephemeral", 120, 32);
    robot.press("wcheckout<enter>sessions-db<enter>");
    robot.draw();
    robot.press("<enter>");
    robot.draw();
    assert_eq!(robot.state.front.as_ref().unwrap().topic, Topic::Rule);
    let text = robot.text();
    assert!(text.contains("▶ decided") && text.contains("network acl"), "{text}");
    insta::assert_snapshot!(text);
    robot.press("<esc>");
    assert!(robot.state.wizard.is_some());
}

#[test]
fn every_check_of_every_answer_has_a_place() {
    for (network, keys) in [
        ("lambda-rds:nat", "wexport<enter>internet<enter>"),
        ("nacl-ephemeral", "wcheckout<enter>sessions-db<enter>"),
        ("lambda-rds:attached", "wexport<enter>orders-db<enter>"),
    ] {
        let mut robot = Robot::demo(network, 120, 40);
        robot.press(keys);
        robot.press("<down><home>");
        for _ in 0..12 {
            robot.press("<enter>");
            assert!(robot.state.front.is_some(), "{network}");
            assert!(!robot.text().contains("│  │"));
            robot.press("<esc><down>");
        }
    }
}

#[test]
fn the_answer_is_exported_in_three_forms_to_clipboard_or_file() {
    let mut robot = answered();
    robot.press("xmarkdown clip<enter>xJSON folder<enter>xtext folder<enter>");
    let [
        Effect::Copy(markdown),
        Effect::Save { name: json_name, text: json },
        Effect::Save { name, text },
    ] = robot.wanted.as_slice()
    else {
        unreachable!("{:?}", robot.wanted)
    };
    assert!(markdown.contains("blocked") && markdown.contains("```"), "{markdown}");
    assert_eq!(json_name, "why-export-to-bigquery-orders-db-tcp-5432.json");
    assert!(json.contains("\"schema\": \"vpctui.why/1\""));
    assert_eq!(name, "why-export-to-bigquery-orders-db-tcp-5432.txt");
    assert!(text.starts_with("✗ blocked"), "{text}");
}

#[test]
fn the_commands_of_the_repair_and_the_whole_answer_are_copied() {
    let mut robot = answered();
    robot.press("yY");
    let [Effect::Copy(commands), Effect::Copy(whole)] = robot.wanted.as_slice() else {
        unreachable!("{:?}", robot.wanted)
    };
    assert!(commands.starts_with("aws lambda update-function-configuration"), "{commands}");
    assert!(whole.contains("UNASSOCIATED_COMPONENT"), "{whole}");
}

#[test]
fn questions_are_remembered_once_and_asked_again() {
    let mut robot = answered();
    robot.press("s<esc>wbastion<enter>orders-db<enter><esc>");
    robot.press("wexport<enter>orders-db<enter><esc>");
    let asked: Vec<_> = robot.state.history.iter().map(|asked| asked.verdict).collect();
    assert_eq!(asked.len(), 3, "{:?}", robot.state.history);
    robot.press("H");
    let text = robot.text();
    assert!(
        text.contains("Questions asked before") && text.contains("bastion → orders-db"),
        "{text}"
    );
    robot.press("bastion<enter>");
    assert_eq!(robot.state.wizard.as_ref().unwrap().from.as_ref().unwrap().label, "bastion");
    assert!(robot.state.wizard.as_ref().unwrap().answer.document().is_some());
}

#[test]
fn a_question_that_takes_long_says_so_and_is_called_off() {
    let mut robot = Robot::demo("lambda-rds", 120, 32);
    robot.press("wexport<enter>orders-db");
    let enter = Message::Key(vpctui::app::Key::plain(vpctui::app::Code::Enter));
    let effects = update(&mut robot.state, enter);
    assert!(matches!(effects.first(), Some(Effect::Ask(_))));
    assert!(robot.state.is_waiting());
    robot.take(Message::Tick(1));
    robot.take(Message::Tick(2));
    let text = robot.text();
    assert!(text.contains("2 s · Esc calls it off"), "{text}");
    robot.press("<esc>");
    assert!(matches!(robot.state.wizard.as_ref().unwrap().answer.told, Told::Nothing));
    let Some(Effect::Ask(ask)) = effects.into_iter().next() else { unreachable!() };
    let document = Ok(std::sync::Arc::default());
    robot.take(Message::Answer(vpctui::app::Answer { number: ask.number, document }));
    assert!(robot.state.wizard.as_ref().unwrap().answer.document().is_none(), "too late");
}

#[test]
fn the_mouse_stands_on_checks_and_opens_their_rules() {
    let mut robot = answered();
    let text = robot.text();
    let y = text.lines().position(|line| line.contains("group in")).unwrap();
    let x = text.lines().nth(y).unwrap().find("group in").unwrap();
    let x = u16::try_from(text.lines().nth(y).unwrap()[..x].chars().count()).unwrap();
    let press = Message::Mouse(Mouse { gesture: Gesture::Press, x, y: u16::try_from(y).unwrap() });
    robot.take(press.clone());
    robot.draw();
    assert!(robot.state.front.is_none());
    robot.take(press);
    assert_eq!(robot.state.front.as_ref().unwrap().topic, Topic::Rule);
}

#[test]
fn the_mouse_chooses_in_menus_and_closes_them() {
    let mut robot = answered();
    robot.press("x");
    robot.draw();
    let hit = robot.state.extents.hits.last().copied().unwrap();
    let press = |x, y| Message::Mouse(Mouse { gesture: Gesture::Press, x, y });
    robot.take(press(hit.area.x + 5, hit.area.y));
    robot.draw();
    robot.take(press(hit.area.x + 5, hit.area.y));
    assert!(matches!(robot.wanted.as_slice(), [Effect::Save { .. }]), "{:?}", robot.wanted);
    robot.press("x");
    robot.draw();
    robot.take(press(0, 3));
    assert!(robot.state.palette.is_none());
}
