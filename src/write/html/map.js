// The map: country outlines, city names, points with their uncertainty, movements, clusters.
let map, pointLayer, litLayer, cityLayer;

function decodeArcs(world) {
  const { scale, translate } = world.transform;
  return world.arcs.map((arc) => {
    let x = 0, y = 0;
    return arc.map(([dx, dy]) => { x += dx; y += dy; return [y * scale[1] + translate[1], x * scale[0] + translate[0]]; });
  });
}
function ring(arcs, indices) {
  const points = [];
  for (const index of indices) {
    const arc = index < 0 ? arcs[~index].slice().reverse() : arcs[index];
    points.push(...(points.length ? arc.slice(1) : arc));
  }
  return points;
}

function drawMap() {
  map = L.map("map", { preferCanvas: true, worldCopyJump: true, minZoom: 1, maxZoom: 14, zoomControl: true, attributionControl: false, keyboard: true });
  L.control.attribution({ prefix: false }).addAttribution(DATA.attribution).addTo(map);
  const world = JSON.parse($("world").textContent);
  const arcs = decodeArcs(world);
  const style = { color: css("--line"), weight: 0.8, fillColor: css("--land"), fillOpacity: 1, interactive: false };
  for (const shape of world.objects.countries.geometries) {
    const polygons = shape.type === "Polygon" ? [shape.arcs] : shape.arcs ?? [];
    L.polygon(polygons.map((rings) => rings.map((indices) => ring(arcs, indices))), style).addTo(map);
  }
  const grid = { color: css("--line"), weight: 0.3, opacity: 0.5, interactive: false };
  for (let lon = -180; lon <= 180; lon += 30) L.polyline([[-85, lon], [85, lon]], grid).addTo(map);
  for (let lat = -60; lat <= 80; lat += 20) L.polyline([[lat, -180], [lat, 180]], grid).addTo(map);
  cityLayer = L.layerGroup().addTo(map);
  pointLayer = L.layerGroup().addTo(map);
  litLayer = L.layerGroup().addTo(map);
  fit(DATA.events);
  map.on("zoomend moveend", () => { drawCities(); drawPoints(); });
  onChange((what) => { if (what === "filters") drawPoints(); drawLit(); });
  drawCities(); drawPoints(); drawLegend();
}
function fit(events) {
  const points = events.filter((event) => event.lat !== null).map((event) => [event.lat, event.lon]);
  if (points.length) map.fitBounds(L.latLngBounds(points).pad(0.25), { maxZoom: 9, animate: false });
  else map.setView([25, 10], 2);
}
function drawCities() {
  cityLayer.clearLayers();
  const bounds = map.getBounds(), taken = [];
  for (const [english, french, lat, lon] of DATA.cities) {
    if (!bounds.contains([lat, lon]) || taken.length > 40) continue;
    const at = map.latLngToContainerPoint([lat, lon]);
    if (taken.some((p) => Math.abs(p.x - at.x) < 80 && Math.abs(p.y - at.y) < 22)) continue;
    taken.push(at);
    const icon = L.divIcon({ className: "city", html: "", iconSize: [0, 0] });
    const marker = L.marker([lat, lon], { icon, interactive: false, keyboard: false }).addTo(cityLayer);
    marker.getElement().append(make("span", {}, `· ${lang === "fr" ? french : english}`));
  }
}

// Points nearer than this many pixels share a sign; more of them where there are thousands, to stay fluid.
const NEAR = 26, NEAR_OF_MANY = 64, MANY = 1500;
function clusters(events) {
  const cells = new Map(), near = events.length > MANY ? NEAR_OF_MANY : NEAR;
  for (const event of events) {
    if (event.lat === null) continue;
    const point = map.project([event.lat, event.lon]);
    const key = `${Math.round(point.x / near)},${Math.round(point.y / near)}`;
    if (!cells.has(key)) cells.set(key, []);
    cells.get(key).push(event);
  }
  return cells.values();
}
function drawPoints() {
  pointLayer.clearLayers();
  const bounds = map.getBounds().pad(0.2);
  const visible = state.shown.filter((event) => event.lat !== null && bounds.contains([event.lat, event.lon]));
  for (const group of clusters(visible)) {
    if (group.length === 1) { sign(group[0]); continue; }
    const at = [group.reduce((sum, e) => sum + e.lat, 0) / group.length, group.reduce((sum, e) => sum + e.lon, 0) / group.length];
    const size = Math.min(48, 24 + 4 * Math.log2(group.length));
    const marker = L.marker(at, { icon: L.divIcon({ className: "count", html: "", iconSize: [size, size] }), alt: `${group.length}` });
    marker.addTo(pointLayer);
    const element = marker.getElement();
    element.append(String(group.length));
    element.setAttribute("aria-label", `${group.length} ${say("happenings")}`);
    marker.on("click keypress", () => {
      const spread = L.latLngBounds(group.map((e) => [e.lat, e.lon]));
      if (spread.getNorthEast().equals(spread.getSouthWest()) || map.getZoom() >= 12) choose(group[(group.findIndex((e) => e.index === state.chosen) + 1) % group.length].index);
      else map.fitBounds(spread.pad(0.3), { maxZoom: 12 });
    });
    marker.bindTooltip(() => make("span", {}, group.slice(0, 6).map((e) => e.title).join(" · ")));
  }
}
function sign(event) {
  const colour = colourOf(event);
  const options = { radius: 7, color: colour, weight: 2, fillColor: colour, fillOpacity: isFilled(event) ? 0.75 : 0.08, dashArray: DASHES[event.status]?.join(" ") };
  const marker = L.circleMarker([event.lat, event.lon], options).addTo(pointLayer);
  marker.bindTooltip(() => make("span", {}, `${when(event)} — ${event.title}`));
  marker.on("click", () => choose(event.index));
  marker.on("mouseover", () => light(event.index));
  marker.on("mouseout", () => light(null));
}
function drawLit() {
  litLayer.clearLayers();
  for (const index of new Set([state.chosen, state.lit])) {
    const event = DATA.events[index];
    if (!event || event.lat === null) continue;
    const style = { color: css("--ink"), weight: 2, fillColor: colourOf(event), fillOpacity: 0.15, interactive: false };
    if (event.outline) L.polygon(event.outline.map(([lon, lat]) => [lat, lon]), style).addTo(litLayer);
    else if (event.radius) L.circle([event.lat, event.lon], { ...style, radius: event.radius, dashArray: "4 4" }).addTo(litLayer);
    L.circleMarker([event.lat, event.lon], { ...style, radius: 10, fillOpacity: 0.5 }).addTo(litLayer);
    if (event.origin_latitude !== null && event.destination_latitude !== null) arrow(event, colourOf(event));
  }
}
function arrow({ origin_latitude: fromLat, origin_longitude: fromLon, destination_latitude: toLat, destination_longitude: toLon }, color) {
  L.polyline([[fromLat, fromLon], [toLat, toLon]], { color, weight: 3, interactive: false }).addTo(litLayer);
  const a = map.project([fromLat, fromLon]), b = map.project([toLat, toLon]);
  const angle = Math.atan2(b.y - a.y, b.x - a.x);
  const wing = (turn) => map.unproject([b.x - 14 * Math.cos(angle + turn), b.y - 14 * Math.sin(angle + turn)]);
  L.polygon([[toLat, toLon], wing(0.4), wing(-0.4)], { color, fillOpacity: 1, interactive: false }).addTo(litLayer);
}
function drawLegend() {
  const used = DATA.groups.filter((group) => DATA.events.some((event) => groupOf(event) === group));
  for (const group of used) $("legend").append(make("li", {}, dot(group.colour, true), say(group.word)));
  for (const status of ["planned", "possible", "denied"])
    if (DATA.events.some((event) => event.status === status)) $("legend").append(make("li", {}, dot(css("--ink"), false, DASHES[status]), say(status)));
}
function dot(colour, filled, dash) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const circle = document.createElementNS("http://www.w3.org/2000/svg", "circle");
  for (const [name, value] of Object.entries({ width: 14, height: 14, "aria-hidden": "true" })) svg.setAttribute(name, value);
  for (const [name, value] of Object.entries({ cx: 7, cy: 7, r: 5, stroke: colour, "stroke-width": 2, fill: filled ? colour : "none" })) circle.setAttribute(name, value);
  if (dash) circle.setAttribute("stroke-dasharray", dash.join(" "));
  svg.append(circle);
  return svg;
}
