//! The endpoints by theme: what they take, what they give, and how they are answered.

pub(crate) mod about;
pub(crate) mod alerts;
pub(crate) mod asking;
pub(crate) mod cases;
pub(crate) mod finding;
pub(crate) mod introductions;
pub(crate) mod metrics;
pub(crate) mod one;
pub(crate) mod tables;
pub(crate) mod understanding;
pub(crate) mod waiting;
