//! Laws of edits, undo and deltas.
