//! A page seen for labelling: its blocks with what the markup around them and the metadata say.

mod chars;
mod names;

use super::blocks::{self, Segments};
use super::language;
use super::meta::Metadata;
use crate::model::hash_text;
use crate::page::{NO_PARENT, Page, Tag};
pub(crate) use chars::{alphanumeric, plain, unspaced, words};

/// Elements further up than this are not looked at.
pub(crate) const MAX_UP: usize = 24;

/// Sums over the blocks inside an element.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sums {
    /// Bytes of text.
    pub text: u32,
    /// Of these in links.
    pub linked: u32,
    /// Blocks.
    pub blocks: u32,
    /// Blocks of running text.
    pub prose: u32,
    /// Bytes in blocks of running text.
    pub prose_text: u32,
}

/// Facts of one block.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Fact {
    /// Words; for scripts without spaces, two characters count as one.
    pub words: u32,
    /// Share of the text that stands in links, in steps 0 to 4.
    pub link_step: u8,
    /// Whether it reads as running text: long, few links, sentence marks.
    pub prose: bool,
    /// Sentence ends inside and at the end.
    pub stops: u32,
    /// Commas and the like.
    pub commas: u32,
    /// Digits.
    pub digits: u32,
    /// Capitals.
    pub capitals: u32,
    /// Letters.
    pub letters: u32,
    /// The class of the last character.
    pub last: u8,
    /// The class of the first character.
    pub first: u8,
    /// Number of the path of elements above, for templates.
    pub path: u32,
    /// Whether the same text stood before.
    pub repeated: bool,
}

/// A page seen for labelling.
#[derive(Debug)]
pub(crate) struct View<'p> {
    pub page: &'p Page,
    pub segments: Segments,
    pub meta: Metadata,
    pub facts: Vec<Fact>,
    /// The blocks' texts as [`plain`] has them.
    pub plains: Vec<String>,
    /// One a node.
    pub sums: Vec<Sums>,
    /// Hashes of the words in an element's names, one range a node.
    pub names: Vec<u32>,
    pub name_ranges: Vec<(u32, u32)>,
    /// Blocks by path: number, words, link steps, prose.
    pub paths: Vec<[u32; 4]>,
    /// The element that holds most of the running text without holding the rest.
    pub top: u32,
    /// The block that is the headline as metadata or `h1` has it.
    pub headline: Option<usize>,
    /// The BCP 47 tag of the language that the page says it is in, or that its running text is in.
    pub language: Option<String>,
}

/// Class of a character that begins or ends a block.
pub(crate) fn class_of(c: char) -> u8 {
    match c {
        '.' | '。' | '।' | '۔' | '．' => 1,
        '!' | '?' | '！' | '？' | '؟' | '…' => 2,
        '"' | '”' | '“' | '„' | '»' | '«' | '\'' | '’' | '‘' | '」' | '』' | '「' | '『' => 3,
        ':' | '：' => 4,
        ',' | ';' | '،' | '、' | '，' => 5,
        ')' | ']' | '(' | '[' | '（' | '）' => 6,
        '|' | '/' | '>' | '›' | '→' | '•' | '·' | '-' | '–' | '—' | '*' | '+' | '#' | '@' | '©' => {
            7
        }
        c if c.is_numeric() => 8,
        c if c.is_uppercase() => 9,
        c if c.is_lowercase() => 10,
        c if c.is_alphabetic() => 11,
        _ => 12,
    }
}

impl<'p> View<'p> {
    /// Looks at a page.
    pub(crate) fn new(page: &'p Page) -> Self {
        let segments = blocks::cut(page);
        let meta = Metadata::read(page);
        let n = page.nodes.len();
        let mut view = View {
            page,
            segments,
            meta,
            facts: Vec::new(),
            plains: Vec::new(),
            sums: vec![Sums::default(); n],
            names: Vec::new(),
            name_ranges: vec![(0, 0); n],
            paths: Vec::new(),
            top: 0,
            headline: None,
            language: None,
        };
        view.name_elements();
        view.look();
        view.sum();
        view.plains = (0..view.facts.len()).map(|i| plain(view.segments.words(i))).collect();
        view.headline = view.find_headline();
        view.language = view.written_in();
        view
    }

    /// The language of the page: what it says or what its running text is in.
    fn written_in(&self) -> Option<String> {
        let top = |i: &usize| self.facts[*i].prose && self.inside(self.segments.list[*i].node, self.top);
        let mut text = String::new();
        for i in (0..self.facts.len()).filter(top) {
            text.push_str(self.segments.words(i));
            text.push(' ');
            if text.len() > language::BYTES {
                break;
            }
        }
        language::choose(self.meta.language(), &text)
    }

    /// The hashed words of element `i`'s names.
    pub(crate) fn names_of(&self, i: u32) -> &[u32] {
        let (from, to) = self.name_ranges[i as usize];
        &self.names[from as usize..to as usize]
    }

    fn look(&mut self) {
        let (mut texts, mut paths) = (Vec::new(), Vec::new());
        for i in 0..self.segments.list.len() {
            let segment = self.segments.list[i];
            let text = self.segments.words(i);
            let mut fact = Fact::default();
            let [spaces, wide] = if text.is_ascii() { fact.count_ascii(text) } else { fact.count(text) };
            fact.words = spaces + 1 + wide / 2;
            fact.first = text.chars().next().map_or(0, class_of);
            fact.last = text.chars().next_back().map_or(0, class_of);
            let len = segment.span.len() as u32;
            fact.link_step = match (segment.linked * 10).checked_div(len.max(1)).unwrap_or(0) {
                _ if segment.linked == 0 => 0,
                0..3 => 1,
                3..6 => 2,
                6..9 => 3,
                _ => 4,
            };
            fact.prose = fact.words >= 12 && fact.link_step <= 1 && fact.stops > 0
                || fact.words >= 25 && fact.link_step <= 1 && fact.commas > 0;
            texts.push(hash_text(text));
            paths.push(self.path(segment.node));
            self.facts.push(fact);
        }
        let mut seen = vec![false; texts.len()];
        for (fact, text) in self.facts.iter_mut().zip(numbered(&texts)).filter(|(f, _)| f.words >= 3) {
            fact.repeated = std::mem::replace(&mut seen[text as usize], true);
        }
        for (fact, path) in self.facts.iter_mut().zip(numbered(&paths)) {
            fact.path = path;
            self.paths.resize(self.paths.len().max(path as usize + 1), [0; 4]);
            let entry = &mut self.paths[path as usize];
            entry[0] += 1;
            entry[1] += fact.words;
            entry[2] += u32::from(fact.link_step);
            entry[3] += u32::from(fact.prose);
        }
    }

    /// Hash of the path: element names and class words of the nearest four elements.
    fn path(&self, from: u32) -> u32 {
        let (mut path, mut at) = (0u32, from);
        for _ in 0..4 {
            if at == NO_PARENT {
                break;
            }
            let node = &self.page.nodes[at as usize];
            path = path.rotate_left(5) ^ (node.tag as u32 + 1).wrapping_mul(0x9e37_79b9);
            for name in self.names_of(at).iter().take(6) {
                path = path.wrapping_add(name.wrapping_mul(0x85eb_ca6b));
            }
            at = node.parent;
        }
        path
    }

    /// Sums over subtrees, and the top container: the deepest element that still holds more than
    /// half of the page's running text, weighted against links.
    fn sum(&mut self) {
        for (segment, fact) in self.segments.list.iter().zip(&self.facts) {
            let sums = &mut self.sums[segment.node as usize];
            let len = segment.span.len() as u32;
            sums.text += len;
            sums.linked += segment.linked;
            sums.blocks += 1;
            sums.prose += u32::from(fact.prose);
            sums.prose_text += if fact.prose { len } else { 0 };
        }
        for i in (1..self.page.nodes.len()).rev() {
            let parent = self.page.nodes[i].parent;
            if parent != NO_PARENT {
                let from = self.sums[i];
                let to = &mut self.sums[parent as usize];
                to.text += from.text;
                to.linked += from.linked;
                to.blocks += from.blocks;
                to.prose += from.prose;
                to.prose_text += from.prose_text;
            }
        }
        let Some(all) = self.sums.first().map(|s| s.prose_text) else { return };
        let mut top = 0;
        // Node order is document order, so the deepest that qualifies comes last on its path.
        for (i, sums) in self.sums.iter().enumerate() {
            if sums.prose_text * 2 > all && all > 0 {
                top = i as u32;
            }
        }
        self.top = top;
    }

    /// Whether node `inner` is `outer` or stands inside it.
    pub(crate) fn inside(&self, inner: u32, outer: u32) -> bool {
        outer <= inner && inner < self.page.nodes[outer as usize].end
    }

    /// The elements from block `i`'s own outwards.
    pub(crate) fn up(&self, i: usize) -> impl Iterator<Item = u32> + '_ {
        let mut at = self.segments.list[i].node;
        std::iter::from_fn(move || {
            if at == NO_PARENT {
                return None;
            }
            let now = at;
            at = self.page.nodes[at as usize].parent;
            Some(now)
        })
        .take(MAX_UP)
    }

    /// The block that holds the headline: the `h1` (or other heading, or any block) that says what
    /// the metadata says, else the only `h1`.
    fn find_headline(&self) -> Option<usize> {
        let title = self.meta.headline().map(plain).unwrap_or_default();
        let page_title = plain(&self.meta.title);
        let mut best: Option<(u32, usize)> = None;
        for i in 0..self.facts.len() {
            if self.facts[i].words > 60 {
                continue;
            }
            let heading = self.up(i).take(3).find_map(|n| match self.page.nodes[n as usize].tag {
                Tag::H1 => Some(3),
                Tag::H2 => Some(2),
                Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6 => Some(1),
                _ => None,
            });
            let heading = heading.unwrap_or(0);
            let text = &self.plains[i];
            if text.is_empty() {
                continue;
            }
            let mut points: u32 = heading;
            if !title.is_empty() && *text == title {
                points += 8;
            } else if text.len() > 12 && page_title.starts_with(text)
                || text.len() > 20
                    && title.len() > 20
                    && (title.starts_with(text) || text.starts_with(&title))
            {
                points += 5;
            } else if heading < 3 {
                continue;
            } else if alike(text, &title) || alike(text, &page_title) {
                points += 4;
            }
            if self.facts[i].link_step >= 3 {
                points = points.saturating_sub(3);
            }
            if best.is_none_or(|(p, _)| points > p) {
                best = Some((points, i));
            }
        }
        best.filter(|(p, _)| *p >= 2).map(|(_, i)| i)
    }
}

/// Of each key the number of its like, below the number of keys.
pub(crate) fn numbered(keys: &[u32]) -> Vec<u32> {
    let mut sorted: Vec<u64> = (0u64..).zip(keys).map(|(i, &key)| u64::from(key) << 32 | i).collect();
    sorted.sort_unstable();
    let mut numbers = vec![0; keys.len()];
    let mut number = 0;
    for (at, &pair) in sorted.iter().enumerate() {
        number += u32::from(at > 0 && sorted[at - 1] >> 32 != pair >> 32);
        numbers[pair as u32 as usize] = number;
    }
    numbers
}

/// Whether half of the shorter text's words stand in the other.
fn alike(a: &str, b: &str) -> bool {
    let words = a.split(' ').filter(|w| w.len() > 2).count();
    let shared = a.split(' ').filter(|w| w.len() > 2 && b.contains(*w)).count();
    words > 1 && shared * 2 >= words
}
