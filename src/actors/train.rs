//! Trains the names' scorer and its table of known names, and measures them.

use super::ActorType;
use super::data::{Known, Marked, json_lines, tagged};
use super::eval::{Tally, measure};
use super::features::Seen;
use super::gazetteer::Gazetteer;
use super::names::{LABELS, Namer, begin};
use super::tokens::Words;
use super::vary::{Pool, vary};
use crate::article::{Article, Block};
use crate::model::train::{Example, Gold, Options, next, train};
use crate::model::{Edges, Features, Model};
use crate::text::Span;
use std::collections::HashMap;
use std::io;
use std::path::Path;

/// How the names' scorer is trained.
pub fn options() -> Options {
    Options {
        labels: LABELS,
        bare: false,
        bits: 18,
        epochs: 7,
        averaged: 4,
        least_level: 6,
        level_step: 6,
        alpha: 0.1,
        beta: 1.0,
        l1: 5.0,
        l2: 0.0,
        min_count: 2,
        seed: 1,
        // A name goes on only with its own kind.
        allowed: |from, to| to == 0 || to % 2 == 1 || from == Some(to) || from == Some(to - 1),
    }
}

/// What is learned from.
#[derive(Debug)]
pub struct Material {
    /// The project's own articles.
    pub corpus: Vec<Marked>,
    /// Openly licensed sets and sentences made from lists.
    pub sets: Vec<Marked>,
    /// The table of known names, as its file.
    pub known: Vec<u8>,
    /// Names to tell texts anew with.
    pub pool: Pool,
}

/// Reads all that may be learned from: `shared` is the folder of gold data, `own` the project's `corpus`.
///
/// # Errors
/// Where a file is missing or broken.
pub fn material(shared: &Path, own: &Path) -> io::Result<Material> {
    let mut known = Known::default();
    known.add_numbered(&shared.join("bench/actors/gazetteer.tsv"))?;
    known.add_lists(&own.join("lists"))?;
    let mut sets = super::markup::articles(&own.join("articles"))?;
    sets.extend(super::markup::articles(&own.join("names"))?);
    for (file, other_open, weight) in [
        ("wikigold", false, 1.0),
        ("wnut_train", false, 0.1),
        ("wnut_test", false, 0.1),
        ("btc", true, 0.1),
        ("gum_by", true, 0.6),
        ("gum_news", true, 0.5),
    ] {
        for mut text in tagged(&shared.join(format!("bench/actors/train/{file}.tsv")))? {
            (text.other_open, text.weight) = (other_open, weight);
            sets.push(text);
        }
    }
    let corpus = json_lines(&shared.join("corpus/corpus.jsonl"))?;
    let pool = Pool::read(shared, own)?;
    Ok(Material { corpus, sets, known: known.to_bytes(), pool })
}

/// A text's judged blocks as examples.
pub fn examples(text: &Marked, gazetteer: &Gazetteer, out: &mut Vec<Example>) {
    let words = Words::new(&text.article, gazetteer);
    let seen = Seen::new(&text.article.text, &words);
    let (mut features, mut places) = (Features::new(), Vec::new());
    for (index, block) in
        words.blocks.iter().enumerate().filter(|(index, block)| text.judged[*index] && !block.is_empty())
    {
        features.clear();
        places.clear();
        seen.features(index, &mut features, &mut places);
        let mut name = text.names.partition_point(|n| n.0.end <= words.words[block.start].span.start);
        let mut item = 0;
        for places in places.chunk_by(|&a, &b| a + 1 == b) {
            let start = block.start + places[0] as usize;
            let within = |at: usize| block.contains(&at).then_some(0);
            let edges = Edges { before: within(start.wrapping_sub(1)), after: within(start + places.len()) };
            let mut masks = Vec::with_capacity(places.len());
            for word in &words.words[start..start + places.len()] {
                while text.names.get(name).is_some_and(|n| n.0.end <= word.span.start) {
                    name += 1;
                }
                masks.push(match text.names.get(name) {
                    Some((span, kind, _)) if span.overlaps(word.span) => {
                        // The first of a name's tokens that are looked at begins it.
                        let inside = !masks.is_empty() && word.span.start > span.start;
                        1 << (u32::from(begin(*kind)) + u32::from(inside))
                    }
                    _ if text.other_open => 1 | 3 << begin(ActorType::Other),
                    _ => 1,
                });
            }
            let end = item + places.len();
            out.push(Example {
                features: features.part(item..end),
                gold: Gold::Masks(masks, edges),
                weight: text.weight,
            });
            item = end;
        }
    }
}

/// How much a text counts that is told of others, and one that is cut into passages.
const TOLD_WEIGHT: f32 = 0.5;
const CUT_WEIGHT: f32 = 0.3;

/// Texts told of others, one whole and one cut into passages, and the texts themselves cut; those with
/// unmarked names are left out.
///
/// # Errors
/// Where the table of known names is broken.
pub fn told_anew<'t>(
    texts: impl IntoIterator<Item = &'t Marked>,
    material: &Material,
) -> io::Result<Vec<Marked>> {
    let broken = || io::Error::new(io::ErrorKind::InvalidData, "table of known names");
    let gazetteer = Gazetteer::from_bytes(&material.known).ok_or_else(broken)?;
    let mut told = Vec::new();
    for (at, text) in texts.into_iter().filter(|t| !t.other_open).enumerate() {
        let seed = at as u64 * 8;
        let new = |copy: u64| vary(text, &material.pool, &gazetteer, 1 + seed + copy);
        passages(&new(0), seed, &mut told);
        told.push(Marked { weight: text.weight * TOLD_WEIGHT, ..new(1) });
        passages(text, seed + 7, &mut told);
    }
    Ok(told)
}

/// The longest passage that a text is cut into, in blocks.
const PASSAGE: u64 = 4;

/// Cuts a text into passages, each a text of its own: their names have few other mentions to lean on.
fn passages(text: &Marked, seed: u64, out: &mut Vec<Marked>) {
    let mut state = seed;
    let blocks = &text.article.blocks;
    let mut first = 0;
    while first < blocks.len() {
        let end = (first + 1 + (next(&mut state) % PASSAGE) as usize).min(blocks.len());
        let (from, to) = (blocks[first].span.start, blocks[end - 1].span.end);
        let moved = |span: Span| Span::new(span.start - from, span.end - from);
        let cut = blocks[first..end].iter().map(|b| Block { span: moved(b.span), ..*b }).collect();
        let within = |span: Span| from <= span.start && span.end <= to;
        let names = text.names.iter().filter(|n| within(n.0));
        out.push(Marked {
            id: text.id.clone(),
            story: text.story.clone(),
            article: Article {
                text: text.article.text[from..to].to_owned(),
                blocks: cut,
                ..Article::default()
            },
            names: names.map(|(span, kind, id)| (moved(*span), *kind, id.clone())).collect(),
            judged: text.judged[first..end].to_vec(),
            weight: text.weight * CUT_WEIGHT,
            ..*text
        });
        first = end;
    }
}

/// Trains a scorer on these texts.
///
/// # Errors
/// Where the table of known names is broken or the scorer cannot be read back.
pub fn learn<'t>(
    texts: impl IntoIterator<Item = &'t Marked>,
    known: &[u8],
    options: &Options,
) -> io::Result<(Namer, Vec<u8>)> {
    let broken = |what: &str| io::Error::new(io::ErrorKind::InvalidData, what.to_owned());
    let gazetteer = Gazetteer::from_bytes(known).ok_or_else(|| broken("table of known names"))?;
    let mut list = Vec::new();
    for text in texts {
        examples(text, &gazetteer, &mut list);
    }
    let bytes = train(list, options);
    let model = Model::from_bytes(&bytes).map_err(|e| broken(&e.to_string()))?;
    Ok((Namer { model, gazetteer }, bytes))
}

/// Measures on the dev files and seeds that `shared` has, a line each.
///
/// # Errors
/// Where a file that is there is broken.
pub fn dev(namer: &Namer, shared: &Path) -> io::Result<Vec<String>> {
    let mut lines = Vec::new();
    for file in
        ["bench/actors/dev-newswire.jsonl", "bench/actors/dev-sentences.jsonl", "seeds/gold/seeds.jsonl"]
    {
        let texts = json_lines(&shared.join(file))?;
        lines.push(format!("{file:34} {}", measure(namer, &texts).line()));
    }
    Ok(lines)
}

/// Trains what ships and writes `actors.bin` and `names.bin` into `weights`; gives lines to print.
///
/// # Errors
/// Where a file cannot be read or written.
pub fn run(shared: &Path, own: &Path, weights: &Path) -> io::Result<Vec<String>> {
    let material = material(shared, own)?;
    let texts: Vec<&Marked> = material.corpus.iter().chain(&material.sets).collect();
    let told = told_anew(texts.iter().copied(), &material)?;
    let (namer, bytes) = learn(texts.into_iter().chain(&told), &material.known, &options())?;
    std::fs::create_dir_all(weights)?;
    std::fs::write(weights.join("actors.bin"), &bytes)?;
    std::fs::write(weights.join("names.bin"), &material.known)?;
    let mut lines =
        vec![format!("actors.bin {} bytes, names.bin {} bytes", bytes.len(), material.known.len())];
    lines.extend(dev(&namer, shared)?);
    Ok(lines)
}

/// Five-fold cross-validation over the stories of the corpus, and over the articles of wikigold, which are the
/// nearest to an encyclopedia: `folds` of the five are run.
///
/// # Errors
/// Where a file cannot be read.
pub fn cross_validate(shared: &Path, own: &Path, folds: usize) -> io::Result<Vec<String>> {
    let material = material(shared, own)?;
    let mut stories: Vec<&str> = material.corpus.iter().map(|t| t.story.as_str()).collect();
    stories.dedup();
    stories.sort_unstable();
    stories.dedup();
    let fold_of: HashMap<&str, usize> = stories.iter().enumerate().map(|(at, s)| (*s, at % 5)).collect();
    let mut all = Tally::default();
    let mut encyclopedia = Tally::default();
    let mut lines = Vec::new();
    for fold in 0..folds.min(5) {
        let held = |t: &&Marked| {
            let number = t.id.strip_prefix("wikigold-").and_then(|n| n.parse::<usize>().ok());
            number.map_or_else(|| fold_of.get(t.story.as_str()) == Some(&fold), |n| n % 5 == fold)
        };
        let both = || material.corpus.iter().chain(&material.sets);
        let texts: Vec<&Marked> = both().filter(|t| !held(t)).collect();
        let told = told_anew(texts.iter().copied(), &material)?;
        let (namer, _) = learn(texts.into_iter().chain(&told), &material.known, &options())?;
        let mut tally = Tally::default();
        for text in material.corpus.iter().filter(held) {
            tally.add(&namer, text);
            all.add(&namer, text);
        }
        for text in material.sets.iter().filter(held) {
            encyclopedia.add(&namer, text);
        }
        lines.push(format!("fold {fold} {}", tally.line()));
    }
    lines.extend(all.wrong.iter().map(|w| format!("  {w}")));
    lines.push(format!("all    {}", all.line()));
    lines.push(format!("wikigold {}", encyclopedia.line()));
    Ok(lines)
}

/// Measures what ships on the dev files, the seeds and the corpus it has learned from, and lists the pairs of
/// actors across articles of a story that are taken wrongly.
///
/// # Errors
/// Where a file cannot be read.
pub fn shipped(shared: &Path) -> io::Result<Vec<String>> {
    let Some(namer) = Namer::shipped() else { return Ok(Vec::new()) };
    let mut lines = dev(namer, shared)?;
    let tally = measure(namer, &json_lines(&shared.join("corpus/corpus.jsonl"))?);
    lines.extend(tally.apart(super::same_in_story));
    lines.push(format!("corpus/corpus.jsonl (learned from) {}", tally.line()));
    Ok(lines)
}
