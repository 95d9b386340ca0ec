//! tmp
use std::io::BufRead;
fn main() {
    let mut total = 0;
    let mut times = vec![];
    for line in std::io::stdin().lock().lines() {
        let v: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
        let html = v["html"].as_str().unwrap();
        let t = std::time::Instant::now();
        let page = quoth::page::html::parse(html, "");
        let t1 = t.elapsed().as_secs_f64() * 1e3;
        let a = quoth::article::extract(&page);
        times.push((t1, t.elapsed().as_secs_f64() * 1e3));
        total += page.nodes.len() + a.blocks.len();
    }
    times.sort_by(|a, b| a.1.total_cmp(&b.1));
    let n = times.len();
    println!(
        "{n} pages {total} nodes; median parse {:.2} all {:.2} p95 {:.2} {:.2}",
        times[n / 2].0,
        times[n / 2].1,
        times[n * 95 / 100].0,
        times[n * 95 / 100].1
    );
}
