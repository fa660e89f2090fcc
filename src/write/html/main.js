// Puts the views together.
function options(id, values, labels = (v) => v) {
  $(id).replaceChildren(make("option", { value: "" }, say("any")), ...values.map((v) => make("option", { value: v }, labels(v))));
}
function showFilters() {
  const { filters } = state;
  $("f-text").value = filters.text; $("f-type").value = filters.type; $("f-status").value = filters.status;
  $("f-place").value = filters.place; $("f-publisher").value = filters.publisher;
  $("f-confidence").value = filters.confidence; $("f-confidence-out").textContent = `${filters.confidence} %`;
}
function start() {
  translate();
  const distinct = (values) => [...new Set(values.filter(Boolean))].sort((a, b) => a.localeCompare(b, lang));
  $("title").textContent = document.title;
  options("f-type", distinct(DATA.events.map((e) => e.type)));
  options("f-status", distinct(DATA.events.map((e) => e.status)), say);
  options("f-place", distinct(DATA.events.map((e) => e.place)));
  options("f-publisher", distinct(DATA.articles.map((a) => a.publisher)));
  $("article").replaceChildren(...DATA.articles.map((a, i) => make("option", { value: i }, a.title || a.id)));
  for (const name of ["text", "type", "status", "place", "publisher"]) $(`f-${name}`).oninput = (e) => { listed = PAGE; filter({ [name]: e.target.value }); };
  $("f-confidence").oninput = (e) => filter({ confidence: Number(e.target.value) });
  $("filters").onsubmit = (e) => e.preventDefault();
  $("reset").onclick = () => filter({ ...FILTERS });
  $("more").onclick = () => { listed += PAGE; drawList(); };
  $("article").onchange = (e) => { drawArticle(Number(e.target.value)); drawLitText(false); };
  $("export-csv").onclick = () => download("timeline.csv", "text/csv;charset=utf-8", exportCsv());
  $("export-geojson").onclick = () => download("events.geojson", "application/geo+json", exportGeojson());
  $("footer").textContent = `${DATA.attribution} · ${say("offline")}`;
  restoreFromUrl();
  state.shown = DATA.events.filter((event) => passes(event, state.filters));
  drawMap(); drawTimelineFirst(); drawUndated();
  onChange((what) => {
    if (what === "filters") { showFilters(); drawList(); }
    if (what === "chosen") { drawCard(); drawLitRow(); drawLitText(true); }
    if (what === "lit") { drawLitRow(); drawLitText(false); }
  });
  drawArticle(state.chosen === null ? 0 : DATA.events[state.chosen].doc);
  showFilters(); drawList(); drawCard(); drawLitText(true);
  addEventListener("hashchange", () => { restoreFromUrl(); refresh(); refresh("chosen"); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => location.reload());
}
start();
