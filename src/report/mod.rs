//! From answers to sentences, text and JSON: one source for the command line and the panes.
//!
//! Input is what [`crate::reach`] and [`crate::store`] say; output is documents that serialise and read well. No IO.

mod alike;
pub mod aws;
pub mod check;
pub mod coverage;
pub mod deciding;
pub mod details;
pub mod diff;
pub mod find;
pub mod graph;
pub mod group;
pub mod iam;
mod limits;
pub mod log;
pub mod markdown;
mod naming;
mod notes;
pub mod opens;
pub mod page;
pub mod raw;
pub mod reach;
mod repairs;
pub mod safe_text;
mod sentences;
mod summary;
mod tempting;
pub mod text;
pub mod tree;
pub mod why;
pub mod words;
