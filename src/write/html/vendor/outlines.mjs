// Makes the outlines of the page and the pictures from those of world-atlas: cut at the 180th meridian, without
// names, simplified to what a map of a country needs. Run by `refresh`.
import { readFileSync, writeFileSync } from "node:fs";
import { feature, quantize } from "topojson-client";
import { topology } from "topojson-server";
import { filter, filterWeight, presimplify, quantile, simplify, sphericalRingArea, sphericalTriangleArea } from "topojson-simplify";

// Measured on the page: with this share of the points and this grid (1.3 km) the page without data stays under 400 kB.
const KEPT = 0.75, GRID = 3e4;
// Polar coasts hold a third of the points, and little news.
const POLAR = 66, POLAR_WEIGHT = 0.02;
const [source, target] = process.argv.slice(2);

// A ring whose longitudes run on past 180 instead of jumping; one around the pole is closed along it.
function unrolled(ring) {
  let turn = 0;
  const points = ring.map(([lon, lat], i) => {
    const step = i ? lon - ring[i - 1][0] : 0;
    if (step > 180) turn -= 360;
    if (step < -180) turn += 360;
    return [lon + turn, lat];
  });
  const [first, last] = [points[0], points.at(-1)];
  if (Math.abs(last[0] - first[0]) > 180) points.push([last[0], -90], [first[0], -90], first);
  return points;
}
// The part of a ring on one side of a meridian (Sutherland and Hodgman).
function side(ring, meridian, west) {
  const inside = ([lon]) => (west ? lon <= meridian : lon >= meridian), kept = [];
  for (let i = 1; i < ring.length; i++) {
    const [a, b] = [ring[i - 1], ring[i]];
    if (inside(a)) kept.push(a);
    if (inside(a) !== inside(b)) kept.push([meridian, a[1] + (b[1] - a[1]) * (meridian - a[0]) / (b[0] - a[0])]);
  }
  return kept.length > 2 ? [...kept, kept[0]] : [];
}
function cut(ring) {
  const whole = unrolled(ring), parts = [];
  for (const turn of [-360, 0, 360]) {
    const moved = whole.map(([lon, lat]) => [lon + turn, lat]);
    const part = side(side(moved, 180, true), -180, false);
    if (part.length) parts.push(part);
  }
  return parts;
}

const atlas = JSON.parse(readFileSync(source, "utf8"));
const geometries = feature(atlas, atlas.objects.countries).features.map(({ geometry }) => {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const pieces = polygons.flatMap(([outer, ...holes]) => {
    const parts = cut(outer);
    return parts.length === 1 ? [[parts[0], ...holes]] : parts.map((part) => [part]);
  });
  return { type: "MultiPolygon", coordinates: pieces };
});
const world = topology({ countries: { type: "GeometryCollection", geometries } });
const weighed = presimplify(world, sphericalTriangleArea);
const [step, shift] = weighed.transform ? [weighed.transform.scale[1], weighed.transform.translate[1]] : [1, 0];
for (const point of weighed.arcs.flat()) if (Math.abs(point[1] * step + shift) > POLAR && Number.isFinite(point[2])) point[2] *= POLAR_WEIGHT;
const least = quantile(weighed, KEPT);
const small = simplify(filter(weighed, filterWeight(weighed, least, sphericalRingArea)), least);
const { bbox, ...outlines } = quantize(small, GRID);
writeFileSync(target, `${JSON.stringify(outlines)}\n`);
