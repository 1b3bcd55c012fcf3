//! Changes between VPCs, made in a copy of the data.

use super::change::Link;
use crate::model::dump::Dump;
use crate::model::ids::TransitGatewayAttachmentId;
use crate::model::peering::PeeringStatus;
use crate::model::transit_gateway::TransitGatewayVpcAttachment;

impl Link {
    /// Makes this change.
    pub(super) fn edit(&self, dump: &mut Dump) {
        match self {
            Self::AcceptPeering { peering } => {
                let regions = dump.regions.iter_mut();
                let peerings = regions.flat_map(|one| &mut one.resources.vpc_peering_connections);
                let active = PeeringStatus { code: Some("active".into()), message: None };
                peerings
                    .filter(|one| one.vpc_peering_connection_id == *peering)
                    .for_each(|one| one.status = Some(active.clone()));
            }
            Self::TransitSubnet { attachment, subnet } => {
                change(dump, attachment, |one| one.subnet_ids.push(subnet.clone()));
            }
            Self::TransitReferences { attachment } => change(dump, attachment, |one| {
                let options = one.options.get_or_insert_default();
                options.security_group_referencing_support = Some("enable".into());
            }),
        }
    }
}

fn change(
    dump: &mut Dump,
    id: &TransitGatewayAttachmentId,
    edit: impl Fn(&mut TransitGatewayVpcAttachment),
) {
    let regions = dump.regions.iter_mut();
    let attachments = regions.flat_map(|one| &mut one.resources.transit_gateway_vpc_attachments);
    attachments.filter(|one| one.transit_gateway_attachment_id == *id).for_each(edit);
}
