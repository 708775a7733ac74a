//! Numbers of list items as readers see them.

use crate::syntax::{Block, BlockKind};

/// `12` of `12. item`.
pub fn number_before(marker: &str) -> Option<u32> {
    let digits = marker.bytes().take_while(u8::is_ascii_digit).count();
    marker[..digits].parse().ok()
}

/// A list all of whose items have the number of the first (`1.`, `1.`, `1.`) leaves the counting to the page.
/// Others count as they are written, so that a number that is left out can be told.
pub fn count_lazy_lists(blocks: &mut [Block]) {
    let mut lists: Vec<Option<List>> = Vec::new();
    for (list, number) in blocks.iter_mut().filter_map(number_of) {
        if lists.len() <= list {
            lists.resize(list + 1, None);
        }
        let own = lists[list].get_or_insert(List { first: *number, items: 0, is_lazy: true });
        own.is_lazy &= own.first == *number;
        own.items += 1;
    }
    for own in lists.iter_mut().flatten() {
        own.is_lazy &= own.items > 1;
        own.items = 0;
    }
    for (list, number) in blocks.iter_mut().filter_map(number_of) {
        if let Some(own) = lists[list].as_mut().filter(|own| own.is_lazy) {
            *number = own.first.saturating_add(own.items);
            own.items += 1;
        }
    }
}

#[derive(Clone, Copy)]
struct List {
    first: u32,
    /// Seen so far.
    items: u32,
    is_lazy: bool,
}

/// The list and the number of a numbered item.
fn number_of(block: &mut Block) -> Option<(usize, &mut u32)> {
    match &mut block.kind {
        BlockKind::Item { number: Some(number), list, .. } => Some((*list as usize, number)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::markdown::parse_prose;

    #[test]
    fn a_list_that_is_not_counted_is_counted() {
        let numbers = |text: &str| {
            let number = |block: &Block| match block.kind {
                BlockKind::Item { number, .. } => number,
                _ => None,
            };
            parse_prose(text, 0).blocks.iter().filter_map(number).collect::<Vec<_>>()
        };
        assert_eq!(numbers("1. a\n1. b\n   1. c\n   2. d\n1. e\n"), [1, 2, 1, 2, 3]);
        assert_eq!(numbers("4. a\n4. b\n"), [4, 5]);
        assert_eq!(numbers("1. a\n2. b\n4. c\n"), [1, 2, 4]);
        assert_eq!(numbers("1. a\n\ntext\n\n1. b\n"), [1, 1]);
    }
}
