//! What a run takes for accepted: finding and reading the file of the baseline.

use super::failure::Failure;
use super::place::Place;
use caveat::baseline::{self, Baseline};
use caveat::config;
use caveat::diagnostic::Diagnostic;
use caveat::discover::{self, Found};
use caveat::source::{Format, SourceFile};
use std::path::Path;
use std::sync::Arc;

/// What is accepted, as a run reads it.
#[derive(Debug)]
pub struct Accepted {
    pub baseline: Baseline,
    pub file: Arc<SourceFile>,
}

impl Accepted {
    /// The baseline that the settings name, or the one that was typed.
    pub fn load(place: &Place, typed: Option<&Path>) -> Result<Option<Self>, Failure> {
        let named = place.settings.baseline.as_deref();
        if typed.is_none() && named.is_none() {
            return Ok(None);
        }
        let found = found(place, typed)?;
        if let Some(accepted) = Self::read(&found, place)? {
            return Ok(Some(accepted));
        }
        let message = format!("there is no baseline {}", place.shown(&found.path));
        let help = "`caveat baseline` writes it";
        match (&place.file, typed) {
            (Some((settings, origins)), None) => {
                let span = origins.get("baseline").copied().unwrap_or_default();
                let mut missing = Diagnostic::new("settings", settings.path.clone(), span, message);
                missing.label("named here").help(help);
                Err(Failure::Settings {
                    diagnostics: vec![missing],
                    files: vec![settings.clone()],
                    view: place.view(),
                })
            }
            _ => Err(Failure::usage_with_help(message, help)),
        }
    }

    /// `None` where there is no such file.
    pub fn read(found: &Found, place: &Place) -> Result<Option<Self>, Failure> {
        if matches!(found.disk.try_exists(), Ok(false)) {
            return Ok(None);
        }
        let file = discover::load(found, config::DEFAULT_MAX_FILE_BYTES).map_err(|why| {
            Failure::usage(format!("baseline {}: {}", place.shown(&found.path), why.message))
        })?;
        let file = Arc::new(file);
        match Baseline::parse(&file) {
            Ok(baseline) => Ok(Some(Self { baseline, file })),
            Err(wrong) => Err(Failure::Settings {
                diagnostics: vec![*wrong],
                files: vec![file],
                view: place.view(),
            }),
        }
    }
}

/// Where the baseline is.
pub fn found(place: &Place, typed: Option<&Path>) -> Result<Found, Failure> {
    let found = match typed {
        Some(typed) => place.found(typed),
        None => {
            let named = place.settings.baseline.as_deref().unwrap_or(baseline::FILE_NAME);
            Found::new(place.root.join(named), &place.root)
        }
    };
    if Format::of_name(found.path.file_name()).is_some() {
        return Err(Failure::usage_with_help(
            format!("{} would be taken for content", place.shown(&found.path)),
            format!("give the baseline another name, such as {}", baseline::FILE_NAME),
        ));
    }
    Ok(found)
}
