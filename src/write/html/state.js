// The data, the filters, what is chosen; and the URL fragment that keeps them.
const DATA = JSON.parse($("data").textContent);

// Civil times are read as UTC, so that no time zone moves them.
function instant(text) {
  const [year, month, day, hour = 0, minute = 0, second = 0] = text.split(/[-T:]/).map(Number);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  return date.getTime();
}
// An event is a row of the schema's columns, and what only this page shows.
for (const [index, event] of DATA.events.entries()) {
  DATA.columns.forEach((column, i) => { event[column] = event.row[i]; });
  event.index = index;
  event.dated = event.start_time !== null;
  event.from = event.dated ? instant(event.start_time) : null;
  event.to = event.dated ? instant(event.end_time) : null;
  event.onMap = event.dated && event.latitude !== null;
  event.search = [event.title, event.place, event.place_en, event.actors, event.attribution, event.description, event.event_type, code(event.event_type)]
    .filter(Boolean).join(" ").toLowerCase();
}
const DATED = DATA.events.filter((event) => event.dated), UNDATED = DATA.events.filter((event) => !event.dated);
const INDEX = new Map(DATA.events.map((event, index) => [event.id, index]));
const DAY = 86400000;
const SPAN = DATED.reduce(([a, b], e) => [Math.min(a, e.from), Math.max(b, e.to)], [Infinity, -Infinity]);
if (!DATED.length) SPAN.splice(0, 2, 0, DAY);
const FILTERS = { text: "", type: "", status: "", place: "", publisher: "", confidence: 0, from: null, to: null };
const state = { filters: { ...FILTERS }, matching: [], shown: [], undated: [], chosen: null, lit: new Set() };
const listeners = [];
const onChange = (listener) => listeners.push(listener);

// Everything but the period; `passes` with it. Undated happenings are in no period.
function matches(event, filters, words) {
  return (!words || event.search.includes(words))
    && (!filters.type || event.event_type === filters.type)
    && (!filters.status || event.status === filters.status)
    && (!filters.place || event.place === filters.place)
    && (!filters.publisher || event.publisher === filters.publisher)
    && event.confidence * 100 >= filters.confidence;
}
const within = (event, { from, to }) => from === null || (event.to >= from && event.from <= to);

// Choosing a period asks the other filters nothing anew.
let matchedFor = "";
function refreshShown() {
  const words = state.filters.text.toLowerCase(), key = JSON.stringify({ ...state.filters, from: null, to: null });
  if (key !== matchedFor) {
    matchedFor = key;
    state.matching = DATED.filter((event) => matches(event, state.filters, words));
    state.undated = UNDATED.filter((event) => matches(event, state.filters, words));
  }
  state.shown = state.filters.from === null ? state.matching : state.matching.filter((event) => within(event, state.filters));
}
function refresh(what = "filters") {
  if (what === "filters") refreshShown();
  for (const listener of listeners) listener(what);
  if (what !== "lit") keepInUrl();
}
function filter(change) { Object.assign(state.filters, change); refresh(); }
function choose(index) { state.chosen = index; refresh("chosen"); }
// Happenings under the pointer or with the focus.
function light(...indexes) {
  if (indexes.length === state.lit.size && indexes.every((index) => state.lit.has(index))) return;
  state.lit = new Set(indexes);
  refresh("lit");
}
const isLit = (event) => event.index === state.chosen || state.lit.has(event.index);

let urlTimer = 0;
function keepInUrl() {
  clearTimeout(urlTimer);
  urlTimer = setTimeout(() => {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(state.filters)) {
      if (value !== FILTERS[name]) query.set(name, name === "from" || name === "to" ? new Date(value).toISOString().slice(0, 19) : value);
    }
    if (state.chosen !== null) query.set("event", DATA.events[state.chosen].id);
    history.replaceState(null, "", query.size ? `#${query}` : location.pathname + location.search);
  }, 80);
}
function restoreFromUrl() {
  const query = new URLSearchParams(location.hash.slice(1));
  const filters = { ...FILTERS };
  for (const name of Object.keys(FILTERS)) {
    if (!query.has(name)) continue;
    const value = query.get(name);
    if (name === "confidence") filters[name] = Math.min(Math.max(Number(value) || 0, 0), 100);
    else if (name === "from" || name === "to") filters[name] = /^\d{4}-\d\d-\d\d/.test(value) ? instant(value) : null;
    else filters[name] = value;
  }
  if (!(filters.from <= filters.to) || filters.from === null || filters.to === null) filters.from = filters.to = null;
  state.filters = filters;
  state.chosen = INDEX.get(query.get("event")) ?? null;
}
