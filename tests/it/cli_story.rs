//! The story of an agency and of the bureau, told by the real program from start to end.

use super::cli::Place;

#[test]
fn an_item_is_found_by_its_title_before_anybody_searched() {
    let place = Place::with_register();
    place.on("2023-08-15", &["agency add 云泽市城管局", "item add 占道经营 --agency 城管局"]);
    place.run("--today 2023-08-16 item verify 占道经营").done();
}
