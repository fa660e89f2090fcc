//! One place in the names of an index: which letters go on from it, and whether a name ends there.
//!
//! Reads the layout of the `fst` crate (its version 3, which `build` writes) where it lies. A text is followed letter
//! by letter through the names all the time; read here, a step is a few comparisons. Damaged bytes lead nowhere.

/// The letters that stand in the head of a node with one way, by their number less one.
const COMMON: &[u8; 63] = b"te/oasripcnw.hlm-du012g=:bf3y5&_4v9678k%?xCDASFIBEjPTzRNM+LOqHG";
/// So many letters are quicker looked through than searched.
const FEW: usize = 6;
/// Nodes with more ways have a table of all letters.
const TABLED: usize = 32;
/// Bytes of that table.
const TABLE: usize = 256;
/// The node after which nothing comes and where names end.
const END: usize = 0;

/// Bit of a head: the node has one way.
const ONE: u8 = 0x80;
/// Bit of the head of a node with one way: it leads to the node right before.
const NEXT: u8 = 0x40;
/// Bit of the head of other nodes: a name ends there.
const FINAL: u8 = 0x40;

/// A node of the names: its bytes end with its head, which stands at its address.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node<'n> {
    names: &'n [u8],
    addr: usize,
    head: u8,
}

/// The ways that go on from a node, from that of the last letter to that of the first.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ways<'n> {
    names: &'n [u8],
    letters: &'n [u8],
    /// Where the addresses begin; the table of all letters, if there is one, comes two parts later.
    targets: usize,
    /// Bytes of an address; none where the way leads to the node right before.
    target: usize,
    /// Where the outputs begin.
    outputs: usize,
    /// Bytes of an output.
    output: usize,
    /// Where the node begins.
    begin: usize,
}

impl<'n> Node<'n> {
    /// The node at this address.
    #[inline]
    pub(super) fn at(names: &'n [u8], addr: usize) -> Node<'n> {
        let head = if addr == END { FINAL } else { names.get(addr).copied().unwrap_or_default() };
        Node { names, addr, head }
    }

    /// Where a letter leads, and what it adds to the output; nothing when no name goes on with it.
    #[inline]
    pub(super) fn way(&self, letter: u8) -> Option<(usize, u64)> {
        // Most nodes have one way, and most letters go another.
        if self.head & ONE == 0 {
            return self.several()?.to(letter);
        }
        let (own, rest) = self.only()?;
        if own.first() != Some(&letter) {
            return None;
        }
        if self.head & NEXT != 0 {
            return Some((rest.checked_sub(1)?, 0));
        }
        self.one()?.way(0)
    }

    /// What the name that ends here adds to the output; nothing when none does.
    #[inline]
    pub(super) fn end(&self) -> Option<u64> {
        if !self.is_final() || self.addr == END {
            return self.is_final().then_some(0);
        }
        let ways = self.several()?;
        Some(number(self.names, ways.begin, ways.output))
    }

    /// True when a name ends here.
    #[inline]
    pub(super) fn is_final(&self) -> bool {
        self.head & (ONE | FINAL) == FINAL
    }

    /// All its ways, for those who ask for more than one.
    #[inline]
    pub(super) fn ways(&self) -> Ways<'n> {
        let ways = if self.head & ONE == 0 { self.several() } else { self.one() };
        let (names, begin) = (self.names, self.addr);
        ways.unwrap_or(Ways { names, letters: &[], targets: 0, target: 0, outputs: 0, output: 0, begin })
    }

    /// The number in the head, and where the head begins: none is told by a byte more.
    #[inline]
    fn told(&self) -> Option<(usize, usize)> {
        match usize::from(self.head & 0x3f) {
            0 => Some((0, self.addr.checked_sub(1)?)),
            told => Some((told, self.addr)),
        }
    }

    /// The letter of the only way, and where the head begins.
    #[inline]
    fn only(&self) -> Option<(&'n [u8], usize)> {
        let (told, rest) = self.told()?;
        let letter = match told.checked_sub(1) {
            Some(common) => COMMON.get(common..=common)?,
            None => self.names.get(rest..=rest)?,
        };
        Some((letter, rest))
    }

    #[inline]
    fn one(&self) -> Option<Ways<'n>> {
        let (letters, rest) = self.only()?;
        let names = self.names;
        if self.head & NEXT != 0 {
            return Some(Ways {
                names,
                letters,
                targets: rest,
                target: 0,
                outputs: rest,
                output: 0,
                begin: rest,
            });
        }
        let sizes = rest.checked_sub(1)?;
        let (target, output) = unpack(*names.get(sizes)?);
        let targets = sizes.checked_sub(target)?;
        let outputs = targets.checked_sub(output)?;
        Some(Ways { names, letters, targets, target, outputs, output, begin: outputs })
    }

    #[inline]
    fn several(&self) -> Option<Ways<'n>> {
        let (told, rest) = self.told()?;
        let names = self.names;
        let count = match (told, names.get(rest)?) {
            // So many do not fit, and one way is told otherwise.
            (0, 1) => 256,
            (0, count) => usize::from(*count),
            _ => told,
        };
        let sizes = rest.checked_sub(1)?;
        let (target, output) = unpack(*names.get(sizes)?);
        let table = sizes.checked_sub(if count > TABLED { TABLE } else { 0 })?;
        let start = table.checked_sub(count)?;
        let targets = start.checked_sub(count * target)?;
        let outputs = targets.checked_sub(count * output)?;
        let begin = if self.is_final() { outputs.checked_sub(output)? } else { outputs };
        Some(Ways { names, letters: names.get(start..table)?, targets, target, outputs, output, begin })
    }
}

impl<'n> Ways<'n> {
    /// Their letters, from the last to the first.
    #[inline]
    pub(super) fn letters(&self) -> &'n [u8] {
        self.letters
    }

    /// Where a letter leads, and what it adds to the output; nothing when no name goes on with it.
    #[inline(always)]
    pub(super) fn to(&self, letter: u8) -> Option<(usize, u64)> {
        let count = self.letters.len();
        let way = if count > TABLED {
            let table = self.targets + count * (self.target + 1);
            count.checked_sub(1 + usize::from(*self.names.get(table + usize::from(letter))?))?
        } else if count > FEW {
            self.letters.binary_search_by(|own| letter.cmp(own)).ok()?
        } else {
            self.letters.iter().position(|own| *own == letter)?
        };
        self.way(way)
    }

    /// The same for the way of this number.
    #[inline]
    fn way(&self, way: usize) -> Option<(usize, u64)> {
        let output = match self.output {
            0 => 0,
            size => number(self.names, self.outputs + way * size, size),
        };
        let target = match self.target {
            0 => self.begin.checked_sub(1)?,
            size => match number(self.names, self.targets + way * size, size) {
                // No distance is the end of all names.
                0 => END,
                distance => self.begin.checked_sub(usize::try_from(distance).ok()?)?,
            },
        };
        Some((target, output))
    }
}

/// Bytes of an address and of an output.
#[inline]
fn unpack(packed: u8) -> (usize, usize) {
    (usize::from(packed >> 4), usize::from(packed & 0xf))
}

/// A number of so many bytes, the lowest one first.
#[inline]
fn number(bytes: &[u8], at: usize, size: usize) -> u64 {
    // After the last node more than eight bytes follow.
    let whole = bytes.get(at..).and_then(<[u8]>::first_chunk).map_or(0, |eight| u64::from_le_bytes(*eight));
    match size {
        0 => 0,
        1..8 => whole & ((1 << (8 * size)) - 1),
        _ => whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fst::raw::Fst;
    use fst::{MapBuilder, Streamer};

    /// The output of a name, read step by step.
    fn find(names: &[u8], root: usize, name: &[u8]) -> Option<u64> {
        let (mut node, mut sum) = (Node::at(names, root), 0);
        for letter in name {
            assert_eq!(node.ways().letters().contains(letter), node.way(*letter).is_some());
            let (next, output) = node.way(*letter)?;
            node = Node::at(names, next);
            sum += output;
        }
        assert_eq!(node.is_final(), node.end().is_some());
        node.end().map(|end| sum + end)
    }

    fn check(bytes: &[u8], every: usize) {
        let fst = Fst::new(bytes).unwrap();
        let root = fst.root().addr();
        let (mut names, mut n) = (fst.stream(), 0);
        while let Some((name, output)) = names.next() {
            n += 1;
            if n % every == 0 {
                assert_eq!(find(bytes, root, name), Some(output.value()), "{name:?}");
                let longer = [name, b"!"].concat();
                assert_eq!(find(bytes, root, &longer), fst.get(&longer).map(|o| o.value()));
                let shorter = &name[..name.len().saturating_sub(1)];
                assert_eq!(find(bytes, root, shorter), fst.get(shorter).map(|o| o.value()));
            }
        }
    }

    #[test]
    fn every_name_is_found_as_the_crate_finds_it() {
        let mut names: Vec<Vec<u8>> = vec![b"".to_vec(), b"a".to_vec(), b"zzzz".to_vec(), vec![7, 200]];
        // Nodes with few ways, with many, and with all there can be.
        for a in 0..=255u8 {
            names.push(vec![b'm', a, b'x']);
            names.push(vec![b'n', a % 40, a % 7, a]);
            names.push(vec![b'o', a % 3, b'k', a]);
        }
        names.sort();
        names.dedup();
        let mut map = MapBuilder::memory();
        for (n, name) in names.iter().enumerate() {
            map.insert(name, (n * n * 37) as u64).unwrap();
        }
        check(&map.into_inner().unwrap(), 1);
        let world = super::super::Gazetteer::embedded();
        world.layers().iter().for_each(|layer| check(layer.names(), 97));
    }

    #[test]
    fn damaged_bytes_lead_nowhere() {
        let mut map = MapBuilder::memory();
        map.insert("homs", 3).unwrap();
        let bytes = map.into_inner().unwrap();
        for cut in 0..bytes.len() {
            for addr in 0..bytes.len() + 2 {
                let node = Node::at(&bytes[..cut], addr);
                (0..=255).for_each(|letter| assert!(node.way(letter).is_none_or(|(to, _)| to < addr)));
                let _ = node.end();
            }
        }
    }
}
