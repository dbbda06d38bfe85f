//! The JSON Schemas against what is written.
