//! The integration tests, in one binary.

mod agreement;
#[cfg(feature = "aws")]
#[expect(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on fails")]
mod canned;
#[expect(clippy::expect_used, reason = "a test that cannot go on fails")]
mod cli;
#[cfg(feature = "aws")]
#[expect(clippy::expect_used, clippy::panic, reason = "without an emulator no test can go on")]
mod emulator;
#[expect(clippy::expect_used, reason = "a test that cannot go on fails")]
mod handover;
#[cfg(feature = "aws")]
#[expect(clippy::expect_used, reason = "a test that cannot go on fails")]
mod identity;
#[expect(clippy::expect_used, reason = "a test that cannot go on fails")]
mod layering;
#[cfg(feature = "aws")]
#[expect(clippy::expect_used, reason = "a test that cannot go on fails")]
mod live;
#[cfg(feature = "aws")]
#[expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot go on fails")]
mod loader;
#[expect(clippy::expect_used, reason = "a test that cannot go on fails")]
mod mask;
#[expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a network that cannot be built ends its test"
)]
mod notation;
#[expect(clippy::expect_used, reason = "a test that cannot go on fails")]
mod properties;
#[expect(clippy::expect_used, reason = "a test that cannot go on fails")]
mod readme;
#[expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot go on fails")]
mod repairs;
#[expect(clippy::expect_used, clippy::panic, reason = "a scenario that cannot be read fails")]
mod scenarios;
#[expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
mod screen;
#[expect(clippy::expect_used, reason = "random networks are whole by construction")]
mod simulator;
#[expect(clippy::expect_used, reason = "a test that cannot go on fails")]
mod terminal;
#[expect(clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]
mod tours;
#[expect(clippy::expect_used, reason = "a test that cannot go on fails")]
mod whole_network;
