//! The embedded networks: small, complete, invented, and the same for everyone.
//!
//! Each tells one story that engineers on call know. They are snapshots like any other (see [`crate::snapshot`]), so
//! whatever can be asked of AWS can be asked of them, without AWS.

pub mod networks;
