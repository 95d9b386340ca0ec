//! Dates and times as pages write them, to RFC 3339 with the page's own zone.

use super::calendar::{month, zone};
use jiff::civil::{Date, Time};
use jiff::fmt::temporal::Pieces;

/// The time of day and the minutes east of UTC, as far as they are known.
#[derive(Clone, Copy, Debug, Default)]
struct Clock {
    time: Option<Time>,
    east: Option<i32>,
}

/// Reads a machine-written date: ISO 8601 and its relatives, RFC 2822, `Fri Apr 28 19:20:36 CEST 2023`,
/// seconds or milliseconds since 1970; failing these, any date in the text.
///
/// Gives `2024-11-13T00:07:00+09:00`, without the zone where none is known, or the bare day.
pub(crate) fn machine(text: &str, month_first: bool) -> Option<String> {
    let text = text.trim();
    if let Ok(pieces) = Pieces::parse(text) {
        let east =
            pieces.offset().map(|_| ()).and_then(|()| pieces.to_numeric_offset()).map(|o| o.seconds() / 60);
        return write(pieces.date(), Clock { time: pieces.time(), east });
    }
    if text.len() >= 10 && text.bytes().all(|b| b.is_ascii_digit()) {
        let number: i64 = text.parse().ok()?;
        let seconds = if text.len() >= 13 { number / 1000 } else { number };
        let at = jiff::Timestamp::from_second(seconds).ok()?;
        let at = jiff::tz::Offset::UTC.to_datetime(at);
        return write(at.date(), Clock { time: Some(at.time()), east: Some(0) });
    }
    written(text, month_first)
}

/// Writes what is known; none for dates before the web or far ahead.
fn write(date: Date, clock: Clock) -> Option<String> {
    if !(1970..=2100).contains(&date.year()) {
        return None;
    }
    let Some(time) = clock.time else { return Some(date.to_string()) };
    let time = format!("{date}T{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second());
    Some(match clock.east {
        None => time,
        Some(0) => time + "Z",
        Some(east) => {
            let sign = if east < 0 { '-' } else { '+' };
            format!("{time}{sign}{:02}:{:02}", east.abs() / 60, east.abs() % 60)
        }
    })
}

/// A piece of a written date.
#[derive(Clone, Debug, PartialEq)]
enum Token {
    /// A number and how many digits it has.
    Number(u32, usize),
    Word(String),
    Mark(char),
}

fn tokens(text: &str) -> Vec<Token> {
    let mut out = Vec::new();
    let mut chars = text.chars().take(300).peekable();
    while let Some(c) = chars.next() {
        if let Some(digit) = c.to_digit(10) {
            let (mut number, mut len) = (digit, 1);
            while let Some(d) = chars.peek().and_then(|c| c.to_digit(10)) {
                number = number.saturating_mul(10).saturating_add(d);
                len += 1;
                chars.next();
            }
            out.push(Token::Number(number, len));
        } else if c.is_alphabetic() {
            let mut word: String = c.to_lowercase().collect();
            // Year, month and day signs stand alone though letters follow.
            let sign = matches!(c, '年' | '月' | '日' | '년' | '월' | '일' | '時' | '시' | '分' | '분');
            while !sign && let Some(c) = chars.peek().filter(|c| c.is_alphabetic() || is_mark(**c)) {
                word.extend(c.to_lowercase());
                chars.next();
            }
            out.push(Token::Word(word));
        } else if !c.is_whitespace() {
            out.push(Token::Mark(c));
        }
    }
    out
}

/// Vowel signs of Indic scripts, which are no letters by themselves.
const fn is_mark(c: char) -> bool {
    matches!(c as u32, 0x0300..=0x036f | 0x0900..=0x0903 | 0x093a..=0x094f | 0x0980..=0x0d4d)
}

/// The first date written in `text`, in the languages of our pages; `month_first` reads 3/4/2024 as
/// the fourth of March.
pub(crate) fn written(text: &str, month_first: bool) -> Option<String> {
    let tokens = tokens(text);
    for i in 0..tokens.len() {
        if let Some((year, month, day, after)) = day_at(&tokens, i, month_first)
            && let Ok(date) = Date::new(i16::try_from(year).ok()?, month as i8, day as i8)
        {
            return write(date, clock(&tokens, i, after));
        }
    }
    None
}

const fn is_year(number: u32, digits: usize) -> bool {
    digits == 4 && number >= 1990 && number <= 2100
}

/// A day that begins at token `i`: year, month, day and the token after it.
fn day_at(tokens: &[Token], i: usize, month_first: bool) -> Option<(u32, u32, u32, usize)> {
    use Token::{Mark, Number, Word};
    // The next number or name of a month, past marks and small words such as "de" and "th".
    let skip = |mut j: usize| {
        let from = j;
        while let Some(token) = tokens.get(j) {
            let passes = match token {
                Mark('.' | ',' | '/' | '-' | '–' | '’' | '\'') => true,
                Word(w) => {
                    month(w).is_none()
                        && (matches!(
                            w.as_str(),
                            "年" | "月"
                                | "년"
                                | "월"
                                | "th"
                                | "st"
                                | "nd"
                                | "rd"
                                | "of"
                                | "de"
                                | "del"
                                | "er"
                                | "di"
                                | "г"
                                | "a"
                        ))
                }
                _ => false,
            };
            if !passes || j > from + 2 {
                break;
            }
            j += 1;
        }
        j
    };
    match tokens.get(i)? {
        &Number(year, digits) if is_year(year, digits) => {
            let j = skip(i + 1);
            let month = match tokens.get(j)? {
                Number(n, _) => *n,
                Word(w) => month(w)?,
                Mark(_) => return None,
            };
            let k = skip(j + 1);
            match tokens.get(k)? {
                &Number(day, len) if len <= 2 && (1..=12).contains(&month) => Some((year, month, day, k + 1)),
                _ => None,
            }
        }
        &Number(a, len) if len <= 2 => {
            let j = skip(i + 1);
            let k = skip(j + 1);
            let &Number(year, digits) = tokens.get(k)? else { return None };
            match tokens.get(j)? {
                Word(w) if is_year(year, digits) => Some((year, month(w)?, a, k + 1)),
                &Number(b, len) if len <= 2 && j > i + 1 && k > j + 1 => {
                    let short = digits == 2 && matches!(tokens.get(i + 1), Some(Mark('.' | '/')));
                    let year = if short { 2000 + year } else { year };
                    if !short && !is_year(year, digits) {
                        return None;
                    }
                    let american = month_first && matches!(tokens.get(i + 1), Some(Mark('/' | '-')));
                    let (day, month) = if b > 12 || american && a <= 12 { (b, a) } else { (a, b) };
                    (1..=12).contains(&month).then_some((year, month, day, k + 1))
                }
                _ => None,
            }
        }
        Word(w) => {
            let month = month(w)?;
            let j = skip(i + 1);
            let &Number(day, len) = tokens.get(j)? else { return None };
            if len > 2 {
                return None;
            }
            let k = skip(j + 1);
            if let Some(&Number(year, digits)) = tokens.get(k)
                && is_year(year, digits)
            {
                return Some((year, month, day, k + 1));
            }
            // "Fri Apr 28 19:20:36 CEST 2023"
            let later = tokens.iter().enumerate().skip(j + 1).take(8).find_map(|(at, t)| match t {
                &Number(year, digits) if is_year(year, digits) => Some((year, at)),
                _ => None,
            });
            later
                .filter(|_| clock(tokens, i, j + 1).time.is_some())
                .map(|(year, _)| (year, month, day, j + 1))
        }
        _ => None,
    }
}

/// The time of day within the twelve tokens after a day, or before it.
fn clock(tokens: &[Token], from: usize, after: usize) -> Clock {
    use Token::{Mark, Number, Word};
    let places = (after..tokens.len().min(after + 8)).chain(from.saturating_sub(8)..from);
    for i in places {
        let Some(&Number(mut hour, len)) = tokens.get(i) else { continue };
        let (minute, mut next) = match (tokens.get(i + 1), tokens.get(i + 2)) {
            (Some(Mark(':')), Some(&Number(minute, 2))) => (minute, i + 3),
            (Some(Mark('.')), Some(&Number(minute, 2)))
                if i >= after && !matches!(tokens.get(i + 3), Some(Mark('.'))) =>
            {
                (minute, i + 3)
            }
            (Some(Word(h)), Some(&Number(minute, _))) if matches!(h.as_str(), "h" | "時" | "시") => {
                (minute, i + 3)
            }
            _ => continue,
        };
        if len > 2 {
            continue;
        }
        let mut second = 0;
        if let (Some(Mark(':')), Some(&Number(s, 2))) = (tokens.get(next), tokens.get(next + 1)) {
            second = s;
            next += 2;
        }
        // a.m. and p.m. stand before the time in East Asia.
        match i.checked_sub(1).and_then(|before| tokens.get(before)) {
            Some(Word(w)) if matches!(w.as_str(), "pm" | "오후" | "午後" | "下午") && hour < 12 => {
                hour += 12;
            }
            Some(Word(w)) if matches!(w.as_str(), "am" | "오전" | "午前" | "上午") && hour == 12 => {
                hour = 0;
            }
            _ => {}
        }
        if let Some(Word(half)) = tokens.get(next) {
            let half = if half.len() == 1 && matches!(tokens.get(next + 1), Some(Mark('.'))) {
                next += 3;
                half.as_str()
            } else {
                half.as_str()
            };
            match half {
                "pm" | "p" if hour < 12 => hour += 12,
                "am" | "a" if hour == 12 => hour = 0,
                _ => {}
            }
            next += usize::from(matches!(half, "pm" | "am"));
        }
        if matches!(tokens.get(next), Some(Mark('.'))) {
            next += 1;
        }
        let (Ok(h), Ok(m), Ok(s)) = (i8::try_from(hour), i8::try_from(minute), i8::try_from(second)) else {
            continue;
        };
        let Ok(time) = Time::new(h, m, s, 0) else { continue };
        return Clock { time: Some(time), east: offset(tokens, next) };
    }
    Clock::default()
}

/// The zone that stands at token `i`: `+0900`, `+09:00`, `GMT+9`, `CET`, each also in brackets.
fn offset(tokens: &[Token], mut i: usize) -> Option<i32> {
    use Token::{Mark, Number, Word};
    while matches!(tokens.get(i), Some(Mark('(' | ','))) {
        i += 1;
    }
    let named = match tokens.get(i) {
        Some(Word(w)) => {
            i += 1;
            Some(zone(w)?)
        }
        _ => None,
    };
    let sign = match tokens.get(i) {
        Some(Mark('+')) => 1,
        Some(Mark('-' | '−')) => -1,
        _ => return named,
    };
    let &Number(n, digits) = tokens.get(i + 1)? else { return named };
    let minutes = match (digits, tokens.get(i + 2), tokens.get(i + 3)) {
        (4, ..) => n / 100 * 60 + n % 100,
        (1 | 2, Some(Mark(':')), Some(&Number(m, 2))) => n * 60 + m,
        (1 | 2, ..) => n * 60,
        _ => return named,
    };
    (minutes <= 14 * 60).then_some(sign * minutes as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn machine_dates_keep_their_zone() {
        for (text, want) in [
            ("2024-11-13T00:07:00+09:00", "2024-11-13T00:07:00+09:00"),
            ("2024-11-13T00:07:00.123Z", "2024-11-13T00:07:00Z"),
            ("2024-11-13 00:07", "2024-11-13T00:07:00"),
            ("2024-11-13", "2024-11-13"),
            ("Fri, 28 Apr 2023 19:20:36 +0200", "2023-04-28T19:20:36+02:00"),
            ("Fri Apr 28 19:20:36 CEST 2023", "2023-04-28T19:20:36+02:00"),
            ("1731423600", "2024-11-12T15:00:00Z"),
        ] {
            assert_eq!(machine(text, false).as_deref(), Some(want), "{text}");
        }
    }

    #[test]
    fn written_dates_of_many_languages() {
        for (text, want) in [
            ("Published: November 23, 2024 10:42 am IST", "2024-11-23T10:42:00+05:30"),
            ("Updated 3 Nov. 2024, 4.05 p.m. GMT", "2024-11-03T16:05:00Z"),
            ("13.11.2024, 00:07 Uhr", "2024-11-13T00:07:00"),
            ("Stand: 3. März 2025 08:15 Uhr", "2025-03-03T08:15:00"),
            ("Publié le 1er août 2024 à 18h30", "2024-08-01T18:30:00"),
            ("12 de octubre de 2023", "2023-10-12"),
            ("2024年11月13日 0時7分", "2024-11-13T00:07:00"),
            ("입력 2024.11.13. 오전 12:07", "2024-11-13T00:07:00"),
            ("2024.11.13 AM 12:07", "2024-11-13T00:07:00"),
            ("04/03/2024", "2024-03-04"),
            ("7. listopadu 2024", "2024-11-07"),
        ] {
            assert_eq!(written(text, false).as_deref(), Some(want), "{text}");
        }
        assert_eq!(written("04/03/2024", true).as_deref(), Some("2024-04-03"));
        assert_eq!(written("may 5 seats", false), None);
        assert_eq!(written("in 2024 some 13 people", false), None);
    }
}
