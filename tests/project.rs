//! A project as a user lives with it: begun, regenerated, checked, compared, corrected, interrupted.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A folder with a project in it.
struct Desk {
    folder: tempfile::TempDir,
}

/// How a command ended.
struct Done {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Done {
    /// Both outputs, for messages.
    fn told(&self) -> String {
        format!("exit {:?}\n--- out\n{}\n--- err\n{}", self.code, self.out, self.err)
    }

    fn is(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}", self.told());
        self
    }

    fn says(self, words: &[&str]) -> Self {
        for word in words {
            assert!(self.out.contains(word) || self.err.contains(word), "{word:?} is not in {}", self.told());
        }
        self
    }
}

impl Desk {
    fn new(project: &str) -> Desk {
        let desk = Desk { folder: tempfile::tempdir().unwrap() };
        desk.write("dateline.toml", project);
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
        command.args(args).current_dir(self.folder.path()).stdin(Stdio::null());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn run(&self, args: &[&str]) -> Done {
        let done = self.command(args).output().unwrap();
        Done {
            code: done.status.code(),
            out: String::from_utf8_lossy(&done.stdout).into_owned(),
            err: String::from_utf8_lossy(&done.stderr).into_owned(),
        }
    }

    /// Outputs and lock, by name.
    fn outputs(&self) -> BTreeMap<String, Vec<u8>> {
        let mut all = BTreeMap::new();
        for entry in fs::read_dir(self.path("output")).into_iter().flatten() {
            let path = entry.unwrap().path();
            all.insert(path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap());
        }
        all.extend(fs::read(self.path("dateline.lock")).ok().map(|lock| ("dateline.lock".to_owned(), lock)));
        all
    }

    /// The cells of two columns of the timeline.
    fn column(&self, name: &str, of: &str) -> BTreeMap<String, String> {
        let text = self.read("output/timeline.csv");
        let mut table = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let header = table.headers().unwrap().clone();
        let at = |name: &str| header.iter().position(|c| c == name).unwrap();
        let (name, of) = (at(name), at(of));
        table.records().map(|r| r.unwrap()).map(|r| (r[of].to_owned(), r[name].to_owned())).collect()
    }

    fn ids(&self) -> Vec<String> {
        self.column("title", "id").into_keys().collect()
    }
}

/// Copies files and folders.
fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            fs::create_dir_all(&target).unwrap();
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

const TOWNS: [&str; 20] = [
    "Nevers", "Bourges", "Orléans", "Tours", "Angers", "Nantes", "Rennes", "Brest", "Quimper", "Lorient",
    "Vannes", "Le Mans", "Laval", "Caen", "Rouen", "Amiens", "Lille", "Reims", "Metz", "Nancy",
];

/// A small article; no two say the same.
fn article(number: usize) -> (String, String) {
    let town = TOWNS[number % TOWNS.len()];
    let (month, day) = (number / TOWNS.len() % 12 + 1, number % 28 + 1);
    let killed = number % 7 + 2;
    let text = format!(
        "Un incendie a détruit une usine de {town} mardi soir. {killed} personnes ont été blessées, a annoncé le préfet.\n\n\
         Des habitants ont manifesté à {town} le lendemain. L'usine numéro {number} employait {} ouvriers.\n",
        40 + number
    );
    (format!("news/2021-{month:02}-{day:02}-{number:03}.txt"), text)
}

fn with_articles(desk: &Desk, count: usize) {
    for number in 0..count {
        let (name, text) = article(number);
        desk.write(&name, text);
    }
}

const PROJECT: &str = "sources = [\"news\"]\nformats = [\"geojson\", \"csv\", \"jsonl\"]\n";

#[test]
fn a_story_from_init_to_a_clone() {
    let desk = Desk { folder: tempfile::tempdir().unwrap() };
    desk.run(&["init", "--sources", "news", "--github", "--gitlab", "--pre-commit", "--systemd"])
        .is(0)
        .says(&["dateline.toml", ".github/workflows/dateline.yml", "next: put articles into news"]);
    desk.run(&["init"]).is(2).says(&["dateline.toml", "exists already"]);
    desk.run(&["run"]).is(2).says(&["dateline.toml:", "\"news\" does not exist", "sources = [\"news\"]"]);
    with_articles(&desk, 200);
    desk.run(&["check"]).is(1).says(&["output/timeline.csv is missing"]);
    desk.run(&["run"]).is(0).says(&[
        "read 200 articles\n",
        "wrote output/events.geojson",
        "wrote dateline.lock",
    ]);
    let first = desk.outputs();
    desk.run(&["check"]).is(0).says(&["fresh"]);
    desk.run(&["run"]).is(0).says(&["nothing changed"]);
    assert!(desk.outputs() == first);

    // One article of two hundred.
    let old = desk.path("old");
    fs::create_dir(&old).unwrap();
    copy(&desk.path("output"), &old);
    let (name, text) = article(77);
    desk.write(&name, text.replace("mardi", "lundi"));
    desk.run(&["check"]).is(1).says(&["output/timeline.csv is stale", "moved in time"]);
    let told = desk.run(&["check", "--format", "json"]).is(1).out;
    let told: serde_json::Value = serde_json::from_str(&told).unwrap();
    assert!(told["fresh"] == false && told["annotations"][0]["file"] == name.as_str(), "{told:#}");
    desk.run(&["check", "--format", "github"]).is(1).says(&[&format!("::warning file={name},line=1,")]);
    assert!(desk.outputs() == first, "check writes nothing");
    desk.run(&["run"]).is(0).says(&["read 200 articles, 1 of them anew"]);
    let difference = desk.run(&["diff", "old", "output", "--format", "json"]).is(1);
    let difference: serde_json::Value = serde_json::from_str(&difference.out).unwrap();
    for kind in ["added", "removed", "merged", "split"] {
        assert_eq!(difference[kind].as_array().unwrap().len(), 0, "{difference:#}");
    }
    let changed = difference["changed"].as_array().unwrap();
    assert!(!changed.is_empty() && changed.iter().all(|c| c["doc_id"] == name.as_str()), "{difference:#}");
    desk.run(&["diff", "output", "output"]).is(0);

    // A clone without a cache agrees, to the byte.
    let clone = Desk { folder: tempfile::tempdir().unwrap() };
    copy(desk.folder.path(), clone.folder.path());
    fs::remove_dir_all(clone.path(".dateline")).unwrap();
    clone.run(&["check"]).is(0).says(&["fresh"]);
    clone.run(&["run"]).is(0).says(&["the outputs are as before"]);
    assert!(clone.outputs() == desk.outputs());
    assert!(
        !clone
            .path("output")
            .read_dir()
            .unwrap()
            .any(|e| { e.unwrap().file_name().to_string_lossy().ends_with(".part") })
    );
}

#[test]
fn killed_at_twenty_moments_it_ends_with_the_same_bytes() {
    let desk = Desk::new(PROJECT);
    with_articles(&desk, 200);
    desk.run(&["run", "-q"]).is(0);
    let old = desk.outputs();
    // What every run below has to do.
    let edit = |desk: &Desk| {
        for number in 0..200 {
            let (name, text) = article(number);
            desk.write(&name, text.replace("mardi", "lundi"));
        }
    };
    let fresh = || {
        let copied = Desk { folder: tempfile::tempdir().unwrap() };
        copy(desk.folder.path(), copied.folder.path());
        edit(&copied);
        copied
    };
    let undisturbed = fresh();
    let begun = Instant::now();
    undisturbed.run(&["run", "-q"]).is(0);
    let whole = begun.elapsed();
    let new = undisturbed.outputs();
    assert!(old != new);
    let mut random: u64 = 0x5eed;
    let mut survived = 0;
    for round in 0..20 {
        let desk = fresh();
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        // From the very start to a little after the usual end.
        let share = (random >> 33) as f64 / f64::from(u32::MAX >> 1) * 1.1;
        let mut child = desk.command(&["run", "-q"]).spawn().unwrap();
        std::thread::sleep(Duration::from_secs_f64(whole.as_secs_f64() * share));
        child.kill().unwrap();
        survived += usize::from(child.wait().unwrap().success());
        for (name, bytes) in desk.outputs() {
            if !name.ends_with(".part") {
                let whole = old.get(&name) == Some(&bytes) || new.get(&name) == Some(&bytes);
                assert!(whole, "round {round}: {name} is neither the old nor the new one");
            }
        }
        desk.run(&["run", "-q"]).is(0);
        assert!(desk.outputs() == new, "round {round} ends with other bytes");
        desk.run(&["check"]).is(0);
    }
    assert!(survived < 20, "no run was killed");
}

#[test]
fn an_interrupted_run_goes_on_where_it_was() {
    let desk = Desk::new(PROJECT);
    with_articles(&desk, 40);
    desk.run(&["run", "-q"]).is(0);
    let outputs = desk.outputs();
    // The last entry of the cache was cut off, and what the run left is gone.
    let pack = fs::read(desk.path(".dateline/documents.pack")).unwrap();
    fs::write(desk.path(".dateline/documents.pack"), &pack[..pack.len() - 7]).unwrap();
    fs::remove_file(desk.path(".dateline/state.json")).unwrap();
    desk.run(&["run"]).is(0).says(&["read 40 articles, 1 of them anew"]);
    assert!(desk.outputs() == outputs);
    // Bytes changed in the middle: the entry is told by its checksum.
    let mut pack = fs::read(desk.path(".dateline/documents.pack")).unwrap();
    let middle = pack.len() / 2;
    pack[middle] ^= 0x55;
    fs::write(desk.path(".dateline/documents.pack"), &pack).unwrap();
    fs::remove_file(desk.path(".dateline/state.json")).unwrap();
    desk.run(&["run"]).is(0).says(&["of them anew"]);
    assert!(desk.outputs() == outputs);
    // A file of something else under the name of the cache is moved away, not lost.
    desk.write(".dateline/documents.pack", "PK\x03\x04 a file of something else");
    fs::remove_file(desk.path(".dateline/state.json")).unwrap();
    desk.run(&["run"]).is(0).says(&["is no cache of dateline", "documents.foreign"]);
    assert!(desk.read(".dateline/documents.foreign").contains("something else"));
    assert!(desk.outputs() == outputs);
}

#[test]
fn outputs_changed_by_hand_are_never_overwritten_silently() {
    let desk = Desk::new(PROJECT);
    with_articles(&desk, 3);
    desk.run(&["run", "-q"]).is(0);
    let edited = desk.read("output/timeline.csv") + "a note\n";
    desk.write("output/timeline.csv", &edited);
    let layer = desk.read("output/events.geojson");
    desk.run(&["check"]).is(1).says(&["output/timeline.csv was changed since the last run"]);
    let (name, text) = article(1);
    desk.write(&name, text.replace("mardi", "lundi"));
    desk.run(&["run"]).is(2).says(&[
        "output/timeline.csv",
        "changed since the last run",
        "--force",
        "dateline correct",
    ]);
    assert_eq!(desk.read("output/timeline.csv"), edited);
    assert_eq!(desk.read("output/events.geojson"), layer, "nothing else is written either");
    desk.run(&["run", "--force"]).is(0).says(&["wrote output/timeline.csv"]);
    desk.run(&["check"]).is(0);
    // Files that something else made are no different.
    let desk = Desk::new(PROJECT);
    with_articles(&desk, 1);
    desk.write("output/events.geojson", "{}");
    desk.run(&["run"]).is(2).says(&["output/events.geojson", "made by something else"]);
    assert_eq!(desk.read("output/events.geojson"), "{}");
}

#[test]
fn formats_that_are_no_longer_wanted_go() {
    let desk = Desk::new(PROJECT);
    with_articles(&desk, 2);
    desk.run(&["run", "-q"]).is(0);
    desk.write("dateline.toml", "sources = [\"news\"]\nformats = [\"csv\"]\n");
    desk.run(&["check"]).is(1).says(&["output/events.jsonl is not written any more"]);
    desk.run(&["run"]).is(0).says(&["removed output/events.jsonl"]);
    assert!(!desk.path("output/events.jsonl").exists() && desk.path("output/timeline.csv").exists());
    desk.run(&["check"]).is(0);
}

#[test]
fn mistakes_of_the_project_file_are_told_with_their_lines() {
    let cases: &[(&str, &[&str])] = &[
        (
            "sources = [\"news\"]\nouput = \"x\"\n",
            &["dateline.toml:2: unknown key ouput", "did you mean output?", "ouput = \"x\""],
        ),
        (
            "sources = [\"news\"]\n[filter]\nfrm = 2021-01-01\n",
            &["dateline.toml:3: unknown key frm", "did you mean from?"],
        ),
        (
            "sources = [\"news\"]\n[[metadata]]\nmatch = \"**\"\npublsher = \"x\"\n",
            &["dateline.toml:4: unknown key publsher", "did you mean publisher?"],
        ),
        ("sources = [\"news\"\n", &["dateline.toml:"]),
        ("formats = [\"csv\"]\n", &["no key sources"]),
        (
            "sources = [\"news\"]\nformats = [\"geojsn\"]\n",
            &["dateline.toml:2: \"geojsn\" is no format", "did you mean geojson?"],
        ),
        ("sources = [\"news\"]\nstatuses = [\"maybe\"]\n", &["is no status", "asserted, reported"]),
        ("sources = [\"news\"]\nmin_confidence = 3\n", &["dateline.toml:2: wants a number from 0 to 1"]),
        (
            "sources = [\"news\"]\n[filter]\nfrom = 2022-01-01\nto = 2021-01-01\n",
            &["dateline.toml:4: to, 2021-01-01, is before from"],
        ),
        (
            "sources = [\"news\"]\n[filter]\nbbox = [1, 2, 3]\n",
            &["dateline.toml:3: wants west, south, east and north"],
        ),
        (
            "sources = [\"news\"]\ncsv_dialect = \"tsv\"\nformats = [\"geojson\"]\n",
            &["dateline.toml:2: csv_dialect is set, but csv is not"],
        ),
        (
            "sources = [\"news\"]\n[publishers]\nA = [\"X\"]\nB = [\"X\"]\n",
            &["dateline.toml:4: \"X\" is in two groups, A and B"],
        ),
        (
            "sources = [\"news\"]\n[[metadata]]\nmatch = \"**\"\ntime_zone = \"Europe/Pari\"\n",
            &["dateline.toml:4:", "did you mean Europe/Paris?"],
        ),
        ("sources = [\"news\"]\ncache = \"output\"\n", &["cache and output are the same folder"]),
        (
            "sources = [\"news\", \"gone/*.txt\"]\n",
            &["dateline.toml:1: source \"gone/*.txt\" matches no file"],
        ),
        ("sources = [\"/news\"]\n", &["is an absolute path"]),
        ("sources = [\"output\"]\n", &["\"output\" does not exist"]),
        (
            "sources = [\"news\"]\ngazetteers = [\"places.idx\"]\n",
            &["dateline.toml:2: gazetteer \"places.idx\" does not exist"],
        ),
        (
            "sources = [\"news\"]\ncorrections = [\"fixes.toml\"]\n",
            &["dateline.toml:2: corrections \"fixes.toml\" do not exist"],
        ),
    ];
    for (project, wanted) in cases {
        let desk = Desk::new(project);
        with_articles(&desk, 1);
        desk.run(&["run"]).is(2).says(wanted);
        assert!(!desk.path("output").exists(), "nothing is written: {project}");
    }
    let several = Desk::new("sorces = [\"news\"]\nouput = \"x\"\n");
    several.run(&["check"]).is(2).says(&["did you mean sources?", "did you mean output?"]);
    let none = Desk { folder: tempfile::tempdir().unwrap() };
    none.run(&["run"]).is(2).says(&["no dateline.toml here", "dateline init"]);
}

#[test]
fn inputs_that_are_odd() {
    let desk = Desk::new("sources = [\"news\", \"feeds/*.jsonl\"]\n");
    with_articles(&desk, 1);
    desk.write("news/Le Monde, été 2021-02-03.txt", "Un incendie a détruit une usine de Nevers mardi.\n");
    let record =
        "{\"id\":\"a\",\"text\":\"Un incendie a détruit une usine de Tours mardi.\",\"date\":\"2021-02-03\"}";
    desk.write("feeds/one.jsonl", format!("{record}\nnot a record\n"));
    desk.write("feeds/two.jsonl", format!("\n{record}\n"));
    #[cfg(unix)]
    desk.write("news/new\nline 2021-02-03.txt", "Un incendie a détruit une usine de Brest mardi.\n");
    let told: &[&str] = &[
        "feeds/two.jsonl:2: the id a is also that of feeds/one.jsonl:1; this one is called a#2",
        "feeds/one.jsonl:2: is not a JSON object",
    ];
    desk.run(&["run"]).is(2).says(told).says(&["skipped: 1 is not a JSON object"]);
    // The same is told when everything comes from the cache, and by a clone.
    fs::remove_file(desk.path(".dateline/state.json")).unwrap();
    desk.run(&["run"]).is(2).says(told).says(&["all as before"]);
    desk.run(&["check"]).is(2).says(told);
    desk.run(&["check", "--format", "github"]).is(2).says(&["::error file=feeds/one.jsonl,line=2,"]);
    let docs = desk.column("doc_id", "place");
    assert_eq!(docs["Nevers"], "news/Le Monde, été 2021-02-03.txt");
    desk.write("dateline.toml", "sources = [\"news\", \"feeds/*.jsonl\"]\nallow_unreadable = true\n");
    desk.run(&["run"]).is(0).says(told);
}

#[test]
fn names_that_differ_by_case_alone_are_told() {
    let desk = Desk::new(PROJECT);
    desk.write("news/2021-02-03-a.txt", "Un incendie a détruit une usine de Nevers mardi.\n");
    desk.write("news/2021-02-03-A.txt", "Un incendie a détruit une usine de Tours mardi.\n");
    if fs::read_dir(desk.path("news")).unwrap().count() == 2 {
        desk.run(&["run"]).is(0).says(&["differ by case alone"]);
    }
}

#[test]
fn a_lock_that_is_damaged_or_foreign() {
    let desk = Desk::new(PROJECT);
    with_articles(&desk, 2);
    desk.run(&["run", "-q"]).is(0);
    let lock = desk.read("dateline.lock");
    desk.write("dateline.lock", lock.replace("[counts]", "<<<<<<< HEAD\n[counts]"));
    desk.run(&["check"]).is(1).says(&["dateline.lock:", "unresolved conflict"]);
    desk.run(&["run"]).is(0).says(&["unresolved conflict", "wrote dateline.lock"]);
    assert_eq!(desk.read("dateline.lock"), lock);
    desk.write("dateline.lock", "version = 3\n[[package]]\nname = \"x\"\n");
    desk.run(&["run"]).is(0).says(&["is no lock of dateline"]);
    assert_eq!(desk.read("dateline.lock"), lock);
}

#[test]
fn metadata_by_pattern() {
    let desk = Desk::new(
        "sources = [\"news\"]\n\
         [[metadata]]\nmatch = \"news/**\"\npublisher = \"Agence\"\npublished = \"{year}/{month}/{day}/*\"\n\
         [[metadata]]\nmatch = \"news/late.jsonl\"\ntime_zone = \"Europe/Paris\"\nfields = { text = \"body\" }\n",
    );
    desk.write("news/2021/02/03/crue.txt", "Un incendie a détruit une usine de Nevers hier.\n");
    // Half past eleven in the evening in universal time is the next day in Paris.
    desk.write(
        "news/late.jsonl",
        "{\"id\":\"late\",\"body\":\"Un incendie a détruit une usine de Tours hier.\",\"date\":\"2021-02-03T23:30:00Z\"}\n",
    );
    desk.run(&["run"]).is(0);
    let days = desk.column("start_time", "place");
    assert_eq!((&days["Nevers"][..10], &days["Tours"][..10]), ("2021-02-02", "2021-02-03"));
    assert!(desk.column("publisher", "place").values().all(|p| p == "Agence"));
}

#[test]
fn filters_leave_out_and_count() {
    let desk = Desk::new("sources = [\"news\"]\n[filter]\nfrom = 2021-02-03\nbbox = [2, 46, 4, 48]\n");
    desk.write("news/2021-02-05-a.txt", "Un incendie a détruit une usine de Nevers hier.\n");
    desk.write("news/2021-02-05-b.txt", "Un incendie a détruit une usine de Brest hier.\n");
    desk.write("news/2021-02-01-c.txt", "Un incendie a détruit une école de Nevers hier.\n");
    desk.run(&["run"]).is(0).says(&["left out: 1 by bbox, 1 by time"]);
    assert_eq!(desk.ids().len(), 1);
}

#[test]
fn another_run_at_the_same_time_is_told() {
    let desk = Desk::new(PROJECT);
    with_articles(&desk, 1);
    desk.run(&["run", "-q"]).is(0);
    let held = fs::OpenOptions::new().write(true).open(desk.path(".dateline/in-use")).unwrap();
    held.lock().unwrap();
    desk.run(&["run"]).is(2).says(&["another run is at work here"]);
    desk.run(&["check"]).is(0);
}

#[test]
fn revisions_of_git_are_compared() {
    let desk = Desk::new("sources = [\"news\"]\n");
    with_articles(&desk, 2);
    desk.run(&["run", "-q"]).is(0);
    let git = |args: &[&str]| {
        let set = ["-c", "user.name=a", "-c", "user.email=a@localhost", "-c", "commit.gpgsign=false"];
        Command::new("git").args(set).args(args).current_dir(desk.folder.path()).output()
    };
    // Without git there is nothing to compare.
    if !git(&["init", "-q"]).is_ok_and(|done| done.status.success()) {
        return;
    }
    git(&["add", "-A"]).unwrap();
    git(&["commit", "-q", "-m", "one"]).unwrap();
    let (name, text) = article(1);
    desk.write(&name, text.replace("mardi", "lundi"));
    desk.run(&["run", "-q"]).is(0);
    desk.run(&["diff", "HEAD:output", "output"]).is(1).says(&["moved in time"]);
    desk.run(&["diff", "HEAD", "--format", "markdown"]).is(1).says(&["**Moved in time**"]);
    desk.run(&["diff", "HEAD:output/timeline.csv", "output/timeline.csv"]).is(1).says(&["moved in time"]);
    desk.run(&["diff", "gone", "output"])
        .is(2)
        .says(&["neither a folder or file nor outputs in a git revision"]);
}

#[test]
fn corrections_are_kept_and_told() {
    let desk = Desk::new("sources = [\"news\"]\nformats = [\"csv\", \"jsonl\"]\nstatuses = [\"all\"]\n");
    for (day, town) in [(1, "Nevers"), (2, "Tours"), (3, "Brest"), (4, "Lille"), (5, "Metz"), (6, "Caen")] {
        let text = format!("Un incendie a détruit une usine de {town} hier.\n\nLe vent était fort.\n");
        desk.write(&format!("news/2021-02-0{day}-{town}.txt"), text);
    }
    desk.run(&["run", "-q"]).is(0);
    let id = |place: &str| desk.column("id", "place")[place].clone();
    let places = desk.column("place_id", "place");
    let (nevers, tours, brest, lille, metz) =
        (id("Nevers"), id("Tours"), id("Brest"), id("Lille"), id("Metz"));
    let correct = |args: &[&str]| desk.run(&[&["correct"], args].concat());
    correct(&[
        &nevers,
        "--place",
        &places["Tours"],
        "--killed",
        "3",
        "--who",
        "Ada",
        "--why",
        "the desk called",
    ])
    .is(0);
    correct(&[&tours[..8], "--date", "2020-12", "--title", "Une usine brûle"]).is(0);
    correct(&[&brest, "--drop"]).is(0);
    correct(&[&lille, "--merge", &metz]).is(0);
    correct(&[
        "--add",
        "--title",
        "Une digue a cédé",
        "--date",
        "2021-02-04",
        "--place",
        &places["Brest"],
        "--type",
        "disaster",
    ])
    .is(0);
    correct(&["--pin", "Caen", "--place", &places["Lille"], "--why", "another Caen"]).is(0);
    // What cannot be right is not written.
    let held = desk.read("corrections.toml");
    correct(&["ffff", "--drop"]).is(2).says(&["no happening is called ffff"]);
    correct(&[&nevers, "--date", "soon"]).is(2).says(&["\"soon\" is no date"]);
    correct(&[&nevers, "--type", "disastr"]).is(2).says(&["did you mean disaster?"]);
    correct(&[&nevers, "--place", "geonames:1"])
        .is(2)
        .says(&["geonames:1 is in no gazetteer", "gazetteer lookup"]);
    correct(&[&nevers]).is(2).says(&["nothing to correct"]);
    assert_eq!(desk.read("corrections.toml"), held);
    desk.run(&["check"]).is(1);
    desk.run(&["run"]).is(0).says(&["wrote output/timeline.csv"]);
    let by_id = |column: &str| desk.column(column, "id");
    assert_eq!(by_id("place")[&nevers], "Tours");
    assert_eq!(by_id("killed")[&nevers], "3");
    assert_eq!(by_id("confidence")[&nevers], "1");
    assert_eq!(by_id("title")[&tours], "Une usine brûle");
    assert_eq!(
        (&by_id("start_time")[&tours][..], &by_id("date_rule")[&tours][..]),
        ("2020-12-01T00:00:00", "edited")
    );
    assert!(!by_id("id").contains_key(&brest) && !by_id("id").contains_key(&metz));
    assert_eq!(desk.column("event_type", "title")["Une digue a cédé"], "disaster");
    assert_eq!(desk.column("place", "doc_id")["news/2021-02-06-Caen.txt"], "Lille");
    let nested = desk.read("output/events.jsonl");
    let line = nested.lines().find(|l| l.contains(&nevers)).unwrap();
    assert!(line.contains("\"edited\"") && line.contains("edited by Ada: the desk called"), "{line}");
    assert!(nested.lines().any(|l| l.contains(&lille) && l.contains(&metz)), "{metz} is an alias of {lille}");
    desk.run(&["explain", "news/2021-02-01-Nevers.txt", "--project", "dateline.toml"])
        .is(0)
        .says(&["edited by Ada: the desk called", "Tours"]);
    desk.run(&["check"]).is(0);

    // Places that are read otherwise: the corrections hold.
    desk.write("places.csv", "name,lat,lon,kind\nNevers,10,10,city\nTours,11,11,city\n");
    desk.run(&["gazetteer", "build", "places.csv", "-o", "places.idx"]).is(0);
    desk.write(
        "dateline.toml",
        "sources = [\"news\"]\nformats = [\"csv\"]\nstatuses = [\"all\"]\ngazetteers = [\"places.idx\"]\n",
    );
    desk.run(&["run"]).is(0).says(&["read 6 articles\n"]);
    let by_id = |column: &str| desk.column(column, "id");
    assert_eq!(by_id("place_id")[&nevers], places["Tours"]);
    assert_eq!(by_id("title")[&tours], "Une usine brûle");

    // An article is reworded: its correction has lost its happening, and the new one is proposed.
    desk.write("news/2021-02-01-Nevers.txt", "Un grand incendie a détruit une usine de Nevers hier.\n");
    let told =
        desk.run(&["run"]).is(0).says(&["corrections.toml:3: no happening is called", "perhaps it is"]);
    let new = desk.column("id", "doc_id")["news/2021-02-01-Nevers.txt"].clone();
    assert!(new != nevers && told.err.contains(&new), "{}", told.told());
    desk.run(&["check", "--format", "sarif"])
        .is(0)
        .says(&["\"correction\"", "\"uri\": \"corrections.toml\""]);
}

#[test]
fn the_last_gazetteer_of_the_project_lies_over_the_others() {
    let desk =
        Desk::new("sources = [\"news\"]\nformats = [\"csv\"]\ngazetteers = [\"low.idx\", \"high.idx\"]\n");
    for (index, table) in [
        ("low.idx", "name,lat,lon,kind,country\nVal-Perdu,45.5,6.5,city,FR\nMornedal,44.5,5.5,city,FR\n"),
        ("high.idx", "name,lat,lon,kind,country\nVal-Perdu,46.5,7.5,city,CH\n"),
    ] {
        desk.write("places.csv", table);
        desk.run(&["gazetteer", "build", "places.csv", "-o", index]).is(0);
    }
    desk.write("news/2021-02-01-a.txt", "Un incendie a détruit une ferme à Val-Perdu hier.\n");
    desk.write("news/2021-02-02-b.txt", "Une explosion a détruit une usine à Mornedal hier.\n");
    desk.write("news/2021-02-03-c.txt", "Une inondation a détruit une école à Nevers hier.\n");
    let latitudes = || {
        desk.run(&["run", "-q"]).is(0);
        let column = desk.column("latitude", "place");
        ["Val-Perdu", "Mornedal", "Nevers"].map(|place| column[place].chars().take(4).collect::<String>())
    };
    assert_eq!(latitudes(), ["46.5", "44.5", "46.9"]);
    desk.write(
        "dateline.toml",
        "sources = [\"news\"]\nformats = [\"csv\"]\ngazetteers = [\"high.idx\", \"low.idx\"]\n",
    );
    assert_eq!(latitudes(), ["45.5", "44.5", "46.9"]);
}

#[test]
fn corrections_in_a_table() {
    let desk = Desk::new("sources = [\"news\"]\nformats = [\"csv\"]\ncorrections = [\"fixes.csv\"]\n");
    desk.write("fixes.csv", "action,id,title,date,place,phrase,why\n");
    desk.write("news/2021-02-01-a.txt", "Un incendie a détruit une usine de Nevers hier.\n");
    desk.write("news/2021-02-02-b.txt", "Le Grand incendie de Tours a détruit une école hier.\n");
    desk.run(&["run", "-q"]).is(0);
    let id = desk.column("id", "place")["Nevers"].clone();
    desk.write(
        "fixes.csv",
        format!("action;id;title;date;place;phrase;why\r\nset;{id};Feu;2021-01-30;;;\"vu; de près\"\r\nignore;;;;;hier.;\r\n"),
    );
    desk.run(&["run", "-q"]).is(0);
    assert_eq!(desk.column("title", "id")[&id], "Feu");
    assert_eq!(desk.column("start_time", "id")[&id], "2021-01-30T00:00:00");
    desk.run(&["run"]).is(0).says(&["1 without a time"]);
    for (table, wanted) in [
        ("action,id\nset,\n", &["fixes.csv:2: set has no id"][..]),
        ("action,id\ndorp,x\n", &["fixes.csv:2: \"dorp\" is no action", "did you mean drop?"]),
        ("action,idd\n", &["fixes.csv:1: unknown key idd", "did you mean id?"]),
        ("id\nx\n", &["fixes.csv:1: no column action"]),
        ("action,id,place\ndrop,x,y\n", &["fixes.csv:2: unknown key place"]),
    ] {
        desk.write("fixes.csv", table);
        desk.run(&["run"]).is(2).says(wanted);
    }
    desk.write("dateline.toml", "sources = [\"news\"]\n");
    desk.write("corrections.toml", "[[set]]\nid = \"x\"\nplce = \"geonames:1\"\n\n[[dorp]]\nid = \"y\"\n");
    desk.run(&["run"]).is(2).says(&[
        "corrections.toml:3: unknown key plce",
        "did you mean place?",
        "corrections.toml:5: unknown key dorp",
    ]);
    desk.write("corrections.toml", format!("[[drop]]\nid = \"ffffffffffffffff\"\n[[set]]\nid = \"{id}\"\nstatus = \"asserted\"\n[[pin]]\nname = \"Zzyx\"\nplace = \"geonames:2990969\"\n"));
    desk.run(&["run", "--force"]).is(0).says(&[
        "corrections.toml:1: no happening is called ffffffffffffffff any more",
        "is so by itself now",
        "corrections.toml:6: no article names \"Zzyx\" any more",
    ]);
}

#[test]
fn tellings_are_parted_and_stay_so() {
    let desk = Desk::new("sources = [\"news\"]\nformats = [\"csv\"]\n");
    let text = "Un incendie a détruit une usine de Nevers lundi soir.\n";
    desk.write("news/2021-02-02-a.txt", text);
    desk.write("news/2021-02-03-b.txt", text);
    desk.run(&["run", "-q"]).is(0);
    let ids = desk.ids();
    assert_eq!((ids.len(), &desk.column("sources", "id")[&ids[0]][..]), (1, "2"));
    let lock = desk.read("dateline.lock");
    let alias =
        lock.lines().find(|l| l.contains(&format!("= \"{}\"", ids[0]))).unwrap().split('"').nth(1).unwrap();
    fs::create_dir(desk.path("old")).unwrap();
    copy(&desk.path("output"), &desk.path("old"));
    fs::copy(desk.path("dateline.lock"), desk.path("old/dateline.lock")).unwrap();
    desk.run(&["correct", &ids[0], "--split", alias]).is(0);
    desk.run(&["run", "-q"]).is(0);
    assert_eq!(desk.ids().len(), 2);
    assert!(desk.ids().contains(&alias.to_owned()));
    desk.run(&["diff", "old", "output"]).is(1).says(&["1 split", "was part of"]);
    desk.run(&["diff", "output", "old"]).is(1).says(&["1 merged", "is now part of"]);
}

/// What an edit may not do to the ids of happenings that it does not touch, and what may change one.
#[test]
fn ids_are_stable() {
    let quake = "Un séisme a frappé Amiens dimanche. Deux personnes sont mortes.";
    let fire = "Un incendie a détruit une usine de Nevers mardi soir.";
    let page = |title: &str, body: &str| format!("---\ntitle: {title}\ndate: 2021-02-04\n---\n{body}\n");
    let ids = |files: &[(&str, String)], project: &str| {
        let desk = Desk::new(project);
        files.iter().for_each(|(name, text)| desk.write(name, text));
        desk.run(&["run", "-q"]).is(0);
        desk.column("id", "title")
    };
    let plain = "sources = [\"news\"]\nformats = [\"csv\"]\n";
    let body = format!("{quake}\n\n{fire}");
    let base = ids(&[("news/a.md", page("Le point", &body))], plain);
    let of = |found: &BTreeMap<String, String>, word: &str| {
        let all: Vec<&String> =
            found.iter().filter(|(title, _)| title.contains(word)).map(|(_, id)| id).collect();
        assert_eq!(all.len(), 1, "{word}: {found:?}");
        all[0].clone()
    };
    let (shaken, burnt) = (of(&base, "séisme"), of(&base, "incendie"));
    let same = |what: &str, found: &BTreeMap<String, String>| {
        assert_eq!((of(found, "séisme"), of(found, "incendie")), (shaken.clone(), burnt.clone()), "{what}");
    };
    same("another headline", &ids(&[("news/a.md", page("Tout autre chose", &body))], plain));
    let grown =
        format!("La pluie tombait depuis des jours.\n\n{quake}\n\nLe maire a parlé.\n\n{fire}\n\nFin.");
    same("other words around", &ids(&[("news/a.md", page("Le point", &grown))], plain));
    let swapped = format!("{fire}\n\n{quake}");
    same("another order of paragraphs", &ids(&[("news/a.md", page("Le point", &swapped))], plain));
    let spaced = body.replace(" a détruit", "  a\u{a0}détruit").replace("Nevers", "NEVERS");
    same("other spaces and capitals", &ids(&[("news/a.md", page("Le point", &spaced))], plain));
    let later = page("Le point", &body).replace("2021-02-04", "2021-02-05");
    same("another publication date", &ids(&[("news/a.md", later)], plain));
    let other =
        ("news/0.md", page("Divers", "Un train a déraillé près de Lille lundi.").replace("02-04", "02-03"));
    same("another article", &ids(&[("news/a.md", page("Le point", &body)), other], plain));
    let again = ("news/b.md", page("Encore", fire).replace("02-04", "02-05"));
    same(
        "a later article that tells the same",
        &ids(&[("news/a.md", page("Le point", &body)), again], plain),
    );
    let turned =
        "sources = [\"news/b.md\", \"news/a.md\"]\nformats = [\"csv\", \"jsonl\"]\nmin_confidence = 0.01\n";
    let quiet = ("news/b.md", page("Rien", "La ville est calme."));
    same("another order of inputs", &ids(&[("news/a.md", page("Le point", &body)), quiet], turned));

    // What may change an id: the words of the first telling, and the name of the article.
    let reworded = body.replace("Un incendie a détruit", "Un violent incendie a détruit");
    let found = ids(&[("news/a.md", page("Le point", &reworded))], plain);
    assert!(of(&found, "incendie") != burnt && of(&found, "séisme") == shaken);
    let found = ids(&[("news/z.md", page("Le point", &body))], plain);
    assert!(of(&found, "incendie") != burnt && of(&found, "séisme") != shaken);
}

#[test]
fn publishers_that_print_one_anothers_words_are_one_source() {
    let text = |day| {
        format!(
            "---\npublisher: P{day}\ndate: 2021-02-0{day}\n---\nUn incendie a détruit une usine de Nevers lundi soir.\n"
        )
    };
    for (groups, sources) in [("", "3"), ("[publishers]\nAgence = [\"P2\", \"P3\"]\n", "2")] {
        let desk = Desk::new(&format!("sources = [\"news\"]\nformats = [\"csv\"]\n{groups}"));
        for day in 2..5 {
            desk.write(&format!("news/{day}.md"), text(day));
        }
        desk.run(&["run", "-q"]).is(0);
        let found = desk.column("sources", "id");
        assert_eq!(found.values().collect::<Vec<_>>(), [sources], "{groups}");
    }
}

#[test]
fn a_name_is_pinned_in_one_article_alone() {
    let desk = Desk::new("sources = [\"news\"]\nformats = [\"csv\"]\n");
    desk.write("news/2021-02-02-a.txt", "Un incendie a détruit une usine de Tours lundi soir.\n");
    desk.write("news/2021-03-02-b.txt", "Un incendie a détruit une école de Tours hier.\n");
    desk.write("news/2021-04-02-c.txt", "Un incendie a détruit une usine de Nevers hier.\n");
    desk.run(&["run", "-q"]).is(0);
    let nevers = desk.column("place_id", "place")["Nevers"].clone();
    desk.run(&["correct", "--pin", "TOURS", "--place", &nevers, "--in", "news/2021-03-02-b.txt"]).is(0);
    desk.run(&["run", "-q"]).is(0);
    let places = desk.column("place", "doc_id");
    assert_eq!(
        (&places["news/2021-02-02-a.txt"][..], &places["news/2021-03-02-b.txt"][..]),
        ("Tours", "Nevers")
    );
}

#[test]
fn zone_locale_and_time_stamps_of_a_machine_do_not_count() {
    let desk = Desk::new(PROJECT);
    with_articles(&desk, 5);
    desk.run(&["run", "-q"]).is(0);
    let outputs = desk.outputs();
    // The same bytes under a new time stamp.
    let (name, text) = article(2);
    desk.write(&name, text);
    desk.run(&["run"]).is(0).says(&["nothing changed"]);
    let other = Desk { folder: tempfile::tempdir().unwrap() };
    copy(desk.folder.path(), other.folder.path());
    for gone in [".dateline", "output"] {
        fs::remove_dir_all(other.path(gone)).unwrap();
    }
    fs::remove_file(other.path("dateline.lock")).unwrap();
    let mut command = other.command(&["run", "-q", "--threads", "1", "--offline"]);
    command.env("TZ", "Pacific/Kiritimati").env("LC_ALL", "ar_EG.UTF-8").env("LANG", "tr_TR.UTF-8");
    assert!(command.output().unwrap().status.success());
    assert!(other.outputs() == outputs);
}

#[test]
fn saved_feeds_are_sources() {
    let desk = Desk::new("sources = [\"feeds\"]\nformats = [\"csv\"]\n");
    desk.write(
        "feeds/une.rss",
        "<?xml version=\"1.0\"?>\n<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel>\n\
         <title>Le Fil</title><language>fr-fr</language>\n\
         <item><title>Feu à Nevers</title><link>https://example.com/a</link><guid>fil-1</guid>\n\
         <pubDate>Wed, 03 Feb 2021 18:30:00 +0100</pubDate><description>Court.</description>\n\
         <content:encoded><![CDATA[<p>Un incendie a d&eacute;truit une <b>usine</b> de Nevers hier.</p><p>Le vent est fort.</p>]]></content:encoded></item>\n\
         <item><title>Vide</title><pubDate>Wed, 03 Feb 2021 18:30:00 +0100</pubDate></item>\n\
         </channel></rss>\n",
    );
    desk.write(
        "feeds/two.atom",
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\"><title>The Wire</title>\n\
         <entry><title>Fire</title><id>wire-1</id><link rel=\"alternate\" href=\"https://example.com/b\"/>\n\
         <published>2021-02-03T18:30:00Z</published>\n\
         <content type=\"html\">&lt;p&gt;A fire destroyed a factory in Bristol yesterday.&lt;/p&gt;</content></entry></feed>\n",
    );
    desk.write("feeds/cut.rss", "<rss><channel><item>");
    desk.run(&["run"]).is(2).says(&["feeds/cut.rss: is no feed", "feeds/une.rss:7: is empty"]);
    let docs = desk.column("doc_id", "place");
    assert_eq!((&docs["Nevers"][..], &docs["Bristol"][..]), ("fil-1", "wire-1"));
    assert_eq!(desk.column("publisher", "place")["Bristol"], "The Wire");
    assert_eq!(&desk.column("start_time", "place")["Nevers"][..10], "2021-02-02");
}
