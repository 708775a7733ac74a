//! Values of numbers as YAML 1.2 (core schema) and JSON write them.

/// Value of an integer in decimal, octal (`0o14`) or hexadecimal (`0xC`), when it fits.
pub fn integer(text: &str) -> Option<i64> {
    if let Some(digits) = text.strip_prefix("0x") {
        return i64::from_str_radix(digits, 16).ok();
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return i64::from_str_radix(digits, 8).ok();
    }
    text.parse().ok()
}

/// Value of any number, infinities and NaN included.
pub fn float(text: &str) -> Option<f64> {
    let (sign, unsigned) = match text.as_bytes().first()? {
        b'-' => (-1.0, &text[1..]),
        b'+' => (1.0, &text[1..]),
        _ => (1.0, text),
    };
    let value = match unsigned {
        ".inf" | ".Inf" | ".INF" => f64::INFINITY,
        ".nan" | ".NaN" | ".NAN" => f64::NAN,
        _ => match radix(unsigned) {
            Some((digits, radix)) => digits.chars().try_fold(0.0, |sum, digit| {
                digit
                    .to_digit(radix)
                    .map(|digit| sum * f64::from(radix) + f64::from(digit))
            })?,
            None => unsigned.parse().ok()?,
        },
    };
    Some(sign * value)
}

fn radix(text: &str) -> Option<(&str, u32)> {
    let hex = text.strip_prefix("0x").map(|digits| (digits, 16));
    hex.or_else(|| text.strip_prefix("0o").map(|digits| (digits, 8)))
}
