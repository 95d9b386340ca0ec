//! Closed classes of English words that tell where a clause's subject stands.

use std::collections::HashSet;
use std::sync::OnceLock;

/// A list of words, made once.
type Set = OnceLock<HashSet<&'static str>>;

static AUX: Set = Set::new();
static ADV: Set = Set::new();
static TIME: Set = Set::new();
static PREP: Set = Set::new();
static DET: Set = Set::new();
static CONJ: Set = Set::new();
static VERB: Set = Set::new();
static NOUN: Set = Set::new();

fn member(set: &Set, list: &'static str, word: &str) -> bool {
    set.get_or_init(|| list.split_whitespace().collect()).contains(word)
}

pub(super) const SUBJECT_PRONOUNS: &[&str] = &["he", "she", "they", "it", "i", "we", "who"];
pub(super) const PERSONAL: &[&str] = &["he", "she", "they", "i", "we"];
pub(super) const OBJECT_PRONOUNS: &[&str] =
    &["him", "her", "them", "me", "us", "himself", "herself", "themselves", "you"];

const AUXILIARIES: &str = "has have had having was were is are be been being am would will could can should might may must \
did does do not 've 'd ’ve ’d 's ’s cannot wo reportedly publicly further";

const ADVERBS: &str = "also later then now once often still just even soon again always never ever already first \
instead earlier sometimes twice yesterday today tonight tomorrow there here however both all \
only too himself herself themselves itself afterwards afterward yet nonetheless nevertheless \
next meanwhile so perhaps maybe further each essentially thus therefore long before since ago \
together alike aloud online on-air outright straight somehow quite";

const TIMES: &str = "monday tuesday wednesday thursday friday saturday sunday january february march april june july \
august september october november december week month year night morning afternoon evening day \
weekend summer spring autumn winter fall noon midnight hours minutes jan feb sept oct nov dec \
weeks days months years time mondays sundays";

const PREPOSITIONS: &str = "of for at in from with on by to about against under between over after before during near into \
within among behind across through inside outside around via per like than toward towards \
without beyond off since until despite including alongside amid upon ahead regarding concerning";

const DETERMINERS: &str = "the a an this that these those his her its their our my your some any no every each another one \
two three four five six seven several many most few both all other dozens hundreds half either \
neither such what whose eight nine ten multiple numerous";

const CONJUNCTIONS: &str = "and or but that which who whom when while as if because although though where whether how why \
what whose so yet nor than once until unless since";

/// Verbs whose third person or past is met so often before a cue that a noun phrase must stop there.
const COMMON_VERBS: &str = "got took made gave came went met won lost held left led ran sent became makes takes gives goes \
gets let lets kept set put brought saw knew tried wants seems appears stood sat drew fell rose \
broke wore built cut hit refused declined joined visited used asked";

pub(super) fn auxiliary(word: &str) -> bool {
    member(&AUX, AUXILIARIES, word) || word.ends_with("n't") || word.ends_with("n’t")
}

pub(super) fn adverb(word: &str) -> bool {
    member(&ADV, ADVERBS, word)
        || (word.len() > 4
            && word.ends_with("ly")
            && !matches!(
                word,
                "family"
                    | "ally"
                    | "italy"
                    | "july"
                    | "assembly"
                    | "reply"
                    | "bully"
                    | "kelly"
                    | "billy"
                    | "emily"
                    | "sally"
                    | "anomaly"
                    | "monopoly"
                    | "daily"
                    | "weekly"
                    | "monthly"
            ))
}

pub(super) fn time(word: &str) -> bool {
    member(&TIME, TIMES, word)
}

pub(super) fn preposition(word: &str) -> bool {
    member(&PREP, PREPOSITIONS, word)
}

pub(super) fn determiner(word: &str) -> bool {
    member(&DET, DETERMINERS, word)
}

pub(super) fn conjunction(word: &str) -> bool {
    member(&CONJ, CONJUNCTIONS, word)
}

pub(super) fn common_verb(word: &str) -> bool {
    member(&VERB, COMMON_VERBS, word)
}

/// Nouns for people and bodies that speak without a name.
const SPEAKERS: &str = "spokesman spokeswoman spokesperson spokespeople spokesmen official officials minister ministers \
ministry president leader leaders chief director adviser advisers advisor advisors aide aides \
source sources expert experts analyst analysts critic critics lawyer lawyers attorney attorneys \
prosecutor prosecutors judge judges police officer officers witness witnesses resident residents \
professor researcher researchers scientist scientists doctor doctors nurse teacher student \
students worker workers union company firm government council commission committee agency \
authority authorities party group groups campaign campaigns court team bank club board office \
department senator senators governor governors mayor mayors congressman congresswoman lawmaker \
lawmakers secretary chairman chairwoman chair chairperson ceo executive executives manager \
strategist strategists pollster pollsters candidate candidates nominee supporter supporters \
opponent opponents delegate delegates voter voters member members activist activists organizer \
organizers founder co-founder owner head boss coach captain player players fan fans farmer \
farmers fisherman fishermen driver drivers pilot engineer engineers mother father brother sister \
son daughter wife husband grandmother grandfather neighbour neighbor neighbours neighbors friend \
friends colleague colleagues man woman men women boy girl people person someone somebody one \
others many some crowd audience protesters protester author authors historian economist \
economists editor reporter reporters journalist journalists host moderator narrator actor \
actress singer artist writer poet general commander soldier veteran prince princess king queen \
pope bishop priest pastor ambassador diplomat diplomats envoy negotiator negotiators inspector \
detective sheriff coroner consultant investor investors shareholder trader businessman \
businesswoman entrepreneur volunteer volunteers user users reader readers customer customers \
patient patients passenger passengers administration coalition alliance association organisation \
organization organisations organizations charity newspaper paper magazine outlet network website \
channel statement report study letter email lawsuit complaint headline editorial post document \
documents ad poll operative lobbyist fundraiser donor donors backer backers ally allies rival \
rivals tycoon mogul billionaire millionaire front-runner frontrunner speaker congressional \
speechwriter staffer staffers representative representatives counsel dean physician \
archaeologist biologist physicist astronomer curator archivist keeper guard chef baker \
shopkeeper landlord tenant tenants parent parents family widow widower survivor survivors victim \
victims defendant suspect relative relatives uncle aunt cousin confidant confidants insider insiders observer \
observers commentator commentators columnist columnists blogger bloggers heckler hecklers operatives \
campaigner campaigners petition memo article survey transcript clip";

/// Whether `word` (lower case) is a noun for someone who can speak.
pub(super) fn speaker_noun(word: &str) -> bool {
    member(&NOUN, SPEAKERS, word)
        || (word.len() > 6
            && (word.ends_with("woman") || word.ends_with("ologist") || word.ends_with("sperson")))
}

/// Nouns for someone who speaks in another's name.
pub(super) fn spokesperson(word: &str) -> bool {
    matches!(
        word,
        "spokesman"
            | "spokeswoman"
            | "spokesperson"
            | "spokespeople"
            | "spokesmen"
            | "official"
            | "officials"
            | "representative"
            | "representatives"
            | "source"
            | "sources"
            | "statement"
            | "aide"
            | "aides"
            | "post"
            | "letter"
            | "notice"
            | "report"
    )
}
