//! The extension's scripts bundled and its files laid out in `dist/`.

use crate::sh;
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// Scripts that are not named by a page: source, place in `dist/`, format.
const SCRIPTS: [(&str, &str, &str); 2] =
    [("content/main.js", "content.js", "iife"), ("background/main.js", "background.js", "esm")];

/// Folders with pages: their HTML and CSS are copied, their scripts bundled in place.
const PAGES: [&str; 3] = ["popup", "options", "library"];

/// Folders and files copied as they are.
const COPIED: [&str; 3] = ["manifest.json", "_locales", "icons"];

/// Lays the extension out in `dist`; gives back what was not there to lay out.
pub(crate) fn build(dist: &Path, dev: bool) -> Result<Vec<String>> {
    sh::npm()?;
    let from = sh::root().join("extension");
    let mut missing = Vec::new();
    for name in COPIED {
        if from.join(name).exists() {
            copy(&from.join(name), &dist.join(name))?;
        } else {
            missing.push(format!("extension/{name}"));
        }
    }
    for (source, place, format) in SCRIPTS {
        if from.join(source).exists() {
            bundle(&from.join(source), &dist.join(place), format, dev)?;
        } else {
            missing.push(format!("extension/{source}"));
        }
    }
    for folder in PAGES {
        if from.join(folder).exists() {
            page(&from.join(folder), &dist.join(folder), dev)?;
        } else {
            missing.push(format!("extension/{folder}/"));
        }
    }
    Ok(missing)
}

/// One folder of pages: a script that an HTML file names becomes one bundled module.
fn page(from: &Path, to: &Path, dev: bool) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let Some(kind) = path.extension().and_then(|e| e.to_str()) else { continue };
        let Some(name) = path.file_name() else { continue };
        if kind != "js" {
            copy(&path, &to.join(name))?;
        }
        if kind == "html" {
            for script in scripts(&fs::read_to_string(&path)?) {
                bundle(&from.join(&script), &to.join(&script), "esm", dev)?;
            }
        }
    }
    Ok(())
}

/// The addresses of a page's own scripts.
fn scripts(html: &str) -> Vec<String> {
    let tags = html.split("<script").skip(1).filter_map(|t| t.split('>').next());
    tags.filter_map(|t| t.split_once("src=\"")?.1.split('"').next()).map(str::to_owned).collect()
}

fn bundle(from: &Path, to: &Path, format: &str, dev: bool) -> Result<()> {
    let mut c = sh::npm_bin("esbuild");
    c.arg(from).arg("--bundle").arg(format!("--format={format}")).arg(format!("--outfile={}", to.display()));
    c.args(["--target=chrome140,firefox140", "--charset=utf8", "--loader:.css=text", "--log-level=warning"]);
    if !dev {
        c.arg("--minify");
    }
    sh::run(&mut c)
}

/// Copies a file, or a folder with all in it.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<()> {
    if from.is_dir() {
        fs::create_dir_all(to)?;
        for entry in fs::read_dir(from)? {
            let entry = entry?;
            copy(&entry.path(), &to.join(entry.file_name()))?;
        }
        return Ok(());
    }
    fs::copy(from, to).with_context(|| format!("copying {}", from.display()))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn scripts_of_a_page_are_found() {
        let html = r#"<script type="module" src="popup.js"></script><p><script src="b.js" defer></script>"#;
        assert_eq!(super::scripts(html), ["popup.js", "b.js"]);
    }
}
