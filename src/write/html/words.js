// The interface in French and English, chosen by the browser's language.
const WORDS = {
  en: {
    skip: "Go to the list of happenings", search: "Search", type: "Type", status: "Status", place: "Place", publisher: "Publisher",
    confidence: "Confidence from", reset: "Reset", map: "Map", timeline: "Timeline", from: "From", to: "To", all: "All",
    zoomIn: "Zoom in", zoomOut: "Zoom out", happenings: "Happenings", more: "Show more", detail: "Detail", articles: "Text",
    article: "Article", play: "Play", pause: "Pause", any: "any", shown: "shown", of: "of", undated: "Undated happenings",
    when: "When", where: "Where", who: "Who", howMany: "How many", says: "Who says so", sure: "Confidence", evidence: "Evidence",
    source: "Source", words: "words", why: "why", others: "other places possible", nothing: "Nothing matches these filters.",
    choose: "Choose a happening on the map, the timeline or in the list.", unlocated: "no place", near: "within about",
    timelineHelp: "Happenings in time. Drag to choose a period; wheel or plus and minus to zoom; arrow keys to move; Escape to clear.",
    leftOut: "Left out of this page to keep it usable:", asserted: "asserted", reported: "reported", denied: "denied",
    possible: "possible", planned: "planned", toward: "to", offline: "This page works without a network.",
    conflict: "Conflict", justice: "Justice and crime", disaster: "Accident and disaster", movement: "People on the move",
    protest: "Protest", politics: "Politics", economy: "Economy and science", culture: "Sport, culture, life", other: "Other",
  },
  fr: {
    skip: "Aller à la liste des faits", search: "Chercher", type: "Type", status: "Statut", place: "Lieu", publisher: "Éditeur",
    confidence: "Confiance à partir de", reset: "Effacer", map: "Carte", timeline: "Frise", from: "De", to: "À", all: "Tout",
    zoomIn: "Agrandir", zoomOut: "Réduire", happenings: "Faits", more: "Voir la suite", detail: "Détail", articles: "Texte",
    article: "Article", play: "Lecture", pause: "Pause", any: "tous", shown: "affichés", of: "sur", undated: "Faits sans date",
    when: "Quand", where: "Où", who: "Qui", howMany: "Combien", says: "Qui le dit", sure: "Confiance", evidence: "Preuve",
    source: "Source", words: "mots", why: "pourquoi", others: "autres lieux possibles", nothing: "Aucun fait ne répond à ces filtres.",
    choose: "Choisissez un fait sur la carte, la frise ou dans la liste.", unlocated: "sans lieu", near: "à environ",
    timelineHelp: "Les faits dans le temps. Glisser pour choisir une période ; molette ou plus et moins pour agrandir ; flèches pour se déplacer ; Échap pour effacer.",
    leftOut: "Laissés hors de cette page pour qu'elle reste utilisable :", asserted: "affirmé", reported: "rapporté", denied: "démenti",
    possible: "possible", planned: "prévu", toward: "vers", offline: "Cette page fonctionne sans réseau.",
    conflict: "Conflit", justice: "Justice et crime", disaster: "Accident et catastrophe", movement: "Déplacements",
    protest: "Contestation", politics: "Politique", economy: "Économie et science", culture: "Sport, culture, vie", other: "Autre",
  },
};
const lang = (navigator.language || "en").toLowerCase().startsWith("fr") ? "fr" : "en";
const say = (key) => WORDS[lang][key] ?? key;

// One element, its text and attributes set as text: nothing from the data is ever read as markup.
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined && value !== null) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== undefined && child !== null));
  return element;
}
const $ = (id) => document.getElementById(id);

function translate() {
  document.documentElement.lang = lang;
  for (const element of document.querySelectorAll("[data-i18n]")) element.textContent = say(element.dataset.i18n);
  for (const element of document.querySelectorAll("[data-i18n-label]")) element.setAttribute("aria-label", say(element.dataset.i18nLabel));
}
