//! Trains the parser with a dynamic oracle: it learns from its own mistakes, not only from perfect histories.

use super::learner::{Learner, Owners, Random};
use super::treebank::Sample;
use super::words::{self, WordSections};
use crate::tag::parse::{
    ACTIONS, Action, Between, NONE, Node, Parser, State, action_features, best_action, count_between,
    counted_labels, label_features, label_key,
};
use std::collections::BTreeMap;

/// Rows of the actions.
const ACTION_ROWS: usize = 250_000;
/// A feature of actions seen less often gets no row.
const ACTION_LEAST: u16 = 2;
/// Weights of the labels.
const LABEL_WEIGHTS: usize = 1 << 19;
/// Times that the treebanks are read.
const ROUNDS: usize = 14;
/// An action that wins by less is still taught.
const ACTION_MARGIN: f32 = 40.0;
/// The same for labels.
const LABEL_MARGIN: f32 = 60.0;
/// Rounds that follow the oracle before the parser follows itself.
const GUIDED: usize = 1;

/// A sentence to learn from.
pub(crate) struct Lesson {
    /// Its tokens, with the tags that a tagger finds.
    pub nodes: Vec<Node>,
    heads: Vec<u16>,
    labels: Vec<u8>,
}

/// Head of the root.
const ROOT: u16 = NONE - 1;

impl Lesson {
    /// A sample with tags found for it; `names` are the labels known so far.
    pub fn new(sample: &Sample, nodes: Vec<Node>, names: &[String]) -> Lesson {
        let heads = sample.heads.iter().map(|h| if *h == 0 { ROOT } else { *h as u16 - 1 }).collect();
        let label = |l: &String| names.iter().position(|n| n == l).unwrap_or_default() as u8;
        Lesson { nodes, heads, labels: sample.labels.iter().map(label).collect() }
    }

    fn head(&self, i: u16) -> u16 {
        self.heads.get(usize::from(i)).copied().unwrap_or(NONE)
    }

    /// How many right arcs an action makes impossible.
    fn cost(&self, state: &State, action: Action) -> usize {
        let (top, next) = (state.top(), state.next);
        let len = self.heads.len() as u16;
        let children_ahead = |of: u16, from: u16| (from..len).filter(|k| self.head(*k) == of).count();
        let children_behind =
            |of: u16| state.stack.iter().filter(|k| self.head(**k) == of && state.head(**k) == NONE).count();
        match action {
            Action::Shift => usize::from(state.stack.contains(&self.head(next))) + children_behind(next),
            Action::Reduce => children_ahead(top, next),
            Action::Left => {
                let head = self.head(top);
                let lost = head == ROOT || (head != next && head > next && head < len);
                usize::from(lost) + children_ahead(top, next)
            }
            Action::Right => {
                let head = self.head(next);
                let reachable = head == ROOT
                    || (head > next && head < len)
                    || (head != top && state.stack.contains(&head));
                usize::from(head != top && reachable) + children_behind(next)
            }
        }
    }
}

/// What training yields, as sections of the weights file.
pub(crate) struct ParserSections {
    pub actions: Vec<u8>,
    pub labels: Vec<u8>,
    pub lists: WordSections,
}

/// Labels that arcs can have, as lists.
fn label_lists(lessons: &[Lesson]) -> WordSections {
    let mut counts: BTreeMap<u64, BTreeMap<u8, u32>> = BTreeMap::new();
    let mut all: BTreeMap<u8, u32> = BTreeMap::new();
    for lesson in lessons {
        for (i, label) in lesson.labels.iter().enumerate() {
            let head = lesson.head(i as u16);
            *all.entry(*label).or_default() += 1;
            if head != ROOT {
                let key = label_key(&lesson.nodes, i as u16, head);
                *counts.entry(key).or_default().entry(*label).or_default() += 1;
            }
        }
    }
    let open: Vec<u8> = all.iter().filter(|(_, c)| **c >= 50).map(|(l, _)| *l).collect();
    words::compile(counts.into_iter().map(|(key, c)| (key, words::share(&c, 0.003))).collect(), &open)
}

/// Trains on `lessons`.
pub(crate) fn train(lessons: &[Lesson], clusters: bool) -> ParserSections {
    let lists = label_lists(lessons);
    let mut actions = owners(lessons, clusters).learner::<4>();
    let mut labels = Learner::new(LABEL_WEIGHTS);
    let mut random = Random::new(3);
    let mut order: Vec<usize> = (0..lessons.len()).collect();
    let (mut between, mut state) = (Between::new(), State::default());
    for round in 0..ROUNDS {
        random.shuffle(&mut order);
        for lesson in order.iter().filter_map(|n| lessons.get(*n)) {
            let nodes = &lesson.nodes;
            count_between(nodes, &mut between);
            state.start(nodes.len());
            while !state.is_done() {
                let features = action_features(nodes, &between, &state, clusters);
                let sums = actions.sums(&features);
                let found = best_action(&sums, |a| state.allows(a));
                let least = ACTIONS
                    .iter()
                    .filter(|a| state.allows(**a))
                    .map(|a| lesson.cost(&state, *a))
                    .min()
                    .unwrap_or_default();
                let right = best_action(&sums, |a| state.allows(a) && lesson.cost(&state, a) == least);
                actions.tick();
                let wrong = lesson.cost(&state, found) > least;
                let dear = |a| state.allows(a) && lesson.cost(&state, a) > least;
                if ACTIONS.iter().any(|a| dear(*a)) {
                    let rival = best_action(&sums, dear);
                    let lead = sums[right as usize] - sums[rival as usize];
                    if lead <= ACTION_MARGIN {
                        actions.correct(&features, right as u8, rival as u8);
                    }
                }
                let explore = round >= GUIDED && !random.next().is_multiple_of(10);
                let action = if wrong && !explore { right } else { found };
                let label = learn_label(&mut labels, &lists, lesson, &state, action, clusters);
                state.take(action, label);
            }
        }
    }
    ParserSections { actions: actions.quantised(), labels: labels.quantised(), lists }
}

/// Which features of actions get rows, counted along the right way through each sentence.
fn owners(lessons: &[Lesson], clusters: bool) -> Owners {
    let mut owners = Owners::new(ACTION_ROWS, ACTION_LEAST);
    let (mut between, mut state) = (Between::new(), State::default());
    for counting in [true, false] {
        for lesson in lessons {
            count_between(&lesson.nodes, &mut between);
            state.start(lesson.nodes.len());
            while !state.is_done() {
                let features = action_features(&lesson.nodes, &between, &state, clusters);
                if counting {
                    owners.count(&features)
                } else {
                    owners.claim(&features)
                }
                let costs = ACTIONS.map(|a| lesson.cost(&state, a));
                let allowed = ACTIONS.iter().zip(costs).filter(|(a, _)| state.allows(**a));
                let action = allowed.min_by_key(|(_, c)| *c).map_or(Action::Shift, |(a, _)| *a);
                let child = if action == Action::Left { state.top() } else { state.next };
                let label = lesson.labels.get(usize::from(child)).copied().unwrap_or_default();
                state.take(action, label);
            }
        }
    }
    owners
}

/// Chooses the label of the arc that `action` draws, and learns from it when the arc is right.
fn learn_label(
    learner: &mut Learner,
    lists: &WordSections,
    lesson: &Lesson,
    state: &State,
    action: Action,
    clusters: bool,
) -> u8 {
    let (child, head) = match action {
        Action::Left => (state.top(), state.next),
        Action::Right => (state.next, state.top()),
        _ => return 0,
    };
    let nodes = &lesson.nodes;
    let shell = Parser { actions: &[], labels: &[], lists: lists.view(), clusters };
    let list = shell.lists.tags(shell.lists.list(label_key(nodes, child, head))).to_vec();
    if list.len() < 2 {
        return list.first().copied().unwrap_or_default();
    }
    let features = label_features(nodes, state, child, head);
    let features = counted_labels(&features, clusters);
    let right = lesson.labels.get(usize::from(child)).copied().unwrap_or_default();
    if lesson.head(child) != head || !list.contains(&right) {
        return learner.best(features, &list);
    }
    let (rival, lead) = learner.rival(features, &list, right);
    learner.tick();
    if lead <= LABEL_MARGIN {
        learner.correct(features, right, rival);
    }
    if lead > 0.0 { right } else { rival }
}
