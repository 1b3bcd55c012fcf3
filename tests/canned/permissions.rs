//! Permissions: with those of `iam-policy` everything works, and without one of them only what depends on it does not.

use std::collections::BTreeSet;

use vpctui::model::catalogue::{CALLS, Call, Service, usual_calls};
use vpctui::model::dump::Outcome;
use vpctui::report::iam;

use super::server::{Asked, Reply, Server};
use super::{load, network};
use crate::emulator::Load;

/// Loads at the same time.
const SIDE_BY_SIDE: usize = 4;

/// AWS with these IAM actions allowed, and no other.
fn aws(allowed: BTreeSet<String>) -> Server {
    Server::start(move |asked| match action(asked) {
        Some(action) if !allowed.contains(&action) => Some(denied(asked)),
        _ => network::answer(asked),
    })
}

/// A service's own way to say no.
fn denied(asked: &Asked) -> Reply {
    let code = match asked.service.as_str() {
        "ec2" => "UnauthorizedOperation",
        "lambda" => "AccessDeniedException",
        _ => "AccessDenied",
    };
    Reply::error(asked, 403, code)
}

/// The IAM action that a request needs; none for the one that everybody may make.
fn action(asked: &Asked) -> Option<String> {
    let operation = match (asked.operation.split_once(' '), &*asked.service) {
        (Some((_, path)), "lambda") if path.ends_with("/configuration") => {
            "GetFunctionConfiguration"
        }
        (Some(_), "lambda") => "ListFunctions",
        (Some(_), "elasticfilesystem") => "DescribeFileSystems",
        _ => &asked.operation,
    };
    (operation != "GetCallerIdentity").then(|| format!("{}:{operation}", asked.service))
}

/// The actions that the printed policy allows.
fn policy() -> BTreeSet<String> {
    let policy = serde_json::to_value(iam::policy(&iam::Wanted::default())).unwrap();
    let statements = policy["Statement"].as_array().unwrap().iter();
    let actions = statements.flat_map(|statement| statement["Action"].as_array().unwrap());
    actions.map(|action| action.as_str().unwrap().to_owned()).collect()
}

fn read(allowed: BTreeSet<String>) -> Load {
    load(&aws(allowed).url, "eu-west-1").unwrap()
}

#[test]
fn the_policy_suffices() {
    assert_eq!(read(policy()).incomplete(), []);
}

#[test]
fn without_one_action_only_what_depends_on_it_is_missing() {
    let whole = read(policy());
    let actions: BTreeSet<_> = usual_calls().map(|call| call.action).collect();
    let actions: Vec<_> = actions.into_iter().collect();
    std::thread::scope(|scope| {
        for some in actions.chunks(actions.len().div_ceil(SIDE_BY_SIDE)) {
            let whole = &whole;
            scope.spawn(move || some.iter().for_each(|action| only_it_is_missing(action, whole)));
        }
    });
}

fn only_it_is_missing(action: &str, whole: &Load) {
    let mut allowed = policy();
    assert!(allowed.remove(action), "{action} is in the policy");
    let part = read(allowed);
    let own = CALLS.iter().filter(|call| call.action == action);
    for call in own.clone() {
        assert!(matches!(part.outcome(call.envelope), Outcome::Denied { .. }), "{action}");
    }
    for call in usual_calls() {
        match part.outcome(call.envelope) {
            Outcome::Complete => {
                let same = part.resources().is_same(whole.resources(), call.envelope);
                assert!(same, "without {action} {} changes", call.key);
            }
            Outcome::Denied { action: named, .. } => {
                assert_eq!(named, action, "{} names what is missing", call.key);
                let service = |call: &Call| call.service;
                let related = own.clone().map(service).any(|service| service == call.service);
                assert!(related, "{} has nothing to do with {action}", call.key);
            }
            other => panic!("without {action} {} is {other:?}", call.key),
        }
    }
}

#[test]
fn the_policy_names_nothing_that_is_never_asked() {
    let server = aws(policy());
    load(&server.url, "eu-west-1").unwrap();
    let asked: BTreeSet<_> = server.asked().iter().filter_map(action).collect();
    assert_eq!(policy(), asked);
    assert!(CALLS.iter().all(|call| call.service != Service::Sts));
}
