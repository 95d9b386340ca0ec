//! Whom an article brings in without a name, and speaks of again: "a guard … the guard".

use super::kin::can_speak;
use super::phrases::{Phrase, What};
use super::scene::Scene;
use super::unnamed::body;
use super::words::{Kind, NONE};
use crate::actors::Form;

/// How many tokens back somebody is looked for.
const BACK: usize = 900;

/// People whose nouns do not end as such nouns do.
const PEOPLE: &str = "child kid teen adult pensioner surgeon neurosurgeon anaesthetist midwife chief cop guide monk nun \
imam rabbi cleric bride groom refugee migrant mechanic cook clerk peer noble pathologist scholar cyclist dentist \
paramedic medic vet recruit cadet sergeant corporal lieutenant major colonel admiral marine don tsar czar hostage \
hero star celebrity model legend pupil graduate apprentice intern trainee novice expat local native stranger \
passer-by bystander onlooker buddy pal mate ex boyfriend girlfriend fiancé fiancée partner spouse stepmother \
stepfather godmother godfather twin sibling orphan heir heiress guest duke duchess earl count countess baron \
baroness lord lady dame knight sultan emir sheikh chancellor premier provost rector bursar magistrate juror \
barrister solicitor advocate notary bailiff usher arbiter mediator narrator whistleblower informant accuser \
complainant plaintiff claimant defendant accused convict inmate prisoner detainee thief burglar killer gunman \
attacker assailant abuser stalker rapist robber fraudster forger smuggler trafficker militant rebel insurgent \
jihadist extremist terrorist bomber sniper mercenary abbot abbess vicar curate deacon chaplain cardinal patriarch \
functionary hierarch dignitary agent directress aunty auntie";

/// Bodies beside those that stand for the one named last.
const GROUPS: &str = "exchange force side mission embassy consulate defense defence prosecution firm federation league \
bureau service fund trust society institution consortium cooperative brigade regiment unit squad staff crew jury \
panel inquiry elders opposition leadership militia troupe";

/// Words that end like a noun for somebody and are none.
const THINGS: &str = "number matter letter order paper newspaper counter factor error center centre power tower river \
water winter summer weather quarter chapter corner dinner poster shoulder tracker folder banner border trailer \
disclaimer newsletter offer behavior behaviour floor door mirror terror horror color colour labor labour favor \
favour honour humor humour rumor rumour sector vector monitor corridor motor harbour harbor parlor plant grant \
warrant restaurant covenant variant degree coffee guarantee list twist fist mist checklist playlist shortlist gist \
waist zinger other another either neither whether rather ever never over under after answer computer printer \
server browser filter parameter meter metre theater theatre register cluster cancer fever disaster layer prayer \
danger anger finger hunger trigger burger dollar pillar altar cellar grammar calendar median meridian indicator \
generator elevator reactor tractor accelerator denominator helicopter slider ladder charter barter starter \
chamber timber tender buffer transfer barrier frontier tier pier container drawer flower shower feather \
leather";

fn listed(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|w| w == word)
}

/// Whether a lower-case noun is for a body.
pub(super) fn group(noun: &str) -> bool {
    body(noun) || listed(GROUPS, noun) || noun.strip_suffix('s').is_some_and(|one| listed(GROUPS, one))
}

/// Whether a noun is of several, by its ending.
fn several(noun: &str) -> bool {
    noun.ends_with('s') && !noun.ends_with("ss")
}

/// Whether a lower-case noun is for somebody, or for a body, who can speak and be spoken of: no "majority",
/// no "statement".
fn somebody(noun: &str) -> bool {
    const MEDIA: &str = "statement study report letter email lawsuit complaint headline editorial post document \
documents ad poll petition memo article survey transcript clip website channel";
    if noun.ends_with("-old") {
        return true;
    }
    let noun = noun.rsplit('-').next().unwrap_or(noun);
    let one = if several(noun) { &noun[..noun.len() - 1] } else { noun };
    if listed(MEDIA, noun) {
        return false;
    }
    let ending = |n: &str| {
        n.len() > 4
            && ["er", "or", "ist", "ian", "ant", "eer", "ee", "man", "men", "woman", "women"]
                .iter()
                .any(|e| n.ends_with(e))
            && !listed(THINGS, n)
    };
    can_speak(noun) || can_speak(one) || listed(PEOPLE, one) || ending(one) || group(noun)
}

impl Scene<'_> {
    /// Whether a description is one of somebody.
    pub(super) fn somebody(&self, p: Phrase) -> bool {
        self.words.tokens[p.last].capital || somebody(self.words.lower(p.last))
    }

    /// Whether a phrase is of one person or body: no "survivors", no "life".
    pub(super) fn one(&self, p: Phrase) -> bool {
        let head = self.words.lower(p.last);
        p.what != What::Nominal || self.somebody(p) && !several(head)
    }

    /// The phrase that brought in, without a name, whom "the guard" takes up: "a night guard", the last one
    /// before it outside quotations.
    pub(super) fn introduced_as(&self, p: Phrase) -> Option<Phrase> {
        let head = self.words.lower(p.last);
        let again = p.what == What::Nominal
            && p.first < p.last
            && !several(head)
            && matches!(self.words.lower(p.first), "the" | "that")
            && somebody(head)
            && !body(head);
        if !again {
            return None;
        }
        (p.first.saturating_sub(BACK)..p.first).rev().find_map(|t| {
            let word = self.words.tokens[t];
            let same = word.kind == Kind::Word && word.quote == NONE && self.words.lower(t) == head;
            if !same || self.name(t).is_some_and(|n| n.form == Form::Name) {
                return None;
            }
            let new = self.phrase_at(t).filter(|n| n.what == What::Nominal && n.last == t)?;
            let lead = self.words.lower(new.first);
            (matches!(lead, "a" | "an" | "another") && self.beside(new).is_none()).then_some(new)
        })
    }

    /// Whether the article may come to name, as this actor, whom the phrase `new` brought in: it names the
    /// actor only after it, and not as somebody else ("a friend, Ola Vik").
    pub(super) fn may_be_named(&self, actor: u32, new: Phrase) -> bool {
        let Some(n) = self.names.iter().find(|n| n.actor == actor && n.form == Form::Name) else {
            return false;
        };
        let aside = n.first.checked_sub(2).filter(|&t| self.words.lower(t + 1) == ",");
        let other = aside.and_then(|t| self.phrase_at(t)).is_some_and(|p| {
            matches!(self.words.lower(p.first), "a" | "an" | "another")
                && self.words.lower(p.last) != self.words.lower(new.last)
        });
        n.first > new.last && !other
    }
}
