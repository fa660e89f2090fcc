//! The closed set of event types, with what they are called in PLOVER and ACLED.

use serde::{Deserialize, Serialize};

macro_rules! event_types {
    ($($(#[doc = $doc:literal])* $name:ident $word:literal $plover:literal $acled:literal;)*) => {
        /// What kind of happening; a closed set.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum EventType { $($(#[doc = $doc])* $name,)* }

        impl EventType {
            /// All types, in the order of the schema.
            pub const ALL: &[EventType] = &[$(EventType::$name,)*];

            /// The word outputs and word lists use.
            pub fn as_str(self) -> &'static str {
                match self { $(EventType::$name => $word,)* }
            }

            /// The nearest PLOVER event type; empty when there is none.
            pub fn plover(self) -> &'static str {
                match self { $(EventType::$name => $plover,)* }
            }

            /// The nearest ACLED event type; empty when there is none.
            pub fn acled(self) -> &'static str {
                match self { $(EventType::$name => $acled,)* }
            }

            /// What the type covers, in one line.
            pub fn meaning(self) -> &'static str {
                match self { $(EventType::$name => concat!($($doc),*).trim_ascii(),)* }
            }

            /// The type a word list or file names.
            pub fn from_word(word: &str) -> Option<EventType> {
                match word {
                    $($word => Some(EventType::$name),)*
                    _ => None,
                }
            }
        }
    };
}

event_types! {
    /// Fighting between armed groups.
    Battle "battle" "ASSAULT" "Battles";
    /// An attack on people or things: shooting, bombing, stabbing, raid.
    Attack "attack" "ASSAULT" "Violence against civilians";
    /// Shelling, air strikes, explosions of weapons.
    Strike "strike" "ASSAULT" "Explosions/Remote violence";
    /// A place or territory changes hands.
    Capture "capture" "SEIZE" "Strategic developments";
    /// Fighting stops: truce, ceasefire, surrender.
    Ceasefire "ceasefire" "AGREE" "Strategic developments";
    /// Troops move, deploy, withdraw.
    Military "military" "MOBILIZE" "Strategic developments";
    /// People are taken or held against their will: abduction, hostages.
    Abduction "abduction" "COERCE" "Violence against civilians";
    /// Arrest, detention, charge, escape.
    Arrest "arrest" "COERCE" "Strategic developments";
    /// Release of prisoners or hostages.
    Release "release" "CONCEDE" "Strategic developments";
    /// Trial, verdict, complaint, investigation.
    Trial "trial" "ACCUSE" "";
    /// A crime other than an attack: theft, fraud, rape.
    Crime "crime" "ASSAULT" "";
    /// People are killed or found dead.
    Killing "killing" "ASSAULT" "Violence against civilians";
    /// Accident on road, rail, sea, in the air, at work.
    Accident "accident" "" "";
    /// Earthquake, eruption, flood, landslide, wildfire.
    Disaster "disaster" "" "";
    /// Fire or explosion that is no weapon.
    Fire "fire" "" "";
    /// Storm, heat, cold, snow, drought.
    Weather "weather" "" "";
    /// Disease, epidemic, treatment.
    Health "health" "" "";
    /// People flee, are evacuated, displaced, return.
    Displacement "displacement" "RETREAT" "Strategic developments";
    /// Departure, arrival, travel of people, vehicles, goods.
    Movement "movement" "" "";
    /// Help: rescue, relief, aid.
    Aid "aid" "AID" "";
    /// Demonstration, march, gathering, celebration in the streets.
    Protest "protest" "PROTEST" "Protests";
    /// Riot, clash with police, looting.
    Riot "riot" "PROTEST" "Riots";
    /// Work stops.
    Walkout "walkout" "PROTEST" "Protests";
    /// Election, referendum, count, candidacy.
    Election "election" "" "";
    /// Office: appointment, resignation, government, party.
    Politics "politics" "" "";
    /// Meeting, visit, talks between powers.
    Diplomacy "diplomacy" "CONSULT" "";
    /// Agreement, treaty, signature.
    Agreement "agreement" "AGREE" "Strategic developments";
    /// Sanction, threat, demand, break of relations.
    Coercion "coercion" "SANCTION" "";
    /// Law, decree, vote of a parliament, ban.
    Law "law" "" "";
    /// Official statement that is an act: praise, condemnation, recognition.
    Statement "statement" "" "";
    /// Firms, markets, jobs, prices, trade.
    Economy "economy" "" "";
    /// Research, discovery, space flight.
    Science "science" "" "";
    /// Products, networks, computing.
    Technology "technology" "" "";
    /// Match, race, title, record.
    Sport "sport" "" "";
    /// Film, music, book, festival, prize.
    Culture "culture" "" "";
    /// Ceremony, commemoration, funeral.
    Ceremony "ceremony" "" "";
    /// Birth, marriage, death of a person from natural causes.
    Life "life" "" "";
    /// Opening, founding, start of service.
    Opening "opening" "" "";
    /// Closing, end of service, dissolution.
    Closing "closing" "" "";
    /// Building, destruction, damage of things.
    Construction "construction" "" "";
    /// Anything else that happened.
    Other "other" "" "";
}
