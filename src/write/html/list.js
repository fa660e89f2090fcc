// The list, the detail card, the articles with their marks, and what is exported.
const PAGE = 100;
let listed = PAGE;

// The interval in words a person reads, no finer than it is known.
function when(event) {
  const fine = ["second", "minute", "hour"].includes(event.precision);
  const show = fine ? clock : ["month", "quarter", "season", "half"].includes(event.precision) ? month : day;
  if (["year", "decade", "century"].includes(event.precision)) {
    const [a, b] = [event.start.slice(0, 4), event.end.slice(0, 4)].map(Number);
    return a === b ? `${a}` : `${a} – ${b}`;
  }
  const [a, b] = [show(event.from), show(event.to)];
  return a === b || fine ? a : `${a} – ${b}`;
}
function statusBadge(event) { return event.status === "asserted" ? null : make("span", { class: `status ${event.status}` }, say(event.status)); }

function drawList() {
  const list = $("list");
  list.replaceChildren(...state.shown.slice(0, listed).map((event) => {
    const button = make("button", { type: "button", "data-index": event.index },
      make("span", { class: "when" }, when(event)),
      make("span", {}, event.title, statusBadge(event)),
      make("span", { class: "where" }, event.place || say("unlocated")));
    button.onclick = () => choose(event.index);
    button.onmouseenter = button.onfocus = () => light(event.index);
    button.onmouseleave = button.onblur = () => light(null);
    return make("li", {}, button);
  }));
  if (!state.shown.length) list.append(make("li", {}, say("nothing")));
  $("more").hidden = state.shown.length <= listed;
  $("summary").textContent = `${state.shown.length} ${say("of")} ${DATA.events.length} ${say("shown")}` + (DATA.left_out ? ` · ${say("leftOut")} ${DATA.left_out}` : "");
  drawLitRow();
}
function drawLitRow() {
  for (const button of $("list").querySelectorAll("button")) {
    const index = Number(button.dataset.index);
    button.classList.toggle("lit", index === state.lit || index === state.chosen);
    button.toggleAttribute("aria-current", index === state.chosen);
  }
}
function drawUndated() {
  const box = $("undated");
  box.hidden = !DATA.undated.length;
  box.querySelector("summary").textContent = `${say("undated")} (${DATA.undated.length})`;
  box.querySelector("ol").replaceChildren(...DATA.undated.slice(0, 500).map((event) => make("li", {}, event.title, statusBadge(event), event.place ? ` — ${event.place}` : "")));
}

// Only web addresses become links; anything else is shown as text.
function link(url) {
  return /^https?:\/\//i.test(url ?? "") ? make("a", { href: url, rel: "noopener noreferrer" }, url) : document.createTextNode(url ?? "");
}
function drawCard() {
  const event = DATA.events[state.chosen];
  if (!event) { $("card").replaceChildren(make("p", {}, say("choose"))); return; }
  const article = DATA.articles[event.doc] ?? {};
  const rows = [];
  const row = (name, ...values) => { const kept = values.filter(Boolean); if (kept.length) rows.push(make("dt", {}, say(name)), make("dd", {}, ...kept.flatMap((v, i) => i ? [make("br"), v] : [v]))); };
  row("when", when(event), event.date_text && `« ${event.date_text} »`, `${event.date_edtf} · ${event.date_basis} · ${event.date_rule}`);
  row("where", event.place || say("unlocated"), event.place_text && event.place_text !== event.place && `« ${event.place_text} »`,
    event.lat !== null && `${event.lat}, ${event.lon} · ${say("near")} ${Math.round(event.radius / 100) / 10} km · ${event.place_precision}`,
    event.place_reasons, event.candidates?.length > 1 && `${say("others")}: ${event.candidates.slice(1).join(" · ")}`);
  if (event.origin && event.destination) row("toward", `${event.origin} → ${event.destination}`);
  row("who", event.actors);
  row("howMany", event.counts);
  row("says", event.attribution);
  row("status", `${say(event.status)} · ${event.type}`);
  row("sure", `${Math.round(event.confidence * 100)} %`, event.reasons);
  row("source", article.title || article.id, article.publisher, article.url && link(article.url));
  const quote = make("blockquote", {}, event.description);
  $("card").replaceChildren(make("h3", {}, event.title), make("dl", {}, ...rows), quote);
}

let articleShown = -1;
function drawArticle(index) {
  const article = DATA.articles[index];
  articleShown = index;
  $("article").value = String(index);
  if (!article) { $("text").replaceChildren(); return; }
  const parts = [];
  let at = 0;
  for (const [start, end, kind, id] of article.marks) {
    const event = INDEX.get(id) ?? -1;
    parts.push(article.text.slice(at, start));
    const mark = make("mark", { class: kind, "data-event": event >= 0 ? event : null }, article.text.slice(start, end));
    if (event >= 0) { mark.onclick = () => choose(event); mark.onmouseenter = () => light(event); mark.onmouseleave = () => light(null); }
    parts.push(mark);
    at = end;
  }
  parts.push(article.text.slice(at));
  $("text").replaceChildren(...parts);
}
function drawLitText(scroll) {
  if (scroll && state.chosen !== null && DATA.events[state.chosen].doc !== articleShown) drawArticle(DATA.events[state.chosen].doc);
  let first = null;
  for (const mark of $("text").querySelectorAll("mark[data-event]")) {
    const event = Number(mark.dataset.event), on = event === state.lit || event === state.chosen;
    mark.classList.toggle("lit", on);
    if (on && event === state.chosen) first ??= mark;
  }
  if (scroll && first) $("text-panel").scrollTop = first.offsetTop - $("text-panel").offsetTop - 80;
}

function download(name, type, text) {
  const anchor = make("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(anchor.href), 1000);
}
// The rows of the CSV and the properties of the layer, as the program writes them.
function csvCell(value) {
  const text = value === null || value === undefined ? "" : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
function exportCsv() {
  const lines = [DATA.columns, ...state.shown.map((event) => event.row)].map((row) => row.map(csvCell).join(","));
  return `\ufeff${lines.join("\r\n")}\r\n`;
}
function exportGeojson() {
  const points = new Set(["latitude", "longitude"]);
  const features = state.shown.map((event) => ({
    type: "Feature", id: event.id,
    geometry: event.lat === null ? null : { type: "Point", coordinates: [event.lon, event.lat] },
    properties: Object.fromEntries(DATA.columns.map((column, i) => [column, event.row[i]]).filter(([column]) => !points.has(column))),
  }));
  return JSON.stringify({ type: "FeatureCollection", name: "events", attribution: DATA.attribution, features });
}
