// The data, the filters, what is chosen; and the URL fragment that keeps them.
const DATA = JSON.parse($("data").textContent);

// Civil times are read as UTC, so that no time zone moves them.
function instant(text) {
  const [, year, month, day, hour = 0, minute = 0, second = 0] = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d))?/.exec(text).map((v) => v ?? undefined);
  const date = new Date(0);
  date.setUTCFullYear(+year, month - 1, +day);
  date.setUTCHours(+hour, +minute, +second);
  return date.getTime();
}
// An event is a row of the schema's columns, and what only this page shows.
function named(event) {
  DATA.columns.forEach((column, i) => { event[column] = event.row[i]; });
  Object.assign(event, { start: event.start_time, end: event.end_time, precision: event.date_precision, type: event.event_type, lat: event.latitude, lon: event.longitude, radius: event.place_radius_m });
}
for (const [index, event] of DATA.events.entries()) {
  named(event);
  event.index = index;
  event.from = instant(event.start);
  event.to = instant(event.end);
  event.search = [event.title, event.place, event.actors, event.description, event.type].filter(Boolean).join(" ").toLowerCase();
}
const INDEX = new Map(DATA.events.map((event, index) => [event.id, index]));
const SPAN = DATA.events.reduce(([a, b], e) => [Math.min(a, e.from), Math.max(b, e.to)], [Infinity, -Infinity]);
if (!DATA.events.length) SPAN.splice(0, 2, 0, 86400000);
const FILTERS = { text: "", type: "", status: "", place: "", publisher: "", confidence: 0, from: null, to: null };
const state = { filters: { ...FILTERS }, shown: [], chosen: null, lit: null };
const listeners = [];
const onChange = (listener) => listeners.push(listener);

function passes(event, filters, withTime = true) {
  const publisher = DATA.articles[event.doc]?.publisher ?? "";
  return (!filters.text || event.search.includes(filters.text.toLowerCase()))
    && (!filters.type || event.type === filters.type)
    && (!filters.status || event.status === filters.status)
    && (!filters.place || event.place === filters.place)
    && (!filters.publisher || publisher === filters.publisher)
    && event.confidence * 100 >= filters.confidence
    && (!withTime || filters.from === null || (event.to >= filters.from && event.from <= filters.to));
}

function refresh(what = "filters") {
  if (what === "filters") state.shown = DATA.events.filter((event) => passes(event, state.filters));
  for (const listener of listeners) listener(what);
  if (what !== "lit") keepInUrl();
}
function filter(change) { Object.assign(state.filters, change); refresh(); }
function choose(index) { state.chosen = index; refresh("chosen"); }
function light(index) { if (state.lit !== index) { state.lit = index; refresh("lit"); } }

let urlTimer = 0;
function keepInUrl() {
  clearTimeout(urlTimer);
  urlTimer = setTimeout(() => {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(state.filters)) if (value !== FILTERS[name]) query.set(name, value);
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
    filters[name] = ["confidence", "from", "to"].includes(name) ? Number(value) : value;
    if (Number.isNaN(filters[name])) filters[name] = FILTERS[name];
  }
  if (filters.from === null || filters.to === null) filters.from = filters.to = null;
  state.filters = filters;
  const chosen = DATA.events.findIndex((event) => event.id === query.get("event"));
  state.chosen = chosen < 0 ? null : chosen;
}
