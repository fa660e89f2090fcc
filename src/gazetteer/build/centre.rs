//! The middle of a division, from the towns in it, where no source tells its point.

use super::record::PlaceRecord;

/// Mean point and spread of the towns of a division.
#[derive(Clone, Copy, Default)]
pub(super) struct Centre {
    lat: f64,
    lon: f64,
    squares: f64,
    count: f64,
    people: u64,
}

impl Centre {
    /// Takes in a town.
    pub(super) fn add(&mut self, record: &PlaceRecord) {
        self.count += 1.0;
        self.lat += record.lat;
        // Longitudes that straddle the antimeridian are counted from the first one.
        let near = if self.count > 1.0 { self.lon / (self.count - 1.0) } else { record.lon };
        let turn = ((record.lon - near) / 360.0).round() * 360.0;
        self.lon += record.lon - turn;
        self.squares += record.lat * record.lat + (record.lon - turn).powi(2);
        self.people += u64::from(record.population);
    }

    /// Latitude and longitude of the mean.
    pub(super) fn point(&self) -> (f64, f64) {
        let lon = self.lon / self.count;
        (self.lat / self.count, lon - (lon / 360.0).round() * 360.0)
    }

    /// Half as much again as the standard distance from the centre, metres, 5 to 800 kilometres.
    pub(super) fn radius(&self) -> u32 {
        let (lat, lon) = (self.lat / self.count, self.lon / self.count);
        let variance = (self.squares / self.count - lat * lat - lon * lon).max(0.0);
        (variance.sqrt() * 111_000.0 * 1.5).clamp(5_000.0, 800_000.0) as u32
    }

    /// People of all towns together.
    pub(super) fn people(&self) -> u32 {
        u32::try_from(self.people).unwrap_or(u32::MAX)
    }
}
