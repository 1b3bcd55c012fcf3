//! The embedded networks, the tours through them, and what makes recordings and pictures of both.
//!
//! Each network is small, complete, invented, and the same for everyone, and tells one story that engineers on call know.
//! They are snapshots like any other (see [`crate::snapshot`]), so whatever can be asked of AWS can be asked of them,
//! without AWS. A tour is a text ([`script`]) that tells such a story on the real screen:
//!
//! ```text
//! script ──> schedule ──┬──> performance (with theatre) ──> check, record: no terminal, no waiting, always the same
//!                       └──> guide ──────────────────────> the terminal, in front of a viewer
//! ```
//!
//! Nothing here waits, reads a clock, a file or the environment.

mod captions;
pub mod embedded;
mod guide;
pub mod networks;
mod performance;
pub mod record;
mod schedule;
pub mod script;
mod theatre;

pub use self::captions::Captions;
pub use self::guide::{Guide, Heard};
pub use self::performance::{Shot, Unmet, perform, text};
pub use self::schedule::{Beat, Schedule, What};
pub use self::theatre::{Networks, Theatre};
