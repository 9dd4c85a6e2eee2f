//! Reading one file as a stream, decompressed.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};

use flate2::bufread::{DeflateDecoder, MultiGzDecoder};
use model::Problem;

use super::FoundFile;
use super::zip::Part;

/// First bytes of a gzip member (RFC 1952, section 2.3.1) and of a Zstandard frame (RFC 8878, section 3.1.1).
const GZIP: [u8; 2] = [0x1f, 0x8b];
const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// A file is taken for a decompression bomb when it passes both: more than this many bytes …
const BOMB_BYTES: u64 = 1 << 30;
/// … and more than this many times its compressed size. Text compresses 3 to 20 times, a log that
/// repeats itself 100 times; the bombs going round more than 1,000 times.
const BOMB_RATIO: u64 = 200;

impl FoundFile {
    /// Opens it. What it is compressed with is told by its first bytes, not by its name: a `.txt.gz`
    /// that a browser unpacked on the way is read as it is.
    pub fn open(&self) -> Result<FileReader, Problem> {
        self.open_at(0)
    }

    /// Opens it `offset` decompressed bytes from its beginning. A compressed file is decompressed up
    /// to there. Past the end, nothing is read.
    pub fn open_at(&self, offset: u64) -> Result<FileReader, Problem> {
        self.try_open(offset, BOMB_BYTES)
            .map_err(|error| self.problem("cannot be read", None, error.kind().to_string()))
    }

    pub(super) fn try_open(&self, offset: u64, bomb_bytes: u64) -> io::Result<FileReader> {
        if let Some(part) = self.part {
            return self.open_part(part, offset, bomb_bytes);
        }
        let mut file = File::open(&self.path)?;
        let mut magic = Vec::with_capacity(4);
        Read::by_ref(&mut file).take(4).read_to_end(&mut magic)?;
        let plain = !magic.starts_with(&GZIP) && magic != ZSTD;
        file.seek(SeekFrom::Start(if plain { offset } else { 0 }))?;
        let consumed = if plain { offset } else { 0 };
        let counted = Counted { file: file.take(u64::MAX), consumed };
        let buffered = |counted| BufReader::with_capacity(1 << 16, counted);
        let stream = match plain {
            true => Stream::Plain(counted),
            false if magic == ZSTD => Stream::Zstd(zstd::Decoder::with_buffer(buffered(counted))?),
            false => Stream::Gzip(Box::new(MultiGzDecoder::new(buffered(counted)))),
        };
        let allowed = if plain { u64::MAX } else { bomb_bytes.max(self.stamp.size.saturating_mul(BOMB_RATIO)) };
        let mut reader = FileReader { file: self.clone(), stream, offset: consumed, allowed, problem: None };
        if !plain {
            io::copy(&mut Read::by_ref(&mut reader).take(offset), &mut io::sink())?;
        }
        Ok(reader)
    }

    fn open_part(&self, part: Part, offset: u64, bomb_bytes: u64) -> io::Result<FileReader> {
        let mut file = File::open(&self.path)?;
        let passed = if part.deflated { 0 } else { offset.min(part.length) };
        file.seek(SeekFrom::Start(part.start.saturating_add(passed)))?;
        let counted = Counted { file: file.take(part.length - passed), consumed: passed };
        let (stream, allowed) = match part.deflated {
            false => (Stream::Plain(counted), u64::MAX),
            true => {
                let decoder = DeflateDecoder::new(BufReader::with_capacity(1 << 16, counted));
                (Stream::Deflate(Box::new(decoder)), bomb_bytes.max(part.length.saturating_mul(BOMB_RATIO)))
            }
        };
        let mut reader = FileReader { file: self.clone(), stream, offset: passed, allowed, problem: None };
        if part.deflated {
            io::copy(&mut Read::by_ref(&mut reader).take(offset), &mut io::sink())?;
        }
        Ok(reader)
    }
}

/// Reads one file, decompressed. It never fails in the middle: where a file is cut short, damaged or
/// a bomb, it ends there, and [`FileReader::problem`] tells why. It does not buffer: read large
/// stretches, or wrap it in a `BufReader` or [`super::Lines`].
pub struct FileReader {
    file: FoundFile,
    stream: Stream,
    offset: u64,
    /// The decompressed length beyond which it is a bomb.
    allowed: u64,
    problem: Option<Problem>,
}

enum Stream {
    Plain(Counted),
    Gzip(Box<MultiGzDecoder<BufReader<Counted>>>),
    Deflate(Box<DeflateDecoder<BufReader<Counted>>>),
    Zstd(zstd::Decoder<'static, BufReader<Counted>>),
    Ended(u64),
}

struct Counted {
    file: io::Take<File>,
    consumed: u64,
}

impl FileReader {
    /// Bytes of the file given so far (decompressed), those passed over at the beginning included.
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// Bytes of the file on disk read so far: for progress, to be held against [`super::Stamp::size`].
    pub fn consumed(&self) -> u64 {
        match &self.stream {
            Stream::Plain(counted) => counted.consumed,
            Stream::Gzip(decoder) => decoder.get_ref().get_ref().consumed,
            Stream::Deflate(decoder) => decoder.get_ref().get_ref().consumed,
            Stream::Zstd(decoder) => decoder.get_ref().get_ref().consumed,
            Stream::Ended(consumed) => *consumed,
        }
    }

    /// Why it ended before its end, if it did. Ask after the last read.
    pub fn problem(&self) -> Option<Problem> {
        self.problem.clone()
    }

    fn stop(&mut self, what: &str, detail: String) {
        self.problem = Some(self.file.problem(what, Some(self.offset), detail));
        self.stream = Stream::Ended(self.consumed());
    }
}

impl Read for FileReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let result = match &mut self.stream {
            Stream::Plain(counted) => counted.read(buffer),
            Stream::Gzip(decoder) => decoder.read(buffer),
            Stream::Deflate(decoder) => decoder.read(buffer),
            Stream::Zstd(decoder) => decoder.read(buffer),
            Stream::Ended(_) => return Ok(0),
        };
        match result {
            Ok(read) => {
                self.offset += read as u64;
                if self.offset > self.allowed {
                    let detail = format!("more than {} bytes from {}", self.allowed, self.file.stamp.size);
                    self.stop("decompresses without end", detail);
                }
                Ok(read)
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Err(error),
            Err(error) => {
                let what = match error.kind() {
                    io::ErrorKind::UnexpectedEof => "file is cut short",
                    io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData | io::ErrorKind::Other => {
                        "compressed data is damaged"
                    }
                    _ => "cannot be read",
                };
                self.stop(what, error.kind().to_string());
                Ok(0)
            }
        }
    }
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.consumed += read as u64;
        Ok(read)
    }
}
