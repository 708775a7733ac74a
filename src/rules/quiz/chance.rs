//! How likely a habit of a quiz is by chance.

/// The probability that `trials` independent trials, each with the chance `share`, succeed `least` times or more.
pub fn at_least(least: usize, trials: usize, share: f64) -> f64 {
    if least == 0 {
        return 1.0;
    }
    if least > trials || share <= 0.0 {
        return 0.0;
    }
    if share >= 1.0 {
        return 1.0;
    }
    // By logarithms: the probability of no success at all is too small for a number when the trials are many.
    let (hit, miss) = (share.ln(), (1.0 - share).ln());
    let mut term = trials as f64 * miss;
    let mut sum = 0.0;
    for count in 0..=trials {
        if count >= least {
            sum += term.exp();
        }
        let (left, next) = ((trials - count) as f64, (count + 1) as f64);
        term += (left / next).ln() + hit - miss;
    }
    sum.min(1.0)
}

#[cfg(test)]
mod tests {
    use super::at_least;

    #[test]
    fn tails_of_the_binomial_distribution() {
        let is_near = |own: f64, wanted: f64| (own - wanted).abs() < 1e-9;
        assert!(is_near(at_least(0, 5, 0.3), 1.0));
        assert!(is_near(at_least(6, 5, 0.3), 0.0));
        assert!(is_near(at_least(2, 2, 0.5), 0.25));
        assert!(is_near(at_least(1, 2, 0.5), 0.75));
        // Eight coins of which seven or eight show heads: 9 of 256.
        assert!(is_near(at_least(7, 8, 0.5), 9.0 / 256.0));
        // Many trials: half of them or more, at a chance of a quarter.
        assert!(at_least(10_000, 20_000, 0.25) < 1e-9);
        assert!(at_least(5_000, 20_000, 0.25) > 0.49);
    }
}
