//! One place in the names of an index: which letters go on from it, and whether a name ends there.
//!
//! Reads the layout of the `fst` crate (its version 3, which `build` writes) where it lies. A text is followed letter
//! by letter through the names all the time; read here, a step is a few comparisons. Damaged bytes lead nowhere.

/// The letters that stand in the head of a node with one way, by their number less one.
const COMMON: &[u8; 63] = b"te/oasripcnw.hlm-du012g=:bf3y5&_4v9678k%?xCDASFIBEjPTzRNM+LOqHG";
/// Nodes with more ways have a table of all letters.
const TABLED: usize = 32;
/// Bytes of that table.
const TABLE: usize = 256;
/// The node after which nothing comes and where names end.
const END: usize = 0;

/// A node of the names. Ways are counted from the last letter to the first, as they are stored.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node<'n> {
    names: &'n [u8],
    /// Where the node is.
    addr: usize,
    /// Where its bytes begin; the bytes of a node end at its address.
    begin: usize,
    letters: &'n [u8],
    /// Where the addresses of the ways begin.
    targets: usize,
    /// Where their outputs begin.
    outputs: usize,
    /// Bytes of an address; none where the way leads to the node right before.
    target: usize,
    /// Bytes of an output.
    output: usize,
    is_final: bool,
}

impl<'n> Node<'n> {
    /// The node at this address.
    #[inline]
    pub(super) fn at(names: &'n [u8], addr: usize) -> Node<'n> {
        Node::read(names, addr).unwrap_or(Node {
            names,
            addr,
            begin: addr,
            letters: &[],
            targets: addr,
            outputs: addr,
            target: 0,
            output: 0,
            is_final: addr == END,
        })
    }

    #[inline]
    fn read(names: &'n [u8], addr: usize) -> Option<Node<'n>> {
        let before = |at: usize| names.get(at.checked_sub(1)?).copied();
        let head = *names.get(addr).filter(|_| addr != END)?;
        let low = usize::from(head & 0x3f);
        if head & 0x80 != 0 {
            // One way; its letter is told by the head, or stands before it.
            let (letters, rest) = match low.checked_sub(1) {
                Some(common) => (COMMON.get(common..=common)?, addr),
                None => (names.get(addr.checked_sub(1)?..addr)?, addr - 1),
            };
            if head & 0x40 != 0 {
                let (begin, is_final) = (rest, false);
                let (targets, outputs, target, output) = (rest, rest, 0, 0);
                return Some(Node {
                    names,
                    addr,
                    begin,
                    letters,
                    targets,
                    outputs,
                    target,
                    output,
                    is_final,
                });
            }
            let (target, output) = sizes(before(rest)?);
            let targets = rest.checked_sub(1 + target)?;
            let outputs = targets.checked_sub(output)?;
            let (begin, is_final) = (outputs, false);
            return Some(Node { names, addr, begin, letters, targets, outputs, target, output, is_final });
        }
        let (count, rest) = match low {
            0 => match before(addr)? {
                // 256 does not fit, and one way is told otherwise.
                1 => (256, addr - 1),
                count => (usize::from(count), addr - 1),
            },
            _ => (low, addr),
        };
        let (target, output) = sizes(before(rest)?);
        let table = if count > TABLED { TABLE } else { 0 };
        let end = rest.checked_sub(1 + table)?;
        let start = end.checked_sub(count)?;
        let targets = start.checked_sub(count * target)?;
        let outputs = targets.checked_sub(count * output)?;
        let is_final = head & 0x40 != 0;
        let begin = if is_final { outputs.checked_sub(output)? } else { outputs };
        let letters = names.get(start..end)?;
        Some(Node { names, addr, begin, letters, targets, outputs, target, output, is_final })
    }

    /// Another node of the same names.
    #[inline]
    pub(super) fn to(&self, addr: usize) -> Node<'n> {
        Node::at(self.names, addr)
    }

    /// Where it is: two nodes are the same when their addresses are.
    #[inline]
    pub(super) fn addr(&self) -> usize {
        self.addr
    }

    /// The letters that go on from here, in no order that matters.
    #[inline]
    pub(super) fn letters(&self) -> &'n [u8] {
        self.letters
    }

    /// Where a letter leads, and what it adds to the output; nothing when no name goes on with it.
    #[inline]
    pub(super) fn way(&self, letter: u8) -> Option<(usize, u64)> {
        let way = if self.letters.len() > TABLED {
            let table = self.names.get(self.targets + self.letters.len() * (1 + self.target)..)?;
            let first = usize::from(*table.get(usize::from(letter))?);
            self.letters.len().checked_sub(1 + first)?
        } else {
            self.letters.iter().position(|own| *own == letter)?
        };
        let output = number(self.names, self.outputs + way * self.output, self.output);
        let target = match self.target {
            0 => self.begin.checked_sub(1)?,
            size => match number(self.names, self.targets + way * size, size) as usize {
                END => END,
                delta => self.begin.checked_sub(delta)?,
            },
        };
        Some((target, output))
    }

    /// What the name that ends here adds to the output; nothing when none does.
    #[inline]
    pub(super) fn end(&self) -> Option<u64> {
        let output = if self.addr == END { 0 } else { number(self.names, self.begin, self.output) };
        self.is_final.then_some(output)
    }

    /// True when a name ends here.
    #[inline]
    pub(super) fn is_final(&self) -> bool {
        self.is_final
    }
}

/// Bytes of an address and of an output.
#[inline]
fn sizes(packed: u8) -> (usize, usize) {
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
            assert_eq!(node.letters().contains(letter), node.way(*letter).is_some());
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
                (0..=255).for_each(|letter| drop(node.way(letter)));
                let _ = node.end();
            }
        }
    }
}
