//! What can go wrong while a report is made.

/// Why there is no report. The texts say what to do next.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// What was asked for cannot be made.
    #[error("{0}")]
    Ask(String),
    /// The tables or the desk could not answer.
    #[error("{0}")]
    Tables(String),
    /// A template is wrong.
    #[error("{file}:{line}: {what}; correct it, or remove the file to use ours")]
    Template {
        /// The file's name.
        file: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        what: String,
    },
    /// A chart could not be drawn.
    #[error("{0}")]
    Chart(#[from] chart::ChartError),
    /// The PDF could not be put together.
    #[error("the report could not be made a PDF: {0}; report it as a defect, and use HTML until then")]
    Pdf(String),
}
