//! Words that tell of speech: verbs in all their forms, nouns and phrases.

use std::collections::HashMap;
use std::sync::OnceLock;

/// What a verb of saying does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Class {
    /// Says something: said, added, warned.
    Say,
    /// Says something to someone who comes right after: told, asked, urged.
    Tell,
    /// Says something about something: called, described, denounced.
    Call,
    /// May tell of speech, more often does not: thought, wanted, showed.
    Weak,
    /// Tells of speech with its particle alone: pointed out, went on, shot back.
    Particle(&'static str),
}

/// The form of a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Inflection {
    Base,
    Third,
    Past,
    Gerund,
}

/// A form of a verb of saying.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cue {
    /// The verb's number in the lexicon.
    pub(super) lemma: u16,
    pub(super) class: Class,
    pub(super) inflection: Inflection,
}

impl Cue {
    /// Whether the form can be a sentence's own verb.
    pub(super) const fn past_or_present(self) -> bool {
        matches!(self.inflection, Inflection::Past | Inflection::Third)
    }

    /// Whether the verb by itself tells of speech.
    pub(super) const fn speech(self) -> bool {
        matches!(self.class, Class::Say | Class::Tell)
    }
}

/// Base forms; `2` doubles the last letter, irregular pasts follow a slash.
const SAY: &str = "say/said add state declare announce explain insist argue claim maintain assert contend \
note observe remark comment reply respond answer retort counter continue conclude admit2 concede \
acknowledge confess confirm deny affirm reaffirm emphasize emphasise stress underline underscore highlight \
reiterate repeat recall recount relate report reveal disclose divulge indicate suggest imply hint predict \
forecast/forecast caution complain lament joke quip2 write/wrote/written tweet retweet post blog2 text email \
e-mail message pledge vow swear/swore/sworn testify allege charge proclaim pronounce profess opine muse \
wonder ponder reflect reckon estimate whisper murmur mutter shout yell scream cry exclaim snap2 fume rage \
thunder roar growl grumble groan sigh laugh chuckle giggle boast brag2 gush enthuse interject \
elaborate clarify specify precise detail plead pray protest object demand propose recommend request \
summarize summarise echo agree disagree concur2 vent rail bark chime deadpan2 drawl intone volunteer \
confide hiss mumble stammer sniff spit scoff sneer gripe grouse bemoan decry rebut2 refute recite rejoin \
venture theorize theorise speculate posit surmise deadpanned chirp croak storm ironize blurt cheer \
chant judge rule communicate manifest counsel exhort narrate recollect guarantee threaten \
apologize apologise moan crow warble preach simper synthesise summarise analyze analyse diagnose \
hazard marvel jest wisecrack tease taunt reproach scold chide rant rave attest avow aver2 \
advance contribute transmit2 convey assess concede sustain sum2 beam shrug2 grin2 smile nod2 wink frown";

const TELL: &str = "tell/told ask inform remind assure reassure urge warn advise notify beg2 implore order \
instruct challenge promise inquire enquire press interrupt correct admonish lecture heckle quiz2";

const CALL: &str = "call describe dub2 label2 label brand characterize characterise portray refer2 term deem \
denounce condemn slam2 blast criticize criticise mock ridicule praise hail accuse blame attack dismiss reject \
welcome quote cite credit depict compare lambast lambaste assail attribute ascribe bill tout style \
rate evaluate qualify bash define greet celebrate salute thank appreciate applaud deride berate \
rebuke rip2 knock defend justify summon nickname tag2 christen pan2 excoriate castigate hammer liken disparage vilify";

const WEAK: &str = "think/thought believe hope want feel/felt fear expect know/knew/known find/found \
show/showed/shown learn see/saw/seen mean/meant consider support question discuss talk speak/spoke/spoken \
offer voice express signal2 signal read/read list title include wish worry doubt understand/understood \
calculate count establish conclude anticipate foresee/foresaw/foreseen begin/began/begun open close finish \
dodge demonstrate stipulate require seek/sought deliver issue release publish declare envision vouch \
cast/cast frame paint pitch propose push allow notice grasp entitle headline sign feature \
sing/sang/sung return pursue dwell hear/heard remember throw/threw/thrown give/gave/given offer use \
mention caption campaign promote advocate sound react resonate stand/stood contest appeal signalise";

const PARTICLE: &str = "point:out go/went:on shoot/shot:back fire:back hit/hit:back write/wrote/written:back \
put/put:it make/made:clear clap2:back push:back spell/spelled:out speak/spoke/spoken:up pipe:up speak/spoke:out \
sum2:up lash:out cry:out call:out hold/held:forth chip2:in chime:in weigh:in break/broke:in rule:out let/let:slip";

fn lexicon() -> &'static HashMap<String, Cue> {
    static LEXICON: OnceLock<HashMap<String, Cue>> = OnceLock::new();
    LEXICON.get_or_init(|| {
        let mut all = HashMap::with_capacity(1600);
        let mut lemma = 0;
        for (list, class) in [(SAY, Class::Say), (TELL, Class::Tell), (CALL, Class::Call)] {
            for entry in list.split_whitespace() {
                enter(entry, lemma, class, &mut all);
                lemma += 1;
            }
        }
        for entry in PARTICLE.split_whitespace() {
            if let Some((verb, particle)) = entry.split_once(':') {
                enter(verb, lemma, Class::Particle(particle), &mut all);
            }
            lemma += 1;
        }
        for entry in WEAK.split_whitespace() {
            enter(entry, lemma, Class::Weak, &mut all);
            lemma += 1;
        }
        all
    })
}

/// Enters all forms of one verb; a form that is there already keeps its first reading.
fn enter(entry: &str, lemma: u16, class: Class, all: &mut HashMap<String, Cue>) {
    let mut parts = entry.split('/');
    let first = parts.next().unwrap_or("");
    let doubles = first.ends_with('2');
    let base = first.trim_end_matches('2');
    let stem =
        if doubles { format!("{base}{}", base.chars().next_back().unwrap_or(' ')) } else { base.to_owned() };
    let mut form = |word: String, inflection| {
        all.entry(word).or_insert(Cue { lemma, class, inflection });
    };
    let vowel = |c: Option<char>| matches!(c, Some('a' | 'e' | 'i' | 'o' | 'u'));
    let y = base.ends_with('y') && !vowel(base.chars().rev().nth(1));
    let third = if y {
        format!("{}ies", &base[..base.len() - 1])
    } else if base.ends_with(['s', 'x', 'z']) || base.ends_with("sh") || base.ends_with("ch") || base == "go"
    {
        format!("{base}es")
    } else {
        format!("{base}s")
    };
    form(third, Inflection::Third);
    let mut irregular = false;
    for past in parts {
        form(past.to_owned(), Inflection::Past);
        irregular = true;
    }
    if !irregular {
        let past = if y {
            format!("{}ied", &base[..base.len() - 1])
        } else if base.ends_with('e') {
            format!("{base}d")
        } else {
            format!("{stem}ed")
        };
        form(past, Inflection::Past);
    }
    let gerund = if base.ends_with('e') && !base.ends_with("ee") {
        format!("{}ing", &base[..base.len() - 1])
    } else {
        format!("{stem}ing")
    };
    form(gerund, Inflection::Gerund);
    form(base.to_owned(), Inflection::Base);
}

/// The verb of saying that `word` (lower case) is a form of.
pub(super) fn verb(word: &str) -> Option<Cue> {
    lexicon().get(word).copied()
}

/// Nouns that hold or introduce words: "in a statement", "the letter said".
pub(super) const NOUNS: &[&str] = &[
    "statement",
    "post",
    "tweet",
    "letter",
    "email",
    "e-mail",
    "message",
    "remark",
    "remarks",
    "comment",
    "comments",
    "words",
    "word",
    "speech",
    "interview",
    "report",
    "article",
    "editorial",
    "column",
    "memo",
    "note",
    "caption",
    "headline",
    "question",
    "answer",
    "reply",
    "response",
    "quote",
    "phrase",
    "slogan",
    "motto",
    "verdict",
    "ruling",
    "judgment",
    "judgement",
    "poster",
    "banner",
    "sign",
    "placard",
    "text",
    "transcript",
    "book",
    "essay",
    "ad",
    "video",
    "release",
    "description",
    "expression",
    "term",
    "line",
    "claim",
    "call",
    "calls",
    "promise",
    "warning",
    "message",
    "view",
    "argument",
    "notice",
    "account",
    "op-ed",
    "blog",
    "testimony",
    "chant",
    "chants",
    "cry",
    "cries",
    "plea",
    "joke",
    "complaint",
    "lawsuit",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_forms_lead_to_one_verb() {
        for forms in [
            ["say", "says", "said", "saying"],
            ["deny", "denies", "denied", "denying"],
            ["quip", "quips", "quipped", "quipping"],
            ["urge", "urges", "urged", "urging"],
            ["write", "writes", "wrote", "writing"],
            ["confess", "confesses", "confessed", "confessing"],
        ] {
            let lemmas: Vec<_> = forms.iter().map(|f| verb(f).map(|c| c.lemma)).collect();
            assert!(lemmas[0].is_some() && lemmas.iter().all(|l| *l == lemmas[0]), "{forms:?} {lemmas:?}");
        }
        assert_eq!(verb("table"), None);
        assert!(lexicon().len() > 800);
    }
}
