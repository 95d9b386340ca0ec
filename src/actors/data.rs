//! What the names' scorer learns from and is measured on: marked texts read from their files.

use super::ActorType;
use super::gazetteer::{self, Print};
use crate::article::{self, Article, Block, BlockKind};
use crate::model::hash_text;
use crate::text::Span;
use crate::text::fold::fold;
use crate::text::tokens::tokens;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

/// A text with its names.
#[derive(Clone, Debug)]
pub struct Marked {
    /// Its id in the gold file, or the file's name.
    pub id: String,
    /// The story it tells; texts of one story are never on both sides of a cross-validation.
    pub story: String,
    /// The text and its blocks.
    pub article: Article,
    /// Names in order, with the actor's id where one is given.
    pub names: Vec<(Span, ActorType, Option<String>)>,
    /// Blocks that may teach and be judged, others are furniture.
    pub judged: Vec<bool>,
    /// Whether unmarked words may be names of the kind other.
    pub other_open: bool,
    /// How much it counts in training.
    pub weight: f32,
}

/// Turns code point offsets of `text` into bytes.
fn bytes_of(text: &str) -> Vec<usize> {
    text.char_indices().map(|(at, _)| at).chain([text.len()]).collect()
}

fn kind(name: &str) -> Option<ActorType> {
    Some(match name {
        "person" | "PER" => ActorType::Person,
        "organisation" | "ORG" => ActorType::Organisation,
        "place" | "LOC" => ActorType::Place,
        "other" | "MISC" => ActorType::Other,
        _ => return None,
    })
}

/// Reads a gold file of JSON lines: `text`, `mentions`, perhaps `paragraphs` and `story`.
///
/// # Errors
/// Where the file cannot be read or is no such file.
pub fn json_lines(path: &Path) -> io::Result<Vec<Marked>> {
    let broken = || io::Error::new(io::ErrorKind::InvalidData, format!("{}: broken line", path.display()));
    let mut out = Vec::new();
    for line in std::fs::read_to_string(path)?.lines().filter(|l| !l.trim().is_empty()) {
        let value: Value = serde_json::from_str(line).map_err(|_| broken())?;
        out.push(marked(&value).ok_or_else(broken)?);
    }
    Ok(out)
}

fn marked(value: &Value) -> Option<Marked> {
    let text = value["text"].as_str()?;
    let at = bytes_of(text);
    let span = |v: &Value| -> Option<Span> {
        let place = |key: &str| at.get(v[key].as_u64()? as usize).copied();
        Some(Span::new(place("start")?, place("end")?))
    };
    let article = article::from_text(text);
    let mut names = Vec::new();
    for mention in value["mentions"].as_array()? {
        if let Some(kind) = kind(mention["type"].as_str()?) {
            names.push((span(mention)?, kind, mention["id"].as_str().map(str::to_owned)));
        }
    }
    names.sort_by_key(|name| name.0.start);
    let mut furniture = Vec::new();
    for paragraph in value["paragraphs"].as_array().into_iter().flatten() {
        if paragraph["kind"] == "furniture" {
            furniture.push(span(paragraph)?);
        }
    }
    let judged = article.blocks.iter().map(|b| !furniture.iter().any(|f| f.overlaps(b.span))).collect();
    let field = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
    Some(Marked {
        id: field("id"),
        story: field("story"),
        article,
        names,
        judged,
        other_open: false,
        weight: 1.0,
    })
}

/// Reads a file of tokens with BIO tags, a document after each `-DOCSTART-`, and joins its words to text.
///
/// # Errors
/// Where the file cannot be read.
pub fn tagged(path: &Path) -> io::Result<Vec<Marked>> {
    let content = std::fs::read_to_string(path)?;
    let name = path.file_stem().and_then(|n| n.to_str()).unwrap_or_default();
    let mut out: Vec<Marked> = Vec::new();
    let mut joiner = Joiner::default();
    for line in content.lines() {
        if line.starts_with("-DOCSTART-") {
            joiner.finish(&mut out, name);
        } else if let Some((word, tag)) = line.split_once('\t') {
            joiner.word(word, tag);
        } else {
            joiner.end_block();
        }
    }
    joiner.finish(&mut out, name);
    Ok(out)
}

/// Joins tokens to text as it is commonly written.
#[derive(Default)]
struct Joiner {
    text: String,
    blocks: Vec<Block>,
    names: Vec<(Span, ActorType, Option<String>)>,
    block_start: usize,
    open_quote: bool,
    glue: bool,
}

impl Joiner {
    fn word(&mut self, word: &str, tag: &str) {
        let closes = word.starts_with([',', '.', ';', ':', '!', '?', ')', ']', '%', '”', '’'])
            || word.starts_with('\'') && word.len() > 1
            || word == "n't"
            || word == "\"" && self.open_quote
            || word == "-" && !self.glue
            || word == "/";
        let space = self.text.len() > self.block_start && !closes && !self.glue;
        if space {
            self.text.push(' ');
        }
        let start = self.text.len();
        self.text.push_str(word);
        let span = Span::new(start, self.text.len());
        self.glue = matches!(word, "(" | "[" | "$" | "“" | "‘" | "#" | "-" | "/" | "(\"");
        if word == "\"" {
            self.glue = !self.open_quote;
            self.open_quote = !self.open_quote;
        }
        let Some(kind) = tag.get(2..).and_then(kind) else { return };
        match self.names.last_mut() {
            Some(last) if tag.starts_with("I-") && last.1 == kind => last.0.end = span.end,
            _ => self.names.push((span, kind, None)),
        }
    }

    fn end_block(&mut self) {
        if self.text.len() > self.block_start {
            let span = Span::new(self.block_start, self.text.len());
            self.blocks.push(Block { span, kind: BlockKind::Paragraph, node: None });
            self.text.push('\n');
        }
        self.block_start = self.text.len();
        (self.open_quote, self.glue) = (false, false);
    }

    fn finish(&mut self, out: &mut Vec<Marked>, file: &str) {
        self.end_block();
        let done = std::mem::take(self);
        if done.blocks.is_empty() {
            return;
        }
        let id = format!("{file}-{}", out.len());
        let judged = vec![true; done.blocks.len()];
        let article = Article { text: done.text, blocks: done.blocks, ..Article::default() };
        let (other_open, weight) = (false, 1.0);
        out.push(Marked { story: id.clone(), id, article, names: done.names, judged, other_open, weight });
    }
}

/// Collects known names with their kinds.
#[derive(Debug, Default)]
pub struct Known(BTreeMap<u32, u16>);

impl Known {
    /// Adds a name of these kinds, by its words without the leading "the".
    pub fn add(&mut self, name: &str, mask: u16) {
        let name = name.strip_prefix("The ").or_else(|| name.strip_prefix("the ")).unwrap_or(name).trim();
        let mut list = Vec::new();
        tokens(name, Span::new(0, name.len()), &mut list);
        if !list.is_empty() && list.len() <= gazetteer::LONGEST {
            let mut print = Print::new();
            for token in &list {
                print = print.word(hash_text(&fold(token.span.of(name))));
            }
            *self.0.entry(print.finish()).or_default() |= mask;
        }
    }

    /// Number of names.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds the lines `number, tab, name` of the shared gazetteer.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn add_numbered(&mut self, path: &Path) -> io::Result<()> {
        for line in std::fs::read_to_string(path)?.lines() {
            let Some((number, name)) = line.split_once('\t') else { continue };
            self.add(
                name,
                match number {
                    "1" => gazetteer::FIRST,
                    "2" => gazetteer::SURNAME,
                    "3" => gazetteer::PERSON,
                    "4" => gazetteer::CITY,
                    "5" => gazetteer::COUNTRY,
                    "6" | "11" => gazetteer::REGION,
                    "7" | "12" => gazetteer::ORGANISATION,
                    "8" => gazetteer::DEMONYM,
                    "9" | "14" => gazetteer::TITLE,
                    "10" => gazetteer::TOWN,
                    "13" => gazetteer::ORG_WORD,
                    _ => continue,
                },
            );
        }
        Ok(())
    }

    /// Adds the lines `kind, tab, name, tab, what it is` of the project's own lists in a folder.
    ///
    /// # Errors
    /// Where the folder or a file cannot be read.
    pub fn add_lists(&mut self, folder: &Path) -> io::Result<()> {
        let mut files: Vec<_> = std::fs::read_dir(folder)?.filter_map(|e| Some(e.ok()?.path())).collect();
        files.sort();
        for file in files.iter().filter(|f| f.extension().is_some_and(|e| e == "tsv")) {
            for line in std::fs::read_to_string(file)?.lines() {
                let mut fields = line.split('\t');
                if let (Some(kind), Some(name)) = (fields.next(), fields.next()) {
                    self.add(name, list_mask(kind, fields.next().unwrap_or_default()));
                }
            }
        }
        Ok(())
    }

    /// The table's file.
    pub fn to_bytes(&self) -> Vec<u8> {
        gazetteer::to_bytes(&self.0)
    }
}

fn list_mask(kind: &str, what: &str) -> u16 {
    let doubt = if what.contains("ambiguous") { gazetteer::AMBIGUOUS } else { 0 };
    doubt
        | match (kind, what) {
            ("place", "country" | "territory") => gazetteer::COUNTRY,
            ("place", "city") => gazetteer::CITY,
            ("place", "state" | "region") => gazetteer::REGION,
            ("place", _) => gazetteer::PLACE,
            ("other", "demonym") => gazetteer::DEMONYM,
            ("other", _) => gazetteer::OTHER,
            ("organisation", "team" | "club" | "sport") => gazetteer::TEAM,
            ("organisation", "news" | "media" | "newspaper" | "agency" | "broadcaster") => gazetteer::MEDIA,
            ("organisation", _) => gazetteer::ORGANISATION,
            ("person-given", _) => gazetteer::FIRST,
            ("person-surname", _) => gazetteer::SURNAME,
            ("person", _) => gazetteer::PERSON,
            ("title", _) => gazetteer::TITLE,
            ("org-head", _) => gazetteer::ORG_WORD,
            _ => 0,
        }
}
