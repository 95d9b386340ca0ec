//! `cargo xtask pack`: the packages that the stores take.

use crate::{build, sh, size};
use anyhow::{Context, Result};
use serde_json::Value;
use std::fs;

const HELP: &str = "\
cargo xtask pack

Builds the extension and writes out/quoth-VERSION-chrome.zip and out/quoth-VERSION-firefox.zip,
each with the manifest keys that its store knows and the same files beside it.";

pub(crate) fn run(mut args: lexopt::Parser) -> Result<()> {
    use lexopt::Arg::{Long, Short};
    match args.next()? {
        None => {}
        Some(Long("help") | Short('h')) => {
            println!("{HELP}");
            return Ok(());
        }
        Some(other) => return Err(other.unexpected().into()),
    }
    build::build(false)?;
    let dist = build::dist();
    let whole: Value = serde_json::from_slice(&fs::read(dist.join("manifest.json"))?)?;
    let version = whole["version"].as_str().context("the manifest has no version")?;
    let out = sh::root().join("out");
    fs::create_dir_all(&out)?;
    for store in ["chrome", "firefox"] {
        let folder = sh::target().join("pack").join(store);
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        crate::bundle::copy(&dist, &folder)?;
        let manifest = serde_json::to_string_pretty(&for_store(whole.clone(), store))?;
        fs::write(folder.join("manifest.json"), manifest)?;
        let path = out.join(format!("quoth-{version}-{store}.zip"));
        let zip = size::zip(&folder, size::SMALL)?;
        println!("{} {} bytes", path.strip_prefix(sh::root()).unwrap_or(&path).display(), zip.len());
        fs::write(path, zip)?;
    }
    Ok(())
}

/// The manifest without the keys that the other browser reads.
fn for_store(mut manifest: Value, store: &str) -> Value {
    let (background, top) = if store == "chrome" {
        ("scripts", "browser_specific_settings")
    } else {
        ("service_worker", "minimum_chrome_version")
    };
    if let Some(all) = manifest.as_object_mut() {
        all.remove(top);
        if let Some(own) = all.get_mut("background").and_then(Value::as_object_mut) {
            own.remove(background);
        }
    }
    manifest
}

#[cfg(test)]
mod tests {
    use super::for_store;
    use serde_json::json;

    #[test]
    fn each_store_gets_its_own_keys() {
        let whole = json!({
            "name": "x", "minimum_chrome_version": "140", "browser_specific_settings": {},
            "background": {"service_worker": "b.js", "scripts": ["b.js"], "type": "module"}
        });
        let chrome = for_store(whole.clone(), "chrome");
        assert_eq!(chrome["background"], json!({"service_worker": "b.js", "type": "module"}));
        assert!(chrome.get("browser_specific_settings").is_none());
        let firefox = for_store(whole, "firefox");
        assert_eq!(firefox["background"], json!({"scripts": ["b.js"], "type": "module"}));
        assert!(firefox.get("minimum_chrome_version").is_none());
    }
}
