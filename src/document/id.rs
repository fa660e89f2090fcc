//! Ids of happenings: a hash of the document's id and the words of the first mention.
//!
//! A better date, place or title does not change them.

use crate::event::EventMention;
use crate::span::Span;

/// The id of a happening: FNV-1a, 64 bits, over the document's id and the normalised words of trigger and sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Id(u64);

impl Id {
    /// Of nothing yet.
    const EMPTY: Id = Id(0xcbf2_9ce4_8422_2325);

    fn add(self, words: impl AsRef<[u8]>) -> Id {
        let mix = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        Id(words.as_ref().iter().fold(self.0, mix))
    }

    /// The id of another happening told with all the same words.
    pub(super) fn again(self, repeat: usize) -> Id {
        self.add("\n").add(repeat.to_string())
    }
}

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// Gives the mentions of a document their ids.
pub(super) struct Namer<'a> {
    document: Id,
    text: &'a str,
    sentences: &'a [Span],
    /// The sentence of the last mention and its words: mentions stand in order.
    sentence: (Span, Vec<u8>),
    trigger: Vec<u8>,
}

impl<'a> Namer<'a> {
    /// For the mentions of the document called `document`.
    pub(super) fn new(document: &str, text: &'a str, sentences: &'a [Span]) -> Self {
        let document = Id::EMPTY.add(document).add("\n");
        Namer { document, text, sentences, sentence: Default::default(), trigger: Vec::new() }
    }

    /// The id of a happening first mentioned here.
    pub(super) fn id(&mut self, mention: &EventMention) -> Id {
        let span = self.sentences.get(mention.sentence).copied().unwrap_or(mention.clause);
        if self.sentence.0 != span {
            self.sentence.0 = span;
            normalise(span.of(self.text), &mut self.sentence.1);
        }
        normalise(mention.trigger.of(self.text), &mut self.trigger);
        self.document.add(&self.trigger).add("\n").add(&self.sentence.1)
    }
}

/// The id of a happening that is told by these words alone.
pub(super) fn id(document: &str, sentence: &str, trigger: &str) -> Id {
    let (mut first, mut second) = (Vec::new(), Vec::new());
    normalise(trigger, &mut first);
    normalise(sentence, &mut second);
    Id::EMPTY.add(document).add("\n").add(&first).add("\n").add(&second)
}

/// For each byte: an ASCII letter in lower case, a digit, [`BETWEEN`] words, or [`OTHER`].
static LETTERS: [u8; 256] = {
    let mut letters = [OTHER; 256];
    let mut byte = 0u8;
    while byte.is_ascii() {
        letters[byte as usize] =
            if byte.is_ascii_alphanumeric() { byte.to_ascii_lowercase() } else { BETWEEN };
        byte += 1;
    }
    letters
};
/// ASCII that is no letter and no digit.
const BETWEEN: u8 = 0;
/// Part of a character beyond ASCII.
const OTHER: u8 = 1;

/// Letters and digits in lower case, one space between words.
fn normalise(words: &str, into: &mut Vec<u8>) {
    into.clear();
    into.reserve(words.len());
    let mut rest = words;
    let mut gap = false;
    loop {
        let plain = rest.bytes().take_while(|b| LETTERS[usize::from(*b)] > OTHER).count();
        let (run, after) = rest.split_at_checked(plain).unwrap_or(("", rest));
        let mut letters = after.chars();
        // A character beyond ASCII goes on with the word, or parts it from the next one.
        let wide = letters.next().filter(|c| !c.is_ascii());
        let parts = wide.is_none_or(|c| !c.is_alphanumeric());
        if gap && !into.is_empty() && !(run.is_empty() && parts) {
            into.push(b' ');
        }
        gap = parts;
        into.extend(run.bytes().map(|b| LETTERS[usize::from(b)]));
        if let Some(c) = wide.filter(|_| !parts) {
            c.to_lowercase().for_each(|c| into.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()));
        }
        if after.is_empty() {
            return;
        }
        rest = letters.as_str();
    }
}

#[cfg(test)]
mod tests {
    use super::id;

    #[test]
    fn spacing_and_case_do_not_count() {
        let one = id("a", "Le pont s\u{2019}est effondré.", "s\u{2019}est effondré");
        assert_eq!(one, id("a", "LE PONT  s'est effondré", "S'est effondré"));
        assert_ne!(one, id("b", "Le pont s'est effondré", "s'est effondré"));
        assert_ne!(one, one.again(1));
        assert_eq!(one.to_string().len(), 16);
    }
}
