// The map: signs of happenings with their doubt, movements as arrows, near ones united.
let namesTimer = 0, map, signLayer, doubtLayer, litLayer, groups = [], groupOn = new Map(), drawNames = () => {}, redrawLand = () => {};

function drawMap() {
  map = L.map("map", { preferCanvas: true, zoomSnap: 0.5, maxZoom: 13, attributionControl: false, zoomControl: false, scrollWheelZoom: false, keyboard: false, maxBounds: [[-85, -200], [85, 200]], maxBoundsViscosity: 1 });
  L.control.zoom({ zoomInTitle: say("zoomIn"), zoomOutTitle: say("zoomOut") }).addTo(map);
  L.control.attribution({ prefix: false, position: "bottomleft" }).addAttribution(say("credit")).addTo(map);
  // The wheel scrolls the page until the map is asked for.
  map.on("click", () => map.scrollWheelZoom.enable());
  $("map").addEventListener("mouseleave", () => map.scrollWheelZoom.disable());
  doubtLayer = L.layerGroup().addTo(map);
  litLayer = L.layerGroup().addTo(map);
  signLayer = L.layerGroup().addTo(map);
  wholeWorld();
  fit(DATED);
  drawNames = namesLayer(map, () => groups.map(({ events, at, size }) => ({ point: map.latLngToContainerPoint(at), radius: size / 2, name: placeOf(events) })));
  redrawLand = drawLand(map);
  map.on("zoomend moveend", drawSigns);
  map.on("resize", wholeWorld);
  onChange((what) => {
    if (what === "filters") drawSigns();
    if (what === "chosen") bringIntoView(DATA.events[state.chosen]);
    drawLit();
  });
  rove($("map"), ".sign");
  drawSigns(); drawLit(); drawLegend();
  $("fit").onclick = () => fit(state.shown.some((event) => event.onMap) ? state.shown : DATED);
}
// The world fills the width at the smallest zoom.
function wholeWorld() { map.setMinZoom(Math.max(0, Math.floor(Math.log2(map.getSize().x / 256) * 2) / 2)); }
function fit(events) {
  const points = events.filter((event) => event.onMap).flatMap((event) => [[event.latitude, event.longitude], ...(movement(event) ?? [])]);
  if (points.length) map.fitBounds(L.latLngBounds(points), { maxZoom: 8, padding: [48, 48], animate: false });
  else map.setView([25, 10], 2, { animate: false });
}
function bringIntoView(event) {
  if (event?.onMap && !map.getBounds().pad(-0.08).contains([event.latitude, event.longitude])) map.panTo([event.latitude, event.longitude]);
}
// Paper has another size and no time: everything is drawn at once, around what is shown. Later all is as before.
let beforePaper = null;
function mapOnPaper(on) {
  beforePaper ??= [map.getCenter(), map.getZoom()];
  map.invalidateSize({ animate: false });
  redrawMap();
  if (on) fit(state.shown);
  map.setView(...(on ? [map.getCenter(), map.getZoom()] : beforePaper), { reset: true, animate: false });
  drawNames();
  if (!on) beforePaper = null;
}
function redrawMap() { redrawLand(); drawSigns(); drawLit(); drawLegend(); }

// The place of all, or of most with a sign that there are others.
function placeOf(events) {
  const counts = new Map();
  for (const { place } of events) counts.set(place, (counts.get(place) ?? 0) + 1);
  const [place, count] = [...counts].reduce((most, one) => (one[1] > most[1] ? one : most), [null, 0]);
  return place === null || count * 2 < events.length ? null : plain(place) + (count < events.length ? " …" : "");
}
// Cells of a grid; then cells whose signs would touch are united, larger ones first.
const CELL = 44;
const sizeOf = (count) => (count === 1 ? 26 : Math.min(52, 28 + 4 * Math.log2(count)));
function grouped(events) {
  const cells = new Map();
  for (const event of events) {
    const point = map.latLngToLayerPoint([event.latitude, event.longitude]);
    const key = `${Math.floor(point.x / CELL)},${Math.floor(point.y / CELL)}`;
    const cell = cells.get(key) ?? { events: [], x: 0, y: 0 };
    cell.events.push(event); cell.x += point.x; cell.y += point.y;
    cells.set(key, cell);
  }
  const united = [];
  for (const cell of [...cells.values()].sort((a, b) => b.events.length - a.events.length)) {
    const x = cell.x / cell.events.length, y = cell.y / cell.events.length;
    const near = united.find((u) => Math.hypot(u.x / u.events.length - x, u.y / u.events.length - y) < (sizeOf(u.events.length) + sizeOf(cell.events.length)) / 2 - 2);
    if (near) { near.events = near.events.concat(cell.events); near.x += cell.x; near.y += cell.y; } else united.push(cell);
  }
  return united.map(({ events: own, x, y }) => ({ events: own, at: map.layerPointToLatLng([x / own.length, y / own.length]), size: sizeOf(own.length) }));
}
function drawSigns() {
  const focused = document.activeElement?.closest?.(".sign")?.dataset.event, { lat, lng } = map.getCenter();
  $("map").dataset.view = [lat, lng, map.getZoom()].join(" ");
  signLayer.clearLayers();
  const bounds = map.getBounds().pad(0.1);
  const located = state.shown.filter((event) => event.onMap);
  groups = grouped(located.filter((event) => bounds.contains([event.latitude, event.longitude])));
  groups.sort((a, b) => a.events[0].from - b.events[0].from);
  groupOn = new Map(groups.flatMap((group) => group.events.map((event) => [event.index, group])));
  for (const [i, group] of groups.entries()) drawSign(group, i === 0);
  const missing = state.shown.length - located.length;
  $("map-note").textContent = !state.shown.length ? "" : !located.length ? say("noPoints") : missing ? counted(missing, "unlocatedCount") : "";
  drawDoubt();
  // Names follow when a period stands still.
  clearTimeout(namesTimer);
  namesTimer = setTimeout(drawNames, 80);
  if (focused !== undefined) [...document.querySelectorAll(".sign")].find((sign) => sign.dataset.event === focused)?.focus();
}
function drawSign(group, first) {
  const { events, at, size } = group, [event] = events;
  const icon = L.divIcon({ className: "sign", html: "", iconSize: [size, size] });
  const marker = L.marker(at, { icon, keyboard: false }).addTo(signLayer), element = marker.getElement();
  group.element = element;
  element.append(events.length === 1 ? dot(colourOf(event), event.status, 20) : ring(events));
  const label = events.length === 1 ? `${when(event)} — ${event.title}` : `${counted(events.length, "happening")}${placeOf(events) ? `, ${placeOf(events)}` : ""}`;
  for (const [name, value] of Object.entries({ role: "button", tabindex: first ? 0 : -1, "aria-label": plain(label), "data-event": event.index })) element.setAttribute(name, value);
  marker.bindTooltip(() => tooltip(events, label), { direction: "top", offset: [0, -size / 2] });
  const lights = () => light(...events.slice(0, 200).map((e) => e.index));
  marker.on("click", () => actOn(group));
  marker.on("mouseover", lights).on("mouseout", () => light());
  element.addEventListener("focus", lights);
  element.addEventListener("blur", () => light());
  element.addEventListener("keydown", (e) => { if (e.key === "Enter" || e.key === " ") { e.preventDefault(); actOn(group); } });
}
function tooltip(events, label) {
  if (events.length === 1) return make("span", {}, label);
  const lines = events.slice(0, 5).map((e) => make("div", {}, `${when(e)} — ${e.title}`));
  return make("div", {}, make("strong", {}, label), ...lines, events.length > 5 && make("div", {}, `+ ${number.format(events.length - 5)}`));
}
// A sign of several goes nearer, until they are at one spot: then it chooses one after the other.
function actOn({ events }) {
  const spread = L.latLngBounds(events.map((e) => [e.latitude, e.longitude]));
  const one = spread.getNorthEast().equals(spread.getSouthWest(), 0.02);
  if (one || map.getZoom() >= map.getMaxZoom()) choose(events[(events.findIndex((e) => e.index === state.chosen) + 1) % events.length].index);
  else map.fitBounds(spread, { padding: [48, 48], maxZoom: Math.min(map.getZoom() + 4, map.getMaxZoom()) });
}

// From where to where a happening went, when it moved and both ends are known.
function movement(event) {
  const end = (lat, lon) => (lat !== null && lon !== null ? [lat, lon] : null), here = end(event.latitude, event.longitude);
  const from = end(event.origin_latitude, event.origin_longitude), to = end(event.destination_latitude, event.destination_longitude);
  if (!from && !to) return null;
  const path = [from ?? here, to ?? here];
  return path[0] && path[1] && (path[0][0] !== path[1][0] || path[0][1] !== path[1][1]) ? path : null;
}
function arrow(layer, event, weight) {
  const path = movement(event);
  if (!path) return;
  const color = colourOf(event), [a, b] = path.map((point) => map.project(point)), angle = Math.atan2(b.y - a.y, b.x - a.x);
  if (a.distanceTo(b) < 16) return;
  const wing = (turn) => map.unproject([b.x - (8 + 2 * weight) * Math.cos(angle + turn), b.y - (8 + 2 * weight) * Math.sin(angle + turn)]);
  L.polyline(path, { color, weight, interactive: false, dashArray: isFilled(event) ? null : "6 4" }).addTo(layer);
  L.polygon([path[1], wing(0.45), wing(-0.45)], { color, weight: 1, fillColor: color, fillOpacity: 1, interactive: false }).addTo(layer);
}
// How far a point may be off: its outline, or a circle; only where it can be seen.
const MOST_DOUBTS = 200;
function doubt(layer, event, style, least) {
  const turned = (ring) => ring.map(([lon, lat]) => [lat, lon]), area = event.geometry && (event.geometry.type === "Polygon" ? [event.geometry.coordinates] : event.geometry.coordinates);
  if (event.outline || area) { L.polygon(event.outline ? turned(event.outline) : area.map((rings) => rings.map(turned)), style).addTo(layer); return; }
  const metres = 40075016 * Math.cos(event.latitude * Math.PI / 180) / 2 ** (map.getZoom() + 8);
  if (event.place_radius_m && event.place_radius_m / metres > least) L.circle([event.latitude, event.longitude], { ...style, radius: event.place_radius_m }).addTo(layer);
}
function drawDoubt() {
  doubtLayer.clearLayers();
  const spots = new Map();
  for (const event of groups.length > MOST_DOUBTS ? [] : groups.flatMap((group) => group.events)) {
    if (spots.size === MOST_DOUBTS) break;
    spots.set(`${event.latitude},${event.longitude},${event.place_radius_m}`, event);
  }
  for (const event of spots.values()) {
    doubt(doubtLayer, event, { color: css("--ink"), weight: 1, opacity: 0.55, dashArray: "3 4", fillColor: css("--ink"), fillOpacity: 0.05, interactive: false }, 16);
    arrow(doubtLayer, event, 2);
  }
}
function drawLit() {
  litLayer.clearLayers();
  const lit = [...new Set([state.chosen, ...[...state.lit].slice(0, 20)])].map((index) => DATA.events[index]).filter((event) => event?.onMap);
  for (const event of lit) {
    doubt(litLayer, event, { color: css("--ink"), weight: 2, dashArray: "4 4", fillColor: colourOf(event), fillOpacity: 0.18, interactive: false }, 6);
    arrow(litLayer, event, 4);
  }
  const own = new Set([state.chosen, ...state.lit].map((index) => groupOn.get(index)).filter(Boolean));
  for (const group of groups) group.element?.classList.toggle("lit", own.has(group));
  for (const event of lit) if (!groupOn.has(event.index)) L.circleMarker([event.latitude, event.longitude], { radius: 9, color: css("--ink"), weight: 2, fillColor: colourOf(event), fillOpacity: 0.6, interactive: false }).addTo(litLayer);
}
