//! Protocol and ports of a rule in words (rule SG-17).

use crate::model::traffic::Protocol;
use crate::store::GroupRule;

/// `tcp`, `icmp`, `all`, or a number.
pub(in crate::report) fn protocol(rule: &GroupRule) -> String {
    match Protocol::parse(&rule.protocol) {
        Some(protocol) => protocol.to_string(),
        None if rule.protocol == "-1" => "all".to_owned(),
        None => rule.protocol.clone(),
    }
}

/// `5432`, `8000-8010`, `all`; of ICMP the message's name or numbers.
pub(in crate::report) fn ports(rule: &GroupRule) -> String {
    let from = rule.from_port.filter(|port| *port >= 0);
    let to = rule.to_port.filter(|port| *port >= 0);
    match Protocol::parse(&rule.protocol) {
        Some(Protocol::TCP | Protocol::UDP) => range(from, to),
        Some(Protocol::ICMP) => message(from, to, 8, 0),
        Some(Protocol::ICMPV6) => message(from, to, 128, 129),
        _ => "all".to_owned(),
    }
}

fn range(from: Option<i32>, to: Option<i32>) -> String {
    match (from.or(to), to.or(from)) {
        (Some(0), Some(65535)) | (None, _) | (_, None) => "all".to_owned(),
        (Some(from), Some(to)) if from == to => from.to_string(),
        (Some(from), Some(to)) => format!("{from}-{to}"),
    }
}

fn message(kind: Option<i32>, code: Option<i32>, request: i32, reply: i32) -> String {
    match (kind, code) {
        (None, _) => "all".to_owned(),
        (Some(kind), _) if kind == request => "echo-request".to_owned(),
        (Some(kind), _) if kind == reply => "echo-reply".to_owned(),
        (Some(kind), Some(code)) => format!("type {kind} code {code}"),
        (Some(kind), None) => format!("type {kind}"),
    }
}
