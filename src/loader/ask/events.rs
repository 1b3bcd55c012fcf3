//! CloudTrail: the calls of the last hours that changed the network, asked for by name, since nothing else tells them from
//! the thousands of calls that did not.

use std::time::Duration;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use super::page::{Ask, Page};
use crate::loader::clients::Clients;
use crate::loader::plain::{Client, Protocol, Service};
use crate::model::catalogue::{self, Resources};
use crate::model::event::{Event, EventResource};

const CLOUD_TRAIL: Service = Service {
    of: catalogue::Service::CloudTrail,
    host: "cloudtrail",
    protocol: Protocol::Json { target: "CloudTrail_20131101" },
};

/// How far to look back.
#[derive(Clone, Copy, Debug)]
pub(in crate::loader) struct Lookback {
    /// The earliest call that matters.
    pub(in crate::loader) since: Timestamp,
    /// CloudTrail answers two of these questions in a second, and no more.
    pub(in crate::loader) pause: Duration,
}

/// Calls that change what packets meet, and the parameter that names what they change.
const CALLS: &[(&str, &str)] = &[
    ("AuthorizeSecurityGroupIngress", "groupId"),
    ("AuthorizeSecurityGroupEgress", "groupId"),
    ("RevokeSecurityGroupIngress", "groupId"),
    ("RevokeSecurityGroupEgress", "groupId"),
    ("ModifySecurityGroupRules", "groupId"),
    ("CreateSecurityGroup", "groupId"),
    ("DeleteSecurityGroup", "groupId"),
    ("ModifyNetworkInterfaceAttribute", "networkInterfaceId"),
    ("CreateNetworkAclEntry", "networkAclId"),
    ("ReplaceNetworkAclEntry", "networkAclId"),
    ("DeleteNetworkAclEntry", "networkAclId"),
    ("ReplaceNetworkAclAssociation", "networkAclId"),
    ("CreateRoute", "routeTableId"),
    ("ReplaceRoute", "routeTableId"),
    ("DeleteRoute", "routeTableId"),
    ("AssociateRouteTable", "routeTableId"),
    ("ReplaceRouteTableAssociation", "routeTableId"),
    ("AttachInternetGateway", "internetGatewayId"),
    ("DetachInternetGateway", "internetGatewayId"),
    ("CreateNatGateway", "natGatewayId"),
    ("DeleteNatGateway", "natGatewayId"),
    ("CreateVpcEndpoint", "vpcEndpointId"),
    ("ModifyVpcEndpoint", "vpcEndpointId"),
    ("CreateVpcPeeringConnection", "vpcPeeringConnectionId"),
    ("AcceptVpcPeeringConnection", "vpcPeeringConnectionId"),
    ("DeleteVpcPeeringConnection", "vpcPeeringConnectionId"),
    ("CreateTransitGatewayRoute", "transitGatewayRouteTableId"),
    ("DeleteTransitGatewayRoute", "transitGatewayRouteTableId"),
    ("ModifyManagedPrefixList", "prefixListId"),
    ("ModifyVpcAttribute", "vpcId"),
    ("ModifySubnetAttribute", "subnetId"),
    ("UpdateFunctionConfiguration20150331v2", "functionName"),
    ("ModifyDBInstance", "dBInstanceIdentifier"),
    ("SetSecurityGroups", "loadBalancerArn"),
    ("ModifyListener", "listenerArn"),
    ("RegisterTargets", "targetGroupArn"),
    ("DeregisterTargets", "targetGroupArn"),
];

/// As CloudTrail writes it.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[derive(Default)]
struct Record {
    event_id: String,
    event_name: String,
    /// Seconds since 1970.
    event_time: Option<f64>,
    event_source: Option<String>,
    username: Option<String>,
    resources: Vec<EventResource>,
    /// The whole record, as JSON.
    cloud_trail_event: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Found {
    #[serde(default)]
    events: Vec<Record>,
    next_token: Option<String>,
}

pub(super) fn lookups(clients: &Clients) -> Vec<Ask> {
    let Some(lookback) = clients.lookback else { return Vec::new() };
    let client = clients.plain_here(&CLOUD_TRAIL);
    CALLS.iter().map(|(name, parameter)| lookup(&client, name, parameter, lookback)).collect()
}

fn lookup(client: &Client, name: &'static str, parameter: &'static str, lookback: Lookback) -> Ask {
    let client = client.clone();
    Box::new(move |token| {
        let client = client.clone();
        let mut question = json!({
            "LookupAttributes": [{"AttributeKey": "EventName", "AttributeValue": name}],
            "StartTime": lookback.since.as_second(),
            "MaxResults": 50,
        });
        if let Some(token) = token {
            question["NextToken"] = token.into();
        }
        Box::pin(async move {
            // CloudTrail takes two lookups a second, and no more (its documented quota).
            tokio::time::sleep(lookback.pause).await;
            let found: Found = client.ask("LookupEvents", question).await?;
            let events = found.events.into_iter().filter_map(|record| record.event(parameter));
            let resources = Resources { events: events.collect(), ..Resources::default() };
            Ok(Page { resources, next: found.next_token, ..Page::default() })
        })
    })
}

impl Record {
    /// What is kept of it; nothing of a call that was refused, for it changed nothing.
    fn event(self, parameter: &str) -> Option<Event> {
        let whole: Value = serde_json::from_str(&self.cloud_trail_event).unwrap_or_default();
        if whole.get("errorCode").is_some_and(|code| !code.is_null()) {
            return None;
        }
        let resources = match changed(&whole, parameter) {
            Some(resource_name) => vec![EventResource { resource_type: None, resource_name }],
            None => self.resources,
        };
        let issuer = whole.pointer("/userIdentity/sessionContext/sessionIssuer/userName");
        Some(Event {
            event_id: self.event_id,
            event_name: self.event_name,
            event_time: self.event_time.and_then(time),
            event_source: self.event_source,
            username: self.username,
            session_issuer: issuer.and_then(Value::as_str).map(str::to_owned),
            resources,
        })
    }
}

/// What a call changed. Deep inside of its parameters may be others of the same kind, such as the group that a new rule
/// refers to: what AWS answered is looked at first.
fn changed(record: &Value, parameter: &str) -> Option<String> {
    let asked = record.get("requestParameters");
    let answered = record.get("responseElements");
    asked
        .and_then(|asked| own(asked, parameter))
        .or_else(|| named(answered?, parameter))
        .or_else(|| named(asked?, parameter))
}

/// The text under this name; services differ in how they write the first letter.
fn own(value: &Value, name: &str) -> Option<String> {
    let mut fields = value.as_object()?.iter();
    let (_, value) = fields.find(|(key, _)| key.eq_ignore_ascii_case(name))?;
    value.as_str().map(str::to_owned)
}

/// The first text under this name, be it deep inside.
fn named(value: &Value, name: &str) -> Option<String> {
    match value {
        Value::Object(fields) => {
            own(value, name).or_else(|| fields.values().find_map(|field| named(field, name)))
        }
        Value::Array(items) => items.iter().find_map(|item| named(item, name)),
        _ => None,
    }
}

fn time(seconds: f64) -> Option<String> {
    #[expect(clippy::cast_possible_truncation, reason = "the fraction of a second says nothing")]
    let whole = seconds as i64;
    Timestamp::from_second(whole).ok().map(|time| time.to_string())
}
