//! The terminal and the event loop.
