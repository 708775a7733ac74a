//! Rules on text and pictures.

pub mod copied_text;
pub mod count_list_mismatch;
pub mod dead_link_text;
pub mod doubled_word;
pub mod heading_echo;
pub mod heading_structure;
pub mod image_alt;
pub mod keyword_stuffing;
pub mod language_mismatch;
pub mod language_to_avoid;
pub mod missing_media;
pub mod placeholder_or_boilerplate;
pub mod reading_level;
pub mod repeated_text;
mod running;
pub mod scrambled_text;
pub mod swallowed_item;
pub mod vague_link_text;
