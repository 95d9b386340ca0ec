//! Articles written with marks: `{P id|words}` for names, `<q k=… s=…>` for quotations.

use super::ActorType;
use super::data::Marked;
use crate::article;
use crate::text::Span;
use std::io;
use std::path::{Path, PathBuf};

/// A marked quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quoted {
    /// Bytes of the text.
    pub span: Span,
    /// direct, mixed, indirect, scare or title.
    pub kind: String,
    /// The speaker's id, where one is known.
    pub speaker: Option<String>,
}

/// An article with all its marks.
#[derive(Clone, Debug)]
pub struct Written {
    /// Its text and names.
    pub marked: Marked,
    /// What stands for an actor, titles left out: bytes of the text, the actor's id.
    pub mentions: Vec<(Span, String)>,
    /// Quotations, in order of their ends.
    pub quotes: Vec<Quoted>,
}

/// Reads every marked article under a folder, in order of their paths; names only.
///
/// # Errors
/// Where a folder or file cannot be read, or a mark is not closed.
pub fn articles(folder: &Path) -> io::Result<Vec<Marked>> {
    Ok(written(folder)?.into_iter().map(|w| w.marked).collect())
}

/// As [`articles`], with quotations and their speakers.
///
/// # Errors
/// As [`articles`].
pub fn written(folder: &Path) -> io::Result<Vec<Written>> {
    let mut files = Vec::new();
    gather(folder, &mut files)?;
    files.sort();
    files.iter().map(|file| parse(file)).collect()
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            gather(&path, files)?;
        } else if path.extension().is_some_and(|e| e == "txt") {
            files.push(path);
        }
    }
    Ok(())
}

fn parse(file: &Path) -> io::Result<Written> {
    let broken = |why: &str| io::Error::new(io::ErrorKind::InvalidData, format!("{}: {why}", file.display()));
    let content = std::fs::read_to_string(file)?;
    let (head, body) = content.split_once("\n---\n").ok_or_else(|| broken("no line ---"))?;
    let field = |key: &str| {
        let mut lines = head.lines().filter_map(|l| l.split_once(": "));
        lines.find(|(k, _)| *k == key).map(|(_, v)| v.to_owned()).unwrap_or_default()
    };
    let (mut out, mut judged) = (Unmarked::default(), Vec::new());
    let headline = field("headline");
    for line in std::iter::once(headline.as_str()).chain(body.lines()).filter(|l| !l.trim().is_empty()) {
        if !out.text.is_empty() {
            out.text.push_str("\n\n");
        }
        let (line, furniture) = line.strip_prefix("# ").map_or((line, false), |l| (l, true));
        out.add(line).ok_or_else(|| broken(line))?;
        judged.push(!furniture);
    }
    let article = article::from_text(&out.text);
    if article.blocks.len() != judged.len() {
        return Err(broken("an empty paragraph"));
    }
    let id = file.with_extension("").to_string_lossy().into_owned();
    let story = field("story");
    let marked = Marked { id, story, article, names: out.names, judged, other_open: false, weight: 1.0 };
    Ok(Written { marked, mentions: out.mentions, quotes: out.quotes })
}

/// A text without its marks, and what was marked.
#[derive(Debug, Default)]
struct Unmarked {
    text: String,
    names: Vec<(Span, ActorType, Option<String>)>,
    mentions: Vec<(Span, String)>,
    quotes: Vec<Quoted>,
    /// Quotations not closed yet.
    open: Vec<Quoted>,
}

impl Unmarked {
    /// Appends a line without its marks; `None` where a mark is not closed.
    fn add(&mut self, line: &str) -> Option<()> {
        let mut rest = line;
        while let Some(at) = rest.find(['{', '<']) {
            self.text.push_str(&rest[..at]);
            rest = &rest[at..];
            let here = self.text.len();
            if let Some(after) = rest.strip_prefix("</q>") {
                let mut quoted = self.open.pop()?;
                quoted.span.end = here;
                self.quotes.push(quoted);
                rest = after;
            } else if let Some(mark) = rest.strip_prefix("<q") {
                let (what, after) = mark.split_once('>')?;
                let field = |key| what.split(' ').find_map(|f| f.strip_prefix(key)).map(str::to_owned);
                let speaker = field("s=").filter(|s| s != "unknown");
                self.open.push(Quoted { span: Span::new(here, here), kind: field("k=")?, speaker });
                rest = after;
            } else if let Some(after) = rest.strip_prefix('<') {
                self.text.push('<');
                rest = after;
            } else {
                let (mark, after) = rest[1..].split_once('}')?;
                self.name(mark)?;
                rest = after;
            }
        }
        self.text.push_str(rest);
        self.open.is_empty().then_some(())
    }

    /// Appends the words of a name's mark.
    fn name(&mut self, mark: &str) -> Option<()> {
        let (what, words) = mark.split_once('|')?;
        let kind = match what.as_bytes().first()? {
            b'P' => Some(ActorType::Person),
            b'O' => Some(ActorType::Organisation),
            b'L' => Some(ActorType::Place),
            b'M' => Some(ActorType::Other),
            b'T' | b'N' | b'R' => None,
            _ => return None,
        };
        let span = Span::new(self.text.len(), self.text.len() + words.len());
        self.text.push_str(words);
        let id = what.split_once(' ').map(|(_, id)| id.to_owned());
        if let Some(id) = id.clone().filter(|_| !what.starts_with('T')) {
            self.mentions.push((span, id));
        }
        if let Some(kind) = kind {
            self.names.push((span, kind, id));
        }
        Some(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn marks_go_and_names_stay() {
        let mut out = Unmarked::default();
        out.add("{T v|Mayor} {P v|Ana Vale} <q k=direct s=v>“{M|Dutch} < 5”</q> {R v|she} said").unwrap();
        assert_eq!(out.text, "Mayor Ana Vale “Dutch < 5” she said");
        let spans: Vec<_> = out.names.iter().map(|n| (n.0.of(&out.text), n.1)).collect();
        assert_eq!(spans, [("Ana Vale", ActorType::Person), ("Dutch", ActorType::Other)]);
        let mentions: Vec<_> = out.mentions.iter().map(|m| m.0.of(&out.text)).collect();
        assert_eq!(mentions, ["Ana Vale", "she"]);
        assert_eq!(out.quotes[0].span.of(&out.text), "“Dutch < 5”");
        assert_eq!((&*out.quotes[0].kind, out.quotes[0].speaker.as_deref()), ("direct", Some("v")));
        assert!(Unmarked::default().add("{P v|Ana").is_none());
        assert!(Unmarked::default().add("<q k=direct s=v>“Yes").is_none());
    }
}
