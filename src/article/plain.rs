//! Plain text taken as an article: what it is called, who wrote it and when, from its first lines.

use super::view::unspaced;
use super::{Article, Block, BlockKind, byline, dates, language};
use crate::text::Span;

/// Lines further down say nothing of the article.
const HEAD: usize = 10;

/// Reads `text` as an article, unchanged.
pub(super) fn read(text: &str) -> Article {
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        let span = Span::new(at + line.len() - line.trim_start().len(), at + line.trim_end().len());
        at += line.len() + 1;
        if !span.is_empty() {
            let kind = if blocks.is_empty() { BlockKind::Headline } else { BlockKind::Paragraph };
            blocks.push(Block { span, kind, node: None });
        }
    }
    // A single block is text without a headline.
    if let [only] = blocks.as_mut_slice() {
        only.kind = BlockKind::Paragraph;
        let language = language::detect(text).map(str::to_owned);
        return Article { language, text: text.to_owned(), blocks, ..Article::default() };
    }
    let lines: Vec<&str> = blocks.iter().take(HEAD).map(|b| b.span.of(text)).collect();
    let body = lines.iter().position(|l| is_prose(l)).unwrap_or(lines.len().min(2));
    let head = lines[..body].iter().position(|l| is_headline(l)).unwrap_or(0);
    // What tells of the article stands between the headline and its second paragraph.
    let about = lines.iter().skip(head + 1).take(body.saturating_sub(head) + 2).filter(|l| !is_prose(l));
    let dated = about
        .clone()
        .filter(|l| words(l) <= 12)
        .find_map(|l| dates::written(l, false).map(|date| (*l, date)));
    let byline = about
        .filter(|l| words(l) <= 12)
        .find_map(|l| byline::said(l))
        .or_else(|| dated.as_ref().and_then(|(line, _)| byline::before_date(line)))
        .or_else(|| lines.get(body).and_then(|l| byline::agency(l)));
    Article {
        title: lines.get(head).copied().unwrap_or_default().to_owned(),
        byline,
        published: dated.map(|(_, date)| date),
        language: language::detect(text).map(str::to_owned),
        text: text.to_owned(),
        blocks,
        ..Article::default()
    }
}

/// Words; for scripts without spaces, two characters count as one.
fn words(line: &str) -> usize {
    line.split_whitespace().count() + line.chars().filter(|&c| unspaced(c)).count() / 2
}

/// Whether a line is running text.
fn is_prose(line: &str) -> bool {
    let ends = line.trim_end_matches(['"', '”', '’', ')', '»', '“']);
    words(line) >= 14 && ends.ends_with(['.', '!', '?', '。', '…', ':', '।'])
}

/// Whether a line before the text may be its headline: no word of a menu, no date, no markup.
fn is_headline(line: &str) -> bool {
    words(line) >= 3
        && line.chars().filter(|c| c.is_alphabetic()).count() * 2 > line.len().min(line.chars().count())
        && !(words(line) <= 8 && dates::written(line, false).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_before_the_text_say_what_it_is() {
        let text = "Menu\n\nWorld\n\nFerry back in service after the storm\n\nRuth Alder, 05.11.2024, 13:50\n\nThe \
                    ferry to the island ran again on Monday after the storm had kept it in port for five days.\n";
        let article = read(text);
        assert_eq!(article.title, "Ferry back in service after the storm");
        assert_eq!(article.published.as_deref(), Some("2024-11-05T13:50:00"));
        assert_eq!(article.byline.as_deref(), Some("Ruth Alder"));
        assert_eq!(article.text, text);
    }

    #[test]
    fn a_text_without_such_lines_keeps_its_first() {
        let first =
            "The ferry to the island ran again on Monday after the storm had kept it in port for a week.";
        let article =
            read(&format!("{first}\nIt was 2 May 2024 when it left, said the harbour master there.\n"));
        assert_eq!((article.title.as_str(), article.published), (first, None));
        assert_eq!(read("Only this.").title, "");
    }
}
