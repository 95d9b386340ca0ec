//! What must hold of quotations in any text: spans on its boundaries, in order, in time that grows as the text does.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "a test may panic")]

use quoth::read_text;

/// The next of a fixed sequence of numbers (splitmix64).
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[test]
fn any_text_gives_spans_on_its_boundaries_in_order() {
    const PARTS: &[&str] = &[
        "\"",
        "“",
        "”",
        "„",
        "‘",
        "’",
        "'",
        "«",
        "»",
        "‹",
        "›",
        "''",
        " ",
        "\n",
        "\n\n",
        ", ",
        ". ",
        ": ",
        "— ",
        "(",
        ")",
        "é",
        "😀",
        "\u{a0}",
        "\u{200b}",
        "said",
        "says",
        "told",
        "asked",
        "according to",
        "that",
        "he",
        "she",
        "they",
        "Rutte",
        "Anna Berg",
        "Mr.",
        "the",
        "a spokeswoman",
        "for",
        "NATO",
        "which he warned was",
        "adding",
        "I",
        "we",
        "<a href=\"",
        ">",
        "U.S.",
        "7",
        "…",
        "!?",
        "who",
        "and",
        "of",
        "’s",
        "'s",
        "will",
        "war",
        "of course",
        "Monday",
        "in",
        "a statement",
        "no",
        "to",
        "x",
    ];
    let mut state = 7;
    for round in 0..3000 {
        let mut text = String::new();
        for _ in 0..next(&mut state) % 60 {
            text.push_str(PARTS[next(&mut state) as usize % PARTS.len()]);
            if next(&mut state).is_multiple_of(2) {
                text.push(' ');
            }
        }
        let reading = read_text(&text);
        let t = &reading.article.text;
        let mut last = 0;
        for q in &reading.quotes {
            let all = [Some(q.span), q.speaker_mention, q.cue];
            for span in all.into_iter().flatten() {
                assert!(
                    t.get(span.start..span.end).is_some_and(|s| !s.is_empty()),
                    "round {round}: {text:?} {span:?}"
                );
            }
            assert!(q.span.start >= last, "round {round}: {text:?}");
            last = q.span.start;
            assert!((0.0..=1.0).contains(&q.confidence), "round {round}");
            let known = q.speaker.into_iter().chain(q.candidates.iter().map(|c| c.0));
            assert!(known.into_iter().all(|s| (s as usize) < reading.actors.len()), "round {round}");
        }
        for (i, actor) in reading.actors.iter().enumerate() {
            assert_eq!(actor.id as usize, i);
            assert!(actor.mentions.is_sorted_by_key(|m| m.span.start), "round {round}: {text:?}");
            assert!(actor.mentions.iter().all(|m| t.get(m.span.start..m.span.end).is_some()));
        }
    }
}

#[test]
fn a_megabyte_of_marks_takes_no_more_than_its_share() {
    let time = |unit: &str, bytes: usize| {
        let text = unit.repeat(bytes / unit.len());
        let from = std::time::Instant::now();
        let _ = read_text(&text);
        from.elapsed().as_secs_f64()
    };
    // A megabyte of bare marks; an eighth of it where every mark is a quotation of its own.
    let bare = ["\"", "“", "' ", "\" \"", "«"].map(|unit| (unit, 1 << 20));
    let full = ["“a ", "“a” ", "'a ", "\"a, he said ", "“a.\n", "he said, "].map(|unit| (unit, 1 << 17));
    for (unit, bytes) in bare.into_iter().chain(full) {
        let (small, large) = (time(unit, bytes / 8), time(unit, bytes));
        // Eight times the text may take eight times as long; twice that is measuring noise.
        assert!(large < small.mul_add(16.0, 1.0), "{unit:?}: {small:.3} s, then {large:.3} s");
    }
}
