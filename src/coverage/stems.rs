//! Stems that bring wordings of one utterance together: inflection off, spellings of both sides of the Atlantic
//! one, number words as figures, and everyday words of one meaning under one of them.

use super::words::{self, Word};
use std::collections::HashMap;
use std::sync::OnceLock;

/// A word of an utterance.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    /// What it is compared by.
    pub(super) stem: String,
    /// What stands for its meaning, where it has a common equal.
    pub(super) sense: String,
    /// A figure, as digits or as a word.
    pub(super) number: bool,
    /// The light stem, by which the background knows it.
    pub(super) light: String,
}

/// The tokens of a text, at most `limit`.
pub(super) fn tokens(text: &str, limit: usize) -> Vec<Token> {
    words::words(text).iter().take(limit).flat_map(token).collect()
}

/// A contraction makes two.
fn token(word: &Word) -> Vec<Token> {
    let form = word.form.as_str();
    for (end, more) in
        [("n't", "not"), ("'re", "be"), ("'ve", "have"), ("'ll", "will"), ("'m", "be"), ("'d", "would")]
    {
        if let Some(bare) = form.strip_suffix(end).filter(|b| !b.is_empty()) {
            let bare = match bare {
                "ca" => "can",
                "wo" => "will",
                b => b,
            };
            return vec![plain(bare), plain(more)];
        }
    }
    vec![plain(form)]
}

fn plain(form: &str) -> Token {
    let light = words::stem(form).to_owned();
    if let Some(n) = number(form) {
        return Token { stem: n.clone(), sense: n, number: true, light };
    }
    let base = irregular(form).map_or_else(|| strip(form), str::to_owned);
    let sense = sense(&base).unwrap_or(&base).to_owned();
    Token { stem: base, sense, number: false, light }
}

/// A figure without its separators, or a number word as a figure.
fn number(form: &str) -> Option<String> {
    if form.starts_with(|c: char| c.is_ascii_digit()) {
        let plain: String = form.chars().filter(|c| *c != ',').collect();
        return Some(plain.trim_end_matches("th").to_owned());
    }
    let names = [
        "zero",
        "",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    if let Some(n) = names.iter().position(|n| *n == form && !n.is_empty()) {
        return Some(n.to_string());
    }
    let tens = ["thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred"];
    tens.iter().position(|n| *n == form).map(|n| ((n + 3) * 10).to_string())
}

/// Endings of inflection and of words made from words, longest first, with what takes their place.
const ENDINGS: &[(&str, &str)] = &[
    ("isations", "iz"),
    ("izations", "iz"),
    ("isation", "iz"),
    ("ization", "iz"),
    ("ingly", ""),
    ("ments", ""),
    ("nesses", ""),
    ("ations", ""),
    ("ation", ""),
    ("ities", ""),
    ("ising", "iz"),
    ("izing", "iz"),
    ("ment", ""),
    ("ness", ""),
    ("ised", "iz"),
    ("ized", "iz"),
    ("ises", "iz"),
    ("izes", "iz"),
    ("ions", ""),
    ("ings", ""),
    ("ers", ""),
    ("ours", ""),
    ("ors", ""),
    ("ity", ""),
    ("ies", "y"),
    ("ied", "y"),
    ("ing", ""),
    ("ise", "iz"),
    ("ize", "iz"),
    ("ion", ""),
    ("our", ""),
    ("ful", ""),
    ("ed", ""),
    ("es", ""),
    ("ly", ""),
    ("er", ""),
    ("or", ""),
    ("s", ""),
    ("e", ""),
];

/// Takes endings off while four letters stay, then a doubled last letter.
fn strip(form: &str) -> String {
    let form = form.replace('\'', "");
    let mut out = form.clone();
    if form.ends_with("ss") || form.len() < 4 || !form.is_ascii() {
        return out;
    }
    for _ in 0..2 {
        let found = ENDINGS.iter().find(|(end, _)| out.len() >= end.len() + 3 && out.ends_with(end));
        let Some((end, instead)) = found else { break };
        out.truncate(out.len() - end.len());
        out.push_str(instead);
    }
    let b = out.as_bytes();
    if b.len() > 3 && b[b.len() - 1] == b[b.len() - 2] && !matches!(b[b.len() - 1], b's' | b'e' | b'o') {
        out.pop();
    }
    if out.len() > 3 && out.ends_with('i') {
        out.pop();
        out.push('y');
    }
    out
}

/// Forms that endings do not explain: a line a word, the base first.
const IRREGULAR: &str = "be am is are was were been being
have has had having
do does did done doing
not no never nor cannot
say says said saying
tell tells told telling
go goes went gone going
get gets got gotten getting
come comes came coming
take takes took taken taking
give gives gave given giving
make makes made making
see sees saw seen seeing
know knows knew known
think thinks thought
find finds found
leave leaves left leaving
lose loses lost losing loss
sell sells sold selling sale sales
buy buys bought buying
pay pays paid paying
send sends sent
spend spends spent
build builds built
hold holds held
stand stands stood
keep keeps kept
sleep sleeps slept asleep
feel feels felt
meet meets met
lead leads led
read reads
hear hears heard
run runs ran running
win wins won winning winner
begin begins began begun beginning
drink drinks drank
sing sings sang
swim swims swam
fall falls fell fallen
rise rises rose risen
drive drives drove driven driving driver
write writes wrote written writing
speak speaks spoke spoken
break breaks broke broken
choose chooses chose chosen choice
steal steals stole stolen
eat eats ate eaten
fight fights fought
teach teaches taught
catch catches caught
bring brings brought
seek seeks sought
grow grows grew grown growth
throw throws threw thrown
fly flies flew flown flight
draw draws drew drawn
bear bears bore borne
wear wears wore worn
forget forgets forgot forgotten
hide hides hid hidden
bite bites bit bitten
shake shakes shook shaken
wake wakes woke woken awake
freeze freezes froze frozen freezing
dig digs dug
stick sticks stuck
strike strikes struck striking
bury buries buried burial
die dies died dying death deaths dead
live lives lived living life alive
child children
man men
woman women
person people persons
foot feet
tooth teeth
wife wives
knife knives
i me my mine myself
we us our ours ourselves
he him his himself
she her hers herself
they them their theirs themselves
you your yours yourself
it its itself
this these
that those
good better best well
bad worse worst badly
one once single";

/// Everyday words that stand for one another in retold and translated speech: a line a meaning.
const SENSES: &str = "company firm enterprise business corporation
court tribunal
footballer player
website site internet online web
money cash funds
start begin commence launch
end finish conclude complete close
stop halt cease
help aid assist assistance support
children kids
person human man people citizen folk
job work employment labour post
house home
car vehicle automobile
big large great huge
small little tiny
say tell speak talk
ask request demand
need must should require have
want wish desire
permit allow let
forbid ban prohibit
answer reply respond response
buy purchase acquire
sell sale vend
pay price cost charge fee
repair fix mend
build construct erect
kill murder slay
hurt injure wound harm
shop store
street road way
law legislation statute
rule regulation norm
government state
prime head chief leader boss
war conflict
fight battle struggle combat
enemy foe
friend ally
weapon arm gun
soldier troop
police officer
doctor physician
ill sick
hospital clinic
illness disease sickness
drug medicine
boat ship vessel
airplane plane aircraft
train railway rail
water sea
rich wealthy
poor needy
quick fast rapid swift
slow late
begin start
clear evident obvious plain
true real right correct
false wrong untrue
lie deceive cheat
error mistake fault blunder
danger risk peril threat hazard
safe secure safety security
fear afraid scare
angry anger furious rage
happy glad joy
sad sorrow grief
see watch look view
hear listen
understand comprehend grasp realise
know aware
believe think consider regard opinion
hope expect wait await
try attempt effort
use utilise employ
show demonstrate display
hide conceal
find discover detect
lose loss
win victory triumph
beat defeat
vote ballot poll
choose select pick elect
leave depart quit exit abandon
arrive reach
return back
come arrive
enter entrance entry
open opening
shut close lock
door gate
key keys
build make create produce
destroy ruin wreck
change alter modify
grow increase rise
reduce decrease cut lower fall
give hand deliver provide grant
take receive accept
send dispatch
carry bring transport
hold keep
throw toss
talk conversation dialogue discussion
meet encounter
together jointly collectively
alone only just merely
all every everything everybody everyone whole entire
nothing none nobody
always ever forever
often frequently
now currently today present
soon shortly
yesterday
tomorrow
begin beginning
year annual
month
week
day
night evening
morning dawn
land ground soil earth
farm farmer
food meal eat
bread loaf
fish catch
fire blaze flame
storm tempest hurricane cyclone
quake earthquake tremor
school college
pupil student
teacher instructor
book volume
letter mail
phone telephone call ring
word promise
sign signature
paper document file
picture photo image photograph
film movie
song tune
game match
team side squad
goal aim target purpose
coach trainer manager
prison jail gaol
guilty blame responsible
judge magistrate
lawyer attorney solicitor
crime offence
thief robber burglar
steal rob
reason cause why
result consequence outcome
problem trouble difficulty
solution solve
idea thought notion
plan project scheme
agreement deal accord pact
strike walkout
wage salary pay
debt loan borrow owe
bank
tax duty levy
border frontier boundary
country nation land
city town
village
mayor
minister secretary
president chairman chair
parliament congress assembly
member
group band party
power authority
right entitlement
freedom liberty free
equal same identical
different other another
new fresh novel
old ancient former
young youth
dead die death
live life alive
body corpse
head
hand
eye
heart
face
blood
grandfather grandpa granddad
grandmother grandma
father dad papa
mother mum mom mama
brother sibling
sister
wife spouse
husband
son boy
daughter girl
baby infant
god lord
church temple
bell
clock hour time
part piece portion share
number figure amount
much many lot
few little
enough sufficient
more further additional
also too likewise
but however though although yet
because since as
if whether
quiet silent silence
noise sound
light lamp
dark night
heavy weight
hard difficult tough
easy simple
hot warm
cold chill
high tall
low
long
short brief
near close beside
far distant
before earlier previous prior
after later subsequent
inside within
outside
under beneath below
above over
between among
against versus
without lacking
rumour gossip
joke fun
trust confidence faith
duty obligation
guest visitor
tourist tourism
owner proprietor
neighbour
customer client
passenger traveller
journey trip travel voyage
empty vacant
full complete
strong powerful
weak feeble
evaporate vanish disappear
damage harm
rescue save
protect guard defend
attack assault
accuse charge
deny reject refuse decline
admit confess concede acknowledge
decide decision determine
announce declare proclaim
explain clarify
remember recall
forget
sorry apologise regret apology
thank grateful gratitude
insult offend
shame disgrace
pride proud
brave courage
betray treason traitor
mad crazy insane
clean pure
dirty filthy
break fracture
burn scorch
sink drown
jump leap
walk march step foot
run flee escape
wait queue
sit seat
lie rest
wear dress clothes
wash clean
cook kitchen
sell seller
measure gauge
count number
follow pursue
watch observe monitor
receipt bill invoice
map chart";

fn table(lines: &'static str) -> HashMap<String, &'static str> {
    let mut out = HashMap::new();
    for line in lines.lines() {
        let base = line.split(' ').next().unwrap_or("");
        for form in line.split(' ') {
            out.entry(form.to_owned()).or_insert(base);
        }
    }
    out
}

fn irregular(form: &str) -> Option<&'static str> {
    static TABLE: OnceLock<HashMap<String, &'static str>> = OnceLock::new();
    TABLE.get_or_init(|| table(IRREGULAR)).get(form).copied()
}

fn sense(base: &str) -> Option<&'static str> {
    static TABLE: OnceLock<HashMap<String, &'static str>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let mut out = HashMap::new();
        for line in SENSES.lines() {
            let first = line.split(' ').next().unwrap_or("");
            for form in line.split(' ') {
                let stem = irregular(form).map_or_else(|| strip(form), str::to_owned);
                out.entry(stem).or_insert(first);
            }
        }
        out
    });
    table.get(base).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stems(text: &str) -> Vec<String> {
        tokens(text, 100).into_iter().map(|t| t.stem).collect()
    }

    #[test]
    fn inflection_and_spelling_come_together() {
        for (a, b) in [
            ("rumour", "rumors"),
            ("travelled", "traveling"),
            ("organisation", "organizing"),
            ("depositor", "deposits"),
            ("carries", "carried"),
            ("sold", "selling"),
            ("fourteen", "14"),
            ("bury", "buried"),
        ] {
            assert_eq!(stems(a), stems(b), "{a} {b}");
        }
        assert_ne!(stems("police"), stems("policy"));
    }

    #[test]
    fn senses_and_contractions() {
        let a = tokens("The court can't", 9);
        let b = tokens("The tribunal cannot", 9);
        assert_eq!(a[1].sense, b[1].sense);
        assert_ne!(a[1].stem, b[1].stem);
        assert_eq!(a[3].stem, "not");
    }
}
