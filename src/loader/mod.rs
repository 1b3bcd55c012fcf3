//! Reads AWS: the only module that names an SDK type.
