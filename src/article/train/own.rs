//! Pages made of the project's own invented articles: lines of furniture between the paragraphs in markup that
//! tells little, so that the labeller learns what their words say, in many languages.

use crate::model::hash_text;
use serde_json::Value;
use std::fmt::Write;

/// A page and its gold.
pub(super) struct Made {
    pub id: String,
    /// Articles of one story are one group.
    pub story: String,
    pub html: String,
    pub gold: String,
}

/// Draws numbers from a text, the same every time.
struct Draw(u32);

impl Draw {
    /// A number below `n`.
    fn below(&mut self, n: u32) -> u32 {
        self.0 = self.0.wrapping_mul(0x9e37_79b9).rotate_left(13) ^ 0x85eb_ca6b;
        (self.0 >> 8) % n
    }
}

/// The lines of one article: headline, whether each line is furniture, what it says.
struct Lines<'a> {
    headline: &'a str,
    lines: Vec<(bool, String)>,
}

fn lines(article: &Value) -> Option<Lines<'_>> {
    let text: Vec<char> = article["text"].as_str()?.chars().collect();
    let mut lines = Vec::new();
    for line in article["paragraphs"].as_array()? {
        let at = |key: &str| line[key].as_u64().map(|n| n as usize);
        let words: String = text.get(at("start")?..at("end")?)?.iter().collect();
        match line["kind"].as_str()? {
            "headline" => {}
            kind => lines.push((kind == "furniture", words)),
        }
    }
    Some(Lines { headline: article["headline"].as_str()?, lines })
}

/// Makes a page of each article of the corpus, a JSON line each.
pub(super) fn pages(corpus: &str) -> Vec<Made> {
    let articles: Vec<Value> = corpus.lines().filter_map(|l| serde_json::from_str(l).ok()).collect();
    let headlines: Vec<&str> = articles.iter().filter_map(|a| a["headline"].as_str()).collect();
    let made = articles.iter().filter_map(|article| {
        let id = article["id"].as_str()?;
        let said = lines(article)?;
        let mut draw = Draw(hash_text(id));
        draw.below(2);
        let gold: Vec<&str> = said.lines.iter().filter(|(f, _)| !f).map(|(_, l)| l.as_str()).collect();
        Some(Made {
            id: id.to_owned(),
            story: article["story"].as_str()?.to_owned(),
            html: page(&said, article, &headlines, &mut draw),
            gold: gold.join("\n\n"),
        })
    });
    made.collect()
}

fn page(said: &Lines, article: &Value, headlines: &[&str], draw: &mut Draw) -> String {
    let outlet = article["outlet"].as_str().unwrap_or_default();
    let mut html = format!("<html><head><title>{} - {}</title>", safe(said.headline), safe(outlet));
    if draw.below(2) == 0 {
        let _ = write!(html, "<meta property=\"og:title\" content=\"{}\">", safe(said.headline));
    }
    let others = |draw: &mut Draw| {
        let list = (0..3 + draw.below(4)).map(|_| {
            let other = headlines[draw.below(headlines.len() as u32) as usize];
            format!("<li><a href=\"/news/{}\">{}</a></li>", draw.below(9999), safe(other))
        });
        format!("<ul>{}</ul>", list.collect::<String>())
    };
    html.push_str("</head><body>");
    let top = others(draw);
    // What holds the article, its lines and its furniture.
    let (open, close, line, end) = match draw.below(4) {
        0 => ("<main><article>", "</article></main>", "<p>", "</p>\n"),
        1 => ("<div><div>", "</div></div>", "<p>", "</p>\n"),
        2 => ("<div><div>", "</div></div>", "<div>", "</div>\n"),
        _ => ("<table><tr><td>", "</td></tr></table>", "", "<br><br>\n"),
    };
    let _ = write!(html, "<div>{top}</div>{open}<h1>{}</h1>", safe(said.headline));
    for (furniture, words) in &said.lines {
        let words = safe(words);
        let _ = match (*furniture, draw.below(5)) {
            (true, 0) => writeln!(html, "<div>{words}</div>"),
            (true, 1) => write!(html, "{line}<a href=\"/{}\">{words}</a>{end}", draw.below(9999)),
            (true, 2) => writeln!(html, "<table><tr><td>{words}</td></tr></table>"),
            _ => write!(html, "{line}{words}{end}"),
        };
    }
    let bottom = others(draw);
    let _ = write!(html, "{close}<div>{bottom}</div></body></html>");
    html
}

fn safe(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
