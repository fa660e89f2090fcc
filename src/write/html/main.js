// Puts the views together.
function options(id, values, labels = (value) => value) {
  $(id).replaceChildren(make("option", { value: "" }, say("any")), ...values.map((value) => make("option", { value }, labels(value))));
  $(id).closest("label").hidden = values.length < 2;
}
function showFilters() {
  const { filters } = state;
  for (const name of ["text", "type", "status", "place", "publisher", "confidence"]) $(`f-${name}`).value = filters[name];
  $("f-confidence-out").textContent = `${filters.confidence} %`;
  $("reset").hidden = Object.keys(FILTERS).every((name) => filters[name] === FILTERS[name]);
}
function showHeading() {
  const { articles } = DATA, [article] = articles;
  if (articles.length === 1) {
    $("title").replaceChildren(make("bdi", {}, article.title || article.id));
    $("about-all").textContent = plain([article.publisher, article.published && SPANS.format(instant(article.published))].filter(Boolean).join(" · "));
  } else {
    const publishers = new Set(articles.map((a) => a.publisher).filter(Boolean)).size;
    $("title").textContent = `${counted(articles.length, "articleCount")}${DATED.length ? `, ${range(SPANS, SPAN[0], SPAN[1])}` : ""}`;
    $("about-all").textContent = publishers > 1 ? counted(publishers, "publishers") : "";
  }
}
async function start() {
  translate();
  try { await unpackAll(); } catch { $("title").textContent = say("tooOld"); return; }
  const distinct = (values, label = (value) => value) => [...new Set(values.filter(Boolean))].sort((a, b) => label(a).localeCompare(label(b), lang));
  options("f-type", distinct(DATA.events.map((e) => e.event_type), code), code);
  options("f-status", distinct(DATA.events.map((e) => e.status), say), say);
  options("f-place", distinct(DATA.events.map((e) => e.place)));
  options("f-publisher", distinct(DATA.events.map((e) => e.publisher)));
  for (const name of ["text", "type", "status", "place", "publisher"]) $(`f-${name}`).oninput = (e) => { listed = PAGE; filter({ [name]: e.target.value }); };
  $("f-confidence").oninput = (e) => { listed = PAGE; filter({ confidence: Number(e.target.value) }); };
  $("filters").onsubmit = (e) => e.preventDefault();
  $("reset").onclick = () => filter({ ...FILTERS });
  $("close").onclick = () => { const index = state.chosen; choose(null); $("list-panel").querySelector(`.row[data-index="${index}"]`)?.focus(); };
  $("export-csv").onclick = () => download("timeline.csv", "text/csv;charset=utf-8", exportCsv());
  $("export-geojson").onclick = () => download("events.geojson", "application/geo+json", exportGeojson());
  $("footer").textContent = `${plain(DATA.metadata.attribution)} · ${say("outlines")} · ${say("offline")}`;
  $("filter-box").open = innerWidth > 800;
  showHeading();
  restoreFromUrl();
  refreshShown();
  drawListFirst(); drawTextFirst(); drawMap(); drawTimelineFirst();
  onChange((what) => {
    if (what === "filters") { showFilters(); drawList(); }
    if (what === "chosen") { drawCard(); drawLitRow(); drawLitText(true); bringRowIntoView(); bringTimeIntoView(DATA.events[state.chosen] ?? {}); }
    if (what === "lit") { drawLitRow(); drawLitText(false); }
  });
  drawArticle(DATA.events[state.chosen]?.doc ?? 0);
  showFilters(); drawList(); drawCard(); drawLitText(true); bringRowIntoView();
  addEventListener("hashchange", () => { restoreFromUrl(); refresh(); refresh("chosen"); });
  const repaint = () => { forgetColours(); redrawMap(); drawSoon(); };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
  // Paper is light, and holds the whole list.
  const paper = (on) => () => {
    document.documentElement.classList.toggle("paper", on);
    listed = on ? Infinity : PAGE;
    forgetColours();
    drawList(); mapOnPaper(on); drawTimeline(); drawStrip();
  };
  addEventListener("beforeprint", paper(true));
  addEventListener("afterprint", paper(false));
}
start();
