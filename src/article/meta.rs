//! What a page's head and markup say of its article: title, names, dates, outlet, language.

use super::linked::{Linked, tidy};
use crate::page::{Page, Tag};

/// All that the page's metadata says, unjudged.
#[derive(Clone, Debug, Default)]
pub(crate) struct Metadata {
    pub linked: Linked,
    /// `meta` elements: name or property in lower case, content.
    pub metas: Vec<(String, String)>,
    /// The `title` element's text.
    pub title: String,
    /// The `lang` attribute of the root.
    pub lang: String,
    /// The address that `link rel=canonical` gives.
    pub canonical: String,
}

impl Metadata {
    /// Reads the page's metadata.
    pub(crate) fn read(page: &Page) -> Self {
        let mut meta = Self { linked: Linked::read(page), ..Self::default() };
        for (i, node) in page.nodes.iter().enumerate() {
            match node.tag {
                Tag::Html if meta.lang.is_empty() => {
                    page.attr(i, "lang").unwrap_or_default().trim().clone_into(&mut meta.lang);
                }
                Tag::Title if meta.title.is_empty() => {
                    meta.title = tidy(&(i + 1..node.end as usize).map(|t| page.data(t)).collect::<String>());
                }
                Tag::Link if page.attr(i, "rel") == Some("canonical") => {
                    page.attr(i, "href").unwrap_or_default().clone_into(&mut meta.canonical);
                }
                Tag::Meta => {
                    let content = page.attr(i, "content").unwrap_or_default();
                    if content.trim().is_empty() {
                        continue;
                    }
                    for key in ["property", "name", "itemprop", "http-equiv"] {
                        if let Some(name) = page.attr(i, key) {
                            meta.metas.push((name.trim().to_ascii_lowercase(), tidy(content)));
                        }
                    }
                }
                _ => {}
            }
        }
        meta
    }

    /// The first of the named metas that there is.
    pub(crate) fn first(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.metas.iter().find(|(n, _)| n == name)).map(|(_, v)| v.as_str())
    }

    /// A BCP 47 tag from the root element or the metadata.
    pub(crate) fn language(&self) -> Option<String> {
        let candidates = [
            Some(self.lang.as_str()),
            self.linked.language.as_deref(),
            self.first(&["content-language", "og:locale", "language"]),
        ];
        candidates.into_iter().flatten().find_map(|tag| {
            let tag = tag.trim().replace('_', "-");
            let main = tag.split('-').next().unwrap_or("");
            let fits = (2..=3).contains(&main.len()) && main.bytes().all(|b| b.is_ascii_alphabetic());
            let rest = tag.split('-').skip(1).all(|part| part.len() > 1);
            (fits && rest && tag.len() <= 20).then_some(tag)
        })
    }

    /// Who wrote the article, where a card for it says so in its page's language.
    pub(crate) fn written_by(&self) -> Option<&str> {
        let label = self.first(&["twitter:label1"])?.to_lowercase();
        WRITTEN_BY.contains(&label.as_str()).then(|| self.first(&["twitter:data1"]))?
    }

    /// The headline as the metadata has it.
    pub(crate) fn headline(&self) -> Option<&str> {
        self.linked.headline.as_deref().or_else(|| self.first(&["og:title", "twitter:title"]))
    }

    /// The page's own summary of its article.
    pub(crate) fn description(&self) -> Option<&str> {
        self.linked
            .description
            .as_deref()
            .or_else(|| self.first(&["og:description", "description", "twitter:description"]))
    }
}

/// How cards say who wrote an article.
const WRITTEN_BY: [&str; 16] = [
    "written by",
    "verfasst von",
    "geschrieben von",
    "écrit par",
    "rédigé par",
    "escrito por",
    "escrito por:",
    "scritto da",
    "geschreven door",
    "skrevet av",
    "skrevet af",
    "skriven av",
    "napisane przez",
    "napsal(a)",
    "yazan",
    "написано автором",
];

/// Hashes of words in the names of elements that hold who wrote the article.
pub(crate) static AUTHOR_NAMES: std::sync::LazyLock<Vec<u32>> = std::sync::LazyLock::new(|| {
    ["byline", "author", "authors", "autor", "auteur", "autore"].map(crate::model::hash_text).to_vec()
});
