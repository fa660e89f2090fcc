//! What an inflected word is: which verb form, tense, mood, person, number and gender.
//!
//! Shared with the build script, which writes a [`Shape`] as a number into the compiled word lists; names
//! are those of Universal Dependencies. Knows no language: paradigms are data.

/// Form of a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VerbForm {
    /// Has a person and a tense.
    Fin,
    /// Infinitive.
    Inf,
    /// Participle; its tense tells which.
    Part,
}

/// Tense of a verb form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tense {
    /// Present.
    Pres,
    /// Imperfect.
    Imp,
    /// Simple past, or the past participle.
    Past,
    /// Future.
    Fut,
}

/// Mood of a finite verb form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// Indicative.
    Ind,
    /// Subjunctive.
    Sub,
    /// Conditional.
    Cnd,
    /// Imperative.
    Imp,
}

/// Grammatical number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number {
    /// One.
    Sing,
    /// Several.
    Plur,
}

/// Grammatical gender.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gender {
    /// Masculine.
    Masc,
    /// Feminine.
    Fem,
}

/// Which form of its lemma a word is; what the form does not tell is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// Form of a verb; `None` for nouns and adjectives.
    pub verb: Option<VerbForm>,
    /// Mood of a finite verb.
    pub mood: Option<Mood>,
    /// Tense of a finite verb or a participle.
    pub tense: Option<Tense>,
    /// 1, 2 or 3; 0 when the form does not tell.
    pub person: u8,
    /// Number.
    pub number: Option<Number>,
    /// Gender.
    pub gender: Option<Gender>,
}

/// One reading of an inflected word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form {
    /// The form that stands in word lists: infinitive, or masculine singular.
    pub lemma: &'static str,
    /// Which form of it.
    pub shape: Shape,
}

/// Bits that [`Shape::pack`] uses.
pub const SHAPE_BITS: u32 = 14;

impl Shape {
    /// Reads the name of a cell of a paradigm: `inf`, `ind.pres.3s`, `part.past.fp`, `noun.p`.
    pub fn read(cell: &str) -> Option<Shape> {
        let mut shape = Shape::default();
        for (n, part) in cell.split('.').enumerate() {
            match part {
                "noun" | "adj" if n == 0 => {}
                "inf" => shape.verb = Some(VerbForm::Inf),
                "part" => shape.verb = Some(VerbForm::Part),
                "ind" => shape.mood = Some(Mood::Ind),
                "sub" => shape.mood = Some(Mood::Sub),
                "cnd" => shape.mood = Some(Mood::Cnd),
                "imp" if n == 0 => shape.mood = Some(Mood::Imp),
                "imp" => shape.tense = Some(Tense::Imp),
                "pres" => shape.tense = Some(Tense::Pres),
                "past" => shape.tense = Some(Tense::Past),
                "fut" => shape.tense = Some(Tense::Fut),
                _ => {
                    for letter in part.chars() {
                        match letter {
                            '1' => shape.person = 1,
                            '2' => shape.person = 2,
                            '3' => shape.person = 3,
                            's' => shape.number = Some(Number::Sing),
                            'p' => shape.number = Some(Number::Plur),
                            'm' => shape.gender = Some(Gender::Masc),
                            'f' => shape.gender = Some(Gender::Fem),
                            '-' => {}
                            _ => return None,
                        }
                    }
                }
            }
        }
        if shape.mood.is_some() {
            shape.verb = Some(VerbForm::Fin);
        }
        Some(shape)
    }

    /// The shape as a number of [`SHAPE_BITS`] bits.
    pub fn pack(self) -> u32 {
        let verb = self.verb.map_or(0, |v| v as u32 + 1);
        let mood = self.mood.map_or(0, |m| m as u32 + 1);
        let tense = self.tense.map_or(0, |t| t as u32 + 1);
        let number = self.number.map_or(0, |n| n as u32 + 1);
        let gender = self.gender.map_or(0, |g| g as u32 + 1);
        verb | mood << 2 | tense << 5 | u32::from(self.person & 3) << 8 | number << 10 | gender << 12
    }

    /// The shape that [`Shape::pack`] wrote.
    #[inline]
    pub fn unpack(bits: u32) -> Shape {
        Shape {
            verb: match bits & 3 {
                1 => Some(VerbForm::Fin),
                2 => Some(VerbForm::Inf),
                3 => Some(VerbForm::Part),
                _ => None,
            },
            mood: match bits >> 2 & 7 {
                1 => Some(Mood::Ind),
                2 => Some(Mood::Sub),
                3 => Some(Mood::Cnd),
                4 => Some(Mood::Imp),
                _ => None,
            },
            tense: match bits >> 5 & 7 {
                1 => Some(Tense::Pres),
                2 => Some(Tense::Imp),
                3 => Some(Tense::Past),
                4 => Some(Tense::Fut),
                _ => None,
            },
            person: (bits >> 8 & 3) as u8,
            number: match bits >> 10 & 3 {
                1 => Some(Number::Sing),
                2 => Some(Number::Plur),
                _ => None,
            },
            gender: match bits >> 12 & 3 {
                1 => Some(Gender::Masc),
                2 => Some(Gender::Fem),
                _ => None,
            },
        }
    }

    /// True for a past participle.
    pub fn is_past_participle(self) -> bool {
        self.verb == Some(VerbForm::Part) && self.tense == Some(Tense::Past)
    }
}
