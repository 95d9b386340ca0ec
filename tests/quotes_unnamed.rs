//! Speakers without a name, named later, or named only in the headline.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "a test may panic")]

use quoth::{Reading, read_text};

/// The name of the speaker of the quotation that holds `words`, "?" for nobody.
fn speaker<'r>(reading: &'r Reading, words: &str) -> &'r str {
    let text = &reading.article.text;
    let mut found = reading.quotes.iter().filter(|q| q.span.of(text).contains(words));
    let quote = found.next().expect("found");
    quote.speaker.map_or("?", |s| reading.actors[s as usize].name.as_str())
}

#[test]
fn the_boy_is_the_boy_brought_in_without_a_name() {
    let reading = read_text(
        "Teenager cleared over mill fire\n\nA 17-year-old boy who was accused of burning down a mill was cleared \
         by a jury on Thursday.\n\nProsecutors had said that the boy and a friend, Kyle Denny, 19, broke into the \
         mill. Denny pleaded guilty in October.\n\nGiving evidence last week, the boy said he had left early. \
         “I heard Kyle say he wanted to see it go up,” he told jurors.",
    );
    assert_eq!(speaker(&reading, "see it go up"), "A 17-year-old boy");
}

#[test]
fn an_aide_is_not_whom_the_aide_serves() {
    let reading = read_text(
        "Mayor's words twisted\n\nCouncil President Dolores Finch shared the picture on Monday. A Finch aide said \
         she had believed it was real. The aide, who was not authorised to speak, said “the post will be gone by \
         noon.”",
    );
    assert_eq!(speaker(&reading, "gone by"), "A Finch aide");
}

#[test]
fn a_person_leads_the_clause_after_a_colon() {
    let reading = read_text(
        "Shares slide\n\nAnalysts were split. Others saw real risk: Hye-jin Park, who covers the company for \
         Crestline, cut her rating and told clients that “trust is the whole product.”",
    );
    assert_eq!(speaker(&reading, "trust is"), "Hye-jin Park");
}

#[test]
fn the_headline_names_whom_the_lead_leaves_out_and_keeps_its_own() {
    let reading = read_text(
        "Stocks slip as Aldana says cuts are ‘not a given’\n\nStocks slipped on Wednesday after a top Federal \
         Reserve official said rate cuts were “not a given,” and shares fell.\n\nFed Governor Luis Aldana spoke in \
         Tulsa.\n\n“The market heard ‘not a given’ and ran,” said Karen Oyama, a strategist.",
    );
    let text = &reading.article.text;
    let same: Vec<_> = reading
        .quotes
        .iter()
        .filter(|q| q.span.of(text).trim_matches(|c: char| !c.is_alphabetic()) == "not a given")
        .collect();
    assert!(same.len() >= 2);
    for q in &same[..2] {
        let name = q.speaker.map_or("?", |s| reading.actors[s as usize].name.as_str());
        assert_eq!(name, "Luis Aldana", "{:?}", q.span);
    }
}

#[test]
fn what_is_nobody_becomes_no_actor() {
    let reading = read_text(
        "Poll shows split\n\nThe results said that voters were tired. A majority said “enough is enough” in the \
         survey, and the proportion was highest in Hedby.\n\nRita Moura, who ran it, said the numbers were firm.",
    );
    for actor in &reading.actors {
        assert!(!actor.name.contains("results") && !actor.name.contains("majority"), "{}", actor.name);
    }
}

#[test]
fn the_court_hears_but_does_not_speak() {
    let reading = read_text(
        "Seller told buyers puppies were away\n\nDanielle Craske told one buyer that the animal was “on holiday in \
         Wales”, a court has heard.",
    );
    assert_eq!(speaker(&reading, "on holiday"), "Danielle Craske");
}

#[test]
fn a_body_without_a_name_is_no_person() {
    let reading = read_text(
        "Trading halted\n\nThe market was “no longer orderly”, the exchange said in a statement on Monday.",
    );
    let body = reading.actors.iter().find(|a| a.name == "the exchange").expect("found");
    assert_eq!(body.kind, quoth::actors::ActorType::Organisation);
}
