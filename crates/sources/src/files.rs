//! Finding and opening the files of a source: what every file-based source shares.
