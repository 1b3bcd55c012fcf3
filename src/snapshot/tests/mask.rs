//! Masking: nothing of the original is left, what needs no mask stays, and secrets are in no snapshot at all.

use std::collections::BTreeSet;
use std::net::IpAddr;

use ipnet::IpNet;
use serde_json::Value;

use super::Folder;
use super::write::{files, stamp};
use crate::model::catalogue::Envelope;
use crate::model::dump::{Dump, Outcome};
use crate::snapshot::mask::Mask;
use crate::snapshot::{Stamp, mask, write};
use crate::tour::networks;

/// A network in which whatever a customer can choose says `acme`, account ids begin with 8675309, ids hold `beefbeef`,
/// and public addresses begin with 8.8 or 2a00.
const ACME: &str = include_str!("acme.json");

/// What customers write into configurations and what must never be kept.
const SECRETS: &str = r#"{
    "Functions": [{"FunctionName": "f", "FunctionArn": "arn:aws:lambda:eu-west-1:111122223333:function:f",
        "Environment": {"Variables": {"DB_PASSWORD": "hunter2-secret"}}}],
    "Reservations": [{"Instances": [{"InstanceId": "i-1", "UserData": "aHVudGVyMi1zZWNyZXQ=",
        "KeyName": "hunter2-secret-key"}]}],
    "VpnConnections": [{"VpnConnectionId": "vpn-1", "CustomerGatewayConfiguration": "<psk>hunter2-secret</psk>",
        "Options": {"TunnelOptions": [{"PreSharedKey": "hunter2-secret"}]},
        "VgwTelemetry": [{"Status": "UP"}]}],
    "DBInstances": [{"DBInstanceIdentifier": "d", "MasterUsername": "hunter2-secret"}]
}"#;

/// What stays in the embedded networks besides numbers, private addresses and AWS's own addresses.
const STAYS: &str = "
    $LATEST AWS Active AmazonProvidedDNS Complete CreateRoute CreateRouteTable ELB ENI- ES Endpoint Gateway HTTP
    HTTPS IPV4 IPv4 Interface Lambda Linux NAT Name RDSNetworkInterface UNIX VPC active allow allowed amazon-aws
    amazon-elb amazon-rds amazonaws ap-northeast-2 ap-northeast-2a ap-northeast-2b ap-northeast-2c apne2-az1
    apne2-az2 apne2-az3 app application arn associated attached available aws com compute create-complete
    cross_zone db default default-state deletion_protection deny deregistration_delay domain-name
    domain-name-servers dynamodb ec2 elasticloadbalancing elb enabled for forward function healthy idle_timeout
    in-use instance interface internal internet-facing ipv4 lambda listener listener-rule load_balancing
    loadbalancer local micro nano nat_gateway nodejs24 off postgres public python3 rds running s3 secretsmanager
    small subgrp subnet succeeded t4g targetgroup tcp timeout_seconds traffic-port true
    use_load_balancer_configuration vpc vpc_endpoint vpce x
";

fn written(dump: &Dump) -> Vec<(String, String)> {
    let folder = Folder::new(&[]);
    let stamp = Stamp { masked: true, ..stamp() };
    write(dump, &folder.path("out"), stamp).unwrap();
    let text = |(name, bytes): (String, Vec<u8>)| (name, String::from_utf8(bytes).unwrap());
    files(&folder.path("out")).into_iter().map(text).collect()
}

/// Every text in the files, and every part of one.
fn texts(files: &[(String, String)]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (name, text) in files.iter().filter(|(name, _)| name != "manifest.json") {
        found.extend(name.split('/').nth(2).map(str::to_owned));
        let answer: Value = serde_json::from_str(text).unwrap();
        collect(&answer, &mut found);
    }
    let parts = |text: &String| {
        let parts = text.split([' ', '/', ':', '.', '(', ')']);
        parts.map(str::to_owned).collect::<Vec<_>>()
    };
    let parts: BTreeSet<String> = found.iter().flat_map(parts).collect();
    found.extend(parts);
    found
}

fn collect(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => _ = found.insert(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        Value::Object(fields) => fields.values().for_each(|field| collect(field, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Whether a text may stay: a private address or one of AWS's, or made of numbers and words that stay.
fn may_stay(text: &str, of_aws: &[IpNet]) -> bool {
    let net = text.parse::<IpNet>().ok().or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from));
    if let Some(net) = net {
        let private = ["10.0.0.0/8", "172.16.0.0/12", "169.254.0.0/16"].map(|n| n.parse().unwrap());
        let known = of_aws.iter().chain(&private).any(|stays| stays.contains(&net));
        return known || net.prefix_len() == 0;
    }
    let is_number = |part: &str| {
        part.len() < 6 && part.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
    };
    text.split([' ', '/', ':', '.']).all(|part| {
        let is_private = part.starts_with("ip-10-") || part.starts_with("ip-172-");
        is_private || is_number(part) || STAYS.split_whitespace().any(|word| word == part)
    })
}

#[test]
fn nothing_of_the_embedded_networks_is_left() {
    for name in ["lambda-rds:nat", "peering-one-way", "nacl-ephemeral", "endpoint-default-group"] {
        let dump = networks::network(name).unwrap();
        let lists = dump.regions.iter().flat_map(|region| &region.resources.prefix_lists);
        let of_aws: Vec<IpNet> = lists.flat_map(|list| list.cidrs.clone()).collect();
        let masked = written(&mask(&dump).unwrap());
        let (before, after) = (texts(&written(&dump)), texts(&masked));
        let left = before.intersection(&after).filter(|text| !may_stay(text, &of_aws));
        assert_eq!(left.collect::<Vec<_>>(), Vec::<&String>::new(), "{name}");
        let gone = before.iter().filter(|text| !may_stay(text, &of_aws));
        // A single word of a description may well be one of AWS's.
        for text in
            gone.filter(|text| text.len() > 5 && !text.bytes().all(|b| b.is_ascii_alphabetic()))
        {
            let file = masked.iter().find(|(_, content)| content.contains(text.as_str()));
            assert_eq!(file.map(|(name, _)| name), None, "{name}: {text}");
        }
    }
}

#[test]
fn nothing_that_a_customer_chose_is_left() {
    let mut dump = Folder::new(&[("acme.json", ACME)]).read().unwrap();
    let denied = Outcome::Denied {
        action: "ec2:DescribeAddresses".into(),
        message: "User: arn:aws:iam::867530912345:user/acme is not authorized".into(),
    };
    dump.regions[0].coverage.record(Envelope::DBProxies, denied);
    let original = written(&dump);
    let masked = written(&mask(&dump).unwrap());
    for mark in ["acme", "8675309", "beefbeef", "8.8.", "8-8-", "2a00:"] {
        assert!(original.iter().any(|(_, text)| text.to_lowercase().contains(mark)), "{mark}");
        for (name, text) in &masked {
            let line = text.lines().find(|line| line.to_lowercase().contains(mark));
            assert_eq!(line, None, "{name}");
            assert!(!name.contains(mark), "{name}");
        }
    }
}

#[test]
fn the_same_network_gets_the_same_pseudonyms_and_another_one_others() {
    let dump = networks::network("lambda-rds").unwrap();
    assert_eq!(mask(&dump).unwrap(), mask(&dump).unwrap());
    let other = networks::network("lambda-rds:nat").unwrap();
    let account = |dump: &Dump| mask(dump).unwrap().regions[0].account.clone();
    assert_ne!(account(&dump), account(&other));
}

#[test]
fn a_name_is_the_same_wherever_it_occurs() {
    let mut mask = Mask::of(&Dump::default()).unwrap();
    let mut is = |original: &str, expected: &[(&str, &str)]| {
        let mut expected_text = original.to_owned();
        for (part, start) in expected {
            let masked = mask.text(part);
            assert_ne!(*part, masked);
            assert!(masked.starts_with(start), "{masked}");
            expected_text = expected_text.replace(part, &masked);
        }
        assert_eq!(mask.text(original), expected_text, "{original}");
    };
    let uuid = "01234567-89ab-cdef-0123-456789abcdef";
    let account = ("867530912345", "");
    is(&format!("AWS Lambda VPC ENI-pay-out-{uuid}"), &[("pay-out", ""), (uuid, "")]);
    is("arn:aws:lambda:eu-west-1:867530912345:function:pay-out:3", &[("pay-out", ""), account]);
    is(
        "arn:aws:s3:::shop-logs/aws-logs/867530912345/trail",
        &[("shop-logs", ""), ("aws-logs", ""), account, ("trail", "")],
    );
    is(
        "arn:aws:iam::867530912345:role/path/867530912346/Admin",
        &[account, ("path", ""), ("867530912346", ""), ("Admin", "")],
    );
    is(
        "arn:aws:sns:eu-west-1:867530912345:calls/to/4930123456789",
        &[account, ("calls", ""), ("to", ""), ("4930123456789", "")],
    );
    is("service:checkout", &[("checkout", "")]);
    is("family:checkout", &[("checkout", "")]);
    is("ELB app/shop/0123456789abcdef", &[("shop", ""), ("0123456789abcdef", "")]);
    is(
        "arn:aws:elasticloadbalancing:eu-west-1:867530912345:loadbalancer/app/shop/0123456789abcdef",
        &[("shop", ""), ("0123456789abcdef", ""), account],
    );
    is(
        "shop-0123456789abcdef.elb.eu-west-1.amazonaws.com",
        &[("shop", ""), ("0123456789abcdef", "")],
    );
    is("orders-db-1.c1a2b3.eu-west-1.rds.amazonaws.com", &[("orders-db-1", ""), ("c1a2b3", "")]);
    is("orders.cluster-ro-c1a2b3.eu-west-1.rds.amazonaws.com", &[("orders", ""), ("c1a2b3", "")]);
    is("VPC Endpoint Interface vpce-0123456789abcdef0", &[("vpce-0123456789abcdef0", "vpce-")]);
    is("vpc-12345678", &[("vpc-12345678", "vpc-")]);
    is(
        "EFS mount target for fs-12345678 (fsmt-12345679)",
        &[("fs-12345678", "fs-"), ("fsmt-12345679", "fsmt-")],
    );
    for stays in
        ["amazon-elb", "default", "10.1.2.3", "0.0.0.0/0", "::/0", "com.amazonaws.eu-west-1.s3"]
    {
        assert_eq!(mask.text(stays), stays);
    }
}

/// One endpoint, its DNS name and one list of addresses in each of AWS's partitions.
const PARTITIONS: [(&str, &str, &str); 8] = [
    (
        "com.amazonaws.us-gov-east-1.s3",
        "com.amazonaws.us-gov-east-1.s3",
        "us-gov-east-1.amazonaws.com",
    ),
    (
        "cn.com.amazonaws.cn-north-1.s3",
        "com.amazonaws.cn-north-1.s3",
        "cn-north-1.amazonaws.com.cn",
    ),
    (
        "eu.amazonaws.eusc-de-east-1.s3",
        "com.amazonaws.eusc-de-east-1.s3",
        "eusc-de-east-1.amazonaws.eu",
    ),
    ("gov.ic.c2s.us-iso-east-1.s3", "com.amazonaws.us-iso-east-1.s3", "us-iso-east-1.c2s.ic.gov"),
    (
        "gov.sgov.sc2s.us-isob-east-1.s3",
        "com.amazonaws.us-isob-east-1.s3",
        "us-isob-east-1.sc2s.sgov.gov",
    ),
    (
        "uk.adc-e.cloud.eu-isoe-west-1.s3",
        "com.amazonaws.eu-isoe-west-1.s3",
        "eu-isoe-west-1.cloud.adc-e.uk",
    ),
    (
        "gov.ic.hci.csp.us-isof-south-1.s3",
        "com.amazonaws.us-isof-south-1.s3",
        "us-isof-south-1.csp.hci.ic.gov",
    ),
    (
        "com.amazonaws.s3-global.accesspoint",
        "com.amazonaws.global.cloudfront.origin-facing",
        "eu-west-1.amazonaws.com",
    ),
];

#[test]
fn services_of_every_partition_stay() {
    for (service, list, domain) in PARTITIONS {
        let (own, others) = (format!("s3.{domain}"), format!("acme.s3.{domain}"));
        let text = format!(
            r#"{{"VpcEndpoints": [{{"VpcEndpointId": "vpce-0a1b2c3d", "ServiceName": "{service}",
                "DnsEntries": [{{"DnsName": "{own}"}}, {{"DnsName": "{others}"}}]}}],
                "PrefixLists": [{{"PrefixListId": "pl-0a1b2c3d", "PrefixListName": "{list}",
                "Cidrs": ["198.51.100.0/24"]}}]}}"#
        );
        let original = Folder::new(&[("network.json", &text)]).read().unwrap();
        let masked = mask(&original).unwrap();
        let resources = &masked.regions[0].resources;
        let endpoint = &resources.vpc_endpoints[0];
        assert_eq!(endpoint.service_name.as_deref(), Some(service));
        let names = endpoint.dns_entries.iter().map(|entry| entry.dns_name.as_deref().unwrap());
        let names: Vec<_> = names.collect();
        assert_eq!(names[0], own);
        assert!(names[1].ends_with(&own) && !names[1].contains("acme"), "{}", names[1]);
        let (got, before) = (&resources.prefix_lists, &original.regions[0].resources.prefix_lists);
        assert_eq!(got[0].prefix_list_name.as_deref(), Some(list));
        assert_eq!(got[0].cidrs, before[0].cidrs);
    }
}

#[test]
fn what_only_looks_like_a_name_of_aws_is_masked() {
    let mut mask = Mask::of(&Dump::default()).unwrap();
    for text in [
        "com.amazonaws.eu-west-1.acmeprojectx",
        "com.amazonaws.acmeprojectx",
        "aws.acmeprojecty.eu-west-1",
        "arn:acmecorp:acmepay:acmeplace:acmeowner:acme/acme",
        "arn:aws:acmepay:acmeplace:867530912345:acme/acme",
        "arn:aws:s3:acmeplace::acme",
    ] {
        let masked = mask.text(text);
        assert!(!masked.contains("acme"), "{text}: {masked}");
    }
    for stays in [
        "com.amazonaws.eu-west-1.ecr.api",
        "com.amazonaws.s3-global.accesspoint",
        "aws.sagemaker.eu-west-1.notebook",
    ] {
        assert_eq!(mask.text(stays), stays);
    }
}

#[test]
fn a_list_is_of_aws_if_its_owner_is() {
    let text = r#"{
        "PrefixLists": [{"PrefixListId": "pl-1", "PrefixListName": "com.amazonaws.eu-west-1.new-service",
            "Cidrs": ["198.51.100.0/24"]}],
        "ManagedPrefixLists": [
            {"PrefixListId": "pl-2", "PrefixListName": "com.amazonaws.eu-west-1.other", "OwnerId": "AWS"},
            {"PrefixListId": "pl-3", "PrefixListName": "aws.offices.eu-west-1", "OwnerId": "867530912345"}],
        "ManagedPrefixListEntries": [{"PrefixListId": "pl-2", "Entries": [{"Cidr": "203.0.113.0/24"}]},
            {"PrefixListId": "pl-3", "Entries": [{"Cidr": "8.8.8.0/24"}]}]
    }"#;
    let masked = written(&mask(&Folder::new(&[("lists.json", text)]).read().unwrap()).unwrap());
    let holds = |text: &str| masked.iter().any(|(_, content)| content.contains(text));
    for stays in ["new-service", "198.51.100.0/24", "eu-west-1.other", "203.0.113.0/24"] {
        assert!(holds(stays), "{stays}");
    }
    for gone in ["offices", "8.8.8.0"] {
        assert!(!holds(gone), "{gone}");
    }
}

#[test]
fn secrets_are_neither_read_nor_written() {
    let dump = Folder::new(&[("secrets.json", SECRETS)]).read().unwrap();
    for dump in [mask(&dump).unwrap(), dump] {
        for (name, text) in written(&dump) {
            for secret in ["hunter2", "aHVudGVyMi", "DB_PASSWORD", "psk"] {
                assert!(!text.contains(secret), "{name} holds {secret}");
            }
        }
    }
}
