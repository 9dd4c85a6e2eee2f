//! In which letters a feed is written.

use std::io::{self, Read};

use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::files::FileReader;

/// A file whose `<` is the byte `<`: two-byte letters are decoded on the way, everything else is passed on
/// as it is.
pub struct Utf8 {
    reader: FileReader,
    decoder: Option<Decoder>,
    /// Read, and not yet given out.
    ready: Vec<u8>,
    at: usize,
    begun: bool,
}

impl Utf8 {
    /// The text that `reader` reads.
    pub fn new(reader: FileReader) -> Utf8 {
        Utf8 { reader, decoder: None, ready: Vec::new(), at: 0, begun: false }
    }

    /// What it reads from.
    pub fn reader(&self) -> &FileReader {
        &self.reader
    }
}

impl Read for Utf8 {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.at == self.ready.len() {
            let mut raw = Vec::new();
            self.reader.by_ref().take(64 << 10).read_to_end(&mut raw)?;
            if !std::mem::replace(&mut self.begun, true) {
                self.decoder = two_byte(&raw).map(Encoding::new_decoder_with_bom_removal);
            }
            let last = raw.is_empty();
            self.at = 0;
            self.ready = match &mut self.decoder {
                None => raw,
                Some(decoder) => {
                    // Three bytes of UTF-8 for two bytes read, and what was kept back.
                    let mut text = String::with_capacity(raw.len() * 2 + 16);
                    let _ = decoder.decode_to_string(&raw, &mut text, last);
                    text.into_bytes()
                }
            };
            if last {
                self.decoder = None;
                break;
            }
        }
        let count = (self.ready.len() - self.at).min(out.len());
        out[..count].copy_from_slice(&self.ready[self.at..self.at + count]);
        self.at += count;
        Ok(count)
    }
}

/// UTF-16, by its byte order mark or because a tag begins with a zero beside it (XML 1.0, appendix F).
fn two_byte(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xff, 0xfe, ..] | [b'<', 0, ..] => Some(UTF_16LE),
        [0xfe, 0xff, ..] | [0, b'<', ..] => Some(UTF_16BE),
        _ => None,
    }
}

/// The name of the encoding that a head declares, if it is neither UTF-8 nor one that was decoded already.
pub fn declared(head: &[u8]) -> Option<&'static str> {
    let line = &head[..memchr::memchr(b'>', head)?];
    let text = String::from_utf8_lossy(line).into_owned();
    let (_, rest) = text.split_once("encoding")?;
    let label = rest.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let label = label.split(['"', '\'', '?']).next()?;
    let encoding = Encoding::for_label(label.as_bytes())?;
    (![UTF_8, UTF_16LE, UTF_16BE].contains(&encoding)).then(|| encoding.name())
}

/// The text of bytes in the encoding of this name, UTF-8 if none. False beside it if they cannot be that: they
/// are then taken to be windows-1252, which is what such bytes mostly are.
pub fn text(bytes: &[u8], encoding: &str) -> (String, bool) {
    let encoding = Encoding::for_label(encoding.as_bytes()).unwrap_or(UTF_8);
    match encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => (text.into_owned(), true),
        None => (WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(), false),
    }
}
