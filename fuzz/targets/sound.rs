// What must hold of every reading, whatever was read. Included by the targets.

use quoth::Reading;
use quoth::text::Span;
use quoth::text::offsets::Unit;

fn sound(r: &Reading) {
    let text = &r.article.text;
    let fits = |s: Span| s.start < s.end && text.get(s.start..s.end).is_some();
    let mut at = 0;
    for block in &r.article.blocks {
        assert!(fits(block.span) && block.span.start >= at);
        at = block.span.end;
    }
    for (i, actor) in r.actors.iter().enumerate() {
        assert_eq!(actor.id as usize, i);
        assert!(actor.mentions.iter().all(|m| fits(m.span)));
    }
    for quote in &r.quotes {
        assert!(fits(quote.span) && quote.cue.is_none_or(fits) && quote.speaker_mention.is_none_or(fits));
        assert!(quote.speaker.is_none_or(|s| (s as usize) < r.actors.len()));
        assert!((0.0..=1.0).contains(&quote.confidence));
    }
    let _ = r.output(Unit::Utf16);
    let _ = r.output(Unit::CodePoint);
}
