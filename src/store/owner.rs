//! Who uses an interface: the order of tests and the texts of section 1.16 of the rule book.

use std::sync::Arc;

use crate::model::interface::NetworkInterface;

/// Who uses an interface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// What kind of thing.
    pub kind: OwnerKind,
    /// Its id as AWS writes it, or what the description tells of it; empty if nothing does.
    pub id: Arc<str>,
    /// Its name for people: the Name tag, the function's or the database's name, else the id.
    pub name: Arc<str>,
    /// Further users of a shared interface (rule L-4).
    pub also: Vec<Arc<str>>,
}

/// What kind of thing uses an interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum OwnerKind {
    /// EC2 instance.
    Instance,
    /// Lambda function.
    Function,
    /// RDS, Aurora, Neptune or DocumentDB instance.
    Database,
    /// RDS proxy.
    DatabaseProxy,
    /// Application load balancer.
    ApplicationLoadBalancer,
    /// Network load balancer.
    NetworkLoadBalancer,
    /// Gateway load balancer.
    GatewayLoadBalancer,
    /// Classic load balancer.
    ClassicLoadBalancer,
    /// NAT gateway.
    NatGateway,
    /// Interface or gateway-load-balancer endpoint.
    VpcEndpoint,
    /// Transit gateway attachment.
    TransitGateway,
    /// ECS or Fargate task.
    EcsTask,
    /// `ElastiCache` node.
    ElastiCache,
    /// Redshift cluster.
    Redshift,
    /// DMS replication instance.
    Dms,
    /// DAX node.
    Dax,
    /// EFS mount target.
    Efs,
    /// EMR cluster.
    Emr,
    /// Directory Service.
    Directory,
    /// `CloudHSM`.
    CloudHsm,
    /// OpenSearch or Elasticsearch domain.
    OpenSearch,
    /// Pod with its own branch interface, or the trunk of its node.
    EksPod,
    /// VPC Lattice resource gateway.
    LatticeResourceGateway,
    /// Another AWS service, named by the interface's type or operator.
    Service,
    /// Nobody: the interface is not attached.
    Nobody,
    /// Attached to something that nothing tells.
    Unknown,
}

impl OwnerKind {
    /// What it is called.
    pub fn word(self) -> &'static str {
        match self {
            Self::Instance => "instance",
            Self::Function => "function",
            Self::Database => "database",
            Self::DatabaseProxy => "database proxy",
            Self::ApplicationLoadBalancer => "application load balancer",
            Self::NetworkLoadBalancer => "network load balancer",
            Self::GatewayLoadBalancer => "gateway load balancer",
            Self::ClassicLoadBalancer => "classic load balancer",
            Self::NatGateway => "NAT gateway",
            Self::VpcEndpoint => "VPC endpoint",
            Self::TransitGateway => "transit gateway attachment",
            Self::EcsTask => "ECS task",
            Self::ElastiCache => "ElastiCache",
            Self::Redshift => "Redshift",
            Self::Dms => "DMS",
            Self::Dax => "DAX",
            Self::Efs => "EFS",
            Self::Emr => "EMR",
            Self::Directory => "directory",
            Self::CloudHsm => "CloudHSM",
            Self::OpenSearch => "OpenSearch",
            Self::EksPod => "pod",
            Self::LatticeResourceGateway => "resource gateway",
            Self::Service => "AWS service",
            Self::Nobody => "not attached",
            Self::Unknown => "user unknown",
        }
    }
}

impl Owner {
    /// An owner whose name is its id until something better is known.
    pub fn new(kind: OwnerKind, id: impl Into<Arc<str>>) -> Self {
        let id = id.into();
        Self { kind, name: id.clone(), id, also: Vec::new() }
    }

    /// The same owner with a name for people, if there is one.
    #[must_use]
    pub fn named(mut self, name: Option<&str>) -> Self {
        if let Some(name) = name {
            self.name = name.into();
        }
        self
    }
}

/// Tells the owner from the interface alone: attachment, then type, operator, description, requester.
///
/// Functions, databases and load balancers are joined with their own descriptions afterwards, since these texts name
/// only the first function and no database at all.
pub fn recognise(eni: &NetworkInterface) -> Owner {
    by_instance(eni)
        .or_else(|| by_type(eni))
        .or_else(|| by_description(eni.description.as_deref().unwrap_or_default()))
        .or_else(|| by_requester(eni))
        .unwrap_or_else(|| by_nothing(eni))
}

fn by_instance(eni: &NetworkInterface) -> Option<Owner> {
    let instance = eni.attachment.as_ref()?.instance_id.as_ref()?;
    Some(Owner::new(OwnerKind::Instance, instance.as_str()))
}

/// Types that say enough by themselves. Where the description names the owner, it completes the type.
const TYPES: &[(&str, OwnerKind)] = &[
    ("nat_gateway", OwnerKind::NatGateway),
    ("lambda", OwnerKind::Function),
    ("network_load_balancer", OwnerKind::NetworkLoadBalancer),
    ("gateway_load_balancer", OwnerKind::GatewayLoadBalancer),
    ("gateway_load_balancer_endpoint", OwnerKind::VpcEndpoint),
    ("vpc_endpoint", OwnerKind::VpcEndpoint),
    ("transit_gateway", OwnerKind::TransitGateway),
    ("efs", OwnerKind::Efs),
    ("branch", OwnerKind::EksPod),
    ("trunk", OwnerKind::EksPod),
];

fn by_type(eni: &NetworkInterface) -> Option<Owner> {
    let description = eni.description.as_deref().unwrap_or_default();
    let kind = eni.interface_type.as_deref()?;
    if matches!(kind, "interface" | "efa" | "efa-only" | "") {
        return None;
    }
    let known = TYPES.iter().find(|(name, _)| *name == kind).map(|(_, kind)| *kind);
    let described =
        by_description(description).filter(|owner| known.is_none_or(|k| k == owner.kind));
    described
        .or_else(|| Some(Owner::new(known.unwrap_or(OwnerKind::Service), or(description, kind))))
}

/// Takes the owner's name out of the rest of a description.
type NameIn = fn(&str) -> &str;

/// Beginnings of descriptions, and how the rest names the owner.
const DESCRIPTIONS: &[(&str, OwnerKind, NameIn)] = &[
    ("AWS Lambda VPC ENI-", OwnerKind::Function, function_name),
    ("AWS Lambda VPC ENI: ", OwnerKind::Function, function_name),
    ("RDSNetworkInterface", OwnerKind::Database, nothing),
    ("Network interface for DBProxy ", OwnerKind::DatabaseProxy, whole),
    ("ELB app/", OwnerKind::ApplicationLoadBalancer, first_part),
    ("ELB net/", OwnerKind::NetworkLoadBalancer, first_part),
    ("ELB gwy/", OwnerKind::GatewayLoadBalancer, first_part),
    ("ELB ", OwnerKind::ClassicLoadBalancer, whole),
    ("Interface for NAT Gateway ", OwnerKind::NatGateway, whole),
    ("VPC Endpoint Interface ", OwnerKind::VpcEndpoint, whole),
    ("Resource Gateway Interface ", OwnerKind::LatticeResourceGateway, whole),
    ("Network Interface for Transit Gateway Attachment ", OwnerKind::TransitGateway, whole),
    ("arn:aws:ecs:", OwnerKind::EcsTask, last_part),
    ("arn:aws-cn:ecs:", OwnerKind::EcsTask, last_part),
    ("arn:aws-us-gov:ecs:", OwnerKind::EcsTask, last_part),
    ("ElastiCache ", OwnerKind::ElastiCache, whole),
    ("ElastiCache+", OwnerKind::ElastiCache, whole),
    ("RedshiftNetworkInterface", OwnerKind::Redshift, nothing),
    ("DMSNetworkInterface", OwnerKind::Dms, nothing),
    ("DAX ", OwnerKind::Dax, whole),
    ("EFS mount target for ", OwnerKind::Efs, first_word),
    ("AWS ElasticMapReduce", OwnerKind::Emr, nothing),
    ("AWS created network interface for directory ", OwnerKind::Directory, first_word),
    ("CloudHsm ENI", OwnerKind::CloudHsm, whole),
    ("ES ", OwnerKind::OpenSearch, whole),
];

fn by_description(description: &str) -> Option<Owner> {
    let (start, kind, name) =
        DESCRIPTIONS.iter().find(|(start, ..)| description.starts_with(start))?;
    let rest = description.get(start.len()..).unwrap_or_default();
    Some(Owner::new(*kind, name(rest)))
}

/// Requesters that tell the service where the description is silent.
const REQUESTERS: &[(&str, OwnerKind)] = &[
    ("amazon-rds", OwnerKind::Database),
    ("amazon-elb", OwnerKind::ClassicLoadBalancer),
    ("amazon-elasticache", OwnerKind::ElastiCache),
    ("amazon-redshift", OwnerKind::Redshift),
];

fn by_requester(eni: &NetworkInterface) -> Option<Owner> {
    let attached_by = eni.attachment.as_ref().and_then(|a| a.instance_owner_id.as_deref());
    let said = [eni.requester_id.as_deref(), attached_by];
    let known =
        said.into_iter().flatten().find_map(|who| REQUESTERS.iter().find(|(id, _)| *id == who));
    let known =
        known.map(|(_, kind)| Owner::new(*kind, eni.description.as_deref().unwrap_or_default()));
    let operator = eni.operator.as_ref().and_then(|operator| operator.principal.as_deref());
    known.or_else(|| operator.map(|principal| Owner::new(OwnerKind::Service, principal)))
}

fn by_nothing(eni: &NetworkInterface) -> Owner {
    let description = eni.description.as_deref().unwrap_or_default();
    if eni.attachment.is_none() && eni.status.as_deref() != Some("in-use") {
        return Owner::new(OwnerKind::Nobody, description);
    }
    Owner::new(OwnerKind::Unknown, or(description, eni.requester_id.as_deref().unwrap_or_default()))
}

fn or<'a>(text: &'a str, otherwise: &'a str) -> &'a str {
    if text.is_empty() { otherwise } else { text }
}

/// `<function>-<uuid>`: the uuid has five groups, 36 characters.
fn function_name(rest: &str) -> &str {
    let end = rest.len().checked_sub(37).filter(|end| rest.get(*end..=*end) == Some("-"));
    end.and_then(|end| rest.get(..end)).unwrap_or(rest)
}

fn first_part(rest: &str) -> &str {
    rest.split('/').next().unwrap_or(rest)
}

fn last_part(rest: &str) -> &str {
    rest.rsplit('/').next().unwrap_or(rest)
}

fn first_word(rest: &str) -> &str {
    rest.split_whitespace().next().unwrap_or(rest)
}

fn whole(rest: &str) -> &str {
    rest
}

fn nothing(rest: &str) -> &str {
    rest.get(..0).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{DESCRIPTIONS, NetworkInterface, recognise};
    use crate::snapshot::mask::Mask;

    #[test]
    fn owners_are_recognised_under_a_mask() {
        let mut mask = Mask::of(&crate::model::dump::Dump::default()).unwrap();
        for (start, kind, _) in DESCRIPTIONS {
            let masked = mask.text(&format!("{start}eu-west-1:111122223333:task/shop"));
            assert!(!masked.contains("shop"), "{masked}");
            let description = Some(masked.into());
            let eni = NetworkInterface { description, ..NetworkInterface::default() };
            assert_eq!(recognise(&eni).kind, *kind, "{start}");
        }
    }
}
