//! What people unite and part by hand: happenings made one, tellings taken out of one.

use super::id::Namer;
use super::{Document, Event, merge};
use crate::event::EventMention;

/// Where the happening with this id is, by the id it has or one it had.
pub fn find(documents: &[Document], id: &str) -> Option<(usize, usize)> {
    let seat = |called: fn(&Event, &str) -> bool| {
        documents.iter().enumerate().find_map(|(d, document)| {
            document.events.iter().position(|event| called(event, id)).map(|event| (d, event))
        })
    };
    seat(|event, id| event.id == id).or_else(|| seat(|event, id| event.aliases.iter().any(|a| a == id)))
}

/// Makes the happening called `other` part of the one called `home`. False when one of them is not there.
pub fn unite(documents: &mut [Document], home: &str, other: &str) -> bool {
    let (Some(home), Some(seat)) = (find(documents, home), find(documents, other)) else { return false };
    if home == seat {
        return false;
    }
    merge::absorb(documents, home, seat);
    if home.0 == seat.0
        && let Some(document) = documents.get_mut(home.0)
        && let Some(mentions) = document.events.get(seat.1).map(|event| event.mentions.clone())
        && let Some(kept) = document.events.get_mut(home.1)
    {
        // Told in one article: no other telling, only other words.
        kept.tellings.pop();
        kept.mentions.extend(mentions);
    }
    if let Some(document) = documents.get_mut(seat.0) {
        document.events.remove(seat.1);
    }
    true
}

/// Makes a mention of the happening called `home` a happening of its own, under the id `off` that it has by
/// itself. False when there is no such happening, or `off` is not the id of one of its other mentions.
pub fn part(document: &mut Document, home: &str, off: &str) -> bool {
    let Some(at) = document.events.iter().position(|event| event.id == home) else { return false };
    let Some(event) = document.events.get(at) else { return false };
    let found = event
        .mentions
        .iter()
        .copied()
        .find(|m| document.mentions.get(*m).is_some_and(|mention| own_id(document, mention) == off));
    let Some(number) = found.filter(|_| event.id != off && event.mentions.len() > 1) else { return false };
    let Some(record) = document.mentions.get(number).cloned() else { return false };
    let mut parted = Event {
        id: off.to_owned(),
        aliases: Vec::new(),
        mentions: vec![number],
        record: EventMention { stands: true, ..record },
        confidence: 0.0,
        confidence_reasons: Vec::new(),
        tellings: Vec::new(),
    };
    (parted.confidence, parted.confidence_reasons) =
        super::confidence::judge(&parted, &document.places, document.article.text.len());
    let rest = document.events.get_mut(at).and_then(|event| {
        event.mentions.retain(|m| *m != number);
        event.aliases.retain(|alias| alias != off);
        event.mentions.first().copied()
    });
    // The record of what stays is that of its fullest mention, if the parted one gave it.
    let trigger = |m: Option<usize>| m.and_then(|m| document.mentions.get(m)).cloned();
    if let (Some(mention), Some(event)) = (trigger(rest), document.events.get_mut(at))
        && event.record.trigger == parted.record.trigger
    {
        event.record = EventMention { stands: true, ..mention };
    }
    document.events.insert(at + 1, parted);
    true
}

/// The id of a happening that a person adds to the document called `document`.
pub fn id_by_hand(document: &str, title: &str, text: &str) -> String {
    super::id::id(document, text, title).to_string()
}

/// The id a mention has as the first of a happening.
pub(super) fn own_id(document: &Document, mention: &EventMention) -> String {
    Namer::new(&document.article.id, &document.article.text, &document.sentences).id(mention).to_string()
}
