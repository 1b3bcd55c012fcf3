//! What keys do.

use vpctui::app::{BINDINGS, Effect, Gesture, Message, Mouse, Pane, Scope, Step};
use vpctui::reach::Verdict;

use super::robot::Robot;

fn robot() -> Robot {
    Robot::demo("lambda-rds", 120, 32)
}

/// How many interfaces the outermost nodes are marked with.
fn marked(robot: &Robot) -> usize {
    let roots = robot.state.tree.tree().roots().iter();
    roots.filter_map(|at| robot.state.group.covered_at(*at)).sum()
}

fn selected(robot: &Robot) -> String {
    robot.state.tree.selected_node().map(|node| node.name.to_string()).unwrap_or_default()
}

#[test]
fn no_scope_has_two_rows_for_one_key() {
    for (number, row) in BINDINGS.iter().enumerate() {
        for other in BINDINGS.iter().skip(number + 1).filter(|other| other.scope == row.scope) {
            let both = row.keys.iter().find(|key| other.keys.contains(key));
            assert!(both.is_none(), "{both:?} is both `{}` and `{}`", row.help, other.help);
        }
    }
}

#[test]
fn every_key_of_the_footer_and_the_help_is_in_scope() {
    let mut robot = robot();
    for keys in [
        "",
        "<tab>",
        "g",
        "<esc>/",
        "<esc>w",
        "export<enter>orders<enter>",
        "p",
        "<esc><esc>:",
        "<esc>?",
    ] {
        robot.press(keys);
        let scopes = robot.state.scopes();
        for row in robot.state.keys.in_scopes(scopes) {
            assert!(scopes.contains(&row.scope), "after {keys}: {}", row.help);
            assert!(!row.help.is_empty());
        }
    }
}

#[test]
fn up_and_down_in_vim_and_arrow_ways() {
    let mut robot = robot();
    assert_eq!(selected(&robot), "shop");
    robot.press("j<down>");
    assert_eq!(selected(&robot), "bastion");
    robot.press("k<up>k");
    assert_eq!(selected(&robot), "shop");
    robot.press("G");
    assert_eq!(selected(&robot), "export-to-bigquery");
    robot.press("<home>");
    assert_eq!(selected(&robot), "shop");
}

#[test]
fn left_closes_then_goes_up_and_right_opens_then_goes_in() {
    let mut robot = robot();
    robot.press("jj");
    assert_eq!(selected(&robot), "bastion");
    robot.press("h");
    assert_eq!(selected(&robot), "public-a");
    let rows = robot.state.tree.rows().len();
    robot.press("h");
    assert_eq!(selected(&robot), "public-a");
    assert_eq!(robot.state.tree.rows().len(), rows - 2);
    robot.press("ll");
    assert_eq!(selected(&robot), "bastion");
}

#[test]
fn a_filter_keeps_what_it_finds_and_what_that_is_inside_of() {
    let mut robot = robot();
    robot.press("/10.0.11.40");
    let names = |robot: &Robot| {
        let rows = robot.state.tree.rows().into_iter();
        rows.map(|row| robot.state.tree.tree().node(row.at).name.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(names(&robot), ["shop", "private-a", "orders-db"]);
    assert_eq!(selected(&robot), "orders-db");
    robot.press("<enter>");
    assert!(!robot.state.filtering);
    robot.press("<esc>");
    assert!(names(&robot).len() > 10);
    assert_eq!(selected(&robot), "orders-db", "the selection stays");
}

#[test]
fn no_letter_does_anything_while_a_text_is_typed() {
    let letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789?:/[]*+-";
    for before in ["/", ":", "w", "wexport<enter>"] {
        let mut robot = robot();
        robot.press(before);
        let effects = robot.wanted.len();
        robot.press(letters);
        assert_eq!(robot.wanted.len(), effects, "after {before}");
        let typed = match (&robot.state.wizard, &robot.state.palette) {
            (_, Some(palette)) => palette.input.text(),
            (Some(wizard), _) => match &wizard.step {
                Step::Choose(_, chooser) => chooser.input.text(),
                _ => "",
            },
            _ => robot.state.tree.filter().text(),
        };
        assert_eq!(typed, letters, "after {before}");
    }
}

#[test]
fn escape_goes_back_one_level_at_a_time_and_never_out() {
    let mut robot = robot();
    robot.press("wexport<enter>orders-db<enter>p");
    assert!(matches!(robot.state.wizard.as_ref().unwrap().step, Step::Flow(..)));
    robot.press("<esc>");
    assert!(matches!(robot.state.wizard.as_ref().unwrap().step, Step::Answer));
    robot.press("?");
    assert!(robot.state.help.is_some());
    robot.press("<esc>");
    assert!(robot.state.help.is_none() && robot.state.wizard.is_some());
    robot.press("<esc>");
    assert!(robot.state.wizard.is_none());
    robot.press("<esc><esc><esc><back>");
    assert!(robot.wanted.is_empty());
}

#[test]
fn q_goes_out_from_the_main_screen_only_and_control_c_from_everywhere() {
    let mut robot = robot();
    robot.press("?q");
    assert!(robot.wanted.is_empty() && robot.state.help.is_none());
    robot.press("q");
    assert!(matches!(robot.wanted.as_slice(), [Effect::Quit]));
    for before in ["", "/", ":", "w", "?", "g"] {
        let mut robot = self::robot();
        robot.press(before).press("<c-c>");
        assert!(matches!(robot.wanted.as_slice(), [Effect::Quit]), "after {before}");
    }
}

#[test]
fn the_wizard_takes_port_and_protocol_from_b_and_answers() {
    let mut robot = robot();
    robot.press("wexport<enter>orders-db<enter>");
    let wizard = robot.state.wizard.as_ref().unwrap();
    assert_eq!(wizard.flow.port, Some(5432));
    assert_eq!(wizard.answer.document().unwrap().verdict, Verdict::Blocked);
}

#[test]
fn marks_in_the_tree_are_the_ends_of_the_next_question() {
    let mut robot = robot();
    robot.press("/nightly<enter>a<esc>/orders<enter>bw");
    let wizard = robot.state.wizard.as_ref().unwrap();
    assert!(matches!(wizard.step, Step::Answer));
    assert_eq!(wizard.from.as_ref().unwrap().label, "nightly-report");
    assert_eq!(wizard.to.as_ref().unwrap().label, "orders-db");
}

#[test]
fn a_mark_on_what_is_no_end_explains_itself() {
    let mut robot = robot();
    robot.press("a");
    assert!(robot.state.marks.from.is_none());
    assert!(robot.state.notice.is_some());
}

#[test]
fn what_if_answers_as_if_the_fix_were_made_and_goes_back() {
    let mut robot = robot();
    robot.press("wexport<enter>orders-db<enter>i");
    let verdict =
        |robot: &Robot| robot.state.wizard.as_ref().unwrap().answer.document().unwrap().verdict;
    assert_eq!(verdict(&robot), Verdict::Reachable);
    robot.press("i");
    assert_eq!(verdict(&robot), Verdict::Blocked);
}

#[test]
fn the_next_stage_answers_the_question_on_the_screen_again() {
    let mut robot = robot();
    robot.press("wexport<enter>orders-db<enter>]");
    let document = robot.state.wizard.as_ref().unwrap().answer.document().unwrap().clone();
    assert_eq!(document.verdict, Verdict::Reachable);
    assert_eq!(robot.state.stage, 1);
}

#[test]
fn a_late_answer_to_an_older_question_is_ignored() {
    let mut robot = robot();
    robot.press("wexport<enter>orders-db<enter>");
    let before = robot.state.wizard.as_ref().unwrap().answer.document().unwrap().clone();
    let late = vpctui::app::Answer { number: 0, document: Ok(std::sync::Arc::default()) };
    robot.take(Message::Answer(late));
    let after = robot.state.wizard.as_ref().unwrap().answer.document().unwrap().clone();
    assert_eq!(before, after);
}

#[test]
fn a_rule_in_the_group_panel_marks_what_it_covers() {
    let mut robot = Robot::demo("lambda-rds:attached", 120, 32);
    robot.press("/orders<enter><esc>");
    assert_eq!(marked(&robot), 0, "only while the panel has the keys");
    robot.press("gj");
    assert_eq!(robot.state.group.covered_count(), 3);
    assert_eq!(marked(&robot), 3);
    robot.press("n");
    assert_eq!(robot.state.pane, Pane::Group);
    assert!(["nightly-report", "export-to-bigquery"].contains(&selected(&robot).as_str()));
    assert_eq!(robot.state.group.covered_count(), 3, "the panel keeps its group");
}

#[test]
fn a_closed_subnet_stands_for_what_it_hides() {
    let mut robot = Robot::demo("lambda-rds:attached", 120, 32);
    robot.press("/orders<enter><esc>-*-");
    robot.press("<home>j");
    robot.press(":rds-sg<enter>j");
    assert_eq!(marked(&robot), 3);
    assert!(robot.text().contains("● 3 inside"));
}

#[test]
fn a_refresh_keeps_selection_filter_and_what_is_open() {
    let mut robot = robot();
    robot.press("/db<enter>");
    let before = (selected(&robot), robot.state.tree.rows().len());
    robot.press("r");
    assert_eq!((selected(&robot), robot.state.tree.rows().len()), before);
    assert_eq!(robot.state.tree.filter().text(), "db");
}

#[test]
fn the_palette_goes_to_anything_and_does_anything() {
    let mut robot = robot();
    robot.press(":10.0.11.40<enter>");
    assert_eq!(selected(&robot), "orders-db");
    robot.press(":theme light<enter>");
    assert_eq!(robot.state.theme.name(), "light");
    robot.press(":rds-sg security<enter>");
    assert_eq!(robot.state.pane, Pane::Group);
    assert_eq!(robot.state.group.document().unwrap().group.name, "rds-sg");
    robot.press(":quit<enter>");
    assert!(matches!(robot.wanted.as_slice(), [Effect::Quit]));
}

#[test]
fn pasted_text_is_text_and_nothing_else() {
    let mut robot = robot();
    robot.take(Message::Paste("q\nq".into()));
    assert!(robot.wanted.is_empty());
    robot.press("/");
    robot.take(Message::Paste("orders\u{1b}[31m\nq".into()));
    assert_eq!(robot.state.tree.filter().text(), "orders[31m");
}

#[test]
fn the_mouse_stands_opens_and_scrolls() {
    let mut robot = robot();
    let mouse = |gesture, x, y| Message::Mouse(Mouse { gesture, x, y });
    robot.take(mouse(Gesture::Press, 10, 4));
    assert_eq!(selected(&robot), "bastion");
    robot.take(mouse(Gesture::WheelDown, 10, 4));
    assert_eq!(selected(&robot), "shop-web");
    let rows = robot.state.tree.rows().len();
    robot.take(mouse(Gesture::Press, 10, 3));
    robot.take(mouse(Gesture::Press, 10, 3));
    assert_eq!(robot.state.tree.rows().len(), rows - 2);
    robot.take(mouse(Gesture::Press, 100, 4));
    assert_eq!(robot.state.pane, Pane::Detail);
}

#[test]
fn typing_scopes_bind_no_letters() {
    for row in BINDINGS.iter().filter(|row| matches!(row.scope, Scope::Choosing | Scope::Filtering))
    {
        assert!(row.keys.iter().all(|key| key.typed().is_none()), "{}", row.help);
    }
}
