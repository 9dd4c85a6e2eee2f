//! Reading one file as a stream, decompressed.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::os::unix::fs::FileExt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::bufread::{DeflateDecoder, MultiGzDecoder};
use model::Problem;

use super::FoundFile;

/// First bytes of a gzip member (RFC 1952, section 2.3.1) and of a Zstandard frame (RFC 8878, section 3.1.1).
const GZIP: [u8; 2] = [0x1f, 0x8b];
const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// A file is taken for a decompression bomb when it passes both: more than this many bytes …
pub(super) const BOMB_BYTES: u64 = 1 << 30;
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
        let (file, start, length, deflated) = match &self.part {
            Some(part) => (part.unpacked.clone(), part.start, part.length, part.deflated),
            None => (None, 0, u64::MAX, false),
        };
        let file = file.map_or_else(|| File::open(&self.path).map(Arc::new), Ok)?;
        let consumed = Arc::new(AtomicU64::new(0));
        let section = Section { file, start, at: 0, length, consumed: consumed.clone() };
        let magic = if deflated { first(inflate(section.clone()))? } else { first(section.clone())? };
        let packing = Packing::of(&magic);
        let compressed = deflated || packing != Packing::None;
        let passed = if compressed { 0 } else { offset };
        let section = Section { at: passed, ..section };
        section.consumed.store(passed, Ordering::Relaxed);
        let stream: Box<dyn Read + Send> =
            if deflated { packing.unpack(inflate(section))? } else { packing.unpack(section)? };
        let size = self.stamp.size;
        let allowed = if compressed { bomb_bytes.max(size.saturating_mul(BOMB_RATIO)) } else { u64::MAX };
        let file = self.clone();
        let mut reader =
            FileReader { file, stream: Some(stream), consumed, compressed, offset: passed, allowed, problem: None };
        if compressed {
            io::copy(&mut Read::by_ref(&mut reader).take(offset), &mut io::sink())?;
        }
        Ok(reader)
    }
}

/// What a file is compressed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Packing {
    None,
    Gzip,
    Zstd,
}

impl Packing {
    fn of(magic: &[u8]) -> Packing {
        match magic {
            _ if magic.starts_with(&GZIP) => Packing::Gzip,
            _ if magic == ZSTD => Packing::Zstd,
            _ => Packing::None,
        }
    }

    fn unpack(self, input: impl Read + Send + 'static) -> io::Result<Box<dyn Read + Send>> {
        Ok(match self {
            Packing::None => Box::new(input),
            Packing::Gzip => Box::new(MultiGzDecoder::new(buffered(input))),
            Packing::Zstd => Box::new(zstd::Decoder::with_buffer(buffered(input))?),
        })
    }
}

fn inflate(section: Section) -> DeflateDecoder<BufReader<Section>> {
    DeflateDecoder::new(buffered(section))
}

fn buffered<R: Read>(input: R) -> BufReader<R> {
    BufReader::with_capacity(1 << 16, input)
}

/// The first four bytes. What cannot be decompressed has none: reading it in earnest will tell.
fn first(input: impl Read) -> io::Result<Vec<u8>> {
    let mut magic = Vec::with_capacity(4);
    match input.take(4).read_to_end(&mut magic) {
        Err(error) if !is_damage(error.kind()) => Err(error),
        _ => Ok(magic),
    }
}

fn is_damage(kind: io::ErrorKind) -> bool {
    use io::ErrorKind::{InvalidData, InvalidInput, Other, UnexpectedEof};
    matches!(kind, UnexpectedEof | InvalidInput | InvalidData | Other)
}

/// Reads one file, decompressed. It never fails in the middle: where a file is cut short, damaged or
/// a bomb, it ends there, and [`FileReader::problem`] tells why. It does not buffer: read large
/// stretches, or wrap it in a `BufReader` or [`super::Lines`].
pub struct FileReader {
    file: FoundFile,
    /// `None` once it has ended before its end.
    stream: Option<Box<dyn Read + Send>>,
    consumed: Arc<AtomicU64>,
    compressed: bool,
    offset: u64,
    /// The decompressed length beyond which it is a bomb.
    allowed: u64,
    problem: Option<Problem>,
}

/// A stretch of a file on disk, read from its own place whoever else reads that file.
#[derive(Clone)]
struct Section {
    file: Arc<File>,
    start: u64,
    at: u64,
    length: u64,
    consumed: Arc<AtomicU64>,
}

impl FileReader {
    /// Bytes of the file given so far (decompressed), those passed over at the beginning included.
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// Bytes of the file on disk read so far: for progress, to be held against [`super::Stamp::size`].
    pub fn consumed(&self) -> u64 {
        self.consumed.load(Ordering::Relaxed)
    }

    /// Whether it is decompressed on the way.
    pub fn is_compressed(&self) -> bool {
        self.compressed
    }

    /// Why it ended before its end, if it did. Ask after the last read.
    pub fn problem(&self) -> Option<Problem> {
        self.problem.clone()
    }

    fn stop(&mut self, what: &str, detail: String) {
        self.problem = Some(self.file.problem(what, Some(self.offset), detail));
        self.stream = None;
    }
}

impl Read for FileReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(stream) = &mut self.stream else { return Ok(0) };
        let result = stream.read(buffer);
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
                    kind if is_damage(kind) => "compressed data is damaged",
                    _ => "cannot be read",
                };
                self.stop(what, error.kind().to_string());
                Ok(0)
            }
        }
    }
}

impl Read for Section {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let room = usize::try_from(self.length.saturating_sub(self.at)).unwrap_or(usize::MAX).min(buffer.len());
        let read = self.file.read_at(&mut buffer[..room], self.start.saturating_add(self.at))?;
        self.at += read as u64;
        self.consumed.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}
