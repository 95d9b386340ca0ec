//! What kind of furniture an element is, by its names.

use crate::article::FurnitureKind;
use crate::article::view::View;
use crate::model::hash_text;
use crate::page::Tag;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Words in the names of elements and what they say of it, the surer first.
pub(super) const SIGNS: &[(FurnitureKind, &[&str])] = &[
    (
        FurnitureKind::Overlay,
        &[
            "cookie",
            "cookies",
            "consent",
            "gdpr",
            "modal",
            "popup",
            "overlay",
            "dialog",
            "onetrust",
            "lightbox",
            "paywall",
            "interstitial",
        ],
    ),
    (
        FurnitureKind::Advert,
        &[
            "ad",
            "ads",
            "advert",
            "adverts",
            "advertisement",
            "advertising",
            "sponsor",
            "sponsored",
            "taboola",
            "outbrain",
            "dfp",
            "adslot",
            "banner",
            "promoted",
            "werbung",
            "anzeige",
            "publicite",
        ],
    ),
    (
        FurnitureKind::Comments,
        &[
            "comment",
            "comments",
            "disqus",
            "commenting",
            "discussion",
            "replies",
            "kommentare",
            "commentaires",
        ],
    ),
    (
        FurnitureKind::Share,
        &[
            "share", "sharing", "social", "follow", "facebook", "whatsapp", "twitter", "socials", "sharebar",
            "addtoany",
        ],
    ),
    (
        FurnitureKind::Related,
        &[
            "related",
            "recommended",
            "recommendations",
            "recirc",
            "recirculation",
            "popular",
            "trending",
            "latest",
            "read",
            "also",
            "similar",
            "teaser",
            "teasers",
            "more",
            "next",
            "topics",
            "tags",
            "tag",
            "sidebar",
        ],
    ),
    (
        FurnitureKind::Promotion,
        &[
            "newsletter",
            "newsletters",
            "subscribe",
            "subscription",
            "promo",
            "promotion",
            "signup",
            "donate",
            "donation",
            "membership",
            "offer",
            "cta",
            "app",
        ],
    ),
    (
        FurnitureKind::Navigation,
        &[
            "nav",
            "navigation",
            "navbar",
            "menu",
            "breadcrumb",
            "breadcrumbs",
            "masthead",
            "topbar",
            "search",
            "skip",
            "toolbar",
            "pagination",
        ],
    ),
    (
        FurnitureKind::Legal,
        &["footer", "legal", "copyright", "terms", "privacy", "imprint", "disclaimer", "impressum"],
    ),
];

/// Whether an element's names say that it is a box of another matter set into the article.
pub(crate) fn box_named(view: &View, node: u32) -> bool {
    static WORDS: LazyLock<Vec<u32>> = LazyLock::new(|| {
        [
            "newsletter",
            "newsletters",
            "signup",
            "promo",
            "related",
            "recommended",
            "teaserbox",
            "advert",
            "advertisement",
            "ad",
            "ads",
            "share",
            "sharing",
            "comment",
            "comments",
        ]
        .map(hash_text)
        .to_vec()
    });
    view.names_of(node).iter().any(|name| WORDS.contains(name))
}

/// Each sign, hashed, with the surest of what it says.
pub(super) fn signs() -> HashMap<u32, FurnitureKind> {
    let mut map = HashMap::new();
    for (kind, words) in SIGNS.iter().rev() {
        for word in *words {
            map.insert(hash_text(word), *kind);
        }
    }
    map
}

/// Why a subtree is not the article: by its own names, then those of what it holds, then its links.
pub(super) fn kind_of(
    view: &View,
    signs: &HashMap<u32, FurnitureKind>,
    root: u32,
    first: u32,
) -> FurnitureKind {
    let page = view.page;
    let nodes = &page.nodes;
    let rank = |kind: FurnitureKind| SIGNS.iter().position(|(k, _)| *k == kind).unwrap_or(SIGNS.len());
    let modal = page.attr(root as usize, "aria-modal") == Some("true")
        || matches!(page.attr(root as usize, "role"), Some("dialog" | "alertdialog"))
        || nodes[root as usize].tag == Tag::Dialog;
    if modal {
        return FurnitureKind::Overlay;
    }
    match nodes[root as usize].tag {
        Tag::Nav => return FurnitureKind::Navigation,
        Tag::Header if root < first => return FurnitureKind::Navigation,
        Tag::Footer => return FurnitureKind::Legal,
        _ => {}
    }
    let end = nodes[root as usize].end.min(root + 40);
    let mut best: Option<FurnitureKind> = None;
    for at in root..end {
        let named = view.names_of(at).iter().filter_map(|n| signs.get(n)).min_by_key(|k| rank(**k));
        if let Some(kind) = named {
            best = Some(*kind);
            break;
        }
        if nodes[at as usize].tag == Tag::Nav {
            best = Some(FurnitureKind::Navigation);
            break;
        }
    }
    if let Some(kind) = best {
        return kind;
    }
    if nodes[root as usize].tag == Tag::A {
        return FurnitureKind::Related;
    }
    let sums = view.sums[root as usize];
    if sums.linked * 2 > sums.text.max(1) {
        return if root < first { FurnitureKind::Navigation } else { FurnitureKind::Related };
    }
    FurnitureKind::Other
}
