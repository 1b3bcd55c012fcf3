//! Bad days: what AWS and the network between do wrong, and what is left all the same.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use assert_cmd::Command;
use vpctui::loader::{LoadError, Patience, Progress};
use vpctui::model::catalogue::{Envelope, usual_calls};
use vpctui::model::dump::Outcome;
use vpctui::store::Store;

use super::server::{Asked, Reply, Server};
use super::{network, request};
use crate::emulator::{Load, run};

fn load(server: &Server) -> Result<Load, LoadError> {
    super::load(&server.url, "eu-west-1")
}

/// The usual network, but for one operation.
fn but(
    operation: &'static str,
    reply: impl Fn(&Asked) -> Option<Reply> + Send + Sync + 'static,
) -> Server {
    Server::start(
        move |asked| {
            if asked.operation == operation { reply(asked) } else { network::answer(asked) }
        },
    )
}

/// The usual network, in which the first so many requests for one operation go wrong.
fn at_first(times: usize, operation: &'static str, wrong: fn(&Asked) -> Reply) -> Server {
    let left = AtomicUsize::new(times);
    but(operation, move |asked| {
        let wrong_again = left
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1))
            .is_ok();
        if wrong_again { Some(wrong(asked)) } else { network::answer(asked) }
    })
}

fn only_incomplete(load: &Load) -> (Envelope, String) {
    match load.incomplete()[..] {
        [(envelope, Outcome::Failed { message } | Outcome::Partial { message })] => {
            (envelope, message.clone())
        }
        ref other => panic!("{other:?}"),
    }
}

/// Attempts that were told, of one operation: which one came next, and whether AWS said that it was too much.
fn retries(load: &Load, wanted: &str) -> Vec<(u32, bool)> {
    let told = load.progress.iter().filter_map(|progress| match progress {
        Progress::Retry { operation, attempt, throttled, .. } if operation == wanted => {
            Some((*attempt, *throttled))
        }
        _ => None,
    });
    told.collect()
}

#[test]
fn what_aws_says_cannot_harm_the_terminal() {
    let server = but("DescribeVpcs", |_| {
        let says = "<Message>\u{9b}31m \u{9d}0;title</Message>";
        let error = format!("<Errors><Error><Code>Strange</Code>{says}</Error></Errors>");
        Some(Reply { status: 400, ..Reply::xml(format!("<Response>{error}</Response>")) })
    });
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::cargo_bin("vpctui").unwrap();
    command.env_clear().env("HOME", folder.path()).env("AWS_ENDPOINT_URL", &server.url);
    command.env("AWS_ACCESS_KEY_ID", "key").env("AWS_SECRET_ACCESS_KEY", "secret");
    command.args(["save", "--region", "eu-west-1"]).arg(folder.path().join("saved"));
    let said = String::from_utf8(command.output().unwrap().stderr).unwrap();
    assert!(said.contains("note: eu-west-1 DescribeVpcs: failed: Strange"), "{said:?}");
    assert!(!said.contains(|one: char| one.is_control() && one != '\n'), "{said:?}");
}

#[test]
fn throttling_is_waited_out_and_told() {
    let server =
        at_first(2, "DescribeVpcs", |asked| Reply::error(asked, 503, "RequestLimitExceeded"));
    let load = load(&server).unwrap();
    assert_eq!(load.incomplete(), []);
    assert_eq!(retries(&load, "DescribeVpcs"), [(2, true), (3, true)]);
}

#[test]
fn throttling_without_end_fails_its_call_alone() {
    let server =
        but("DescribeAddresses", |asked| Some(Reply::error(asked, 503, "RequestLimitExceeded")));
    let load = load(&server).unwrap();
    let (envelope, message) = only_incomplete(&load);
    assert_eq!(envelope, Envelope::Addresses);
    assert!(message.starts_with("RequestLimitExceeded"), "{message}");
    assert_eq!(server.count("DescribeAddresses"), 3, "as often as patience allows");
}

#[test]
fn a_fault_of_aws_is_asked_again() {
    let server = at_first(1, "DescribeSubnets", |_| Reply { status: 500, ..Reply::xml("") });
    let load = load(&server).unwrap();
    assert_eq!(load.incomplete(), []);
    assert_eq!(retries(&load, "DescribeSubnets"), [(2, false)]);
}

#[test]
fn a_fault_of_aws_without_end_fails_its_call_alone() {
    let server =
        but("DescribeVpnGateways", |asked| Some(Reply::error(asked, 500, "InternalError")));
    let (envelope, message) = only_incomplete(&load(&server).unwrap());
    assert_eq!((envelope, &*message), (Envelope::VpnGateways, "InternalError: so it is"));
}

/// Waits for an answer for as long as a busy machine may take to give one, and no longer.
fn load_within_seconds(server: &Server) -> Load {
    let soon = Duration::from_secs(2);
    let mut request = request(&server.url, &["eu-west-1"]);
    request.patience = Patience { read: soon, attempt: soon, attempts: 2, ..request.patience };
    run(request).unwrap()
}

#[test]
fn an_answer_that_does_not_come_is_asked_for_again() {
    let server = at_first(1, "DescribeVpcs", |_| Reply::silence());
    let load = load_within_seconds(&server);
    assert_eq!(load.incomplete(), []);
    assert_eq!(retries(&load, "DescribeVpcs"), [(2, false)]);
}

#[test]
fn an_answer_that_never_comes_fails_its_call_alone() {
    let server = but("DescribeRouteTables", |_| Some(Reply::silence()));
    let (envelope, message) = only_incomplete(&load_within_seconds(&server));
    assert_eq!(envelope, Envelope::RouteTables);
    assert!(message.contains("time"), "{message}");
    assert_eq!(server.count("DescribeRouteTables"), 2);
}

#[test]
fn a_body_that_broke_off_is_asked_for_again() {
    let server = at_first(1, "DescribeVpcs", |_| Reply {
        missing: 1000,
        ..Reply::xml("<DescribeVpcsResponse><vpcSet>")
    });
    let load = load(&server).unwrap();
    assert_eq!(load.incomplete(), []);
    assert_eq!(load.resources().vpcs.len(), 1);
}

const HALF: &str = "<DescribeVpcsResponse><vpcSet><item><vpcId>vpc-1</vpcId></item>";

#[test]
fn half_an_answer_that_says_it_is_whole_is_asked_for_again() {
    let server = at_first(1, "DescribeVpcs", |_| Reply::xml(HALF));
    let load = load(&server).unwrap();
    assert_eq!(load.incomplete(), []);
    assert_eq!(retries(&load, "DescribeVpcs"), [(2, false)]);
}

#[test]
fn half_an_answer_for_ever_fails_its_call() {
    let server = but("DescribeVpcs", |_| Some(Reply::xml(HALF)));
    let load = load(&server).unwrap();
    let Outcome::Failed { message } = load.outcome(Envelope::Vpcs) else {
        panic!("{:?}", load.incomplete())
    };
    assert!(message.contains("breaks off"), "{message}");
    assert_eq!(load.resources().vpcs.len(), 0);
    assert_eq!(server.count("DescribeVpcs"), 3);
}

#[test]
fn pages_without_end_are_stopped_and_kept() {
    let pages = AtomicUsize::new(0);
    let server = but("DescribeSubnets", move |asked| {
        let page = pages.fetch_add(1, Ordering::SeqCst);
        let token = format!("<subnetSet/><nextToken>{}</nextToken>", page % 7);
        Some(Reply::xml(network::whole(asked, &token)))
    });
    let (envelope, message) = only_incomplete(&load(&server).unwrap());
    assert_eq!(envelope, Envelope::Subnets);
    assert!(message.contains("circle"), "{message}");
    assert_eq!(server.count("DescribeSubnets"), 8);
}

#[test]
fn a_wrong_clock_is_corrected_by_what_aws_says() {
    // Five years ahead, whatever the time is here.
    let server = Server::start(|asked| {
        let date = Some("Date: Tue, 24 Nov 2099 04:05:06 GMT".to_owned());
        let reply = if asked.date.starts_with("2099") {
            network::answer(asked)?
        } else {
            Reply::error(asked, 403, "SignatureDoesNotMatch")
        };
        Some(Reply { header: date, ..reply })
    });
    let load = load(&server).unwrap();
    assert_eq!(load.resources().vpcs.len(), 1);
}

#[test]
fn a_clock_that_is_too_wrong_is_named() {
    let server = Server::start(|asked| {
        let date = Some("Date: Tue, 24 Nov 2099 04:05:06 GMT".to_owned());
        Some(Reply { header: date, ..Reply::error(asked, 400, "RequestExpired") })
    });
    let error = load(&server).map(|_| ()).unwrap_err().to_string();
    assert!(error.contains("clock"), "{error}");
}

#[test]
fn a_region_that_is_not_enabled_leaves_the_others_alone() {
    let server = Server::start(|asked| match (&*asked.region, &*asked.service) {
        ("ap-east-1", "ec2") => Some(Reply::error(asked, 401, "AuthFailure")),
        ("ap-east-1", _) => Some(Reply::error(asked, 403, "UnrecognizedClientException")),
        _ => network::answer(asked),
    });
    for regions in [["eu-west-1", "ap-east-1"], ["ap-east-1", "eu-west-1"]] {
        let load = run(request(&server.url, &regions)).unwrap();
        let good = load.dump.regions.iter().find(|region| region.region.as_str() == "eu-west-1");
        let mut good = good.unwrap().coverage.0.values();
        assert!(good.all(|outcome| *outcome == Outcome::Complete), "{regions:?}");
        let bad = load.dump.regions.iter().find(|region| region.region.as_str() == "ap-east-1");
        let bad = &bad.unwrap().coverage.0;
        assert_eq!(bad.len(), usual_calls().count());
        for outcome in bad.values() {
            let Outcome::Failed { message } = outcome else { panic!("{outcome:?}") };
            assert!(message.contains("is this region enabled?"), "{message}");
        }
    }
    let error = run(request(&server.url, &["ap-east-1"])).map(|_| ()).unwrap_err().to_string();
    assert!(error.contains("is this region enabled?"), "{error}");
}

#[test]
fn what_moves_between_two_pages_is_there_once() {
    let server = but("DescribeNetworkInterfaces", |asked| {
        let item = |id: &str| {
            format!(
                "<item><networkInterfaceId>{id}</networkInterfaceId><subnetId>subnet-1</subnetId></item>"
            )
        };
        // One before it went away, so that the last one of the first page is the first one of the second.
        let (items, next) = match asked.parameter("NextToken") {
            None => ([item("eni-1"), item("eni-2")], "<nextToken>2</nextToken>"),
            Some(_) => ([item("eni-2"), item("eni-3")], ""),
        };
        let set = format!("<networkInterfaceSet>{}</networkInterfaceSet>{next}", items.concat());
        Some(Reply::xml(network::whole(asked, &set)))
    });
    let load = load(&server).unwrap();
    assert_eq!(load.incomplete(), []);
    let store = Store::build(load.dump);
    assert_eq!(store.network_interfaces.rows().count(), 3);
}

#[test]
fn what_goes_away_between_two_calls_is_not_missing() {
    let server = but("GetManagedPrefixListEntries", |asked| {
        Some(Reply::error(asked, 400, "InvalidPrefixListID.NotFound"))
    });
    assert_eq!(load(&server).unwrap().incomplete(), []);
}
