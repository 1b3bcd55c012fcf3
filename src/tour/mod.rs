//! The embedded networks.
