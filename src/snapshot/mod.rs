//! Reads and writes folders of AWS CLI output.
