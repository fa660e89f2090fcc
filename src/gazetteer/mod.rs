//! All place names the tool knows, and the places they may mean: embedded, or a file of the user, or both.
//!
//! An index is used where it lies, in the binary or mapped into memory; nothing is parsed at start. Every
//! name is filed under its [`fold`]ed form; a [`Walker`] follows a text through all names at once.

pub mod fold;
pub mod kind;
mod file;
mod name;
mod layer;
mod node;
mod walk;
mod place;
pub mod outline;
pub mod build;

pub use kind::PlaceKind;
pub use name::{Candidate, LANGUAGES, NameForm, NameSort, PlaceId};
pub use outline::Outlines;
pub use place::PlaceRef;
pub use walk::{Candidates, Walker};
pub(crate) use walk::{Names, Trail, bit};

use crate::error::{Error, ErrorKind, Result};
use layer::Layer;
use std::path::Path;

/// What an index says of itself that stands instead of all that it would lie over.
pub const INSTEAD: (&str, &str) = ("layer", "instead");

/// The most index files that can lie over each other.
pub const MAX_LAYERS: usize = 8;

/// The index of the world, made by `dateline gazetteer build`; empty in a build that makes the first one.
static WORLD: &[u8] = include_bytes!(env!("DATELINE_WORLD"));

/// Place names and places: one index, or several over each other.
///
/// ```
/// let gazetteer = dateline::gazetteer::Gazetteer::embedded();
/// for candidate in gazetteer.find("Alep") {
///     let place = gazetteer.place(candidate.place);
///     println!("{}: {} N {} E", place.id(), place.lat(), place.lon());
/// }
/// ```
#[derive(Clone, Debug)]
pub struct Gazetteer {
    layers: Vec<Layer>,
}

impl Gazetteer {
    /// The index that is part of the program.
    pub fn embedded() -> Gazetteer {
        Gazetteer { layers: Layer::embedded(WORLD).into_iter().collect() }
    }

    /// The index in a file, instead of the embedded one. The file is mapped, not read: opening costs the
    /// same for any size. Only small files have their checksum taken here; [`Gazetteer::verify`] does it for
    /// all.
    ///
    /// # Errors
    /// When the file cannot be read, is no index, of another version or cut off.
    pub fn open(path: impl AsRef<Path>) -> Result<Gazetteer> {
        Ok(Gazetteer { layers: vec![Layer::open(path.as_ref())?] })
    }

    /// This gazetteer with the places of `upper` over it: a name finds the places of both, those of `upper`
    /// first, and a place that both list under one GeoNames id is the one of `upper`. An index that says
    /// [`INSTEAD`] takes the place of all below it.
    ///
    /// # Errors
    /// When there would be more than [`MAX_LAYERS`] layers.
    pub fn layered(mut self, upper: Gazetteer) -> Result<Gazetteer> {
        for layer in upper.layers {
            if layer.meta().any(|said| said == INSTEAD) {
                self.layers.clear();
            }
            self.layers.push(layer);
        }
        if self.layers.len() > MAX_LAYERS {
            return Err(Error::new(
                ErrorKind::Usage,
                format!("more than {MAX_LAYERS} gazetteers over each other"),
            )
            .help("build one index from several sources"));
        }
        Ok(self)
    }

    /// Compares the checksums with the bytes, at the cost of a pass over them.
    ///
    /// # Errors
    /// When a layer is damaged.
    pub fn verify(&self) -> Result<()> {
        self.layers.iter().try_for_each(Layer::verify)
    }

    pub(crate) fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// Number of places, over all layers.
    pub fn len(&self) -> usize {
        self.layers.iter().map(Layer::len).sum()
    }

    /// All places, layer by layer, in each the more prominent ones first.
    pub fn places(&self) -> impl Iterator<Item = PlaceRef<'_>> {
        self.layers.iter().enumerate().flat_map(move |(layer, rows)| {
            (0..rows.len() as u32).map(move |index| self.place(PlaceId::new(layer, index)))
        })
    }

    /// True when there is no place at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A walker before the first letter of a name.
    pub fn walker(&self) -> Walker<'_> {
        Walker::new(self)
    }

    /// The names of every layer, to be searched with several spellings.
    pub(crate) fn names(&self) -> impl Iterator<Item = Names<'_>> {
        Names::all(&self.layers)
    }

    /// The places that `name` may mean, in any writing that folds alike.
    pub fn find(&self, name: &str) -> Candidates<'_> {
        let mut walker = self.walker();
        walker.feed(name);
        walker.candidates()
    }

    /// A place by what a walker or a search found.
    pub fn place(&self, id: PlaceId) -> PlaceRef<'_> {
        PlaceRef::new(self, id)
    }

    /// The place with this id: `geonames:170063`, or an id of one's own.
    pub fn by_id(&self, id: &str) -> Option<PlaceId> {
        let rows = self.layers.iter().enumerate().rev();
        rows.filter_map(|(n, layer)| Some(PlaceId::new(n, layer.by_id(id)?))).next()
    }

    /// The country with this ISO 3166-1 code, two or three capitals.
    pub fn country(&self, code: &str) -> Option<PlaceId> {
        let mut layers = self.layers.iter().enumerate().rev();
        layers.find_map(|(n, layer)| Some(PlaceId::new(n, layer.country_place(code)?)))
    }

    /// The three-letter code of a country from its two-letter code.
    pub fn alpha3(&self, alpha2: &str) -> Option<&str> {
        self.layers
            .iter()
            .rev()
            .flat_map(Layer::countries)
            .find(|(two, three, _)| *two == alpha2 && !three.is_empty())
            .map(|(_, three, _)| three)
    }

    /// What the layers say of themselves, the embedded one first: lines of key and value.
    pub fn about(&self) -> Vec<Vec<(&str, &str)>> {
        self.layers.iter().map(|l| l.meta().collect()).collect()
    }

    /// Checksum and size in bytes of every layer.
    pub fn stamps(&self) -> Vec<(u64, usize)> {
        self.layers.iter().map(Layer::stamp).collect()
    }
}
