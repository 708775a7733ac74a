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
                digit.to_digit(radix).map(|digit| sum * f64::from(radix) + f64::from(digit))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_in_every_notation() {
        let values = ["0", "-12", "+12", "0o14", "0xC", "012"].map(|text| integer(text).unwrap());
        assert_eq!(values, [0, -12, 12, 12, 12, 12]);
        assert_eq!(integer("9223372036854775807"), Some(i64::MAX));
        assert_eq!(integer("9223372036854775808"), None);
        assert_eq!(integer("0xFFFFFFFFFFFFFFFFF"), None);
    }

    #[test]
    fn floats_in_every_notation() {
        let values = ["1.5", "-.5", "+1.", "1e3", "0xC", "-.inf"].map(|text| float(text).unwrap());
        assert_eq!(values, [1.5, -0.5, 1.0, 1000.0, 12.0, f64::NEG_INFINITY]);
        assert!(float(".NaN").unwrap().is_nan());
        assert_eq!(float("1e999"), Some(f64::INFINITY));
        assert_eq!(float(""), None);
    }
}
