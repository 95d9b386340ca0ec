//! The native program: `quoth read`, `quoth batch`.

fn main() {
    let mut text = String::new();
    if std::io::Read::read_to_string(&mut std::io::stdin(), &mut text).is_ok() {
        let reading = quoth::read_text(&text);
        if let Ok(json) = serde_json::to_string_pretty(&reading.output(quoth::text::offsets::Unit::CodePoint))
        {
            println!("{json}");
        }
    }
}
