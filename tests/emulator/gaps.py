"""moto as AWS: what moto leaves out or gets wrong and a reader of networks would stumble over. Importing this mends it.

  * MaxResults and NextToken on every EC2 Describe*, Get* and Search*; bad tokens are refused
  * network interfaces of NAT gateways, VPC endpoints, Lambda functions, RDS instances, load balancers and transit
    gateway attachments, with the InterfaceType, Description, RequesterId and Attachment that AWS shows
  * Lambda VpcConfig.VpcId; blackhole routes; NACL rule 32767 and ICMP types; the default group's rule for itself;
    IPv6 CIDR states; public-looking Elastic IPs; CIDR sets of peerings; propagated routes of transit gateways and
    virtual private gateways; rules with a protocol number and no ports; the groups of an attached interface; the
    public address beside the private one that it stands for
  * Block Public Access options, security group references; stale groups, group associations, instance connect
    endpoints, transit gateway connects (always empty)
  * unknown actions and filters are AWS's errors (moto: HTML and HTTP 500, which a client tries again)
  * tags are looked up by id (moto: by scanning all of them)
"""
import base64
import ipaddress
import itertools
import json
import uuid

import moto.ec2.models.core as m_core
import moto.ec2.models.elastic_ip_addresses as m_eip
import moto.ec2.models.elastic_network_interfaces as m_eni
import moto.ec2.models.nat_gateways as m_nat
import moto.ec2.models.network_acls as m_acl
import moto.ec2.models.route_tables as m_rt
import moto.ec2.models.security_groups as m_sg
import moto.ec2.models.subnets as m_sub
import moto.ec2.models.transit_gateway_attachments as m_tga
import moto.ec2.models.transit_gateway_route_tables as m_tgr
import moto.ec2.models.vpc_peering_connections as m_pcx
import moto.ec2.models.vpcs as m_vpc
from moto.awslambda.models import LambdaBackend, LambdaFunction
from moto.backends import get_backend
from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.responses import EC2Response
from moto.elbv2.models import ELBv2Backend
from moto.rds.models import RDSBackend
from moto.rds.responses import RDSResponse

# Region -> the most items of one page, whatever the client asks for.
PAGE_CAPS = {}
BPA = {"InternetGatewayBlockMode": "off", "State": "default-state"}


def after(cls, name):
    """Replace cls.name by fn(original, self, *a, **k)."""
    def deco(fn):
        orig = getattr(cls, name)
        setattr(cls, name, lambda self, *a, **k: fn(orig, self, *a, **k))
        return fn
    return deco


# ---------------------------------------------------------------- tags in O(1)
def get_tags(self):
    kind = str(self.id).split("-")[0]
    return [{"key": k, "value": v, "resourceId": self.id, "resourceType": kind}
            for k, v in self.ec2_backend.tags.get(self.id, {}).items()]
m_core.TaggedEC2Resource.get_tags = get_tags


# ---------------------------------------------------------------- network interfaces of AWS services
MANAGED = {  # kind -> (InterfaceType, RequesterId, Attachment.InstanceOwnerId, attachment id prefix, source/dest check)
    "nat": ("nat_gateway", "036872051663", "amazon-aws", "ela-attach-", False),
    "vpce": ("vpc_endpoint", "727180483921", "amazon-aws", "ela-attach-", True),
    "lambda": ("lambda", "AROAEXAMPLEEXAMPLE01:123456789012", "amazon-aws", "ela-attach-", True),
    "rds": ("interface", "amazon-rds", "amazon-rds", "eni-attach-", True),
    "alb": ("interface", "amazon-elb", "amazon-elb", "eni-attach-", True),
    "nlb": ("network_load_balancer", "amazon-elb", "amazon-aws", "ela-attach-", False),
    "tgw": ("transit_gateway", "amazon-aws", "amazon-aws", "ela-attach-", True),
}


def used_ips(backend, subnet):
    used = {p["PrivateIpAddress"] for e in backend.enis.values() if e.subnet is subnet for p in e.private_ip_addresses}
    return used | set(subnet._subnet_ips)


def free_ip(backend, subnet):
    used = used_ips(backend, subnet)
    for ip in itertools.islice(subnet.cidr.hosts(), 3, None):
        if str(ip) not in used:
            subnet._subnet_ips[str(ip)] = True
            return str(ip)
    raise EC2ClientError("InsufficientFreeAddressesInSubnet", f"no free address in {subnet.id}")


def dress(eni, kind, description):
    itype, requester, owner, prefix, check = MANAGED[kind]
    eni.interface_type, eni.requester_id, eni.requester_managed = itype, requester, kind != "lambda"
    eni.description, eni.status, eni.source_dest_check = description, "in-use", check
    eni.svc_attachment = {"AttachmentId": prefix + uuid.uuid4().hex[:17], "DeleteOnTermination": False,
                          "DeviceIndex": 1, "InstanceOwnerId": owner, "Status": "attached",
                          "AttachTime": utcnow(), "NetworkCardIndex": 0}
    if kind == "nat":
        eni._group_set = []
    return eni


def managed_eni(backend, subnet_id, kind, description, groups=None):
    subnet = backend.get_subnet(subnet_id)
    eni = backend.create_network_interface(subnet, free_ip(backend, subnet), group_ids=list(groups or []) or None)
    if kind in ("nlb", "tgw") and not groups:
        eni._group_set = []
    return dress(eni, kind, description)


@after(EC2Response, "describe_network_interfaces")
def public_address_of_private_one(orig, self):
    for eni in self.ec2_backend.enis.values():
        for one in eni.private_ip_addresses:
            one.pop("Association", None)
            if eni.public_ip and one["PrivateIpAddress"] == eni.private_ip_address:
                one["Association"] = eni.association
    return orig(self)


m_eni.NetworkInterface.attachment = property(
    lambda self: getattr(self, "svc_attachment", None) or (m_eni.Attachment(self) if self.attachment_id else None))
m_eni.NetworkInterface.group_set = property(lambda self: self._group_set)


@after(EC2Response, "create_network_interface")
def eni_create(orig, self):
    p, b = self.params, self.ec2_backend
    subnet, used = b.get_subnet(p["SubnetId"]), None
    ask = [x for x in [p.get("PrivateIpAddress")] if x]
    ask += [x["PrivateIpAddress"] for x in p.get("PrivateIpAddresses") or []]
    for ip in ask:
        if ipaddress.ip_address(ip) not in subnet.cidr:
            raise EC2ClientError("InvalidParameterValue", f"Address {ip} does not fall within the subnet's address range")
        if ip in used_ips(b, subnet):
            raise EC2ClientError("InvalidIPAddress.InUse", f"Address {ip} is in use.")
    if not ask:
        p["PrivateIpAddress"] = free_ip(b, subnet)
    n = int(p.pop("SecondaryPrivateIpAddressCount", None) or 0)
    out = orig(self)
    eni = out.result["NetworkInterface"]
    for x in eni.private_ip_addresses:
        subnet._subnet_ips[x["PrivateIpAddress"]] = eni
    for _ in range(n):
        eni.private_ip_addresses.append({"Primary": False, "PrivateIpAddress": free_ip(b, subnet)})
    if p.get("InterfaceType"):
        eni.interface_type = p["InterfaceType"]
    return out


m_eni.NetworkInterfaceBackend.get_network_interface = lambda self, i: self.enis[i] if i in self.enis else (_ for _ in ()).throw(
    m_eni.InvalidNetworkInterfaceIdError(i))


@after(m_eni.NetworkInterface, "get_filter_value")
def eni_filter(orig, self, name, method_name=None):
    att = self.attachment
    if name == "addresses.private-ip-address":
        return [p["PrivateIpAddress"] for p in self.private_ip_addresses]
    if name in ("association.public-ip", "addresses.association.public-ip"):
        return self.public_ip
    if name == "ipv6-addresses.ipv6-address":
        return list(self.ipv6_addresses)
    if name == "attachment.status":
        return "attached" if att else None
    if name == "attachment.instance-owner-id":
        return (att["InstanceOwnerId"] if isinstance(att, dict) else att.instance_owner_id) if att else None
    if name == "requester-managed":
        return str(self.requester_managed).lower()
    if name == "source-dest-check":
        return str(self.source_dest_check).lower()
    if name in ("group-name",):
        return [g.name for g in self._group_set]
    return orig(self, name, method_name)


@after(m_nat.NatGateway, "__init__")
def nat_init(orig, self, backend, subnet_id, allocation_id=None, tags=None, connectivity_type=None):
    real, ip = m_nat.random_private_ip, free_ip(backend, backend.get_subnet(subnet_id))
    m_nat.random_private_ip = lambda *x, **y: ip
    try:
        orig(self, backend, subnet_id, allocation_id, tags, connectivity_type or "public")
    finally:
        m_nat.random_private_ip = real
    dress(self._eni, "nat", f"Interface for NAT Gateway {self.id}")


@after(m_nat.NatGatewayBackend, "delete_nat_gateway")
def nat_delete(orig, self, nat_id):
    out = orig(self, nat_id)
    self.enis.pop(out._eni.id, None)
    for eip in self.addresses:
        if eip.eni is out._eni:
            eip.eni = eip.association_id = None
    return out


@after(m_vpc.VPCEndPoint, "__init__")
def vpce_init(orig, self, *a, **k):
    orig(self, *a, **k)
    if self.vpc_endpoint_type is None:
        self.vpc_endpoint_type = "Gateway"
        self.private_dns_enabled = False
    for i in self.network_interface_ids:
        eni = self.ec2_backend.enis.get(i)
        if eni:
            ip = free_ip(self.ec2_backend, eni.subnet)
            eni.private_ip_address, eni.private_ip_addresses = ip, [{"Primary": True, "PrivateIpAddress": ip}]
            if self.security_group_ids:
                eni._group_set = [self.ec2_backend.get_security_group_from_id(g) for g in self.security_group_ids]
            dress(eni, "vpce", f"VPC Endpoint Interface {self.id}")


def ec2_of(b):
    return get_backend("ec2")[b.account_id][b.region_name]


def sync_lambda_enis(backend, name, vpc_config):
    """Hyperplane: one ENI per (subnet, set of groups), shared by the functions that use the pair."""
    ec2 = ec2_of(backend)
    for subnet in (vpc_config or {}).get("SubnetIds") or []:
        want = sorted(vpc_config.get("SecurityGroupIds") or [])
        if not any(e.interface_type == "lambda" and e.subnet_id == subnet and sorted(g.id for g in e._group_set) == want
                   for e in ec2.enis.values()):
            managed_eni(ec2, subnet, "lambda", f"AWS Lambda VPC ENI-{name}-{uuid.uuid4()}", want)
    inuse = {(s, tuple(sorted(f._vpc_config.get("SecurityGroupIds") or [])))
             for f in backend._lambdas.latest() if f._vpc_config for s in f._vpc_config.get("SubnetIds") or []}
    for e in [e for e in ec2.enis.values() if e.interface_type == "lambda"]:
        if (e.subnet_id, tuple(sorted(g.id for g in e._group_set))) not in inuse:
            del ec2.enis[e.id]


@after(LambdaBackend, "create_function")
def fn_create(orig, self, spec):
    cfg = spec.get("VpcConfig") or {}
    ec2 = ec2_of(self)
    for s in cfg.get("SubnetIds") or []:
        ec2.get_subnet(s)
    fn = orig(self, spec)
    sync_lambda_enis(self, fn.function_name, cfg)
    return fn


@after(LambdaBackend, "update_function_configuration")
def fn_update(orig, self, function_name, qualifier, body):
    out = orig(self, function_name, qualifier, body)
    if "VpcConfig" in body:
        sync_lambda_enis(self, function_name.split(":")[-1], body["VpcConfig"])
    return out


@after(LambdaBackend, "delete_function")
def fn_delete(orig, self, *a, **k):
    orig(self, *a, **k)
    sync_lambda_enis(self, "", None)


def fn_vpc_config(self):
    if not self._vpc_config:
        return None
    cfg = dict(self._vpc_config)
    try:
        cfg["VpcId"] = get_backend("ec2")[self.account_id][self.region].get_subnet(cfg["SubnetIds"][0]).vpc_id
    except Exception:
        cfg["VpcId"] = ""
    return cfg
LambdaFunction.vpc_config = property(fn_vpc_config)


@after(RDSBackend, "create_db_instance")
def db_create(orig, self, kwargs):
    db = orig(self, kwargs)
    if kwargs.get("db_cluster_identifier") and getattr(db, "db_subnet_group", None) is None:
        name = self.clusters[kwargs["db_cluster_identifier"]].db_subnet_group_name
        if name in self.subnet_groups:
            db.db_subnet_group = self.subnet_groups[name]
    sng = getattr(db, "db_subnet_group", None)
    if sng is not None and getattr(sng, "_subnets", None):
        sub = next((s for s in sng._subnets if s.availability_zone == db.availability_zone), sng._subnets[0])
        try:
            db.availability_zone = sub.availability_zone
        except AttributeError:
            pass
        groups = getattr(db, "vpc_security_group_ids", None) or kwargs.get("vpc_security_group_ids")
        db.emu_eni = managed_eni(ec2_of(self), sub.id, "rds", "RDSNetworkInterface", groups)
    return db


@after(RDSBackend, "delete_db_instance")
def db_delete(orig, self, ident, *a, **k):
    eni = getattr(self.databases.get(ident), "emu_eni", None)
    out = orig(self, ident, *a, **k)
    if eni:
        ec2_of(self).enis.pop(eni.id, None)
    return out


@after(ELBv2Backend, "create_load_balancer")
def lb_create(orig, self, *a, **k):
    lb = orig(self, *a, **k)
    kind = {"network": "nlb", "gateway": "nlb"}.get(lb.type, "alb")
    if kind == "nlb":
        old = lb.arn
        lb.arn = lb.arn.replace("/app/", "/net/" if lb.type == "network" else "/gwy/")
        self.load_balancers[lb.arn] = self.load_balancers.pop(old)
    lb.emu_enis = [managed_eni(ec2_of(self), s.id, kind, "ELB " + lb.arn.split("loadbalancer/")[1], lb.security_groups)
                   for s in lb.subnets]
    return lb


@after(ELBv2Backend, "delete_load_balancer")
def lb_delete(orig, self, arn):
    for e in getattr(self.load_balancers.get(arn), "emu_enis", []):
        ec2_of(self).enis.pop(e.id, None)
    return orig(self, arn)


@after(m_tga.TransitGatewayAttachmentBackend, "create_transit_gateway_vpc_attachment")
def tgw_attach(orig, self, *a, **k):
    att = orig(self, *a, **k)
    for s in att.subnet_ids:
        managed_eni(self, s, "tgw", f"Network Interface for Transit Gateway Attachment {att.id}")
    return att


# ---------------------------------------------------------------- state that moto leaves out
def route_state(self):
    r, b = self, self.route_table.ec2_backend
    gone = (
        (r.nat_gateway and r.nat_gateway.state in ("deleted", "deleting"))
        or (r.vpc_pcx and (r.vpc_pcx.id not in b.vpc_pcxs or r.vpc_pcx._status.code != "active"))
        or (r.interface and r.interface.id not in b.enis)
        or (r.transit_gateway and (r.transit_gateway.id not in b.transit_gateways or r.transit_gateway.state == "deleted"))
        or (r.instance and r.instance._state.name in ("terminated", "stopped"))
        or (r.gateway and r.gateway.id.startswith("igw-") and (
            r.gateway.id not in b.internet_gateways or getattr(r.gateway, "vpc", None) is None))
    )
    return "blackhole" if gone else "active"
m_rt.Route.state = property(route_state)
m_eip.random_ip = lambda: "52.%d.%d.%d" % tuple(uuid.uuid4().bytes[:3])
m_eni.random_public_ip = lambda: "54.%d.%d.%d" % tuple(uuid.uuid4().bytes[:3])


def sub_v6(self):
    return [{"associationId": a["associationId"], "ipv6CidrBlock": a["ipv6CidrBlock"],
             "ipv6CidrBlockState": {"state": a["ipv6CidrBlockState"]["State"]}}
            for a in self.ipv6_cidr_block_associations.values() if a["ipv6CidrBlockState"]["State"] == "associated"]
m_sub.Subnet.ipv6_cidr_block_association_set = property(sub_v6)


@after(m_acl.NetworkAclBackend, "create_network_acl")
def acl_create(orig, self, vpc_id, tags=None, default=False):
    acl = orig(self, vpc_id, tags=tags, default=default)
    if not default:
        for egress in (True, False):
            self.create_network_acl_entry(acl.id, 32767, "-1", "deny", egress, "0.0.0.0/0", None, None, None, None, None)
    return acl


@after(EC2Response, "create_network_acl_entry")
def acl_entry(orig, self):
    out, p = orig(self), self.params
    if p.get("IcmpTypeCode"):
        for e in self.ec2_backend.network_acls[p["NetworkAclId"]].network_acl_entries:
            if int(e.rule_number) == int(p["RuleNumber"]) and str(e.egress).lower() == str(p["Egress"]).lower():
                e.icmp_type, e.icmp_code = p["IcmpTypeCode"].get("Type"), p["IcmpTypeCode"].get("Code")
    return out


@after(m_sg.SecurityGroupBackend, "create_security_group")
def sg_create(orig, self, name, *a, **k):
    g = orig(self, name, *a, **k)
    if g.is_default and g.vpc_id:
        self.authorize_security_group_ingress(g.id, "-1", None, None, [], source_groups=[{"GroupId": g.id}], vpc_id=g.vpc_id)
    return g


@after(m_sg.SecurityGroupRule, "__init__")
def rule_init(orig, self, *a, **k):
    names = orig.__code__.co_varnames[1:orig.__code__.co_argcount]
    args = dict(zip(names, a), **k)
    portless = args.get("from_port") is None and str(args.get("ip_protocol")) not in ("-1", "None")
    if portless:
        args["from_port"] = args["to_port"] = -1
    orig(self, **args)
    if portless:
        self.from_port = self.to_port = None


def vpc_cidrs(vpc):
    rows = vpc._cidr_block_association_set.values()
    return [r.get("cidr_block") for r in rows if ":" not in (r.get("cidr_block") or ":")]


def pcx_info(side, own):
    def get(self):
        v = getattr(self, side)
        return {"OwnerId": v.owner_id, "Region": v.region, "VpcId": v.id, "CidrBlock": v.cidr_block,
                "CidrBlockSet": [{"CidrBlock": c} for c in vpc_cidrs(v)],
                "PeeringOptions": getattr(self, own)}
    return property(get)
m_pcx.VPCPeeringConnection.requester_vpc_info = pcx_info("vpc", "requester_options")
m_pcx.VPCPeeringConnection.accepter_vpc_info = pcx_info("peer_vpc", "accepter_options")


def tgw_search(self, transit_gateway_route_table_id, filters, max_results=None):
    table = self.transit_gateways_route_tables.get(transit_gateway_route_table_id)
    if not table:
        return []
    rows = {}

    def att(a):
        return [{"resourceId": a.resource_id, "resourceType": a.resource_type, "transitGatewayAttachmentId": a.id}]
    ids = {p.transitGatewayAttachmentId for p in table.route_table_propagation}
    tgw = self.transit_gateways.get(table.transit_gateway_id)
    if tgw and tgw.options.get("PropagationDefaultRouteTableId") == table.id \
            and tgw.options.get("DefaultRouteTablePropagation") == "enable":
        ids |= {a.id for a in self.transit_gateway_attachments.values()
                if a.transit_gateway_id == tgw.id and a.resource_type == "vpc" and a.state == "available"}
    for i in ids:
        a = self.transit_gateway_attachments.get(i)
        if a is not None and a.resource_type == "vpc" and a.resource_id in self.vpcs:
            for cidr in vpc_cidrs(self.vpcs[a.resource_id]):
                rows[cidr] = {"destinationCidrBlock": cidr, "state": "active",
                                            "type": "propagated", "transitGatewayAttachments": att(a)}
    for cidr, r in table.routes.items():
        r = dict(r)
        one = r.get("transitGatewayAttachments")
        if isinstance(one, dict):
            r["transitGatewayAttachments"] = [one]
        rows[cidr] = r
    keys = {"type": "type", "state": "state", "route-search.exact-match": "destinationCidrBlock"}
    out = [r for r in rows.values() if all(r.get(keys[k]) in v for k, v in (filters or {}).items() if k in keys)]
    for k, v in (filters or {}).items():
        if k in ("attachment.transit-gateway-attachment-id", "attachment.resource-id"):
            f = "transitGatewayAttachmentId" if k.endswith("attachment-id") else "resourceId"
            out = [r for r in out if any(x[f] in v for x in r.get("transitGatewayAttachments") or [])]
    return out[: int(max_results)] if max_results else out
m_tgr.TransitGatewayRouteTableBackend.search_transit_gateway_routes = tgw_search


# ---------------------------------------------------------------- operations that moto lacks
def op(name):
    def deco(fn):
        setattr(EC2Response, name, lambda self: ActionResult(fn(self)))
        return fn
    return deco


@op("describe_vpc_block_public_access_options")
def bpa(self):
    return {"VpcBlockPublicAccessOptions": dict(BPA, AwsAccountId=self.current_account, AwsRegion=self.region)}


@op("modify_vpc_block_public_access_options")
def bpa_set(self):
    BPA.update(InternetGatewayBlockMode=self.params["InternetGatewayBlockMode"], State="update-complete")
    return bpa(self)


@op("describe_vpc_block_public_access_exclusions")
def bpa_ex(self):
    return {"VpcBlockPublicAccessExclusions": []}


@op("describe_security_group_references")
def sg_refs(self):
    out, b = [], self.ec2_backend
    for gid in self.params.get("GroupId", []):
        if not b.get_security_group_from_id(gid):
            raise EC2ClientError("InvalidGroup.NotFound", f"The security group '{gid}' does not exist")
        for g in [g for v in b.groups.values() for g in v.values()]:
            if g.id != gid and any(r.source_group.get("GroupId") == gid for r in g.ingress_rules + g.egress_rules):
                out.append({"GroupId": gid, "ReferencingVpcId": g.vpc_id})
    return {"SecurityGroupReferenceSet": [r for r in out if r["ReferencingVpcId"] != b.get_security_group_from_id(r["GroupId"]).vpc_id]}


for name, key in (("describe_stale_security_groups", "StaleSecurityGroupSet"),
                  ("describe_security_group_vpc_associations", "SecurityGroupVpcAssociations"),
                  ("describe_instance_connect_endpoints", "InstanceConnectEndpoints"),
                  ("describe_transit_gateway_connects", "TransitGatewayConnects"),
                  ("get_transit_gateway_prefix_list_references", "TransitGatewayPrefixListReferences")):
    op(name)(lambda self, key=key: {key: []})


def vgw_prop(self):
    t = self.ec2_backend.route_tables[self.params["RouteTableId"]]
    t.propagating_vgws = [{"GatewayId": self.params["GatewayId"]}]
    return {}
op("enable_vgw_route_propagation")(vgw_prop)


# ---------------------------------------------------------------- paging, unknown actions
def page(resp, result, op_model):
    p = resp.params if isinstance(resp.params, dict) else {}
    if op_model.output_shape is None or "NextToken" not in op_model.output_shape.members:
        return result
    if op_model.name in ("DescribeInstances", "DescribeVpcEndpointServices"):   # moto pages these itself
        return result
    size, tok = p.get("MaxResults"), p.get("NextToken")
    size = min([int(x) for x in (size, PAGE_CAPS.get(resp.region)) if x], default=0)
    if not size and not tok:
        return result
    key = next((k for k, s in op_model.output_shape.members.items() if s.type_name == "list" and k in result), None)
    if key is None or result.get("NextToken"):
        return result
    start = 0
    if tok:
        try:
            d = json.loads(base64.urlsafe_b64decode(tok))
            assert d["op"] == op_model.name
            start = d["at"]
        except Exception:
            raise EC2ClientError("InvalidParameterValue", "The specified NextToken is invalid.")
    rows = list(result[key])
    end = start + size if size else len(rows)
    out = dict(result, **{key: rows[start:end]})
    if end < len(rows):
        out["NextToken"] = base64.urlsafe_b64encode(json.dumps({"op": op_model.name, "at": end}).encode()).decode()
    return out


@after(EC2Response, "serialized")
def serialized(orig, self, ar):
    if isinstance(ar.result, dict):
        from moto.core.utils import get_service_model
        try:
            ar = ActionResult(page(self, ar.result, get_service_model(self.boto3_service_name).operation_model(self._get_action())))
        except EC2ClientError as e:
            st, h, b = orig(self, ActionResult(e))
            h["status"] = st
            self.response_headers["status"] = st
            return st, h, b
    return orig(self, ar)


@after(EC2Response, "call_action")
def call_action(orig, self):
    try:
        return orig(self)
    except NotImplementedError as e:
        if "filter" in str(e).lower():
            err = EC2ClientError("InvalidParameterValue", str(e).split(" has not")[0] + " is invalid")
        else:
            err = EC2ClientError("InvalidAction", f"The action {self._get_action()} is not valid for this web service.")
        st, h, b = self.serialized(ActionResult(err))
        h["status"] = st
        return st, h, b


# ---------------------------------------------------------------- RDS operations that moto lacks
RDSResponse.describe_db_proxy_endpoints = lambda self: ActionResult({"DBProxyEndpoints": []})
RDSResponse.describe_db_cluster_endpoints = lambda self: ActionResult({"DBClusterEndpoints": []})
