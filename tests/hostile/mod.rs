//! Documents made to break writers: every kind of character, every year, every corner of the globe.
#![allow(dead_code)]

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};
use dateline::article::{Article, Published, PublishedSource};
use dateline::document::{Document, Event};
use dateline::event::{
    Actor, ActorRole, DateBasis, EventMention, EventPlace, EventTime, EventType, Qualifier, Quantity, Status,
    Toll,
};
use dateline::gazetteer::Gazetteer;
use dateline::lang::Lang;
use dateline::place::{Place, PlaceKind, PlaceMention, PlaceRole, Precision};
use dateline::span::Span;
use dateline::time::{Bounds, Granularity};
use dateline::write::schema::Value;
use dateline::write::{self, Format, Geometry, Row, Run, Selection};

const DOCUMENTS: u64 = 200;
const EVENTS: u64 = 10;

/// Outlines as relative places have them: their longitudes run on beyond 180 degrees, and round a pole.
const OUTLINES: &[Option<&[(f64, f64)]>] = &[
    None,
    Some(&[(36.0, 36.0), (38.0, 36.0), (38.0, 37.5), (36.0, 37.5), (36.0, 36.0)]),
    Some(&[(178.5, -17.0), (181.5, -17.0), (181.5, -15.0), (178.5, -15.0), (178.5, -17.0)]),
    Some(&[(-181.0, 10.0), (-179.0, 10.0), (-179.0, 12.0), (-181.0, 12.0), (-181.0, 10.0)]),
    Some(&[(0.0, 89.0), (90.0, 89.0), (180.0, 89.0), (270.0, 89.0), (0.0, 89.0)]),
    Some(&[(0.0, 0.0), (0.0, 0.0), (0.0, 0.0), (0.0, 0.0)]),
    Some(&[]),
];

/// Countries whose outlines have islands, holes, the antimeridian, a pole, or that have none.
const COUNTRIES: &[&str] = &["FR", "ZA", "LS", "RU", "FJ", "AQ", "US", "VA", "TV"];

const WORDS: &[&str] = &[
    "=1+1",
    "+33 1 23 45 67 89",
    "-5",
    "@SUM(A1:A9)",
    "\t=HYPERLINK(\"http://a.example\")",
    "a,b;c|d\te",
    "\"quoted\" and 'quoted'",
    "line\r\nbreak\u{2028}and\u{2029}more\u{b}",
    "<b>&amp;</b> <script>alert(1)</script>",
    "]]> -->",
    "\u{1}\u{7}\u{1b}[31mred\u{7f}\u{9f}",
    "e\u{301}té, œuvre, Kyïv, Łódź",
    "עברית العربية 漢字 한글 ไทย",
    "😀👨‍👩‍👧 𝕏",
    "\u{202e}right to left\u{202c}",
    "\u{feff}mark",
    "\u{fffe}\u{ffff}\u{fdd0}",
    "34\u{a0}000\u{202f}%",
    "NA",
    "null",
    "1e5",
    "2016-12-22T00:00:00",
    "'",
    " spaces around ",
    "\\n \\u0041 \\",
    "{\"json\": [1]}",
    "DROP TABLE events; --",
    "C:\\folder\\file",
    "%s %d ${x} {{y}}",
];

/// A generator that gives the same numbers everywhere (Knuth's MMIX constants).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[usize::try_from(self.roll(from.len() as u64)).unwrap()]
    }
}

pub fn documents() -> Vec<Document> {
    some(2016, DOCUMENTS)
}

/// As many documents, thrown with other dice.
fn some(seed: u64, count: u64) -> Vec<Document> {
    let mut dice = Dice(seed);
    (0..count).map(|n| document(n, &mut dice)).collect()
}

/// Runs a check on the hostile set, on small ones, and on nothing.
pub fn each_set(check: impl Fn(&[Document])) {
    check(&documents());
    for seed in 0..12 {
        check(&some(seed, seed % 4));
    }
}

fn document(n: u64, dice: &mut Dice) -> Document {
    let mut article = Article::new(format!("{} {n}", dice.pick(WORDS)), "");
    article.title = Some(dice.pick(WORDS).to_owned());
    article.url = n.is_multiple_of(3).then(|| format!("https://a.example/?q={n}&x=<y>#'\""));
    article.publisher = n.is_multiple_of(2).then(|| dice.pick(WORDS).to_owned());
    article.published = (!n.is_multiple_of(5)).then(|| Published {
        date: NaiveDate::from_ymd_opt(2000, 1, 1).unwrap() + Days::new(dice.roll(9000)),
        time: None,
        offset: None,
        source: PublishedSource::Metadata,
    });
    let mut document = Document {
        lang: Lang::from_code("fr"),
        published: article.published,
        sentences: Vec::new(),
        times: Vec::new(),
        impossible: Vec::new(),
        places: Vec::new(),
        entities: Vec::new(),
        mentions: Vec::new(),
        events: Vec::new(),
        headline: None,
        notes: Vec::new(),
        article,
    };
    for m in 0..EVENTS {
        event(n * EVENTS + m, &mut document, dice);
    }
    document
}

/// Appends words to the text and gives their span.
fn written(document: &mut Document, words: &str) -> Span {
    let text = &mut document.article.text;
    let start = text.len();
    text.push_str(words);
    let span = Span::new(start, text.len());
    text.push('\n');
    span
}

fn event(n: u64, document: &mut Document, dice: &mut Dice) {
    let long = if n == 7 { "long title ".repeat(1000) } else { dice.pick(WORDS).to_owned() };
    let sentence = format!("{} {long}", dice.pick(WORDS));
    let clause = written(document, &sentence);
    let number = document.sentences.len();
    document.sentences.push(clause);
    let mut places = Vec::new();
    let roles = [PlaceRole::Location, PlaceRole::Origin, PlaceRole::Destination, PlaceRole::Context];
    for role in roles.into_iter().take(usize::try_from(dice.roll(5)).unwrap()) {
        places.push(EventPlace { mention: document.places.len(), role, rule: "here" });
        let mention = place(role, document, dice);
        document.places.push(mention);
    }
    let quantity = |dice: &mut Dice| Quantity {
        span: clause,
        value: dice.pick(&[0.0, 1.0, 34_000.0, 2.5, 1e15, 1.0 / 3.0]),
        max: (dice.roll(2) == 0).then_some(40_000.0),
        unit: dice.pick(WORDS).to_owned(),
        qualifier: dice.pick(&[Qualifier::Exact, Qualifier::AtLeast, Qualifier::About, Qualifier::AtMost]),
        toll: dice.pick(&[None, Some(Toll::Killed), Some(Toll::Injured), Some(Toll::Displaced)]),
    };
    let record = EventMention {
        trigger: clause,
        lemma: "x".to_owned(),
        kind: dice.pick(EventType::ALL),
        clause,
        sentence: number,
        time: (n % 50 != 49).then(|| time(n, dice)),
        places,
        actors: (0..dice.roll(3)).map(|_| Actor { span: clause, role: ActorRole::Agent }).collect(),
        quantities: (0..dice.roll(3)).map(|_| quantity(dice)).collect(),
        source: (dice.roll(3) == 0).then_some(clause),
        status: dice.pick(&[Status::Asserted, Status::Reported, Status::Planned]),
        title: format!("{}{}", dice.pick(WORDS), if n == 7 { &long } else { "" }),
        stands: true,
        reasons: Vec::new(),
    };
    document.mentions.push(record.clone());
    document.events.push(Event {
        tellings: Vec::new(),
        id: format!("{:016x}", (n + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15)),
        aliases: Vec::new(),
        mentions: vec![document.mentions.len() - 1],
        record,
        confidence: dice.roll(101) as f32 / 100.0,
        confidence_reasons: Vec::new(),
    });
}

fn place(role: PlaceRole, document: &mut Document, dice: &mut Dice) -> PlaceMention {
    let span = written(document, dice.pick(WORDS));
    let mut place = Place {
        id: format!("geonames:{}", dice.roll(12_000_000)),
        name: dice.pick(WORDS).to_owned(),
        name_en: dice.pick(WORDS).to_owned(),
        kind: dice.pick(&[PlaceKind::City, PlaceKind::Country, PlaceKind::Derived, PlaceKind::Sea]),
        country: dice.pick(&["SY", "NA", "XK", ""]).to_owned(),
        admin1: dice.pick(WORDS).to_owned(),
        admin2: String::new(),
        lon: dice.pick(&[-180.0, 180.0, 0.0, -0.000_001, 37.157_833_333, 179.999_996]),
        lat: dice.pick(&[-90.0, 90.0, 0.0, -0.000_001, 36.201_24]),
        radius_m: u32::try_from(dice.roll(100_000)).unwrap(),
        precision: dice.pick(&[Precision::Exact, Precision::Area, Precision::Derived, Precision::Containing]),
        outline: dice.pick(OUTLINES).map(<[_]>::to_vec),
        anchor: None,
    };
    if dice.roll(8) == 0 {
        whole_country(dice.pick(COUNTRIES), &mut place);
    }
    PlaceMention {
        span,
        role,
        cue: None,
        anaphor: false,
        place: (dice.roll(4) != 0).then_some(place.into()),
        confidence: dice.roll(101) as f32 / 100.0,
        evidence: Vec::new(),
        candidates: Vec::new().into(),
        reasons: Vec::new(),
    }
}

/// Makes a place the country with this code, or one somewhere in it.
fn whole_country(code: &str, place: &mut Place) {
    let gazetteer = Gazetteer::embedded();
    let country = gazetteer.place(gazetteer.country(code).unwrap());
    place.country = code.to_owned();
    place.lon = country.lon();
    place.lat = country.lat();
    place.outline = None;
    if place.precision == Precision::Containing {
        place.anchor = Some(country.id());
    } else {
        place.id = country.id();
        place.kind = PlaceKind::Country;
        place.precision = Precision::Area;
    }
}

fn time(n: u64, dice: &mut Dice) -> EventTime {
    // Years 1 to 9999, and a few that no program holds.
    let year = match n % 40 {
        39 => -330,
        38 => 12_000,
        _ => 1 + i32::try_from(n * 7 % 9999).unwrap(),
    };
    let day = NaiveDate::from_ymd_opt(year, 1 + u32::try_from(dice.roll(12)).unwrap(), 28).unwrap();
    let start = day.and_time(
        NaiveTime::from_num_seconds_from_midnight_opt(u32::try_from(dice.roll(86_400)).unwrap(), 0).unwrap(),
    );
    let midnight = |date: NaiveDate| date.and_time(NaiveTime::MIN);
    let (bounds, granularity, edtf): (Bounds, _, String) = match dice.roll(4) {
        0 => (
            Bounds::exact(start, start + chrono::TimeDelta::seconds(1)),
            Granularity::Second,
            edtf_day(start),
        ),
        1 => (
            Bounds { earliest_start: Some(midnight(day)), ..Bounds::default() },
            Granularity::Open,
            format!("{}/..", edtf_day(start)),
        ),
        2 => {
            (Bounds { latest_end: Some(midnight(day)), ..Bounds::default() }, Granularity::Day, String::new())
        }
        _ => (Bounds::exact(midnight(day), midnight(day + Days::new(1))), Granularity::Day, edtf_day(start)),
    };
    EventTime {
        bounds,
        granularity,
        edtf,
        basis: dice.pick(&[
            DateBasis::Explicit,
            DateBasis::Announcement,
            DateBasis::Inferred,
            DateBasis::Publication,
        ]),
        mention: None,
        trail: vec!["one", "two"],
        utc_offset: dice.pick(&[None, Some(0), Some(-210), Some(345)]),
    }
}

fn edtf_day(start: NaiveDateTime) -> String {
    start.format("%Y-%m-%d").to_string()
}

/// The rows of the hostile documents, as a run has them.
pub fn rows(documents: &[Document]) -> (Vec<Row>, Run) {
    rows_as(documents, Geometry::Point)
}

/// The same with these shapes.
pub fn rows_as(documents: &[Document], geometry: Geometry) -> (Vec<Row>, Run) {
    let selection = Selection { geometry, ..Selection::default() };
    let newest = documents.iter().filter_map(|d| d.published).map(|p| p.date).max();
    let mut rows: Vec<Row> = documents.iter().flat_map(|d| write::rows(d, &selection).dated).collect();
    if let Some(newest) = newest {
        rows.iter_mut().for_each(|row| row.close(newest));
    }
    write::sort(&mut rows);
    (rows, Run { newest, geometry })
}

pub fn bytes(format: Format, documents: &[Document]) -> Vec<u8> {
    bytes_as(format, documents, Geometry::Point)
}

/// The same with these shapes.
pub fn bytes_as(format: Format, documents: &[Document], geometry: Geometry) -> Vec<u8> {
    let (rows, run) = rows_as(documents, geometry);
    let mut out = Vec::new();
    {
        let mut writer = format.writer(&mut out);
        documents.iter().for_each(|d| writer.document(d).unwrap());
        writer.begin(&run).unwrap();
        rows.iter().for_each(|row| writer.row(row).unwrap());
        writer.end().unwrap();
    }
    out
}

/// A value as the text of a table's cell, before any guard.
pub fn cell(value: &Value) -> String {
    match value {
        Value::Missing => String::new(),
        Value::Text(text) => text
            .chars()
            .map(|c| if c.is_control() || "\u{2028}\u{2029}".contains(c) { ' ' } else { c })
            .collect(),
        Value::Word(word) => (*word).to_owned(),
        Value::Integer(n) => n.to_string(),
        Value::Number(n) => n.to_string(),
        Value::Instant(t) => t.format("%Y-%m-%dT%H:%M:%S").to_string(),
        Value::Day(d) => d.to_string(),
    }
}
