//! `cargo xtask run`: a real browser with the extension reads the demo story, or pages that are given.

use crate::{browsers, build, sh};
use anyhow::{Result, bail};

const HELP: &str = "\
cargo xtask run [PAGE.html|URL …] [--browser chromium|firefox] [--headless] [--dev]

Builds the extension, serves the demo news stand, starts a browser with the extension loaded and
reads pages one after another: the demo story as five outlets told it, or the pages that are given.
Prints what was cleared, who is named, who said what and what is related, and where the pictures
are. With a display the browser stays open; without one (or with --headless) it ends.
--dev: an extension that is not optimised, built sooner.";

pub(crate) fn run(mut args: lexopt::Parser) -> Result<()> {
    use lexopt::Arg::{Long, Short, Value};
    use lexopt::ValueExt;
    let (mut browser, mut headless, mut dev) = (None, false, false);
    let mut pages = Vec::new();
    while let Some(arg) = args.next()? {
        match arg {
            Long("browser") => browser = Some(args.value()?.string()?),
            Long("headless") => headless = true,
            Long("dev") => dev = true,
            Long("help") | Short('h') => {
                println!("{HELP}");
                return Ok(());
            }
            Value(page) => pages.push(page),
            other => return Err(other.unexpected().into()),
        }
    }
    for page in &pages {
        let web = page.to_str().is_some_and(|p| p.starts_with("http://") || p.starts_with("https://"));
        if !web && !std::path::Path::new(page).is_file() {
            bail!("there is no file {}", page.display());
        }
    }
    build::build(dev)?;
    let browser = browser.unwrap_or_else(|| "chromium".to_owned());
    let program = browsers::find(&browser)?;
    println!();
    let mut c = sh::command("node");
    // Files are named from where the person stands.
    c.current_dir(std::env::current_dir()?);
    c.arg(sh::root().join("tools/run.mjs"))
        .args(["--browser", &browser])
        .args(headless.then_some("--headless"));
    c.arg("--").args(pages);
    sh::run(c.env(format!("QUOTH_{}", browser.to_uppercase()), program))
}
