//! The program as a user runs it: in a fresh folder, through one `check`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

/// What the user has and types, and what must come of it.
#[derive(Default)]
struct Case<'a> {
    /// Files of the folder, with their bytes.
    files: &'a [(&'a str, &'a [u8])],
    args: &'a [&'a str],
    stdin: &'a [u8],
    /// Exit code.
    code: i32,
    /// What the standard output holds.
    out: &'a [&'a str],
    /// What the standard error holds.
    err: &'a [&'a str],
    /// What neither holds.
    not: &'a [&'a str],
}

/// What came out.
struct Done {
    folder: tempfile::TempDir,
    out: Vec<u8>,
}

impl Done {
    fn file(&self, name: &str) -> Vec<u8> {
        fs::read(self.folder.path().join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }
}

fn program(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command
        .args(args)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn check(case: &Case<'_>) -> Done {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in case.files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let mut child = program(folder.path(), case.args).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = case.stdin.to_vec();
    let feed = std::thread::spawn(move || {
        // A program that does not read its input closes it.
        let _ = stdin.write_all(&input);
    });
    let done = child.wait_with_output().unwrap();
    feed.join().unwrap();
    let (out, err) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    let told = format!("{:?}\n--- out\n{out}\n--- err\n{err}", case.args);
    assert_eq!(done.status.code(), Some(case.code), "exit code of {told}");
    for wanted in case.out {
        assert!(out.contains(wanted), "{wanted:?} not on the standard output of {told}");
    }
    for wanted in case.err {
        assert!(err.contains(wanted), "{wanted:?} not on the standard error of {told}");
    }
    for unwanted in case.not {
        assert!(!out.contains(unwanted) && !err.contains(unwanted), "{unwanted:?} in the output of {told}");
    }
    Done { folder, out: done.stdout }
}

const STORY: &str = "La crue de la Loire a inondé le centre de Nevers mardi matin.\n\
    Plus de 300 habitants ont été évacués vers Bourges dans la soirée, a déclaré le préfet.\n";
const STORY_EN: &str = "The flood reached the centre of Nevers on Tuesday morning.\n\
    More than 300 people were evacuated to Bourges in the evening, the prefect said.\n";

fn latin(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

#[test]
fn plain_text_with_the_date_in_its_name() {
    let done = check(&Case {
        files: &[("2021-02-03-crue.txt", STORY.as_bytes())],
        args: &["extract", "2021-02-03-crue.txt"],
        err: &["read 1 article\n", "wrote output"],
        not: &["warning", "error"],
        ..Case::default()
    });
    assert!(done.file("output/events.geojson").starts_with(b"{\"type\":\"FeatureCollection\""));
    assert!(done.file("output/timeline.csv").starts_with(b"\xef\xbb\xbfid,title,start_time,end_time,"));
}

#[test]
fn no_publication_date_is_told_with_the_option_that_gives_it() {
    check(&Case {
        files: &[("crue.txt", STORY.as_bytes())],
        args: &["extract", "crue.txt"],
        err: &["warning: crue.txt: no publication date", "--published"],
        ..Case::default()
    });
    check(&Case {
        files: &[("crue.txt", STORY.as_bytes())],
        args: &["extract", "crue.txt", "--published", "2021-02-03"],
        not: &["no publication date"],
        ..Case::default()
    });
    check(&Case {
        files: &[("crue.txt", STORY.as_bytes())],
        args: &["extract", "crue.txt", "--published", "3 février"],
        code: 2,
        err: &["2016-12-22"],
        ..Case::default()
    });
}

#[test]
fn days_and_times_that_do_not_exist_are_told_and_date_nothing() {
    let text = "Le 31 février 2020, une bombe a explosé à Lyon. Le train est parti à 25 h 10.".as_bytes();
    let done = check(&Case {
        files: &[("lyon.txt", text)],
        args: &["extract", "lyon.txt", "--published", "2020-03-02", "--undated"],
        err: &["warning: lyon.txt: there is no such day or time", "Le 31 février 2020", "25 h 10"],
        ..Case::default()
    });
    let table = String::from_utf8(done.file("output/timeline.csv")).unwrap();
    assert!(!table.contains("2020-02") && !table.contains("2020-03-01"), "{table}");
    check(&Case {
        files: &[("lyon.txt", text)],
        args: &["explain", "lyon.txt", "--published", "2020-03-02"],
        out: &["31 février 2020"],
        ..Case::default()
    });
}

#[test]
fn what_is_no_text_is_named_and_the_rest_goes_on() {
    let files: &[(&str, &[u8])] = &[
        ("a.txt", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0"),
        ("b.txt", b""),
        ("c.txt", b"  \n\n"),
        ("d.txt", b"*** --- ***"),
        ("2021-02-03.txt", STORY.as_bytes()),
    ];
    check(&Case {
        files,
        args: &["extract", "a.txt", "b.txt", "c.txt", "d.txt", "gone.txt", "2021-02-03.txt"],
        code: 2,
        err: &[
            "a.txt: is not text",
            "b.txt: is empty",
            "c.txt: is empty",
            "d.txt: holds no words",
            "gone.txt: does not exist",
            "read 1 article; could not read 5",
        ],
        ..Case::default()
    });
    let done = check(&Case {
        files: &[("output/timeline.csv", b"of an earlier run"), ("a.txt", b"\x7fELF\x02\x01\x01\0\0")],
        args: &["extract", "a.txt", "gone.txt"],
        code: 2,
        err: &["no article was read, so nothing was written"],
        ..Case::default()
    });
    assert_eq!(done.file("output/timeline.csv"), b"of an earlier run");
    check(&Case {
        files,
        args: &["extract", "a.txt", "2021-02-03.txt", "--allow-unreadable"],
        err: &["a.txt: is not text"],
        ..Case::default()
    });
}

#[test]
fn encodings_are_detected_or_named() {
    let latin = latin(STORY);
    check(&Case {
        files: &[("2021-02-03.txt", &latin)],
        args: &["explain", "2021-02-03.txt"],
        out: &["inondé", "soirée"],
        err: &["2021-02-03.txt", "is not UTF-8", "--encoding"],
        ..Case::default()
    });
    check(&Case {
        files: &[("2021-02-03.txt", &latin)],
        args: &["explain", "2021-02-03.txt", "--encoding", "latin1"],
        out: &["inondé"],
        not: &["warning"],
        ..Case::default()
    });
    let wide: Vec<u8> = [0xfeff].into_iter().chain(STORY.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    check(&Case {
        files: &[("2021-02-03.txt", &wide)],
        args: &["explain", "2021-02-03.txt"],
        out: &["inondé"],
        not: &["warning", "\u{feff}"],
        ..Case::default()
    });
    check(&Case {
        files: &[("2021-02-03.txt", STORY.as_bytes())],
        args: &["explain", "2021-02-03.txt", "--encoding", "utf-16le"],
        code: 2,
        err: &["2021-02-03.txt", "UTF-16LE", "--encoding"],
        ..Case::default()
    });
    check(&Case {
        args: &["explain", "-", "--encoding", "klingon"],
        code: 2,
        err: &["windows-1252"],
        ..Case::default()
    });
}

#[test]
fn a_hundred_megabytes_on_one_line() {
    let long = vec![b'a'; 100 << 20];
    let mut lines = long.clone();
    lines.push(b'\n');
    lines.extend_from_slice(
        format!("{{\"id\":\"second\",\"text\":{STORY:?},\"date\":\"2021-02-03\"}}\n").as_bytes(),
    );
    check(&Case {
        files: &[("long.txt", &long), ("long.jsonl", &lines)],
        args: &["annotate", "long.txt", "long.jsonl"],
        code: 2,
        out: &["\"id\":\"second\""],
        err: &["long.txt: is larger than", "long.jsonl:1: line is longer than"],
        ..Case::default()
    });
}

#[test]
fn a_language_that_is_not_read() {
    let danish = "Oversvømmelsen nåede byens centrum tirsdag morgen, og mere end tre hundrede mennesker blev \
        evakueret fra deres hjem om aftenen, oplyste borgmesteren til avisen.";
    check(&Case {
        files: &[("2021-02-03-a.txt", danish.as_bytes()), ("2021-02-03-b.txt", STORY.as_bytes())],
        args: &["extract", "2021-02-03-a.txt", "2021-02-03-b.txt"],
        code: 2,
        err: &["2021-02-03-a.txt", "language", "--lang", "read 1 article; skipped 1"],
        ..Case::default()
    });
    check(&Case {
        files: &[("2021-02-03-a.txt", danish.as_bytes())],
        args: &["extract", "2021-02-03-a.txt", "--lang", "da"],
        code: 2,
        err: &["en, fr"],
        ..Case::default()
    });
}

#[test]
fn damaged_archives_and_records() {
    let whole = gzip(&STORY.repeat(50).into_bytes());
    let records = "{\"id\":\"one\",\"text\":\"La crue est finie.\",\"lang\":\"fr\",\"date\":\"2021-02-03\"}\n\
        {\"id\":\"two\"\n\
        {\"id\":\"three\",\"body\":\"La crue est finie.\"}\n\
        \n\
        {\"id\":\"five\",\"text\":\"La crue est finie.\",\"lang\":\"fr\",\"date\":\"someday\"}\n";
    check(&Case {
        files: &[("cut.txt.gz", &whole[..whole.len() / 2]), ("some.jsonl", records.as_bytes())],
        args: &["annotate", "cut.txt.gz", "some.jsonl"],
        code: 2,
        out: &["\"id\":\"one\"", "\"id\":\"five\""],
        err: &[
            "cut.txt.gz: is damaged or cut short",
            "some.jsonl:2: is not a JSON object",
            "some.jsonl:3: has no field \"text\"",
            "--field-text",
            "some.jsonl:5: publication date \"someday\" cannot be read",
        ],
        ..Case::default()
    });
}

#[test]
fn a_folder_that_cannot_be_written() {
    let done = check(&Case {
        files: &[("2021-02-03.txt", STORY.as_bytes()), ("taken", b"a file")],
        args: &["extract", "2021-02-03.txt", "-o", "taken/output"],
        code: 2,
        err: &["taken", "cannot be written", "--output"],
        ..Case::default()
    });
    assert_eq!(done.file("taken"), b"a file");
}

#[test]
fn web_pages_tell_their_date_title_and_language() {
    let paragraphs = STORY.lines().map(|l| format!("<p>{l} {l}</p>")).collect::<String>();
    let page = |head: &str, time: &str| {
        format!(
            "<!DOCTYPE html><html lang=\"fr-FR\"><head><title>Crue à Nevers | Le Canard</title>{head}</head><body>\
             <nav><a href=\"/\">Accueil</a> <a href=\"/sport\">Sport</a></nav>\
             <article><h1>Crue à Nevers</h1>{time}{paragraphs}{paragraphs}</article>\
             <footer>Mentions légales</footer></body></html>"
        )
    };
    let linked = page(
        "<script type=\"application/ld+json\">{\"@context\":\"https://schema.org\",\"@graph\":[{\"@type\":\"WebSite\",\
         \"name\":\"Le Canard\"},{\"@type\":\"NewsArticle\",\"headline\":\"Crue à Nevers\",\
         \"datePublished\":\"2021-02-03T08:00:00+01:00\",\"publisher\":{\"@type\":\"Organization\",\"name\":\"Le \
         Canard\"}}]}</script>",
        "",
    );
    let graph = page("<meta property=\"article:published_time\" content=\"2021-02-04T08:00:00Z\">", "");
    let timed = page("", "<time datetime=\"2021-02-05\">5 février</time>");
    check(&Case {
        files: &[("a.html", linked.as_bytes()), ("b.html", graph.as_bytes()), ("c.htm", timed.as_bytes())],
        args: &["explain", "a.html", "b.html", "c.htm"],
        out: &[
            "a.html: fr, published 2021-02-03 (metadata)",
            "b.html: fr, published 2021-02-04 (metadata)",
            "c.htm: fr, published 2021-02-05 (metadata)",
            "Crue à Nevers\n",
            "Loire",
        ],
        not: &["Accueil", "Mentions"],
        ..Case::default()
    });
}

#[test]
fn front_matter_of_text_and_markdown() {
    let matter =
        "---\ntitle: Crue à Nevers\npublished: 2021-02-03\nurl: https://a.example/1\nlang: fr\n---\n";
    let text = format!("{matter}{STORY}");
    let markdown =
        "---\ndate: 2021-02-04\n---\n# Une crue\n\nLa **Loire** a inondé [Nevers](https://a.example).\n";
    check(&Case {
        files: &[("a.txt", text.as_bytes()), ("b.md", markdown.as_bytes())],
        args: &["explain", "a.txt", "b.md", "--lang", "fr"],
        out: &[
            "https://a.example/1: fr, published 2021-02-03 (metadata)\n\nCrue à Nevers\n",
            "b.md: fr, published 2021-02-04 (metadata)\n\nUne crue\n",
        ],
        not: &["**", "](", "---"],
        ..Case::default()
    });
}

#[test]
fn json_lines_with_fields_of_other_names() {
    let record = format!("{{\"key\":7,\"body\":{STORY:?},\"when\":\"2021-02-03\"}}\n");
    check(&Case {
        files: &[("a.jsonl", record.as_bytes())],
        args: &[
            "annotate",
            "a.jsonl",
            "--field-id",
            "key",
            "--field-text",
            "body",
            "--field-published",
            "when",
        ],
        out: &["{\"id\":\"7\",\"lang\":\"fr\",\"published\":\"2021-02-03\""],
        ..Case::default()
    });
}

#[test]
fn halves_of_characters_lose_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let line = r#"{"id":"a","text":"A fire \ud800 destroyed a mill in Leeds on 3 March 2015.","title":"cut \udfff","lang":"en"}"#;
    fs::write(folder.path().join("cut.jsonl"), line).unwrap();
    let args = ["extract", "cut.jsonl", "--quiet", "--format", "geojson,jsonl", "--output", "out"];
    let done = program(folder.path(), &args).output().unwrap();
    let told = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(told.contains("cut.jsonl:1") && told.contains("U+FFFD"), "{told}");
    let layer = fs::read_to_string(folder.path().join("out/events.geojson")).unwrap();
    let layer: serde_json::Value = serde_json::from_str(&layer).unwrap();
    assert_eq!(layer["features"].as_array().unwrap().len(), 1);
    let sentence = layer["features"][0]["properties"]["description"].as_str().unwrap();
    assert!(sentence.contains('\u{fffd}'), "{sentence}");
}

#[test]
fn a_json_list_and_ids_that_come_twice() {
    let list = format!(
        "[\n {{\n  \"id\": \"a\",\n  \"text\": {STORY:?}\n }},\n {{\"id\": \"a\", \"text\": {STORY:?}}}, 7\n]\n"
    );
    check(&Case {
        files: &[("a.json", list.as_bytes()), ("b.json", b"[\n1,\n")],
        args: &["annotate", "a.json", "b.json", "--published", "2021-02-03"],
        code: 2,
        out: &["{\"id\":\"a\",\"lang\":\"fr\"", "{\"id\":\"a#2\""],
        err: &[
            "occurs twice",
            "a.json:3: is not a JSON object",
            "b.json: is neither JSON Lines nor one JSON list",
        ],
        ..Case::default()
    });
}

#[test]
fn standard_input_and_packed_files() {
    check(&Case {
        args: &["annotate", "-", "--published", "2021-02-03"],
        stdin: STORY.as_bytes(),
        out: &["{\"id\":\"stdin\",\"lang\":\"fr\",\"published\":\"2021-02-03\""],
        ..Case::default()
    });
    let record = format!("{{\"id\":\"x\",\"text\":{STORY_EN:?}}}\n");
    check(&Case {
        args: &["annotate", "-"],
        stdin: &gzip(record.as_bytes()),
        out: &["{\"id\":\"x\",\"lang\":\"en\""],
        ..Case::default()
    });
    // Members and frames may follow one another.
    let gz = [gzip(STORY.as_bytes()), gzip(b"\nLa Loire baisse.\n")].concat();
    let zst = [zstd(STORY.as_bytes()), zstd(b"\nLa Loire baisse.\n")].concat();
    check(&Case {
        files: &[("2021-02-03-a.txt.gz", &gz), ("2021-02-03-b.txt.zst", &zst)],
        args: &["explain", "2021-02-03-a.txt.gz", "2021-02-03-b.txt.zst"],
        out: &["2021-02-03-a.txt.gz: fr", "2021-02-03-b.txt.zst: fr", "baisse"],
        ..Case::default()
    });
}

#[test]
fn folders_and_patterns_are_sorted() {
    let files: &[(&str, &[u8])] = &[
        ("news/b/2021-02-03.txt", STORY.as_bytes()),
        ("news/a/2021-02-03.txt", STORY.as_bytes()),
        ("news/a/notes.pdf", b"%PDF"),
        ("news/.hidden.txt", STORY.as_bytes()),
    ];
    for input in ["news", "news/*/*.txt"] {
        let done =
            check(&Case { files, args: &["annotate", input], not: &["notes", "hidden"], ..Case::default() });
        let out = String::from_utf8(done.out).unwrap();
        let ids: Vec<&str> = out.lines().map(|l| l.split('"').nth(3).unwrap()).collect();
        assert_eq!(ids, ["a/2021-02-03.txt", "b/2021-02-03.txt"], "{input}");
    }
    check(&Case {
        files: &[("empty/readme.rst", b"")],
        args: &["annotate", "empty", "gone/*.txt"],
        code: 2,
        err: &["empty: holds no", "gone/*.txt: matches no file"],
        ..Case::default()
    });
}

#[test]
fn the_same_bytes_with_any_number_of_threads_and_nothing_rewritten() {
    let records: String = (0..300)
        .map(|n| format!("{{\"id\":\"{n}\",\"text\":{STORY:?},\"date\":\"2021-02-{:02}\"}}\n", n % 28 + 1))
        .collect();
    let run = |threads: &str, command: &str, extra: &[&str]| {
        let args: Vec<&str> = [&[command, "a.jsonl", "--threads", threads], extra].concat();
        check(&Case { files: &[("a.jsonl", records.as_bytes())], args: &args, ..Case::default() })
    };
    assert_eq!(run("1", "annotate", &[]).out, run("2", "annotate", &[]).out);
    let (one, two) = (run("1", "extract", &["-q"]), run("2", "extract", &["-q"]));
    for file in ["output/events.geojson", "output/timeline.csv"] {
        assert_eq!(one.file(file), two.file(file), "{file}");
    }
    let again = program(one.folder.path(), &["extract", "a.jsonl", "-q"]).output().unwrap();
    let told = String::from_utf8_lossy(&again.stderr).into_owned();
    assert!(told.contains("unchanged output") && !told.contains("wrote"), "{told}");
    let left: Vec<String> = fs::read_dir(one.folder.path().join("output"))
        .unwrap()
        .map(|e| e.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with('.'))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_reader_that_leaves_is_no_error() {
    let records: String = (0..3000).map(|n| format!("{{\"id\":\"{n}\",\"text\":{STORY:?}}}\n")).collect();
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.jsonl"), records).unwrap();
    for args in
        [&["annotate", "a.jsonl"][..], &["extract", "a.jsonl", "-o", "-"], &["explain", "a.jsonl"], &["man"]]
    {
        let mut child = program(folder.path(), args).spawn().unwrap();
        drop(child.stdout.take());
        let mut err = String::new();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(0), "{args:?}\n{err}");
        assert!(!err.contains("error") && !err.contains("panic"), "{args:?}\n{err}");
    }
}

#[test]
fn standard_output_takes_one_format() {
    let files: &[(&str, &[u8])] = &[("2021-02-03.txt", STORY.as_bytes())];
    check(&Case {
        files,
        args: &["extract", "2021-02-03.txt", "-o", "-"],
        out: &["{\"type\":\"FeatureCollection\""],
        ..Case::default()
    });
    check(&Case {
        files,
        args: &["extract", "2021-02-03.txt", "-o", "-", "--format", "csv"],
        out: &["\u{feff}id,title,"],
        ..Case::default()
    });
    check(&Case {
        files,
        args: &["extract", "2021-02-03.txt", "-o", "-", "--format", "csv", "--undated"],
        code: 2,
        err: &["one format"],
        ..Case::default()
    });
}

#[test]
fn the_program_describes_itself() {
    check(&Case { args: &["schema"], out: &["start_time", "CC BY 4.0"], ..Case::default() });
    check(&Case { args: &["schema", "--format", "markdown"], out: &["| `start_time` |"], ..Case::default() });
    check(&Case { args: &["schema", "--format", "json-schema"], out: &["\"$schema\""], ..Case::default() });
    check(&Case { args: &["completions", "bash"], out: &["_dateline"], ..Case::default() });
    check(&Case { args: &["man"], out: &[".TH dateline"], ..Case::default() });
    check(&Case { args: &["extract", "--help"], out: &["--published"], ..Case::default() });
    check(&Case { args: &["extract"], code: 2, err: &["<INPUT>"], ..Case::default() });
    check(&Case {
        args: &["annotate", "-", "--format", "timeml"],
        stdin: STORY.as_bytes(),
        out: &["<TimeML>"],
        ..Case::default()
    });
}

#[test]
fn gazetteers_of_ones_own_lie_over_the_embedded_one() {
    let table: &[u8] = b"name,lat,lon,kind,country,names\nVal-Perdu,45.5,6.5,city,FR,Le Val-Perdu\n";
    let upper: &[u8] = b"name,lat,lon,kind,country\nVal-Perdu,46.5,7.5,city,CH\n";
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (one, two) = (path("one.idx"), path("two.idx"));
    for (table, index) in [(table, &one), (upper, &two)] {
        check(&Case {
            files: &[("places.csv", table)],
            args: &["gazetteer", "build", "places.csv", "-o", index],
            out: &["1 places"],
            ..Case::default()
        });
    }
    let text: &[u8] = b"Un incendie a d\xc3\xa9truit une ferme \xc3\xa0 Val-Perdu mardi.\n";
    let annotate = ["annotate", "--published", "2016-12-22", "a.txt", "--gazetteer", &one];
    let files: &[(&str, &[u8])] = &[("a.txt", text)];
    check(&Case { files, args: &annotate, out: &["\"lat\":45.5"], ..Case::default() });
    // The later one lies over the earlier one.
    let both = [&annotate[..], &["--gazetteer", &two]].concat();
    check(&Case { files, args: &both, out: &["\"lat\":46.5"], ..Case::default() });
    let other = [&annotate[..4], &["--gazetteer", &two, "--gazetteer", &one][..]].concat();
    check(&Case { files, args: &other, out: &["\"lat\":45.5"], ..Case::default() });
    let lookup = ["gazetteer", "lookup", "Val-Perdu", "--gazetteer", &one];
    check(&Case { args: &lookup, out: &["45.50000 N 6.50000 E"], ..Case::default() });
    // Instead of the embedded one: nothing else is known.
    let alone = path("alone.idx");
    let build = ["gazetteer", "build", "places.csv", "-o", &alone, "--instead", "--licence", "CC0"];
    check(&Case { files: &[("places.csv", table)], args: &build, out: &["1 places"], ..Case::default() });
    let info = ["gazetteer", "info", "--gazetteer", &alone];
    let out = &["alone.idx", "licence: CC0", "layer: instead", "checksum: ", ", holds"];
    check(&Case { args: &info, out, not: &["GeoNames"], ..Case::default() });
    let lookup = ["gazetteer", "lookup", "Paris", "--gazetteer", &alone];
    let err = &["no place is called `Paris`"];
    check(&Case { args: &lookup, code: 2, err, ..Case::default() });
}

#[test]
fn a_look_up_tells_why_a_place_comes_first() {
    let lookup = ["gazetteer", "lookup", "Saint-Denis", "--near", "Paris", "--country", "FR", "--lang", "fr"];
    let first = "Saint-Denis, Seine-Saint-Denis";
    let out = &[first, "main name", " people", "9 km away", "another name"];
    check(&Case { args: &lookup, out, not: &["R\u{e9}union"], ..Case::default() });
    let lookup = ["gazetteer", "lookup", "Saint-Denis", "--near", "Nulle-Part-sur-Rien"];
    check(&Case { args: &lookup, code: 2, err: &["--near"], ..Case::default() });
}

#[test]
fn a_gazetteer_that_cannot_be_used_is_named() {
    let cut: &[u8] = b"\x89DLGAZ\r\n\x01\0\0\0\x09\0\0\0\xff\xff\0\0\0\0\0\0";
    let files: &[(&str, &[u8])] =
        &[("a.txt", b"Rien."), ("cut.idx", cut), ("other.idx", b"PNG and no index")];
    for (name, told) in [
        ("none.idx", "cannot open the gazetteer index"),
        ("cut.idx", "damaged"),
        ("other.idx", "not a gazetteer index"),
    ] {
        let args = ["annotate", "a.txt", "--gazetteer", name];
        check(&Case { files, args: &args, code: 2, err: &[name, told], ..Case::default() });
    }
}
