//! How texts advertise: `promotion.yaml`.

use super::hints::Table;
use super::{Lists, Matcher, matcher, matcher_of, read};
use serde::Deserialize;

/// How texts advertise.
#[derive(Debug)]
pub struct Promotion {
    /// Calls to buy or book, praise and bait; the hit's list says which.
    pub words: Matcher,
    /// Prices and pitches; the hit's list says which.
    pub offers: Matcher,
    /// What makes a discount a line of a price list.
    pub own_prices: Matcher,
    /// Parts of addresses of links that pay whoever placed them.
    pub affiliate: Matcher,
    /// Parts of addresses of shops.
    pub shop: Matcher,
    /// Who sells nothing, whatever readers are asked to book.
    pub public_services: Matcher,
    /// Words that say who gains.
    pub disclosed: Matcher,
}

impl Promotion {
    pub(super) fn read(table: &mut Table) -> Self {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Data {
            promotion: Lists,
            offer: Lists,
            own_prices: Vec<String>,
            affiliate: Vec<String>,
            shop: Vec<String>,
            public_services: Vec<String>,
            disclosed: Vec<String>,
        }
        let data: Data = read("promotion", include_str!("promotion.yaml"));
        Promotion {
            words: matcher_of(&data.promotion, table),
            offers: matcher_of(&data.offer, table),
            own_prices: matcher("own_prices", &data.own_prices, &mut Table::new()),
            affiliate: matcher("affiliate", &data.affiliate, table),
            shop: matcher("shop", &data.shop, table),
            public_services: matcher("public_services", &data.public_services, table),
            disclosed: matcher("disclosed", &data.disclosed, table),
        }
    }
}
