//! Words of a headline put in a row: spaces, elision, contraction, names in place of « la ville ».
//!
//! Which words elide or contract is data (`event.elide`, `event.fuse`, `event.contract`).

use super::scene::Scene;
use super::word::Part;
use crate::lang::{Class, Classes, Lexicon, WordId, class, setting};
use crate::place::{PlaceKind, PlaceMention, PlaceRole};
use std::borrow::Cow;
use std::ops::Range;

/// A word of a headline.
struct Word<'t> {
    written: Cow<'t, str>,
    /// Its word in the lists, if that may take another form beside its neighbour.
    listed: WordId,
    /// A space stands before it.
    spaced: bool,
}

/// A headline in the making.
pub(super) struct Wording<'t, 's, 'a> {
    scene: &'t Scene<'s, 'a>,
    /// Tokens that stand for the place, and its name.
    anaphor: Option<(Range<usize>, &'t str)>,
    words: Vec<Word<'t>>,
}

impl<'t, 's, 'a> Wording<'t, 's, 'a> {
    pub fn new(scene: &'t Scene<'s, 'a>, place: Option<&'t PlaceMention>) -> Self {
        let anaphor =
            place.filter(|p| p.anaphor && p.role != PlaceRole::Demonym && !p.span.is_empty()).and_then(|p| {
                let name = p.place.as_ref().map(|q| q.name.as_str()).filter(|n| !n.is_empty())?;
                // « ravage le pays » cannot become « ravage Syrie » where names of countries take an article.
                let bare = matches!(
                    p.place.as_ref().map(|q| q.kind),
                    Some(PlaceKind::City | PlaceKind::District | PlaceKind::Site)
                );
                if !bare && scene.text.lang.setting(setting::PLACE_ARTICLES).is_some() {
                    return None;
                }
                // « la frontière » of a frontier is part of its name, not a word that stands for it.
                if name.contains(p.span.of(scene.text.source)) {
                    return None;
                }
                Some((scene.text.tokens_in(p.span), name))
            });
        Wording { scene, anaphor, words: Vec::with_capacity(24) }
    }

    fn lexicon(&self) -> &'static Lexicon {
        self.scene.text.lang.lexicon()
    }

    /// A word that some neighbour may change; all others need not be looked at again.
    fn changing(&self, word: WordId) -> WordId {
        const CHANGES: Classes = Classes::of(&[
            class::EVENT_ELIDE,
            class::EVENT_UNELIDE,
            class::EVENT_FUSE,
            class::EVENT_CONTRACT,
        ]);
        if self.lexicon().sets(word).touches(&CHANGES) { word } else { WordId::NONE }
    }

    /// Adds a word that stands in no text.
    pub fn add(&mut self, word: impl Into<Cow<'t, str>>) {
        let written = word.into();
        let listed = self.changing(self.lexicon().word(&written.to_lowercase()));
        self.words.push(Word { written, listed, spaced: true });
    }

    /// Adds a mark that sticks to the word before it.
    pub fn mark(&mut self, mark: &'t str) {
        self.words.push(Word { written: mark.into(), listed: WordId::NONE, spaced: false });
    }

    /// Adds words of the text with the spaces they have there.
    pub fn copy(&mut self, tokens: Range<usize>) {
        let text = self.scene.text;
        self.words.reserve(tokens.len());
        let mut i = tokens.start;
        while i < tokens.end {
            let Some(token) = text.tokens.get(i) else { return };
            let spaced = token.spaced() || i == tokens.start;
            if let Some((stands, name)) = &self.anaphor
                && stands.contains(&i)
            {
                let (name, start, end) = (*name, stands.start, stands.end);
                // « sur place » says where by itself, « la ville » has its preposition before it.
                let lone = text.has(start, class::EVENT_DETERMINER)
                    || self.scene.word(start).part == Part::Determiner
                    || self.scene.word(end.saturating_sub(1)).part == Part::Noun && end == start + 1;
                match text.lang.setting(setting::PLACE_AT) {
                    Some(at) if !lone => self.add(at),
                    _ => self.replace_fused(),
                }
                self.add(name);
                i = end.max(i + 1);
                continue;
            }
            if !text.is_mark(i, class::MARK_QUOTE)
                && !text.has(i, class::EVENT_QUOTE)
                && !text.has(i, class::EVENT_UNQUOTE)
            {
                let listed = self.changing(token.word);
                self.words.push(Word { written: text.str(i).into(), listed, spaced });
            }
            i += 1;
        }
    }

    /// « au sud du » + « village » becomes « au sud de » before a name.
    fn replace_fused(&mut self) {
        let lexicon = self.lexicon();
        if let Some(word) = self.words.last_mut() {
            word.become_other(lexicon, class::EVENT_FUSE);
        }
    }

    /// The line, its first letter large.
    pub fn line(mut self) -> String {
        let lexicon = self.lexicon();
        let vowels = self.scene.text.lang.setting(setting::ELISION).unwrap_or_default();
        for n in 1..self.words.len() {
            let (before, after) = self.words.split_at_mut(n);
            let (Some(one), Some(two)) = (before.last_mut(), after.first_mut()) else { continue };
            join(lexicon, vowels, one, two);
        }
        let mut out = String::with_capacity(self.words.iter().map(|w| w.written.len() + 1).sum());
        for word in &self.words {
            if word.spaced && !out.is_empty() && !out.ends_with(['\'', '\u{2019}', '-', ' ']) {
                out.push(' ');
            }
            out.push_str(&word.written);
        }
        let line = out.trim();
        match line.chars().next() {
            Some(first) if !first.to_uppercase().eq([first]) => {
                let mut large = String::with_capacity(line.len() + 2);
                large.extend(first.to_uppercase());
                large.push_str(line.get(first.len_utf8()..).unwrap_or_default());
                large
            }
            _ if line.len() == out.len() => out,
            _ => line.to_owned(),
        }
    }
}

impl Word<'_> {
    /// Takes the form that the lists give it in a class, if any.
    fn become_other(&mut self, lexicon: &'static Lexicon, class: Class) {
        if let Some(other) = lexicon.value(self.listed, class) {
            self.written = other.into();
        }
    }
}

/// Elision and contraction of two neighbours.
fn join(lexicon: &'static Lexicon, vowels: &str, one: &mut Word<'_>, two: &mut Word<'_>) {
    if one.listed == WordId::NONE {
        return;
    }
    let Some(first) = two.written.chars().next() else { return };
    // « d'|Alep », « de|Brest »: the list gives the short form of the long one.
    if vowels.contains(first.to_ascii_lowercase()) {
        one.become_other(lexicon, class::EVENT_ELIDE);
    } else if two.spaced {
        one.become_other(lexicon, class::EVENT_UNELIDE);
    }
    // « de Le Havre » is « du Havre ».
    if !lexicon.starts_phrase(one.listed) {
        return;
    }
    if let Some((article, rest)) = two.written.split_once(' ') {
        let mut fused =
            lexicon.phrases(one.listed, lexicon.word(&article.to_lowercase())).filter(|p| p.len == 2);
        let fused = fused.find_map(|p| p.reading(class::EVENT_CONTRACT)).map(|e| e.value);
        if let Some(fused) = fused {
            one.written = fused.into();
            two.written = rest.to_owned().into();
        }
    }
}
