//! What the elements around a block add to its score, kept from block to block: most blocks stand in the same
//! elements as the one before.

use super::markup::{Around, LEVELS, NAMES, held, holding, tells};
use super::steps;
use crate::article::view::{MAX_UP, View};
use crate::model::{Feature, Sink};
use crate::page::{NO_PARENT, Tag};

/// Stands for a sum that is not made yet.
const OPEN: i32 = i32::MIN;

/// An element around the block at hand.
struct Element {
    node: u32,
    /// What it and the elements around it add for their tags and names: to a block that is no running text,
    /// and to one that is.
    sums: [i32; 2],
    around: Around,
    /// Names before its own in [`Above::names`].
    names: usize,
    /// What its names add as the second element around a block, by the block's length, and as the third.
    second: [i32; 5],
    third: i32,
    /// What it holds adds at a level.
    holding: (u32, i32),
    /// What it holds beside a block adds at a level, by the block's length and links.
    held: [(u32, i32); HELD],
}

/// Sums of [`Element::held`] that are kept.
const HELD: usize = 8;

/// The elements around the block at hand, the outermost first.
#[derive(Default)]
pub(super) struct Above {
    elements: Vec<Element>,
    /// The names of them all, each once.
    names: Vec<u32>,
}

impl Above {
    /// Adds to `out` what the elements around block `i` add; nothing where so many stand around it that they do
    /// not all count.
    pub(super) fn add(&mut self, view: &View, i: usize, out: &mut impl Sink) -> Option<Around> {
        self.turn(view, view.segments.list[i].node, out);
        if self.elements.len() > MAX_UP || self.names.len() > NAMES {
            return None;
        }
        let fact = &view.facts[i];
        let nodes = &view.page.nodes;
        let words = steps(fact.words) / 3;
        let links = u32::from(fact.link_step);
        let mut path = Feature::new(40);
        let mut sum = 0;
        for (level, element) in self.elements.iter_mut().rev().take(LEVELS).enumerate() {
            let tag = nodes[element.node as usize].tag;
            if level < 3 {
                path = path.number(tag as u32);
                sum += out.weight(path.number(links));
            }
            if matches!(tag, Tag::Body | Tag::Html) {
                continue;
            }
            let names = view.names_of(element.node).iter().map(|&name| (name, Feature::new));
            match level {
                0 => {
                    for (name, new) in names {
                        sum +=
                            out.weight(new(43).number(name)) + out.weight(new(45).number(name).number(words));
                    }
                }
                1 => {
                    let kept = &mut element.second[words as usize];
                    if *kept == OPEN {
                        *kept = names
                            .map(|(name, new)| {
                                out.weight(new(44).number(name))
                                    + out.weight(new(46).number(name).number(words))
                            })
                            .sum();
                    }
                    sum += *kept;
                }
                2 => {
                    if element.third == OPEN {
                        element.third = names.map(|(name, new)| out.weight(new(47).number(name))).sum();
                    }
                    sum += element.third;
                }
                _ => {}
            }
            let level = level as u32;
            if element.holding.0 != level {
                let both = holding(view, element.node, level);
                element.holding = (level, both.map(|feature| out.weight(feature)).iter().sum());
            }
            sum += element.holding.1;
            let key = (level * 5 + words) * 5 + links;
            let kept = &mut element.held[key as usize % HELD];
            if kept.0 != key {
                let both = held(view, element.node, level, fact);
                *kept = (key, both.map(|feature| out.weight(feature)).iter().sum());
            }
            sum += kept.1;
        }
        let inner = self.elements.last()?;
        out.add(sum + inner.sums[usize::from(fact.prose)]);
        Some(inner.around)
    }

    /// Turns to the elements around and at `node`, which does not stand before those at hand.
    fn turn(&mut self, view: &View, node: u32, out: &impl Sink) {
        while let Some(last) = self.elements.pop_if(|last| !view.inside(node, last.node)) {
            self.names.truncate(last.names);
        }
        let last = self.elements.last().map_or(NO_PARENT, |last| last.node);
        let from = self.elements.len();
        let mut at = node;
        while at != last && at != NO_PARENT {
            self.elements.push(Element {
                node: at,
                sums: [0; 2],
                around: Around::default(),
                names: 0,
                second: [OPEN; 5],
                third: OPEN,
                holding: (u32::MAX, 0),
                held: [(u32::MAX, 0); HELD],
            });
            at = view.page.nodes[at as usize].parent;
        }
        self.elements[from..].reverse();
        let (mut sums, mut around) = from
            .checked_sub(1)
            .map_or_else(Default::default, |last| (self.elements[last].sums, self.elements[last].around));
        for element in &mut self.elements[from..] {
            let node = &view.page.nodes[element.node as usize];
            element.names = self.names.len();
            let mut both = |feature: Feature| {
                for (prose, sum) in sums.iter_mut().enumerate() {
                    *sum += out.weight(feature.number(prose as u32));
                }
            };
            if tells(node.tag) {
                both(Feature::new(41).number(node.tag as u32));
            }
            let mut once = 0;
            for &name in view.names_of(element.node) {
                if matches!(node.tag, Tag::Body | Tag::Html) {
                    both(Feature::new(42).number(name));
                } else if !self.names.contains(&name) {
                    self.names.push(name);
                    once += out.weight(Feature::new(48).number(name));
                    both(Feature::new(49).number(name));
                }
            }
            sums = sums.map(|sum| sum + once);
            around = around.with(node);
            (element.sums, element.around) = (sums, around);
        }
    }
}
