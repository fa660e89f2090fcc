//! The bytes of a source, unpacked: gzip and Zstandard are known by their first bytes.

use super::{Source, too_large};
use crate::error::{Error, ErrorKind, Result};
use std::io::{BufRead, BufReader, Cursor, Read};

/// A stream of bytes that may cross threads.
pub(super) type Input = Box<dyn BufRead + Send>;

const BUFFER: usize = 64 << 10;

/// Opens `source` and unpacks it if its first bytes say so.
pub(super) fn open(source: &Source) -> Result<Input> {
    if let Some(bytes) = source.bytes() {
        return unpack(BufReader::with_capacity(BUFFER, Box::new(Cursor::new(bytes))), source);
    }
    let raw: Box<dyn Read + Send> = match source.path() {
        Some(path) => {
            let failed = |e| failed(source, e);
            if std::fs::metadata(path).map_err(failed)?.is_dir() {
                return Err(Error::new(ErrorKind::Input, "is a folder").in_file(path));
            }
            Box::new(std::fs::File::open(path).map_err(failed)?)
        }
        None => Box::new(std::io::stdin()),
    };
    unpack(BufReader::with_capacity(BUFFER, raw), source)
}

fn unpack(mut raw: BufReader<Box<dyn Read + Send>>, source: &Source) -> Result<Input> {
    // A pipe may hand over its first bytes one by one; four are needed.
    let mut head = Vec::new();
    while head.len() < 4 {
        let available = raw.fill_buf().map_err(|e| failed(source, e))?;
        let Some(&byte) = available.first() else { break };
        head.push(byte);
        raw.consume(1);
    }
    let gzip = head.starts_with(&[0x1f, 0x8b]);
    let zstandard = head == [0x28, 0xb5, 0x2f, 0xfd];
    let whole = Cursor::new(head).chain(raw);
    if gzip {
        let stream = flate2::bufread::MultiGzDecoder::new(whole);
        return Ok(Box::new(BufReader::with_capacity(BUFFER, stream)));
    }
    if zstandard {
        let stream = Frames { rest: Some(whole), frame: None };
        return Ok(Box::new(BufReader::with_capacity(BUFFER, stream)));
    }
    Ok(Box::new(whole))
}

/// All frames of a Zstandard file, one after the other.
struct Frames<R: BufRead> {
    rest: Option<R>,
    frame: Option<ruzstd::decoding::StreamingDecoder<R, ruzstd::decoding::FrameDecoder>>,
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        loop {
            if let Some(frame) = &mut self.frame {
                let count = frame.read(buffer)?;
                if count > 0 {
                    return Ok(count);
                }
                self.rest = self.frame.take().map(|frame| frame.into_inner());
            }
            let Some(mut rest) = self.rest.take() else { return Ok(0) };
            if rest.fill_buf()?.is_empty() {
                return Ok(0);
            }
            let frame = ruzstd::decoding::StreamingDecoder::new(rest)
                .map_err(|e| std::io::Error::new(std::io::ErrorKind::InvalidData, e.to_string()))?;
            self.frame = Some(frame);
        }
    }
}

/// All bytes, up to `limit`.
pub(super) fn all(input: impl BufRead, limit: usize, source: &Source) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    input.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(|e| failed(source, e))?;
    if bytes.len() > limit {
        return Err(too_large(limit).in_file(source.label()));
    }
    Ok(bytes)
}

/// What to say when the system or an unpacker refuses.
pub(super) fn failed(source: &Source, error: std::io::Error) -> Error {
    use std::io::ErrorKind as Io;
    let (message, help) = match error.kind() {
        Io::NotFound => ("does not exist", "check the name"),
        Io::PermissionDenied => ("may not be read", "check its permissions"),
        Io::InvalidData | Io::UnexpectedEof | Io::InvalidInput => {
            ("is damaged or cut short", "fetch or pack it again")
        }
        _ => ("cannot be read", "check the file and the disk"),
    };
    Error::new(ErrorKind::Input, message).in_file(source.label()).caused_by(error).help(help)
}
