// What lies under the signs: country outlines, the graticule, and names that do not cover each other.
// Arcs are steps on a grid; a ring is a chain of arcs, those with a negative number walked backwards.
function outlines(world) {
  const { scale, translate } = world.transform;
  const arcs = world.arcs.map((arc) => {
    let x = 0, y = 0;
    return arc.map(([dx, dy]) => { x += dx; y += dy; return [y * scale[1] + translate[1], x * scale[0] + translate[0]]; });
  });
  const ring = (numbers) => numbers.flatMap((number, i) => {
    const arc = number < 0 ? arcs[~number].slice().reverse() : arcs[number];
    return i ? arc.slice(1) : arc;
  });
  return world.objects.countries.geometries.map((shape) => (shape.type === "Polygon" ? [shape.arcs] : shape.arcs ?? []).map((rings) => rings.map(ring)));
}
const landStyle = () => ({ color: css("--border"), weight: 0.8, fillColor: css("--land"), fillOpacity: 1, interactive: false });
const gridStyle = () => ({ color: css("--line"), weight: 0.4, opacity: 0.45, interactive: false });

function drawLand(map) {
  const renderer = L.canvas({ padding: 0.3, pane: "tilePane" });
  const land = L.layerGroup().addTo(map);
  for (const polygons of outlines(WORLD)) L.polygon(polygons, { ...landStyle(), renderer, pane: "tilePane", smoothFactor: 1 }).addTo(land);
  const grid = L.layerGroup().addTo(map);
  const drawGrid = () => {
    grid.clearLayers();
    const step = gridStep(map), bounds = map.getBounds().pad(0.5), options = { ...gridStyle(), renderer, pane: "tilePane" };
    for (let lon = Math.ceil(bounds.getWest() / step) * step; lon <= bounds.getEast(); lon += step) L.polyline([[-85, lon], [85, lon]], options).addTo(grid);
    for (let lat = Math.ceil(Math.max(bounds.getSouth(), -85) / step) * step; lat <= Math.min(bounds.getNorth(), 85); lat += step) L.polyline([[lat, bounds.getWest()], [lat, bounds.getEast()]], options).addTo(grid);
  };
  map.on("moveend", drawGrid);
  drawGrid();
  return () => { land.eachLayer((layer) => layer.setStyle(landStyle())); drawGrid(); };
}
// Degrees between two lines, so that about five of them cross the map.
function gridStep(map) {
  const wide = map.getBounds().getEast() - map.getBounds().getWest();
  return [0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 30].find((step) => wide / step <= 7) ?? 30;
}

// Names are drawn on one canvas over the signs' ground: first those of shown places, then countries and cities.
const nameOf = ([english, , , french]) => (lang === "fr" && french) || english;
function namesLayer(map, signs) {
  const canvas = make("canvas", { class: "names", "aria-hidden": "true" });
  map.getPane("overlayPane").append(canvas);
  const draw = () => {
    const { x: width, y: height } = map.getSize(), scale = devicePixelRatio || 1, zoom = map.getZoom();
    L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint([0, 0]));
    canvas.width = width * scale; canvas.height = height * scale;
    canvas.style.width = `${width}px`; canvas.style.height = `${height}px`;
    const g = canvas.getContext("2d"), taken = [];
    g.scale(scale, scale);
    g.textBaseline = "middle";
    g.lineJoin = "round";
    const free = (box) => !taken.some((b) => box[0] < b[2] && box[2] > b[0] && box[1] < b[3] && box[3] > b[1]);
    const write = (text, x, y, { font, ink, halo = css("--land"), gap = 0, pad = 3, centred = false, force = false }) => {
      g.font = font;
      const wide = g.measureText(text).width, sides = centred ? [x - wide / 2] : [x + gap, x - gap - wide];
      for (const left of sides) {
        const box = [left - pad, y - 8, left + wide + pad, y + 8];
        if ((!force && !free(box)) || box[0] < 0 || box[2] > width || box[1] < 0 || box[3] > height) continue;
        taken.push(box);
        g.strokeStyle = halo; g.lineWidth = 3; g.strokeText(text, left, y);
        g.fillStyle = ink; g.fillText(text, left, y);
        return true;
      }
      return false;
    };
    const at = (lat, lon) => map.latLngToContainerPoint([lat, lon]);
    const seen = (p) => p.x > 0 && p.x < width && p.y > 0 && p.y < height;
    taken.push([0, height - 20, 210, height], [0, 0, 52, 90]); // the line of sources, and the zoom buttons
    taken.push([0, 0, width, 15], ...gridNames(map, g, width, height));
    const places = signs();
    for (const { point, radius } of places) taken.push([point.x - radius, point.y - radius, point.x + radius, point.y + radius]);
    for (const { point, radius, name } of places) if (name) write(name, point.x, point.y, { font: "600 12px system-ui, sans-serif", ink: css("--ink"), gap: radius + 8 });
    if (zoom < 7) for (const label of LABELS.countries.slice(0, 30 * 2 ** (zoom - 1))) {
      const p = at(label[1], label[2]), name = nameOf(label).toUpperCase();
      if (seen(p)) write(name, p.x, p.y, { font: "10px system-ui, sans-serif", ink: css("--quiet"), centred: true, pad: 14 - zoom });
    }
    let count = 0;
    for (const label of LABELS.cities.slice(0, 40 * 2 ** (zoom - 1))) {
      const p = at(label[1], label[2]);
      if (!seen(p) || !free([p.x - 3, p.y - 3, p.x + 3, p.y + 3])) continue;
      if (!write(nameOf(label), p.x, p.y, { font: "11px system-ui, sans-serif", ink: css("--quiet"), gap: 6, pad: zoom < 5 ? 12 : 5 })) continue;
      g.fillStyle = css("--quiet"); g.beginPath(); g.arc(p.x, p.y, 2, 0, 7); g.fill();
      if (++count === 60) break;
    }
  };
  map.on("moveend zoomend resize", draw);
  map.on("zoomstart", () => canvas.getContext("2d").clearRect(0, 0, canvas.width, canvas.height));
  return draw;
}
// Degrees at the edges, where the lines of the graticule leave the map; and the room they take.
function gridNames(map, g, width, height) {
  const step = gridStep(map), bounds = map.getBounds(), degrees = (value, signs) => `${Math.abs(Math.round(value * 100) / 100)}° ${value < 0 ? signs[0] : value > 0 ? signs[1] : ""}`.trim();
  const room = [], [west, east] = lang === "fr" ? ["O", "E"] : ["W", "E"];
  g.font = "10px system-ui, sans-serif"; g.fillStyle = css("--quiet"); g.strokeStyle = css("--land"); g.lineWidth = 2;
  const put = (text, x, y) => { g.strokeText(text, x, y); g.fillText(text, x, y); };
  for (let lon = Math.ceil(bounds.getWest() / step) * step; lon <= bounds.getEast(); lon += step) {
    const { x } = map.latLngToContainerPoint([0, lon]);
    if (x > 60 && x < width - 50) put(degrees(lon, [west, east]), x + 3, 8);
  }
  for (let lat = Math.ceil(bounds.getSouth() / step) * step; lat <= bounds.getNorth(); lat += step) {
    const { y } = map.latLngToContainerPoint([lat, 0]), text = degrees(lat, ["S", "N"]);
    if (Math.abs(lat) > 85 || y < 24 || y > height - 30) continue;
    const left = width - g.measureText(text).width - 4;
    put(text, left, y - 7);
    room.push([left, y - 14, width, y]);
  }
  return room;
}
