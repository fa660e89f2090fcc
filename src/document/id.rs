//! Ids of happenings: a hash of the document's id and the words of the first mention.
//!
//! A better date, place or title does not change them.

/// FNV-1a, 64 bits.
fn fnv(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The id of a happening first mentioned by `trigger` in `sentence`; `repeat` parts those that share all words.
pub(super) fn id(document: &str, sentence: &str, trigger: &str, repeat: usize) -> String {
    let mut words = String::with_capacity(document.len() + sentence.len() + trigger.len() + 4);
    words.push_str(document);
    for part in [trigger, sentence] {
        words.push('\n');
        normalise(part, &mut words);
    }
    if repeat > 0 {
        words.push('\n');
        words.push_str(&repeat.to_string());
    }
    format!("{:016x}", fnv(words.bytes()))
}

/// Letters and digits in lower case, one space between words.
fn normalise(words: &str, into: &mut String) {
    let mut gap = false;
    let start = into.len();
    for c in words.chars() {
        if c.is_alphanumeric() {
            if gap && into.len() > start {
                into.push(' ');
            }
            gap = false;
            into.extend(c.to_lowercase());
        } else {
            gap = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::id;

    #[test]
    fn spacing_and_case_do_not_count() {
        let one = id("a", "Le pont s\u{2019}est effondré.", "s\u{2019}est effondré", 0);
        assert_eq!(one, id("a", "LE PONT  s'est effondré", "S'est effondré", 0));
        assert_ne!(one, id("b", "Le pont s'est effondré", "s'est effondré", 0));
        assert_ne!(one, id("a", "Le pont s'est effondré", "s'est effondré", 1));
        assert_eq!(one.len(), 16);
    }
}
