//! The type of an activity has the name of its function, which may be taken.

use durably::prelude::*;

#[allow(non_camel_case_types)]
struct compose {}

#[activity]
async fn compose() {}

mod pay {
    use durably::prelude::*;

    #[activity]
    pub async fn pay() {}
}

use pay::pay;

fn main() {}
