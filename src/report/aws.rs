//! The ways to a thing outside of this program: the command that shows it, its page in AWS's console, its ARN.

use crate::report::details::Subject;
use crate::store::names::Kind;
use crate::store::{Place, Store};

/// How a kind of thing is called by AWS's own tools.
struct Way {
    /// `aws SERVICE OPERATION --OPTION ID`.
    command: &'static str,
    /// The page in the console, after its host; `{id}` stands for the id, `{region}` for the region.
    page: &'static str,
    /// The resource in an ARN, where the id is none by itself: service and type.
    arn: Option<(&'static str, &'static str)>,
}

const fn way(command: &'static str, page: &'static str) -> Way {
    Way { command, page, arn: None }
}

const fn ec2(command: &'static str, page: &'static str, kind: &'static str) -> Way {
    Way { command, page, arn: Some(("ec2", kind)) }
}

#[rustfmt::skip]
fn of_kind(kind: Kind) -> Way {
    match kind {
        Kind::Vpc => ec2("ec2 describe-vpcs --vpc-ids", "vpcconsole/home?region={region}#VpcDetails:VpcId={id}", "vpc"),
        Kind::Subnet => ec2("ec2 describe-subnets --subnet-ids", "vpcconsole/home?region={region}#SubnetDetails:subnetId={id}", "subnet"),
        Kind::NetworkInterface => ec2("ec2 describe-network-interfaces --network-interface-ids", "ec2/home?region={region}#NetworkInterface:networkInterfaceId={id}", "network-interface"),
        Kind::Instance => ec2("ec2 describe-instances --instance-ids", "ec2/home?region={region}#InstanceDetails:instanceId={id}", "instance"),
        Kind::Function => way("lambda get-function --function-name", "lambda/home?region={region}#/functions/{name}"),
        Kind::FunctionVersion => way("lambda get-function --function-name", "lambda/home?region={region}#/functions/{version}"),
        Kind::Database => way("rds describe-db-instances --db-instance-identifier", "rds/home?region={region}#database:id={name};is-cluster=false"),
        Kind::DatabaseCluster => way("rds describe-db-clusters --db-cluster-identifier", "rds/home?region={region}#database:id={name};is-cluster=true"),
        Kind::DatabaseProxy => way("rds describe-db-proxies --db-proxy-name", "rds/home?region={region}#proxy:id={name}"),
        Kind::DatabaseProxyEndpoint => way("rds describe-db-proxy-endpoints --db-proxy-endpoint-name", "rds/home?region={region}#proxies:"),
        Kind::LoadBalancer => way("elbv2 describe-load-balancers --load-balancer-arns", "ec2/home?region={region}#LoadBalancer:loadBalancerArn={id}"),
        Kind::TargetGroup => way("elbv2 describe-target-health --target-group-arn", "ec2/home?region={region}#TargetGroup:targetGroupArn={id}"),
        Kind::NatGateway => ec2("ec2 describe-nat-gateways --nat-gateway-ids", "vpcconsole/home?region={region}#NatGatewayDetails:natGatewayId={id}", "natgateway"),
        Kind::InternetGateway => ec2("ec2 describe-internet-gateways --internet-gateway-ids", "vpcconsole/home?region={region}#InternetGateway:internetGatewayId={id}", "internet-gateway"),
        Kind::EgressOnlyInternetGateway => ec2("ec2 describe-egress-only-internet-gateways --egress-only-internet-gateway-ids", "vpcconsole/home?region={region}#EgressOnlyInternetGateways:", "egress-only-internet-gateway"),
        Kind::VpcEndpoint => ec2("ec2 describe-vpc-endpoints --vpc-endpoint-ids", "vpcconsole/home?region={region}#EndpointDetails:vpcEndpointId={id}", "vpc-endpoint"),
        Kind::ElasticIp => ec2("ec2 describe-addresses --allocation-ids", "ec2/home?region={region}#ElasticIpDetails:AllocationId={id}", "elastic-ip"),
        Kind::SecurityGroup => ec2("ec2 describe-security-groups --group-ids", "ec2/home?region={region}#SecurityGroup:groupId={id}", "security-group"),
        Kind::RouteTable => ec2("ec2 describe-route-tables --route-table-ids", "vpcconsole/home?region={region}#RouteTableDetails:RouteTableId={id}", "route-table"),
        Kind::NetworkAcl => ec2("ec2 describe-network-acls --network-acl-ids", "vpcconsole/home?region={region}#NetworkAclDetails:networkAclId={id}", "network-acl"),
        Kind::PrefixList => ec2("ec2 get-managed-prefix-list-entries --prefix-list-id", "vpcconsole/home?region={region}#ManagedPrefixListDetails:prefixListId={id}", "prefix-list"),
        Kind::PeeringConnection => ec2("ec2 describe-vpc-peering-connections --vpc-peering-connection-ids", "vpcconsole/home?region={region}#PeeringConnectionDetails:VpcPeeringConnectionId={id}", "vpc-peering-connection"),
        Kind::TransitGateway => ec2("ec2 describe-transit-gateways --transit-gateway-ids", "vpcconsole/home?region={region}#TransitGatewayDetails:transitGatewayId={id}", "transit-gateway"),
        Kind::TransitGatewayAttachment => ec2("ec2 describe-transit-gateway-attachments --transit-gateway-attachment-ids", "vpcconsole/home?region={region}#TransitGatewayAttachmentDetails:transitGatewayAttachmentId={id}", "transit-gateway-attachment"),
        Kind::TransitGatewayRouteTable => ec2("ec2 describe-transit-gateway-route-tables --transit-gateway-route-table-ids", "vpcconsole/home?region={region}#TransitGatewayRouteTableDetails:transitGatewayRouteTableId={id}", "transit-gateway-route-table"),
        Kind::VpnGateway => ec2("ec2 describe-vpn-gateways --vpn-gateway-ids", "vpcconsole/home?region={region}#VpnGatewayDetails:VpnGatewayId={id}", "vpn-gateway"),
    }
}

/// The command that shows the thing as AWS has it now.
pub fn command(store: &Store, subject: &Subject) -> Option<String> {
    let (kind, id) = resource(store, subject)?;
    let called = match kind {
        Kind::Database
        | Kind::DatabaseCluster
        | Kind::DatabaseProxy
        | Kind::DatabaseProxyEndpoint => name(store, id),
        _ => id,
    };
    let region = place(store, id).map(|place| place.region.as_str()).unwrap_or_default();
    let region = if region.is_empty() { String::new() } else { format!(" --region {region}") };
    Some(format!("aws {} {called}{region}", of_kind(kind).command))
}

/// The thing's page in AWS's console.
pub fn console(store: &Store, subject: &Subject) -> Option<String> {
    let (kind, id) = resource(store, subject)?;
    let region = place(store, id)?.region.as_str();
    if region.is_empty() {
        return None;
    }
    let (_, domain) = partition(region);
    let page = of_kind(kind).page.replace("{region}", region).replace("{id}", id);
    let page = page.replace("{version}", &name(store, id).replace(':', "/versions/"));
    let page = page.replace("{name}", name(store, id));
    Some(format!("https://{region}.console.{domain}/{page}"))
}

/// The thing's ARN: its own, or put together from where it is.
pub fn arn(store: &Store, subject: &Subject) -> Option<String> {
    let (kind, id) = resource(store, subject)?;
    if id.starts_with("arn:") {
        return Some(id.to_owned());
    }
    let place = place(store, id)?;
    let (account, region) = (place.account.as_str(), place.region.as_str());
    let known = !account.is_empty() && !region.is_empty();
    let (service, resource) = of_kind(kind).arn.filter(|_| known)?;
    Some(format!("arn:{}:{service}:{region}:{account}:{resource}/{id}", partition(region).0))
}

/// A thing that AWS knows: a made-up interface stands for whoever it was made up for.
fn resource<'a>(store: &'a Store, subject: &'a Subject) -> Option<(Kind, &'a str)> {
    let Subject::Thing(kind, id) = subject else { return None };
    let interface = store.interfaces.get(id.as_str()).filter(|one| one.is_virtual());
    let Some(interface) = interface else { return Some((*kind, id)) };
    let owner = store.directory().by_id(&interface.owner.id)?;
    Some((owner.kind, &owner.id))
}

fn place<'a>(store: &'a Store, id: &str) -> Option<&'a Place> {
    store.directory().by_id(id)?.place.map(|at| store.place(at))
}

fn name<'a>(store: &'a Store, id: &'a str) -> &'a str {
    store.directory().by_id(id).and_then(|named| named.name.as_deref()).unwrap_or(id)
}

/// The part of AWS that a region is in, and the domain of its console.
fn partition(region: &str) -> (&'static str, &'static str) {
    if region.starts_with("cn-") {
        ("aws-cn", "amazonaws.cn")
    } else if region.starts_with("us-gov-") {
        ("aws-us-gov", "amazonaws-us-gov.com")
    } else {
        ("aws", "aws.amazon.com")
    }
}
