//! Quotation marks paired: every style, nested, over paragraphs, left open or broken.

use super::broken;
use super::glyphs::{
    Family, Mark, anchored, apostrophe, closes_first, closes_later, closing, elision, ends_well, family_of,
    glued, opener, opening, possessive, running, spaced,
};
use crate::order::Order;
use crate::text::Span;

/// How a marked stretch ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// With its closing mark.
    Closed,
    /// At its paragraph's end; the next paragraph goes on.
    GoesOn,
    /// Its closing mark is missing: it ends where the reporter's words seem to begin.
    Broken,
}

/// A stretch of text in quotation marks, within one block.
#[derive(Clone, Copy, Debug)]
pub(super) struct Marked {
    /// Bytes of the text, marks included.
    pub(super) span: Span,
    /// The same without marks.
    pub(super) inner: Span,
    /// The block it stands in.
    pub(super) block: u32,
    /// How it ends.
    pub(super) end: End,
    /// It goes on from the paragraph before.
    pub(super) continues: bool,
    /// Single marks.
    pub(super) single: bool,
    /// Quotations around it.
    pub(super) depth: u32,
    /// The quotation right around it.
    pub(super) parent: Option<u32>,
}

#[derive(Clone, Copy, Debug)]
struct Open {
    mark: Mark,
    family: Family,
}

/// Marks deeper than this are not paired: nobody nests so, and the work stays bounded.
const DEEPEST: usize = 6;

/// Pairs the marks of `blocks`; in order of starts, outer before inner. Linear in the text's length.
pub(super) fn pair(text: &str, blocks: &[Span]) -> Vec<Marked> {
    let mut out = Vec::new();
    // What the block before left open, so that this one may go on with it.
    let mut left: Option<Family> = None;
    for (i, block) in blocks.iter().enumerate() {
        let next = blocks.get(i + 1).map_or("", |b| b.of(text));
        let from = out.len();
        left = Block { text, span: *block, number: i as u32, next }.pair(left, &mut out);
        out[from..].order_by_key(|m: &Marked| (m.span.start, usize::MAX - m.span.end));
    }
    nest(&mut out);
    out
}

/// Leaves at most the first `most`, each with all that is inside it; gives back the byte where the first
/// of those left out begins.
pub(super) fn bound(all: &mut Vec<Marked>, most: usize) -> Option<usize> {
    let keep =
        (0..all.len().min(most + 1)).rev().find(|&i| all[i].depth == 0).filter(|_| all.len() > most)?;
    let end = all[keep].span.start;
    all.truncate(keep);
    Some(end)
}

/// Sets depth and parent from containment.
fn nest(all: &mut Vec<Marked>) {
    let mut stack: Vec<u32> = Vec::new();
    let mut kept: Vec<Marked> = Vec::with_capacity(all.len());
    for mut m in all.drain(..) {
        while stack.last().is_some_and(|&p| kept[p as usize].span.end <= m.span.start) {
            stack.pop();
        }
        // Overlapping without containment cannot be shown: the earlier one stays.
        if stack.last().is_some_and(|&p| !kept[p as usize].span.contains(m.span)) {
            continue;
        }
        m.depth = stack.len() as u32;
        m.parent = stack.last().copied();
        stack.push(kept.len() as u32);
        kept.push(m);
    }
    *all = kept;
}

struct Block<'t> {
    text: &'t str,
    span: Span,
    number: u32,
    next: &'t str,
}

impl Block<'_> {
    fn pair(&self, before: Option<Family>, out: &mut Vec<Marked>) -> Option<Family> {
        let marks = self.marks();
        let mut stack: Vec<Open> = Vec::new();
        let body = self.span.of(self.text);
        let resumes = before.is_some_and(|f| opener(body).is_some_and(|g| g == f));
        let first = out.len();
        // The block before was left open, and this one closes it without opening anew.
        if let (Some(family), false) = (before, resumes) {
            let closes = marks.iter().find(|m| family_of(m.glyph) == family && !apostrophe(m));
            // A line of names and titles before the mark is a credit, not speech.
            if closes.is_some_and(|m| closing(m) && !opening(m) && running(&self.text[self.span.start..m.at]))
            {
                let glyph = if family == Family::Single { '‘' } else { '“' };
                let mark = Mark { at: self.span.start, len: 0, glyph, before: None, after: None };
                stack.push(Open { mark, family });
            }
        }
        let outer_angle_first = marks.iter().find(|m| matches!(m.glyph, '«' | '»')).map(|m| m.glyph);
        for (k, m) in marks.iter().enumerate() {
            if apostrophe(m) {
                continue;
            }
            match m.glyph {
                '"' | '“' | '”' | '„' | '‟' | '″' => self.double(m, &mut stack, out),
                '\'' | '‘' | '’' | '‚' | '‛' => self.single(m, &marks[k + 1..], &mut stack, out),
                _ => {
                    let opens = match m.glyph {
                        '«' => outer_angle_first == Some('«'),
                        '»' => outer_angle_first == Some('»'),
                        '‹' => true,
                        _ => false,
                    };
                    let family = family_of(m.glyph);
                    if opens && !(stack.iter().any(|o| o.family == family) && closing(m) && !opening(m)) {
                        push(&mut stack, Open { mark: *m, family });
                    } else if let Some(p) = stack.iter().rposition(|o| o.family == family) {
                        self.close(p, m, &mut stack, out);
                    }
                }
            }
        }
        let left = self.leave(&stack, first, out);
        if before.is_some()
            && let Some(m) = out[first..].iter_mut().min_by_key(|m| m.span.start)
            && (resumes || m.span.start == self.span.start && m.inner.start == m.span.start)
            && m.span.start <= self.span.start + 4
        {
            m.continues = true;
        }
        left
    }

    /// All glyphs that may be quotation marks, with their neighbours; none inside a tag's brackets.
    fn marks(&self) -> Vec<Mark> {
        let body = self.span.of(self.text);
        let mut out = Vec::new();
        let mut before = None;
        let mut tag_end = 0;
        let mut doubled = false;
        let mut chars = body.char_indices().peekable();
        while let Some((i, glyph)) = chars.next() {
            let after = chars.peek().map(|&(_, c)| c);
            if glyph == '<' && i >= tag_end && after.is_some_and(|c| c.is_ascii_alphabetic() || c == '/') {
                // Tags are short; a longer stretch is no tag.
                let mut end = (i + 600).min(body.len());
                while !body.is_char_boundary(end) {
                    end -= 1;
                }
                tag_end = body[i..end].find('>').map_or(i, |e| i + e);
            }
            let quotes = matches!(
                glyph,
                '"' | '“'
                    | '”'
                    | '„'
                    | '‟'
                    | '″'
                    | '\''
                    | '‘'
                    | '’'
                    | '‚'
                    | '‛'
                    | '«'
                    | '»'
                    | '‹'
                    | '›'
            );
            // Doubled straight single marks stand for double marks in some archives: what pairs with what
            // cannot be told there, so no straight single mark of the block counts.
            if glyph == '\'' && before == Some('\'') {
                doubled = true;
            }
            if quotes && i >= tag_end {
                out.push(Mark { at: self.span.start + i, len: glyph.len_utf8(), glyph, before, after });
            }
            before = Some(glyph);
        }
        if doubled {
            out.retain(|m| m.glyph != '\'');
        }
        out
    }

    fn double(&self, m: &Mark, stack: &mut Vec<Open>, out: &mut Vec<Marked>) {
        let open = |glyphs: &[char], stack: &[Open]| {
            stack.iter().rposition(|o| o.family == Family::Double && glyphs.contains(&o.mark.glyph))
        };
        let same = match m.glyph {
            '"' => open(&['"'], stack).or_else(|| open(&['“', '”', '„', '‟', '″'], stack)),
            '“' => open(&['„'], stack).or_else(|| open(&['“', '‟', '"'], stack)),
            '”' => open(&['“', '„', '‟', '”'], stack).or_else(|| open(&['"', '″'], stack)),
            _ => open(&[m.glyph], stack),
        };
        let opened = same.map(|p| stack[p].mark.glyph);
        let (can_open, can_close) = (opening(m), closing(m));
        let opens = match (m.glyph, opened) {
            (_, None) => can_open || (spaced(m.before) && m.glyph != '”') || glued(m),
            ('„' | '‟', _) => true,
            ('“', Some('„')) => can_open && !can_close,
            ('“', Some(_)) => can_open,
            // A straight mark after a space, before a letter, opens, whatever is open.
            _ => can_open && spaced(m.before) && !can_close,
        };
        if opens {
            let twin = same.filter(|&p| stack[p].mark.glyph == m.glyph && m.glyph == '"');
            if let Some(p) = twin {
                // The earlier one was never closed.
                self.broken(&stack[p], m.at, out);
                stack.truncate(p);
            }
            push(stack, Open { mark: *m, family: Family::Double });
        } else if let Some(p) = same.filter(|_| can_close || !can_open) {
            self.close(p, m, stack, out);
        }
    }

    fn single(&self, m: &Mark, ahead: &[Mark], stack: &mut Vec<Open>, out: &mut Vec<Marked>) {
        let open = stack.iter().rposition(|o| o.family == Family::Single);
        if matches!(m.glyph, '‘' | '\'' | '‚' | '‛') && opening(m) && !elision(self.text, m) {
            let straight = m.glyph == '\'';
            if let Some(p) = open
                && stack[p].mark.glyph == m.glyph
            {
                if straight && !ends_well(m.before) && !spaced(m.before) {
                    return;
                }
                // The same mark again: the first was an apostrophe, or was never closed.
                if anchored(self.text, self.span, &stack[p].mark) {
                    self.broken(&stack[p], m.at, out);
                }
                stack.truncate(p);
            }
            push(stack, Open { mark: *m, family: Family::Single });
            return;
        }
        let Some(p) = open else { return };
        if m.glyph == '‘' && stack[p].mark.glyph != '‚' {
            return;
        }
        if closing(m) && !(possessive(self.text, m) && closes_later(self.text, ahead)) {
            self.close(p, m, stack, out);
        }
    }

    fn close(&self, p: usize, m: &Mark, stack: &mut Vec<Open>, out: &mut Vec<Marked>) {
        let o = stack[p];
        stack.truncate(p);
        let span = Span::new(o.mark.at, m.at + m.len);
        let inner = Span::new(o.mark.at + o.mark.len, m.at);
        if inner.of(self.text).chars().any(char::is_alphanumeric) {
            let single = o.family == Family::Single;
            let block = self.number;
            let whole = Marked {
                span,
                inner,
                block,
                end: End::Closed,
                continues: false,
                single,
                depth: 0,
                parent: None,
            };
            match broken::intrusion(self.text, inner) {
                // Reporter's words stand before the closing mark: it was never closed where it should be.
                // The sentences before are whole; the one that leads into them is less sure.
                Some(end) => {
                    let sentence =
                        self.text[inner.start..end].rfind(['.', '?', '!']).map(|i| inner.start + i + 1);
                    let from = sentence.filter(|&s| self.text[s..end].starts_with(' '));
                    if let Some(s) = from {
                        out.push(Marked {
                            span: Span::new(span.start, s),
                            inner: Span::new(inner.start, s),
                            ..whole
                        });
                    }
                    let start = from.map_or(span.start, |s| s + 1);
                    let inner = Span::new(from.map_or(inner.start, |s| s + 1), end);
                    out.push(Marked { span: Span::new(start, end), inner, end: End::Broken, ..whole });
                }
                None => out.push(whole),
            }
        }
    }

    /// Ends a stretch whose closing mark never came, before byte `limit`.
    fn broken(&self, o: &Open, limit: usize, out: &mut Vec<Marked>) {
        let from = o.mark.at + o.mark.len;
        let end = broken::end(self.text, Span::new(from, limit));
        if Span::new(from, end).of(self.text).chars().any(char::is_alphanumeric) {
            out.push(Marked {
                span: Span::new(o.mark.at, end),
                inner: Span::new(from, end),
                block: self.number,
                end: End::Broken,
                continues: false,
                single: o.family == Family::Single,
                depth: 0,
                parent: None,
            });
        }
    }

    /// Decides what is still open at the block's end; gives what the next block may go on with.
    fn leave(&self, stack: &[Open], first: usize, out: &mut Vec<Marked>) -> Option<Family> {
        let o = stack.iter().find(|o| {
            o.family != Family::Single || anchored(self.text, self.span, &o.mark) || o.mark.len == 0
        })?;
        let from = o.mark.at + o.mark.len;
        let inner = out[first..].iter().filter(|m| m.span.start >= from);
        // The same marks opened and closed inside: the first was closed wrongly, before them.
        let goes_on = opener(self.next) == Some(o.family) || closes_first(self.next, o.family);
        // Other marks of the family are a quotation inside one that goes on: "…the “fair” offer.
        let twin = |m: &&Marked| !goes_on || self.text[m.span.start..].starts_with(o.mark.glyph);
        let inner = inner.filter(|m| (o.family == Family::Single) == m.single).filter(twin);
        if let Some(limit) = inner.map(|m| m.span.start).min() {
            self.broken(o, limit, out);
            return None;
        }
        if goes_on {
            let span = Span::new(o.mark.at, self.span.end);
            let inner = Span::new(from, self.span.end);
            out.push(Marked {
                span,
                inner,
                block: self.number,
                end: End::GoesOn,
                continues: false,
                single: o.family == Family::Single,
                depth: 0,
                parent: None,
            });
            return Some(o.family);
        }
        self.broken(o, self.span.end, out);
        None
    }
}

fn push(stack: &mut Vec<Open>, open: Open) {
    if stack.len() < DEEPEST {
        stack.push(open);
    }
}
