//! Recordings: what was on a screen when, as an asciicast, as pictures, as a picture that moves.

mod cast;
mod colours;
mod film;
mod paint;
#[cfg(feature = "png")]
pub mod png;
mod reel;
mod still;

pub use self::cast::{Cast, Header, Version};
pub use self::reel::Reel;
pub use self::still::still;
