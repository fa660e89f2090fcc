//! Reads corpora of named entities: JSON Lines with spans, and tables with one token per line.

use crate::error::{Error, ErrorKind, Result};
use std::path::Path;

/// A text with its names.
#[derive(Clone, Debug, Default)]
pub(crate) struct Named {
    /// The text.
    pub text: String,
    /// Byte ranges of the outermost names, in order, with the number of their kind.
    pub names: Vec<(usize, usize, u8)>,
}

/// Tokens per text where a table does not say where texts begin.
const PIECE: usize = 400;

/// The number of a kind, by the names that corpora give it.
fn kind(name: &str) -> Option<u8> {
    Some(match name {
        "PER" | "Person" | "Pers" | "pers" => 0,
        "ORG" | "Organization" | "Organisation" | "Org" | "org" => 1,
        "LOC" | "Location" | "Loc" | "loc" => 2,
        "MISC" | "Event" | "Product" | "HumanProd" | "prod" | "OTH" => 3,
        _ => return None,
    })
}

/// Reads a corpus; its form is told by the ending of the file name.
pub(crate) fn read(path: &Path) -> Result<Vec<Named>> {
    let text = std::fs::read_to_string(path)
        .map_err(|e| Error::new(ErrorKind::Input, "cannot read the corpus").in_file(path).caused_by(e))?;
    let ending = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
    match ending {
        "jsonl" => lines(&text).map_err(|e| e.in_file(path)),
        "iob2" | "tsv" => Ok(table(&text)),
        _ => Err(Error::new(ErrorKind::Input, "neither .jsonl nor .iob2 or .tsv").in_file(path)),
    }
}

fn lines(text: &str) -> Result<Vec<Named>> {
    let mut found = Vec::new();
    for (n, line) in text.lines().enumerate() {
        let value: serde_json::Value = serde_json::from_str(line).map_err(|e| {
            Error::new(ErrorKind::Record, "no JSON object").at_line(n as u64 + 1).caused_by(e)
        })?;
        let text = value.get("text").and_then(|t| t.as_str()).unwrap_or_default().to_string();
        let mut bytes: Vec<usize> = text.char_indices().map(|(i, _)| i).collect();
        bytes.push(text.len());
        let mut names = Vec::new();
        for entity in value.get("entities").and_then(|e| e.as_array()).into_iter().flatten() {
            let number = |key: &str| entity.get(key).and_then(serde_json::Value::as_u64);
            let place = |key: &str| number(key).and_then(|n| bytes.get(n as usize)).copied();
            let kind = entity.get("type").and_then(|t| t.as_str()).and_then(kind);
            if let (Some(start), Some(end), Some(kind)) = (place("start"), place("end"), kind) {
                names.push((start, end, kind));
            }
        }
        found.push(Named { text, names: outermost(names) });
    }
    Ok(found)
}

/// Kind of the names that are neither persons nor organisations nor places.
const OTHER: u8 = 3;

/// Leaves out names inside others. A person, organisation or place counts although it stands in the name of
/// an event or a work: the Games of a city tell the city.
fn outermost(mut names: Vec<(usize, usize, u8)>) -> Vec<(usize, usize, u8)> {
    names.sort_by_key(|(start, end, kind)| (*kind == OTHER, *start, std::cmp::Reverse(*end), *kind));
    let mut kept: Vec<(usize, usize, u8)> = Vec::new();
    for name in names {
        if kept.iter().all(|k| name.0 >= k.1 || name.1 <= k.0) {
            kept.push(name);
        }
    }
    kept.sort_unstable();
    kept
}

/// One token of a table: its letters, its label, and whether a space follows.
struct Row<'a> {
    token: &'a str,
    label: &'a str,
    glued: bool,
}

fn table(text: &str) -> Vec<Named> {
    let mut found = Vec::new();
    let mut named = Named::default();
    let mut printed: Option<&str> = None;
    let mut rows: Vec<Row<'_>> = Vec::new();
    let mut count = 0;
    let mut finish = |named: &mut Named, count: &mut usize| {
        if !named.text.is_empty() {
            found.push(std::mem::take(named));
        }
        *count = 0;
    };
    let mut document = "";
    for line in text.lines().chain(std::iter::once("")) {
        if let Some(text) = line.strip_prefix("# text = ") {
            printed = Some(text);
        }
        let id = line.strip_prefix("# sent_id = ").and_then(|i| i.rsplit_once('-')).map(|(d, _)| d);
        let starts = line.starts_with("# newdoc")
            || line.starts_with("# hipe2022:document_id")
            || id.is_some_and(|d| !document.is_empty() && d != document);
        if let Some(id) = id {
            document = id;
        }
        if starts || (printed.is_none() && rows.len() >= PIECE) {
            add(&mut named, &rows, printed.filter(|_| !rows.is_empty()));
            rows.clear();
            finish(&mut named, &mut count);
        }
        if line.is_empty() || (line.starts_with("# ") && !rows.is_empty()) {
            count += rows.len();
            add(&mut named, &rows, printed);
            if !rows.is_empty() {
                printed = line.strip_prefix("# text = ");
            }
            rows.clear();
            continue;
        }
        if line.starts_with("# ") || line.starts_with("TOKEN\t") {
            continue;
        }
        let fields: Vec<&str> = line.split(['\t', ' ']).collect();
        match fields.as_slice() {
            [number, token, label, ..]
                if number.parse::<u32>().is_ok() && fields.len() >= 3 && is_label(label) =>
            {
                rows.push(Row { token, label, glued: false });
            }
            [token, label, rest @ ..] if is_label(label) => {
                let glued = rest.last().is_some_and(|m| m.contains("NoSpaceAfter"));
                rows.push(Row { token, label, glued });
            }
            _ => {}
        }
    }
    finish(&mut named, &mut count);
    found
}

fn is_label(label: &str) -> bool {
    label == "O" || label.starts_with("B-") || label.starts_with("I-")
}

/// Adds the tokens of a sentence to a text, as printed where that is known.
fn add(named: &mut Named, rows: &[Row<'_>], printed: Option<&str>) {
    if rows.is_empty() {
        return;
    }
    if !named.text.is_empty() {
        named.text.push('\n');
    }
    let base = named.text.len();
    let mut places = Vec::new();
    match printed {
        Some(text) => {
            named.text.push_str(text);
            let mut at = 0;
            for row in rows {
                let rest = text.get(at..).unwrap_or_default();
                let start = match rest.find(row.token) {
                    Some(offset) if offset < 40 => at + offset,
                    _ => at,
                };
                let mut end = (start + row.token.len()).min(text.len());
                while !text.is_char_boundary(end) {
                    end += 1;
                }
                places.push((base + start, base + end));
                at = end;
            }
        }
        None => {
            let mut glued = true;
            for row in rows {
                let mark = row.token.chars().all(|c| matches!(c, ',' | '.' | ')' | ']'));
                if !glued && !mark {
                    named.text.push(' ');
                }
                let start = named.text.len();
                named.text.push_str(row.token);
                places.push((start, named.text.len()));
                glued = row.glued || row.token.ends_with(['\'', '\u{2019}', '(']);
            }
        }
    }
    let mut open: Option<(usize, usize, u8)> = None;
    for (row, (start, end)) in rows.iter().zip(places) {
        let this = row.label.split_once('-').and_then(|(p, k)| Some((p, kind(k)?)));
        match (this, &mut open) {
            (Some(("I", k)), Some(name)) if name.2 == k => name.1 = end,
            (Some((_, k)), _) => {
                named.names.extend(open.take());
                open = Some((start, end, k));
            }
            (None, _) => named.names.extend(open.take()),
        }
    }
    named.names.extend(open);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, wanted: &[&str]) {
        let found: Vec<String> = table(text)
            .iter()
            .flat_map(|n| {
                n.names.iter().map(|(s, e, k)| format!("{} {k}", &n.text[*s..*e])).collect::<Vec<_>>()
            })
            .collect();
        assert_eq!(found, wanted);
    }

    #[test]
    fn tables() {
        check(
            "# sent_id = a-1\n# text = Ms Roe's in New Ulm.\n1\tMs\tO\n2\tRoe\tB-PER\n3\t's\tO\n4\tin\tO\n5\tNew\tB-LOC\n6\tUlm\tI-LOC\n7\t.\tO\n\n",
            &["Roe 0", "New Ulm 2"],
        );
        check("L' O\nEurope I-LOC\n, O\nParis I-LOC\n", &["Europe 2", "Paris 2"]);
    }

    #[test]
    fn spans() {
        let json = r#"{"text":"Été à Lyon","entities":[{"type":"Location","start":6,"end":10}]}"#;
        let named = lines(json).unwrap();
        assert_eq!(&named[0].text[named[0].names[0].0..named[0].names[0].1], "Lyon");
    }
}
