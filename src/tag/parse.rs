//! Dependencies of a sentence: which word hangs on which, and how.
//!
//! Arc-eager transitions (Nivre 2008), greedy; the action is chosen first, the label of an arc by a second
//! model when the arc is drawn. Both are averaged perceptrons trained with a dynamic oracle (Goldberg and
//! Nivre 2012). Linear in the number of tokens.

use super::form::Form;
use super::morph::Morph;
use super::score::{self, feature, key};
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

/// Features of an action that mostly settle it.
const NEAR: usize = 27;
/// Features of a wider look.
const FAR: usize = 41;
/// Features of clusters.
const CLUSTERED: usize = 12;
/// By how much an action must lead after the first features to be taken without a wider look.
const CLEAR: i32 = 600;
/// Number of features of a label.
pub(crate) const LABEL_FEATURES: usize = 30;
/// Those of them that need no clusters: the first ones.
const LABEL_WITHOUT: usize = 24;

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

/// Where the parser stands: the top of the stack `s`, the next word `n`, and what hangs on them.
struct Around {
    s0: Node,
    s1: Node,
    n0: Node,
    n1: Node,
    n2: Node,
    sh: Node,
    sh2: Node,
    sl: Node,
    sr: Node,
    bl: Node,
    sl2: Node,
    sr2: Node,
    bl2: Node,
    past_s: Node,
    before_n: Node,
    label_h: u64,
    label_l: u64,
    label_nl: u64,
    label_nl2: u64,
    label_r: u64,
    label_r2: u64,
    label_s: u64,
    has_head: u64,
    vl: u64,
    vr: u64,
    vn: u64,
    gap: u64,
    distance: u64,
}

fn two(a: u64, b: u64) -> u64 {
    a << 12 | b
}

fn three(a: u64, b: u64, c: u64) -> u64 {
    a << 24 | b << 12 | c
}

fn steps(node: &Node, bits: u32) -> u64 {
    node.cluster & (0xffff >> (16 - bits))
}

impl Around {
    fn new(nodes: &[Node], between: &Between, state: &State) -> Self {
        let (s, b) = (state.top(), state.next);
        let below =
            state.stack.len().checked_sub(2).and_then(|n| state.stack.get(n)).copied().unwrap_or(NONE);
        let h = state.head(s);
        let [l, l2] = State::ends(&state.left, s);
        let [r, r2] = State::ends(&state.right, s);
        let [nl, nl2] = State::ends(&state.left, b);
        let counts = |i: u16| between.get(usize::from(i)).copied().unwrap_or_default();
        let gap = if s == NONE {
            0
        } else {
            let (from, to) = (counts(s.saturating_add(1)), counts(b));
            u64::from(to.0.saturating_sub(from.0).min(3)) << 2 | u64::from(to.1.saturating_sub(from.1).min(3))
        };
        Around {
            s0: node(nodes, s),
            s1: node(nodes, below),
            n0: node(nodes, b),
            n1: node(nodes, b.saturating_add(1)),
            n2: node(nodes, b.saturating_add(2)),
            sh: node(nodes, h),
            sh2: node(nodes, state.head(h)),
            sl: node(nodes, l),
            sr: node(nodes, r),
            bl: node(nodes, nl),
            sl2: node(nodes, l2),
            sr2: node(nodes, r2),
            bl2: node(nodes, nl2),
            past_s: node(nodes, s.wrapping_add(1)),
            before_n: node(nodes, b.wrapping_sub(1)),
            label_h: state.label(h),
            label_l: state.label(l),
            label_nl: state.label(nl),
            label_nl2: state.label(nl2),
            label_r: state.label(r),
            label_r2: state.label(r2),
            label_s: state.label(s),
            has_head: u64::from(h != NONE),
            vl: State::count(&state.left_count, s),
            vr: State::count(&state.right_count, s),
            vn: State::count(&state.left_count, b),
            gap,
            distance: if s == NONE { 0 } else { distance(s, b) },
        }
    }

    fn near(&self) -> [u64; NEAR] {
        [
            feature(1, self.s0.word, self.s0.tag),
            feature(4, self.n0.word, self.n0.tag),
            feature(6, self.n1.word, self.n1.tag),
            feature(10, self.s0.word ^ self.n0.word.rotate_left(17), two(self.s0.tag, self.n0.tag)),
            feature(11, self.s0.word, self.n0.tag),
            feature(12, self.n0.word, self.s0.tag),
            feature(13, two(self.s0.tag, self.n0.tag), self.has_head),
            feature(14, self.s0.word, self.n0.word),
            feature(15, two(self.n0.tag, self.n1.tag), 0),
            feature(16, three(self.n0.tag, self.n1.coarse, self.n2.coarse), 0),
            feature(17, three(self.s0.tag, self.n0.tag, self.n1.coarse), 0),
            feature(18, three(self.s0.coarse, self.n0.coarse, self.sh.coarse), self.label_s),
            feature(19, three(self.s0.coarse, self.n0.coarse, self.sl.coarse), 0),
            feature(20, three(self.s0.coarse, self.n0.coarse, self.sr.coarse), self.label_r),
            feature(21, three(self.s0.coarse, self.n0.coarse, self.bl.coarse), 0),
            feature(22, self.s0.word, self.distance),
            feature(26, two(self.s0.coarse, self.n0.coarse), self.distance),
            feature(31, self.sh.word, two(self.sh.tag, self.s0.coarse)),
            feature(33, self.label_s, two(self.s0.coarse, self.n0.coarse)),
            feature(40, three(self.s0.coarse, self.sl.coarse, self.sl2.coarse), self.n0.coarse),
            feature(43, three(self.s1.coarse, self.s0.coarse, self.n0.coarse), self.has_head),
            feature(45, self.gap, two(self.s0.coarse, self.n0.coarse)),
            feature(47, self.s0.word, three(self.n0.coarse, self.n1.coarse, self.has_head)),
            feature(48, self.n0.word, three(self.s0.coarse, self.s1.coarse, self.has_head)),
            feature(53, self.bl.word, self.s0.word),
            feature(55, three(self.s0.coarse, self.n0.coarse, self.label_r), self.label_nl),
            feature(
                58,
                three(self.s1.coarse, self.s0.coarse, self.n0.coarse),
                self.n1.coarse << 8 | self.distance,
            ),
        ]
    }

    fn far(&self) -> [u64; FAR] {
        [
            feature(2, self.s0.tag, self.has_head),
            feature(3, self.s0.word, self.has_head),
            feature(5, self.n0.tag, 0),
            feature(7, self.n1.tag, 0),
            feature(8, self.n2.word, self.n2.tag),
            feature(9, self.n2.tag, self.n1.tag),
            feature(23, self.s0.tag, self.distance),
            feature(24, self.n0.word, self.distance),
            feature(25, self.n0.tag, self.distance),
            feature(27, self.s0.word, self.vr),
            feature(28, self.s0.tag, two(self.vr, self.vl)),
            feature(29, self.n0.word, self.vn),
            feature(30, self.n0.tag, self.vn),
            feature(32, self.sh2.tag, two(self.s0.coarse, self.n0.coarse)),
            feature(34, self.sl.word, self.sl.tag),
            feature(35, self.sr.word, self.sr.tag),
            feature(36, self.bl.word, self.bl.tag),
            feature(37, self.label_l, two(self.s0.coarse, self.n0.coarse)),
            feature(38, self.label_r, two(self.s0.coarse, self.n0.coarse)),
            feature(39, self.label_nl, two(self.s0.coarse, self.n0.coarse)),
            feature(41, three(self.s0.coarse, self.sr.coarse, self.sr2.coarse), self.n0.coarse),
            feature(42, three(self.n0.coarse, self.bl.coarse, self.bl2.coarse), self.s0.coarse),
            feature(44, self.s1.word, two(self.s0.coarse, self.n0.coarse)),
            feature(46, self.gap, self.s0.tag),
            feature(49, self.n1.word, two(self.s0.coarse, self.n0.coarse)),
            feature(50, self.sl.word, two(self.s0.coarse, self.n0.coarse)),
            feature(51, self.sr.word, two(self.s0.coarse, self.n0.coarse)),
            feature(52, self.bl.word, two(self.s0.coarse, self.n0.coarse)),
            feature(54, three(self.bl.coarse, self.s0.coarse, self.sh.coarse), self.n0.coarse),
            feature(56, self.label_s, self.label_r << 8 | self.n0.tag),
            feature(57, self.s0.word, self.label_r << 8 | self.label_l),
            feature(59, three(self.s0.coarse, self.past_s.coarse, self.before_n.coarse), self.n0.coarse),
            feature(60, three(self.s0.tag, self.n0.tag, self.n1.tag), self.n2.coarse),
            feature(61, three(self.s1.tag, self.s0.tag, self.n0.tag), self.has_head),
            feature(62, self.s0.word ^ self.sh.word.rotate_left(17), self.n0.coarse),
            feature(63, self.gap << 4 | self.distance, two(self.s0.coarse, self.n0.coarse)),
            feature(64, three(self.n0.tag, self.label_nl, self.label_nl2), self.s0.coarse),
            feature(65, three(self.s0.tag, self.label_r, self.label_r2), self.n0.coarse),
            feature(66, self.label_s, self.n0.word),
            feature(67, self.before_n.word, two(self.s0.coarse, self.n0.coarse)),
            feature(68, three(self.label_s, self.label_h, self.s0.coarse), self.n0.coarse),
        ]
    }

    fn clustered(&self) -> [u64; CLUSTERED] {
        [
            feature(70, steps(&self.s0, 10) << 16 | steps(&self.n0, 10), 0),
            feature(71, steps(&self.s0, 6) << 16 | steps(&self.n0, 6), self.distance),
            feature(72, steps(&self.s0, 16), self.n0.tag),
            feature(73, steps(&self.n0, 16), self.s0.tag),
            feature(74, steps(&self.s0, 16) << 16 | steps(&self.n0, 16), 0),
            feature(75, self.s0.word, steps(&self.n0, 10)),
            feature(76, self.n0.word, steps(&self.s0, 10)),
            feature(
                77,
                steps(&self.s0, 4) << 16 | steps(&self.n0, 4) << 8 | steps(&self.n1, 4),
                self.has_head,
            ),
            feature(78, steps(&self.n1, 10), two(self.s0.coarse, self.n0.coarse)),
            feature(79, steps(&self.bl, 10) << 16 | steps(&self.s0, 10), self.n0.coarse),
            feature(80, steps(&self.sh, 6) << 32 | steps(&self.s0, 6) << 16 | steps(&self.n0, 6), 0),
            feature(81, steps(&self.s1, 6) << 32 | steps(&self.s0, 6) << 16 | steps(&self.n0, 6), 0),
        ]
    }
}

/// All features of the next action.
pub(crate) fn action_features(nodes: &[Node], between: &Between, state: &State, clusters: bool) -> Vec<u64> {
    let around = Around::new(nodes, between, state);
    score::joined(&[&around.near(), &around.far(), &around.clustered()], clusters)
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
pub(crate) struct Parser<'a> {
    /// Rows of weights of actions.
    pub actions: &'a [u8],
    /// Scores of labels.
    pub labels: &'a [u8],
    /// Labels that an arc between two parts of speech can have.
    pub lists: Words<'a>,
    /// Whether the language has clusters.
    pub clusters: bool,
}

impl Parser<'_> {
    /// Parses a sentence into `state`.
    pub fn parse(&self, nodes: &[Node], between: &mut Between, state: &mut State) {
        let nodes = nodes.get(..LONGEST).unwrap_or(nodes);
        count_between(nodes, between);
        state.start(nodes.len());
        while !state.is_done() {
            let around = Around::new(nodes, between, state);
            let mut sums = [0; 4];
            score::add_rows::<5, 4, _>(self.actions, &around.near(), &mut sums);
            let mut action = best_action(&sums, |a| state.allows(a));
            if lead(&sums, state) < CLEAR {
                score::add_rows::<5, 4, _>(self.actions, &around.far(), &mut sums);
                if self.clusters {
                    score::add_rows::<5, 4, _>(self.actions, &around.clustered(), &mut sums);
                }
                action = best_action(&sums, |a| state.allows(a));
            }
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

/// By how much the best action leads the others that can be taken.
fn lead(sums: &[i16; 4], state: &State) -> i32 {
    let open = ACTIONS.iter().zip(sums).filter(|(action, _)| state.allows(**action));
    score::leader(open.map(|(action, sum)| (*action as u8, i32::from(*sum)))).1
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
