//! One record of AWS Config as what the service itself would have answered.
//!
//! Config writes fields as `vpcId` where the AWS CLI prints `VpcId`, wraps words of enumerations as `{"value": "available"}`,
//! keeps tags apart, and has two lists of IPv4 ranges in rules.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::loader::progress::Place;
use crate::model::catalogue::{Envelope, Resources};
use crate::model::ids::{AccountId, RegionName};

/// A type of resource that Config keeps in full.
#[derive(Debug)]
pub(super) struct Kind {
    pub(super) name: &'static str,
    pub(super) envelope: Envelope,
    tags: &'static str,
}

const fn kind(name: &'static str, envelope: Envelope) -> Kind {
    Kind { name, envelope, tags: "Tags" }
}

/// Types of which Config keeps every field that the model needs.
pub(super) const KINDS: &[Kind] = &[
    kind("AWS::EC2::VPC", Envelope::Vpcs),
    kind("AWS::EC2::Subnet", Envelope::Subnets),
    kind("AWS::EC2::RouteTable", Envelope::RouteTables),
    kind("AWS::EC2::SecurityGroup", Envelope::SecurityGroups),
    kind("AWS::EC2::NetworkAcl", Envelope::NetworkAcls),
    Kind {
        name: "AWS::EC2::NetworkInterface",
        envelope: Envelope::NetworkInterfaces,
        tags: "TagSet",
    },
    kind("AWS::EC2::EIP", Envelope::Addresses),
    kind("AWS::EC2::Instance", Envelope::Reservations),
    kind("AWS::EC2::InternetGateway", Envelope::InternetGateways),
    kind("AWS::EC2::EgressOnlyInternetGateway", Envelope::EgressOnlyInternetGateways),
    kind("AWS::EC2::NatGateway", Envelope::NatGateways),
    kind("AWS::EC2::VPCPeeringConnection", Envelope::VpcPeeringConnections),
    kind("AWS::EC2::VPCEndpoint", Envelope::VpcEndpoints),
    kind("AWS::EC2::VPNGateway", Envelope::VpnGateways),
    kind("AWS::EC2::CustomerGateway", Envelope::CustomerGateways),
    kind("AWS::EC2::VPNConnection", Envelope::VpnConnections),
    kind("AWS::Lambda::Function", Envelope::Functions),
    Kind { name: "AWS::RDS::DBInstance", envelope: Envelope::DBInstances, tags: "TagList" },
    Kind { name: "AWS::RDS::DBCluster", envelope: Envelope::DBClusters, tags: "TagList" },
    kind("AWS::RDS::DBSubnetGroup", Envelope::DBSubnetGroups),
    kind("AWS::ElasticLoadBalancingV2::LoadBalancer", Envelope::LoadBalancers),
];

/// One result of the query.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Record {
    #[serde(default)]
    account_id: AccountId,
    #[serde(default)]
    aws_region: RegionName,
    #[serde(default)]
    configuration: Value,
    #[serde(default)]
    tags: Vec<Value>,
}

impl Record {
    /// Whose it is, and where.
    pub(super) fn place(&self) -> Place {
        Place { account: self.account_id.clone(), region: self.aws_region.clone() }
    }

    /// Adds the resource to those of its place.
    pub(super) fn add_to(self, kind: &Kind, resources: &mut Resources) -> serde_json::Result<()> {
        let mut described = as_described(self.configuration);
        if let Value::Object(fields) = &mut described {
            if !self.tags.is_empty() {
                fields.insert(kind.tags.to_owned(), as_described(self.tags.into()));
            }
            mend(kind.envelope, fields);
        }
        let described = match kind.envelope {
            Envelope::Reservations => {
                json!({"OwnerId": self.account_id, "Instances": [described]})
            }
            _ => described,
        };
        resources.read(kind.envelope, described)
    }
}

/// What is told otherwise in one kind only.
fn mend(envelope: Envelope, fields: &mut Map<String, Value>) {
    match envelope {
        Envelope::SecurityGroups => {
            for list in ["IpPermissions", "IpPermissionsEgress"] {
                let rules = fields.get_mut(list).and_then(Value::as_array_mut);
                rules.into_iter().flatten().for_each(mend_rule);
            }
        }
        Envelope::VpcPeeringConnections => {
            if let Some(code) = fields.get("Status").and_then(Value::as_str) {
                let status = json!({"Code": code});
                fields.insert("Status".to_owned(), status);
            }
        }
        _ => {}
    }
}

/// `IpRanges` holds the prefixes alone, `Ipv4Ranges` the prefixes with their descriptions.
fn mend_rule(rule: &mut Value) {
    let Value::Object(fields) = rule else { return };
    let ranges = fields.remove("Ipv4Ranges").or_else(|| {
        let prefixes = fields.get("IpRanges")?.as_array()?;
        let range = |prefix: &Value| json!({"CidrIp": prefix});
        Some(prefixes.iter().map(range).collect::<Vec<_>>().into())
    });
    if let Some(ranges) = ranges {
        fields.insert("IpRanges".to_owned(), ranges);
    }
}

/// Names of fields as the AWS CLI prints them, words without their wrapping.
fn as_described(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(as_described).collect(),
        Value::Object(mut fields) => match fields.remove("value") {
            Some(word) if fields.is_empty() => word,
            Some(word) => {
                fields.insert("value".to_owned(), word);
                renamed(fields)
            }
            None => renamed(fields),
        },
        plain => plain,
    }
}

fn renamed(fields: Map<String, Value>) -> Value {
    let renamed = fields.into_iter().map(|(name, value)| (capitalised(&name), as_described(value)));
    Value::Object(renamed.collect())
}

fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{KINDS, Record};
    use crate::model::catalogue::{Envelope, Resources};

    fn read(envelope: Envelope, record: serde_json::Value) -> Resources {
        let kind = KINDS.iter().find(|kind| kind.envelope == envelope).unwrap();
        let record: Record = serde_json::from_value(record).unwrap();
        let mut resources = Resources::default();
        record.add_to(kind, &mut resources).unwrap();
        resources
    }

    #[test]
    fn rules_keep_their_ranges_and_descriptions() {
        let group = read(
            Envelope::SecurityGroups,
            json!({"configuration": {"groupId": "sg-1", "groupName": "db", "ipPermissions": [
                {"ipProtocol": "tcp", "fromPort": 5432, "toPort": 5432, "ipRanges": ["10.0.0.0/8"],
                 "ipv4Ranges": [{"cidrIp": "10.0.0.0/8", "description": "inside"}],
                 "userIdGroupPairs": [{"groupId": "sg-2", "userId": "123456789012"}]},
                {"ipProtocol": "-1", "ipRanges": ["192.168.0.0/16"]}]},
                "tags": [{"key": "Name", "value": "db", "tag": "Name=db"}]}),
        );
        let group = &group.security_groups[0];
        assert_eq!(crate::model::tag::name(&group.tags), Some("db"));
        let [one, other] = &group.ip_permissions[..] else { panic!() };
        assert_eq!(one.ip_ranges[0].description.as_deref(), Some("inside"));
        assert_eq!(one.user_id_group_pairs[0].group_id.as_ref().unwrap().as_str(), "sg-2");
        assert_eq!(other.ip_ranges[0].cidr_ip, Some("192.168.0.0/16".parse().unwrap()));
    }

    #[test]
    fn words_come_without_their_wrapping() {
        let gateway = read(
            Envelope::NatGateways,
            json!({"configuration": {"natGatewayId": "nat-1", "state": {"value": "available"}}}),
        );
        assert_eq!(gateway.nat_gateways[0].state.as_str(), "available");
        let instance = read(
            Envelope::Reservations,
            json!({"accountId": "123456789012",
                   "configuration": {"instanceId": "i-1", "state": {"code": 16, "name": "running"}}}),
        );
        let instance = &instance.reservations[0].instances[0];
        assert_eq!(instance.state.as_ref().unwrap().name.as_str(), "running");
    }

    #[test]
    fn a_database_and_a_peering_are_read() {
        let database = read(
            Envelope::DBInstances,
            json!({"configuration": {"dBInstanceIdentifier": "orders",
                   "endpoint": {"address": "orders.example", "port": 5432}}}),
        );
        assert_eq!(database.db_instances[0].db_instance_identifier, "orders");
        let peering = read(
            Envelope::VpcPeeringConnections,
            json!({"configuration": {"vpcPeeringConnectionId": "pcx-1", "status": "active"}}),
        );
        let status = peering.vpc_peering_connections[0].status.as_ref().unwrap();
        assert_eq!(status.code.as_deref(), Some("active"));
    }
}
