//! Plain data, shaped as AWS prints it.
//!
//! The types carry AWS's own field names, so a snapshot is what `aws ... --output json` writes. Nothing here judges:
//! no IO, no clock, no rule of the network. Field-level documentation is AWS's (the operation is named at each type);
//! only what is not obvious is said here.
//!
//! * [`catalogue`] is the one table of what is read, [`dump`] the whole of it with its completeness.
//! * [`interval`], [`traffic`] and [`address`] are the set algebra that the engine computes with.

// Fields of AWS's shapes are documented by AWS under the same name.
#![expect(
    missing_docs,
    reason = "the fields of AWS's shapes carry AWS's names and AWS's documentation"
)]

pub mod address;
pub mod catalogue;
pub mod data_store;
pub mod dump;
pub mod ecs;
pub mod endpoint;
pub mod event;
pub mod gateway;
pub mod ids;
pub mod instance;
pub mod interface;
pub mod interval;
pub mod lambda;
pub mod load_balancer;
pub mod network_acl;
mod open_enum;
mod order;
pub mod peering;
pub mod rds;
pub mod route_table;
pub mod security_group;
pub mod tag;
pub mod traffic;
pub mod transit_gateway;
pub mod vpc;
pub mod vpn;
