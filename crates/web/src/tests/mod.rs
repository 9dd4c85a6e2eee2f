//! The pages as a browser gets them.

mod made_up;
