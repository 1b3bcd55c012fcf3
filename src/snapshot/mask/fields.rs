//! What is written as it is: fields with AWS's own vocabulary in them. Everything that is not named here is masked, so a
//! field that is new in the model is masked until somebody says otherwise.

/// Fields of states, kinds, zones and the like, by name.
const KEPT: &[&str] = &[
    // where
    "AvailabilityZone",
    "AvailabilityZoneId",
    "SecondaryAvailabilityZone",
    "ZoneName",
    "Region",
    "AwsRegion",
    // how it is
    "State",
    "Status",
    "Code",
    "StateReasonCode",
    "FailureCode",
    "DBInstanceStatus",
    "SubnetGroupStatus",
    "SubnetStatus",
    "PeeringStatus",
    // what kind it is
    "Type",
    "InterfaceType",
    "InstanceType",
    "VpcEndpointType",
    "TargetType",
    "ResourceType",
    "EndpointType",
    "CustomEndpointType",
    "NetworkType",
    "IpAddressType",
    "ConnectivityType",
    "AvailabilityMode",
    "AutoProvisionZones",
    "AddressFamily",
    "Domain",
    "ServiceManaged",
    "Scheme",
    "Engine",
    "EngineVersion",
    "EngineFamily",
    "Role",
    "TargetRole",
    "Platform",
    "PlatformDetails",
    "Tenancy",
    "InstanceTenancy",
    "Runtime",
    "Version",
    // what happened
    "EventName",
    "EventSource",
    "EventTime",
    "lastStatus",
    "status",
    "type",
    "NodeRole",
    // rules, routes, listeners
    "IpProtocol",
    "Protocol",
    "RuleAction",
    "Origin",
    "Priority",
    "HealthCheckPort",
    "HealthCheckProtocol",
    // options
    "InternetGatewayBlockMode",
    "InternetGatewayExclusionMode",
    "ExclusionsAllowed",
    "DefaultRouteTableAssociation",
    "DefaultRouteTablePropagation",
    "SecurityGroupReferencingSupport",
    "DnsSupport",
    "Ipv6Support",
    "ApplianceModeSupport",
    "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic",
];

/// Fields whose name alone does not tell, with the field around them.
const KEPT_INSIDE: &[(&str, &str)] = &[
    ("State", "Name"),
    ("SubnetAvailabilityZone", "Name"),
    ("Attributes", "Key"),
    ("DhcpConfigurations", "Key"),
    ("Operator", "Principal"),
    ("TargetHealth", "Reason"),
    ("details", "name"),
];

/// Fields that tell who it is, or may, and that no answer needs.
const LEFT_OUT: &[&str] = &[
    "AmazonSideAsn",
    "BgpAsn",
    "FailureMessage",
    "HostedZoneId",
    "LastModified",
    "MacAddress",
    "Message",
];

/// The same, with the field around them.
const LEFT_OUT_INSIDE: &[(&str, &str)] = &[("State", "Reason"), ("TargetHealth", "Description")];

/// Lists of tags.
const TAGS: &[&str] = &["Tags", "TagSet", "TagList"];

/// Words with a meaning to AWS or to this program, wherever they stand.
const WORDS: &[&str] = &[
    "",
    "default",
    "local",
    "true",
    "false",
    "on",
    "off",
    "Name",
    "AmazonProvidedDNS",
    "AWS",
    "aws",
    "amazon",
    "amazon-aws",
    "amazon-elb",
    "amazon-rds",
    "amazon-elasticache",
    "amazon-redshift",
    "$LATEST",
    "use_load_balancer_configuration",
];

/// Whether the text of this field is written as it is.
pub(super) fn is_kept(around: &str, field: &str, text: &str) -> bool {
    KEPT.contains(&field)
        || KEPT_INSIDE.contains(&(around, field))
        || WORDS.contains(&text)
        || TAGS.contains(&around) && field == "Key" && text.starts_with("aws:")
}

/// Whether this field is left out altogether.
pub(super) fn is_left_out(around: &str, field: &str) -> bool {
    LEFT_OUT.contains(&field) || LEFT_OUT_INSIDE.contains(&(around, field))
}

/// Whether a part of a text has a meaning to AWS or to this program.
pub(super) fn is_word(text: &str) -> bool {
    WORDS.contains(&text)
}
