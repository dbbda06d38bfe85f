//! What the benchmarks share: projects of any size, and two things measured against each other.

pub(crate) mod clock;
pub(crate) mod made;
pub(crate) mod pairs;
