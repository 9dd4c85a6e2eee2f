//! Text in any encoding, as UTF-8.

use std::borrow::Cow;
use std::io::{self, Read};

use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use model::Problem;

use crate::files::FileReader;

/// Bytes that are decoded at once.
const CHUNK: usize = 64 << 10;

/// A file as UTF-8, without a byte order mark. Bytes that are to be UTF-8 are given as they are, valid or
/// not: [`text()`] reads them.
pub struct Decoded {
    file: FileReader,
    decoder: Option<Decoder>,
    /// Decoded and not yet given, from `at` on.
    ready: Vec<u8>,
    at: usize,
    ended: bool,
}

impl Decoded {
    /// Decodes from `encoding`; where none is told, from UTF-16 if that is what the first bytes look like.
    /// A byte order mark says it best.
    pub fn new(mut file: FileReader, encoding: Option<&'static Encoding>) -> Decoded {
        let head = chunk(&mut file);
        let (encoding, mark) =
            Encoding::for_bom(&head).unwrap_or_else(|| (encoding.unwrap_or_else(|| guess(&head)), 0));
        let decoder = (encoding != UTF_8).then(|| encoding.new_decoder_without_bom_handling());
        let mut decoded = Decoded { file, decoder, ready: Vec::new(), at: 0, ended: head.is_empty() };
        decoded.decode(&head[mark..]);
        decoded
    }

    /// Passes over what stands before `start`, if it is near the beginning.
    pub fn skip_to(&mut self, start: u8) {
        let near = self.ready.iter().skip(self.at).take(1_024).position(|byte| *byte == start);
        self.at += near.unwrap_or_default();
    }

    /// [`FileReader::consumed`].
    pub fn consumed(&self) -> u64 {
        self.file.consumed()
    }

    /// [`FileReader::problem`].
    pub fn problem(&self) -> Option<Problem> {
        self.file.problem()
    }

    fn decode(&mut self, raw: &[u8]) {
        self.at = 0;
        self.ready.clear();
        let Some(decoder) = &mut self.decoder else { return self.ready.extend_from_slice(raw) };
        let room = decoder.max_utf8_buffer_length(raw.len()).unwrap_or(raw.len().saturating_mul(4));
        self.ready.resize(room, 0);
        let (_, _, written, _) = decoder.decode_to_utf8(raw, &mut self.ready, self.ended);
        self.ready.truncate(written);
    }
}

fn chunk(file: &mut FileReader) -> Vec<u8> {
    let mut raw = Vec::new();
    // A reader of a file never fails: it ends.
    let _ = Read::by_ref(file).take(CHUNK as u64).read_to_end(&mut raw);
    raw
}

impl Read for Decoded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.ready.len() && !self.ended {
            if self.decoder.is_none() {
                return self.file.read(buffer);
            }
            let raw = chunk(&mut self.file);
            self.ended = raw.is_empty();
            self.decode(&raw);
        }
        let count = buffer.len().min(self.ready.len() - self.at);
        buffer[..count].copy_from_slice(&self.ready[self.at..self.at + count]);
        self.at += count;
        Ok(count)
    }
}

/// UTF-16 without a byte order mark shows by its zeros; all else is read as UTF-8.
fn guess(head: &[u8]) -> &'static Encoding {
    let head = &head[..head.len().min(512)];
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    match (zeros(0), zeros(1), head.len() / 4) {
        (0, odd, some) if odd > some && some > 0 => UTF_16LE,
        (even, 0, some) if even > some && some > 0 => UTF_16BE,
        _ => UTF_8,
    }
}

/// A cell's bytes as text. What is no UTF-8 is read as Windows-1252, as Excel saves CSV in the west; where
/// a cell has valid UTF-8 beyond ASCII as well, what is not is replaced. True if it was.
pub fn text(bytes: &[u8]) -> (Cow<'_, str>, bool) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (Cow::Borrowed(text), false);
    }
    let mixed = bytes.utf8_chunks().any(|chunk| !chunk.valid().is_ascii());
    match mixed {
        true => (String::from_utf8_lossy(bytes), true),
        false => (WINDOWS_1252.decode_without_bom_handling(bytes).0, false),
    }
}
