//! Small lists about persons: honorifics with their gender, short forms of first names, what surnames hold.

use crate::actors::Gender;

/// Honorifics and offices that tell a gender; folded.
const FEMALE: &[&str] = &[
    "mrs",
    "ms",
    "miss",
    "mme",
    "madame",
    "mademoiselle",
    "mlle",
    "lady",
    "dame",
    "baroness",
    "duchess",
    "princess",
    "queen",
    "empress",
    "countess",
    "sister",
    "mother",
    "senora",
    "senorita",
    "dona",
    "frau",
    "fraulein",
    "signora",
    "pani",
    "hanim",
    "begum",
    "rani",
    "maharani",
    "sheikha",
    "puan",
    "ibu",
    "daw",
    "hajia",
    "alhaja",
    "ratu",
    "smt",
    "congresswoman",
    "councilwoman",
    "assemblywoman",
    "chairwoman",
    "spokeswoman",
    "businesswoman",
    "policewoman",
    "actress",
    "headmistress",
    "ba",
    "bayan",
    "stewardess",
    "noblewoman",
    "alderwoman",
    "camerawoman",
    "sportswoman",
    "horsewoman",
    "mama",
    "widow",
    "heiress",
];
const MALE: &[&str] = &[
    "mr",
    "messrs",
    "sir",
    "lord",
    "baron",
    "duke",
    "prince",
    "king",
    "emperor",
    "count",
    "earl",
    "brother",
    "father",
    "senor",
    "don",
    "herr",
    "monsieur",
    "signor",
    "pan",
    "bey",
    "raja",
    "maharaja",
    "sheikh",
    "sultan",
    "emir",
    "encik",
    "bapak",
    "pak",
    "alhaji",
    "imam",
    "pope",
    "cardinal",
    "archbishop",
    "rabbi",
    "ayatollah",
    "congressman",
    "councilman",
    "assemblyman",
    "spokesman",
    "businessman",
    "policeman",
    "headmaster",
    "shri",
    "tsar",
    "shah",
    "friar",
    "papa",
    "mufti",
    "monsignor",
    "swami",
    "alderman",
];

/// The gender a title word tells.
pub(in crate::actors) fn gender_of(word: &str) -> Option<Gender> {
    if FEMALE.contains(&word) {
        Some(Gender::Female)
    } else if MALE.contains(&word) {
        Some(Gender::Male)
    } else {
        None
    }
}

/// Short and long forms of first names: each line one name.
const FIRST_NAMES: &[&[&str]] = &[
    &["donald", "don", "donny"],
    &["joseph", "joe", "joey"],
    &["robert", "bob", "bobby", "rob", "robbie"],
    &["william", "bill", "will", "billy", "willie", "liam"],
    &["richard", "dick", "rick", "rich", "ricky"],
    &["michael", "mike", "mick", "mickey"],
    &["james", "jim", "jimmy", "jamie"],
    &["john", "jack", "johnny"],
    &["thomas", "tom", "tommy"],
    &["charles", "charlie", "chuck"],
    &["edward", "ed", "eddie", "ted", "ned"],
    &["elizabeth", "liz", "beth", "betty", "lizzie", "eliza", "liza", "elisabeth"],
    &["katherine", "catherine", "kate", "katie", "kathy", "cathy", "kathryn", "katharine", "kat"],
    &["margaret", "maggie", "peggy", "meg", "greta"],
    &["anthony", "tony", "antony"],
    &["andrew", "andy", "drew"],
    &["alexander", "alex", "sasha", "aleksandr", "alec", "sandy", "alexandr"],
    &["alexandra", "alex", "sandra", "sasha", "alexa"],
    &["benjamin", "ben", "benny"],
    &["christopher", "chris", "kit"],
    &["christine", "christina", "chris", "tina", "chrissy"],
    &["daniel", "dan", "danny"],
    &["david", "dave", "davey"],
    &["deborah", "debbie", "deb", "debra"],
    &["dorothy", "dot", "dottie"],
    &["frederick", "fred", "freddie"],
    &["gregory", "greg", "gregg"],
    &["gerald", "gerry", "jerry"],
    &["geoffrey", "geoff", "jeff", "jeffrey"],
    &["henry", "harry", "hank"],
    &["jennifer", "jen", "jenny"],
    &["jonathan", "jon", "jonny"],
    &["kenneth", "ken", "kenny"],
    &["lawrence", "larry", "laurence"],
    &["leonard", "len", "lenny", "leo"],
    &["matthew", "matt", "matty"],
    &["nicholas", "nick", "nicky", "nicolas", "nikolas", "nico"],
    &["patrick", "pat", "paddy"],
    &["patricia", "pat", "patty", "trish", "tricia"],
    &["peter", "pete"],
    &["philip", "phil", "phillip"],
    &["raymond", "ray"],
    &["ronald", "ron", "ronnie"],
    &["samuel", "sam", "sammy"],
    &["samantha", "sam"],
    &["stephen", "steve", "steven", "stevie"],
    &["susan", "sue", "susie", "suzy"],
    &["timothy", "tim", "timmy"],
    &["theodore", "ted", "teddy", "theo"],
    &["victoria", "vicky", "tori"],
    &["vincent", "vince", "vinny"],
    &["walter", "walt", "wally"],
    &["zachary", "zach", "zack", "zac"],
    &["abraham", "abe"],
    &["albert", "al", "bert"],
    &["alfred", "alf", "fred"],
    &["arthur", "art"],
    &["bernard", "bernie"],
    &["clifford", "cliff"],
    &["douglas", "doug"],
    &["eugene", "gene"],
    &["francis", "frank", "fran"],
    &["franklin", "frank"],
    &["frances", "fran"],
    &["jacob", "jake"],
    &["joshua", "josh"],
    &["judith", "judy"],
    &["martin", "marty"],
    &["maximilian", "max"],
    &["nathaniel", "nate", "nathan", "nat"],
    &["pamela", "pam"],
    &["rebecca", "becky", "becca"],
    &["reginald", "reggie", "reg"],
    &["rudolph", "rudy"],
    &["russell", "russ"],
    &["valerie", "val"],
    &["volodymyr", "vladimir", "vladymyr", "volodimir"],
    &["jose", "pepe"],
    &["francisco", "paco", "pancho"],
    &["mohammed", "muhammad", "mohamed", "mohammad", "mohamad", "muhammed", "mehmet"],
    &["ahmed", "ahmad", "achmed"],
    &["hussein", "husain", "hussain", "husayn"],
    &["youssef", "yusuf", "yousef", "joseph"],
    &["sergei", "sergey", "serhii"],
    &["dmitry", "dmitri", "dmytro"],
    &["mykola", "nikolai", "nikolay"],
    &["aleksei", "alexei", "alexey", "oleksiy"],
    &["yevgeny", "evgeny", "yevgeniy", "evgeni"],
    &["michelle", "shelly"],
    &["barbara", "barb"],
    &["amanda", "mandy"],
    &["jessica", "jess"],
    &["jacqueline", "jackie"],
    &["alan", "allan", "allen", "al"],
    &["eric", "erik", "rick"],
    &["frederik", "fred"],
    &["johannes", "johan", "hans", "jan"],
    &["leopold", "leo"],
    &["nadine", "nadia"],
];

/// Whether both folded words may be the same person's first name: equal, an initial, or a short form.
pub(in crate::actors) fn same_first(a: &str, b: &str) -> bool {
    let (bare_a, bare_b) = (a.trim_end_matches('.'), b.trim_end_matches('.'));
    if bare_a == bare_b {
        return true;
    }
    let initial = |short: &str, long: &str| short.chars().count() == 1 && long.starts_with(short);
    initial(bare_a, bare_b)
        || initial(bare_b, bare_a)
        || LOOKS.may_hold(bare_a)
            && LOOKS.may_hold(bare_b)
            && FIRST_NAMES.iter().any(|names| names.contains(&bare_a) && names.contains(&bare_b))
}

/// How first names with short forms look (first and last letter, length): all pairs of names of an article ask
/// for them, and most fall through.
static LOOKS: Looks = {
    let (mut looks, mut at) = (Looks([0; 32]), 0);
    while at < FIRST_NAMES.len() {
        let mut form = 0;
        while form < FIRST_NAMES[at].len() {
            let bit = Looks::bit(FIRST_NAMES[at][form].as_bytes());
            looks.0[bit / 64] |= 1 << (bit % 64);
            form += 1;
        }
        at += 1;
    }
    looks
};

struct Looks([u64; 32]);

impl Looks {
    const fn bit(name: &[u8]) -> usize {
        match name {
            [first, .., last] => (*first as usize * 67 + *last as usize * 13 + name.len()) % (32 * 64),
            _ => 0,
        }
    }

    fn may_hold(&self, name: &str) -> bool {
        let bit = Self::bit(name.as_bytes());
        self.0[bit / 64] >> (bit % 64) & 1 == 1
    }
}

/// Endings of persons' names that do not tell them apart here.
pub(in crate::actors) const PERSON_ENDINGS: &[&str] = &["jr", "sr", "ii", "iii", "iv", "mp", "kc", "qc"];

/// Particles that belong to the surname.
pub(in crate::actors) const PARTICLES: &[&str] = &[
    "van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "das", "du", "la", "le", "al", "el",
    "bin", "ibn", "ben", "bint", "ter", "ten", "zu", "zum", "af", "av", "mac", "st", "o", "abu", "-",
];
