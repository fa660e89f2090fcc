//! Which fields of a record hold what.

/// Names of the fields of a record; the first that is there counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fields {
    /// Name of the document.
    pub id: Vec<String>,
    /// Headline.
    pub title: Vec<String>,
    /// Text.
    pub text: Vec<String>,
    /// Language.
    pub lang: Vec<String>,
    /// Address.
    pub url: Vec<String>,
    /// Publisher.
    pub publisher: Vec<String>,
    /// Publication date.
    pub published: Vec<String>,
}

impl Default for Fields {
    fn default() -> Self {
        let names = |list: &[&str]| list.iter().map(|n| (*n).to_owned()).collect();
        Fields {
            id: names(&["id"]),
            title: names(&["title"]),
            text: names(&["text"]),
            lang: names(&["lang"]),
            url: names(&["url"]),
            publisher: names(&["publisher"]),
            published: names(&["published", "date", "dct", "datePublished"]),
        }
    }
}
