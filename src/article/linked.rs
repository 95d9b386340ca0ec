//! What a page's JSON-LD says of its article (schema.org).

use crate::page::{Page, Tag};
use serde_json::{Map, Value};

/// The facts of the page's article as its JSON-LD has them; empty where it says nothing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Linked {
    /// An article's type was among the page's things, such as `NewsArticle`.
    pub article: Option<String>,
    /// The type of the page's main thing where it is no article, such as `Product`.
    pub other: Option<String>,
    pub headline: Option<String>,
    pub description: Option<String>,
    pub body: Option<String>,
    pub authors: Vec<String>,
    pub published: Option<String>,
    pub modified: Option<String>,
    pub publisher: Option<String>,
    pub language: Option<String>,
    /// `isAccessibleForFree` is false.
    pub paid: bool,
    /// Things with a name that others refer to: id and name.
    ids: Vec<(String, String)>,
}

impl Linked {
    /// Reads all JSON-LD of the page; what is not well formed is passed over.
    pub(crate) fn read(page: &Page) -> Self {
        let mut linked = Self::default();
        let mut best = 0;
        for (i, node) in page.nodes.iter().enumerate() {
            if node.tag != Tag::Script {
                continue;
            }
            let data: String = (i + 1..node.end as usize).map(|t| page.data(t)).collect();
            if let Some(value) = parse(&data) {
                linked.visit(&value, 0, &mut best);
            }
        }
        let Self { authors, ids, .. } = &mut linked;
        authors.retain_mut(|author| match author.strip_prefix(REFERS) {
            None => true,
            Some(id) => {
                ids.iter().find(|(of, _)| of == id).map(|(_, name)| author.clone_from(name)).is_some()
            }
        });
        linked
    }

    /// Looks for an article in `value`; the one that says most wins.
    fn visit(&mut self, value: &Value, depth: usize, best: &mut usize) {
        if depth > 6 {
            return;
        }
        match value {
            Value::Array(items) => items.iter().for_each(|v| self.visit(v, depth + 1, best)),
            Value::Object(map) => {
                let types = texts(map.get("@type"));
                if let (Some(Value::String(id)), Some(Value::String(name))) =
                    (map.get("@id"), map.get("name"))
                    && self.ids.len() < 100
                {
                    self.ids.push((id.clone(), tidy(name)));
                }
                if let Some(kind) = types.iter().find(|t| is_article(t)) {
                    let weight = 1
                        + usize::from(map.contains_key("articleBody"))
                        + 2 * usize::from(map.contains_key("datePublished"))
                        + 2 * usize::from(map.contains_key("headline"))
                        + usize::from(map.contains_key("author"));
                    if weight > *best {
                        *best = weight;
                        self.take(map, kind);
                    }
                } else if let Some(kind) = types.first() {
                    if self.other.is_none() {
                        self.other = Some((*kind).to_owned());
                    }
                    if matches!(*kind, "WebSite" | "Organization" | "NewsMediaOrganization") {
                        let name = map.get("name").and_then(Value::as_str);
                        if self.publisher.is_none() {
                            self.publisher = name.map(tidy);
                        }
                    }
                }
                for key in ["@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item"] {
                    if let Some(inner) = map.get(key) {
                        // The articles of a list are what the page links to, not what it is.
                        if key.starts_with("item") {
                            continue;
                        }
                        self.visit(inner, depth + 1, best);
                    }
                }
            }
            _ => {}
        }
    }

    fn take(&mut self, map: &Map<String, Value>, kind: &str) {
        let text = |key: &str| texts(map.get(key)).first().map(|t| tidy(t)).filter(|t| !t.is_empty());
        self.article = Some(kind.to_owned());
        self.headline = text("headline").or_else(|| text("name"));
        self.description = text("description");
        self.body = text("articleBody");
        self.published = text("datePublished").or_else(|| text("dateCreated"));
        self.modified = text("dateModified");
        self.language = text("inLanguage");
        self.authors = names(map.get("author"), 0);
        if self.authors.is_empty() {
            self.authors = names(map.get("creator"), 0);
        }
        if let Some(name) = names(map.get("publisher"), 0).into_iter().find(|n| !n.starts_with(REFERS)) {
            self.publisher = Some(name);
        }
        self.paid = match map.get("isAccessibleForFree") {
            Some(Value::Bool(free)) => !free,
            Some(Value::String(free)) => free.eq_ignore_ascii_case("false"),
            _ => false,
        };
    }
}

/// Parses JSON, once more with bare control characters taken as spaces if need be.
fn parse(data: &str) -> Option<Value> {
    let data = data.trim().trim_start_matches("<!--").trim_end_matches("-->");
    let data =
        data.trim().trim_start_matches("//<![CDATA[").trim_end_matches("//]]>").trim().trim_end_matches(';');
    serde_json::from_str(data)
        .or_else(|_| {
            let plain: String = data.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            serde_json::from_str(&plain)
        })
        .ok()
}

fn is_article(kind: &str) -> bool {
    let kind = kind.rsplit('/').next().unwrap_or(kind);
    kind.ends_with("Article")
        || matches!(
            kind,
            "BlogPosting"
                | "LiveBlogPosting"
                | "Report"
                | "Review"
                | "SocialMediaPosting"
                | "Blog"
                | "CreativeWork"
        )
}

/// A text or the texts of a list.
fn texts(value: Option<&Value>) -> Vec<&str> {
    match value {
        Some(Value::String(text)) => vec![text],
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// Stands before the id of a thing that is referred to and named elsewhere.
const REFERS: char = '\u{1}';

/// Names of people or bodies: texts, or things with a name.
fn names(value: Option<&Value>, depth: usize) -> Vec<String> {
    match value {
        _ if depth > 4 => Vec::new(),
        Some(Value::String(name)) if !name.starts_with("http") => vec![tidy(name)],
        Some(Value::Array(list)) => list.iter().flat_map(|v| names(Some(v), depth + 1)).collect(),
        Some(Value::Object(map)) => match (map.get("name"), map.get("@id")) {
            (None, Some(Value::String(id))) => vec![format!("{REFERS}{id}")],
            (name, _) => names(name, depth + 1),
        },
        _ => Vec::new(),
    }
}

/// White space collapsed and character references that were escaped twice resolved.
pub(crate) fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c == '\u{200b}').filter(|w| !w.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    if out.contains('&') { references(&out) } else { out }
}

/// Replaces the character references that turn up in metadata.
fn references(text: &str) -> String {
    const NAMED: [(&str, &str); 40] = [
        ("auml", "ä"),
        ("ouml", "ö"),
        ("uuml", "ü"),
        ("Auml", "Ä"),
        ("Ouml", "Ö"),
        ("Uuml", "Ü"),
        ("szlig", "ß"),
        ("eacute", "é"),
        ("egrave", "è"),
        ("ecirc", "ê"),
        ("agrave", "à"),
        ("aacute", "á"),
        ("acirc", "â"),
        ("iacute", "í"),
        ("icirc", "î"),
        ("oacute", "ó"),
        ("ocirc", "ô"),
        ("uacute", "ú"),
        ("ugrave", "ù"),
        ("ccedil", "ç"),
        ("ntilde", "ñ"),
        ("aring", "å"),
        ("oslash", "ø"),
        ("aelig", "æ"),
        ("laquo", "«"),
        ("raquo", "»"),
        ("euro", "€"),
        ("amp", "&"),
        ("quot", "\""),
        ("apos", "'"),
        ("lt", "<"),
        ("gt", ">"),
        ("nbsp", " "),
        ("rsquo", "’"),
        ("lsquo", "‘"),
        ("ldquo", "“"),
        ("rdquo", "”"),
        ("ndash", "–"),
        ("mdash", "—"),
        ("hellip", "…"),
    ];
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(12).position(|b| b == b';');
        let found = end.and_then(|end| {
            let name = &rest[1..end];
            let c = match name.strip_prefix('#') {
                Some(number) => {
                    let code = match number.strip_prefix(['x', 'X']) {
                        Some(hex) => u32::from_str_radix(hex, 16),
                        None => number.parse(),
                    };
                    char::from_u32(code.ok()?)?.to_string()
                }
                None => NAMED.iter().find(|(n, _)| *n == name)?.1.to_owned(),
            };
            Some((c, end + 1))
        });
        let (c, len) = found.unwrap_or_else(|| ("&".to_owned(), 1));
        out.push_str(&c);
        rest = &rest[len..];
    }
    out + rest
}
