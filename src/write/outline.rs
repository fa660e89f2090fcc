//! Outlines of countries as map layers draw them: those of the embedded index, which come from Natural Earth.
//!
//! Their borders are thinned to two kilometres there, so more than three decimals would tell nothing. Each is
//! made once and shared by all rows.

use super::shape::{Polygon, Ring, cut, over_pole, settle};
use crate::gazetteer::Gazetteer;
use crate::place::{Place, PlaceKind, Precision};
use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

/// Most decimals of a corner: about 100 metres.
const DECIMALS: u8 = 3;

/// What a country covers.
#[derive(Debug)]
pub(super) struct Outline {
    code: String,
    decimals: u8,
    polygons: Vec<Polygon>,
}

/// Every country that the index has an outline of, by its alpha-2 code, with each number of decimals.
static WORLD: LazyLock<BTreeMap<&'static str, Drawn>> = LazyLock::new(|| {
    let outlines = EMBEDDED.outlines();
    outlines.iter().flat_map(|o| o.countries()).map(|code| (code, Drawn::default())).collect()
});

static EMBEDDED: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::embedded);

/// The outlines of one country, each made when it is asked for.
type Drawn = [OnceLock<Option<Outline>>; DECIMALS as usize + 1];

impl Outline {
    pub(super) fn polygons(&self) -> &[Polygon] {
        &self.polygons
    }

    /// What [`of`] finds it by.
    pub(super) fn key(&self) -> (&str, u8) {
        (&self.code, self.decimals)
    }
}

/// The outline of the country that a place is, or that is all that is known of where it lies.
pub(super) fn of_place(place: &Place, decimals: u8) -> Option<&'static Outline> {
    let id = match place.precision {
        Precision::Area if place.kind == PlaceKind::Country => &place.id,
        Precision::Containing => place.anchor.as_ref()?,
        _ => return None,
    };
    let country = EMBEDDED.place(EMBEDDED.country(&place.country)?);
    (country.id() == *id).then(|| of(&place.country, decimals)).flatten()
}

/// The outline of a country by its alpha-2 code; nothing for those that the index has none of.
pub(super) fn of(code: &str, decimals: u8) -> Option<&'static Outline> {
    let decimals = decimals.min(DECIMALS);
    WORLD.get(code)?.get(usize::from(decimals))?.get_or_init(|| draw(code, decimals)).as_ref()
}

fn draw(code: &str, decimals: u8) -> Option<Outline> {
    // Which rings are holes shows when they are laid over each other.
    let rings = EMBEDDED.outlines()?.of(code).into_iter().filter(has_inside);
    let polygons = settle(rings.flat_map(|r| cut(&over_pole(r))).map(|r| vec![r]).collect(), decimals);
    (!polygons.is_empty()).then(|| Outline { code: code.to_owned(), decimals, polygons })
}

/// False for the seam that the source has at the south pole.
fn has_inside(ring: &Ring) -> bool {
    ring.iter().any(|at| ring.first().is_some_and(|first| first.1 != at.1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{Contains, LineString, MultiPolygon, Point, Validation, Winding};

    fn drawn(outline: &Outline) -> MultiPolygon {
        let line = |ring: &Ring| LineString::from(ring.clone());
        let polygon =
            |rings: &Polygon| geo::Polygon::new(line(&rings[0]), rings[1..].iter().map(line).collect());
        outline.polygons().iter().map(polygon).collect()
    }

    #[test]
    fn every_country_is_valid_with_any_decimals() {
        for decimals in [0, DECIMALS] {
            let world: Vec<_> = WORLD.keys().filter_map(|code| Some((code, of(code, decimals)?))).collect();
            assert!(world.len() > if decimals == 0 { 150 } else { 200 }, "{decimals}: {}", world.len());
            for (code, outline) in world {
                let shape = drawn(outline);
                assert!(shape.is_valid(), "{code} {decimals}: {:?}", shape.validation_errors());
                for polygon in &shape {
                    assert!(polygon.exterior().is_ccw(), "{code}");
                    assert!(polygon.interiors().iter().all(Winding::is_cw), "{code}");
                }
                let inside = |(lon, lat): &(f64, f64)| lon.abs() <= 180.0 && lat.abs() <= 90.0;
                assert!(outline.polygons().iter().flatten().flatten().all(inside), "{code}");
            }
        }
    }

    #[test]
    fn holes_and_the_antimeridian_are_as_on_the_map() {
        let country = |code| drawn(of(code, 5).unwrap());
        let (maseru, pretoria) = (Point::new(27.5, -29.5), Point::new(28.2, -25.7));
        assert!(country("ZA").contains(&pretoria) && !country("ZA").contains(&maseru));
        assert!(country("LS").contains(&maseru));
        for code in ["RU", "FJ"] {
            let lons = || of(code, 5).unwrap().polygons().iter().flatten().flatten().map(|p| p.0);
            assert!(lons().any(|lon| lon < -175.0) && lons().any(|lon| lon > 175.0), "{code}");
        }
        // No part reaches over the seam.
        let wide = |p: &Polygon| {
            let lons = || p.iter().flatten().map(|p| p.0);
            lons().fold(f64::MIN, f64::max) - lons().fold(f64::MAX, f64::min)
        };
        assert!(of("FJ", 5).unwrap().polygons().iter().all(|p| wide(p) < 10.0));
        let (pole, coast) = (Point::new(12.0, -89.9), Point::new(12.0, -60.0));
        assert!(country("AQ").contains(&pole) && !country("AQ").contains(&coast));
        let (chukotka, kiev) = (Point::new(-173.0, 66.5), Point::new(30.5, 50.4));
        assert!(country("RU").contains(&chukotka) && !country("RU").contains(&kiev));
        assert!(of("", 5).is_none() && of("ZZ", 5).is_none());
    }
}
