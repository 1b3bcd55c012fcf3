//! Every sentence of an answer, in one place: steps, near misses, facts of the rule book.

use super::naming;
use crate::reach::answer::Outcome;
use crate::reach::answer::{But, Check, Component, Kind, NearMiss, Reason, Rule, Said, Step};
use crate::store::Store;

/// The name of a check in JSON and on the ladder.
pub(super) fn check(check: Check) -> &'static str {
    match check {
        Check::Endpoint => "endpoint",
        Check::SecurityGroupEgress => "security-group-egress",
        Check::SecurityGroupIngress => "security-group-ingress",
        Check::NetworkAclEgress => "network-acl-egress",
        Check::NetworkAclIngress => "network-acl-ingress",
        Check::Route => "route",
        Check::InternetGateway => "internet-gateway",
        Check::Nat => "nat",
        Check::Peering => "peering",
        Check::TransitGateway => "transit-gateway",
        Check::VpnGateway => "vpn-gateway",
        Check::Endpoints => "vpc-endpoint",
        Check::LoadBalancer => "load-balancer",
        Check::BlockPublicAccess => "block-public-access",
        Check::Hop => "hop",
    }
}

/// Why a step came out as it did.
pub(super) fn reason(store: &Store, step: &Step) -> String {
    let name = called(store, &step.component);
    match &step.reason {
        Reason::Allowed => allowed(store, step, &name),
        Reason::NoGroups => format!("{name} has no security groups, so none filters"),
        Reason::Tracked => format!("{name} remembers the connection and lets its answers through"),
        Reason::NotAllowed { missing, near } => not_allowed(store, step, &name, missing, near),
        Reason::Denied { denied, asked } => denied_by_acl(store, step, &name, denied, asked),
        Reason::SameSubnet => format!("inside {name} no network ACL is asked"),
        Reason::NoAclData => {
            "the snapshot has no network ACLs: taken as allowing everything".into()
        }
        Reason::NoPublicAccessData => {
            "the data does not tell how VPC Block Public Access is set: taken as off".into()
        }
        Reason::Routed => routed(store, step, &name),
        Reason::NoRoute { to: Some(to) } => format!("{name} has no route that covers {to}"),
        Reason::NoRoute { to: None } => format!("{name} has no route to the internet"),
        Reason::Blackhole => {
            format!("{}: its target is gone, and the route still wins", ruled(store, step))
        }
        Reason::Translated { from, to } => format!("{name} turns {from} into {to}"),
        Reason::Arrived => format!("arrives at {name}"),
        Reason::AnsweredByAws => {
            format!("{name} answers inside of the VPC, past security groups, ACLs and routes")
        }
        Reason::LeftForInternet => "leaves for the internet".into(),
        Reason::NoPublicAddress { of } => no_public_address(step, *of),
        Reason::NotAttached => {
            format!("{name} has no internet gateway attached that could carry this")
        }
        Reason::State(state) => format!("{name} is {state}"),
        Reason::NotInVpc => not_in_vpc(store, step),
        Reason::NobodyHas { address } => format!("no interface here has the address {address}"),
        Reason::OtherAddress { called, answers } => {
            format!(
                "the answer would leave by {name} and come from {answers}, but {called} was called: it is dropped"
            )
        }
        Reason::Said(fact) => said(*fact, &name),
        Reason::Lacks(envelope) => {
            let call = envelope.call();
            format!("not known without {}: {}", call.operation, call.tells)
        }
        Reason::NotTold(field) => format!("the data does not tell the {field} of {name}"),
        Reason::NotModelled(what) => {
            format!("{what} {} is not modelled: what happens there is not known", step.component.id)
                .replace("  ", " ")
        }
    }
}

fn called(store: &Store, component: &Component) -> String {
    let named = naming::component(store, component);
    match (component.kind, named.name) {
        (Kind::Internet, _) => "the internet".into(),
        (Kind::Function, _) if named.id.is_empty() => "AWS's own network".into(),
        (_, Some(name))
            if name != named.id && !named.id.contains(',') && !named.id.contains(':') =>
        {
            format!("{name} ({})", named.id)
        }
        (_, Some(name)) => name,
        (_, None) => named.id,
    }
}

fn ruled(store: &Store, step: &Step) -> String {
    step.rule.as_ref().map(|rule| naming::rule(store, rule).text).unwrap_or_default()
}

fn allowed(store: &Store, step: &Step, name: &str) -> String {
    match &step.rule {
        Some(Rule::Group { group, .. }) => {
            let group =
                store.security_groups.get(&**group).map_or(&**group, |g| g.group_name.as_str());
            format!("{group}: {}", ruled(store, step))
        }
        Some(_) => format!("{name}: {}", ruled(store, step)),
        None => format!("{name} allows it"),
    }
}

fn not_allowed(
    store: &Store,
    step: &Step,
    name: &str,
    missing: &crate::model::traffic::Traffic,
    near: &[NearMiss],
) -> String {
    let direction = if step.check == Check::SecurityGroupEgress { "out" } else { "in" };
    let what = naming::traffic(missing);
    let mut text = match step.outcome {
        Outcome::Unknown => format!(
            "{name}: not all of its rules are known, so whether it lets {what} {direction} is not either"
        ),
        _ if near.is_empty() && step.code == Some(crate::reach::Code::GroupHasNoRules) => {
            format!("{name} has no rule that lets anything {direction}")
        }
        _ => format!("{name} has no rule that lets {what} {direction} here"),
    };
    if let Some(miss) = nearest(near) {
        text.push_str("; nearest: ");
        text.push_str(&near_miss(store, miss));
    }
    text
}

/// The miss that says most: the right ports from the wrong peer before the right peer on the wrong ports.
fn nearest(near: &[NearMiss]) -> Option<&NearMiss> {
    near.iter().min_by_key(|miss| match miss.but {
        But::IdentityLost | But::ReferencingOff | But::NotVisible => 0,
        But::CoversNobody => 1,
        But::OtherPeer => 2,
        But::OtherPorts(_) => 3,
    })
}

fn near_miss(store: &Store, miss: &NearMiss) -> String {
    let rule = naming::rule(store, &miss.rule).text;
    match &miss.but {
        But::OtherPorts(_) => format!("“{rule}”, but these are other ports"),
        But::OtherPeer => format!("“{rule}” only"),
        But::CoversNobody => format!("“{rule}”, but that group covers no interface now"),
        But::IdentityLost => {
            format!("“{rule}”, but on this way the group behind the address is not visible")
        }
        But::NotVisible => {
            format!("“{rule}”, but that group is in a VPC that is not in the data")
        }
        But::ReferencingOff => {
            format!("“{rule}”, but references are switched off at a transit gateway attachment")
        }
    }
}

fn denied_by_acl(
    store: &Store,
    step: &Step,
    name: &str,
    denied: &crate::model::traffic::Traffic,
    asked: &crate::model::traffic::Traffic,
) -> String {
    let rule = step.rule.as_ref().map(|_| ruled(store, step));
    let by = rule.map_or_else(String::new, |rule| format!(" (rule “{rule}”)"));
    if denied == asked {
        return format!("{name} denies {}{by}", naming::traffic(denied));
    }
    format!(
        "{name} denies {} of {}{by}: works sometimes",
        naming::traffic(denied),
        naming::traffic(asked)
    )
}

fn routed(store: &Store, step: &Step, name: &str) -> String {
    match &step.rule {
        Some(_) => format!("{name}: {}", ruled(store, step)),
        None => format!("goes on by {name}"),
    }
}

fn no_public_address(step: &Step, of: std::net::IpAddr) -> String {
    if step.component.kind == Kind::InternetGateway {
        return format!("{of} has no public address, so the internet gateway drops it");
    }
    format!("{of} is private: it has no public address that the internet could call")
}

fn not_in_vpc(store: &Store, step: &Step) -> String {
    match step.check {
        Check::SecurityGroupIngress => {
            let name = called(store, &step.component);
            format!("{name} would let an interface of its VPC in by “{}”, were the function attached", ruled(store, step))
        }
        _ => "the function is in no VPC: it runs in AWS's own network, from where private addresses cannot be reached".into(),
    }
}

/// One sentence per fact.
#[expect(
    clippy::too_many_lines,
    reason = "a table: one row per fact, and the compiler misses none"
)]
fn said(fact: Said, name: &str) -> String {
    match fact {
        Said::NatTakesNoConnections => "a NAT gateway takes no connections from anyone".into(),
        Said::NatProtocols => "a NAT gateway carries TCP, UDP and ICMP only".into(),
        Said::NatBehindNat => {
            format!(
                "the way on leads to {name}, another NAT gateway, and not to an internet gateway"
            )
        }
        Said::NatNotInZone => format!("{name} does not serve the zone of the source"),
        Said::PrivateSource => "an internet gateway takes no packets from private addresses".into(),
        Said::VpnGatewayIsIpv4 => format!("{name} carries IPv4 only"),
        Said::TunnelsDown => format!("every tunnel of {name} is down"),
        Said::Disconnected => format!("nothing joins {name} with the VPC of the source"),
        Said::Overruled => format!("{name} has this route too, but the other is preferred"),
        Said::NotCovered => format!("{name} has this route, which does not cover the destination"),
        Said::RemapsPorts => {
            format!("{name} takes any port from 1024 to 65535 for its own: answers go to that one")
        }
        Said::OtherListener => format!("{name} listens to other ports"),
        Said::TargetsRefuse => format!("no target of {name} takes and answers this"),
        Said::NoTargetGroupAttributes => {
            format!("the attributes of the target group behind {name} are not told")
        }
        Said::NatInOwnSubnet => format!("the subnet of {name} routes to {name} itself: a loop"),
        Said::NatNotForPeers | Said::EndpointNotForPeers => {
            format!("{name} serves interfaces of its own VPC only")
        }
        Said::PrivateDestination => "an internet gateway drops packets to private addresses".into(),
        Said::EgressOnlyTakesNoConnections => format!("{name} lets connections out, never in"),
        Said::EgressOnlyIsIpv6 => format!("{name} carries IPv6 only"),
        Said::ClosedToInternet => format!("{name} is closed to all traffic of internet gateways"),
        Said::TakesOtherTraffic => format!("{name} does not listen to this"),
        Said::NoDnsSupport => format!("DNS support of {name} is off: it has no name server"),
        Said::LinkLocal => "addresses of this range are never forwarded".into(),
        Said::SourceDestCheck => {
            format!("source/destination check of {name} drops what it should forward")
        }
        Said::StaysInside => "what a machine sends to its own address never leaves it".into(),
        Said::ApplianceNotPublic => {
            format!("{name} takes what comes from the internet only with a public address")
        }
        Said::FunctionTakesNoConnections => {
            "a function is called through the Lambda API; its interfaces take no connections".into()
        }
        Said::ServiceOpensNoConnections => {
            format!("{name} belongs to a service that opens no connections")
        }
        Said::NotTransitive => {
            format!("{name} carries only addresses of the VPCs on its two sides")
        }
        Said::PeeringNotActive => format!("{name} is not active"),
        Said::NoTransitSubnetInZone => format!("{name} has no subnet in the zone of the source"),
        Said::NoAssociation => format!("{name} is associated with no route table"),
        Said::NoTransitRoute => format!("{name} has no route to the destination"),
        Said::AttachmentIsIpv4 => format!("IPv6 is switched off at {name}"),
        Said::TransitBlackhole => format!("{name} has a blackhole route for the destination"),
        Said::NoOtherAnnounces => {
            format!(
                "{name} leads to the VPC that has the address; not all that is announced to it is known"
            )
        }
        Said::GatewayEndpointInitiates => format!("{name} answers, it opens no connections"),
        Said::GatewayEndpointProtocols => format!("{name} takes TCP and ping only"),
        Said::EndpointIgnoresPing => format!("{name} ignores ping"),
        Said::NoListener => format!("{name} has no listener for this"),
        Said::NoTargets => format!("{name} has no target that it could send this to"),
        Said::NoReaders => {
            format!("{name} is for reading only, and no reader is behind it")
        }
        Said::OneOfSeveralEndpoints => {
            "AWS does not tell which of the proxy's interfaces are this endpoint's, and they are not alike"
                .into()
        }
        Said::HealthChecksBlocked => {
            format!(
                "{name} is shut to the load balancer's health checks: it is taken for unhealthy"
            )
        }
        Said::AssumedPreserved => {
            format!(
                "whether {name} keeps the client's address is not told: taken as on, AWS's default"
            )
        }
        Said::AssumedNotPreserved => {
            format!(
                "whether {name} keeps the client's address is not told: taken as off, AWS's default"
            )
        }
        Said::Hairpin => format!("{name} would get a packet from its own address"),
        Said::Loop => "the packet goes in circles".into(),
        Said::BlockPublicAccess => {
            format!("VPC Block Public Access stops internet traffic of {name}")
        }
        Said::Beyond => {
            format!("what lies behind {name} is another network, about which nothing is known here")
        }
    }
}
