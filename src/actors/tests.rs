//! Names and actors in invented texts, with the weights that ship.

use super::{Actor, ActorType, Form, Gender, Namer, identity, name, resolve, same_in_story};
use crate::article::from_text;

fn actors(text: &str) -> Vec<Actor> {
    let article = from_text(text);
    let names = name(&article);
    let actors = resolve(&article, &names);
    for (at, actor) in actors.iter().enumerate() {
        assert_eq!(actor.id as usize, at);
        let spans: Vec<_> = actor.mentions.iter().map(|m| m.span).collect();
        assert!(spans.windows(2).all(|w| w[0].end <= w[1].start), "mentions in order, none over another");
        assert!(spans.iter().all(|s| !s.of(text).is_empty()));
    }
    actors
}

fn find<'a>(actors: &'a [Actor], name: &str) -> &'a Actor {
    let named = |a: &&Actor| a.name == name;
    actors
        .iter()
        .find(named)
        .unwrap_or_else(|| panic!("no {name} among {:?}", actors.iter().map(|a| &a.name).collect::<Vec<_>>()))
}

fn words<'t>(actor: &Actor, text: &'t str, form: Form) -> Vec<&'t str> {
    actor.mentions.iter().filter(|m| m.form == form).map(|m| m.span.of(text)).collect()
}

const FERRY: &str = "Ferry crews to strike as Lisbon talks fail\n\n\
    Transport Minister Rita Moura on Friday called the walkout reckless. Mrs. Moura told reporters in Lisbon \
    that the Portuguese government had made a fair offer.\n\n\
    João Vilhena, president of the Seafarers' Union of Portugal (SUP), said the union would not move. \"We are \
    tired,\" Vilhenna said. He had met Moura on Thursday. The minister left without a word, and the SUP \
    called its members to the harbour.";

#[test]
fn one_person_with_titles_and_descriptions() {
    let actors = actors(FERRY);
    let moura = find(&actors, "Rita Moura");
    assert_eq!(moura.kind, ActorType::Person);
    assert_eq!(words(moura, FERRY, Form::Name), ["Rita Moura", "Moura", "Moura"]);
    assert!(moura.titles.iter().any(|t| t == "Transport Minister"), "{:?}", moura.titles);
    assert!(words(moura, FERRY, Form::Description).contains(&"The minister"));
    assert_eq!(moura.gender, Some(Gender::Female));
    assert_eq!(moura.key, "p:rita moura");
}

#[test]
fn rare_misspellings_and_acronyms_join() {
    let actors = actors(FERRY);
    let vilhena = find(&actors, "João Vilhena");
    assert_eq!(words(vilhena, FERRY, Form::Name), ["João Vilhena", "Vilhenna"]);
    assert_eq!(vilhena.key, "p:joao vilhena");
    let union = find(&actors, "Seafarers' Union of Portugal");
    assert_eq!(words(union, FERRY, Form::Name).len(), 3, "{union:?}");
}

#[test]
fn a_description_is_never_given_to_one_of_two() {
    let text = "Two ministers meet\n\nTransport Minister Rita Moura met Health Minister Ana Duarte on Monday. \
        The minister left early.";
    let actors = actors(text);
    let given = actors.iter().any(|a| words(a, text, Form::Description).contains(&"The minister"));
    assert!(!given);
}

#[test]
fn who_leads_a_body_is_its_head_and_the_only_firm_is_the_company() {
    let text = "Dockers wait\n\nMaria Costa, who heads the Dockers' Union, spoke on Monday. The union's leader left \
        early.\n\nLindorm Health said it would cut 200 jobs, and Lindorm shares fell. The company blamed costs. Its \
        chief executive, Per Holm, will go. The CEO wept.";
    let actors = actors(text);
    let given = |name| words(find(&actors, name), text, Form::Description);
    assert_eq!(given("Maria Costa"), ["The union's leader"]);
    assert_eq!(given("Lindorm Health"), ["The company"]);
    assert_eq!(given("Per Holm"), ["The CEO"]);
    let two = "Bids\n\nLindorm Health and Vesna Pharma met. Lindorm shares rose, Vesna shares fell. The company was silent.";
    let both = super::tests::actors(two);
    assert!(
        both.iter().all(|a| words(a, two, Form::Description).is_empty()),
        "between two nothing is guessed"
    );
    let anew = "Lids\n\nLindorm Health closed early and Lindorm shares fell. A kettle maker has shut, the company said.";
    let anew_actors = super::tests::actors(anew);
    let lindorm = find(&anew_actors, "Lindorm Health");
    assert!(words(lindorm, anew, Form::Description).is_empty(), "another firm was spoken of since");
}

#[test]
fn a_title_stays_in_its_sentence_and_with_its_name() {
    let text = "Talks on grain\n\nThe envoys thanked Norwegian President Ana Duarte. Secretary of Grain Rui Moura spoke \
        next. Norwegian Secretary of Grain Moura met Duarte, Health Minister Eva Lindqvist and a crowd.";
    let actors = actors(text);
    assert_eq!(find(&actors, "Ana Duarte").titles, ["Norwegian President"]);
    assert_eq!(find(&actors, "Eva Lindqvist").titles, ["Health Minister"]);
    let moura = find(&actors, "Rui Moura");
    assert!(moura.titles.iter().any(|t| t == "Secretary of Grain"), "{:?}", moura.titles);
    assert!(moura.titles.iter().all(|t| t.ends_with("Secretary of Grain")), "{:?}", moura.titles);
}

#[test]
fn a_city_is_no_person_of_the_same_name() {
    let text = "Singer returns\n\nParis Whitlock, the singer, landed in Paris on Sunday. She will sing in Paris again \
        in May, Whitlock said.";
    let actors = actors(text);
    assert_eq!(words(find(&actors, "Paris Whitlock"), text, Form::Name), ["Paris Whitlock", "Whitlock"]);
    assert_eq!(words(find(&actors, "Paris"), text, Form::Name), ["Paris", "Paris"]);
}

#[test]
fn actors_of_one_story_are_told_apart() {
    let first = actors(FERRY);
    let second = actors("Strike\n\nRita Moura spoke in Lisbon. Rui Moura, a sailor, did not.");
    let moura = find(&first, "Rita Moura");
    assert!(same_in_story(moura, find(&second, "Rita Moura")));
    assert!(!same_in_story(moura, find(&second, "Rui Moura")));
}

/// An actor of this name alone, with its key.
fn actor(name: &str, kind: ActorType) -> Actor {
    let mut actor = Actor {
        id: 0,
        name: name.to_owned(),
        kind,
        titles: Vec::new(),
        aliases: Vec::new(),
        mentions: Vec::new(),
        gender: None,
        salience: 0.0,
        key: String::new(),
    };
    actor.key = Namer::shipped().map(|n| super::across::key(&actor, &n.gazetteer)).unwrap_or_default();
    actor
}

#[test]
fn keys_are_equal_for_one_actor_and_empty_where_the_name_is_weak() {
    use ActorType::{Organisation, Person, Place};
    let key = |name, kind| actor(name, kind).key;
    assert_eq!(key("Rita de Moura", Person), "p:rita de moura");
    assert_eq!(key("Rita C. Moura", Person), "p:rita moura");
    assert_eq!(key("G. R. Vilhenastara", Person), "p:g r vilhenastara");
    assert_eq!(key("R. Smith", Person), "", "an initial and a common surname");
    assert_eq!(key("Smith", Person), "", "a common surname alone");
    assert_eq!(key("Vilhenastara", Person), "p:vilhenastara");
    assert_eq!(key("Maribor University", Organisation), key("University of Maribor", Organisation));
    assert_ne!(key("Ministry of Works", Organisation), key("Ministry of Health", Organisation));
    assert_eq!(key("River Vesna", Place), key("Vesna River", Place));
    assert_eq!(key("Ark.", Place), "l:arkansas");
    assert_ne!(key("Ark", Place), "l:arkansas", "no short form without its full stop");
}

#[test]
fn rare_names_are_one_however_they_are_spelt_and_common_ones_are_not() {
    let one = |a: &str, b: &str| identity(a) == identity(b);
    assert!(one("p:nestan vrdelhava", "p:nestan vrdelhawa"));
    assert!(one("p:nestan vrdelhava", "p:vrdelhawa nestan"));
    assert!(one("p:t vrdelhava", "p:vrdelhava"));
    assert!(!one("p:nestan vrdelhava", "p:tamar vrdelhava"));
    assert!(!one("p:jan hansen", "p:jan hanson"), "known names are as they are spelt");
    assert!(!one("p:martin thomas", "p:thomas martin"), "either may be the first name");
    assert_eq!(identity("o:nato"), "o:nato");
}

#[test]
fn a_body_that_serves_a_land_is_not_the_land() {
    let text = "Vesna cup\n\nSouth Africa beat Kenya 2-1 in Durban on Saturday. The South Africa Football Association \
        said it would pay a bonus. South Africa meet Ghana next, and the South Africa Football Association hopes \
        for a full stadium. The Bank of Ghana closed early; Ghana lost.";
    let actors = actors(text);
    for (land, body) in [("South Africa", "South Africa Football Association"), ("Ghana", "Bank of Ghana")] {
        assert_eq!(words(find(&actors, land), text, Form::Name), [land, land]);
        assert!(words(find(&actors, body), text, Form::Name).iter().all(|w| *w == body));
    }
}

#[test]
fn spellings_of_one_story_are_one_actor() {
    use ActorType::{Organisation, Person, Place};
    let same = |a: (&str, ActorType), b: (&str, ActorType)| {
        let (a, b) = (actor(a.0, a.1), actor(b.0, b.1));
        assert_eq!(same_in_story(&a, &b), same_in_story(&b, &a));
        same_in_story(&a, &b)
    };
    assert!(same(("Taalai Zhumakadyrov", Person), ("Taalay Jumakadyrov", Person)));
    assert!(same(("Tarukdaro", Person), ("Rafi Anwar Talukdaro", Person)));
    assert!(same(("Urabe Setsuko", Person), ("Setsuko Urabe", Person)));
    assert!(!same(("Rita Moura", Person), ("Rita Vilhena", Person)));
    assert!(same(("KUHeS", Organisation), ("Kamuzu University of Health Sciences", Organisation)));
    assert!(same(("Banco del Estero", Organisation), ("Bank of the Estero", Organisation)));
    assert!(!same(("Bank of Estero", Organisation), ("University of Estero", Organisation)));
    assert!(same(("Umasquá", Place), ("Umaskua", Place)));
    assert!(!same(("Ireland", Place), ("Armagh", Place)));
}

#[test]
fn a_country_of_several_words_is_one_place() {
    let text = "Envoy of the United States flies to Saudi Arabia, and North Korea objects to United States of America talks";
    let actors = actors(text);
    for country in ["Saudi Arabia", "North Korea"] {
        assert_eq!(find(&actors, country).kind, ActorType::Place);
    }
    assert!(actors.iter().all(|a| a.name != "United" && a.name != "States"));
}

#[test]
fn a_known_place_without_context_is_no_organisation() {
    let text = "South Africa beat New Zealand in the final. The trade with North America and the Indo-Pacific has \
        grown. Officials of the Bank of England and the New Zealand Police met.";
    let actors = actors(text);
    for place in ["South Africa", "New Zealand", "North America", "Indo-Pacific"] {
        assert_eq!(find(&actors, place).kind, ActorType::Place, "{place}");
    }
    for body in ["Bank of England", "New Zealand Police"] {
        assert_eq!(find(&actors, body).kind, ActorType::Organisation, "{body}");
    }
}

#[test]
fn any_text_is_read_in_bounded_time() {
    for text in ["", "\n\n", "A", "“", "É\u{301}\u{200b}", "( ( (", "U.S.", "Mr. Mr. Mr."] {
        actors(text);
    }
    let long = "Mr. Ana Vale of the Vale Vale Council (VVC) said Vale ".repeat(4000);
    let begun = std::time::Instant::now();
    assert!(!actors(&long).is_empty());
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
    let many: String =
        (0..6000).fold(String::new(), |s, i| s + &format!("Mayor Na{i}ma Vo{i}ra met Ri{i}ta. "));
    assert!(actors(&many).len() > 6000);
    assert!(begun.elapsed().as_secs() < 60, "{:?}", begun.elapsed());
}

#[test]
fn a_title_before_a_person_is_no_part_of_the_state() {
    let text =
        "Vote nears\n\nTexas Sen. Ola Vik met Vermont Gov. Rita Moura on Monday. The talks went on late.";
    let actors = actors(text);
    assert_eq!(find(&actors, "Texas").kind, ActorType::Place);
    assert_eq!(find(&actors, "Vermont").kind, ActorType::Place);
    assert_eq!(find(&actors, "Ola Vik").kind, ActorType::Person);
    assert!(!actors.iter().any(|a| a.name.ends_with("Sen") || a.name.ends_with("Gov")));
}

#[test]
fn one_name_is_one_actor_of_one_kind() {
    let text = "Tool under fire\n\nRegulators looked on Wednesday into a tool made by Lumenor, after an engineer left. \
        Lumenor denied it. “No,” the company said in a statement.\n\nShares of Lumenor fell. Lumenor’s founder, Dax \
        Hollander, was away.";
    let actors = actors(text);
    let all: Vec<_> = actors.iter().filter(|a| a.name == "Lumenor").collect();
    assert_eq!(all.len(), 1, "{all:?}");
    assert_eq!(all[0].kind, ActorType::Organisation);
}

#[test]
fn a_firm_goes_by_its_first_word_where_it_acts() {
    let text = "Markets\n\nShares of chipmaker Coral Systems fell on a weak forecast. Coral plunged 14% after the \
        company spoke.";
    let actors = actors(text);
    assert!(words(find(&actors, "Coral Systems"), text, Form::Name).contains(&"Coral"));
}

#[test]
fn a_title_is_no_part_of_a_name_and_a_surname_is_its_persons() {
    let text = "Levy debated\n\n\"They buy sneakers,\" said Rep. Hal Brubaker (R-Ohio). The top Democrat, Rep. Tamika \
        Rollins of Georgia, disagreed.\n\nA vote is expected in March. Rollins predicted that the bill would fail.";
    let actors = actors(text);
    assert_eq!(words(find(&actors, "Hal Brubaker"), text, Form::Name), ["Hal Brubaker"]);
    assert_eq!(words(find(&actors, "Tamika Rollins"), text, Form::Name), ["Tamika Rollins", "Rollins"]);
}
