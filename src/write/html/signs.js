// Signs of kinds and statuses. The colours come with the data; the program's pictures use the same.
const GROUP = new Map(DATA.groups.flatMap((group) => group.types.map((type) => [type, group])));
const groupOf = (event) => GROUP.get(event.event_type) ?? DATA.groups.at(-1);
const colourOf = (event) => groupOf(event).colour;

// Asserted and reported are filled; planned is dashed, possible dotted, denied crossed out.
const DASHES = { planned: [4, 2.5], possible: [1.5, 2], denied: [] };
const isFilled = (event) => event.status === "asserted" || event.status === "reported";
// Colours of the style sheet, asked for once: the answer costs a layout, and pictures need it for every line.
let palette = new Map();
function css(name) {
  if (!palette.has(name)) palette.set(name, getComputedStyle(document.documentElement).getPropertyValue(name).trim());
  return palette.get(name);
}
function forgetColours() { palette = new Map(); }

function svg(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}
// A round sign of one happening; its border is ink where the colour alone would be pale on the ground.
function dot(colour, status = "asserted", size = 14) {
  const filled = isFilled({ status }), middle = size / 2;
  const parts = [svg("circle", { cx: middle, cy: middle, r: middle - 2, fill: filled ? colour : "var(--ground)", stroke: filled ? "var(--rim)" : colour, "stroke-width": filled ? 1 : 2, "stroke-dasharray": (DASHES[status] ?? []).join(" ") || "none" })];
  if (status === "denied") parts.push(svg("path", { d: `M3 3L${size - 3} ${size - 3}M${size - 3} 3L3 ${size - 3}`, stroke: colour, "stroke-width": 2 }));
  return svg("svg", { width: size, height: size, viewBox: `0 0 ${size} ${size}`, "aria-hidden": "true", class: "dot" }, ...parts);
}
// Several happenings: a ring whose parts are their kinds, around their number. One element, for there may be
// hundreds, and they are drawn anew with every step of a period.
function ring(events) {
  const shares = new Map();
  for (const event of events) shares.set(colourOf(event), (shares.get(colourOf(event)) ?? 0) + 1);
  let at = 0;
  const parts = [...shares].sort((a, b) => b[1] - a[1]).map(([colour, share]) => {
    const from = at;
    at += share / events.length;
    return `${colour} ${from}turn ${at}turn`;
  });
  const element = make("span", { class: "ring" }, events.length > 9999 ? `${Math.round(events.length / 1000)}k` : String(events.length));
  element.style.backgroundImage = `radial-gradient(closest-side, var(--ground) calc(100% - 7px), transparent calc(100% - 6px)), conic-gradient(${parts.join(", ")})`;
  return element;
}
function statusBadge(event) { return event.status === "asserted" ? null : make("span", { class: `status ${event.status}` }, say(event.status)); }

function drawLegend() {
  const used = new Set(DATED.map(groupOf)), statuses = new Set(DATED.map((event) => event.status));
  $("legend").replaceChildren(
    ...DATA.groups.filter((group) => used.has(group)).map((group) => make("li", {}, dot(group.colour), say(group.word))),
    ...["planned", "possible", "denied"].filter((status) => statuses.has(status)).map((status) => make("li", {}, dot("var(--ink)", status), say(status))),
  );
}
