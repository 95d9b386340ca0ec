//! The one place that builds, runs, tests, measures and packs Quoth.

fn main() {
    println!("cargo xtask build|run|test|pack|eval|bench");
}
