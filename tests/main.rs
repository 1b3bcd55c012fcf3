//! The integration tests, in one binary.

#[cfg(feature = "aws")]
#[expect(clippy::expect_used, clippy::panic, reason = "without an emulator no test can go on")]
mod emulator;
#[cfg(feature = "aws")]
#[expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot go on fails")]
mod loader;
mod pictures;
mod terminal;
