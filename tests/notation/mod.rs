//! A compact notation for networks, so that a test's network fits on a screen and reads like the AWS console.
//!
//! Every resource is its id and a line of words, or a list of lines. Ids, addresses and prefixes are told by their shape
//! and come first, keywords after them. What AWS makes by itself is made here too: local routes, main route tables,
//! default ACLs that allow all, the outbound rule of a new group (rule SG-1), interfaces of instances.
//!
//! | key | one of it |
//! |---|---|
//! | `vpcs` | `vpc-1 = "10.0.0.0/16 2001:db8:1::/56"`, then `no-dns-support`, `no-dns-hostnames`, `public-access block-ingress` |
//! | `subnets` | `subnet-a = "vpc-1 10.0.1.0/24 zone b"`; the zone is `a` if not told; `zone-id 1` or `zone-id use1-az3` where another account names it otherwise; `public-access off` |
//! | `tables` | `rtb-a = ["for subnet-a", "0.0.0.0/0 -> igw-1", "10.9.0.0/16 -> pcx-1 blackhole"]`, also `"main of vpc-1"`, `"edge of igw-1"`, `... propagated` |
//! | `acls` | `acl-a = ["for subnet-a", "in 100 allow tcp 443 0.0.0.0/0", "out 100 deny all ::/0"]` |
//! | `groups` | `sg-db = ["in tcp 5432 from sg-app", "out all to 0.0.0.0/0"]`, also `"out nothing"`, `"of vpc-2"`, `"in all from sg-b over pcx-1 deleted"` |
//! | `instances` | `i-web = "subnet-a 10.0.1.10 public 198.51.100.10 sg-web"`, then `stopped`, `terminated` (without interface), `windows`, `unchecked`; its interface is `eni-web` |
//! | `interfaces` | `eni-x = "subnet-a 10.0.1.20 sg-web of i-web"`, also `detached`, `associated` (a branch), `unchecked`, `closed-to-internet`, `prefix 10.0.1.16/28`, `type lambda`, `about ...` |
//! | `functions` | `export = "subnet-a subnet-b sg-export"`, then `failed`, `ipv6`; empty: in no VPC; `"export:3"` is a published version |
//! | `databases` | `orders = "subnet-a subnet-b 10.0.1.50 public 198.51.100.50 sg-db"`, then `port 5432`, `zone a`, `private`, `status stopped`, `cluster shop` |
//! | `proxies` | `orders-proxy = "subnet-a subnet-b sg-proxy for orders"`, then `cluster shop`, `status creating` |
//! | `proxy-endpoints` | `orders-reader = "subnet-a sg-reader of orders-proxy"`, then `read-only`, `status creating`; named `orders-reader.endpoint.proxy-x.eu-west-1.rds.amazonaws.com` |
//! | `load-balancers` | `shop = ["application internet-facing", "node subnet-a 10.0.1.30 public 198.51.100.30 sg-web", "listen HTTP 80 -> web", "rule 80 -> api"]`, also `"network cross-zone on state provisioning"`; a listener without target groups answers by itself |
//! | `target-groups` | `web = ["instance HTTP 8080 vpc-1", "i-a", "i-b 8081 unhealthy", "preserve on", "cross-zone off", "health 9000"]`, also `"ip TCP 80 vpc-1"`, `"lambda"`, `"alb TCP 80 vpc-1"` with load balancers as targets |
//! | `clusters` | `shop = "orders-1 orders-2"`, the writer first; named `shop.cluster-x.eu-west-1.rds.amazonaws.com`, and `shop.cluster-ro-x...` for its readers |
//! | `internet-gateways`, `egress-only-gateways`, `vpn-gateways` | `igw-1 = "vpc-1"`; empty: attached to nothing |
//! | `vpns` | `vpn-1 = "of vgw-1 up"`, `"of tgw-1 down static 192.168.0.0/16"` |
//! | `nats` | `nat-1 = "subnet-a 10.0.1.5 public 198.51.100.5"`, then `private`, `state failed`; regional: `"vpc-1 public 198.51.100.5 regional table rtb-x in a"`, then `fixed` or `spreading` |
//! | `peerings` | `pcx-1 = "vpc-1 vpc-2"`, then `dns`, `state deleted`, `regions eu-west-1 us-east-1`, `cidr 10.9.0.0/16` for a VPC that is not told |
//! | `endpoints` | `vpce-1 = "vpc-1 gateway s3"`, `vpce-2 = "vpc-1 subnet-a 10.0.1.30 sg-kms interface kms"`, then `state rejected`, `private-dns`, `inbound-only` |
//! | `prefix-lists` | `pl-s3 = "3.5.0.0/16 named com.amazonaws.eu-west-1.s3"`; with `unlisted` its entries are not known |
//! | `transit-gateways` | `tgw-1 = ["attach vpc-1 subnet-a as tgw-attach-1", "table tgw-rtb-1 for tgw-attach-1", "route tgw-rtb-1 10.2.0.0/16 -> tgw-attach-1", "propagate tgw-rtb-1 from tgw-attach-1"]`, also `"referencing"`, `"owner 444455556666"`, `attach ... unreferenced appliance ipv4-only state pending`, `"peer tgw-2 as tgw-attach-p"`, `"vpn vpn-1 as tgw-attach-v"`, `route ... -> nothing` |
//! | `places` | `"444455556666/us-east-1" = "vpc-2 tgw-2 sees subnet-a"`: what is there instead, with all that is in it, and what is seen from there too |
//! | `public-access` | `["block-ingress", "exclude vpc-1 allow-bidirectional"]` |
//! | `missing`, `denied` | calls by top-level key: `["NetworkAcls"]` |

mod balancers;
mod edge;
mod filters;
mod line;
mod links;
mod machines;
mod places;
mod routing;
mod transit;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use vpctui::model::catalogue::{CALLS, Envelope, Resources};
use vpctui::model::dump::{Dump, Outcome};

/// The account of every network.
pub const ACCOUNT: &str = "111122223333";
/// The region of every network.
pub const REGION: &str = "eu-west-1";

/// Resources of one kind that are one line each, by id.
pub type Lines = BTreeMap<String, String>;
/// Resources of one kind that have several lines each, by id.
pub type Blocks = BTreeMap<String, Vec<String>>;

/// A network in the notation.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Network {
    pub missing: Vec<String>,
    pub denied: Vec<String>,
    pub public_access: Vec<String>,
    pub vpcs: Lines,
    pub subnets: Lines,
    pub tables: Blocks,
    pub acls: Blocks,
    pub groups: Blocks,
    pub instances: Lines,
    pub interfaces: Lines,
    pub functions: Lines,
    pub databases: Lines,
    pub clusters: Lines,
    pub proxies: Lines,
    pub proxy_endpoints: Lines,
    pub load_balancers: Blocks,
    pub target_groups: Blocks,
    pub internet_gateways: Lines,
    pub egress_only_gateways: Lines,
    pub vpn_gateways: Lines,
    pub vpns: Lines,
    pub nats: Lines,
    pub peerings: Lines,
    pub endpoints: Lines,
    pub prefix_lists: Lines,
    pub transit_gateways: Blocks,
    pub places: Lines,
}

impl Network {
    /// The network as AWS would print it.
    pub fn dump(&self) -> Dump {
        let mut resources = Resources::default();
        self.add_places(&mut resources);
        self.add_machines(&mut resources);
        self.add_edge(&mut resources);
        self.add_links(&mut resources);
        self.add_transit(&mut resources);
        self.add_balancers(&mut resources);
        self.add_filters(&mut resources);
        self.add_tables(&mut resources);
        let mut dump = Dump { regions: self.regions(resources), ..Dump::default() };
        for region in &mut dump.regions {
            for call in CALLS {
                region.coverage.record(call.envelope, Outcome::Complete);
            }
        }
        remove(&mut dump, &self.missing, None);
        remove(&mut dump, &self.denied, Some("not authorized to perform this operation"));
        dump
    }
}

fn remove(dump: &mut Dump, keys: &[String], denied: Option<&str>) {
    let envelope =
        |key: &String| Envelope::from_key(key).unwrap_or_else(|| panic!("no call {key}"));
    let envelopes: Vec<Envelope> = keys.iter().map(envelope).collect();
    *dump = without(dump, &envelopes);
    let Some(message) = denied else { return };
    for region in &mut dump.regions {
        for envelope in &envelopes {
            let action = envelope.call().action.to_owned();
            let outcome = Outcome::Denied { action, message: message.to_owned() };
            region.coverage.record(*envelope, outcome);
        }
    }
}

/// The same network without the answers of these calls, as if they had never been made.
pub fn without(dump: &Dump, envelopes: &[Envelope]) -> Dump {
    let mut dump = dump.clone();
    for region in &mut dump.regions {
        let all = std::mem::take(&mut region.resources);
        for call in CALLS.iter().filter(|call| !envelopes.contains(&call.envelope)) {
            let list = all.write(call.envelope, serde_json::value::Serializer);
            let list = list.expect("the model writes itself");
            region.resources.read(call.envelope, &list).expect("the model reads what it wrote");
        }
        region.coverage.0.retain(|envelope, _| !envelopes.contains(envelope));
    }
    dump
}
