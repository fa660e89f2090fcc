//! Follows the names of a gazetteer letter by letter, so that the longest name at a place of a text is
//! found in one pass and without memory of its own.

use super::file::{self, LAST, PLACES, Section};
use super::fold::{Folded, fold_char};
use super::layer::Layer;
use super::name::{Candidate, NameForm, PlaceId};
use super::node::{Node, Ways};
use super::{Gazetteer, MAX_LAYERS};

#[derive(Clone, Copy, Debug)]
struct State {
    node: usize,
    output: u64,
}

/// A position in the names: what was fed so far is the beginning of some name, or the walker is dead.
///
/// Feed the text from the start of a token on, piece by piece with what lies between them, and ask for
/// [`Walker::candidates`] at each end of a token.
///
/// ```
/// use dateline::gazetteer::Gazetteer;
/// let gazetteer = Gazetteer::embedded();
/// let mut walker = gazetteer.walker();
/// for piece in ["Saint", "-", "Denis"] {
///     if !walker.feed(piece) {
///         break; // no name goes on like this
///     }
/// }
/// for candidate in walker.candidates() {
///     let place = gazetteer.place(candidate.place);
///     println!("{} {}", place.id(), place.name("fr"));
/// }
/// ```
#[derive(Clone, Debug)]
pub struct Walker<'g> {
    layers: &'g [Layer],
    states: [Option<State>; MAX_LAYERS],
    /// A gap was read; it counts once a letter follows.
    gap: bool,
    /// Letters that may follow a gap here, as [`Walker::look_ahead`] found; all when it did not look.
    beyond: u32,
    begun: bool,
    alive: bool,
}

impl<'g> Walker<'g> {
    pub(super) fn new(gazetteer: &'g Gazetteer) -> Self {
        let layers = gazetteer.layers();
        let mut states = [None; MAX_LAYERS];
        for (state, layer) in states.iter_mut().zip(layers) {
            *state = Some(State { node: layer.root(), output: 0 });
        }
        Walker { layers, states, gap: false, beyond: u32::MAX, begun: false, alive: !layers.is_empty() }
    }

    /// Goes on with `piece`. False when no name begins like all that was fed; the walker stays dead then.
    pub fn feed(&mut self, piece: &str) -> bool {
        for c in piece.chars() {
            if !self.alive {
                break;
            }
            match fold_char(c) {
                Folded::One(letter) => self.step(letter),
                Folded::Two(first, second) => {
                    self.step(first);
                    self.step(second);
                }
                Folded::Gap => self.gap = self.begun,
                Folded::Nothing => {}
                Folded::Foreign => self.alive = false,
            }
        }
        self.alive
    }

    /// False when nothing that follows can become a name.
    pub fn is_alive(&self) -> bool {
        self.alive
    }

    /// Notes with which letters names go on after a gap. Worth it at the end of a word from which many walks
    /// begin: most words that follow are then told without a step.
    pub(crate) fn look_ahead(&mut self) {
        let reached = self.states.iter().zip(self.layers).filter_map(|(state, layer)| {
            let (gap, _) = Node::at(layer.names(), (*state)?.node).way(b' ')?;
            Some(letters(&Node::at(layer.names(), gap).ways()))
        });
        self.beyond = reached.fold(0, |all, own| all | own);
    }

    fn step(&mut self, letter: u8) {
        if std::mem::take(&mut self.gap) {
            if self.beyond & bit(letter) == 0 {
                self.alive = false;
                return;
            }
            self.go(b' ');
        }
        self.begun = true;
        self.beyond = u32::MAX;
        self.go(letter);
    }

    fn go(&mut self, byte: u8) {
        self.alive = false;
        for (state, layer) in self.states.iter_mut().zip(self.layers) {
            let Some(at) = state else { continue };
            let way = Node::at(layer.names(), at.node).way(byte);
            *state = way.map(|(node, output)| State { node, output: at.output.wrapping_add(output) });
            self.alive |= state.is_some();
        }
    }

    /// True when a name ends here.
    pub fn is_name(&self) -> bool {
        self.alive
            && self
                .states
                .iter()
                .zip(self.layers)
                .any(|(state, layer)| state.is_some_and(|s| Node::at(layer.names(), s.node).is_final()))
    }

    /// The places that the name ending here may mean, or none. Later layers come first; within a layer the
    /// more prominent place comes first. A place of a lower layer that a higher one also lists is left out.
    pub fn candidates(&self) -> Candidates<'g> {
        let mut starts = [None; MAX_LAYERS];
        if self.alive {
            for ((start, state), layer) in starts.iter_mut().zip(&self.states).zip(self.layers) {
                *start = state.and_then(|s| {
                    Node::at(layer.names(), s.node).end().map(|end| s.output.wrapping_add(end))
                });
            }
        }
        Candidates::new(self.layers, starts)
    }
}

/// The bit of a letter among 32: its low five bits, so that some digits share that of a letter.
#[inline]
pub(crate) fn bit(letter: u8) -> u32 {
    1 << (letter & 31)
}

/// The letters of the ways from a node, as bits; a bit that is not set rules a letter out.
fn letters(ways: &Ways<'_>) -> u32 {
    ways.letters().iter().fold(0, |bits, letter| bits | bit(*letter))
}

/// The names of one layer, for searches that branch at every letter.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Names<'g> {
    layers: &'g [Layer],
    layer: usize,
    bytes: &'g [u8],
    root: usize,
}

impl<'g> Names<'g> {
    /// Those of each layer.
    pub(super) fn all(layers: &'g [Layer]) -> impl Iterator<Item = Names<'g>> {
        let names = move |(n, layer): (usize, &'g Layer)| Names {
            layers,
            layer: n,
            bytes: layer.names(),
            root: layer.root(),
        };
        layers.iter().enumerate().map(names)
    }

    /// The position before the first letter.
    pub(crate) fn trail(&self) -> Trail {
        Trail { node: self.root, output: 0 }
    }

    /// Goes on from a position with letters that are folded already; nothing when no name does.
    #[inline]
    pub(crate) fn go(&self, mut from: Trail, folded: &[u8]) -> Option<Trail> {
        for &letter in folded {
            from = from.after(Node::at(self.bytes, from.node).way(letter)?);
        }
        Some(from)
    }

    /// All ways that go on from a position.
    #[inline]
    pub(crate) fn fork(&self, from: Trail) -> Fork<'g> {
        Fork { from, ways: Node::at(self.bytes, from.node).ways() }
    }

    /// True when a name ends there.
    #[inline]
    pub(crate) fn is_name(&self, at: Trail) -> bool {
        Node::at(self.bytes, at.node).is_final()
    }

    /// The places that the name ending there may mean, or none.
    pub(crate) fn candidates(&self, at: Trail) -> Candidates<'g> {
        let mut starts = [None; MAX_LAYERS];
        if let Some(start) = starts.get_mut(self.layer) {
            *start = Node::at(self.bytes, at.node).end().map(|end| at.output.wrapping_add(end));
        }
        Candidates::new(self.layers, starts)
    }
}

/// A position in the names of one layer: all that was read so far, as the number of the node, which names share that end
/// alike, and that of the way there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Trail {
    node: usize,
    output: u64,
}

impl Trail {
    #[inline]
    fn after(self, (node, output): (usize, u64)) -> Self {
        Trail { node, output: self.output.wrapping_add(output) }
    }
}

/// A position from which several ways are tried.
pub(crate) struct Fork<'g> {
    from: Trail,
    ways: Ways<'g>,
}

impl Fork<'_> {
    /// The letters with which some name goes on, as bits of their low five bits; a bit that is not set rules a
    /// letter out.
    #[inline]
    pub(crate) fn letters(&self) -> u32 {
        letters(&self.ways)
    }

    /// Goes on with one letter that is folded already; nothing when no name does.
    #[inline]
    pub(crate) fn go(&self, letter: u8) -> Option<Trail> {
        Some(self.from.after(self.ways.to(letter)?))
    }
}

/// The places that a name may mean.
#[derive(Clone, Debug)]
pub struct Candidates<'g> {
    layers: &'g [Layer],
    /// Per layer, the next posting.
    starts: [Option<u64>; MAX_LAYERS],
    layer: usize,
}

impl<'g> Candidates<'g> {
    pub(super) fn new(layers: &'g [Layer], starts: [Option<u64>; MAX_LAYERS]) -> Self {
        Candidates { layers, starts, layer: layers.len() }
    }

    /// True when a higher layer lists the place with this GeoNames number.
    fn is_hidden(&self, layer: usize, index: u32) -> bool {
        if layer + 1 >= self.layers.len() {
            return false;
        }
        let number = |layer: usize, index| {
            let record = self.layers.get(layer)?.record(index)?;
            (record.id & file::OWN_ID == 0).then_some(record.id)
        };
        let Some(id) = number(layer, index) else { return false };
        self.layers.iter().skip(layer + 1).any(|upper| upper.by_number(id).is_some())
    }
}

impl Iterator for Candidates<'_> {
    type Item = Candidate;

    fn next(&mut self) -> Option<Candidate> {
        loop {
            let current = self.layer.checked_sub(1)?;
            let (Some(start), Some(layer)) =
                (self.starts.get_mut(current).and_then(Option::as_mut), self.layers.get(current))
            else {
                self.layer = current;
                continue;
            };
            let posts = layer.section(Section::Posts);
            let at = usize::try_from(*start).unwrap_or(usize::MAX).saturating_mul(4);
            let posting = if at < posts.len() { file::u32_at(posts, at) } else { LAST };
            *start += 1;
            if posting & LAST != 0 {
                self.layer = current;
            }
            if at >= posts.len() || self.is_hidden(current, posting & PLACES) {
                continue;
            }
            let form = NameForm::from_bits((posting >> 24) as u8);
            return Some(Candidate { place: PlaceId::new(current, posting & PLACES), form });
        }
    }
}
