//! Transit gateways: attachments, tables, routes.
//!
//! Both forms of AWS's answer are made, the whole tables and the static routes with the propagations, so that a test can
//! take either away.

use ipnet::IpNet;
use vpctui::model::catalogue::Resources;
use vpctui::model::transit_gateway::{
    AttachmentAssociation, PeeringTgwInfo, RouteAttachment, RouteTableAttachment, TransitGateway,
    TransitGatewayAssociations, TransitGatewayAttachment, TransitGatewayOptions,
    TransitGatewayPeeringAttachment, TransitGatewayPropagations, TransitGatewayRoute,
    TransitGatewayRouteTable, TransitGatewayRoutes, TransitGatewayVpcAttachment,
    VpcAttachmentOptions,
};

use super::line::{Parts, Words};
use super::{ACCOUNT, Network};

impl Network {
    /// Attachments of every gateway come first: a peering is attached to two.
    pub(super) fn add_transit(&self, to: &mut Resources) {
        for (id, lines) in &self.transit_gateways {
            to.transit_gateways.push(gateway(id, lines));
            for (word, mut words) in told(id, lines) {
                match word {
                    "attach" => attach_vpc(id, &words.rest(), to),
                    "peer" => attach_peer(id, &mut words, to),
                    "vpn" => attach_vpn(id, &mut words, to),
                    _ => {}
                }
            }
        }
        for (id, lines) in &self.transit_gateways {
            for (word, mut words) in told(id, lines) {
                match word {
                    "table" => add_table(id, &mut words, to),
                    "route" => add_route(id, &mut words, to),
                    "propagate" => self.propagate(id, &mut words, to),
                    "attach" | "peer" | "vpn" | "referencing" | "owner" => continue,
                    word => words.wrong(word),
                }
                words.end();
            }
        }
    }

    /// `propagate tgw-rtb-1 from tgw-attach-1`: a VPC announces its CIDRs, unless a static route hides one (rule TGW-3).
    fn propagate(&self, gateway: &str, words: &mut Words, to: &mut Resources) {
        let (table, _) = (words.word(), words.word());
        let from = attached(gateway, words.word(), to);
        let vpc = from.resource_id.clone().unwrap_or_default();
        let line = self.vpcs.get(&vpc).map(|line| Parts::read(&vpc, line).prefixes);
        let mut tables = to.transit_gateway_propagations.iter_mut();
        let listed = tables.find(|one| one.transit_gateway_route_table_id.as_str() == table);
        let listed = listed.expect("its table comes first");
        listed.transit_gateway_route_table_propagations.push(RouteTableAttachment {
            transit_gateway_attachment_id: from.transit_gateway_attachment_id.clone(),
            resource_id: from.resource_id.clone(),
            resource_type: from.resource_type.clone(),
            state: Some("enabled".into()),
        });
        for prefix in line.unwrap_or_default() {
            let routes = routes_of(&mut to.transit_gateway_routes, table);
            if !routes.iter().any(|route| route.destination_cidr_block == Some(prefix)) {
                routes.push(route(prefix, "propagated", Some(&from)));
            }
        }
    }
}

fn told<'a>(id: &'a str, lines: &'a [String]) -> impl Iterator<Item = (&'a str, Words<'a>)> {
    lines.iter().map(move |line| {
        let mut words = Words::of(id, line);
        (words.word(), words)
    })
}

fn gateway(id: &str, lines: &[String]) -> TransitGateway {
    let (mut owner, mut referencing) = (ACCOUNT, "disable");
    for (word, mut words) in told(id, lines) {
        match word {
            "referencing" => referencing = "enable",
            "owner" => owner = words.word(),
            _ => {}
        }
    }
    TransitGateway {
        transit_gateway_id: id.into(),
        state: Some("available".into()),
        owner_id: Some(owner.into()),
        options: Some(TransitGatewayOptions {
            security_group_referencing_support: Some(referencing.into()),
            ..TransitGatewayOptions::default()
        }),
        ..TransitGateway::default()
    }
}

/// `attach vpc-1 subnet-a as tgw-attach-1`.
fn attach_vpc(gateway: &str, line: &str, to: &mut Resources) {
    let mut parts = Parts::read(gateway, line);
    let (mut id, mut referencing, mut state) = ("", "enable", "available");
    let (mut appliance, mut ipv6) = ("disable", "enable");
    while let Some(word) = parts.keywords.next() {
        match word {
            "as" => id = parts.keywords.word(),
            "appliance" => appliance = "enable",
            "ipv4-only" => ipv6 = "disable",
            "unreferenced" => referencing = "disable",
            "state" => state = parts.keywords.word(),
            _ => parts.keywords.wrong(word),
        }
    }
    let vpc = parts.vpcs[0];
    to.transit_gateway_vpc_attachments.push(TransitGatewayVpcAttachment {
        transit_gateway_attachment_id: id.into(),
        transit_gateway_id: gateway.into(),
        vpc_id: vpc.into(),
        subnet_ids: parts.subnets.iter().map(|subnet| (*subnet).into()).collect(),
        state: Some(state.into()),
        options: Some(VpcAttachmentOptions {
            security_group_referencing_support: Some(referencing.into()),
            ipv6_support: Some(ipv6.into()),
            appliance_mode_support: Some(appliance.into()),
            ..VpcAttachmentOptions::default()
        }),
        ..TransitGatewayVpcAttachment::default()
    });
    attach(gateway, (id, "vpc", vpc), state, to);
}

/// `peer tgw-2 as tgw-attach-p`; the other gateway has the same line the other way round.
fn attach_peer(gateway: &str, words: &mut Words, to: &mut Resources) {
    let (peer, _, id) = (words.word(), words.word(), words.word());
    let state = words.next().unwrap_or("available");
    let side = |gateway: &str| PeeringTgwInfo {
        transit_gateway_id: Some(gateway.into()),
        ..PeeringTgwInfo::default()
    };
    let mut listed = to.transit_gateway_peering_attachments.iter();
    if !listed.any(|one| one.transit_gateway_attachment_id.as_str() == id) {
        to.transit_gateway_peering_attachments.push(TransitGatewayPeeringAttachment {
            transit_gateway_attachment_id: id.into(),
            requester_tgw_info: Some(side(gateway)),
            accepter_tgw_info: Some(side(peer)),
            state: Some(state.into()),
            ..TransitGatewayPeeringAttachment::default()
        });
    }
    attach(gateway, (id, "peering", peer), state, to);
}

/// `vpn vpn-1 as tgw-attach-v`.
fn attach_vpn(gateway: &str, words: &mut Words, to: &mut Resources) {
    let (vpn, _, id) = (words.word(), words.word(), words.word());
    attach(gateway, (id, "vpn", vpn), "available", to);
}

fn attach(
    gateway: &str,
    (id, kind, resource): (&str, &str, &str),
    state: &str,
    to: &mut Resources,
) {
    to.transit_gateway_attachments.push(TransitGatewayAttachment {
        transit_gateway_attachment_id: id.into(),
        transit_gateway_id: gateway.into(),
        resource_type: Some(kind.into()),
        resource_id: Some(resource.into()),
        state: Some(state.into()),
        ..TransitGatewayAttachment::default()
    });
}

/// One gateway's side of an attachment.
fn attached(gateway: &str, id: &str, to: &Resources) -> TransitGatewayAttachment {
    let position = position(gateway, id, to);
    to.transit_gateway_attachments[position].clone()
}

fn position(gateway: &str, id: &str, to: &Resources) -> usize {
    let mut all = to.transit_gateway_attachments.iter();
    let found = all.position(|one| {
        one.transit_gateway_attachment_id.as_str() == id
            && one.transit_gateway_id.as_str() == gateway
    });
    found.unwrap_or_else(|| panic!("{id} is no attachment of {gateway}"))
}

/// `table tgw-rtb-1 for tgw-attach-1 tgw-attach-2`.
fn add_table(gateway: &str, words: &mut Words, to: &mut Resources) {
    let table = words.word();
    if let Some(word) = words.next().filter(|word| *word != "for") {
        words.wrong(word);
    }
    let mut associations = Vec::new();
    while let Some(id) = words.next() {
        let at = position(gateway, id, to);
        let attachment = &mut to.transit_gateway_attachments[at];
        attachment.association = Some(AttachmentAssociation {
            transit_gateway_route_table_id: Some(table.into()),
            state: Some("associated".into()),
        });
        associations.push(RouteTableAttachment {
            transit_gateway_attachment_id: id.into(),
            resource_id: attachment.resource_id.clone(),
            resource_type: attachment.resource_type.clone(),
            state: Some("associated".into()),
        });
    }
    list_table(gateway, table, associations, to);
}

fn list_table(
    gateway: &str,
    table: &str,
    associations: Vec<RouteTableAttachment>,
    to: &mut Resources,
) {
    let empty = TransitGatewayRoutes {
        transit_gateway_route_table_id: table.into(),
        ..TransitGatewayRoutes::default()
    };
    to.transit_gateway_static_routes.push(empty.clone());
    to.transit_gateway_routes.push(empty);
    to.transit_gateway_associations.push(TransitGatewayAssociations {
        transit_gateway_route_table_id: table.into(),
        associations,
    });
    to.transit_gateway_propagations.push(TransitGatewayPropagations {
        transit_gateway_route_table_id: table.into(),
        ..TransitGatewayPropagations::default()
    });
    to.transit_gateway_route_tables.push(TransitGatewayRouteTable {
        transit_gateway_route_table_id: table.into(),
        transit_gateway_id: gateway.into(),
        state: Some("available".into()),
        ..TransitGatewayRouteTable::default()
    });
}

/// `route tgw-rtb-1 10.2.0.0/16 -> tgw-attach-2`; to `nothing` it is a blackhole.
fn add_route(gateway: &str, words: &mut Words, to: &mut Resources) {
    let table = words.word();
    let prefix: IpNet = words.parse();
    let arrow = words.word();
    if arrow != "->" {
        words.wrong(arrow);
    }
    let leads_to = match words.word() {
        "nothing" => None,
        id => Some(attached(gateway, id, to)),
    };
    let new = route(prefix, "static", leads_to.as_ref());
    routes_of(&mut to.transit_gateway_static_routes, table).push(new.clone());
    routes_of(&mut to.transit_gateway_routes, table).push(new);
}

fn routes_of<'a>(
    tables: &'a mut [TransitGatewayRoutes],
    table: &str,
) -> &'a mut Vec<TransitGatewayRoute> {
    let mut tables = tables.iter_mut();
    let table = tables.find(|one| one.transit_gateway_route_table_id.as_str() == table);
    &mut table.expect("its table comes first").routes
}

fn route(prefix: IpNet, kind: &str, to: Option<&TransitGatewayAttachment>) -> TransitGatewayRoute {
    let leads_to = to.map(|one| RouteAttachment {
        transit_gateway_attachment_id: one.transit_gateway_attachment_id.clone(),
        resource_id: one.resource_id.clone(),
        resource_type: one.resource_type.clone(),
    });
    TransitGatewayRoute {
        destination_cidr_block: Some(prefix),
        route_type: Some(kind.into()),
        state: Some(if leads_to.is_some() { "active" } else { "blackhole" }.into()),
        transit_gateway_attachments: leads_to.into_iter().collect(),
        ..TransitGatewayRoute::default()
    }
}
