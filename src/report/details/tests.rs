use serde_json::{Value, json};

use super::{Subject, sheet};
use crate::store::fixture;

/// Everything on the sheet of a thing.
fn told(network: &Value, id: &str) -> String {
    let store = fixture::store(network);
    let subject = Subject::of_id(&store, id).unwrap();
    format!("{:?}", sheet(&store, &subject).entries)
}

#[test]
fn a_vpc_tells_its_name_servers() {
    let network = json!({
        "Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16", "DhcpOptionsId": "dopt-1"}],
        "DhcpOptions": [{"DhcpOptionsId": "dopt-1", "DhcpConfigurations": [
            {"Key": "domain-name", "Values": [{"Value": "corp.example"}]},
            {"Key": "domain-name-servers", "Values": [{"Value": "10.0.0.53"}, {"Value": "10.0.1.53"}]}]}]
    });
    assert!(told(&network, "vpc-1").contains("10.0.0.53, 10.0.1.53"));
}

#[test]
fn a_vpn_connection_tells_its_far_end() {
    let network = json!({
        "VpnGateways": [{"VpnGatewayId": "vgw-1"}],
        "VpnConnections": [
            {"VpnConnectionId": "vpn-1", "VpnGatewayId": "vgw-1", "CustomerGatewayId": "cgw-1"},
            {"VpnConnectionId": "vpn-2", "VpnGatewayId": "vgw-1", "CustomerGatewayId": "cgw-2"}],
        "CustomerGateways": [
            {"CustomerGatewayId": "cgw-1", "IpAddress": "203.0.113.12", "BgpAsn": "65010"}]
    });
    let told = told(&network, "vgw-1");
    assert!(told.contains("to 203.0.113.12, ASN 65010"), "{told}");
    assert!(told.contains("to cgw-2"), "{told}");
}

#[test]
fn a_cluster_tells_the_subnets_of_its_group() {
    let network = json!({
        "DBClusters": [{"DBClusterIdentifier": "shop", "DBSubnetGroup": "private"}],
        "DBInstances": [{"DBInstanceIdentifier": "orders",
            "DBSubnetGroup": {"DBSubnetGroupName": "private"}}],
        "DBSubnetGroups": [{"DBSubnetGroupName": "private", "Subnets": [
            {"SubnetIdentifier": "subnet-a"}, {"SubnetIdentifier": "subnet-b"}]}]
    });
    for id in ["shop", "orders"] {
        let told = told(&network, id);
        assert!(told.contains("Subnet group private") && told.contains("subnet-b"), "{told}");
    }
}

#[test]
fn a_proxy_lists_its_endpoints_and_each_tells_its_proxy() {
    let network = json!({
        "DBProxies": [{"DBProxyName": "pool", "DBProxyArn": "arn:pool", "Endpoint": "pool.proxy-x.rds"}],
        "DBProxyEndpoints": [
            {"DBProxyEndpointName": "default", "DBProxyName": "pool", "IsDefault": true,
             "VpcSubnetIds": ["subnet-a"]},
            {"DBProxyEndpointName": "reader", "DBProxyEndpointArn": "arn:reader",
             "DBProxyName": "pool", "TargetRole": "READ_ONLY", "Endpoint": "reader.endpoint.rds",
             "VpcSubnetIds": ["subnet-a"]}]
    });
    let proxy = told(&network, "arn:pool");
    assert!(proxy.contains("Further endpoints") && proxy.contains("read-only"), "{proxy}");
    assert!(!proxy.contains("default"), "{proxy}");
    let endpoint = told(&network, "arn:reader");
    assert!(
        endpoint.contains("arn:pool") && endpoint.contains("reader.endpoint.rds"),
        "{endpoint}"
    );
}
