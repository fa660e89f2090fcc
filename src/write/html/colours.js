// Colours and signs of types and statuses: the Okabe-Ito set, told apart with every kind of colour vision.
const GROUPS = [
  { name: { en: "Conflict", fr: "Conflit" }, colour: "#d55e00", types: ["battle", "attack", "strike", "capture", "ceasefire", "military", "killing", "abduction"] },
  { name: { en: "Justice and crime", fr: "Justice et crime" }, colour: "#cc79a7", types: ["arrest", "release", "trial", "crime"] },
  { name: { en: "Accident and disaster", fr: "Accident et catastrophe" }, colour: "#e69f00", types: ["accident", "disaster", "fire", "weather", "health"] },
  { name: { en: "People on the move", fr: "Déplacements" }, colour: "#56b4e9", types: ["displacement", "movement", "aid"] },
  { name: { en: "Protest", fr: "Contestation" }, colour: "#8f7a00", types: ["protest", "riot", "walkout"] },
  { name: { en: "Politics", fr: "Politique" }, colour: "#0072b2", types: ["election", "politics", "diplomacy", "agreement", "coercion", "law", "statement"] },
  { name: { en: "Economy and science", fr: "Économie et science" }, colour: "#009e73", types: ["economy", "science", "technology", "opening", "closing", "construction"] },
  { name: { en: "Sport, culture, life", fr: "Sport, culture, vie" }, colour: "#7a5cc9", types: ["sport", "culture", "ceremony", "life"] },
];
const OTHER = { name: { en: "Other", fr: "Autre" }, colour: "#6b6b6b", types: [] };
const groupOf = (event) => GROUPS.find((group) => group.types.includes(event.type)) ?? OTHER;
const colourOf = (event) => groupOf(event).colour;

// Asserted and reported are filled; planned is dashed, possible dotted, denied crossed out.
const DASHES = { planned: [5, 3], possible: [1.5, 2.5], denied: [1.5, 2.5] };
const isFilled = (event) => event.status === "asserted" || event.status === "reported";
const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
