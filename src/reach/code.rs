//! Explanation codes: those of AWS Reachability Analyzer where one fits, else ours in the same style.
//!
//! [AWS: explanation codes](https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html).

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)*) => {
        /// Why a step blocks, or cannot be told.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            /// The code as AWS writes it.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

codes! {
    /// The component is not in service.
    BadState = "BAD_STATE";
    /// The attachment of two components is not in service.
    BadStateAttachment = "BAD_STATE_ATTACHMENT";
    /// The route leads to something that is gone.
    BadStateRoute = "BAD_STATE_ROUTE";
    /// The VPN connection is down.
    BadStateVpn = "BAD_STATE_VPN";
    /// A route that does not cover the destination.
    CannotRoute = "CANNOT_ROUTE";
    /// No link between the VPCs.
    DisconnectedVpcs = "DISCONNECTED_VPCS";
    /// No target group behind the listener.
    ListenerHasNoTargetGroup = "ELBV2_LISTENER_HAS_NO_TG";
    /// No listener accepts the traffic.
    ListenersMismatch = "ELBV2_LISTENERS_MISMATCH";
    /// A listener of another port.
    ListenerPortRestriction = "ELBV2_LISTENER_PORT_RESTRICTION";
    /// A listener whose targets all refuse.
    ListenerRequiresAccept = "ELBV2_LISTENER_REQUIRES_TG_ACCEPT";
    /// The target sees the client's own address.
    AddressPreserved = "ELBV2_SOURCE_ADDRESS_PRESERVATION";
    /// The attributes of a target group are not known.
    MissingTargetGroupAttributes = "MISSING_TARGET_GROUP_ATTRIBUTES";
    /// It is not known whether the target sees the client's address; by default it does.
    AssumedPreserved = "ASSUMPTION_PRESERVE_CLIENT_IP_IS_ENABLED";
    /// It is not known whether the target sees the client's address; by default it does not.
    AssumedNotPreserved = "ASSUMPTION_PRESERVE_CLIENT_IP_IS_DISABLED";
    /// No targets that this node may use.
    NoTargetsInZone = "ELBV2_NO_TARGETS_IN_AZ";
    /// Not an address of this interface.
    InterfaceAddressRestriction = "ENI_ADDRESS_RESTRICTION";
    /// No rule of the groups applies.
    GroupRulesMismatch = "ENI_SG_RULES_MISMATCH";
    /// Source/destination check drops what is forwarded.
    SourceDestCheck = "ENI_SOURCE_DEST_CHECK_RESTRICTION";
    /// The internet gateway sends nothing to RFC 1918.
    EgressToRfc1918 = "IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS";
    /// The internet gateway sends nothing to 100.64.0.0/10.
    EgressToRfc6598 = "IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS";
    /// The target has no public address.
    NoPublicAddressForIngress = "IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS";
    /// The source has no public address.
    NoPublicAddressForEgress = "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS";
    /// The internet gateway takes nothing from RFC 1918.
    IngressFromRfc1918 = "IGW_SOURCE_ADDRESS_NOT_IN_RFC1918_INGRESS";
    /// The internet gateway takes nothing from 100.64.0.0/10.
    IngressFromRfc6598 = "IGW_SOURCE_ADDRESS_NOT_IN_RFC6598_INGRESS";
    /// The appliance behind a table at the internet gateway has no public address.
    ApplianceNotPublic = "INGRESS_RTB_NO_PUBLIC_IP";
    /// Another route of the same prefix wins.
    HigherPriorityRoute = "HIGHER_PRIORITY_ROUTE";
    /// A longer prefix wins.
    MoreSpecificRoute = "MORE_SPECIFIC_ROUTE";
    /// The answer comes from another address than the one that was called.
    AnswerFromOtherAddress = "NGW_SOURCE_ADDRESS_REASSIGN";
    /// NAT gateways serve interfaces of their own VPC only.
    NatRequiresSourceInVpc = "NGW_REQUIRES_SOURCE_IN_VPC";
    /// Nothing can take the packet.
    NoPossibleDestination = "NO_POSSIBLE_DESTINATION";
    /// No route.
    NoRoute = "NO_ROUTE_TO_DESTINATION";
    /// Peering carries only addresses of the peer VPC.
    PeeringRequiresVpcAddress = "PCX_REQUIRES_ADDRESS_IN_VPC_CIDR";
    /// Only some protocols are carried.
    ProtocolRestriction = "PROTOCOL_RESTRICTION";
    /// The regional NAT gateway is not in this zone.
    RegionalNatZone = "REGIONAL_NGW_ROUTE_AZ_RESTRICTION";
    /// A translator takes any port above 1023 for its own, and answers have to get to it.
    RemapEphemeralPort = "REMAP_EPHEMERAL_PORT";
    /// The group has no rules in this direction.
    GroupHasNoRules = "SG_HAS_NO_RULES";
    /// A hop strips the groups' identity.
    GroupReferencesNotPreserved = "SG_REFERENCES_NOT_PRESERVED";
    /// Security group referencing is off on the attachment.
    GroupReferencingSupport = "SG_REFERENCING_SUPPORT";
    /// The network ACL does not admit it.
    AclRestriction = "SUBNET_ACL_RESTRICTION";
    /// The attachment has no route table.
    TransitAssociationMissing = "TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION";
    /// The transit gateway has no subnet in the source's zone.
    TransitZone = "TGW_ROUTE_AZ_RESTRICTION";
    /// The transit gateway's route leads nowhere.
    TransitBlackhole = "TGW_RTB_BAD_STATE_ROUTE";
    /// A route of the transit gateway that does not cover the destination.
    TransitCannotRoute = "TGW_RTB_CANNOT_ROUTE";
    /// Another route of the transit gateway with the same prefix wins.
    TransitHigherPriorityRoute = "TGW_RTB_HIGHER_PRIORITY_ROUTE";
    /// Another route of the transit gateway with a longer prefix wins.
    TransitMoreSpecificRoute = "TGW_RTB_MORE_SPECIFIC_ROUTE";
    /// The transit gateway has no route.
    TransitNoRoute = "TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT";
    /// The VPN connection behind the transit gateway is down.
    TransitVpnDown = "TGW_BAD_STATE_VPN";
    /// The transit gateway's routes are not visible.
    TransitRoutesUnknown = "TGW_RTB_ROUTES_ARE_UNKNOWN";
    /// In no VPC.
    UnassociatedComponent = "UNASSOCIATED_COMPONENT";
    /// Not enough is known of what lies beyond.
    UnknownDestination = "UNKNOWN_DESTINATION";
    /// Groups of the peer VPC are not visible.
    UnknownPeeredGroups = "UNKNOWN_PEERED_SGS";
    /// The resource is not visible.
    UnknownResource = "UNKNOWN_RESOURCE";
    /// A hop that is not modelled.
    UnsupportedComponent = "UNSUPPORTED_COMPONENT";
    /// Block Public Access.
    BlockPublicAccess = "VPC_BLOCK_PUBLIC_ACCESS_ENABLED";
    /// The local route, which covers the VPC's own addresses only.
    LocalRouteRestriction = "VPC_LOCAL_ROUTE_CIDR_RESTRICTION";
    /// Gateway endpoints take TCP and ping only.
    GatewayEndpointProtocol = "VPCE_GATEWAY_PROTOCOL_RESTRICTION";
    /// Gateway endpoints answer only; they open nothing.
    GatewayEndpointInitiates = "VPCE_GATEWAY_EGRESS_SOURCE_ADDRESS_RESTRICTION";
    /// Endpoint interfaces answer only; they open nothing.
    EndpointInitiates = "VPCE_INTRA_VPC_TRAFFIC";
    /// No route back to the transit gateway.
    ReturnNoRouteToTransit = "RESPONSE_RTB_HAS_NO_ROUTE_TO_TRANSIT_GATEWAY";
    /// A loop: the packet comes back to where it was.
    RoutingLoop = "ROUTING_LOOP";
    /// A NAT gateway cannot serve its own subnet by a route to itself (ours, rule NAT-6).
    NatInOwnSubnet = "NGW_ROUTE_IN_OWN_SUBNET";
    /// A public NAT gateway in a subnet that leads to another NAT gateway (ours, rule NAT-1).
    NatBehindNat = "NGW_BEHIND_NGW";
    /// Never forwarded: link-local addresses of AWS (ours, rule RT-5).
    LinkLocalNotForwarded = "LINK_LOCAL_NOT_FORWARDED";
    /// The service accepts no connections at its interface (ours, rules L-5, NAT-3).
    AcceptsNoConnections = "ACCEPTS_NO_CONNECTIONS";
    /// The service opens no connections from its interface (ours).
    OpensNoConnections = "OPENS_NO_CONNECTIONS";
}
