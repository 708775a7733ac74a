#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| caveat_fuzz::markdown(data));
