//! What is AWS's own and no secret: its partitions with their domains, its regions, the names of its services.
//!
//! A name that AWS gives in a field of its own, such as the service of an endpoint, is known by its form, so that a
//! service which is new stays too. In a text that people write only what is listed here counts.

use ipnet::IpNet;

use crate::model::catalogue::Resources;
use crate::model::ids::PrefixListId;

/// Domains of AWS's public names, one or two for each partition.
pub(super) const DOMAINS: &[&str] = &[
    "amazonaws.com",
    "api.aws",
    "amazonaws.com.cn",
    "api.amazonwebservices.com.cn",
    "amazonaws.eu",
    "api.amazonwebservices.eu",
    "c2s.ic.gov",
    "api.aws.ic.gov",
    "sc2s.sgov.gov",
    "api.aws.scloud",
    "cloud.adc-e.uk",
    "api.cloud-aws.adc-e.uk",
    "csp.hci.ic.gov",
    "api.aws.hci.ic.gov",
];

/// What the names of endpoint services and prefix lists begin with: the domain of the partition, back to front.
const BEGINNINGS: &[&str] = &[
    "com.amazonaws.",
    "cn.com.amazonaws.",
    "eu.amazonaws.",
    "gov.ic.c2s.",
    "gov.sgov.sc2s.",
    "uk.adc-e.cloud.",
    "gov.ic.hci.csp.",
];

/// The partitions that exist, as ARNs name them.
const PARTITIONS: &[&str] =
    &["aws", "aws-cn", "aws-us-gov", "aws-eusc", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f"];

/// Services as ARNs and the names of endpoints call them.
const SERVICES: &[&str] = &[
    "access-analyzer",
    "accesspoint",
    "acm",
    "acm-pca",
    "airflow",
    "amplify",
    "api",
    "apigateway",
    "appconfig",
    "application-autoscaling",
    "appmesh",
    "apprunner",
    "appstream",
    "appsync",
    "athena",
    "autoscaling",
    "backup",
    "batch",
    "bedrock",
    "bedrock-runtime",
    "cassandra",
    "cloudformation",
    "cloudfront",
    "cloudhsm",
    "cloudtrail",
    "cloudwatch",
    "codeartifact",
    "codebuild",
    "codecommit",
    "codedeploy",
    "codepipeline",
    "cognito-idp",
    "config",
    "connect",
    "data",
    "datasync",
    "dax",
    "directconnect",
    "dkr",
    "dms",
    "docdb",
    "ds",
    "dynamodb",
    "ebs",
    "ec2",
    "ec2-instance-connect",
    "ec2messages",
    "ecr",
    "ecs",
    "ecs-agent",
    "ecs-telemetry",
    "eks",
    "elasticache",
    "elasticbeanstalk",
    "elasticfilesystem",
    "elasticloadbalancing",
    "elasticmapreduce",
    "es",
    "events",
    "execute-api",
    "firehose",
    "fsx",
    "git-codecommit",
    "globalaccelerator",
    "glue",
    "grafana",
    "guardduty",
    "iam",
    "imagebuilder",
    "inspector2",
    "iot",
    "kafka",
    "kendra",
    "kinesis",
    "kinesis-firehose",
    "kinesis-streams",
    "kms",
    "lakeformation",
    "lambda",
    "license-manager",
    "logs",
    "macie2",
    "memorydb",
    "monitoring",
    "mq",
    "network-firewall",
    "networkmanager",
    "notebook",
    "oam",
    "odb",
    "organizations",
    "origin-facing",
    "outposts",
    "ram",
    "rds",
    "rds-data",
    "redshift",
    "redshift-data",
    "rekognition",
    "resource-groups",
    "route53",
    "route53-healthchecks",
    "route53resolver",
    "rum",
    "runtime",
    "s3",
    "s3-global",
    "s3-outposts",
    "s3express",
    "s3tables",
    "sagemaker",
    "scheduler",
    "secretsmanager",
    "securityhub",
    "servicecatalog",
    "servicediscovery",
    "ses",
    "shield",
    "sns",
    "sqs",
    "ssm",
    "ssmmessages",
    "states",
    "storagegateway",
    "sts",
    "studio",
    "support",
    "swf",
    "synthetics",
    "textract",
    "timestream",
    "transfer",
    "vpc-lattice",
    "waf",
    "wafv2",
    "workspaces",
    "xray",
];

/// The words in the names of regions.
const DIRECTIONS: &[&str] = &[
    "north",
    "northeast",
    "east",
    "southeast",
    "south",
    "southwest",
    "west",
    "northwest",
    "central",
];

/// The owner of AWS's prefix lists.
const AWS: &str = "AWS";

/// `com.amazonaws.eu-west-1.s3` and its like; the names of others' services hold the id of the service.
pub(super) fn is_service_name(text: &str) -> bool {
    service_labels(text).is_some()
}

/// The same, of services that are known here: as it may stand in any text.
pub(super) fn is_known_service_name(text: &str) -> bool {
    service_labels(text).is_some_and(|labels| labels.into_iter().all(is_service))
}

pub(super) fn is_service(text: &str) -> bool {
    SERVICES.contains(&text)
}

pub(super) fn is_partition(text: &str) -> bool {
    PARTITIONS.contains(&text)
}

/// The words that say which service it is: the DNS names of its endpoints consist of them.
pub(super) fn service_labels(name: &str) -> Option<Vec<&str>> {
    let labels: Vec<_> = match BEGINNINGS.iter().find_map(|start| name.strip_prefix(start)) {
        Some(rest) => rest.split('.').collect(),
        None => of_no_domain(name)?,
    };
    if labels.first() == Some(&"vpce") {
        return None;
    }
    let labels: Vec<_> =
        labels.into_iter().filter(|label| !is_region(label) && *label != "global").collect();
    (!labels.is_empty()).then_some(labels)
}

/// `aws.sagemaker.eu-west-1.notebook`, `api.aws.us-east-1.cassandra-streams`.
fn of_no_domain(name: &str) -> Option<Vec<&str>> {
    let labels: Vec<_> = name.split('.').collect();
    match labels.as_slice() {
        ["aws", service, place, rest @ ..] if is_region(place) => {
            Some([&[*service], rest].concat())
        }
        ["api", "aws", place, rest @ ..] if is_region(place) => Some(rest.to_vec()),
        _ => None,
    }
}

/// `eu-west-1`, `us-gov-east-1`, `eusc-de-east-1`, and nothing that a customer would call a thing: `shop-web-1` is a name.
pub(super) fn is_region(text: &str) -> bool {
    let parts: Vec<_> = text.split('-').collect();
    let [place @ .., direction, number] = parts.as_slice() else { return false };
    let is_short = |word: &str| word.len() == 2 && word.bytes().all(|b| b.is_ascii_lowercase());
    let is_place = match place {
        [one] | [one, "gov" | "iso" | "isob" | "isoe" | "isof"] | ["eusc", one] => is_short(one),
        _ => false,
    };
    let is_number = (1..3).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    is_place && DIRECTIONS.contains(direction) && is_number
}

/// The names of the services to which there are endpoints, and of AWS's prefix lists.
pub(super) fn service_names(resources: &Resources) -> impl Iterator<Item = &str> {
    let names = resources.vpc_endpoints.iter().filter_map(|one| one.service_name.as_deref());
    let lists = resources.prefix_lists.iter();
    let lists = lists.map(|list| (&list.prefix_list_id, list.prefix_list_name.as_deref()));
    let managed = resources.managed_prefix_lists.iter();
    let managed = managed.map(|list| (&list.prefix_list_id, list.prefix_list_name.as_deref()));
    let lists = lists.chain(managed).filter(|(id, name)| is_list_of_aws(resources, id, *name));
    names.filter(|name| is_service_name(name)).chain(lists.filter_map(|(_, name)| name))
}

/// The addresses of AWS's services (rule SG-16): public knowledge, and known by number.
pub(super) fn prefixes(resources: &Resources) -> impl Iterator<Item = IpNet> {
    let lists = resources.prefix_lists.iter().filter(|list| {
        is_list_of_aws(resources, &list.prefix_list_id, list.prefix_list_name.as_deref())
    });
    let managed = resources.managed_prefix_list_entries.iter().filter(|entries| {
        let mut lists = resources.managed_prefix_lists.iter();
        let list = lists.find(|list| list.prefix_list_id == entries.prefix_list_id);
        let name = list.and_then(|list| list.prefix_list_name.as_deref());
        is_list_of_aws(resources, &entries.prefix_list_id, name)
    });
    let entries = managed.flat_map(|list| list.entries.iter().filter_map(|entry| entry.cidr));
    lists.flat_map(|list| list.cidrs.iter().copied()).chain(entries)
}

/// As the owner of the list says; where that is not told, its name: nobody else may begin one with a domain of AWS.
fn is_list_of_aws(resources: &Resources, id: &PrefixListId, name: Option<&str>) -> bool {
    let mut managed = resources.managed_prefix_lists.iter();
    let owner = managed.find(|list| list.prefix_list_id == *id);
    match owner.and_then(|list| list.owner_id.as_deref()) {
        Some(owner) => owner == AWS,
        None => name.is_some_and(|name| BEGINNINGS.iter().any(|start| name.starts_with(start))),
    }
}
