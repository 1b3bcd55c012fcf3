//! Data that was lost between two readings, because calls failed at the second one: it is neither a change nor none.

use vpctui::app::{Beginning, Elsewhere, Failure, Loading, Message};
use vpctui::model::catalogue::Envelope;
use vpctui::model::dump::{Dump, Outcome};
use vpctui::report::diff;
use vpctui::store::Store;
use vpctui::tour::networks;

use super::robot::Robot;

fn network(name: &str) -> Dump {
    networks::network(name).unwrap()
}

/// The network as it is read when these calls fail.
fn without(name: &str, lost: &[Envelope]) -> Dump {
    let mut dump = network(name);
    for region in &mut dump.regions {
        for envelope in lost {
            region.resources.clear(*envelope);
            let message = "the connection was reset".to_owned();
            region.coverage.0.insert(*envelope, Outcome::Failed { message });
        }
    }
    dump
}

/// What lets traffic through, and where it goes.
const RULES: [Envelope; 2] = [Envelope::SecurityGroups, Envelope::RouteTables];

fn compared(old: &Dump, new: &Dump) -> diff::Document {
    diff::document(&Store::build(old.clone()), &Store::build(new.clone()))
}

/// In front of the first network; the second one is what is read next.
fn read_again(old: Dump, new: Dump) -> Robot {
    let mut robot =
        Robot::new(vec![old], Beginning { columns: 120, rows: 32, ..Beginning::default() });
    robot.stages = vec![new];
    robot.press("r");
    robot
}

#[test]
fn what_is_unknown_now_was_not_closed() {
    let (good, bad) = (network("lambda-rds:attached"), without("lambda-rds:attached", &RULES));
    let document = compared(&good, &bad);
    let counts = &document.counts;
    assert_eq!((counts.opened_pairs, counts.closed_pairs), (0, 0), "{counts:?}");
    assert!(counts.no_longer_known_pairs > 0, "{counts:?}");
    for flip in &document.flips {
        assert!(flip.gained.is_empty() && flip.lost.is_empty(), "{flip:?}");
        assert!(flip.text.starts_with("no longer known: "), "{}", flip.text);
    }
    let text = diff::page(&document).to_string();
    assert!(text.contains("0 pairs opened, 0 closed, "), "{text}");
    assert!(text.contains(" no longer known\n"), "{text}");
}

#[test]
fn what_is_known_again_was_not_opened() {
    let (good, bad) = (network("lambda-rds:attached"), without("lambda-rds:attached", &RULES));
    let document = compared(&bad, &good);
    let counts = &document.counts;
    assert_eq!((counts.opened_pairs, counts.closed_pairs), (0, 0), "{counts:?}");
    assert!(counts.known_now_pairs > 0, "{counts:?}");
    let texts: Vec<_> = document.flips.iter().map(|flip| flip.text.as_str()).collect();
    assert!(texts.contains(&"known now, open: tcp 5432"), "{texts:?}");
    assert!(texts.iter().all(|text| text.starts_with("known now, ")), "{texts:?}");
}

#[test]
fn the_screen_says_so_too() {
    let (good, bad) = (network("lambda-rds:attached"), without("lambda-rds:attached", &RULES));
    // A resource that did change, so that there is something to tell in any case.
    let mut changed = bad;
    changed.regions[0].resources.reservations.clear();
    let text = read_again(good, changed).press("d").text();
    assert!(text.contains("no longer known"), "{text}");
    assert!(!text.contains("closed tcp"), "{text}");
    assert!(text.contains("? no longer known: "), "{text}");
}

#[test]
fn that_nothing_has_changed_is_said_of_what_could_be_compared() {
    let (good, bad) = (network("lambda-rds:attached"), without("lambda-rds:attached", &RULES));
    let mut robot = read_again(good, bad);
    assert_eq!(robot.state.compared.as_ref().unwrap().document.changes, []);
    let text = robot.text();
    assert!(!text.contains("nothing has changed"), "answers are not known any more: {text}");
    assert!(text.contains("answers flipped: 0 pairs closed, 0 opened"), "{text}");
    let text = robot.press("d").text();
    assert!(text.contains("Not compared  for want of data on one side"), "{text}");
    assert!(text.contains("SecurityGroups") && text.contains("RouteTables"), "{text}");
}

#[test]
fn lists_that_no_answer_rests_on_are_counted() {
    let lost = [Envelope::VpnGateways, Envelope::Addresses];
    let mut robot = read_again(network("lambda-rds"), without("lambda-rds", &lost));
    let text = robot.text();
    let expected = "nothing has changed, but 2 lists could not be compared: d shows them";
    assert!(text.contains(expected), "{text}");
}

#[test]
fn how_many_are_in_a_region_of_which_nothing_is_known_is_unknown() {
    let mut dump = network("lambda-rds");
    let mut lost = dump.regions[0].clone();
    lost.region = "eu-west-1".into();
    lost.resources = vpctui::model::catalogue::Resources::default();
    let message = "the connection was reset".to_owned();
    lost.coverage.0.values_mut().for_each(|one| {
        *one = Outcome::Failed { message: message.clone() };
    });
    dump.regions.push(lost);
    let text = Robot::of(dump, 120, 32).press("<home>*<home>").text();
    let row = |name: &str| {
        let row = text.lines().find(|line| line.starts_with("│") && line.contains(name));
        row.unwrap_or_default().to_owned()
    };
    assert!(row("eu-west-1").contains("unknown"), "{text}");
    assert!(!row("ap-northeast-2").contains("or more"), "{text}");
}

const EXPIRED: &str = "the login of profile `b` has expired: run `aws sso login --profile b`";

/// A network of two accounts; and the same as it is read when the login of the second one has expired.
fn two_accounts() -> (Dump, Dump) {
    let mut both = network("lambda-rds:attached");
    both.origin.label = "a, b".into();
    both.regions[0].loaded_at = Some("2026-03-01T14:02:00Z".into());
    let mut second = network("peering-one-way").regions.remove(0);
    second.account = "444455556666".into();
    second.loaded_at = Some("2026-03-01T13:02:00Z".into());
    let mut first = both.clone();
    first.origin.notices = vec![EXPIRED.to_owned()];
    both.regions.push(second);
    (both, first)
}

fn elsewhere() -> Elsewhere {
    let regions = vec![("eu-west-1".into(), "Ireland".into())];
    Elsewhere { profiles: vec!["a".into(), "c".into()], regions }
}

/// In front of a live network.
fn live(dump: Dump) -> Robot {
    let elsewhere = elsewhere();
    Robot::new(vec![dump], Beginning { columns: 120, rows: 32, elsewhere, ..Beginning::default() })
}

fn accounts(robot: &Robot) -> Vec<&str> {
    robot.state.network.store.places.iter().map(|place| place.account.as_str()).collect()
}

#[test]
fn an_account_whose_login_has_expired_stays_as_it_was_known() {
    let (both, first) = two_accounts();
    let mut robot = live(both);
    robot.stages = vec![first];
    robot.press("r");
    assert_eq!(accounts(&robot), ["111122223333", "444455556666"]);
    let place = &robot.state.network.store.places[1];
    assert_eq!(place.loaded_at.as_deref(), Some("2026-03-01T13:02:00Z"));
    assert!(!place.coverage.0.is_empty());
    let failed = |one: &Outcome| matches!(one, Outcome::Failed { message } if message == EXPIRED);
    assert!(place.coverage.0.values().all(failed), "{:?}", place.coverage);
    let document = &robot.state.compared.as_ref().unwrap().document;
    assert_eq!(document.changes, []);
    assert!(!document.not_compared.is_empty());
    assert_eq!(document.counts.closed_pairs, 0);

    let (both, _) = two_accounts();
    robot.stages = vec![both];
    robot.press("r");
    let place = &robot.state.network.store.places[1];
    assert!(place.coverage.0.values().all(|one| *one == Outcome::Complete), "it is back");
}

#[test]
fn what_is_not_wanted_any_more_goes() {
    let (both, mut first) = two_accounts();
    let mut saved = Robot::new(
        vec![both.clone()],
        Beginning { columns: 120, rows: 32, ..Beginning::default() },
    );
    saved.stages = vec![first.clone()];
    saved.press("r");
    assert_eq!(accounts(&saved), ["111122223333"], "a saved network is what it is");

    let mut robot = live(both.clone());
    robot.stages = vec![first.clone()];
    robot.press("Pc<enter>");
    assert_eq!(accounts(&robot), ["111122223333"], "it is another profile's");
    robot.press("r");
    assert_eq!(accounts(&robot), ["111122223333"]);

    first.origin.notices.clear();
    let mut robot = live(both);
    robot.stages = vec![first];
    robot.press("r");
    assert_eq!(accounts(&robot), ["111122223333"], "the reader has nothing to remark");
}

#[test]
fn what_the_reader_remarked_is_on_the_screen() {
    let (_, mut first) = two_accounts();
    let text = Robot::of(first.clone(), 120, 32).text();
    assert!(text.contains("! 1 notice ·"), "{text}");
    first.origin.notices.push("the file Foo.json is passed over".to_owned());
    let mut robot = Robot::of(first, 120, 32);
    assert!(robot.text().contains("! 2 notices ·"));
    let text = robot.press("!").text();
    assert!(text.contains(EXPIRED) && text.contains("Foo.json"), "{text}");
    assert!(!text.contains("nothing is unknown"), "a whole account may be: {text}");
}

#[test]
fn why_the_last_reading_failed_is_told_until_one_succeeds() {
    let mut robot = Robot::of(network("lambda-rds"), 120, 32);
    robot.press("!");
    let (what, advice) = ("the login of profile shop has expired", "run: aws sso login");
    let failure = Failure { what: what.into(), advice: Some(advice.into()) };
    robot.take(Message::Loading(Loading::Failed(failure)));
    let text = robot.text();
    assert!(text.contains("The last reading failed"), "the open list is renewed: {text}");
    let text = robot.press("!jjj!").text();
    assert!(text.contains(what) && text.contains(advice), "{text}");
    let text = robot.press("r").text();
    assert!(!text.contains(what) && text.contains("Every call was answered in full"), "{text}");
}

#[test]
fn a_first_reading_that_failed_is_told_of_too() {
    let mut robot = Robot::waiting(120, 32);
    let what = "no credentials for profile shop".to_owned();
    robot.take(Message::Loading(Loading::Failed(Failure { what, advice: None })));
    let text = robot.press("!").text();
    assert!(text.contains("! no credentials for profile shop"), "{text}");
    assert!(!text.contains("Every call"), "{text}");
}
