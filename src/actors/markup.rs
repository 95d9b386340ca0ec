//! Articles written with marks: `{P id|words}` for names, `<q …>` for quotations (left out here).

use super::ActorType;
use super::data::Marked;
use crate::article;
use crate::text::Span;
use std::io;
use std::path::{Path, PathBuf};

/// Reads every marked article under a folder, in order of their paths.
///
/// # Errors
/// Where a folder or file cannot be read, or a mark is not closed.
pub fn articles(folder: &Path) -> io::Result<Vec<Marked>> {
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

fn parse(file: &Path) -> io::Result<Marked> {
    let broken = |why: &str| io::Error::new(io::ErrorKind::InvalidData, format!("{}: {why}", file.display()));
    let content = std::fs::read_to_string(file)?;
    let (head, body) = content.split_once("\n---\n").ok_or_else(|| broken("no line ---"))?;
    let field = |key: &str| {
        let mut lines = head.lines().filter_map(|l| l.split_once(": "));
        lines.find(|(k, _)| *k == key).map(|(_, v)| v.to_owned()).unwrap_or_default()
    };
    let mut text = String::new();
    let (mut names, mut judged) = (Vec::new(), Vec::new());
    let headline = field("headline");
    for line in std::iter::once(headline.as_str()).chain(body.lines()).filter(|l| !l.trim().is_empty()) {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let (line, furniture) = line.strip_prefix("# ").map_or((line, false), |l| (l, true));
        unmark(line, &mut text, &mut names).ok_or_else(|| broken(line))?;
        judged.push(!furniture);
    }
    let article = article::from_text(&text);
    if article.blocks.len() != judged.len() {
        return Err(broken("an empty paragraph"));
    }
    let id = file.with_extension("").to_string_lossy().into_owned();
    Ok(Marked { id, story: field("story"), article, names, judged, other_open: false, weight: 1.0 })
}

/// Appends a line without its marks; `None` where a mark is not closed.
fn unmark(line: &str, text: &mut String, names: &mut Vec<(Span, ActorType, Option<String>)>) -> Option<()> {
    let mut rest = line;
    while let Some(at) = rest.find(['{', '<']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        if rest.starts_with("<q") || rest.starts_with("</q>") {
            rest = &rest[rest.find('>')? + 1..];
        } else if rest.starts_with('<') {
            text.push('<');
            rest = &rest[1..];
        } else {
            let (mark, after) = rest[1..].split_once('}')?;
            let (what, words) = mark.split_once('|')?;
            let kind = match what.as_bytes().first()? {
                b'P' => Some(ActorType::Person),
                b'O' => Some(ActorType::Organisation),
                b'L' => Some(ActorType::Place),
                b'M' => Some(ActorType::Other),
                b'T' | b'N' | b'R' => None,
                _ => return None,
            };
            let start = text.len();
            text.push_str(words);
            if let Some(kind) = kind {
                let id = what.split_once(' ').map(|(_, id)| id.to_owned());
                names.push((Span::new(start, text.len()), kind, id));
            }
            rest = after;
        }
    }
    text.push_str(rest);
    Some(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn marks_go_and_names_stay() {
        let (mut text, mut names) = (String::new(), Vec::new());
        unmark("{T v|Mayor} {P v|Ana Vale} <q k=direct s=v>“{M|Dutch} < 5”</q>", &mut text, &mut names)
            .unwrap();
        assert_eq!(text, "Mayor Ana Vale “Dutch < 5”");
        let spans: Vec<_> = names.iter().map(|n| (n.0.of(&text), n.1)).collect();
        assert_eq!(spans, [("Ana Vale", ActorType::Person), ("Dutch", ActorType::Other)]);
        assert!(unmark("{P v|Ana", &mut text, &mut names).is_none());
    }
}
