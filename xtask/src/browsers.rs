//! Real browsers: found, or installed where we may.

use crate::sh;
use anyhow::{Result, bail};
use std::env;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Programs and the Debian package of a browser.
const KNOWN: [(&str, &[&str], &str); 2] = [
    ("chromium", &["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"], "chromium"),
    ("firefox", &["firefox-esr", "firefox"], "firefox-esr"),
];

/// Where a browser's program stands: `QUOTH_CHROMIUM` or `QUOTH_FIREFOX`, else what is on the
/// path, else it is installed.
pub(crate) fn find(name: &str) -> Result<PathBuf> {
    let Some((_, programs, package)) = KNOWN.iter().find(|k| k.0 == name) else {
        bail!("no browser {name}: chromium or firefox");
    };
    let variable = format!("QUOTH_{}", name.to_uppercase());
    if let Some(path) = env::var_os(&variable) {
        return Ok(path.into());
    }
    if let Some(path) = on_path(programs) {
        return Ok(path);
    }
    let apt = format!("apt-get install {package}");
    if !(is_root() && sh::has("apt-get")) {
        bail!(
            "there is no {name}: install it, on Debian with `sudo {apt}`, or name its program in {variable}"
        );
    }
    eprintln!("there is no {name}: {apt}");
    let mut update = Command::new("apt-get");
    sh::run(update.args(["update", "-q"]).stdout(Stdio::null()))?;
    let mut install = Command::new("apt-get");
    install.args(["install", "-q", "-y", "--no-install-recommends", package]).stdout(Stdio::null());
    sh::run(install.env("DEBIAN_FRONTEND", "noninteractive"))?;
    let Some(path) = on_path(programs) else { bail!("{package} was installed and there is still no {name}") };
    Ok(path)
}

fn on_path(programs: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let dirs: Vec<_> = env::split_paths(&path).collect();
    programs.iter().find_map(|p| dirs.iter().map(|d| d.join(p)).find(|f| f.is_file()))
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|o| o.stdout.trim_ascii() == b"0")
}
