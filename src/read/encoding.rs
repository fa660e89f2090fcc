//! Bytes to characters. UTF-8 unless a mark, the user, the page itself or the bytes say otherwise.
//!
//! The order: the user's word, the byte order mark, valid UTF-8, UTF-16 without a mark, the page's own
//! declaration, a guess from the letters. Bytes that are no text at all are refused.

use crate::error::{Error, ErrorKind, Result};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Text and what was odd about it.
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) warnings: Vec<Error>,
}

/// How many bytes are looked at to tell text from other things and to guess an encoding.
const SAMPLE: usize = 64 << 10;

/// The encoding with this name or alias (`latin1`, `windows-1252`, `utf-16le`), as browsers know them.
pub fn encoding_named(name: &str) -> Option<&'static Encoding> {
    Encoding::for_label(name.trim().as_bytes())
}

/// Decodes `bytes`. `page` says that the text may declare its own encoding, as web pages do.
pub(super) fn decode(bytes: &[u8], named: Option<&'static Encoding>, page: bool) -> Result<Decoded> {
    let marked = Encoding::for_bom(bytes);
    let head = bytes.get(..SAMPLE).unwrap_or(bytes);
    if let Some((encoding, mark)) = marked {
        return convert(bytes.get(mark..).unwrap_or_default(), encoding, Vec::new());
    }
    if let Some(encoding) = named {
        return convert(bytes, encoding, Vec::new());
    }
    if let Some(encoding) = wide(head) {
        return convert(bytes, encoding, vec![guessed(encoding)]);
    }
    if is_binary(head) {
        return Err(not_text());
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Decoded { text: text.to_owned(), warnings: Vec::new() });
    }
    if mostly_utf8(bytes) {
        let broken = Error::new(ErrorKind::Record, "holds bytes that are not UTF-8; they were replaced")
            .help("name the encoding with --encoding if it is another one");
        let text = String::from_utf8_lossy(bytes).into_owned();
        return Ok(Decoded { text, warnings: vec![broken] });
    }
    if let Some(encoding) = page.then(|| declared(head)).flatten() {
        return convert(bytes, encoding, Vec::new());
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, chardetng::Utf8Detection::Deny);
    convert(bytes, encoding, vec![guessed(encoding)])
}

fn convert(bytes: &[u8], encoding: &'static Encoding, mut warnings: Vec<Error>) -> Result<Decoded> {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    if text.bytes().take(SAMPLE).any(|b| b == 0) {
        return Err(not_text());
    }
    if broken {
        let marks = text.chars().filter(|&c| c == char::REPLACEMENT_CHARACTER).count();
        if marks * 20 > text.len() {
            return Err(Error::new(ErrorKind::Input, format!("is not text in {}", encoding.name()))
                .help("name the right encoding with --encoding"));
        }
        warnings.push(
            Error::new(
                ErrorKind::Record,
                format!("holds bytes that are not {}; they were replaced", encoding.name()),
            )
            .help("name the right encoding with --encoding"),
        );
    }
    Ok(Decoded { text: text.into_owned(), warnings })
}

fn guessed(encoding: &'static Encoding) -> Error {
    Error::new(ErrorKind::Record, format!("is not UTF-8; read as {}", encoding.name()))
        .help("name the encoding with --encoding to be sure")
}

fn not_text() -> Error {
    Error::new(ErrorKind::Input, "is not text")
        .help("give text, Markdown, HTML or JSON Lines; name the encoding with --encoding if it is text")
}

/// UTF-16 without a mark: in Latin letters every second byte is zero.
fn wide(head: &[u8]) -> Option<&'static Encoding> {
    if head.len() < 8 || head.len() % 2 == 1 && head.len() < SAMPLE || !head.contains(&0) {
        return None;
    }
    let pairs = head.len() / 2;
    let even = head.iter().step_by(2).filter(|b| **b == 0).count();
    let odd = head.iter().skip(1).step_by(2).filter(|b| **b == 0).count();
    if odd * 10 > pairs * 7 && even * 20 < pairs {
        Some(UTF_16LE)
    } else if even * 10 > pairs * 7 && odd * 20 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// A zero byte, or more control characters than any text has.
fn is_binary(head: &[u8]) -> bool {
    let control = head.iter().filter(|b| matches!(b, 1..=8 | 14..=26 | 28..=31)).count();
    head.contains(&0) || control * 50 > head.len()
}

/// True when nearly all letters beyond ASCII are good UTF-8: a text with a few broken bytes, not another encoding.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 10 * bad
}

/// The encoding a page declares in its first bytes: `charset=…`.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let head = head.get(..2048).unwrap_or(head).to_ascii_lowercase();
    let label = b"charset=";
    let at = head.windows(label.len()).position(|w| w == label)? + label.len();
    let name: Vec<u8> = head
        .get(at..)?
        .iter()
        .copied()
        .skip_while(|b| matches!(b, b'"' | b'\'' | b' '))
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
        .collect();
    let encoding = Encoding::for_label(&name)?;
    // The declaration was read as ASCII, so it cannot be UTF-16; and it is not valid UTF-8.
    Some(if encoding == UTF_8 || encoding == UTF_16LE || encoding == UTF_16BE {
        WINDOWS_1252
    } else {
        encoding
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        decode(bytes, None, false).map(|d| d.text).unwrap_or_default()
    }

    #[test]
    fn encodings() {
        let story = "L’été à Nîmes : 300 fêtards évacués dans la soirée, a déclaré le préfet.";
        let plain = story.replace('’', "'");
        let (latin, _, _) = WINDOWS_1252.encode(&plain);
        let wide = |order: fn(u16) -> [u8; 2]| -> Vec<u8> { story.encode_utf16().flat_map(order).collect() };
        assert_eq!(text(story.as_bytes()), story);
        assert_eq!(text(&[b"\xef\xbb\xbf", story.as_bytes()].concat()), story);
        assert_eq!(text(&latin), plain);
        assert_eq!(text(&wide(u16::to_le_bytes)), story);
        assert_eq!(text(&wide(u16::to_be_bytes)), story);
        assert_eq!(text(&[&[0xff, 0xfe][..], &wide(u16::to_le_bytes)].concat()), story);
        assert!(decode(b"\x7fELF\x02\x01\x01\0\0\0\0", None, false).is_err());
        let mut broken = story.repeat(3).into_bytes();
        broken.push(0xe9);
        assert!(text(&broken).contains("évacués"));
    }
}
