//! Any columns are a page or an error, and a page is read without a panic.
#![no_main]

include!("sound.rs");

const NAMES: &str = "html\nbody\nmain\narticle\nh1\np\ndiv\na\nul\nli\nspan\nx-y\nhead\ntitle\nmeta\nscript\nh2\ntime\n\
    table\ntd\nfigure\nfigcaption\nimg\nblockquote\nbutton\nnav\nfooter\nform\nbr\nb";
/// Those, and 0 for a text node.
const KINDS: u8 = 31;

libfuzzer_sys::fuzz_target!(|input: (Vec<(u8, u8, u8, u8)>, String, String)| {
    let (shapes, text, attrs) = input;
    let mut records = Vec::with_capacity(shapes.len() * 5);
    let (mut in_text, mut in_attrs) = (0u32, 0u32);
    for (i, &(up, name, flags, long)) in shapes.iter().enumerate() {
        // A page may have several roots.
        let parent = if i == 0 || up == u8::MAX {
            quoth::page::NO_PARENT
        } else {
            (i as u32 - 1).saturating_sub(u32::from(up))
        };
        let at = if name % KINDS == 0 { &mut in_text } else { &mut in_attrs };
        let from = *at;
        *at += u32::from(long);
        records.extend([parent, u32::from(name % KINDS), u32::from(flags), from, *at]);
    }
    if let Ok(page) = quoth::Page::from_columns("https://example.com/a", text, attrs, NAMES, &records) {
        sound(&quoth::read(&page));
    }
});
