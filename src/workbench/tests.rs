//! Flows of the workbench through real files.
