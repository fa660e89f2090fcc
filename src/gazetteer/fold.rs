//! The one spelling under which all names of the gazetteer are filed, and every text is looked up.
//!
//! Rules: letters lose case and accents (ligatures become two letters); apostrophes, dots, accents written
//! apart and the marks that romanised Arabic uses for ayin and hamza vanish; hyphens, dashes, slashes and
//! runs of white space are one space. So `Saint-Denis` is `saint denis`, `U.S.` is `us`, `L'Aquila` is
//! `laquila`. Every other mark, and letters outside the Latin script, end a name.

/// What one character becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Folded {
    /// One letter or digit.
    One(u8),
    /// Two letters.
    Two(u8, u8),
    /// A space, unless one is there already.
    Gap,
    /// Nothing at all.
    Nothing,
    /// No part of a name.
    Foreign,
}

/// Base letters of U+00C0 to U+024F; `+` becomes two letters, `?` is foreign.
const LATIN: &[u8; 400] = b"aaaaaa+ceeeeiiiidnooooo?ouuuuy++aaaaaa+ceeeeiiiidnooooo?ouuuuy+yaaaaaaccccccccdd\
ddeeeeeeeeeegggggggghhhhiiiiiiiiii++jjkkkllllllllllnnnnnn+++oooooo++rrrrrrssssss\
ssttttttuuuuuuuuuuuuwwyyyzzzzzzsbb????o??dd???eeeffgg??ikkl??nnooo??ppr????ttttu\
u?vyyzzz???????w????+++++++++aaiioouuuuuuuuuueaaaa++ggggkkoooo??j+++gg?wnnaa++oo\
aaaaeeeeiiiioooorrrruuuussttyyhhnduuzzaaeeooooooooyylntj??accltsz??bu?eejjqqrryy";

/// Base letters of U+1E00 to U+1EFF.
const LATIN_ADDITIONAL: &[u8; 256] =
    b"aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooo\
oooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwy?s??+?\
aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuu\
uuyyyyyyyy??????";

/// Folds one character.
pub fn fold_char(c: char) -> Folded {
    let code = c as u32;
    match code {
        0x61..=0x7a | 0x30..=0x39 => Folded::One(code as u8),
        0x41..=0x5a => Folded::One(code as u8 | 0x20),
        // Space and its kin, hyphen, slash, underscore.
        0x09..=0x0d | 0x20 | 0x2d | 0x2f | 0x5f | 0xa0 | 0x2000..=0x200a | 0x2010..=0x2015 | 0x202f => {
            Folded::Gap
        }
        // Apostrophe, dot, backquote; soft hyphen; primes and modifier apostrophes; combining marks;
        // zero-width marks; typographic apostrophes.
        0x27 | 0x2e | 0x60 | 0xad | 0xb4 | 0x2b9..=0x2cf | 0x300..=0x36f => Folded::Nothing,
        0x200b..=0x200f | 0x2018..=0x201b | 0x2032 | 0xfeff => Folded::Nothing,
        0xc0..=0x24f => letter(LATIN.get((code - 0xc0) as usize), code),
        0x1e00..=0x1eff => letter(LATIN_ADDITIONAL.get((code - 0x1e00) as usize), code),
        0x259 => Folded::One(b'e'),
        0x254 => Folded::One(b'o'),
        0x25b => Folded::One(b'e'),
        _ => Folded::Foreign,
    }
}

fn letter(base: Option<&u8>, code: u32) -> Folded {
    match base {
        Some(b'+') => match code {
            0xc6 | 0xe6 | 0x1e2 | 0x1e3 | 0x1fc | 0x1fd => Folded::Two(b'a', b'e'),
            0xde | 0xfe => Folded::Two(b't', b'h'),
            0xdf | 0x1e9e => Folded::Two(b's', b's'),
            0x132 | 0x133 => Folded::Two(b'i', b'j'),
            0x149 => Folded::One(b'n'),
            0x14a | 0x14b => Folded::Two(b'n', b'g'),
            0x152 | 0x153 => Folded::Two(b'o', b'e'),
            0x1c4..=0x1c6 | 0x1f1..=0x1f3 => Folded::Two(b'd', b'z'),
            0x1c7..=0x1c9 => Folded::Two(b'l', b'j'),
            0x1ca..=0x1cc => Folded::Two(b'n', b'j'),
            _ => Folded::Foreign,
        },
        Some(b'?') | None => Folded::Foreign,
        Some(&base) => Folded::One(base),
    }
}

/// The folded form of a whole name, or nothing when it holds something foreign or no letter at all.
pub fn fold(name: &str) -> Option<String> {
    let mut folded = String::with_capacity(name.len());
    let mut gap = false;
    for c in name.chars() {
        let (first, second) = match fold_char(c) {
            Folded::One(b) => (b, None),
            Folded::Two(a, b) => (a, Some(b)),
            Folded::Gap => {
                gap = !folded.is_empty();
                continue;
            }
            Folded::Nothing => continue,
            Folded::Foreign => return None,
        };
        if std::mem::take(&mut gap) {
            folded.push(' ');
        }
        folded.push(char::from(first));
        folded.extend(second.map(char::from));
    }
    folded.bytes().any(|b| b.is_ascii_alphabetic()).then_some(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fold_as_the_rules_say() {
        for (name, folded) in [
            ("Saint-Denis", "saint denis"),
            ("Saint  –\u{a0}Denis", "saint denis"),
            ("U.S.", "us"),
            ("L'Aquila", "laquila"),
            ("L’Aquila", "laquila"),
            ("Ḩalab", "halab"),
            ("İstanbul", "istanbul"),
            ("Œting", "oeting"),
            ("Łódź", "lodz"),
            ("Sanaʿa", "sanaa"),
            ("e\u{301}vian", "evian"),
            ("Straße", "strasse"),
            ("Xəzər", "xezer"),
        ] {
            assert_eq!(fold(name).as_deref(), Some(folded), "{name}");
        }
        assert_eq!(fold("حلب"), None);
        assert_eq!(fold("Paris, Texas"), None);
        assert_eq!(fold("1234"), None);
        assert_eq!(fold(""), None);
    }
}
