//! Single stages, for the benches alone; not part of what ships.

use crate::page::Page;
use crate::{actors, article};
use wasm_bindgen::prelude::*;

/// Takes the article out of a page and nothing more; the text's length in bytes.
///
/// # Errors
/// If the columns do not fit together.
#[wasm_bindgen]
pub fn bench_extract(
    url: &str,
    text: String,
    attrs: String,
    names: &str,
    records: &[u32],
) -> Result<usize, JsError> {
    let page = Page::from_columns(url, text, attrs, names, records)?;
    Ok(article::extract(&page).text.len())
}

/// Names and their actors in a text; how many actors.
#[wasm_bindgen]
pub fn bench_names(text: &str) -> usize {
    let article = article::from_text(text);
    actors::find(&article).len()
}
