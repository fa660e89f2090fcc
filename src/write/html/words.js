// The interface in French and English, chosen by the browser's language; and how elements are made.
const WORDS = {
  en: {
    skip: "Go to the list of happenings", filters: "Filters", search: "Search", type: "Type", status: "Status", place: "Place",
    publisher: "Publisher", confidence: "Confidence from", reset: "Clear filters", map: "Map", timeline: "Timeline",
    from: "From", to: "To", all: "Show all", zoomIn: "Zoom in", zoomOut: "Zoom out", happenings: "Happenings", more: "Show more",
    detail: "Detail", articles: "Text", article: "Article", play: "Play", pause: "Pause", any: "all", close: "Close",
    happening: ["happening", "happenings"], articleCount: ["article", "articles"], filtered: "of", undated: "Without a date",
    unlocatedCount: ["happening without a place is not on the map", "happenings without a place are not on the map"],
    when: "When", where: "Where", who: "Who", howMany: "How many", says: "Who says so", sure: "Confidence", source: "Source",
    toll: "Toll", killed: "dead", injured: "injured", displaced: "displaced", path: "Path", told: "Told",
    times: ["time", "times"], publishers: ["publisher", "publishers"], alsoIn: "also in", published: "published",
    words: "in the words", why: "Why this time, this place, this confidence", others: "Other places of that name",
    rules: "Rules that read the time", placeWhy: "What spoke for the place", shares: "What made up the confidence",
    edtf: "Interval (EDTF)", coordinates: "Coordinates", evidence: "Evidence",
    nothing: "Nothing matches these filters.", none: "No happening with a date was found.", noPoints: "No happening here has a place.",
    choose: "Choose a happening on the map, on the timeline, in the list or in the text.",
    unlocated: "no place", near: "within", noDate: "no date in the text", before: "earlier", after: "later",
    timelineHelp: "Happenings in time. Left and right arrows go from one to the next, Enter chooses, plus and minus zoom, Shift with arrows moves, Escape clears the period. The two sliders above choose a period.",
    timelineHint: "Drag to choose a period; Ctrl and wheel, or two fingers, to zoom.",
    mapHelp: "Map of the happenings. In it, arrow keys go from sign to sign, Enter chooses.",
    hereMore: "several here: press again for the next", period: "Period", legend: "Legend",
    leftOut: "Left out of this page to keep it usable:", noText: "The text of this article was left out of this page.",
    asserted: "asserted", reported: "reported", denied: "denied", possible: "possible", planned: "planned",
    certain: "certain", uncertain: "uncertain", radius: "how far the point may be off", trigger: "happening", time: "time", placeMark: "place",
    tooOld: "This browser is too old to show this page.", offline: "Made with dateline. This page works without a network.", export: "Save as",
    outlines: "Outlines: Natural Earth", credit: "GeoNames CC BY 4.0 · Natural Earth", groups: "Kind",
    conflict: "Conflict", justice: "Justice and crime", disaster: "Accident and disaster", movement: "People on the move",
    protest: "Protest", politics: "Politics", economy: "Economy and science", culture: "Sport, culture, life", other: "Other",
  },
  fr: {
    skip: "Aller à la liste des événements", filters: "Filtres", search: "Chercher", type: "Type", status: "Statut", place: "Lieu",
    publisher: "Éditeur", confidence: "Confiance à partir de", reset: "Effacer les filtres", map: "Carte", timeline: "Frise",
    from: "De", to: "À", all: "Tout voir", zoomIn: "Agrandir", zoomOut: "Réduire", happenings: "Événements", more: "Voir la suite",
    detail: "Détail", articles: "Texte", article: "Article", play: "Lecture", pause: "Pause", any: "tous", close: "Fermer",
    happening: ["événement", "événements"], articleCount: ["article", "articles"], filtered: "sur", undated: "Sans date",
    unlocatedCount: ["événement sans lieu n'est pas sur la carte", "événements sans lieu ne sont pas sur la carte"],
    when: "Quand", where: "Où", who: "Qui", howMany: "Combien", says: "Qui le dit", sure: "Confiance", source: "Source",
    toll: "Bilan", killed: "morts", injured: "blessés", displaced: "déplacés", path: "Trajet", told: "Raconté",
    times: ["fois", "fois"], publishers: ["éditeur", "éditeurs"], alsoIn: "aussi dans", published: "paru le",
    words: "dans les mots", why: "Pourquoi ce moment, ce lieu, cette confiance", others: "Autres lieux de ce nom",
    rules: "Règles qui ont lu le moment", placeWhy: "Ce qui parlait pour le lieu", shares: "Ce qui a fait la confiance",
    edtf: "Intervalle (EDTF)", coordinates: "Coordonnées", evidence: "Preuve",
    nothing: "Aucun événement ne répond à ces filtres.", none: "Aucun événement daté n'a été trouvé.", noPoints: "Aucun événement ici n'a de lieu.",
    choose: "Choisissez un événement sur la carte, sur la frise, dans la liste ou dans le texte.",
    unlocated: "sans lieu", near: "à moins de", noDate: "pas de date dans le texte", before: "avant", after: "après",
    timelineHelp: "Les événements dans le temps. Flèches gauche et droite : de l'un à l'autre ; Entrée : choisir ; plus et moins : agrandir, réduire ; Majuscule et flèches : se déplacer ; Échap : effacer la période. Les deux curseurs au-dessus choisissent une période.",
    timelineHint: "Glisser pour choisir une période ; Ctrl et molette, ou deux doigts, pour agrandir.",
    mapHelp: "Carte des événements. Flèches : d'un signe à l'autre ; Entrée : choisir.",
    hereMore: "plusieurs ici : encore une fois pour le suivant", period: "Période", legend: "Légende",
    leftOut: "Laissés hors de cette page pour qu'elle reste utilisable :", noText: "Le texte de cet article a été laissé hors de cette page.",
    asserted: "affirmé", reported: "rapporté", denied: "démenti", possible: "possible", planned: "prévu",
    certain: "certain", uncertain: "incertain", radius: "écart possible du point", trigger: "événement", time: "moment", placeMark: "lieu",
    tooOld: "Ce navigateur est trop ancien pour montrer cette page.", offline: "Fait avec dateline. Cette page fonctionne sans réseau.", export: "Enregistrer en",
    outlines: "Contours : Natural Earth", credit: "GeoNames CC BY 4.0 · Natural Earth", groups: "Nature",
    conflict: "Conflit", justice: "Justice et crime", disaster: "Accident et catastrophe", movement: "Déplacements",
    protest: "Contestation", politics: "Politique", economy: "Économie et science", culture: "Sport, culture, vie", other: "Autre",
  },
};
// The closed lists of the schema in words: event types, precisions, how a date was found, kinds of places.
const CODES = {
  en: { killing: "deaths", strike: "strike, shelling", walkout: "walkout", other: "other", day_carried: "day carried over",
    explicit: "said in the text", announcement: "day of the report", inferred: "carried over from the story", publication: "day of publication",
    exact: "the place itself", area: "the middle of an area", derived: "computed from another place", containing: "something that holds the place",
    high: "sure", medium: "fairly sure", low: "unsure", at_least: "at least", about: "about", at_most: "at most",
    admin1: "first division", admin2: "second division", part_of_day: "part of day", open: "open end" },
  fr: { battle: "combats", attack: "attaque", strike: "frappe, bombardement", capture: "prise", ceasefire: "cessez-le-feu", military: "mouvement de troupes",
    abduction: "enlèvement", arrest: "arrestation", release: "libération", trial: "procès, enquête", crime: "crime", killing: "morts", accident: "accident",
    disaster: "catastrophe", fire: "incendie", weather: "intempéries", health: "santé", displacement: "déplacement de population", movement: "mouvement",
    aid: "aide", protest: "manifestation", riot: "émeute", walkout: "grève", election: "élection", politics: "politique", diplomacy: "diplomatie",
    agreement: "accord", coercion: "contrainte", law: "loi", statement: "déclaration", economy: "économie", science: "science", technology: "technique",
    sport: "sport", culture: "culture", ceremony: "cérémonie", life: "vie", opening: "ouverture", closing: "fermeture", construction: "construction",
    other: "autre",
    explicit: "dit dans le texte", announcement: "jour de l'annonce", inferred: "repris du récit", publication: "jour de parution",
    exact: "le lieu même", area: "le milieu d'une étendue", derived: "calculé depuis un autre lieu", containing: "ce qui contient le lieu",
    high: "sûr", medium: "assez sûr", low: "peu sûr", at_least: "au moins", about: "environ", at_most: "au plus",
    second: "seconde", minute: "minute", hour: "heure", part_of_day: "partie du jour", day: "jour", weekend: "fin de semaine", week: "semaine", month: "mois",
    quarter: "trimestre", season: "saison", half: "semestre", year: "année", decade: "décennie", century: "siècle", range: "période", open: "fin ouverte",
    continent: "continent", country: "pays", admin1: "région", admin2: "subdivision", region: "région", city: "ville", district: "quartier", site: "site",
    street: "rue", island: "île", mountain: "montagne", river: "fleuve", lake: "lac", sea: "mer",
    "base": "départ", "time of its own": "moment dit avec l'événement", "day of the report": "jour de l'annonce", "day carried over": "jour repris du récit",
    "day of publication": "jour de parution", "no time": "pas de moment", "place of its own": "lieu dit avec l'événement", "place carried over": "lieu repris du récit",
    "place from around": "lieu des environs du texte", "no place": "pas de lieu", "place name": "sûreté du nom de lieu", "strong word": "mot fort",
    "verb with a time": "verbe avec un moment", "noun": "nom", "not asserted": "non affirmé", "told early": "raconté au début",
    "told late": "raconté à la fin", "result": "conséquence", "numbers differ": "les nombres diffèrent", "date without a year": "date sans année",
    "counted from the narration": "compté depuis le récit", "stamp of the paragraph": "heure en tête du paragraphe",
    "place from the sentence": "lieu de la phrase", "country of the story": "pays du récit", "planned": "prévu",
    "noun with an empty verb": "nom avec un verbe vide", "place of the dateline or heading": "lieu de l'en-tête",
    "place without a point": "lieu sans point" },
};
const lang = (navigator.language || "en").toLowerCase().startsWith("fr") ? "fr" : "en";
const say = (key) => WORDS[lang][key] ?? key;
const code = (key) => CODES[lang][key] ?? (key ?? "").replaceAll("_", " ");
const number = new Intl.NumberFormat(lang);
const counted = (count, key) => `${number.format(count)} ${say(key)[count > 1 ? 1 : lang === "en" && count === 0 ? 1 : 0]}`;

// Controls that turn the direction of what follows are shown by their numbers: they could make words lie.
const TURNS = /[\u202a-\u202e\u2066-\u2069]/g;
const plain = (text) => String(text).replace(TURNS, (c) => `[U+${c.charCodeAt(0).toString(16).toUpperCase()}]`);

// One element, its text and attributes set as text: nothing from the data is ever read as markup.
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined && value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
  element.append(...children.filter((child) => child !== undefined && child !== null && child !== false).map((child) => (child instanceof Node ? child : plain(child))));
  return element;
}
const $ = (id) => document.getElementById(id);

function translate() {
  document.documentElement.lang = lang;
  for (const element of document.querySelectorAll("[data-i18n]")) element.textContent = say(element.dataset.i18n);
  for (const element of document.querySelectorAll("[data-i18n-label]")) element.setAttribute("aria-label", say(element.dataset.i18nLabel));
}

// Arrow keys go from one element to the next inside a view, which is one stop of the Tab key.
function rove(view, selector) {
  const all = () => [...view.querySelectorAll(selector)];
  view.addEventListener("keydown", (e) => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1, Home: -Infinity, End: Infinity }[e.key];
    const items = step && !e.ctrlKey && !e.altKey && !e.metaKey ? all() : [], at = items.indexOf(e.target.closest(selector));
    if (at < 0) return;
    e.preventDefault();
    e.stopPropagation();
    items[Math.min(Math.max(at + step, 0), items.length - 1)].focus();
  }, true);
  view.addEventListener("focusin", (e) => {
    const own = e.target.closest(selector);
    if (own) for (const item of all()) item.tabIndex = item === own ? 0 : -1;
  });
  return () => all().forEach((item, i) => { item.tabIndex = i ? -1 : 0; });
}
