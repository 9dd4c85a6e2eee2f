//! The file of vectors; `models/distil.py` writes it and describes its layout.

use super::DIMENSIONS;

const MAGIC: &[u8] = b"SBMEAN1\n";
/// A row holds two numbers in each byte.
const ROW: usize = DIMENSIONS / 2;
/// What is added to each number in the file, so that none is below zero.
const OFFSET: i8 = 8;

/// Vectors of word pieces, where they lie in the file.
pub(super) struct Table<'a> {
    scales: &'a [[u8; 4]],
    rows: &'a [[u8; ROW]],
}

impl<'a> Table<'a> {
    /// The table, and its pieces a line each in the same order; nothing where the file is not whole.
    pub(super) fn read(bytes: &'a [u8]) -> Option<(Table<'a>, &'a str)> {
        let bytes = bytes.strip_prefix(MAGIC)?;
        let (pieces, bytes) = number(bytes)?;
        let (dimensions, bytes) = number(bytes)?;
        if dimensions != DIMENSIONS {
            return None;
        }
        let (scales, bytes) = bytes.split_at_checked(pieces.checked_mul(4)?)?;
        let (rows, names) = bytes.split_at_checked(pieces.checked_mul(ROW)?)?;
        let names = std::str::from_utf8(names).ok()?;
        let table = Table { scales: scales.as_chunks().0, rows: rows.as_chunks().0 };
        (names.lines().count() == pieces).then_some((table, names))
    }

    /// Adds a piece's vector to a sum; a piece that is not in the table adds nothing.
    pub(super) fn add(&self, piece: u32, sum: &mut [f32; DIMENSIONS]) {
        let piece = piece as usize;
        let (Some(scale), Some(row)) = (self.scales.get(piece), self.rows.get(piece)) else { return };
        let scale = f32::from_le_bytes(*scale);
        let (low, high) = sum.split_at_mut(ROW);
        for ((byte, low), high) in row.iter().zip(low).zip(high) {
            *low += f32::from((byte & 15) as i8 - OFFSET) * scale;
            *high += f32::from((byte >> 4) as i8 - OFFSET) * scale;
        }
    }
}

fn number(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (number, rest) = bytes.split_first_chunk()?;
    Some((usize::try_from(u32::from_le_bytes(*number)).ok()?, rest))
}
