//! Which blockers a change of the network's configuration can remove, and why the others are none of its business.

use crate::reach::Code;
use crate::reach::answer::Kind;

/// Why no repair is proposed for a blocker; none where the configuration of the network can remove it. Every code has to
/// be decided here.
#[expect(
    clippy::too_many_lines,
    reason = "one table, so that the compiler finds a code that is forgotten"
)]
pub fn no_repair(code: Code, kind: Kind) -> Option<&'static str> {
    Some(match code {
        Code::AclRestriction
        | Code::BadStateRoute
        | Code::BlockPublicAccess
        | Code::EgressToRfc1918
        | Code::EgressToRfc6598
        | Code::GroupHasNoRules
        | Code::GroupReferencesNotPreserved
        | Code::GroupReferencingSupport
        | Code::GroupRulesMismatch
        | Code::NatInOwnSubnet
        | Code::NoRoute
        | Code::ReturnNoRouteToTransit
        | Code::SourceDestCheck
        | Code::TransitAssociationMissing
        | Code::TransitNoRoute
        | Code::TransitZone
        | Code::UnassociatedComponent => return None,
        Code::NoPublicAddressForEgress | Code::NoPublicAddressForIngress => return no_public(kind),
        Code::BadState => return bad_state(kind),
        Code::BadStateAttachment => return bad_attachment(kind),
        Code::BadStateVpn | Code::TransitVpnDown => {
            "the VPN has to come up, which takes its other end too"
        }
        Code::DisconnectedVpcs => {
            "nothing joins the VPCs: whether a peering or a transit gateway should is a decision"
        }
        Code::ListenersMismatch => {
            "the load balancer needs a listener for this, or another port is to be called"
        }
        Code::ListenerHasNoTargetGroup | Code::NoTargetsInZone => {
            "the load balancer needs a healthy target that it may use: register one, or let it use other zones"
        }
        Code::AddressPreserved => {
            "call the target itself, or let its target group not preserve client addresses"
        }
        Code::InterfaceAddressRestriction => {
            "the address is not the interface's: call the one that it has"
        }
        Code::IngressFromRfc1918 | Code::IngressFromRfc6598 => {
            "no setting lets private addresses in by an internet gateway"
        }
        Code::HigherPriorityRoute
        | Code::MoreSpecificRoute
        | Code::TransitHigherPriorityRoute
        | Code::TransitMoreSpecificRoute => "another route decides: that one is to be changed",
        Code::AnswerFromOtherAddress => {
            "a translator does not let anybody call what is behind it: turn the call around"
        }
        Code::NatRequiresSourceInVpc | Code::NatBehindNat => {
            "each VPC needs a NAT gateway of its own for this"
        }
        Code::ApplianceNotPublic => "the appliance needs an Elastic IP address of its own",
        Code::NoPossibleDestination => "nobody has this address: call another",
        Code::PeeringRequiresVpcAddress => {
            "peerings carry nothing further: join the two networks themselves"
        }
        Code::ProtocolRestriction | Code::GatewayEndpointProtocol => {
            "it never carries this protocol: use another way, or another protocol"
        }
        Code::RegionalNatZone => "AWS adds the zone by itself within an hour",
        Code::TransitBlackhole => {
            "somebody made the transit gateway drop this: the gateway's owner decides"
        }
        Code::RoutingLoop => {
            "two routes send it to each other: only who made them knows which is meant"
        }
        Code::LinkLocalNotForwarded => "addresses of this range are never forwarded",
        Code::AcceptsNoConnections => "it takes no connections whatever the network allows",
        Code::OpensNoConnections | Code::EndpointInitiates | Code::GatewayEndpointInitiates => {
            "it opens no connections whatever the network allows"
        }
        Code::CannotRoute
        | Code::LocalRouteRestriction
        | Code::TransitCannotRoute
        | Code::ListenerPortRestriction
        | Code::ListenerRequiresAccept
        | Code::RemapEphemeralPort => "it says why another check stops this: that one is repaired",
        Code::AssumedPreserved | Code::AssumedNotPreserved | Code::MissingTargetGroupAttributes => {
            "an assumption: the target group's attributes tell which holds"
        }
        Code::TransitRoutesUnknown
        | Code::UnknownDestination
        | Code::UnknownPeeredGroups
        | Code::UnknownResource
        | Code::UnsupportedComponent => "what is not known cannot be repaired",
    })
}

/// Why nothing was found for a blocker that such a change can remove in other networks.
pub fn none_found(code: Code) -> &'static str {
    match code {
        Code::NoRoute | Code::BadStateRoute | Code::ReturnNoRouteToTransit => {
            "nothing here leads there yet: a gateway or a link to it has to be made first"
        }
        Code::EgressToRfc1918 | Code::EgressToRfc6598 => {
            "no network that is known here has this address, and an internet gateway never carries private ones"
        }
        Code::NoPublicAddressForEgress | Code::NoPublicAddressForIngress => {
            "nothing here can be given a public address of its own for this: stay inside the VPC, or go out by a NAT gateway"
        }
        Code::GroupRulesMismatch | Code::GroupHasNoRules => {
            "no rule for a group or an address of its own is known that would be narrow enough"
        }
        _ => "no change of this network alone was found that makes it work",
    }
}

fn bad_state(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Peering | Kind::NatGateway => None,
        Kind::Instance => Some("the instance has to be started: aws ec2 start-instances"),
        Kind::Database => Some("the database has to be available: aws rds start-db-instance"),
        Kind::Function => Some("the function itself failed: deploy it anew"),
        Kind::VpcEndpoint => {
            Some("the service's owner has to accept the endpoint, or it has to be made anew")
        }
        _ => Some("it has to be in service again; no setting of the network does that"),
    }
}

/// Interfaces of endpoints are closed to internet gateways (rule IGW-4).
fn no_public(kind: Kind) -> Option<&'static str> {
    (kind == Kind::NetworkInterface)
        .then_some("the interface is closed to internet gateways, which no setting changes")
}

fn bad_attachment(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::InternetGateway | Kind::Vpc => None,
        Kind::NetworkInterface => {
            Some("the interface has to be attached to something that answers")
        }
        Kind::TransitGateway | Kind::TransitGatewayAttachment => Some(
            "whether these networks are to be joined is for the transit gateway's owner to decide",
        ),
        _ => Some("it has to be attached first, and only its owner can tell to what"),
    }
}
