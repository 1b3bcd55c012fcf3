//! Everything that can be an end of a path, for pickers and for errors that list what was meant.

use std::net::IpAddr;

use crate::model::ids::{Arn, InstanceId, NatGatewayId, NetworkInterfaceId, VpcEndpointId, VpcId};
use crate::reach::End;
use crate::store::names::{Kind, Named};
use crate::store::{PlaceIx, Store};

/// Something that can be an end of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// A text that stands for it alone.
    pub text: String,
    /// What kind of thing, in words.
    pub kind: &'static str,
    /// The name that people gave it.
    pub name: Option<String>,
    /// AWS's id or ARN; empty for the internet and for services.
    pub id: String,
    /// `account/region`, as far as known.
    pub place: String,
    /// The VPC that it is in.
    pub vpc: Option<VpcId>,
    /// Its addresses.
    pub addresses: Vec<IpAddr>,
    /// One thing worth knowing.
    pub detail: String,
    /// The end itself.
    pub end: End,
}

/// AWS services that are always worth offering, by the short names of their endpoints.
const SERVICES: [&str; 12] = [
    "dynamodb",
    "ecr.api",
    "ecr.dkr",
    "kms",
    "lambda",
    "logs",
    "s3",
    "secretsmanager",
    "sns",
    "sqs",
    "ssm",
    "sts",
];

/// Everything that can be an end: the network's own things in the order of its tables, then the internet and services.
/// Published versions of functions are left out: there may be hundreds, and who means one names it.
pub fn candidates(store: &Store) -> Vec<Candidate> {
    let named = store.directory().iter().filter(|named| named.kind != Kind::FunctionVersion);
    let own = named.filter_map(|named| Some(Candidate::of(store, named, end_of(store, named)?)));
    let internet = Candidate::outside("internet", "the internet", End::Internet);
    let services = services(store).into_iter().map(|service| {
        let text = format!("aws:{service}");
        Candidate::outside(&text, "AWS service", End::Service(service))
    });
    own.chain([internet]).chain(services).collect()
}

/// The short names of services that are always worth offering, and of those that have an endpoint here.
pub(super) fn services(store: &Store) -> Vec<String> {
    let endpoints = store.vpc_endpoints.iter();
    let served = endpoints.filter_map(|endpoint| service_of(endpoint.service_name.as_deref()?));
    let mut services: Vec<String> = SERVICES.into_iter().chain(served).map(str::to_owned).collect();
    services.sort();
    services.dedup();
    services
}

/// `com.amazonaws.eu-west-1.ecr.api` → `ecr.api`.
fn service_of(name: &str) -> Option<&str> {
    let (_region, service) = name.strip_prefix("com.amazonaws.")?.split_once('.')?;
    Some(service).filter(|service| !service.starts_with("vpce"))
}

/// The end that a thing is, if traffic comes from it or goes to it.
pub fn end_of(store: &Store, named: &Named) -> Option<End> {
    let id = named.id.as_str();
    Some(match named.kind {
        Kind::NetworkInterface => End::Interface(NetworkInterfaceId::from(id)),
        Kind::Instance => End::Instance(InstanceId::from(id)),
        Kind::Function | Kind::FunctionVersion => End::Function(Arn::from(id)),
        Kind::Database => End::Database(Arn::from(id)),
        Kind::DatabaseCluster => End::Cluster(Arn::from(id)),
        Kind::DatabaseProxy | Kind::DatabaseProxyEndpoint => End::Proxy(Arn::from(id)),
        Kind::LoadBalancer => End::LoadBalancer(Arn::from(id)),
        Kind::NatGateway => End::NatGateway(NatGatewayId::from(id)),
        Kind::VpcEndpoint => endpoint(store, id)?,
        Kind::ElasticIp => End::Address(*named.addresses.first()?, None),
        _ => return None,
    })
}

/// A gateway endpoint has no address of its own: it is a way to its service.
fn endpoint(store: &Store, id: &str) -> Option<End> {
    let endpoint = store.vpc_endpoints.get(id)?;
    if endpoint.is_gateway() {
        let service = service_of(endpoint.service_name.as_deref()?)?;
        return Some(End::Service(service.to_owned()));
    }
    Some(End::Endpoint(VpcEndpointId::from(id)))
}

impl Candidate {
    pub(super) fn of(store: &Store, named: &Named, end: End) -> Self {
        Self {
            text: unambiguous(store, named),
            kind: named.kind.word(),
            name: named.name.clone(),
            id: named.id.clone(),
            place: named.place.map(|at| place(store, at)).unwrap_or_default(),
            vpc: named.vpc.clone(),
            addresses: named.addresses.clone(),
            detail: named.detail.clone(),
            end,
        }
    }

    /// One address in one of the VPCs that have it.
    pub(super) fn address(store: &Store, address: IpAddr, vpc: &VpcId) -> Self {
        let vpc_name = store.directory().by_id(vpc.as_str());
        let place_of_vpc = vpc_name.and_then(|named| named.place);
        let at = store.vpcs.position(vpc).and_then(|vpc| store.by_private(vpc, address));
        let owner = at.map(|at| store.interface(at).owner.name.to_string());
        Self {
            text: format!("{vpc}/{address}"),
            kind: "address",
            name: vpc_name.and_then(|named| named.name.clone()),
            id: at.map(|at| store.interface(at).id.to_string()).unwrap_or_default(),
            place: place_of_vpc.map(|at| place(store, at)).unwrap_or_default(),
            vpc: Some(vpc.clone()),
            addresses: vec![address],
            detail: owner.map(|owner| format!("of {owner}")).unwrap_or_default(),
            end: End::Address(address, Some(vpc.clone())),
        }
    }

    fn outside(text: &str, kind: &'static str, end: End) -> Self {
        Self {
            text: text.to_owned(),
            kind,
            name: None,
            id: String::new(),
            place: String::new(),
            vpc: None,
            addresses: Vec::new(),
            detail: String::new(),
            end,
        }
    }
}

/// The shortest text that surely stands for it: `lambda:NAME` where one function has the name, else the id.
fn unambiguous(store: &Store, named: &Named) -> String {
    let Some(start) = named.kind.prefix() else { return named.id.clone() };
    let same = store.directory().by_name(named.label());
    let rivals = same.iter().filter(|other| other.kind.prefix() == named.kind.prefix()).count();
    if rivals == 1 { format!("{start}{}", named.label()) } else { named.id.clone() }
}

fn place(store: &Store, at: PlaceIx) -> String {
    let place = store.place(at);
    let parts = [place.account.as_str(), place.region.as_str()];
    let known: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    known.join("/")
}
