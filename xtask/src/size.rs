//! What ships, in bytes.

use anyhow::Result;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// More than this, zipped, is a failure.
pub(crate) const LIMIT: usize = 1_500_000;
/// More than this, zipped, is what we do not want.
pub(crate) const WANTED: usize = 1_000_000;

/// All files of a folder, with their paths inside it, in order.
pub(crate) fn files(dir: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(dir.join(&folder))? {
            let entry = entry?;
            let path = folder.join(entry.file_name());
            if entry.file_type()?.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    Ok(found)
}

/// Prints the sizes of what is in `dist`; gives back the size as one zip.
pub(crate) fn report(dist: &Path) -> Result<usize> {
    println!("{:28} {:>10} {:>10}", "dist/", "bytes", "gzip");
    for path in files(dist)? {
        let bytes = fs::read(dist.join(&path))?;
        if path.extension().is_some_and(|e| e == "wasm" || e == "js") {
            println!("  {:26} {:>10} {:>10}", path.display(), bytes.len(), gzip(&bytes)?);
        }
    }
    let zip = zip(dist, QUICK)?.len();
    println!("  {:26} {:>10} {:>10}", "all, zipped", "", zip);
    Ok(zip)
}

fn gzip(bytes: &[u8]) -> Result<usize> {
    let mut gz = GzEncoder::new(Vec::new(), Compression::best());
    gz.write_all(bytes)?;
    Ok(gz.finish()?.len())
}

/// What `deflate` tries: its best, ready at once.
const QUICK: i64 = 9;
/// Zopfli, 15 turns: some hundredths smaller, the best part of a minute.
pub(crate) const SMALL: i64 = 24;

/// The folder as a zip, the same bytes for the same files; `level` is [`SMALL`] or less.
pub(crate) fn zip(dir: &Path, level: i64) -> Result<Vec<u8>> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default()
        .compression_level(Some(level))
        .last_modified_time(zip::DateTime::default());
    for path in files(dir)? {
        zip.start_file(path.to_string_lossy(), options)?;
        zip.write_all(&fs::read(dir.join(&path))?)?;
    }
    Ok(zip.finish()?.into_inner())
}
