//! vpctui: a read-only terminal program for AWS networks.
//!
//! It shows accounts as VPC → subnet → interface trees, shows in a security-group panel which interfaces a group
//! reference covers *now*, and answers "why can't A reach B" with every reason at once, the rule that decided, and a
//! proven repair.
//!
//! # The map
//!
//! ```text
//! loader (AWS) ─┐
//!               ├─> model ──> store ──> reach ──> report ──> cli   (text, JSON)
//! snapshot ─────┘               │                   │
//!                               └──────> app ──> ui ┴──> runtime   (the screen)
//! ```
//!
//! | module | is | never |
//! |---|---|---|
//! | [`model`] | plain data shaped as AWS prints it, and the set algebra | judges, does IO |
//! | [`snapshot`] | reads and writes folders of AWS CLI output | judges |
//! | `loader` | the only place that names an SDK type (feature `aws`) | changes anything in AWS |
//! | [`store`] | immutable indexes over the model: owners, members, routes, the tree | does IO |
//! | [`reach`] | the engine: (store, question) → answer; total and deterministic | does IO, reads a clock, fails |
//! | [`report`] | answer → sentences, text, JSON: one source for CLI and panes | does IO |
//! | [`app`] | state, messages, update, effects, the key table | draws, does IO |
//! | [`ui`] | draws `&State` | changes state |
//! | [`runtime`] | terminal, event loop, running effects | knows AWS |
//! | [`tour`] | the embedded networks | |
//! | [`cli`] | the command line, one file per subcommand | |
//! | [`settings`] | flag > environment > file > default | |
//!
//! Who may know whom is checked by a test that reads these sources (`tests/layering.rs`):
//!
//! ```text
//! model <- snapshot, store <- reach <- report;   model <- loader
//! store, reach, report <- app <- ui;   everything <- runtime <- cli <- main
//! ```
//!
//! `model`, `store`, `reach`, `report` and `app` name no terminal, no async runtime, no SDK, no file system, no environment
//! and no clock: time comes in messages. That is why all of it can be tested as plain functions.
//!
//! # The way of the data
//!
//! The loader or the snapshot reader yields a [`model::dump::Dump`]; [`store::Store`] indexes it and never changes. A
//! question goes from the screen as an effect to a worker, which runs [`reach`] and sends the answer back as a message.
//! A refresh builds a new store beside the old one and swaps it; selections survive because they are ids.

pub mod app;
pub mod cli;
#[cfg(feature = "aws")]
pub mod loader;
pub mod model;
pub mod reach;
pub mod report;
pub mod runtime;
pub mod settings;
pub mod snapshot;
pub mod store;
pub mod tour;
pub mod ui;
