// The detail card: everything that is known of one happening, and why.

// Only web addresses become links; anything else is shown as text.
function link(url, words = url) {
  return /^https?:\/\//i.test(url ?? "") ? make("a", { href: url, rel: "noopener noreferrer" }, words) : make("bdi", {}, words ?? "");
}
const quoted = (words) => words && make("span", {}, ...(lang === "fr" ? ["«\u00a0", make("bdi", {}, words), "\u00a0»"] : ["“", make("bdi", {}, words), "”"]));
const part = (...children) => make("span", { class: "part" }, ...children);

function drawCard() {
  const event = DATA.events[state.chosen];
  $("card-panel").classList.toggle("empty", !event);
  $("close").hidden = !event;
  if (!event) { $("card").replaceChildren(make("p", { class: "hint" }, say("choose"))); return; }
  const article = DATA.articles[event.doc] ?? {};
  const rows = [];
  const add = (name, ...values) => { const kept = values.filter(Boolean); if (kept.length) rows.push(make("dt", {}, say(name)), make("dd", {}, ...kept.map((value) => part(value)))); };

  add("when", make("strong", {}, when(event)), event.utc_offset, event.dated && `${code(event.date_precision)} · ${code(event.date_basis)}`, quoted(event.date_text));
  const larger = [event.admin2, event.admin1, event.country && countryName(event.country)].filter((name, i, all) => name && name !== event.place && all.indexOf(name) === i).join(", ");
  const km = event.place_radius_m === null ? null : event.place_radius_m < 10000 ? number.format(Math.round(event.place_radius_m / 100) / 10) : number.format(Math.round(event.place_radius_m / 1000));
  add("where", make("strong", {}, event.place ? make("bdi", {}, event.place) : say("unlocated")), larger && make("bdi", {}, larger),
    event.place_type && [code(event.place_type), code(event.place_precision), km && `${say("near")} ${km} km`, code(event.place_certainty)].filter(Boolean).join(" · "),
    event.place_text && event.place_text !== event.place && quoted(event.place_text));
  if (event.origin || event.destination) add("path", make("bdi", {}, [event.origin ?? "?", event.destination ?? "?"].join(" → ")));
  add("who", event.actors && make("bdi", {}, event.actors));
  const main = event.count_value !== null && `${event.count_qualifier && event.count_qualifier !== "exact" ? `${code(event.count_qualifier)} ` : ""}${number.format(event.count_value)}${event.count_max !== null ? `–${number.format(event.count_max)}` : ""} ${event.count_unit ?? ""}`.trim();
  add("howMany", event.counts && quoted(event.counts), main);
  add("toll", ["killed", "injured", "displaced"].filter((name) => event[name] !== null).map((name) => `${number.format(event[name])} ${say(name)}`).join(" · "));
  add("says", event.attribution && make("bdi", {}, event.attribution));
  const share = Math.round(event.confidence * 100);
  add("sure", make("span", {}, meter(share), ` ${share} %`));
  if (event.mentions > 1 || event.tellings) add("told", [counted(event.mentions ?? 1, "times"), event.sources > 1 && counted(event.sources, "publishers")].filter(Boolean).join(" · "),
    ...(event.tellings ?? []).map(([name, url]) => make("span", {}, `${say("alsoIn")} `, link(url, name))));
  add("source", make("bdi", {}, article.title || article.id || ""), [article.publisher, article.published && `${say("published")} ${SPANS.format(instant(article.published))}`].filter(Boolean).join(", "), article.url && link(article.url));

  $("card").replaceChildren(
    make("h3", {}, make("bdi", {}, event.title)),
    make("p", { class: "kinds" }, dot(colourOf(event), event.status), ` ${code(event.event_type)} `, make("span", { class: `status ${event.status}` }, say(event.status))),
    make("blockquote", {}, event.description), make("dl", {}, ...rows), reasons(event));
}
function meter(share) {
  const bar = svg("svg", { width: 60, height: 10, viewBox: "0 0 60 10", "aria-hidden": "true", class: "meter" });
  bar.append(svg("rect", { x: 0.5, y: 0.5, width: 59, height: 9, fill: "none", stroke: "var(--line)" }), svg("rect", { x: 1, y: 1, width: 58 * share / 100, height: 8, fill: "var(--quiet)" }));
  return bar;
}
// What led here; for those who check.
function reasons(event) {
  const rows = [], add = (name, value) => { if (value) rows.push(make("dt", {}, say(name)), make("dd", {}, value)); };
  add("edtf", event.date_edtf && make("code", {}, event.date_edtf));
  add("rules", event.date_rule);
  add("coordinates", event.latitude !== null && `${event.latitude}, ${event.longitude}${event.place_id ? ` · ${event.place_id}` : ""}`);
  add("placeWhy", event.place_reasons?.join(" · ").replaceAll("_", " "));
  add("others", event.others?.length && make("ul", {}, ...event.others.map((label) => make("li", {}, make("bdi", {}, label)))));
  add("shares", event.reasons?.map(([name, share]) => `${code(name)} ${share >= 0 ? "+" : "−"}${Math.abs(share).toFixed(2)}`).join(" · "));
  const box = make("details", { class: "why" }, make("summary", {}, say("why")), make("dl", {}, ...rows));
  box.open = reasonsOpen;
  box.addEventListener("toggle", () => { reasonsOpen = box.open; });
  return box;
}
let reasonsOpen = false;
const COUNTRY_NAMES = new Intl.DisplayNames([lang], { type: "region", fallback: "code" });
function countryName(two) { return /^[A-Z]{2}$/.test(two) ? COUNTRY_NAMES.of(two) : two; }
