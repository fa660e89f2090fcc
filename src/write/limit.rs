//! What a format cannot hold is told in words before the memory is gone.

use std::io;

/// The error of a writer whose format can hold no more; `says` tells what it holds, and what to write instead.
#[cfg(any(feature = "xlsx", feature = "gpkg"))]
pub(super) fn full(says: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::FileTooLarge, says)
}

#[cfg(test)]
mod tests {
    use super::super::*;
    use crate::article::{Article, Published, PublishedSource};
    use crate::document::{self, Resources};

    /// Documents with one dated, located happening each.
    fn documents(count: usize) -> Vec<Document> {
        let resources = Resources::default();
        let text = |n: usize| format!("A fire destroyed a mill in Leeds on 3 March {}.", 1900 + n);
        (0..count)
            .map(|n| {
                let mut article = Article::new(format!("article {n}"), text(n));
                article.lang = Some("en".to_owned());
                let date = "2016-06-10".parse().unwrap();
                let source = PublishedSource::Option;
                article.published = Some(Published { date, time: None, offset: None, source });
                document::read(&article, &resources)
            })
            .collect()
    }

    fn write(writer: &mut dyn Write, documents: &[Document]) -> io::Result<()> {
        documents.iter().try_for_each(|d| writer.document(d))?;
        writer.begin(&Run::default())?;
        let rows: Vec<Row> = documents.iter().flat_map(|d| rows(d, &Selection::default()).dated).collect();
        assert_eq!(rows.len(), documents.len());
        rows.iter().try_for_each(|row| writer.row(row))?;
        writer.end()
    }

    /// The words in which a writer refuses.
    fn told(writer: &mut dyn Write, documents: &[Document]) -> String {
        let error = write(writer, documents).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::FileTooLarge, "{error}");
        error.to_string()
    }

    #[test]
    #[cfg(feature = "xlsx")]
    fn a_sheet_and_its_memory_have_an_end() {
        let documents = documents(3);
        let book = |rows, bytes| {
            let mut book = xlsx::Xlsx::new(io::sink());
            (book.rows, book.bytes) = (rows, bytes);
            book
        };
        assert!(write(&mut book(3, usize::MAX), &documents).is_ok());
        let told_rows = told(&mut book(2, usize::MAX), &documents);
        assert!(told_rows.contains("1,048,575") && told_rows.contains("CSV"), "{told_rows}");
        let told_bytes = told(&mut book(3, 1000), &documents);
        assert!(told_bytes.contains("memory") && told_bytes.contains("CSV"), "{told_bytes}");
    }

    #[test]
    #[cfg(feature = "gpkg")]
    fn a_package_is_made_in_memory_and_has_an_end() {
        let documents = documents(40);
        let package = |pages| {
            let mut package = gpkg::GeoPackage::new(io::sink());
            package.pages = pages;
            package
        };
        assert!(write(&mut package(gpkg::PAGES), &documents).is_ok());
        let told = told(&mut package(22), &documents);
        assert!(told.contains("memory") && told.contains("GeoParquet"), "{told}");
    }

    #[test]
    #[cfg(feature = "parquet")]
    fn large_shapes_make_smaller_groups() {
        use ::parquet::file::reader::{FileReader, SerializedFileReader};
        let documents = documents(3);
        for (bytes, groups) in [(usize::MAX, 1), (1, 3)] {
            let mut out = tempfile::tempfile().unwrap();
            let mut writer = parquet::GeoParquet::new(&mut out);
            writer.bytes = bytes;
            write(&mut writer, &documents).unwrap();
            drop(writer);
            assert_eq!(SerializedFileReader::new(out).unwrap().metadata().num_row_groups(), groups);
        }
    }

    #[test]
    fn pictures_count_what_they_do_not_draw() {
        let documents = documents(5);
        for timeline in [true, false] {
            let mut out = Vec::new();
            let to = &mut out;
            let mut picture = if timeline { svg::Svg::timeline(to) } else { svg::Svg::map(to) };
            picture.most = 3;
            write(&mut picture, &documents).unwrap();
            drop(picture);
            let drawn = String::from_utf8(out).unwrap();
            assert!(drawn.contains(">+ 2</text>"), "{drawn}");
        }
    }

    #[test]
    #[cfg(feature = "report")]
    fn the_page_counts_what_it_leaves_out_and_keeps_few_texts() {
        let documents = documents(5);
        let page = |narrow: &dyn Fn(&mut html::Html<&mut Vec<u8>>)| {
            let mut out = Vec::new();
            let mut writer = html::Html::new(&mut out);
            narrow(&mut writer);
            write(&mut writer, &documents).unwrap();
            drop(writer);
            String::from_utf8(out).unwrap()
        };
        let few = page(&|writer| writer.most = 3);
        assert!(few.contains("\"left_out\":2"));
        assert_eq!(few.matches("\"text\":null").count(), 2);
        let page = page(&|writer| writer.room = 100);
        assert!(page.contains("\"left_out\":0"));
        assert_eq!(page.matches("\"text\":null").count(), 3, "two texts fit into 100 bytes");
    }
}
