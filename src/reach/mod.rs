//! The engine: a store and a question in, an answer out.
