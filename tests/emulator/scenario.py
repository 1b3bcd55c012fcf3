"""Builds networks in the emulator through AWS's public API, and prints the ids as JSON.

    python scenario.py http://127.0.0.1:PORT REGION 1|2|3|wide

1, 2, 3: one VPC 10.0.0.0/16 in two zones with public-a, private-a, private-b; an internet gateway; a bastion with an
Elastic IP; the database `reports` in the private subnets; the functions `export-to-bigquery` and `nightly-report`.

  1  export-to-bigquery is in no VPC; rds-sg lets in one office address only; there is no NAT gateway
  2  export-to-bigquery is in the private subnets with lambda-sg; rds-sg lets lambda-sg in; there is no NAT gateway
  3  as 2, with a NAT gateway in public-a and a route to it from the private subnets

  from                          to               1      2      3
  export-to-bigquery            reports:5432     no     yes    yes
  export-to-bigquery            internet:443     yes    no     yes   (1: from AWS's own network)
  nightly-report (lambda-sg)    reports:5432     no     yes    yes
  nightly-report                internet:443     no     no     yes
  office 203.0.113.10           reports:5432     no     no     no    (not publicly accessible, no way in)
  office 203.0.113.10           bastion:22       yes    yes    yes
  bastion (bastion-sg)          reports:5432     no     no     no
  bastion                       internet:443     yes    yes    yes

wide: a little of every kind that a network can have, for reading it all, and secrets that must not be kept.
"""
import io
import json
import sys
import uuid
import zipfile

import boto3
from botocore.config import Config

OFFICE = "203.0.113.10/32"
PORT = 5432
SECRET = "hunter2-must-not-be-kept"


class Network:
    def __init__(self, endpoint, region):
        keys = dict(aws_access_key_id="AKIAFAKEFAKEFAKEFAKE", aws_secret_access_key="fake")
        config = Config(retries={"max_attempts": 1})
        self.ec2, self.rds, self.functions, self.iam, self.elb = (
            boto3.client(service, endpoint_url=endpoint, region_name=region, config=config, **keys)
            for service in ("ec2", "rds", "lambda", "iam", "elbv2"))
        self.region, self.id = region, {}

    # -- one of each
    def vpc(self, name, cidr):
        self.id[name] = self.ec2.create_vpc(CidrBlock=cidr, TagSpecifications=tags("vpc", name))["Vpc"]["VpcId"]
        self.ec2.modify_vpc_attribute(VpcId=self.id[name], EnableDnsHostnames={"Value": True})

    def subnet(self, name, vpc, cidr, zone):
        made = self.ec2.create_subnet(VpcId=self.id[vpc], CidrBlock=cidr, AvailabilityZone=self.region + zone,
                                      TagSpecifications=tags("subnet", name))
        self.id[name] = made["Subnet"]["SubnetId"]

    def route_table(self, name, vpc, subnets):
        made = self.ec2.create_route_table(VpcId=self.id[vpc], TagSpecifications=tags("route-table", name))
        self.id[name] = made["RouteTable"]["RouteTableId"]
        for subnet in subnets:
            self.ec2.associate_route_table(RouteTableId=self.id[name], SubnetId=self.id[subnet])

    def route(self, table, cidr, **target):
        self.ec2.create_route(RouteTableId=self.id[table], DestinationCidrBlock=cidr, **target)

    def group(self, name, vpc, why):
        made = self.ec2.create_security_group(GroupName=name, Description=why, VpcId=self.id[vpc],
                                              TagSpecifications=tags("security-group", name))
        self.id[name] = made["GroupId"]

    def allow(self, group, port, **source):
        rule = dict(IpProtocol="tcp", FromPort=port, ToPort=port, **source)
        self.ec2.authorize_security_group_ingress(GroupId=self.id[group], IpPermissions=[rule])

    def internet_gateway(self, name, vpc):
        made = self.ec2.create_internet_gateway(TagSpecifications=tags("internet-gateway", name))
        self.id[name] = made["InternetGateway"]["InternetGatewayId"]
        self.ec2.attach_internet_gateway(InternetGatewayId=self.id[name], VpcId=self.id[vpc])

    def instance(self, name, subnet, group):
        image = self.ec2.describe_images()["Images"][0]["ImageId"]
        made = self.ec2.run_instances(ImageId=image, MinCount=1, MaxCount=1, InstanceType="t3.micro",
                                      SubnetId=self.id[subnet], SecurityGroupIds=[self.id[group]],
                                      TagSpecifications=tags("instance", name))
        self.id[name] = made["Instances"][0]["InstanceId"]

    def function(self, name, subnets=(), groups=(), **more):
        role = self.iam.create_role(RoleName="role-" + uuid.uuid4().hex[:8], AssumeRolePolicyDocument="{}")
        if subnets:
            more["VpcConfig"] = {"SubnetIds": [self.id[s] for s in subnets],
                                 "SecurityGroupIds": [self.id[g] for g in groups]}
        made = self.functions.create_function(FunctionName=name, Runtime="python3.12", Role=role["Role"]["Arn"],
                                              Handler="index.handler", Code={"ZipFile": package()}, **more)
        self.id[name] = made["FunctionArn"]

    # -- the story
    def story(self, variant):
        self.vpc("prod", "10.0.0.0/16")
        self.subnet("public-a", "prod", "10.0.0.0/24", "a")
        self.subnet("private-a", "prod", "10.0.1.0/24", "a")
        self.subnet("private-b", "prod", "10.0.2.0/24", "b")
        self.internet_gateway("prod-igw", "prod")
        self.route_table("rt-public", "prod", ["public-a"])
        self.route_table("rt-private", "prod", ["private-a", "private-b"])
        self.route("rt-public", "0.0.0.0/0", GatewayId=self.id["prod-igw"])
        self.group("rds-sg", "prod", "reports database")
        self.group("lambda-sg", "prod", "functions in the VPC")
        self.group("bastion-sg", "prod", "ssh entry")
        self.allow("rds-sg", PORT, IpRanges=[{"CidrIp": OFFICE, "Description": "office"}])
        self.allow("bastion-sg", 22, IpRanges=[{"CidrIp": OFFICE, "Description": "office"}])
        self.instance("bastion", "public-a", "bastion-sg")
        address = self.ec2.allocate_address(Domain="vpc")
        self.ec2.associate_address(AllocationId=address["AllocationId"], InstanceId=self.id["bastion"])
        self.database("reports", ["private-a", "private-b"], "rds-sg")
        private = dict(subnets=["private-a", "private-b"], groups=["lambda-sg"])
        self.function("nightly-report", **private)
        self.function("export-to-bigquery", **(private if variant >= 2 else {}))
        if variant >= 2:
            pair = {"GroupId": self.id["lambda-sg"], "Description": "functions"}
            self.allow("rds-sg", PORT, UserIdGroupPairs=[pair])
        if variant >= 3:
            self.nat_gateway("nat-a", "public-a")
            self.route("rt-private", "0.0.0.0/0", NatGatewayId=self.id["nat-a"])

    def database(self, name, subnets, group):
        self.rds.create_db_subnet_group(DBSubnetGroupName="private", DBSubnetGroupDescription="private subnets",
                                        SubnetIds=[self.id[s] for s in subnets])
        made = self.rds.create_db_instance(
            DBInstanceIdentifier=name, DBInstanceClass="db.t3.micro", Engine="postgres", EngineVersion="16.4",
            AllocatedStorage=20, MasterUsername="app", MasterUserPassword="not-a-secret-1",
            DBSubnetGroupName="private", VpcSecurityGroupIds=[self.id[group]], PubliclyAccessible=False)
        self.id[name] = made["DBInstance"]["DBInstanceArn"]

    def nat_gateway(self, name, subnet):
        address = self.ec2.allocate_address(Domain="vpc")
        made = self.ec2.create_nat_gateway(SubnetId=self.id[subnet], AllocationId=address["AllocationId"],
                                           TagSpecifications=tags("natgateway", name))
        self.id[name] = made["NatGateway"]["NatGatewayId"]

    # -- a little of everything
    def wide(self):
        for name, cidr in (("left", "10.1.0.0/16"), ("right", "10.2.0.0/16")):
            self.vpc(name, cidr)
            self.subnet(name + "-a", name, cidr.replace("0.0/16", "1.0/24"), "a")
            self.subnet(name + "-b", name, cidr.replace("0.0/16", "2.0/24"), "b")
            self.route_table(name + "-rt", name, [name + "-a", name + "-b"])
            self.group(name + "-sg", name, "everything in " + name)
        self.filters()
        self.connections()
        self.transit_gateway()
        self.load_balancer()
        self.cluster_and_proxy()
        self.function("with-secret", Environment={"Variables": {"PASSWORD": SECRET}})
        for number in range(3):
            self.function(f"worker-{number}", ["left-a"], ["left-sg"])

    def filters(self):
        made = self.ec2.create_managed_prefix_list(
            PrefixListName="offices", MaxEntries=10, AddressFamily="IPv4",
            Entries=[{"Cidr": f"198.51.100.{n}/32", "Description": f"office {n}"} for n in range(8)])
        self.id["offices"] = made["PrefixList"]["PrefixListId"]
        self.allow("left-sg", 443, PrefixListIds=[{"PrefixListId": self.id["offices"]}])
        self.allow("left-sg", 8443, Ipv6Ranges=[{"CidrIpv6": "2001:db8::/32"}])
        acl = self.ec2.create_network_acl(VpcId=self.id["left"])["NetworkAcl"]["NetworkAclId"]
        self.id["acl"] = acl
        self.ec2.create_network_acl_entry(NetworkAclId=acl, RuleNumber=100, Protocol="6", RuleAction="allow",
                                          Egress=False, CidrBlock="0.0.0.0/0", PortRange={"From": 443, "To": 443})
        self.ec2.create_network_acl_entry(NetworkAclId=acl, RuleNumber=110, Protocol="1", RuleAction="deny",
                                          Egress=True, CidrBlock="0.0.0.0/0", IcmpTypeCode={"Type": 8, "Code": -1})

    def connections(self):
        made = self.ec2.create_vpc_peering_connection(VpcId=self.id["left"], PeerVpcId=self.id["right"])
        self.id["peering"] = made["VpcPeeringConnection"]["VpcPeeringConnectionId"]
        self.ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=self.id["peering"])
        self.route("left-rt", "10.2.0.0/16", VpcPeeringConnectionId=self.id["peering"])
        made = self.ec2.create_egress_only_internet_gateway(VpcId=self.id["left"])
        self.id["egress-only"] = made["EgressOnlyInternetGateway"]["EgressOnlyInternetGatewayId"]
        s3, secrets = (f"com.amazonaws.{self.region}.{service}" for service in ("s3", "secretsmanager"))
        self.ec2.create_vpc_endpoint(VpcId=self.id["left"], ServiceName=s3, RouteTableIds=[self.id["left-rt"]])
        self.ec2.create_vpc_endpoint(VpcId=self.id["left"], ServiceName=secrets, VpcEndpointType="Interface",
                                     SubnetIds=[self.id["left-a"]], SecurityGroupIds=[self.id["left-sg"]])
        options = self.ec2.create_dhcp_options(DhcpConfigurations=[
            {"Key": "domain-name-servers", "Values": ["10.1.0.53", "AmazonProvidedDNS"]}])
        self.ec2.associate_dhcp_options(DhcpOptionsId=options["DhcpOptions"]["DhcpOptionsId"], VpcId=self.id["left"])
        vgw = self.ec2.create_vpn_gateway(Type="ipsec.1")["VpnGateway"]["VpnGatewayId"]
        self.ec2.attach_vpn_gateway(VpnGatewayId=vgw, VpcId=self.id["right"])
        office = self.ec2.create_customer_gateway(Type="ipsec.1", PublicIp="203.0.113.1", BgpAsn=65000)
        self.ec2.create_vpn_connection(Type="ipsec.1", VpnGatewayId=vgw,
                                       CustomerGatewayId=office["CustomerGateway"]["CustomerGatewayId"])

    def transit_gateway(self):
        tgw = self.ec2.create_transit_gateway(Description="hub")["TransitGateway"]
        self.id["tgw"] = tgw["TransitGatewayId"]
        table = tgw["Options"]["AssociationDefaultRouteTableId"]
        for side in ("left", "right"):
            made = self.ec2.create_transit_gateway_vpc_attachment(
                TransitGatewayId=self.id["tgw"], VpcId=self.id[side], SubnetIds=[self.id[side + "-b"]])
            self.id[side + "-attachment"] = made["TransitGatewayVpcAttachment"]["TransitGatewayAttachmentId"]
        self.ec2.create_transit_gateway_route(
            DestinationCidrBlock="10.99.0.0/16", TransitGatewayRouteTableId=table,
            TransitGatewayAttachmentId=self.id["right-attachment"])
        self.ec2.create_transit_gateway_route(
            DestinationCidrBlock="192.0.2.0/24", TransitGatewayRouteTableId=table, Blackhole=True)

    def load_balancer(self):
        made = self.elb.create_load_balancer(Name="front", Subnets=[self.id["left-a"], self.id["left-b"]],
                                             SecurityGroups=[self.id["left-sg"]], Scheme="internal")
        self.id["front"] = made["LoadBalancers"][0]["LoadBalancerArn"]
        groups = [self.elb.create_target_group(Name=name, Protocol="HTTP", Port=8080, VpcId=self.id["left"],
                                               TargetType="ip")["TargetGroups"][0]["TargetGroupArn"]
                  for name in ("blue", "green")]
        self.elb.register_targets(TargetGroupArn=groups[0], Targets=[{"Id": "10.1.1.20", "Port": 8080}])
        listener = self.elb.create_listener(LoadBalancerArn=self.id["front"], Protocol="HTTP", Port=80,
                                            DefaultActions=[{"Type": "forward", "TargetGroupArn": groups[0]}])
        self.elb.create_rule(ListenerArn=listener["Listeners"][0]["ListenerArn"], Priority=10,
                             Conditions=[{"Field": "path-pattern", "Values": ["/new/*"]}],
                             Actions=[{"Type": "forward", "TargetGroupArn": groups[1]}])

    def cluster_and_proxy(self):
        subnets = [self.id["left-a"], self.id["left-b"]]
        self.rds.create_db_subnet_group(DBSubnetGroupName="left", DBSubnetGroupDescription="left", SubnetIds=subnets)
        self.rds.create_db_cluster(DBClusterIdentifier="orders", Engine="aurora-postgresql", MasterUsername="app",
                                   MasterUserPassword="not-a-secret-1", DBSubnetGroupName="left",
                                   VpcSecurityGroupIds=[self.id["left-sg"]])
        self.rds.create_db_instance(DBInstanceIdentifier="orders-1", DBInstanceClass="db.r6g.large",
                                    Engine="aurora-postgresql", DBClusterIdentifier="orders")
        role = self.iam.create_role(RoleName="proxy-" + uuid.uuid4().hex[:8], AssumeRolePolicyDocument="{}")
        self.rds.create_db_proxy(DBProxyName="pool", EngineFamily="POSTGRESQL", RoleArn=role["Role"]["Arn"],
                                 VpcSubnetIds=subnets, VpcSecurityGroupIds=[self.id["left-sg"]],
                                 Auth=[{"AuthScheme": "SECRETS", "SecretArn": "arn:aws:secretsmanager:::secret:x"}])
        self.rds.register_db_proxy_targets(DBProxyName="pool", DBClusterIdentifiers=["orders"])


def tags(kind, name):
    return [{"ResourceType": kind, "Tags": [{"Key": "Name", "Value": name}]}]


def package():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("index.py", "def handler(event, context): return 1\n")
    return data.getvalue()


def main():
    endpoint, region, scenario = sys.argv[1:]
    if not endpoint.startswith("http://127.0.0.1:"):
        sys.exit("refused: the endpoint must be on loopback")
    network = Network(endpoint, region)
    if scenario == "wide":
        network.wide()
    else:
        network.story(int(scenario))
    print(json.dumps(network.id))


if __name__ == "__main__":
    main()
