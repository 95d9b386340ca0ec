//! The native program's library in a folder: kept between runs, joined from parts, damage said and nothing lost.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use serde_json::{Value, json};
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

/// A folder of its own for a test, gone when the test ends.
struct Temp(PathBuf);

impl Temp {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("quoth-{name}-{}", std::process::id()));
        drop(fs::remove_dir_all(&path));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Temp {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

fn quoth(args: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_quoth"))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut to = child.stdin.take().unwrap();
    let input = input.to_owned();
    let writer = std::thread::spawn(move || drop(to.write_all(input.as_bytes())));
    let out = child.wait_with_output().unwrap();
    writer.join().unwrap();
    out
}

fn ok(args: &[&str], input: &str) -> String {
    let out = quoth(args, input);
    assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

const TOWNS: [&str; 6] = ["Tartu", "Oulu", "Bergamo", "Cork", "Ostend", "Gdynia"];
const WHAT: [&str; 6] = ["ferry", "library", "bridge", "orchard", "tram", "lighthouse"];
const WHO: [&str; 6] =
    ["Ana Velden", "Bo Quintrell", "Marta Okafor", "Iris Tammsaar", "Jon Etxeberria", "Rita Moura"];

/// Thirty articles: six stories as five papers tell them.
fn lines() -> Vec<String> {
    let mut out = Vec::new();
    for paper in 0..5 {
        for story in 0..6 {
            let (town, what, who) = (TOWNS[story], WHAT[story], WHO[story]);
            let verb = ["shuts", "closes", "will close", "is to shut", "halts"][paper];
            let text = format!(
                "{town} {verb} its {what} after storm\n\nThe {what} of {town} {verb} on Monday after the storm, the \
                 mayor {who} said, and the {what} crews go home. Paper {paper} was there.\n\n“We shut the {what} \
                 because nobody in {town} is safe on it,” said {who}. The {what} in {town} was built in 19{story}{paper}."
            );
            let line = json!({
                "id": format!("{story}-{paper}"), "text": text, "outlet": format!("Paper {paper}"),
                "date": format!("2025-03-{:02}T{:02}:{:02}:00Z", 3 + story, 6 + paper, story),
            });
            out.push(line.to_string() + "\n");
        }
    }
    out
}

fn related(out: &str) -> Vec<(Value, Value)> {
    let rows = serde_json::Deserializer::from_str(out).into_iter::<Value>().map(Result::unwrap);
    rows.map(|r| (r["id"].clone(), r["related"].clone())).collect()
}

fn path(temp: &Temp, name: &str) -> String {
    temp.0.join(name).display().to_string()
}

#[test]
fn a_library_is_kept_between_runs() {
    let temp = Temp::new("runs");
    let lines = lines();
    let (first, second) = lines.split_at(13);
    let folder = path(&temp, "kept");
    let args = ["batch", "--related", "--library", &folder];
    let mut apart = ok(&args, &first.concat());
    apart += &ok(&args, &second.concat());
    let whole = ok(&["batch", "--related"], &lines.concat());
    assert_eq!(related(&apart), related(&whole));
    let stories = related(&whole);
    assert_eq!(stories[29].1[0]["tier"], "same_story", "{}", stories[29].1);
    assert_eq!(ok(&["library", "check", &folder], ""), format!("{folder}: 30 visits\n"));
}

#[test]
fn parts_that_are_joined_answer_as_one() {
    let temp = Temp::new("merge");
    let lines = lines();
    let one = path(&temp, "one");
    ok(&["batch", "--library", &one], &lines.concat());
    let mut merge = vec!["library".to_owned(), "merge".to_owned(), path(&temp, "joined")];
    for part in 0..4 {
        let folder = path(&temp, &format!("part{part}"));
        let own: String = lines.iter().skip(part).step_by(4).map(String::as_str).collect();
        ok(&["batch", "--library", &folder], &own);
        merge.push(folder);
    }
    ok(&merge.iter().map(String::as_str).collect::<Vec<_>>(), "");
    let ask = |folder: &str| related(&ok(&["batch", "--ask", "--library", folder], &lines.concat()));
    let (joined, one) = (ask(&merge[2]), ask(&one));
    assert_eq!(joined, one);
    assert!(one.iter().all(|(_, r)| r.as_array().is_some_and(|r| r.len() >= 4)));
    // Asking keeps nothing, joining again changes nothing.
    ok(&merge.iter().map(String::as_str).collect::<Vec<_>>(), "");
    assert_eq!(ask(&merge[2]), one);
}

#[test]
fn damage_is_said_and_costs_no_record() {
    let temp = Temp::new("damage");
    let folder = path(&temp, "hurt");
    ok(&["batch", "--library", &folder], &lines().concat());
    let sketches = temp.0.join("hurt/sketches.qs");
    let whole = fs::read(&sketches).unwrap();
    for at in (5..whole.len()).step_by(whole.len() / 7) {
        let mut hurt = whole.clone();
        hurt[at] ^= 0x41;
        fs::write(&sketches, &hurt).unwrap();
        let out = quoth(&["library", "check", &folder], "");
        let (said, told) = (String::from_utf8(out.stdout).unwrap(), String::from_utf8(out.stderr).unwrap());
        assert!(!out.status.success() && told.contains("stay as they are"), "byte {at}: {told}");
        assert!(said.contains("30 visits"), "byte {at}: {said}");
    }
    // The write that did not end, then a frame of a later version: both are kept, and more is written after them.
    let mut torn = whole[..whole.len() - 9].to_vec();
    let mut newer = whole[..whole.len() / 30].to_vec();
    newer.truncate(12 + u32::from_le_bytes([whole[4], whole[5], whole[6], whole[7]]) as usize);
    newer[3] += 1;
    let crc = {
        let mut crc = crc32fast::Hasher::new();
        crc.update(&newer[3..8]);
        crc.update(&newer[12..]);
        crc.finalize()
    };
    newer[8..12].copy_from_slice(&crc.to_le_bytes());
    torn.extend(&newer);
    fs::write(&sketches, &torn).unwrap();
    let more =
        json!({"id": "more", "text": "A heron nests on the town hall\n\nIt was seen on Sunday."}).to_string();
    let out = quoth(&["batch", "--library", &folder], &more);
    let told = String::from_utf8(out.stderr).unwrap();
    assert!(out.status.success() && told.contains("later version"), "{told}");
    let out = quoth(&["library", "check", &folder], "");
    assert!(String::from_utf8(out.stdout).unwrap().contains("31 visits"));
    assert!(fs::read(&sketches).unwrap().starts_with(&torn), "what was there stays");
}

#[test]
fn one_program_at_a_time() {
    let temp = Temp::new("lock");
    let folder = path(&temp, "busy");
    let mut first = Command::new(env!("CARGO_BIN_EXE_quoth"))
        .args(["batch", "--library", &folder])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    // Its answer tells that it has the folder.
    let mut to = first.stdin.take().unwrap();
    to.write_all(lines()[0].as_bytes()).unwrap();
    let mut from = std::io::BufReader::new(first.stdout.take().unwrap());
    let mut line = String::new();
    std::io::BufRead::read_line(&mut from, &mut line).unwrap();
    let out = quoth(&["library", "check", &folder], "");
    assert!(String::from_utf8(out.stderr).unwrap().contains("another program"));
    drop(to);
    first.wait().unwrap();
    assert!(ok(&["library", "check", &folder], "").contains("1 visits"));
}
