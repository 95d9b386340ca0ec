//! What the labeller's second pass sees of each block: a row of numbers on the block, on the elements
//! around it, and on what the first pass holds likely of its neighbours, siblings and of all blocks made
//! by the same template (stacked sequential learning, Cohen and Carvalho 2005).

mod far;
mod mass;
mod signs;

use super::features::Told;
use super::view::{View, numbered};
use crate::page::{NO_PARENT, Tag};
use far::Far;
use mass::Mass;
use signs::{SIGNS, Signs};

/// Numbers in a row.
pub(crate) const COLUMNS: usize = 126 + SIGNS;

/// Elements around a block that are looked at.
const UP: usize = 5;

/// Stands for a number that there is not.
const NONE: f32 = -2.0;

/// Elements in an order in which like stands by like.
const fn rank(tag: Tag) -> f32 {
    match tag {
        Tag::P => 0.0,
        Tag::Div => 1.0,
        Tag::Section | Tag::Article | Tag::Main | Tag::Body => 2.0,
        Tag::Blockquote => 3.0,
        Tag::Li => 4.0,
        Tag::Dd | Tag::Dt => 5.0,
        Tag::H1 => 6.0,
        Tag::H2 => 7.0,
        Tag::H3 => 8.0,
        Tag::H4 => 9.0,
        Tag::H5 | Tag::H6 => 10.0,
        Tag::Td | Tag::Th => 11.0,
        Tag::Figcaption | Tag::Caption => 12.0,
        Tag::Figure => 13.0,
        Tag::Header => 14.0,
        Tag::Footer => 15.0,
        Tag::Aside => 16.0,
        Tag::Nav => 17.0,
        Tag::Button => 18.0,
        _ => 19.0,
    }
}

const fn heading(tag: Tag) -> bool {
    matches!(tag, Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6)
}

fn part(a: u32, b: u32) -> f32 {
    if b == 0 { NONE } else { a as f32 / b as f32 }
}

fn flag(yes: bool) -> f32 {
    f32::from(u8::from(yes))
}

/// What the rows of a page have in common.
struct Around<'v> {
    view: &'v View<'v>,
    likely: &'v [f32],
    scores: &'v [f32],
    told: &'v [Told],
    /// One a path.
    paths: Vec<Mass>,
    /// One a node.
    sums: Vec<Mass>,
    all: Mass,
    /// The deepest elements that hold most, and nearly all, of what is likely.
    roots: [u32; 2],
    sure: Far,
    prose: Far,
    heads: Far,
    /// Sure blocks by parent, element, class.
    parents: Vec<f32>,
    tags: [f32; 256],
    classes: Vec<f32>,
    /// Of each block the number of its class.
    class: Vec<u32>,
    first_sure: Option<usize>,
    last_sure: Option<usize>,
    /// Number of sure blocks and the words of the middle one.
    sures: f32,
    usual: f32,
    articles: f32,
    has_main: bool,
    words: u32,
    prose_words: u32,
    signs: Signs,
}

fn weight(view: &View, i: usize) -> f32 {
    view.facts[i].words.min(60) as f32
}

fn class(view: &View, i: usize) -> u32 {
    let names = view.names_of(view.segments.list[i].node);
    names.iter().fold(7u32, |h, &x| h.wrapping_mul(31).wrapping_add(x))
}

impl<'v> Around<'v> {
    fn new(view: &'v View<'v>, told: &'v [Told], scores: &'v [f32], likely: &'v [f32]) -> Self {
        let (nodes, list, facts) = (&view.page.nodes, &view.segments.list, &view.facts);
        let mut paths = vec![Mass::default(); view.paths.len()];
        let mut sums = vec![Mass::default(); nodes.len()];
        for (i, &p) in likely.iter().enumerate() {
            paths[facts[i].path as usize].add(weight(view, i), p);
            sums[list[i].node as usize].add(weight(view, i), p);
        }
        for i in (1..nodes.len()).rev() {
            let parent = nodes[i].parent;
            if parent != NO_PARENT {
                let from = sums[i];
                let to = &mut sums[parent as usize];
                to.words += from.words;
                to.likely += from.likely;
                to.blocks += from.blocks;
            }
        }
        let all = sums.first().copied().unwrap_or_default();
        let deepest = |share: f32| {
            let held = |&i: &usize| sums[i].likely > all.likely * share && sums[i].likely > 0.0;
            (0..nodes.len()).rev().find(held).unwrap_or(0) as u32
        };
        let sure = |i: usize| likely[i] > 0.8 && facts[i].words >= 12;
        let tag = |i: usize| nodes[list[i].node as usize].tag;
        let class = numbered(&(0..facts.len()).map(|i| class(view, i)).collect::<Vec<_>>());
        // The last stands for what has no parent.
        let mut parents = vec![0.0; nodes.len() + 1];
        let mut tags = [0.0; 256];
        let mut classes = vec![0.0; facts.len()];
        let mut lengths = Vec::new();
        let sures: Vec<usize> = (0..facts.len()).filter(|&i| sure(i)).collect();
        for &i in &sures {
            parents[(nodes[list[i].node as usize].parent as usize).min(nodes.len())] += 1.0;
            tags[tag(i) as usize] += 1.0;
            classes[class[i] as usize] += 1.0;
            lengths.push(facts[i].words);
        }
        lengths.sort_unstable();
        Self {
            view,
            likely,
            scores,
            told,
            paths,
            all,
            roots: [deepest(0.6), deepest(0.92)],
            sums,
            sure: Far::new(view, sure),
            prose: Far::new(view, |i| facts[i].prose),
            heads: Far::new(view, |i| heading(tag(i))),
            parents,
            tags,
            classes,
            class,
            first_sure: sures.first().copied(),
            last_sure: sures.last().copied(),
            sures: sures.len() as f32,
            usual: lengths.get(lengths.len() / 2).copied().unwrap_or(0) as f32,
            articles: (0..nodes.len())
                .filter(|&i| nodes[i].tag == Tag::Article && view.sums[i].text > 200)
                .count() as f32,
            has_main: nodes.iter().any(|n| n.tag == Tag::Main),
            words: facts.iter().map(|f| f.words).sum(),
            prose_words: facts.iter().filter(|f| f.prose).map(|f| f.words).sum(),
            signs: Signs::new(view),
        }
    }

    fn tag(&self, i: usize) -> Tag {
        self.view.page.nodes[self.view.segments.list[i].node as usize].tag
    }

    #[inline(never)]
    fn text(&self, i: usize, row: &mut Vec<f32>) {
        let (view, f, s) = (self.view, &self.view.facts[i], &self.view.segments.list[i]);
        let nodes = &view.page.nodes;
        let len = s.span.len() as u32;
        let inner = nodes[s.first as usize].parent;
        let whole = inner != NO_PARENT && inner != s.node && s.last < nodes[inner as usize].end;
        let told = &self.told[i];
        row.extend([
            f.words.min(400) as f32,
            part(s.linked, len),
            s.links as f32,
            f.stops as f32,
            part(f.digits, f.digits + f.letters),
            part(f.capitals, f.letters),
            f32::from(f.first),
            f32::from(f.last),
            part(s.bold, len),
            part(s.italic, len),
            rank(self.tag(i)),
            flag(f.repeated),
            part(f.stops, f.words),
            match nodes[inner.min(nodes.len() as u32 - 1) as usize].tag {
                _ if !whole => 0.0,
                Tag::A => 1.0,
                Tag::Strong | Tag::B => 2.0,
                Tag::Em | Tag::I => 3.0,
                Tag::Span => 4.0,
                _ => 5.0,
            },
            if view.headline == Some(i) {
                3.0
            } else if told.title {
                2.0
            } else {
                told.shared
            },
            f32::from(told.description),
            f32::from(told.body),
            flag(told.author),
            opener(view.segments.words(i)),
        ]);
    }

    #[inline(never)]
    fn place(&self, i: usize, before: u32, row: &mut Vec<f32>) {
        let (view, s) = (self.view, &self.view.segments.list[i]);
        let nodes = &view.page.nodes;
        let media = (s.first.saturating_sub(12)..s.first).rev().position(|n| {
            matches!(nodes[n as usize].tag, Tag::Img | Tag::Picture | Tag::Video | Tag::Figure | Tag::Iframe)
        });
        let (mut articles, mut main, mut lists, mut asides, mut quote) =
            (0.0f32, false, 0.0f32, 0.0f32, false);
        let mut depth = 0.0f32;
        for at in view.up(i) {
            depth += 1.0;
            match nodes[at as usize].tag {
                Tag::Article => articles += 1.0,
                Tag::Main => main = true,
                Tag::Ul | Tag::Ol => lists += 1.0,
                Tag::Aside | Tag::Nav | Tag::Footer | Tag::Form => asides += 1.0,
                Tag::Blockquote => quote = true,
                _ => {}
            }
        }
        let [count, words, links, prose] =
            view.paths.get(view.facts[i].path as usize).copied().unwrap_or([1, 0, 0, 0]);
        let n = view.facts.len();
        row.extend([
            view.headline.map_or(-1000.0, |h| (i as f32 - h as f32).clamp(-999.0, 999.0)),
            i as f32 / n as f32,
            part(before, self.words),
            self.prose.before[i][0],
            self.prose.after[i][0],
            self.heads.before[i][0],
            media.map_or(99.0, |m| m as f32),
            articles,
            self.articles,
            if self.has_main { flag(main) } else { NONE },
            lists,
            asides,
            flag(quote),
            depth,
            count as f32,
            part(words, count),
            part(prose, count),
            part(links, count),
            n as f32,
            self.words as f32,
            part(self.prose_words, self.words),
        ]);
    }

    #[inline(never)]
    fn elements(&self, i: usize, row: &mut Vec<f32>) {
        let view = self.view;
        let mut level = 0;
        for at in view.up(i).take(UP) {
            level += 1;
            let (sum, mass) = (view.sums[at as usize], self.sums[at as usize]);
            row.extend([
                part(sum.linked, sum.text),
                part(sum.prose_text, sum.text),
                part(sum.text, view.sums[0].text),
                sum.blocks as f32,
                sum.prose as f32,
                mass.others(weight(view, i), self.likely[i]),
                mass.words,
                mass.likely / self.all.likely.max(0.1),
                rank(view.page.nodes[at as usize].tag),
            ]);
        }
        row.extend(std::iter::repeat_n(NONE, 9 * (UP - level)));
    }

    #[inline(never)]
    fn neighbours(&self, i: usize, row: &mut Vec<f32>) {
        let (view, list) = (self.view, &self.view.segments.list);
        let parent = |j: usize| view.page.nodes[list[j].node as usize].parent;
        let at = |offset: i64| usize::try_from(i as i64 + offset).ok().filter(|&j| j < list.len());
        row.extend([-3i64, -2, -1, 1, 2, 3].map(|offset| at(offset).map_or(NONE, |j| self.likely[j])));
        for offset in [-1, 1] {
            let Some(j) = at(offset) else {
                row.extend([NONE; 6]);
                continue;
            };
            let f = &view.facts[j];
            row.extend([
                f.words.min(400) as f32,
                part(list[j].linked, list[j].span.len() as u32),
                f32::from(f.last),
                rank(self.tag(j)),
                flag(parent(j) == parent(i)),
                flag(f.path == view.facts[i].path),
            ]);
        }
    }

    #[inline(never)]
    fn likelihoods(&self, i: usize, passed: f32, row: &mut Vec<f32>) {
        let (view, p) = (self.view, self.likely[i]);
        let node = view.segments.list[i].node;
        let path = self.paths.get(view.facts[i].path as usize).copied().unwrap_or_default();
        row.extend([
            p,
            self.scores[i],
            self.sure.before[i][0],
            self.sure.before[i][1],
            self.sure.after[i][0],
            self.sure.after[i][1],
            passed / self.all.likely.max(0.1),
            self.all.likely,
            path.others(weight(view, i), p),
            path.blocks,
        ]);
        for root in self.roots {
            row.push(if view.inside(node, root) {
                view.up(i).take_while(|&n| n != root).count() as f32
            } else {
                let up = view.up(i).take_while(|&n| !view.inside(root, n)).count() as f32;
                if node > root { 20.0 + up } else { -1.0 - up }
            });
        }
        let nodes = &view.page.nodes;
        let parent = nodes[node as usize].parent;
        let above = if parent == NO_PARENT { NO_PARENT } else { nodes[parent as usize].parent };
        let share = |count: f32| count / self.sures.max(1.0);
        let under = |node: u32| self.parents[(node as usize).min(nodes.len())];
        let from = |sure: Option<usize>| sure.map_or(-100.0, |s| (i as f32 - s as f32).clamp(-50.0, 50.0));
        row.extend([
            from(self.first_sure),
            from(self.last_sure),
            self.usual,
            self.sures,
            share(under(parent)),
            share(under(node)),
            share(under(above)),
            share(self.tags[self.tag(i) as usize]),
            share(self.classes[self.class[i] as usize]),
            part(node.saturating_sub(self.roots[0]), nodes.len() as u32),
            view.names_of(node).len() as f32,
        ]);
    }
}

/// Words before a colon near the beginning: "Read more:" and the like; 0 where there is none.
fn opener(text: &str) -> f32 {
    let head = text.char_indices().nth(30).map_or(text, |(at, _)| &text[..at]);
    let before = head.as_bytes().windows(2).position(|two| two == b": ");
    before.map_or(0.0, |at| 1.0 + head.bytes().take(at).filter(|&b| b == b' ').count() as f32)
}

/// Makes each block's row, from the first pass's scores and the likelihood that it is the article's text.
pub(crate) fn second(
    view: &View,
    told: &[Told],
    scores: &[f32],
    likely: &[f32],
    mut take: impl FnMut(&[f32]),
) {
    let around = Around::new(view, told, scores, likely);
    let mut row = Vec::with_capacity(COLUMNS);
    let (mut before, mut passed) = (0, 0.0);
    for (i, fact) in view.facts.iter().enumerate() {
        row.clear();
        around.text(i, &mut row);
        around.place(i, before, &mut row);
        around.elements(i, &mut row);
        around.neighbours(i, &mut row);
        around.likelihoods(i, passed, &mut row);
        row.extend(around.signs.of(view, i));
        debug_assert_eq!(row.len(), COLUMNS);
        take(&row);
        before += fact.words;
        passed += weight(view, i) * likely[i];
    }
}
