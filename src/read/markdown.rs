//! Markdown without its marks: paragraphs, headings and list items as lines of plain text.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// The words of a Markdown text.
pub(super) struct Plain {
    /// Blocks apart by a blank line.
    pub(super) text: String,
    /// The heading that opens the text, if one does; it is not in `text`.
    pub(super) title: Option<String>,
}

pub(super) fn plain(source: &str) -> Plain {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    let mut text = String::with_capacity(source.len());
    let mut title = None;
    let mut hidden = 0usize;
    for event in Parser::new_ext(source, options) {
        match event {
            Event::Start(Tag::Image { .. } | Tag::CodeBlock(_) | Tag::HtmlBlock) => hidden += 1,
            Event::End(TagEnd::Image | TagEnd::CodeBlock | TagEnd::HtmlBlock) => {
                hidden = hidden.saturating_sub(1)
            }
            Event::Text(words) | Event::Code(words) if hidden == 0 => text.push_str(&words),
            Event::SoftBreak | Event::HardBreak if hidden == 0 => text.push('\n'),
            Event::End(TagEnd::TableCell) => text.push('\t'),
            Event::End(TagEnd::Heading(_)) => {
                if title.is_none() && !text.contains("\n\n") && !text.trim().is_empty() {
                    title = Some(text.trim().to_owned());
                    text.clear();
                } else {
                    text.push_str("\n\n");
                }
            }
            Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::TableRow | TagEnd::TableHead)
                if !text.is_empty() && !text.ends_with("\n\n") =>
            {
                text.push_str("\n\n");
            }
            _ => {}
        }
    }
    Plain { text, title }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_words_stay() {
        let read = plain(
            "# Crue à Nevers\n\nLa *Loire* a **débordé** [mardi](https://a.example).\n\n- un\n- deux\n\n![x](y)\n",
        );
        assert_eq!(read.title.as_deref(), Some("Crue à Nevers"));
        assert_eq!(read.text, "La Loire a débordé mardi.\n\nun\n\ndeux\n\n");
    }

    #[test]
    fn a_later_heading_is_text() {
        let read = plain("La Loire a débordé.\n\n## Dégâts\n\nUn pont.\n");
        assert_eq!(read.title, None);
        assert_eq!(read.text, "La Loire a débordé.\n\nDégâts\n\nUn pont.\n\n");
    }
}
