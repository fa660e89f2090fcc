//! Words of a headline put in a row: spaces, elision, contraction, names in place of « la ville ».
//!
//! Which words elide or contract is data (`event.elide`, `event.fuse`, `event.contract`).

use super::scene::Scene;
use super::word::Part;
use crate::lang::{Lang, class};
use crate::place::PlaceMention;
use std::ops::Range;

/// A headline in the making.
pub(super) struct Wording<'t, 's, 'a> {
    scene: &'t Scene<'s, 'a>,
    /// Tokens that stand for the place, and its name.
    anaphor: Option<(Range<usize>, &'t str)>,
    /// Words, and whether a space stands before each.
    words: Vec<(String, bool)>,
}

impl<'t, 's, 'a> Wording<'t, 's, 'a> {
    pub fn new(scene: &'t Scene<'s, 'a>, place: Option<&'t PlaceMention>) -> Self {
        let anaphor = place.filter(|p| p.anaphor && !p.span.is_empty()).and_then(|p| {
            let name = p.place.as_ref().map(|q| q.name.as_str()).filter(|n| !n.is_empty())?;
            Some((scene.text.tokens_in(p.span), name))
        });
        Wording { scene, anaphor, words: Vec::new() }
    }

    /// Adds a word that stands in no text.
    pub fn add(&mut self, word: &str) {
        self.words.push((word.to_owned(), true));
    }

    /// Adds a mark that sticks to the word before it.
    pub fn mark(&mut self, mark: &str) {
        self.words.push((mark.to_owned(), false));
    }

    /// Adds words of the text with the spaces they have there.
    pub fn copy(&mut self, tokens: Range<usize>) {
        let text = self.scene.text;
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
                match text.lang.setting("place_at") {
                    Some(at) if !lone => self.words.push((at.to_owned(), true)),
                    _ => self.replace_fused(),
                }
                self.words.push((name.to_owned(), true));
                i = end.max(i + 1);
                continue;
            }
            if !text.is_mark(i, class::MARK_QUOTE)
                && !text.has(i, class::EVENT_QUOTE)
                && !text.has(i, class::EVENT_UNQUOTE)
            {
                self.words.push((text.str(i).to_owned(), spaced));
            }
            i += 1;
        }
    }

    /// « au sud du » + « village » becomes « au sud de » before a name.
    fn replace_fused(&mut self) {
        let lang = self.scene.text.lang;
        if let Some((word, _)) = self.words.last_mut()
            && let Some(alone) = value(lang, &word.to_lowercase(), class::EVENT_FUSE)
        {
            alone.clone_into(word);
        }
    }

    /// The line, its first letter large.
    pub fn line(mut self) -> String {
        let lang = self.scene.text.lang;
        for n in 1..self.words.len() {
            let (before, after) = self.words.split_at_mut(n);
            let (Some(one), Some(two)) = (before.last_mut(), after.first_mut()) else { continue };
            join(lang, one, two);
        }
        let mut out = String::new();
        for (word, spaced) in &self.words {
            if *spaced && !out.is_empty() && !out.ends_with(['\'', '\u{2019}', '-', ' ']) {
                out.push(' ');
            }
            out.push_str(word);
        }
        let mut letters = out.trim().chars();
        match letters.next() {
            Some(first) => first.to_uppercase().chain(letters).collect(),
            None => String::new(),
        }
    }
}

/// Elision and contraction of two neighbours.
fn join(lang: Lang, one: &mut (String, bool), two: &mut (String, bool)) {
    if two.0.is_empty() {
        return;
    }
    let folded = one.0.to_lowercase().replace('\u{2019}', "'");
    let vowel = lang
        .setting("elision")
        .is_some_and(|v| two.0.chars().next().is_some_and(|c| v.contains(c.to_ascii_lowercase())));
    // « d'|Alep », « de|Brest »: the list gives the short form of the long one.
    if let Some(short) = value(lang, &folded, class::EVENT_ELIDE)
        && vowel
    {
        one.0 = short.to_owned();
    } else if let Some(long) = value(lang, &folded, class::EVENT_UNELIDE)
        && !vowel
        && two.1
    {
        one.0 = long.to_owned();
    }
    // « de Le Havre » is « du Havre ».
    if let Some((article, rest)) = two.0.split_once(' ') {
        let lexicon = lang.lexicon();
        let (first, second) = (lexicon.word(&folded), lexicon.word(&article.to_lowercase()));
        let mut fused = lexicon.phrases(first, second).filter(|p| p.len == 2);
        let fused = fused.find_map(|p| p.reading(class::EVENT_CONTRACT)).map(|e| e.value);
        if let Some(fused) = fused {
            one.0 = fused.to_owned();
            two.0 = rest.to_owned();
        }
    }
}

fn value(lang: Lang, folded: &str, class: crate::lang::Class) -> Option<&'static str> {
    let lexicon = lang.lexicon();
    lexicon.value(lexicon.word(folded), class)
}
