//! One line of `quoth batch`: what it asks to be read.

use super::lines::Line;
use serde::Deserialize;
use serde_json::Value;

/// HTML or text of this many bytes or more is refused.
pub(crate) const TOO_LARGE: usize = 50_000_000;

/// What a line may hold; any other field is ignored.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    /// Any JSON value; given back as it came.
    pub id: Value,
    html: Value,
    text: Value,
    url: Value,
    title: Value,
    published: Value,
    date: Value,
    outlet: Value,
}

/// What is to be read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// A page's HTML.
    Html(String),
    /// Plain text, the article as it stands.
    Text(String),
}

/// What the line says of the article beside its page or text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Said {
    pub url: Option<String>,
    pub title: Option<String>,
    pub published: Option<String>,
    pub outlet: Option<String>,
}

/// A line that can be read.
#[derive(Debug, PartialEq)]
pub(crate) struct Request {
    pub id: Value,
    pub source: Source,
    pub said: Said,
}

/// A line that cannot: its id (null where that could not be told) and why.
#[derive(Debug, PartialEq)]
pub(crate) struct Refused {
    pub id: Value,
    pub why: String,
}

/// Whether a line holds nothing and is passed over.
pub(crate) fn is_blank(line: &Line) -> bool {
    matches!(line, Line::Whole(bytes) if bytes.iter().all(u8::is_ascii_whitespace))
}

/// Understands a line.
pub(crate) fn parse(line: Line) -> Result<Request, Refused> {
    let bytes = match line {
        Line::Whole(bytes) => bytes,
        Line::Emptied(bones) => {
            let id = serde_json::from_slice::<Input>(&bones).map_or(Value::Null, |i| i.id);
            return Err(Refused { id, why: too_large() });
        }
    };
    let text = match std::str::from_utf8(&bytes) {
        Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text),
        Err(e) => {
            let id = serde_json::from_str::<Input>(&String::from_utf8_lossy(&bytes));
            let why = format!("the line is not UTF-8: a wrong byte at {}", e.valid_up_to());
            return Err(Refused { id: id.map_or(Value::Null, |i| i.id), why });
        }
    };
    if !text.trim_start().starts_with('{') {
        return Err(Refused { id: Value::Null, why: "the line is no JSON object".to_owned() });
    }
    let input: Input = match serde_json::from_str(text) {
        Ok(input) => input,
        Err(e) => return Err(Refused { id: Value::Null, why: format!("the line is no JSON: {e}") }),
    };
    drop(bytes);
    let Input { id, html, text, url, title, published, date, outlet } = input;
    let source = match (html, text) {
        (Value::String(html), _) => Source::Html(html),
        (Value::Null, Value::String(text)) => Source::Text(text),
        (Value::Null, Value::Null) => {
            return Err(Refused { id, why: "the line has neither html nor text".to_owned() });
        }
        (Value::Null, _) => return Err(Refused { id, why: "text is not a string".to_owned() }),
        _ => return Err(Refused { id, why: "html is not a string".to_owned() }),
    };
    let (Source::Html(words) | Source::Text(words)) = &source;
    if words.len() >= TOO_LARGE {
        return Err(Refused { id, why: too_large() });
    }
    let said = Said {
        url: filled(url),
        title: filled(title),
        published: filled(published).or_else(|| filled(date)),
        outlet: filled(outlet),
    };
    Ok(Request { id, source, said })
}

fn too_large() -> String {
    format!("the line holds {} MB or more", TOO_LARGE / 1_000_000)
}

/// A string that says something.
fn filled(value: Value) -> Option<String> {
    match value {
        Value::String(s) if !s.trim().is_empty() => Some(s),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(s: &str) -> Line {
        Line::Whole(s.as_bytes().to_vec())
    }

    fn why(line: Line) -> (Value, String) {
        let r = parse(line).unwrap_err();
        (r.id, r.why)
    }

    #[test]
    fn text_and_html_are_told_apart() {
        let r = parse(whole(r#"{"id": 7, "text": "T", "html": null, "date": "2025-01-02", "quotes": []}"#));
        let r = r.unwrap();
        assert_eq!((r.id, r.source), (7.into(), Source::Text("T".to_owned())));
        assert_eq!(r.said.published.as_deref(), Some("2025-01-02"));
        let r = parse(whole(r#"{"id": "a", "html": "<p>", "text": "gold"}"#)).unwrap();
        assert_eq!(r.source, Source::Html("<p>".to_owned()));
    }

    #[test]
    fn lines_that_cannot_be_read_say_why() {
        assert_eq!(why(whole("not json")).0, Value::Null);
        assert!(why(whole("[1]")).1.contains("no JSON object"));
        assert!(why(whole(r#"{"id": "a""#)).1.contains("no JSON"));
        let (id, why_not) = why(whole(r#"{"id": "a"}"#));
        assert_eq!(id, "a");
        assert!(why_not.contains("neither"));
        assert!(why(whole(r#"{"id": "a", "html": 3}"#)).1.contains("not a string"));
        let (id, why_not) = why(Line::Whole(b"{\"id\": \"a\", \"text\": \"\xff\"}".to_vec()));
        assert_eq!(id, "a");
        assert!(why_not.contains("UTF-8"));
    }

    #[test]
    fn fifty_megabytes_are_refused_and_less_is_not() {
        let line = |n| whole(&format!(r#"{{"id": "a", "html": "{}"}}"#, "x".repeat(n)));
        assert_eq!(why(line(TOO_LARGE)), ("a".into(), "the line holds 50 MB or more".to_owned()));
        assert!(parse(line(TOO_LARGE - 1)).is_ok());
        let bones = Line::Emptied(br#"{"html": "", "id": "z"}"#.to_vec());
        assert_eq!(why(bones), ("z".into(), "the line holds 50 MB or more".to_owned()));
    }
}
