//! From answers to sentences, text and JSON: one source for the command line and the panes.
//!
//! Input is what [`crate::reach`] and [`crate::store`] say; output is documents that serialise and read well. No IO.

pub mod check;
pub mod diff;
pub mod find;
pub mod group;
pub mod iam;
pub mod markdown;
mod naming;
mod notes;
pub mod page;
pub mod reach;
mod repairs;
pub mod safe_text;
mod sentences;
mod summary;
mod tempting;
mod terraform;
pub mod text;
pub mod tree;
pub mod why;
pub mod words;
