//! Commands and options, as clap reads them; `--help`, the man page and the completions come from here.

use clap::{Args, Parser, Subcommand, ValueEnum};
use dateline::article::{Published, PublishedSource};
use dateline::event::Status;
use dateline::lang::Lang;
use dateline::read;
use dateline::write::schema::STATUSES;
use dateline::write::{self, Dialect, Format};
use std::path::PathBuf;

/// Reads news articles and writes the dated, located happenings in them.
#[derive(Debug, Parser)]
#[command(name = "dateline", version, about, disable_help_subcommand = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write the happenings of articles as a map layer and a timeline.
    Extract(Extract),
    /// Print what is found in each article, one JSON object per line.
    Annotate(Annotate),
    /// Show an article with its findings marked, and how each was read.
    Explain(Explain),
    /// Begin a project: a commented dateline.toml, and on request what regenerates it every night.
    Init(crate::project::flags::Init),
    /// Regenerate the dataset of a project: read what changed, write what changed.
    Run(crate::project::flags::Run),
    /// Tell whether the outputs of a project are what a run would write: 0 fresh, 1 stale, 2 error.
    Check(crate::project::flags::Check),
    /// Tell what changed between two datasets: folders, files or git revisions.
    Diff(crate::project::flags::Diff),
    /// Correct a happening, a place name or a phrase for all runs to come.
    Correct(crate::project::flags::Correct),
    /// Describe the columns: name, type, unit and meaning.
    Schema(Schema),
    /// Look place names up, describe the gazetteer, build one of your own places.
    #[command(subcommand)]
    Gazetteer(crate::gazetteer::Command),
    /// Print the completions for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page.
    Man,
    /// Train the weights of the tagger from treebanks and corpora of names, and measure them.
    #[cfg(feature = "train")]
    Train(Train),
}

/// `dateline train`
#[cfg(feature = "train")]
#[derive(Debug, Args)]
pub(crate) struct Train {
    /// Folder with the corpora: treebanks in ud, names in ner; files begin with the code of their language.
    ///
    /// Without it, nothing is trained and --evaluate measures the weights of this program.
    #[arg(value_name = "FOLDER")]
    pub(crate) corpora: Option<PathBuf>,
    /// Folder with word clusters: CODE_lexeme_cluster.json.gz and CODE_lexeme_prob.json.gz, as the Python package
    /// spacy-lookups-data has them. Languages that it does not hold go without.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) clusters: Option<PathBuf>,
    /// Only this language.
    #[arg(long, value_name = "CODE", value_parser = language)]
    pub(crate) lang: Option<String>,
    /// Where CODE.weights goes.
    #[arg(short, long, value_name = "DIR", default_value = "src/tag")]
    pub(crate) output: PathBuf,
    /// Folder with other corpora, laid out alike, to measure the weights on.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) evaluate: Option<PathBuf>,
}

/// `dateline explain`
#[derive(Debug, Args)]
pub(crate) struct Explain {
    #[command(flatten)]
    pub(crate) inputs: Inputs,
    /// Only the happening with this id.
    #[arg(long, value_name = "ID")]
    pub(crate) event: Option<String>,
    /// Read the inputs as this project does, corrections included; they are files or folders of the project.
    #[arg(long, value_name = "FILE")]
    pub(crate) project: Option<PathBuf>,
}

/// `dateline schema`
#[derive(Debug, Args)]
pub(crate) struct Schema {
    /// How to print it.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: SchemaFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaFormat {
    Text,
    Markdown,
    JsonSchema,
    /// JSON Schema of the project file, for editors.
    Project,
}

/// What to read, and how.
#[derive(Debug, Args)]
#[command(next_help_heading = "Input")]
pub(crate) struct Inputs {
    /// Files, folders, patterns such as 'news/**/*.html', or - for the standard input.
    ///
    /// Text, Markdown, HTML, JSON Lines and feeds, also packed as .gz or .zst. Folders are searched for .txt,
    /// .md, .html, .jsonl, .rss and .atom files.
    #[arg(required = true, value_name = "INPUT")]
    pub(crate) inputs: Vec<PathBuf>,
    /// Publication date of every article, such as 2016-12-22 or 2016-12-22T18:30:00+01:00.
    ///
    /// Goes before the date that a file tells in its metadata or its name. Without any date, words such as
    /// "yesterday" stay unresolved.
    #[arg(long, value_name = "DATE", value_parser = publication)]
    pub(crate) published: Option<Published>,
    /// Language of every article; detected when neither this nor the article says.
    #[arg(long, value_name = "CODE", value_parser = language)]
    pub(crate) lang: Option<String>,
    /// Publisher of the articles that do not name theirs.
    #[arg(long, value_name = "NAME")]
    pub(crate) publisher: Option<String>,
    /// Format of every input; told from the file name, or else from its first bytes.
    #[arg(long, value_name = "FORMAT")]
    pub(crate) input_format: Option<InputFormat>,
    /// Encoding of every input, such as windows-1252; detected when it is not UTF-8.
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    pub(crate) encoding: Option<&'static encoding_rs::Encoding>,
    /// Index of further places, made by `dateline gazetteer build`, laid over the embedded one, or instead of it
    /// when built with --instead; may be given several times.
    #[arg(long, value_name = "FILE")]
    pub(crate) gazetteer: Vec<PathBuf>,
    /// Exit with 0 even when some inputs could not be read.
    #[arg(long)]
    pub(crate) allow_unreadable: bool,
    /// Number of threads; 0 is one per core. The output is the same with any number.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) threads: usize,
    #[command(flatten)]
    pub(crate) fields: FieldNames,
}

impl Inputs {
    /// The same, in the words of the reader.
    pub(crate) fn options(&self) -> read::Options {
        let mut options = read::Options {
            published: self.published,
            lang: self.lang.clone(),
            publisher: self.publisher.clone(),
            encoding: self.encoding,
            format: self.input_format.map(InputFormat::format),
            fields: read::Fields::default(),
        };
        let names = &self.fields;
        let fields = &mut options.fields;
        for (given, field) in [
            (&names.field_id, &mut fields.id),
            (&names.field_title, &mut fields.title),
            (&names.field_text, &mut fields.text),
            (&names.field_lang, &mut fields.lang),
            (&names.field_url, &mut fields.url),
            (&names.field_publisher, &mut fields.publisher),
            (&names.field_published, &mut fields.published),
        ] {
            if !given.is_empty() {
                field.clone_from(given);
            }
        }
        options
    }
}

/// Names of the fields of JSON Lines records.
#[derive(Debug, Args)]
#[command(next_help_heading = "Fields of JSON Lines")]
pub(crate) struct FieldNames {
    /// Field that holds the id [default: id].
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    field_id: Vec<String>,
    /// Field that holds the headline [default: title].
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    field_title: Vec<String>,
    /// Field that holds the text [default: text].
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    field_text: Vec<String>,
    /// Field that holds the language [default: lang].
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    field_lang: Vec<String>,
    /// Field that holds the address [default: url].
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    field_url: Vec<String>,
    /// Field that holds the publisher [default: publisher].
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    field_publisher: Vec<String>,
    /// Field that holds the publication date [default: published, date, dct or datePublished].
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    field_published: Vec<String>,
}

/// `dateline extract`
#[derive(Debug, Args)]
pub(crate) struct Extract {
    #[command(flatten)]
    pub(crate) inputs: Inputs,
    #[command(flatten)]
    pub(crate) outputs: Outputs,
}

/// What to write, and where.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct Outputs {
    /// Folder to write to, made if it is not there; - writes one format to the standard output.
    #[arg(short, long, value_name = "DIR", default_value = "output")]
    pub(crate) output: PathBuf,
    /// Formats to write, separated by commas, or all.
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = formats, default_value = "geojson,csv")]
    pub(crate) format: Vec<Formats>,
    /// How the timeline is written.
    #[arg(long, value_name = "DIALECT", default_value = "rfc4180")]
    pub(crate) csv_dialect: CsvDialect,
    /// Happenings to write: asserted, reported, denied, possible, planned, or all.
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = statuses,
          default_value = "asserted,reported,planned")]
    pub(crate) status: Vec<Statuses>,
    /// Keep the happenings of each article apart, even when several tell the same.
    #[arg(long)]
    pub(crate) separate: bool,
    /// Leave the column of actors empty.
    #[arg(long)]
    pub(crate) without_actors: bool,
    /// What map layers draw: points, or the areas of places that are one.
    ///
    /// An area is the outline of a country, of a part of one or of a relative place ("south of the city"), or the
    /// circle of the place's radius, as for divisions of countries; the point that stands for it is then in the columns latitude and longitude. Exact places stay points.
    #[arg(long, value_name = "SHAPE", default_value = "point")]
    pub(crate) geometry: GeometryKind,
    /// Decimals of all coordinates, 0 to 5; five are about a metre, two about a kilometre.
    #[arg(long, value_name = "N", default_value_t = write::DECIMALS,
          value_parser = clap::value_parser!(u8).range(..=i64::from(write::DECIMALS)))]
    pub(crate) coordinates: u8,
    /// Also write undated.csv, the happenings without a time.
    #[arg(long)]
    pub(crate) undated: bool,
    /// Do not print the timeline.
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CsvDialect {
    /// Comma, decimal point.
    Rfc4180,
    /// Semicolon, decimal comma.
    ExcelFr,
    /// Tabs; the file is timeline.tsv.
    Tsv,
}

impl CsvDialect {
    /// The same, in the words of the writer.
    pub(crate) fn dialect(self) -> Dialect {
        match self {
            CsvDialect::Rfc4180 => Dialect::Rfc4180,
            CsvDialect::ExcelFr => Dialect::ExcelFr,
            CsvDialect::Tsv => Dialect::Tsv,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum GeometryKind {
    /// Points only.
    Point,
    /// Polygons where the place is an area.
    Area,
}

impl GeometryKind {
    /// The same, in the words of the writer.
    pub(crate) fn geometry(self) -> write::Geometry {
        match self {
            GeometryKind::Point => write::Geometry::Point,
            GeometryKind::Area => write::Geometry::Area,
        }
    }
}

/// What one word of `--format` stands for.
pub(crate) type Formats = Vec<Format>;

/// What one word of `--status` stands for.
pub(crate) type Statuses = Vec<Status>;

fn formats(word: &str) -> Result<Formats, String> {
    if word == "all" {
        return Ok(Format::ALL.to_vec());
    }
    let found: Formats = Format::ALL.iter().copied().filter(|f| f.as_str() == word).collect();
    if found.is_empty() {
        let mut known: Vec<&str> = Format::ALL.iter().map(|f| f.as_str()).collect();
        known.dedup();
        return Err(format!("the formats are {}, or all", known.join(", ")));
    }
    Ok(found)
}

fn statuses(word: &str) -> Result<Statuses, String> {
    if word == "all" {
        return Ok(STATUSES.to_vec());
    }
    let known = || STATUSES.map(Status::as_str).join(", ");
    let found = STATUSES.iter().find(|s| s.as_str() == word);
    found.map(|s| vec![*s]).ok_or_else(|| format!("the statuses are {}, or all", known()))
}

/// `dateline annotate`
#[derive(Debug, Args)]
pub(crate) struct Annotate {
    #[command(flatten)]
    pub(crate) inputs: Inputs,
    /// What to print.
    #[arg(long, value_name = "FORMAT", default_value = "jsonl")]
    pub(crate) format: AnnotateFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum AnnotateFormat {
    /// One JSON object per article: times, places, entities and happenings.
    Jsonl,
    /// One TimeML document per article, with the time expressions marked in the text.
    Timeml,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum InputFormat {
    Text,
    Markdown,
    Html,
    Jsonl,
    /// RSS or Atom.
    Feed,
}

impl InputFormat {
    fn format(self) -> read::Format {
        match self {
            InputFormat::Text => read::Format::Plain,
            InputFormat::Markdown => read::Format::Markdown,
            InputFormat::Html => read::Format::Html,
            InputFormat::Jsonl => read::Format::JsonLines,
            InputFormat::Feed => read::Format::Feed,
        }
    }
}

fn publication(value: &str) -> Result<Published, String> {
    read::parse_published(value, PublishedSource::Option)
        .ok_or_else(|| "write it as 2016-12-22 or 2016-12-22T18:30:00+01:00".to_owned())
}

fn language(code: &str) -> Result<String, String> {
    match Lang::from_code(code) {
        Some(lang) => Ok(lang.code().to_owned()),
        None => {
            let known: Vec<&str> = Lang::all().map(Lang::code).collect();
            Err(format!("the languages that are read: {}", known.join(", ")))
        }
    }
}

fn encoding(name: &str) -> Result<&'static encoding_rs::Encoding, String> {
    read::encoding_named(name)
        .ok_or_else(|| "known are utf-8, utf-16le, windows-1252, iso-8859-15 and the like".into())
}
