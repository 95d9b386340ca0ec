//! Dates as minutes, so that days between articles are one subtraction.

/// Minutes from 1970-01-01T00:00Z to an RFC 3339 date; a bare day counts as its noon. None where it is no date.
pub fn minutes(date: &str) -> Option<i32> {
    let date = date.trim();
    let mut parts = date.get(..10)?.split('-');
    let year: i64 = parts.next()?.parse().ok()?;
    let month: i64 = parts.next()?.parse().ok()?;
    let day: i64 = parts.next()?.parse().ok()?;
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) || !(1..=3000).contains(&year) {
        return None;
    }
    let days = days_from_civil(year, month, day);
    let time = date.get(10..).unwrap_or("");
    let clock = if time.is_empty() { 12 * 60 } else { clock(time).unwrap_or(12 * 60) };
    i32::try_from(days * 1440 + clock).ok()
}

/// `T09:10`, `T09:10:00Z`, ` 09:10:00.5+05:30`: minutes after midnight UTC.
fn clock(time: &str) -> Option<i64> {
    let time = time.strip_prefix(['T', 't', ' '])?;
    let hour: i64 = time.get(..2)?.parse().ok()?;
    let minute: i64 = time.get(2..5)?.strip_prefix(':')?.parse().ok()?;
    let rest = time
        .get(5..)
        .unwrap_or("")
        .trim_start_matches([':', '.', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    let zone = match rest.chars().next() {
        Some(sign @ ('+' | '-')) => {
            let digits: String = rest[1..].chars().filter(char::is_ascii_digit).collect();
            let hours: i64 = digits.get(..2)?.parse().ok()?;
            let minutes: i64 = digits.get(2..4).unwrap_or("0").parse().ok()?;
            (hours * 60 + minutes) * if sign == '+' { 1 } else { -1 }
        }
        _ => 0,
    };
    (hour < 25 && minute < 60).then_some(hour * 60 + minute - zone)
}

/// Days from 1970-01-01 in the Gregorian calendar (Howard Hinnant's `days_from_civil`).
const fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let of_era = y.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Minutes from a visit's milliseconds; none for zero, which says that it is not known.
pub fn from_visit(milliseconds: f64) -> Option<i32> {
    (milliseconds > 0.0 && milliseconds < 1e14).then(|| (milliseconds / 60_000.0) as i32)
}

/// The day (UTC) of a visit's milliseconds, as `2025-03-14`.
pub fn date(milliseconds: f64) -> String {
    let days = (milliseconds / 86_400_000.0).floor() as i64 + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let m = (5 * of_year + 2) / 153;
    let day = of_year - (153 * m + 2) / 5 + 1;
    let month = if m < 10 { m + 3 } else { m - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_come_back() {
        for day in ["1970-01-01", "2000-02-29", "2024-12-31", "2026-03-01"] {
            let at = f64::from(minutes(day).unwrap()) * 60_000.0;
            assert_eq!(date(at), day);
        }
    }

    #[test]
    fn dates_with_zones_and_without() {
        assert_eq!(minutes("1970-01-01"), Some(720));
        assert_eq!(minutes("1970-01-02T00:30:00+01:00"), Some(1440 - 30));
        assert_eq!(minutes("1970-01-02T00:30:00.123-0130"), Some(1440 + 120));
        assert_eq!(minutes("2024-02-29T00:00:00Z"), Some(19_782 * 1440));
        assert_eq!(minutes("2024-13-01"), None);
        assert_eq!(minutes("yesterday"), None);
        assert_eq!(minutes("12th of Ünü"), None);
    }
}
