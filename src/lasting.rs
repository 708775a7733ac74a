//! Texts that live as long as the program, through a cache and back.
//!
//! Names of rules and most messages are part of the program. Read back, each is kept once however many
//! diagnostics have it; a text that was put together for one of them is its own.

use foldhash::fast::FixedState;
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashSet;

/// A text that is part of the program.
pub type Lasting = &'static str;

/// The text, kept until the program ends.
pub fn kept(text: &str) -> Lasting {
    thread_local! {
        static KEPT: RefCell<HashSet<Lasting, FixedState>> = RefCell::default();
    }
    KEPT.with_borrow_mut(|all| {
        if let Some(own) = all.get(text) {
            return *own;
        }
        let own: Lasting = Box::leak(Box::from(text));
        all.insert(own);
        own
    })
}

/// For fields of type [`Lasting`].
pub mod name {
    use super::{Lasting, kept};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<S: Serializer>(own: &Lasting, to: S) -> Result<S::Ok, S::Error> {
        own.serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Lasting, D::Error> {
        <&str>::deserialize(from).map(kept)
    }
}

/// For names that may be missing.
pub mod maybe_name {
    use super::{Lasting, kept};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<S: Serializer>(own: &Option<Lasting>, to: S) -> Result<S::Ok, S::Error> {
        own.serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Lasting>, D::Error> {
        Ok(<Option<&str>>::deserialize(from)?.map(kept))
    }
}

/// For texts of which some are part of the program.
pub mod text {
    use super::{read_text, written_text};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use std::borrow::Cow;

    #[expect(clippy::ptr_arg, reason = "whose it is, is written too")]
    pub fn serialize<S: Serializer>(own: &Cow<'static, str>, to: S) -> Result<S::Ok, S::Error> {
        written_text(own).serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Cow<'static, str>, D::Error> {
        Deserialize::deserialize(from).map(read_text)
    }
}

/// For such texts that may be missing.
pub mod maybe_text {
    use super::{read_text, written_text};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use std::borrow::Cow;

    pub fn serialize<S: Serializer>(
        own: &Option<Cow<'static, str>>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        own.as_ref().map(written_text).serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<Cow<'static, str>>, D::Error> {
        Ok(<Option<_>>::deserialize(from)?.map(read_text))
    }
}

/// Whether it is part of the program, and the text.
#[expect(clippy::ptr_arg, reason = "whose it is, is told too")]
fn written_text<'a>(own: &'a Cow<'static, str>) -> (bool, &'a str) {
    (matches!(own, Cow::Borrowed(_)), own)
}

fn read_text((is_lasting, own): (bool, &str)) -> Cow<'static, str> {
    if is_lasting { Cow::Borrowed(kept(own)) } else { Cow::Owned(own.to_owned()) }
}
