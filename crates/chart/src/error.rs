//! What can go wrong: only pictures can.

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum ChartError {
    /// The drawing could not be read back.
    #[error("a chart could not be turned into a picture: {0}; report it as a defect")]
    Drawing(String),
    /// There was no room for so large a picture, or it could not be packed.
    #[error("a picture of {width} by {height} pixels could not be made: {why}; ask for a smaller one")]
    Picture {
        /// Pixels.
        width: u32,
        /// Pixels.
        height: u32,
        /// What the library said.
        why: String,
    },
}
