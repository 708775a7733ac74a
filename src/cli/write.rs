//! Files that are written whole or not at all, and never over another one unasked.

use super::failure::Failure;
use caveat::source::reason;
use std::fs::{self, Permissions};
use std::io::{self, Write};
use std::path::Path;

/// Write a file that is not there yet; `shown` is what it is called, and `help` what to do when it is.
pub fn fresh(disk: &Path, text: &str, shown: &str, help: &str) -> Result<(), Failure> {
    let file = fs::OpenOptions::new().write(true).create_new(true).open(disk);
    let written = file.and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => {
            Failure::usage_with_help(format!("{shown} is there already"), help)
        }
        _ => cannot(shown, &error),
    })
}

/// A file cannot be written.
pub fn cannot(shown: &str, error: &io::Error) -> Failure {
    Failure::usage(format!("cannot write {shown}: {}", reason(error)))
}

/// Write a file beside the one that is there and then in its place, so that no failure leaves half of it. A link
/// stays one, and permissions stay as they were.
///
/// # Errors
///
/// What the system says. The file that was there is as it was.
pub fn whole(disk: &Path, text: &[u8]) -> io::Result<()> {
    let disk = fs::canonicalize(disk).unwrap_or_else(|_| disk.to_owned());
    let old = fs::metadata(&disk).map(|own| own.permissions()).ok();
    if old.as_ref().is_some_and(Permissions::readonly) {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    let draft = disk.with_extension(format!("{}.draft", std::process::id()));
    let mut written = fs::write(&draft, text);
    if let Some(old) = old {
        written = written.and_then(|()| fs::set_permissions(&draft, old));
    }
    written.and_then(|()| fs::rename(&draft, &disk)).inspect_err(|_| {
        let _ = fs::remove_file(&draft);
    })
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    #[test]
    fn a_link_stays_one_and_permissions_stay() -> io::Result<()> {
        let folder = std::env::temp_dir().join(format!("caveat-write-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        let (file, link) = (folder.join("own.yaml"), folder.join("link.yaml"));
        fs::write(&file, "before")?;
        fs::set_permissions(&file, Permissions::from_mode(0o640))?;
        symlink("own.yaml", &link)?;
        whole(&link, b"after")?;
        assert!(fs::symlink_metadata(&link)?.is_symlink());
        assert_eq!(fs::read_to_string(&file)?, "after");
        assert_eq!(fs::metadata(&file)?.permissions().mode() & 0o777, 0o640);

        fs::set_permissions(&file, Permissions::from_mode(0o440))?;
        assert!(whole(&file, b"later").is_err());
        assert_eq!(fs::read_to_string(&file)?, "after");
        assert_eq!(fs::read_dir(&folder)?.count(), 2, "no draft is left");
        fs::remove_dir_all(folder)
    }
}
