//! A network with one of everything that other calls ask about, so that every call of the table is made.

use super::server::{Asked, Reply};

/// The answer of AWS for this network; none where an empty one will do.
pub fn answer(asked: &Asked) -> Option<Reply> {
    if let Some((_, text)) = PAGES.iter().find(|(operation, _)| *operation == asked.operation) {
        return Some(Reply::json(*text));
    }
    let (_, list) = LISTS.iter().find(|(operation, _)| *operation == asked.operation)?;
    Some(Reply::xml(whole(asked, list)))
}

/// An answer around what it lists.
pub fn whole(asked: &Asked, list: &str) -> String {
    let operation = &asked.operation;
    if asked.service == "ec2" {
        return format!("<{operation}Response>{list}</{operation}Response>");
    }
    let result = format!("<{operation}Result>{list}</{operation}Result>");
    format!("<{operation}Response>{result}</{operation}Response>")
}

const LISTS: [(&str, &str); 12] = [
    ("GetCallerIdentity", "<Account>123456789012</Account>"),
    (
        "DescribeVpcs",
        "<vpcSet><item><vpcId>vpc-1</vpcId><cidrBlock>10.0.0.0/16</cidrBlock></item></vpcSet>",
    ),
    (
        "DescribeSubnets",
        "<subnetSet><item><subnetId>subnet-1</subnetId><vpcId>vpc-1</vpcId></item></subnetSet>",
    ),
    (
        "DescribeSecurityGroups",
        "<securityGroupInfo><item><groupId>sg-1</groupId><vpcId>vpc-1</vpcId></item></securityGroupInfo>",
    ),
    (
        "DescribeNetworkInterfaces",
        "<networkInterfaceSet><item><networkInterfaceId>eni-1</networkInterfaceId>\
         <subnetId>subnet-1</subnetId><vpcId>vpc-1</vpcId></item></networkInterfaceSet>",
    ),
    (
        "DescribeManagedPrefixLists",
        "<prefixListSet><item><prefixListId>pl-1</prefixListId></item></prefixListSet>",
    ),
    (
        "DescribeTransitGatewayRouteTables",
        "<transitGatewayRouteTables><item><transitGatewayRouteTableId>tgw-rtb-1\
         </transitGatewayRouteTableId></item></transitGatewayRouteTables>",
    ),
    (
        "DescribeDBProxies",
        "<DBProxies><member><DBProxyName>proxy</DBProxyName></member></DBProxies>",
    ),
    (
        "DescribeLoadBalancers",
        "<LoadBalancers><member><LoadBalancerArn>arn:lb</LoadBalancerArn></member></LoadBalancers>",
    ),
    (
        "DescribeListeners",
        "<Listeners><member><ListenerArn>arn:listener</ListenerArn></member></Listeners>",
    ),
    (
        "DescribeTargetGroups",
        "<TargetGroups><member><TargetGroupArn>arn:group</TargetGroupArn></member></TargetGroups>",
    ),
    ("DescribeVpcAttribute", "<enableDnsSupport><value>true</value></enableDnsSupport>"),
];

/// Answers of services that speak JSON.
const PAGES: [(&str, &str); 5] = [
    (
        "GET /2015-03-31/functions",
        r#"{"Functions": [{"FunctionName": "idle", "FunctionArn": "idle", "VpcConfig":
            {"SubnetIds": ["subnet-1"], "SecurityGroupIds": ["sg-1"], "VpcId": "vpc-1"}}]}"#,
    ),
    (
        "GET /2015-03-31/functions/idle/configuration",
        r#"{"FunctionName": "idle", "FunctionArn": "idle", "State": "Inactive",
            "StateReasonCode": "Idle"}"#,
    ),
    ("ListClusters", r#"{"clusterArns": ["arn:aws:ecs:eu-west-1:123456789012:cluster/shop"]}"#),
    ("ListTasks", r#"{"taskArns": ["arn:aws:ecs:eu-west-1:123456789012:task/shop/1"]}"#),
    (
        "DescribeTasks",
        r#"{"tasks": [{"taskArn": "arn:aws:ecs:eu-west-1:123456789012:task/shop/1",
            "group": "service:web", "attachments": [{"id": "attachment-1"}]}]}"#,
    ),
];
