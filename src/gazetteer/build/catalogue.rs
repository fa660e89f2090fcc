//! Reads compiled message catalogues (GNU gettext `.mo`).

use crate::gazetteer::file::u32_at;

/// Pairs of key and translation, in file order; nothing when the bytes are no little-endian catalogue.
pub fn messages(bytes: &[u8]) -> Vec<(&str, &str)> {
    const MAGIC: u32 = 0x9504_12de;
    if u32_at(bytes, 0) != MAGIC {
        return Vec::new();
    }
    let (keys, texts) = (u32_at(bytes, 12) as usize, u32_at(bytes, 16) as usize);
    let string = |table: usize, n: usize| {
        let (length, start) =
            (u32_at(bytes, table + n * 8) as usize, u32_at(bytes, table + n * 8 + 4) as usize);
        bytes.get(start..start + length).and_then(|b| std::str::from_utf8(b).ok())
    };
    let count = (u32_at(bytes, 8) as usize).min(bytes.len() / 8);
    let pairs = (0..count).filter_map(|n| Some((string(keys, n)?, string(texts, n)?)));
    pairs.filter(|(key, text)| !key.is_empty() && !text.is_empty()).collect()
}
