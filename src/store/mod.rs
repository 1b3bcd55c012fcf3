//! Immutable indexes over the model.
