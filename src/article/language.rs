//! What language a text is in, by its script and its commonest small words, where the page does not say.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Letters and words at a text's beginning that are looked at.
const CHARS: usize = 2000;
const WORDS: usize = 250;

/// Bytes of text that are enough.
pub(super) const BYTES: usize = 4000;

/// Words that decide too little: fewer than this say nothing.
const LEAST: usize = 8;

/// Bytes of the longest small word.
const LONGEST: usize = 12;

/// Small words that are common in one language and rare in the others here; a word of several counts for each.
const SMALL: [(&str, &str); 26] = [
    (
        "en",
        "the of and to in is that for it was with as on by at from are this be has have he his they their will said were which not who",
    ),
    (
        "de",
        "der die das und den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man",
    ),
    (
        "fr",
        "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont avec son ou aux cette ces ont mais leur elle été sa nous comme dont ses",
    ),
    (
        "es",
        "de la que el en y a los del se las por un para con no una su al lo como más pero sus le ya o este sí porque esta entre cuando muy sin sobre también fue había desde todo nos durante han",
    ),
    (
        "pt",
        "de a que o e do da em um para com não uma os no se na por mais as dos como mas ao ele das à seu sua ou quando muito nos já também só pelo pela até isso ela entre depois sem mesmo são foi pelos",
    ),
    (
        "it",
        "di che è e la il un a per in una mi sono ho non ma lo ha le si ti i con cosa se da come ci no questo qui hai sei del bene tu della dei al nel alla più gli delle anche dal nella sul dalla degli stato",
    ),
    (
        "nl",
        "de van het een en in is dat op te zijn met voor niet aan er om ook als dan maar bij uit nog naar heeft ze zich hij werd worden wordt door over hebben deze tot wel geen kan was",
    ),
    (
        "sv",
        "och att det i en som på är av för med den till inte har de ett om var jag men så sig från vi kan när han skulle nu där också efter ska hade vara finns blev",
    ),
    (
        "da",
        "og i at det en den til er som på de med af for ikke der var mig sig men et har om vi min havde fra skal efter også hvor ved blev bliver nogle meget kunne eller hun sin op ud mellem",
    ),
    (
        "no",
        "og i det på som er en til å han av for med at var de ikke den har jeg om et men så seg fra vi kan skal etter også hvor ved ble blir noen mye hun sin opp ut mellom sier",
    ),
    (
        "is",
        "og að í á er sem til við um en var það hann af með ekki fyrir hefur þess eru voru verið þar eftir frá þegar hún sé þeir hafa",
    ),
    (
        "fi",
        "ja on ei se että oli hän myös mutta ovat kuin sen tai olla joka jos niin mukaan mitä vain vuoden ole sekä kun hänen ollut voi jälkeen nyt kertoo sanoo",
    ),
    (
        "pl",
        "i w na z się nie do to że jest o jak po za od przez co ale dla tym są by ich był który która już oraz jego tego także ma",
    ),
    (
        "cs",
        "a se v na je že s z do o i to ve k za by pro jako podle ale po který při od které jeho jsou byl není také před už která jsem bude nebo poté co ho zda ještě jen když bylo jak až",
    ),
    (
        "sk",
        "a sa v na je že s z do o i to vo k za by pre ako podľa ale po ktorý pri od ktoré jeho sú bol nie aj pred už ktorá som bude alebo čo ho či ešte len keď bolo ak až",
    ),
    (
        "hu",
        "a az és hogy nem is egy ez meg volt de csak már ha mint még el lesz után szerint ki azt van minden vagy pedig azonban ezt amely",
    ),
    (
        "ro",
        "de și în la a cu că pe nu din o un pentru care este mai se au fost să prin sunt sau după dar ce lui ale această fi ca",
    ),
    (
        "tr",
        "ve bir bu için de da ile olarak olan daha çok ne gibi kadar sonra en var ise ya ki her göre olduğunu etti oldu değil şekilde",
    ),
    (
        "id",
        "yang dan di dari untuk dengan ini pada dalam tidak itu akan ke oleh juga sebagai adalah para ada kata telah tersebut saat atau bisa karena menjadi sudah",
    ),
    (
        "vi",
        "của và là các những được trong một cho có với không người này để khi đã tại cũng về nhiều ông năm ra đến như sẽ từ",
    ),
    (
        "hr",
        "je i u na se da su za od s o a koji ne bi kako što koja iz je li ili nije kao ali do bio koje će smo već nakon sve",
    ),
    (
        "sl",
        "je in v na da se za so ki z pa s kot bi po tudi ne bo iz pri ali ni še do od ker bil tem več smo",
    ),
    (
        "lt",
        "ir į kad yra su iš tai kaip bet buvo apie dėl po ar nuo jo už taip pat tik prie jų per jis šis kurie bus",
    ),
    (
        "lv",
        "un ir ar no uz kas par tas bet ka kā pēc to arī gan līdz vai nav tika lai pie viņš bija tiek šo kur gada",
    ),
    (
        "et",
        "ja on ei et oli see mis kui ta ka aga või oma seda selle siis veel välja pärast kes kuid nii kõik tema olid mille",
    ),
    (
        "ca",
        "de la i que el a en els del les per amb un una és no als va al han més ha aquest com però ser seva són aquesta seu fins",
    ),
];

/// A text's language as its letters and words tell it.
pub(super) struct Guess {
    /// The main tag (ISO 639).
    tag: &'static str,
    /// Scores of the languages of [`SMALL`], where the text is in Latin letters.
    scores: Option<[f32; SMALL.len()]>,
}

impl Guess {
    /// Whether the text cannot be in the language of the tag `said`: it is in another script, or of that
    /// language's small words next to none are there.
    fn contradicts(&self, said: &str) -> bool {
        let main = said.split(['-', '_']).next().unwrap_or("").to_ascii_lowercase();
        let main = match main.as_str() {
            "nb" | "nn" => "no",
            "bs" | "sh" => "hr",
            "ms" => "id",
            main => main,
        };
        let known = SMALL.iter().position(|(tag, _)| *tag == main);
        match (&self.scores, known) {
            (Some(scores), Some(n)) => {
                let best = SMALL.iter().position(|(tag, _)| *tag == self.tag);
                best.is_some_and(|best| scores[n] * 3.0 < scores[best])
            }
            (None, Some(_)) => true,
            (Some(_), None) => SCRIPTS.iter().any(|(_, _, tag)| *tag == main),
            (None, None) => false,
        }
    }
}

/// The language of a page: what it says, but for a text that contradicts it; what its text tells where it
/// says nothing.
pub(super) fn choose(said: Option<String>, text: &str) -> Option<String> {
    let guess = guess(text);
    match (said, guess) {
        (Some(said), Some(guess)) if guess.contradicts(&said) => Some(guess.tag.to_owned()),
        (Some(said), _) => Some(said),
        (None, guess) => guess.map(|g| g.tag.to_owned()),
    }
}

/// The main tag of the language that `text` is written in; none where it is too short or of none that is
/// known here.
pub(super) fn detect(text: &str) -> Option<&'static str> {
    guess(text).map(|g| g.tag)
}

fn guess(text: &str) -> Option<Guess> {
    let head = &text[..text.char_indices().nth(CHARS).map_or(text.len(), |(at, _)| at)];
    let mut scripts = [0u32; SCRIPTS.len()];
    let (mut latin, mut cyrillic, mut arabic) = (0u32, 0u32, 0u32);
    for c in head.chars().filter(|c| c.is_alphabetic()) {
        match u32::from(c) {
            0..=0x24f | 0x1e00..=0x1eff => latin += 1,
            0x400..=0x52f => cyrillic += 1,
            0x600..=0x6ff | 0xfb50..=0xfdff | 0xfe70..=0xfeff => arabic += 1,
            code => {
                let known = SCRIPTS.iter().position(|(from, to, _)| (*from..=*to).contains(&code));
                if let Some(known) = known {
                    scripts[known] += 1;
                }
            }
        }
    }
    let all = latin + cyrillic + arabic + scripts.iter().sum::<u32>();
    if (all as usize) < LEAST {
        return None;
    }
    // Kana and Han stand side by side in Japanese.
    let most = |n: u32| n * 2 > all;
    let other = |tag| Some(Guess { tag, scores: None });
    if most(scripts[0] + scripts[1]) {
        return other(if scripts[0] * 10 > scripts[1] { "ja" } else { "zh" });
    }
    if most(cyrillic) {
        return other(by_letters(head, cyrillic, &CYRILLIC, "ru"));
    }
    if most(arabic) {
        return other(by_letters(head, arabic, &ARABIC, "ar"));
    }
    if most(latin) {
        return by_words(head);
    }
    other(SCRIPTS.iter().zip(scripts).find(|(_, n)| most(*n))?.0.2)
}

/// Scripts that one language here is written in: first and last code point.
const SCRIPTS: [(u32, u32, &str); 20] = [
    (0x3040, 0x30ff, "ja"),
    (0x3400, 0x9fff, "zh"),
    (0xac00, 0xd7af, "ko"),
    (0x370, 0x3ff, "el"),
    (0x530, 0x58f, "hy"),
    (0x590, 0x5ff, "he"),
    (0x900, 0x97f, "hi"),
    (0x980, 0x9ff, "bn"),
    (0xa00, 0xa7f, "pa"),
    (0xa80, 0xaff, "gu"),
    (0xb80, 0xbff, "ta"),
    (0xc00, 0xc7f, "te"),
    (0xc80, 0xcff, "kn"),
    (0xd00, 0xd7f, "ml"),
    (0xd80, 0xdff, "si"),
    (0xe00, 0xe7f, "th"),
    (0x1000, 0x109f, "my"),
    (0x10a0, 0x10ff, "ka"),
    (0x1200, 0x137f, "am"),
    (0x1780, 0x17ff, "km"),
];

/// Letters that tell a language from the others of its script; the first that is common enough decides.
const CYRILLIC: [(&str, &str); 7] = [
    ("ўЎ", "be"),
    ("іїєІЇЄ", "uk"),
    ("ѓќѕЃЌЅ", "mk"),
    ("ђјљњћџЂЈЉЊЋЏ", "sr"),
    ("әғқңұһӘҒҚҢҰҺ", "kk"),
    ("ыэёЫЭЁ", "ru"),
    ("ъЪ", "bg"),
];
const ARABIC: [(&str, &str); 2] = [("ٹڈڑے", "ur"), ("پچژگی", "fa")];

/// The language whose own letters are more than one in two hundred of `all`.
fn by_letters(text: &str, all: u32, own: &[(&str, &'static str)], or: &'static str) -> &'static str {
    let often = |letters: &str| text.chars().filter(|&c| letters.contains(c)).count() as u32 * 200 > all;
    own.iter().find(|(letters, _)| often(letters)).map_or(or, |(_, tag)| tag)
}

/// Of each small word the languages that have it, a bit each.
static LANGUAGES: LazyLock<HashMap<&str, u32>> = LazyLock::new(|| {
    let mut languages: HashMap<&str, u32> = HashMap::new();
    for (n, (_, words)) in SMALL.iter().enumerate() {
        for word in words.split(' ') {
            *languages.entry(word).or_default() |= 1 << n;
        }
    }
    languages
});

/// The language of a text in Latin letters: the one that most of its small words belong to. A word that
/// several languages have counts less.
fn by_words(text: &str) -> Option<Guess> {
    let mut scores = [0f32; SMALL.len()];
    let mut count = 0usize;
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).take(WORDS) {
        count += 1;
        let small = word.len() <= LONGEST && word.chars().all(char::is_lowercase);
        let Some(&of) = small.then(|| LANGUAGES.get(word)).flatten() else { continue };
        let share = 1.0 / (of.count_ones() as f32).sqrt();
        for (_, score) in scores.iter_mut().enumerate().filter(|(n, _)| of >> n & 1 == 1) {
            *score += share;
        }
    }
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]));
    let (best, next) = (order[0], order[1]);
    let clear = scores[best] * 8.0 >= count as f32 && scores[best] >= scores[next] * 1.15;
    (count >= LEAST && clear).then(|| Guess { tag: SMALL[best].0, scores: Some(scores) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_or_two_tell_the_language() {
        for (want, text) in [
            (
                "en",
                "The ferry to the island ran again on Monday after the storm had kept it in port for a week.",
            ),
            (
                "de",
                "Die Fähre zur Insel fuhr am Montag wieder, nachdem der Sturm sie eine Woche lang im Hafen gehalten hatte.",
            ),
            (
                "fr",
                "Le bac vers l’île a repris lundi après que la tempête l’a retenu au port pendant une semaine.",
            ),
            (
                "es",
                "El transbordador a la isla volvió a salir el lunes después de que la tormenta lo retuviera en el puerto una semana.",
            ),
            (
                "pt",
                "A balsa para a ilha voltou a sair na segunda-feira depois que a tempestade a manteve no porto por uma semana.",
            ),
            (
                "it",
                "Il traghetto per l’isola è ripartito lunedì dopo che la tempesta lo aveva tenuto in porto per una settimana.",
            ),
            (
                "nl",
                "De veerboot naar het eiland voer maandag weer nadat de storm hem een week in de haven had gehouden.",
            ),
            (
                "sv",
                "Färjan till ön gick igen på måndagen efter att stormen hade hållit den i hamn i en vecka, och det är inte klart när den går nästa gång.",
            ),
            (
                "da",
                "Færgen til øen sejlede igen mandag, efter at stormen havde holdt den i havn i en uge, og det blev der talt meget om.",
            ),
            (
                "no",
                "Fergen til øya gikk igjen mandag etter at stormen hadde holdt den i havn i en uke, og det ble det snakket mye om.",
            ),
            (
                "pl",
                "Prom na wyspę znów wypłynął w poniedziałek po tym, jak sztorm przez tydzień nie pozwalał mu wyjść z portu.",
            ),
            (
                "cs",
                "Trajekt na ostrov v pondělí opět vyplul poté, co ho bouře týden držela v přístavu, a nebylo jasné, zda bude jezdit.",
            ),
            (
                "tr",
                "Adaya giden vapur, fırtına nedeniyle bir hafta limanda kaldıktan sonra pazartesi günü yeniden sefere çıktı ve çok kalabalık oldu.",
            ),
            (
                "ru",
                "Паром на остров снова вышел в понедельник, после того как буря неделю держала его в порту.",
            ),
            (
                "uk",
                "Пором на острів знову вийшов у понеділок, після того як буря тиждень тримала його в порту.",
            ),
            ("ja", "嵐で一週間港にとどまっていた島へのフェリーは、月曜日に再び運航した。"),
            ("zh", "暴风雨使前往该岛的渡轮在港口停留了一周，渡轮于周一再次开航。"),
            ("ko", "폭풍으로 일주일 동안 항구에 머물렀던 섬행 여객선이 월요일에 다시 운항했다."),
            ("ar", "عادت العبارة إلى الجزيرة يوم الاثنين بعد أن أبقتها العاصفة في الميناء أسبوعا"),
        ] {
            assert_eq!(detect(text), Some(want), "{text}");
        }
        let english = "The ferry to the island ran again on Monday after the storm had kept it in port.";
        for (said, want) in [(None, "en"), (Some("de"), "en"), (Some("en-GB"), "en-GB"), (Some("cy"), "cy")] {
            assert_eq!(choose(said.map(str::to_owned), english).as_deref(), Some(want));
        }
        assert_eq!(choose(Some("fr".to_owned()), "Holm").as_deref(), Some("fr"));
        assert_eq!(detect("Holm"), None);
        assert_eq!(detect("Ruth Alder Jo Fell Holm Ferry Works Harbour Council Sverre Dahl"), None);
    }
}
