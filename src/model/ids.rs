//! Identifiers as AWS writes them, one type per kind so that a subnet is never taken for a VPC.
//!
//! They are opaque text: short (2016) and long ids, ids of other accounts and ids of kinds that do not exist yet all pass.

use std::fmt;

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => { $(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(CompactString);

        impl $name {
            /// The id as AWS writes it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// True for the placeholder of a field that AWS left out.
            #[must_use]
            pub fn is_empty(&self) -> bool {
                self.0.is_empty()
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text.into())
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self(CompactString::const_new(""))
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.pad(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&*self.0, out)
            }
        }
    )* };
}

ids! {
    /// Twelve digits.
    AccountId;
    /// `eu-west-1`.
    RegionName;
    /// `eu-west-1a`: differs between accounts for the same place (rule SH-1).
    ZoneName;
    /// `euw1-az1`: the same in every account (rule SH-1).
    ZoneId;
    /// `arn:aws:...`.
    Arn;
    /// `vpc-...`.
    VpcId;
    /// `subnet-...`.
    SubnetId;
    /// `rtb-...`.
    RouteTableId;
    /// `sg-...`.
    SecurityGroupId;
    /// `acl-...`.
    NetworkAclId;
    /// `eni-...`.
    NetworkInterfaceId;
    /// `i-...`.
    InstanceId;
    /// `igw-...`.
    InternetGatewayId;
    /// `eigw-...`.
    EgressOnlyInternetGatewayId;
    /// `nat-...`.
    NatGatewayId;
    /// `eipalloc-...`.
    AllocationId;
    /// `vpce-...`.
    VpcEndpointId;
    /// `pcx-...`.
    PeeringId;
    /// `pl-...`.
    PrefixListId;
    /// `tgw-...`.
    TransitGatewayId;
    /// `tgw-attach-...`.
    TransitGatewayAttachmentId;
    /// `tgw-rtb-...`.
    TransitGatewayRouteTableId;
    /// `vgw-...`.
    VpnGatewayId;
    /// `vpn-...`.
    VpnConnectionId;
    /// `cgw-...`.
    CustomerGatewayId;
    /// `dopt-...`.
    DhcpOptionsId;
}

/// `arn:partition:service:region:account:...`
impl Arn {
    /// The region, empty for what is in none.
    #[must_use]
    pub fn region(&self) -> Option<&str> {
        self.as_str().split(':').nth(3)
    }

    /// The account.
    #[must_use]
    pub fn account(&self) -> Option<&str> {
        self.as_str().split(':').nth(4)
    }
}
