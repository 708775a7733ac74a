//! Dates of works as records write them: `2023`, `2023-06-30`, `{date-parts: [[2023, 6]]}`.

use crate::syntax::Node;
use jiff::civil::Date;

/// Year, and month and day where they are given; 0 for those that are not.
pub type Parts = [u32; 3];

/// The numbers of a date; `None` for words, ranges and what the schema tells.
pub fn parts_of(node: Node<'_>) -> Option<Parts> {
    let numbers: Vec<&str> = if node.is_scalar() {
        let text = node.scalar_text().trim();
        let text = text.split('T').next().unwrap_or(text);
        text.split('-').collect()
    } else {
        let parts = node.get("date-parts")?;
        let first = parts.items().next()?;
        first.items().map(|own| own.scalar_text().trim()).collect()
    };
    let mut parts = [0; 3];
    if numbers.is_empty() || numbers.len() > parts.len() {
        return None;
    }
    for (part, number) in parts.iter_mut().zip(&numbers) {
        // "2020-21" is a range of years, and tells nothing of months.
        *part = number.parse().ok().filter(|_| number.bytes().all(|own| own.is_ascii_digit()))?;
    }
    let is_season =
        numbers.len() == 2 && (13..=99).contains(&parts[1]) && parts[1] > parts[0] % 100;
    (!is_season).then_some(parts)
}

/// The last day that a date may mean: of 2023, the last of December.
pub fn last_day([year, month, day]: Parts) -> Option<Date> {
    let month = if month == 0 { 12 } else { month };
    let (year, month) = (i16::try_from(year).ok()?, i8::try_from(month).ok()?);
    let first = Date::new(year, month, 1).ok()?;
    match day {
        0 => Some(first.last_of_month()),
        day => Date::new(year, month, i8::try_from(day).ok()?).ok(),
    }
}

/// Whole months from one day to a later one.
pub fn months_between(from: Date, to: Date) -> i32 {
    let months = |day: Date| i32::from(day.year()) * 12 + i32::from(day.month());
    months(to) - months(from) - i32::from(to.day() < from.day())
}

#[cfg(test)]
mod tests {
    use super::{last_day, months_between};
    use jiff::civil::date;

    #[test]
    fn days_that_a_date_may_mean() {
        assert_eq!(last_day([2024, 0, 0]), Some(date(2024, 12, 31)));
        assert_eq!(last_day([2024, 2, 0]), Some(date(2024, 2, 29)));
        assert_eq!(last_day([2024, 2, 10]), Some(date(2024, 2, 10)));
        assert_eq!(last_day([2024, 2, 30]), None);
        assert_eq!(last_day([2024, 13, 0]), None);
        assert_eq!(last_day([99999, 0, 0]), None);
    }

    #[test]
    fn months() {
        assert_eq!(months_between(date(2020, 12, 31), date(2026, 1, 1)), 60);
        assert_eq!(months_between(date(2025, 1, 15), date(2026, 1, 14)), 11);
        assert_eq!(months_between(date(2025, 1, 15), date(2026, 1, 15)), 12);
    }
}
