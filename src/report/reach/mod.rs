//! Who reaches whom: as JSON that is written pair by pair, as text that counts first, and as a graph of classes.

mod allowed;
mod dot;
mod ends;
mod json;
mod rows;
mod text;

pub(super) use self::allowed::{Allowed, allowed};
pub use self::dot::dot;
pub(super) use self::ends::{end, name as end_name};
pub use self::json::{SCHEMA, write_json};
pub(super) use self::rows::{Row, rows, words as traffic_words};
pub use self::text::page;
