//! Dependencies of a sentence: which word hangs on which, and how.
//!
//! Arc-eager transitions (Nivre 2008), greedy; the action is chosen first, the label of an arc by a second
//! model when the arc is drawn. Both are averaged perceptrons trained with a dynamic oracle (Goldberg and
//! Nivre 2012). Linear in the number of tokens.

use super::form::Form;
use super::morph::Morph;
use super::score::{self, Weight, feature, key};
use super::tagger::Words;

/// A number that is no token.
pub(crate) const NONE: u16 = u16::MAX;
/// Longest sentence that is parsed, in tokens; the rest of a longer one hangs on the root.
pub(crate) const LONGEST: usize = 2000;

/// What the parser can do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Action {
    /// Puts the next word on the stack.
    Shift,
    /// Takes the top of the stack away; it has its head.
    Reduce,
    /// The top of the stack hangs on the next word.
    Left,
    /// The next word hangs on the top of the stack, and goes on it.
    Right,
}

/// All actions, by number.
pub(crate) const ACTIONS: [Action; 4] = [Action::Shift, Action::Reduce, Action::Left, Action::Right];

/// A token as the parser sees it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Node {
    /// Hash of its word.
    pub word: u64,
    /// Its tag.
    pub tag: u64,
    /// Its part of speech and verb form.
    pub coarse: u64,
    /// Its cluster, where the language has any.
    pub cluster: u64,
}

impl Node {
    /// The node of a token.
    pub fn new(form: &Form, tag: u8, morph: Morph) -> Self {
        let coarse = u64::from(morph.0 & 0xff);
        let cluster = u64::from(form.cluster);
        Node { word: form.word >> 16 | 1, tag: u64::from(tag) + 1, coarse: coarse + 1, cluster }
    }
}

/// Where the parser stands in a sentence.
#[derive(Clone, Debug, Default)]
pub(crate) struct State {
    /// Words whose dependents may still come, the last one on top.
    pub stack: Vec<u16>,
    /// The next word.
    pub next: u16,
    /// Head of each word; [`NONE`] as long as it has none.
    pub heads: Vec<u16>,
    /// Label of each word's arc, plus 1.
    pub labels: Vec<u8>,
    left: Vec<[u16; 2]>,
    right: Vec<[u16; 2]>,
    left_count: Vec<u8>,
    right_count: Vec<u8>,
}

impl State {
    /// Starts a sentence of `len` words.
    pub fn start(&mut self, len: usize) {
        self.stack.clear();
        self.next = 0;
        for (list, value) in [(&mut self.left, NONE), (&mut self.right, NONE)] {
            list.clear();
            list.resize(len, [value; 2]);
        }
        self.heads.clear();
        self.heads.resize(len, NONE);
        for list in [&mut self.labels, &mut self.left_count, &mut self.right_count] {
            list.clear();
            list.resize(len, 0);
        }
    }

    /// True when all words have been read.
    pub fn is_done(&self) -> bool {
        usize::from(self.next) >= self.heads.len()
    }

    /// The top of the stack.
    pub fn top(&self) -> u16 {
        self.stack.last().copied().unwrap_or(NONE)
    }

    /// Head of a word.
    pub fn head(&self, i: u16) -> u16 {
        self.heads.get(usize::from(i)).copied().unwrap_or(NONE)
    }

    fn label(&self, i: u16) -> u64 {
        u64::from(self.labels.get(usize::from(i)).copied().unwrap_or_default())
    }

    /// True when the action can be taken.
    pub fn allows(&self, action: Action) -> bool {
        let top = self.top();
        match action {
            Action::Shift => true,
            Action::Reduce => top != NONE && self.head(top) != NONE,
            Action::Left => top != NONE && self.head(top) == NONE,
            Action::Right => top != NONE,
        }
    }

    /// Takes an action; `label` is that of the arc it draws.
    pub fn take(&mut self, action: Action, label: u8) {
        let top = self.top();
        match action {
            Action::Shift => {
                self.stack.push(self.next);
                self.next += 1;
            }
            Action::Reduce => {
                self.stack.pop();
            }
            Action::Left => {
                self.attach(top, self.next, label);
                self.stack.pop();
            }
            Action::Right => {
                self.attach(self.next, top, label);
                self.stack.push(self.next);
                self.next += 1;
            }
        }
    }

    /// Hangs `child` on `head`.
    pub fn attach(&mut self, child: u16, head: u16, label: u8) {
        if let (Some(h), Some(l)) =
            (self.heads.get_mut(usize::from(child)), self.labels.get_mut(usize::from(child)))
        {
            *h = head;
            *l = label + 1;
        }
        let (ends, counts) = if child < head {
            (&mut self.left, &mut self.left_count)
        } else {
            (&mut self.right, &mut self.right_count)
        };
        if let (Some(ends), Some(count)) =
            (ends.get_mut(usize::from(head)), counts.get_mut(usize::from(head)))
        {
            *ends = [child, ends[0]];
            *count = count.saturating_add(1);
        }
    }

    fn ends(list: &[[u16; 2]], i: u16) -> [u16; 2] {
        list.get(usize::from(i)).copied().unwrap_or([NONE; 2])
    }

    fn count(list: &[u8], i: u16) -> u64 {
        u64::from(list.get(usize::from(i)).copied().unwrap_or_default().min(4))
    }
}

/// Number of features of an action.
pub(crate) const ACTION_FEATURES: usize = 80;
/// Those of them that need no clusters: the first ones.
const ACTION_WITHOUT: usize = 58;
/// Number of features of a label.
pub(crate) const LABEL_FEATURES: usize = 30;
/// Those of them that need no clusters: the first ones.
const LABEL_WITHOUT: usize = 24;

/// The features of an action that count.
pub(crate) fn counted_actions(features: &[u64; ACTION_FEATURES], clusters: bool) -> &[u64] {
    features.get(..if clusters { ACTION_FEATURES } else { ACTION_WITHOUT }).unwrap_or(features)
}

/// The features of a label that count.
pub(crate) fn counted_labels(features: &[u64; LABEL_FEATURES], clusters: bool) -> &[u64] {
    features.get(..if clusters { LABEL_FEATURES } else { LABEL_WITHOUT }).unwrap_or(features)
}

/// Marks that stand between words, counted from the start of the sentence, and verbs likewise.
pub(crate) type Between = Vec<(u16, u16)>;

/// Counts marks and verbs before each word.
pub(crate) fn count_between(nodes: &[Node], between: &mut Between) {
    between.clear();
    let mut now = (0, 0);
    for node in nodes {
        between.push(now);
        let upos = (node.coarse - 1) & 31;
        now.0 += u16::from(upos == super::Upos::Punct as u64);
        now.1 += u16::from(upos == super::Upos::Verb as u64);
    }
}

fn node(nodes: &[Node], i: u16) -> Node {
    nodes.get(usize::from(i)).copied().unwrap_or_default()
}

fn distance(from: u16, to: u16) -> u64 {
    match to.saturating_sub(from) {
        d @ 0..=4 => u64::from(d),
        5..=7 => 5,
        8..=12 => 6,
        _ => 7,
    }
}

/// The features of the next action.
pub(crate) fn action_features(nodes: &[Node], between: &Between, state: &State) -> [u64; ACTION_FEATURES] {
    let (s, b) = (state.top(), state.next);
    let below = state.stack.len().checked_sub(2).and_then(|n| state.stack.get(n)).copied().unwrap_or(NONE);
    let (s0, s1) = (node(nodes, s), node(nodes, below));
    let (n0, n1, n2) = (node(nodes, b), node(nodes, b.saturating_add(1)), node(nodes, b.saturating_add(2)));
    let h = state.head(s);
    let sh = node(nodes, h);
    let sh2 = node(nodes, state.head(h));
    let [l, l2] = State::ends(&state.left, s);
    let [r, r2] = State::ends(&state.right, s);
    let [nl, nl2] = State::ends(&state.left, b);
    let (sl, sr, bl) = (node(nodes, l), node(nodes, r), node(nodes, nl));
    let (sl2, sr2, bl2) = (node(nodes, l2), node(nodes, r2), node(nodes, nl2));
    let d = if s == NONE { 0 } else { distance(s, b) };
    let (past_s, before_n) = (node(nodes, s.wrapping_add(1)), node(nodes, b.wrapping_sub(1)));
    let steps = |n: &Node, bits: u32| n.cluster & (0xffff >> (16 - bits));
    let (vl, vr) = (State::count(&state.left_count, s), State::count(&state.right_count, s));
    let vn = State::count(&state.left_count, b);
    let has_head = u64::from(h != NONE);
    let counts = |i: u16| between.get(usize::from(i)).copied().unwrap_or_default();
    let gap = if s == NONE {
        0
    } else {
        let (from, to) = (counts(s.saturating_add(1)), counts(b));
        u64::from(to.0.saturating_sub(from.0).min(3)) << 2 | u64::from(to.1.saturating_sub(from.1).min(3))
    };
    let two = |a: u64, b: u64| a << 12 | b;
    let three = |a: u64, b: u64, c: u64| a << 24 | b << 12 | c;
    [
        feature(1, s0.word, s0.tag),
        feature(2, s0.tag, has_head),
        feature(3, s0.word, has_head),
        feature(4, n0.word, n0.tag),
        feature(5, n0.tag, 0),
        feature(6, n1.word, n1.tag),
        feature(7, n1.tag, 0),
        feature(8, n2.word, n2.tag),
        feature(9, n2.tag, n1.tag),
        feature(10, s0.word ^ n0.word.rotate_left(17), two(s0.tag, n0.tag)),
        feature(11, s0.word, n0.tag),
        feature(12, n0.word, s0.tag),
        feature(13, two(s0.tag, n0.tag), has_head),
        feature(14, s0.word, n0.word),
        feature(15, two(n0.tag, n1.tag), 0),
        feature(16, three(n0.tag, n1.coarse, n2.coarse), 0),
        feature(17, three(s0.tag, n0.tag, n1.coarse), 0),
        feature(18, three(s0.coarse, n0.coarse, sh.coarse), state.label(s)),
        feature(19, three(s0.coarse, n0.coarse, sl.coarse), 0),
        feature(20, three(s0.coarse, n0.coarse, sr.coarse), state.label(r)),
        feature(21, three(s0.coarse, n0.coarse, bl.coarse), 0),
        feature(22, s0.word, d),
        feature(23, s0.tag, d),
        feature(24, n0.word, d),
        feature(25, n0.tag, d),
        feature(26, two(s0.coarse, n0.coarse), d),
        feature(27, s0.word, vr),
        feature(28, s0.tag, two(vr, vl)),
        feature(29, n0.word, vn),
        feature(30, n0.tag, vn),
        feature(31, sh.word, two(sh.tag, s0.coarse)),
        feature(32, sh2.tag, two(s0.coarse, n0.coarse)),
        feature(33, state.label(s), two(s0.coarse, n0.coarse)),
        feature(34, sl.word, sl.tag),
        feature(35, sr.word, sr.tag),
        feature(36, bl.word, bl.tag),
        feature(37, state.label(l), two(s0.coarse, n0.coarse)),
        feature(38, state.label(r), two(s0.coarse, n0.coarse)),
        feature(39, state.label(nl), two(s0.coarse, n0.coarse)),
        feature(40, three(s0.coarse, sl.coarse, sl2.coarse), n0.coarse),
        feature(41, three(s0.coarse, sr.coarse, sr2.coarse), n0.coarse),
        feature(42, three(n0.coarse, bl.coarse, bl2.coarse), s0.coarse),
        feature(43, three(s1.coarse, s0.coarse, n0.coarse), has_head),
        feature(44, s1.word, two(s0.coarse, n0.coarse)),
        feature(45, gap, two(s0.coarse, n0.coarse)),
        feature(46, gap, s0.tag),
        feature(47, s0.word, three(n0.coarse, n1.coarse, has_head)),
        feature(48, n0.word, three(s0.coarse, s1.coarse, has_head)),
        feature(49, n1.word, two(s0.coarse, n0.coarse)),
        feature(50, sl.word, two(s0.coarse, n0.coarse)),
        feature(51, sr.word, two(s0.coarse, n0.coarse)),
        feature(52, bl.word, two(s0.coarse, n0.coarse)),
        feature(53, bl.word, s0.word),
        feature(54, three(bl.coarse, s0.coarse, sh.coarse), n0.coarse),
        feature(55, three(s0.coarse, n0.coarse, state.label(r)), state.label(nl)),
        feature(56, state.label(s), state.label(r) << 8 | n0.tag),
        feature(57, s0.word, state.label(r) << 8 | state.label(l)),
        feature(58, three(s1.coarse, s0.coarse, n0.coarse), n1.coarse << 8 | d),
        feature(59, three(s0.coarse, past_s.coarse, before_n.coarse), n0.coarse),
        feature(60, three(s0.tag, n0.tag, n1.tag), n2.coarse),
        feature(61, three(s1.tag, s0.tag, n0.tag), has_head),
        feature(62, s0.word ^ sh.word.rotate_left(17), n0.coarse),
        feature(63, gap << 4 | d, two(s0.coarse, n0.coarse)),
        feature(64, three(n0.tag, state.label(nl), state.label(nl2)), s0.coarse),
        feature(65, three(s0.tag, state.label(r), state.label(r2)), n0.coarse),
        feature(66, state.label(s), n0.word),
        feature(67, before_n.word, two(s0.coarse, n0.coarse)),
        feature(68, three(state.label(s), state.label(h), s0.coarse), n0.coarse),
        feature(70, steps(&s0, 10) << 16 | steps(&n0, 10), 0),
        feature(71, steps(&s0, 6) << 16 | steps(&n0, 6), d),
        feature(72, steps(&s0, 16), n0.tag),
        feature(73, steps(&n0, 16), s0.tag),
        feature(74, steps(&s0, 16) << 16 | steps(&n0, 16), 0),
        feature(75, s0.word, steps(&n0, 10)),
        feature(76, n0.word, steps(&s0, 10)),
        feature(77, steps(&s0, 4) << 16 | steps(&n0, 4) << 8 | steps(&n1, 4), has_head),
        feature(78, steps(&n1, 10), two(s0.coarse, n0.coarse)),
        feature(79, steps(&bl, 10) << 16 | steps(&s0, 10), n0.coarse),
        feature(80, steps(&sh, 6) << 32 | steps(&s0, 6) << 16 | steps(&n0, 6), 0),
        feature(81, steps(&s1, 6) << 32 | steps(&s0, 6) << 16 | steps(&n0, 6), 0),
    ]
}

/// The features of the label of an arc.
pub(crate) fn label_features(nodes: &[Node], state: &State, child: u16, head: u16) -> [u64; LABEL_FEATURES] {
    let (c, h) = (node(nodes, child), node(nodes, head));
    let before = node(nodes, child.wrapping_sub(1));
    let after = node(nodes, child.saturating_add(1));
    let [l, l2] = State::ends(&state.left, child);
    let [r, _] = State::ends(&state.right, child);
    let (cl, cl2, cr) = (node(nodes, l), node(nodes, l2), node(nodes, r));
    let [hl, _] = State::ends(&state.left, head);
    let [hr, _] = State::ends(&state.right, head);
    let side = u64::from(child < head) << 3 | distance(child.min(head), child.max(head));
    let direction = side >> 3;
    let pair = c.tag << 16 | h.tag << 4 | direction;
    let coarse = c.coarse << 16 | h.coarse << 4 | direction;
    let steps = |n: &Node, bits: u32| n.cluster & (0xffff >> (16 - bits));
    [
        feature(1, pair, 0),
        feature(2, coarse, side),
        feature(3, c.word, h.coarse << 1 | direction),
        feature(4, h.word, c.coarse << 1 | direction),
        feature(5, c.word, h.word),
        feature(6, c.word, c.tag),
        feature(7, h.word, h.tag << 1 | direction),
        feature(8, cl.word, coarse),
        feature(9, cl.word, h.word),
        feature(10, cl2.word, coarse),
        feature(11, cr.coarse << 8 | state.label(r), coarse),
        feature(12, state.label(l), coarse),
        feature(13, state.label(hl), coarse),
        feature(14, state.label(hr), coarse),
        feature(15, before.word, coarse),
        feature(16, after.word, coarse),
        feature(17, before.coarse << 8 | after.coarse, coarse),
        feature(18, state.label(head), coarse),
        feature(19, cl.word, c.word),
        feature(20, u64::from(state.head(head) == NONE), coarse),
        feature(
            21,
            State::count(&state.left_count, head) << 3 | State::count(&state.right_count, head),
            coarse,
        ),
        feature(22, node(nodes, hl).word, coarse),
        feature(23, node(nodes, hr).word, coarse),
        feature(24, cl.coarse << 8 | cr.coarse, coarse),
        feature(25, steps(&c, 10) << 16 | steps(&h, 10), direction),
        feature(26, steps(&c, 16), h.coarse << 1 | direction),
        feature(27, steps(&h, 16), c.coarse << 1 | direction),
        feature(28, steps(&c, 6) << 16 | steps(&h, 6), coarse),
        feature(29, steps(&c, 10), h.word),
        feature(30, c.word, steps(&h, 10)),
    ]
}

/// Key of the list of labels that an arc can have.
pub(crate) fn label_key(nodes: &[Node], child: u16, head: u16) -> u64 {
    let (c, h) = (node(nodes, child), node(nodes, head));
    key(super::tagger::WORD + 20, c.coarse << 16 | h.coarse, u64::from(child < head))
}

/// Scores and label lists.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parser<'a, W> {
    /// Rows of weights of actions.
    pub actions: &'a [u8],
    /// Scores of labels.
    pub labels: &'a [W],
    /// Labels that an arc between two parts of speech can have.
    pub lists: Words<'a>,
    /// Whether the language has clusters.
    pub clusters: bool,
}

impl<W: Weight> Parser<'_, W> {
    /// Parses a sentence into `state`.
    pub fn parse(&self, nodes: &[Node], between: &mut Between, state: &mut State) {
        let nodes = nodes.get(..LONGEST).unwrap_or(nodes);
        count_between(nodes, between);
        state.start(nodes.len());
        while !state.is_done() {
            let features = action_features(nodes, between, state);
            let sums = score::add_rows::<4, 4>(self.actions, counted_actions(&features, self.clusters));
            let action = best_action(&sums, |a| state.allows(a));
            self.step(nodes, state, action);
        }
        self.finish(nodes, state);
    }

    /// Takes an action with its best label.
    pub fn step(&self, nodes: &[Node], state: &mut State, action: Action) {
        let (child, head) = match action {
            Action::Left => (state.top(), state.next),
            Action::Right => (state.next, state.top()),
            _ => return state.take(action, 0),
        };
        let label = self.label(nodes, state, child, head);
        state.take(action, label);
    }

    /// The best label of an arc.
    pub fn label(&self, nodes: &[Node], state: &State, child: u16, head: u16) -> u8 {
        let list = self.lists.tags(self.lists.list(label_key(nodes, child, head)));
        match list {
            [one] => *one,
            _ => {
                let features = label_features(nodes, state, child, head);
                score::best(self.labels, counted_labels(&features, self.clusters), list)
            }
        }
    }

    /// Words without a head: the first verb among them, or the first, is the root, the others hang on it.
    pub fn finish(&self, nodes: &[Node], state: &mut State) {
        let free = |state: &State, verbal: bool| {
            (0..state.heads.len() as u16).find(|i| {
                let upos = (node(nodes, *i).coarse.wrapping_sub(1)) & 31;
                let fits = upos == super::Upos::Verb as u64 || upos == super::Upos::Aux as u64;
                state.head(*i) == NONE && (fits || !verbal)
            })
        };
        let Some(root) = free(state, true).or_else(|| free(state, false)) else { return };
        for i in 0..state.heads.len() as u16 {
            if i != root && state.head(i) == NONE {
                let label = self.label(nodes, state, i, root);
                state.attach(i, root, label);
            }
        }
    }
}

/// The best of the actions that `allows` lets through.
pub(crate) fn best_action<S: PartialOrd + Copy>(sums: &[S; 4], allows: impl Fn(Action) -> bool) -> Action {
    let mut best: Option<(Action, S)> = None;
    for (action, sum) in ACTIONS.iter().zip(sums) {
        if allows(*action) && best.is_none_or(|(_, top)| *sum > top) {
            best = Some((*action, *sum));
        }
    }
    best.map_or(Action::Shift, |(a, _)| a)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transitions() {
        let mut state = State::default();
        state.start(3);
        assert!(!state.allows(Action::Left) && !state.allows(Action::Right));
        state.take(Action::Shift, 0);
        state.take(Action::Left, 4);
        assert_eq!((state.head(0), state.labels[0]), (1, 5));
        state.take(Action::Shift, 0);
        state.take(Action::Right, 2);
        assert!(state.is_done() && state.allows(Action::Reduce));
        assert_eq!(state.head(2), 1);
    }
}
