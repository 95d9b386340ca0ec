//! Where scripts, styles and the like begin and end in HTML text: most pages are made of them for a good part.

use super::Tag;

/// Elements that hold raw text of which nothing is kept.
const RAW: [&str; 3] = ["script", "style", "noscript"];

/// Whether the bytes after `at` are a tag's name and what may end it.
fn named(html: &[u8], at: usize, name: &str) -> bool {
    let Some(rest) = html.get(at..) else { return false };
    rest.get(..name.len()).is_some_and(|own| own.eq_ignore_ascii_case(name.as_bytes()))
        && matches!(rest.get(name.len()), Some(b'\t' | b'\n' | b'\r' | b'\x0c' | b' ' | b'/' | b'>'))
}

/// After the next `>` that may close a start tag of [`RAW`], from byte `from` on. Whether there is such an
/// element the tokenizer tells, once it has read up to there.
pub(super) fn start(html: &str, from: usize) -> Option<usize> {
    let bytes = html.as_bytes();
    let at = memchr::memchr_iter(b'<', &bytes[from..])
        .map(|at| from + at + 1)
        .find(|&at| RAW.iter().any(|name| named(bytes, at, name)))?;
    memchr::memchr(b'>', &bytes[at..]).map(|end| at + end + 1)
}

/// Where the end tag begins of an element whose raw text begins at byte `from`; none where it has none, or
/// where a script holds a comment, within which it may not end at the first end tag.
pub(super) fn end(html: &str, from: usize, tag: Tag) -> Option<usize> {
    let bytes = html.as_bytes();
    for at in memchr::memchr_iter(b'<', &bytes[from..]).map(|at| from + at) {
        if bytes.get(at + 1) == Some(&b'/') && named(bytes, at + 2, tag.name()) {
            return Some(at);
        }
        if tag == Tag::Script && bytes[at..].starts_with(b"<!--") {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::parse;

    #[test]
    fn what_is_passed_over_ends_where_the_standard_says() {
        let texts = [
            ("<body>a<script>x</script>b", "ab"),
            ("<body>a<script>'<!-- <script>' + x</script>y</script>b", "ab"),
            ("<body>a<script>x</scripts></SCRIPT >b", "ab"),
            ("<body>a<script title='>'>x</script>b", "ab"),
            ("<body>a<p title='<script>'>b</p><!-- <script> -->c", "abc"),
            ("<body>a<textarea <script>b</textarea>c</script>d", "acd"),
            ("<body>a<textarea><script>b</textarea>c</script>d", "acd"),
            ("<body>a<style><script>b</style>c</script>d", "acd"),
            ("<body>a<noscript><p>b</p></noscript>c", "ac"),
            ("<body>a<svg><style>x</style></svg>b", "ab"),
            ("<body>a<script>x", "a"),
            ("\u{feff}<body>a<script></script>\u{feff}b", "a\u{feff}b"),
        ];
        for (html, text) in texts {
            assert_eq!(parse(html, "").text, text, "{html}");
        }
        let json = "<script type='application/ld+json'>{\"a\":\"<script>\"}</script>b";
        assert_eq!(parse(json, "").text, "{\"a\":\"<script>\"}b");
    }
}
