pub mod source;
pub mod facts {
    pub mod claims {
        pub mod cues;
        pub mod detect;
        mod form;
        mod lexicon;
        mod scan;
    }
}
