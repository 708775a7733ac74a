pub mod config;
pub mod diagnostic;
pub mod discover;
pub mod facts;
pub mod lexicon;
pub mod model;
pub mod nearest;
pub mod policy;
pub mod project;
pub mod render;
pub mod report;
pub mod rule;
pub mod rules;
pub mod schema;
pub mod source;
pub mod syntax;

#[cfg(test)]
mod testing;
