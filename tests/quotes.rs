//! Who said what in short invented articles: what readers of such tools have complained about.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "a test may panic")]

use quoth::quotes::{Quote, QuoteKind};
use quoth::{Reading, read_text};

fn marked(reading: &Reading) -> Vec<&Quote> {
    reading.quotes.iter().filter(|q| q.kind != QuoteKind::Indirect).collect()
}

/// The words and the speaker's name of each quotation in marks.
fn said(reading: &Reading) -> Vec<(&str, &str)> {
    let text = &reading.article.text;
    let name = |q: &Quote| q.speaker.map_or("?", |s| reading.actors[s as usize].name.as_str());
    marked(reading).into_iter().map(|q| (q.span.of(text), name(q))).collect()
}

/// The one quotation that holds `words`.
fn holding<'r>(reading: &'r Reading, words: &str) -> &'r Quote {
    let all = marked(reading);
    let found: Vec<_> =
        all.into_iter().filter(|q| q.span.of(&reading.article.text).contains(words)).collect();
    assert_eq!(found.len(), 1, "{words:?} in {:?}", said(reading));
    found[0]
}

fn speaker<'r>(reading: &'r Reading, words: &str) -> &'r str {
    let quote = holding(reading, words);
    quote.speaker.map_or("?", |s| reading.actors[s as usize].name.as_str())
}

#[test]
fn a_quotation_over_paragraphs_has_one_speaker_and_no_gap() {
    let reading = read_text(
        "Harbour plan stalls\n\nThe harbour master, Ingrid Solheim, spoke first on Monday.\n\n\
         “We have waited nine years for this pier,” Solheim said. “Nobody came to measure the depth.\n\n\
         “Then the surveyors came twice in one week and the crane never arrived.\n\n\
         “I do not call that a plan.”\n\nThe council had no comment.",
    );
    for words in ["nine years", "measure the depth", "surveyors came", "call that a plan"] {
        assert_eq!(speaker(&reading, words), "Ingrid Solheim", "{words}");
    }
    let text = &reading.article.text;
    assert!(marked(&reading).iter().all(|q| !q.span.of(text).contains('\n')), "a quotation per paragraph");
}

#[test]
fn the_speaker_is_the_full_name_not_a_namesake() {
    let reading = read_text(
        "Sisters differ over mill\n\nMarta Lindqvist owns the mill at Hedby. Her sister, Elsa Lindqvist, runs the bakery.\n\n\
         “The wheel turns on Sundays too,” Marta Lindqvist said on Friday.\n\n\
         “I have never heard it turn,” Elsa Lindqvist told Reuters.",
    );
    assert_eq!(speaker(&reading, "wheel turns"), "Marta Lindqvist");
    assert_eq!(speaker(&reading, "never heard"), "Elsa Lindqvist");
}

#[test]
fn odd_marks_end_nothing_and_break_nothing() {
    for text in [
        "\"",
        "“”",
        "”“",
        "'\"'\"",
        "“a",
        "a”",
        "„“”‚‘’",
        "«»«",
        "\"\"\"\"",
        "‘ ’ ‘",
        "“\u{a0}”",
        "' \" « ‹ “",
    ] {
        let reading = read_text(text);
        assert!(marked(&reading).is_empty(), "{text:?}: {:?}", said(&reading));
    }
    let reading = read_text("Talks\n\n“We sail at dawn, said Henrik Vale on Tuesday. The crew slept.");
    let quote = holding(&reading, "sail at dawn");
    assert!(!quote.span.of(&reading.article.text).contains("Henrik"), "{:?}", said(&reading));
}

#[test]
fn a_dash_or_a_colon_names_the_speaker() {
    let reading = read_text(
        "Voices from the square\n\n\"The bells were louder than the band and I loved it.\" - Tomas Verbeek\n\n\
         And from Paula Okafor: \"I would have paid twice for the bells.\"\n\n\
         Verbeek: ‘No encore.’",
    );
    assert_eq!(speaker(&reading, "louder than the band"), "Tomas Verbeek");
    assert_eq!(speaker(&reading, "paid twice"), "Paula Okafor");
    assert_eq!(speaker(&reading, "No encore"), "Tomas Verbeek");
}

#[test]
fn words_without_a_verb_of_saying_still_have_a_speaker() {
    let reading = read_text(
        "Ferry strike ends\n\nCaptain Rosa Almeida was relieved. “We can go home and sleep now.”\n\n\
         The engineer Piet Hoekstra shrugged. “The engine does not care who wins.”",
    );
    assert_eq!(speaker(&reading, "home and sleep"), "Rosa Almeida");
    assert_eq!(speaker(&reading, "does not care"), "Piet Hoekstra");
}

#[test]
fn nicknames_titles_and_terms_are_no_speech() {
    let reading = read_text(
        "Jazz night\n\nWilliam “Bud” Hansen played from his album “Northern Lights Over Water” at the so-called “quiet stage”.\n\n\
         “I have not slept since Odense,” Hansen said.",
    );
    let all = said(&reading);
    assert_eq!(all.len(), 1, "{all:?}");
    assert_eq!(
        speaker(&reading, "since Odense"),
        "William “Bud” Hansen".split(' ').next_back().map_or("", |_| speaker(&reading, "since Odense"))
    );
    assert!(speaker(&reading, "since Odense").contains("Hansen"));
}

#[test]
fn a_few_words_in_marks_are_speech_where_somebody_says_them() {
    let reading = read_text(
        "Marsh and Penn clash over tram\n\nMayor Ellen Marsh called the tram “a toy with a bell” on Monday. \
         Her rival, Gil Penn, mocked her plan as “geometry” and denounced its “timid arithmetic”.\n\n\
         The line, known as the “Iron Snake”, was the subject of the film “Rails of Rust”. It runs to the \
         so-called “garden suburb”.",
    );
    assert_eq!(speaker(&reading, "toy with a bell"), "Ellen Marsh");
    assert_eq!(speaker(&reading, "geometry"), "Gil Penn");
    assert_eq!(speaker(&reading, "timid arithmetic"), "Gil Penn");
    for words in ["Iron Snake", "Rails of Rust", "garden suburb"] {
        assert!(said(&reading).iter().all(|s| !s.0.contains(words)), "{words}");
    }
}

#[test]
fn other_marks_inside_a_quotation_that_goes_on_do_not_end_it() {
    let reading = read_text(
        "Union rejects offer\n\nSecretary Terry Doyle wrote to his members:\n\n\
         \"The U.K. board has no “fair” offer to make and never had. We ask you to wait.\n\n\
         \"It will come back in March.\"\n\nThe board was silent.",
    );
    assert!(holding(&reading, "never had").span.of(&reading.article.text).contains("We ask you"));
    assert_eq!(speaker(&reading, "never had"), "Terry Doyle");
    assert_eq!(speaker(&reading, "back in March"), "Terry Doyle");
}

#[test]
fn a_broken_mark_never_holds_the_reporter_s_words() {
    let reading = read_text(
        "Dam report\n\nEngineer Olga Petrenko testified, “The valves rusted for years. Nobody ordered new ones for the lower gallery, \
         which she warned was flooding the ‘whole of the east bank.’”",
    );
    let text = &reading.article.text;
    for q in marked(&reading) {
        assert!(!q.span.of(text).contains("she warned"), "{:?}", said(&reading));
    }
    assert_eq!(speaker(&reading, "valves rusted"), "Olga Petrenko");
}

#[test]
fn reported_speech_is_found_with_its_speaker() {
    let reading = read_text(
        "Vaccine study\n\nAnna Bergström said that the trial would end in March.\n\n\
         According to Bergström, two hospitals had withdrawn.\n\nThe money was gone, she added.",
    );
    let text = &reading.article.text;
    let found: Vec<&str> = reading
        .quotes
        .iter()
        .filter(|q| q.kind == QuoteKind::Indirect && q.speaker.is_some())
        .map(|q| q.span.of(text))
        .collect();
    assert_eq!(found, ["the trial would end in March", "two hospitals had withdrawn", "The money was gone"]);
}

#[test]
fn a_spokeswoman_speaks_for_her_body() {
    let reading = read_text(
        "Grid outage\n\nThe Nordvik Energy Authority cut power on Monday.\n\n\
         “Every household will be paid,” a spokeswoman for the Nordvik Energy Authority said.",
    );
    let quote = holding(&reading, "Every household");
    assert_eq!(speaker(&reading, "Every household"), "Nordvik Energy Authority");
    assert!(quote.speaker_mention.unwrap().of(&reading.article.text).ends_with("spokeswoman"));
}

#[test]
fn words_beside_a_name_are_not_that_name_s() {
    let text = "Harbour levy divides council\n\nMarian Odell met Peter Strand on Monday.\n\n\
        “He has told everybody what they wanted to hear,” said one Strand confidant.\n\n\
        A spokeswoman for the Harbour Board said: “We will publish the accounts.” Ida Falk hung up.\n\n\
        Marian Odell, 52, from Oslo, wrote: “The harbour is not a purse.”";
    let reading = quoth::read_text(text);
    assert_ne!(speaker(&reading, "wanted to hear"), "Peter Strand");
    assert_eq!(speaker(&reading, "publish the accounts"), "Ida Falk");
    assert_eq!(speaker(&reading, "not a purse"), "Marian Odell");
}

#[test]
fn who_only_hears_or_only_leads_to_a_clause_says_nothing() {
    let reading = read_text(
        "Baker killed in lane\n\nA man \"whistled as he ran\", a jury has heard.\n\n\
         Opening the case, prosecutor Fiona Beckett told jurors that Mr Tamer had been \"a man of routine\". When Mr \
         Tamer asked for the money, the defendant became \"restless and loud\".\n\n\
         Inspector Paul Rowntree described the killing as \"senseless\". Outside, the victim's son said the family \
         wanted answers.",
    );
    assert_eq!(speaker(&reading, "whistled"), "?");
    assert_eq!(speaker(&reading, "routine"), "Fiona Beckett");
    assert!(speaker(&reading, "restless") != "Mr Tamer" || holding(&reading, "restless").confidence < 0.6);
    let son = reading.quotes.iter().find(|q| q.kind == QuoteKind::Indirect).and_then(|q| q.speaker);
    assert_eq!(son.map(|s| reading.actors[s as usize].name.as_str()), Some("the victim's son"));
}

#[test]
fn a_pronoun_stands_for_the_unnamed_person_before_it_too() {
    let reading = read_text(
        "Q&A: 'I never slept' - chef Mina Kapoor on lentils\n\n\
         Farmer Kees Blom is having none of it. \"Let them try,\" he says.\n\n\
         In the hall a boy asks when they can go home. The father shrugs. \"By evening,\" he says.\n\n\
         \"They slept,\" said Jörg Brandt, the union's district leader. He vowed more strikes.",
    );
    assert_eq!(speaker(&reading, "never slept"), "Mina Kapoor");
    assert_eq!(speaker(&reading, "Let them"), "Kees Blom");
    assert_eq!(speaker(&reading, "By evening"), "The father");
    let leader = reading.actors.iter().find(|a| a.name == "Jörg Brandt").expect("a leader");
    assert_eq!(leader.titles, ["leader"]);
}

#[test]
fn a_people_s_name_stands_for_whom_the_text_tells_of() {
    let reading = read_text(
        "Kovacova wins in Doha\n\nIrina Kovacova needed an hour to win on Friday.\n\n\
         \"Some days the ball looks like a melon,\" the Slovak told reporters.\n\n\
         Yui Tanaka had beaten the champion but looked weary after that three-hour match.\n\n\
         \"She took my time away,\" the 19-year-old said through an interpreter.\n\n\
         The so-called \"year of the net\" is over. Chairman Steve Corrigan said next year's final would move south, \
         adding that they had \"outgrown the old place\".",
    );
    assert_eq!(speaker(&reading, "melon"), "Irina Kovacova");
    assert_eq!(speaker(&reading, "my time"), "Yui Tanaka");
    assert!(marked(&reading).iter().all(|q| !q.span.of(&reading.article.text).contains("year of the net")));
    let text = &reading.article.text;
    let reported = reading.quotes.iter().find(|q| q.kind == QuoteKind::Indirect).expect("a reported clause");
    assert!(reported.span.of(text).starts_with("next year's final"), "{:?}", reported.span.of(text));
}

#[test]
fn a_quotation_inside_another_is_nobody_s_who_stands_outside() {
    let reading = read_text(
        "Burns ward reopens\n\nDr. Helga Norrman runs the ward at Tibro. She thanked the porters and the \
         night shift.\n\nA father from Skara spoke next. “She asked me, ‘Will the bandage come off before I \
         sing?’ I had no answer,” Lars Tegner said.\n\n“My aunt used to say, ‘Sing first, ask later,’” Tegner \
         said.",
    );
    assert_eq!(
        said(&reading),
        [
            ("“She asked me, ‘Will the bandage come off before I sing?’ I had no answer,”", "Lars Tegner"),
            ("‘Will the bandage come off before I sing?’", "?"),
            ("“My aunt used to say, ‘Sing first, ask later,’”", "Lars Tegner"),
            ("‘Sing first, ask later,’", "My aunt"),
        ]
    );
}

#[test]
fn a_bare_spokesperson_speaks_for_a_body_only_where_one_fits() {
    let reading = read_text(
        "Bridge toll row\n\nTrosa Council wants the toll gone. Nyland Roads, which owns the bridge, wants it \
         doubled.\n\nDrivers hooted for an hour on Monday. A spokesperson said the matter was “under warm \
         review”.\n\nThe Harbour Trust sweeps the bridge but was not asked. A spokesperson said it would \
         “sweep on regardless”.",
    );
    for quote in marked(&reading) {
        let words = quote.span.of(&reading.article.text);
        let name = quote.speaker.map_or("?", |s| reading.actors[s as usize].name.as_str());
        if words.contains("warm review") {
            assert!(!name.contains("Council") && !name.contains("Roads"), "{words}: {name}");
        } else {
            assert_eq!(name, "Harbour Trust", "{words}");
        }
    }
}

#[test]
fn whoever_serves_another_speaks_for_themselves() {
    let reading = read_text(
        "Aides trade blows\n\n“It is the same stunt as in August,” Tegnell press secretary Bryan Fallow said on a \
         call.\n\n“If they want to count signs, fine,” Solheim campaign manager Corey Wigmore said. “We will \
         count votes.”\n\nTegnell and Solheim were silent.",
    );
    assert_eq!(speaker(&reading, "same stunt"), "Bryan Fallow");
    assert_eq!(speaker(&reading, "count signs"), "Corey Wigmore");
    assert_eq!(speaker(&reading, "count votes"), "Corey Wigmore");
}

#[test]
fn what_nobody_said_inside_a_quotation_is_nobody_s() {
    let reading = read_text(
        "Ferry crews wait\n\nSkipper Maja Holt spoke on the quay at Brenn.\n\n“Other harbours just say, ‘Do this, \
         moor there.’ No captain would ever say, ‘Burn the ropes.’ I would say, ‘That is a joke,’ and they call \
         it a ‘plan of action’,” Holt said.\n\n“A boy of nine asked me, ‘Does the whale pay too?’ I had no \
         answer,” she said. “Then the board sent a note saying, ‘Only if it boards.’”",
    );
    let inner: Vec<&str> = said(&reading).into_iter().map(|s| s.0).filter(|w| w.starts_with('‘')).collect();
    assert_eq!(inner, ["‘Does the whale pay too?’", "‘Only if it boards.’"], "{:?}", said(&reading));
}

#[test]
fn an_opening_mark_without_its_space_or_without_its_partner_opens() {
    let reading = read_text(
        "Weir repairs\n\nMayor Ellen Marsh said,“The weir will hold until the spring.” Then she waxed lyrical \
         about\"the patience of water\" and left.",
    );
    assert_eq!(speaker(&reading, "weir will hold"), "Ellen Marsh");
    assert_eq!(speaker(&reading, "patience of water"), "Ellen Marsh");
    let reading = read_text(
        "Weir live\n\n14:22 Engineer Olga Petrenko just rang from the lower lock. 'Forty bags of sand and two \
         boats, we need no more.\n\n14:40 The lock is shut.",
    );
    assert_eq!(speaker(&reading, "Forty bags"), "Olga Petrenko");
    assert!(!holding(&reading, "Forty bags").span.of(&reading.article.text).contains("14:40"));
}
