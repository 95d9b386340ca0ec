//! Who speaks each quotation.

use super::evidence::{Evidence, Rule};
use super::phrases::What;
use super::scene::Scene;
use super::words::NONE;
use super::{Quote, kinds};

pub(super) fn attribute(scene: &Scene) -> Vec<Quote> {
    let mut out = Vec::new();
    let n = scene.marked.len();
    let mut guesses: Vec<Option<Evidence>> = Vec::with_capacity(n);
    let mut last_in_block: Option<(u32, usize)> = None;
    for q in 0..n {
        let m = scene.marked[q];
        let frame = scene.frame(q);
        let mut evidence = scene.evidence(q, &frame);
        let strong = evidence.iter().any(|e| e.rule != Rule::Subject && e.rule != Rule::Later);
        let open = scene.words.at(m.span.start);
        if !strong && m.depth == 0 {
            let mut extra = Vec::new();
            // The paragraph before ends with a colon.
            let block = scene.blocks[m.block as usize];
            if let Some(p) = (m.block as usize).checked_sub(1)
                && frame.view.first().is_some_and(|&t| t == block.0)
                && frame.at == 0
            {
                let (from, to) = scene.blocks[p];
                if to > from && scene.words.text(to - 1) == ":" {
                    let s = scene.words.tokens[to - 1].sentence;
                    let from = scene.sentences.get(s as usize).map_or(from, |s| s.0);
                    let v = scene.view(from, to, NONE);
                    let mut left = scene.left(&v, v.len());
                    for e in &mut left {
                        e.rule = Rule::ColonBefore;
                    }
                    extra.extend(left);
                }
            }
            let lone = frame.view.len() <= 2;
            if (lone || evidence.is_empty()) && extra.is_empty() {
                if let Some((b, p)) = last_in_block
                    && b == m.block
                    && let Some(e) = guesses[p]
                {
                    extra.push(Evidence { rule: Rule::Continues, ..e });
                } else if let Some(e) = before(scene, open, block.0) {
                    extra.push(e);
                } else if let Some((b, p)) = last_in_block
                    && (b + 1 == m.block || m.continues)
                    && let Some(e) = guesses[p]
                {
                    extra.push(Evidence { rule: Rule::Carried, ..e });
                }
            }
            extra.extend(evidence);
            evidence = extra;
        }
        let best = evidence.first().copied();
        let Some(kind) = kinds::kind(scene, q, &frame, &evidence) else {
            guesses.push(None);
            continue;
        };
        if m.depth > 0
            && !best
                .is_some_and(|e| matches!(e.rule, Rule::SubjectLeft | Rule::SubjectRight | Rule::Inverted))
        {
            guesses.push(None);
            continue;
        }
        guesses.push(best);
        if m.depth == 0 {
            last_in_block = Some((m.block, q));
        }
        out.push(Quote {
            span: m.span,
            kind,
            speaker: best.and_then(|e| match e.phrase.what {
                What::Name(a) => Some(a),
                _ => None,
            }),
            speaker_mention: best.map(|e| scene.span(e.phrase)),
            cue: best.and_then(|e| e.cue).map(|c| scene.words.tokens[c].span),
            confidence: 0.5,
            candidates: Vec::new(),
        });
    }
    out
}

fn before(scene: &Scene, open: usize, first: usize) -> Option<Evidence> {
    if open <= first {
        return None;
    }
    let s = scene.words.tokens[open - 1].sentence;
    let (from, to) = scene.sentences.get(s as usize).copied()?;
    let v = scene.view(from.max(first), to.min(open), NONE);
    scene.left(&v, v.len()).first().map(|e| Evidence { rule: Rule::Before, ..*e })
}
