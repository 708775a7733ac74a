//! Finding the settings file.

use std::fmt;
use std::path::{Path, PathBuf};

/// The names a settings file may have; one of them per folder.
pub const FILE_NAMES: &[&str] = &["caveat.yaml", "caveat.yml"];

/// A settings file and the folder it speaks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    pub folder: PathBuf,
    pub file: PathBuf,
}

/// Why no settings file can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LocateError {
    /// Both names stand in one folder.
    Two { folder: PathBuf },
}

impl fmt::Display for LocateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Two { folder } => write!(
                f,
                "both {} stand in {}; delete one of them",
                FILE_NAMES.join(" and "),
                folder.display()
            ),
        }
    }
}

impl std::error::Error for LocateError {}

/// The nearest settings file in `folder` or above it, no higher than the repository's root (the
/// first folder with `.git`).
///
/// # Errors
///
/// [`LocateError::Two`] for the nearest folder that has any.
pub fn locate(folder: &Path) -> Result<Option<Located>, LocateError> {
    for folder in folder.ancestors() {
        let mut found = FILE_NAMES
            .iter()
            .map(|name| folder.join(name))
            .filter(|file| file.is_file());
        match (found.next(), found.next()) {
            (Some(_), Some(_)) => {
                return Err(LocateError::Two {
                    folder: folder.to_owned(),
                });
            }
            (Some(file), None) => {
                return Ok(Some(Located {
                    folder: folder.to_owned(),
                    file,
                }));
            }
            (None, _) if folder.join(".git").exists() => return Ok(None),
            (None, _) => {}
        }
    }
    Ok(None)
}
