//! Reading a page or a text: one call in, one object out.

use crate::coverage;
use crate::page::{NO_PARENT, Page};
use crate::paint::{self, Mark};
use crate::reading::{self, Output, Reading};
use crate::text::offsets::Unit;
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// Runs once when the module starts: a panic, which would be a bug, is told with its place.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
}

/// What a page's content script gets. Offsets in UTF-16 units.
#[derive(Serialize)]
struct PageOutput<'r> {
    reading: Output<'r>,
    /// Six values a run: 0 for a quotation, 1 for an actor or 2 for doubtful words, its index, the mention's index, the
    /// text node, first unit and unit after the last of its data.
    marks: Vec<u32>,
    /// Two values a root: node, kind.
    furniture: Vec<u32>,
    /// The node of each block of the reading, or [`NO_PARENT`].
    blocks: Vec<u32>,
    /// JSON of the visit that the library keeps.
    visit: String,
}

/// Reads a page from its columns (see [`Page::from_columns`]); `boxes` holds four values a node or
/// is empty, `visited` is the time of the visit in milliseconds since 1970-01-01 UTC.
///
/// Returns JSON of an object with `reading`, `marks`, `furniture`, `blocks` and `visit`: parsing
/// one string is cheaper than building the same objects value by value across the border.
///
/// # Errors
/// If the columns do not fit together.
#[wasm_bindgen]
#[allow(clippy::too_many_arguments, reason = "one crossing, no object to take apart")]
pub fn read_page(
    url: &str,
    text: String,
    attrs: String,
    names: &str,
    records: &[u32],
    boxes: &[i32],
    cut: bool,
    visited: f64,
) -> Result<String, JsError> {
    let mut page = Page::from_columns(url, text, attrs, names, records)?;
    page.cut = cut;
    let (boxes, _) = boxes.as_chunks::<4>();
    if boxes.len() == page.nodes.len() {
        page.boxes = boxes.to_vec();
    }
    let reading = reading::read(&page);
    let visit = coverage::visit(url, &reading, visited);
    let output = PageOutput {
        reading: reading.output(Unit::Utf16),
        marks: marks(&page, &reading),
        furniture: furniture(&reading),
        blocks: reading.article.blocks.iter().map(|b| b.node.unwrap_or(NO_PARENT)).collect(),
        visit: serde_json::to_string(&visit)?,
    };
    Ok(serde_json::to_string(&output)?)
}

/// Reads plain text, taken as the article as it stands. Returns JSON of the reading with offsets in
/// UTF-16 units.
///
/// # Errors
/// None is known; what serialising reports is handed on.
#[wasm_bindgen]
pub fn read_text(text: &str) -> Result<String, JsError> {
    Ok(serde_json::to_string(&reading::read_text(text).output(Unit::Utf16))?)
}

fn marks(page: &Page, reading: &Reading) -> Vec<u32> {
    let flat = paint::runs(page, reading).into_iter().flat_map(|run| {
        let (what, index, mention) = match run.mark {
            Mark::Quote(quote) => (0, quote, 0),
            Mark::Mention(actor, mention) => (1, actor, mention),
            Mark::Doubtful(run) => (2, run, 0),
        };
        [what, index, mention, run.node, run.start, run.end]
    });
    flat.collect()
}

fn furniture(reading: &Reading) -> Vec<u32> {
    reading.article.furniture.iter().flat_map(|f| [f.node, f.kind as u32]).collect()
}
