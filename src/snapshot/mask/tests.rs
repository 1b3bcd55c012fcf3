//! The mask knows every word that the engine compares a field with: they are read from the engine's sources, so that a
//! comparison which is new has to be told here, with its field, and the mask has to keep the word in it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

use super::Mask;
use crate::model::dump::Dump;

/// What reads the fields of a network and judges it.
const ENGINE: [&str; 3] = ["model", "store", "reach"];

/// Files whose words are never those of a field: codes of findings, names of calls, numbers.
const WITHOUT: [&str; 3] = ["reach/code.rs", "model/catalogue.rs", "store/diff/fields.rs"];

/// The words by the field that is compared with them, and the field around it where that matters.
const COMPARED: &[(&str, &str, &str)] = &[
    (
        "",
        "State",
        "Active Failed Inactive Pending active associated attached available blackhole create-failed
        delete-complete deleted deleting disable-complete disabled disabling disassociated disassociating expired
        failed filtered modifying pending rejected",
    ),
    ("State", "Name", "pending running shutting-down stopped stopping terminated"),
    ("State", "Code", "active failed provisioning"),
    ("Status", "Code", "active deleted expired failed pending-acceptance rejected"),
    (
        "",
        "Status",
        "DOWN assigning associated associating creating deleting detached detaching failed in-use
        incompatible-network insufficient-resource-limits suspended suspending",
    ),
    ("", "PeeringStatus", "active"),
    (
        "",
        "DBInstanceStatus",
        "creating deleting failed inaccessible-encryption-credentials
        inaccessible-encryption-credentials-recoverable incompatible-create incompatible-network
        incompatible-parameters incompatible-restore insufficient-capacity rebooting restore-error starting stopped
        stopping",
    ),
    ("TargetHealth", "State", "draining healthy initial unavailable unhealthy.draining unused"),
    ("", "Origin", "Advertisement CreateRoute CreateRouteTable EnableVgwRoutePropagation"),
    ("", "IpProtocol", "-1 1 17 6 icmp tcp udp"),
    ("", "Protocol", "-1 1 17 58 6 QUIC TCP_QUIC TCP_UDP UDP icmp icmpv6 tcp udp"),
    ("", "RuleAction", "allow deny"),
    ("", "Type", "TRACKED_CLUSTER application forward gateway propagated"),
    ("", "TargetRole", "READ_ONLY"),
    ("", "TargetType", "alb instance lambda"),
    ("", "ResourceType", "connect direct-connect-gateway peering vpc vpn"),
    ("", "VpcEndpointType", "Gateway Interface"),
    ("", "EndpointType", "CUSTOM"),
    ("", "CustomEndpointType", "READER"),
    ("", "EngineFamily", "MYSQL POSTGRESQL SQLSERVER"),
    ("", "Scheme", "internal"),
    ("", "Platform", "windows"),
    ("", "ConnectivityType", "private"),
    ("", "AvailabilityMode", "regional"),
    ("", "AutoProvisionZones", "disabled enabled"),
    ("", "AvailabilityZoneId", "use1-az3"),
    (
        "",
        "InterfaceType",
        "branch efa efa-only efs gateway_load_balancer gateway_load_balancer_endpoint interface lambda nat_gateway
        network_load_balancer transit_gateway trunk vpc_endpoint",
    ),
    ("", "InternetGatewayBlockMode", "block-bidirectional block-ingress"),
    ("", "InternetGatewayExclusionMode", "allow-bidirectional allow-egress"),
    ("Options", "ApplianceModeSupport", "enable"),
    ("Options", "Ipv6Support", "disable"),
    ("Options", "SecurityGroupReferencingSupport", "disable enable"),
    ("Attributes", "Key", "load_balancing.cross_zone.enabled preserve_client_ip.enabled"),
    ("Attributes", "Value", "false true use_load_balancer_configuration"),
    ("Tags", "Key", "Name"),
    ("", "GroupName", "default"),
    ("", "GatewayId", "local"),
    ("", "RequesterId", "amazon-elasticache amazon-elb amazon-rds amazon-redshift"),
    ("Attachment", "InstanceOwnerId", "amazon-elasticache amazon-elb amazon-rds amazon-redshift"),
    ("Values", "Value", "AmazonProvidedDNS"),
];

/// How texts begin that are told apart by it, each with a whole text: the beginning is kept.
const BEGINNINGS: &[(&str, &str)] = &[
    ("igw", "igw-0a1b2c3d"),
    ("vgw", "vgw-0a1b2c3d"),
    ("vpce", "vpce-0a1b2c3d"),
    ("eigw", "eigw-0a1b2c3d"),
    ("service:", "service:checkout"),
    ("arn", "arn:aws:ec2:eu-west-1:111122223333:instance/i-0a1b2c3d"),
    ("arn:", "arn:aws:ec2:eu-west-1:111122223333:instance/i-0a1b2c3d"),
    ("arn:aws:ecs:", "arn:aws:ecs:eu-west-1:111122223333:attachment/shop"),
    ("arn:aws-cn:ecs:", "arn:aws-cn:ecs:cn-north-1:111122223333:attachment/shop"),
    ("arn:aws-us-gov:ecs:", "arn:aws-us-gov:ecs:us-gov-west-1:111122223333:attachment/shop"),
    ("com.amazonaws.", "com.amazonaws.eu-west-1.s3"),
    ("RDSNetworkInterface", "RDSNetworkInterface"),
    ("RedshiftNetworkInterface", "RedshiftNetworkInterface"),
    ("DMSNetworkInterface", "DMSNetworkInterface"),
];

/// What an ARN or the name of a service contains or ends with.
const INSIDE: &[(&str, &str)] = &[
    ("ec2", "arn:aws:ec2:eu-west-1:111122223333:instance/i-0a1b2c3d"),
    (":function:", "arn:aws:lambda:eu-west-1:111122223333:function:shop"),
    ("vpc-lattice", "com.amazonaws.eu-west-1.vpc-lattice"),
    ("s3", "com.amazonaws.eu-west-1.s3"),
    ("dynamodb", "com.amazonaws.eu-west-1.dynamodb"),
];

/// Words that no field is compared with: of questions, of answers, of what a repair would make.
const OF_THE_PROGRAM: &str = "
    IMDS AmazonTimeSync internet lambda: rds: lb: aws:
    nat-new eigw-new sg-for-function-new vpce-new eni-endpoint-new
    ecr.api ecr.dkr kms lambda logs secretsmanager sns sqs ssm sts
    CidrIp PrefixListId
    LocalGatewayId CarrierGatewayId CoreNetworkArn OdbNetworkArn IpAddress GatewayId
";

#[test]
fn every_word_that_a_field_is_compared_with_is_kept() {
    let mut mask = Mask::of(&Dump::default()).unwrap();
    for (around, field, words) in COMPARED {
        for word in words.split_whitespace() {
            let masked = mask.value(Value::String(word.to_owned()), around, field);
            assert_eq!(masked.as_str(), Some(word), "{around}.{field}");
        }
    }
    for (beginning, text) in BEGINNINGS {
        assert!(mask.text(text).starts_with(beginning), "{text}");
    }
    for (part, text) in INSIDE {
        assert!(mask.text(text).contains(part), "{text}");
    }
}

#[test]
fn every_comparison_of_the_engine_is_told_here() {
    let fields = COMPARED.iter().flat_map(|(_, _, words)| words.split_whitespace());
    let texts = BEGINNINGS.iter().chain(INSIDE).map(|(part, _)| *part);
    let told: BTreeSet<_> = fields.chain(texts).chain(OF_THE_PROGRAM.split_whitespace()).collect();
    let sources = sources();
    let found = sources
        .iter()
        .flat_map(|(file, text)| compared(text).into_iter().map(move |word| (file.as_str(), word)));
    let found: Vec<_> = found.collect();
    assert!(found.len() > 200, "{}: the sources were found", found.len());
    let untold: Vec<_> = found.into_iter().filter(|(_, word)| !told.contains(word)).collect();
    assert_eq!(untold, [], "a field is compared with a word that is not told here");
}

/// The files of the engine, without comments and tests.
fn sources() -> Vec<(String, String)> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    for module in ENGINE {
        collect(&source.join(module), &mut files);
        files.push(source.join(module).with_extension("rs"));
    }
    let files = files.into_iter().filter(|path| path.exists());
    let relative = files.map(|path| path.strip_prefix(&source).unwrap().to_owned());
    let named = relative.map(|path| path.to_string_lossy().into_owned());
    let judging = named.filter(|path| !WITHOUT.contains(&path.as_str()));
    judging.map(|path| (path.clone(), production(&source.join(path)))).collect()
}

fn collect(folder: &Path, files: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let is_test = path
            .file_stem()
            .is_some_and(|name| ["tests", "fixture"].contains(&name.to_str().unwrap()));
        if path.is_dir() && !is_test {
            collect(&path, files);
        } else if path.extension().is_some_and(|kind| kind == "rs") && !is_test {
            files.push(path);
        }
    }
}

fn production(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let lines = text.lines().take_while(|line| *line != "#[cfg(test)]");
    let code =
        lines.filter(|line| !["//", "#["].iter().any(|no| line.trim_start().starts_with(no)));
    code.collect::<Vec<_>>().join("\n")
}

/// The single words that stand where something is compared with them: beside an operator, in a pattern, in a list.
fn compared(text: &str) -> Vec<&str> {
    let pieces: Vec<_> = text.replace("'\"'", "   ").split('"').map(str::len).collect();
    let mut found = Vec::new();
    let mut at = 0;
    for (number, length) in pieces.into_iter().enumerate() {
        let (start, end) = (at, at + length);
        at = end + 1;
        let is_compared = || is_compared(&text[..start - 1], &text[at..]);
        if number % 2 == 1 && is_word(&text[start..end]) && is_compared() {
            found.push(&text[start..end]);
        }
    }
    found
}

fn is_word(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.:-".contains(&byte))
        && text.bytes().any(|byte| byte.is_ascii_alphanumeric())
}

fn is_compared(before: &str, after: &str) -> bool {
    const BEFORE: [&str; 14] = [
        "=",
        "!=",
        "|",
        "[",
        "@",
        "Some",
        "starts_with",
        "ends_with",
        "strip_prefix",
        "strip_suffix",
        "contains",
        "find",
        "split_once",
        "eq_ignore_ascii_case",
    ];
    const AFTER: [&str; 4] = ["=>", "|", "==", "]"];
    let before = before.trim_end();
    let bare = before.trim_end_matches(['&', '(', ' ', '\n']);
    let in_list = before.ends_with("\",") || before.ends_with('(') && bare.ends_with(',');
    let after = after.trim_start();
    let is_built = after.starts_with('.');
    !is_built && (in_list || BEFORE.iter().any(|one| bare.ends_with(one)))
        || AFTER.iter().any(|one| after.starts_with(one))
}
