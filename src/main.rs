//! Parse, call the library, turn the outcome into an exit code.

fn main() {}
