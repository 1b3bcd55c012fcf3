//! The details of every kind of thing, and the ways between them.

use std::collections::BTreeMap;

use vpctui::app::{Beginning, Effect, Form, Key, Message, Pane, ReachLook, Work, update};
use vpctui::report::details::{Entry, Subject, sheet};
use vpctui::report::{aws, raw};
use vpctui::store::Store;
use vpctui::tour::networks;

use super::robot::Robot;

fn demos() -> impl Iterator<Item = Store> {
    networks::names().iter().map(|one| Store::build(networks::network(one.name).unwrap()))
}

#[test]
fn everything_with_a_name_has_details_and_every_way_leads_somewhere() {
    for store in demos() {
        for named in store.directory().iter() {
            let subject = Subject::Thing(named.kind, named.id.clone());
            let sheet = sheet(&store, &subject);
            assert!(!sheet.entries.is_empty() && !sheet.name.is_empty(), "{subject:?}");
            for to in sheet.entries.iter().filter_map(Entry::link) {
                let known = to.id().is_some_and(|id| store.directory().by_id(id).is_some());
                assert!(known && *to != subject, "{subject:?} leads to {to:?}");
            }
        }
    }
}

#[test]
fn whatever_aws_describes_is_shown_as_its_json() {
    let mut kinds = BTreeMap::new();
    for store in demos() {
        for named in store.directory().iter() {
            let json = raw::json(&store, &Subject::Thing(named.kind, named.id.clone()));
            let parsed = json.map(|json| serde_json::from_str::<serde_json::Value>(&json).unwrap());
            let names_itself = parsed.is_some_and(|json| json.to_string().contains(&named.id));
            *kinds.entry(named.kind).or_insert(false) |= names_itself;
        }
    }
    let missing: Vec<_> = kinds.iter().filter(|(_, shown)| !**shown).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn enter_goes_to_what_a_row_is_about_and_back_and_forward_again() {
    let mut robot = Robot::demo("lambda-rds", 120, 40);
    robot.press("/orders<enter><esc><tab>");
    assert_eq!(robot.state.pane, Pane::Detail);
    robot.text();
    let at = |robot: &Robot| robot.state.detail.sheet().unwrap().name.clone();
    let standing = |robot: &mut Robot, text: &str| {
        for _ in 0..60 {
            let (entries, cursor) =
                (robot.state.extents.detail.clone(), robot.state.detail.cursor());
            let entry = robot.state.detail.entry(&entries).unwrap();
            if format!("{entry:?}").contains(text) && cursor > 0 {
                return;
            }
            robot.press("j");
        }
    };
    standing(&mut robot, "private-a");
    robot.press("<enter>");
    assert_eq!(at(&robot), "private-a");
    assert_eq!(
        &*robot.state.tree.selected_node().unwrap().name,
        "private-a",
        "the tree goes along"
    );
    robot.text();
    standing(&mut robot, "RouteTable");
    robot.press("<enter>");
    assert_eq!(at(&robot), "private");
    assert_eq!(&*robot.state.tree.selected_node().unwrap().name, "private-a", "it has no table");
    robot.press("[[");
    assert_eq!(at(&robot), "orders-db");
    robot.press("]");
    assert_eq!(at(&robot), "private-a");
    robot.press("<back><back><back>");
    assert_eq!(robot.state.pane, Pane::Tree, "and out in the end");
}

#[test]
fn v_shows_the_json_and_the_facts_again() {
    let mut robot = Robot::demo("lambda-rds", 120, 40);
    let text = robot.press("/orders<enter><esc>v").text();
    assert!(text.contains("\"GroupName\": \"rds-sg\""), "{text}");
    assert!(text.contains("As AWS describes it"), "{text}");
    assert_eq!(robot.state.detail.form(), Form::Raw);
    assert!(robot.press("v").text().contains("May come in"));
}

/// One thing of each kind in some demo, as it looks in a pane.
#[test]
fn how_each_kind_looks() {
    let mut seen = BTreeMap::new();
    for info in networks::names() {
        let store = Store::build(networks::network(info.name).unwrap());
        for named in store.directory().iter() {
            let looks = || pane_of(info.name, &named.id);
            seen.entry(named.kind).or_insert_with(looks);
        }
    }
    let all: Vec<_> = seen.iter().map(|(kind, text)| format!("== {kind:?}\n{text}")).collect();
    insta::assert_snapshot!(all.join("\n"));
}

/// The pane with the details of a thing.
fn pane_of(network: &str, id: &str) -> String {
    let dump = networks::network(network).unwrap();
    let focus = Some(id.to_owned());
    let start = Beginning { columns: 120, rows: 64, focus, ..Beginning::default() };
    let text = Robot::new(vec![dump], start).text();
    let right = text.lines().skip(1).map(|line| line.chars().skip(50).collect::<String>());
    let pane = right.take_while(|line| !line.starts_with('╰') && line.starts_with(['│', '╭']));
    let bare = |line: String| line.trim_matches(['│', '╮', ' ']).to_owned();
    let mut pane: Vec<_> = pane.map(bare).collect();
    while pane.last().is_some_and(String::is_empty) {
        pane.pop();
    }
    pane.join("\n")
}

#[test]
fn what_a_thing_reaches_is_counted_unasked_in_a_small_network_and_listed_when_asked() {
    let mut robot = Robot::demo("lambda-rds:attached", 120, 40);
    let text = robot.press("/orders<enter><esc>").text();
    assert!(
        text.contains("reaches     ✓ 2 ends") && text.contains("reached by  ✓ 3 ends"),
        "{text}"
    );
    let text = robot.press("e").text();
    assert!(
        text.contains("Reached by  ✓ 3 ends") && text.contains("✓  nightly-report      lambda"),
        "{text}"
    );
    assert!(!robot.press("e").text().contains("Reached by"), "and counted again");
}

#[test]
fn a_reach_that_nobody_waits_for_is_called_off() {
    let mut robot = Robot::demo("lambda-rds:attached", 120, 40);
    let mut looks = Vec::new();
    for key in ['G', 'k'] {
        looks.extend(update(&mut robot.state, Message::Key(Key::char(key))));
    }
    let reach = looks.iter().filter_map(|effect| match effect {
        Effect::Work(Work::Reach(look)) => Some(look),
        _ => None,
    });
    let [first, second] = reach.collect::<Vec<_>>()[..] else { unreachable!("both are asked") };
    let heard = |look: &ReachLook| {
        let mut heard = 0;
        look.run(&mut |_| heard += 1);
        heard
    };
    assert!(first.cancel.is_cancelled() && heard(first) == 0);
    assert!(heard(second) > 1, "progress, then the outcome");
}

#[test]
fn y_copies_what_one_chooses_and_twice_the_id() {
    let copied = |keys: &str| {
        let mut robot = Robot::demo("lambda-rds", 120, 40);
        robot.press("/bastion<enter><esc>").press(keys);
        match robot.wanted.as_slice() {
            [Effect::Copy(text)] => text.clone(),
            other => format!("{other:?}"),
        }
    };
    assert!(copied("yy").starts_with("eni-"));
    assert!(
        copied("ya").starts_with("arn:aws:ec2:ap-northeast-2:111122223333:network-interface/eni-")
    );
    assert_eq!((copied("yi"), copied("yp")), ("10.0.0.10".into(), "198.51.100.20".into()));
    assert_eq!(copied("yn"), "bastion");
    assert_eq!(copied("y<esc>"), "[]");
    let command = copied("c");
    assert!(
        command.starts_with("aws ec2 describe-network-interfaces --network-interface-ids eni-")
    );
    assert!(command.ends_with(" --region ap-northeast-2"), "{command}");
    assert!(copied("gyy").starts_with("sg-"), "in the panel it is the group");
}

#[test]
fn o_opens_the_page_of_the_thing_that_aws_knows() {
    let page = |keys: &str| {
        let mut robot = Robot::demo("lambda-rds:attached", 120, 40);
        robot.press(keys).press("o");
        match robot.wanted.as_slice() {
            [Effect::Open(url)] => url.clone(),
            other => format!("{other:?}"),
        }
    };
    let console = "https://ap-northeast-2.console.aws.amazon.com/";
    assert!(page("/private-a<enter><esc>").starts_with(&format!(
        "{console}vpcconsole/home?region=ap-northeast-2#SubnetDetails:subnetId=subnet-"
    )));
    let function = page(":export-to-big function<enter>");
    assert!(
        function.ends_with("lambda/home?region=ap-northeast-2#/functions/export-to-bigquery"),
        "{function}"
    );
}

#[test]
fn every_kind_has_a_command_and_a_page_and_nothing_of_them_is_left_open() {
    for store in demos() {
        for named in store.directory().iter() {
            let subject = Subject::Thing(named.kind, named.id.clone());
            let command = aws::command(&store, &subject).unwrap();
            assert!(command.starts_with("aws ") && command.contains("--"), "{command}");
            let page = aws::console(&store, &subject).unwrap_or_default();
            assert!(!page.contains(['{', '}', ' ']), "{page}");
        }
    }
}
