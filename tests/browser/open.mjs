// Opens pages in headless Chromium and keeps what must not happen: requests, messages on the console, dialogs.
//
// DATELINE is the program, DATELINE_BROWSER_HOME the folder in which `.ci/browser` installed the node packages.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const installed = createRequire(join(resolve(process.env.DATELINE_BROWSER_HOME ?? "."), "package.json"));
const { chromium } = installed("playwright-core");
const AXE = readFileSync(installed.resolve("axe-core/axe.min.js"), "utf8");
const root = resolve(import.meta.dirname, "../..");
const program = process.env.DATELINE ?? join(root, "target/release/dateline");

export const WIDE = { width: 1280, height: 900 }, NARROW = { width: 360, height: 740 };

// The files that the program writes of some articles.
export function extract(input, ...options) {
  const folder = mkdtempSync(join(tmpdir(), "dateline-page-"));
  execFileSync(program, ["extract", input, "--quiet", "--format", "html,csv,geojson", "-o", folder, ...options], { cwd: root, stdio: ["ignore", "ignore", "pipe"] });
  const read = (name) => readFileSync(join(folder, name), "utf8");
  return { folder, page: join(folder, "report.html"), csv: read("timeline.csv"), geojson: read("events.geojson"), rows: table(read("timeline.csv")) };
}
// RFC 4180, as rows by column.
export function table(text) {
  const lines = [], cells = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n|$)/gy;
  let line = [];
  for (const [, cell, end] of text.replace(/^\ufeff/, "").matchAll(cells)) {
    line.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end !== ",") { if (line.length > 1) lines.push(line); line = []; }
  }
  const [head, ...rows] = lines;
  return rows.map((row) => Object.fromEntries(head.map((name, i) => [name, row[i]])));
}

export const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });

// A page, ready, whose misbehaviour is kept in `page.wrong`.
export async function show(browser, file, { viewport = WIDE, colorScheme = "light", locale = "fr-FR", hasTouch = false, fragment = "" } = {}) {
  const context = await browser.newContext({ viewport, colorScheme, locale, hasTouch, acceptDownloads: true, reducedMotion: "reduce" });
  const page = await context.newPage();
  page.wrong = [];
  page.on("console", (message) => page.wrong.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => page.wrong.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => { page.wrong.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => { if (!/^(data|blob):/.test(request.url()) && request.url().split("#")[0] !== pathToFileURL(file).href) page.wrong.push(`request: ${request.url()}`); });
  await page.goto(pathToFileURL(file).href + fragment);
  await ready(page);
  return page;
}
export async function ready(page) {
  await page.locator("#map[data-view]").waitFor();
  await settle(page);
}
// Two frames and the delay after which the fragment is written.
export async function settle(page) {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 150)))));
}
export async function close(page) {
  const { wrong } = page;
  await page.context().close();
  assert.deepEqual(wrong, []);
}
export async function axe(page) {
  // The policy of the page lets no script in; the test tool goes around it, the page cannot.
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html.slice(0, 120)).join(" | ")}`);
}

// Where a point of the earth stands on the map, in pixels of the window (Mercator, 256 pixels at zoom 0).
export async function whereOnMap(page, lat, lon) {
  const { view, left, top, width, height } = await page.evaluate(() => {
    const map = document.querySelector("#map"), box = map.getBoundingClientRect();
    return { view: map.dataset.view, left: box.left, top: box.top, width: box.width, height: box.height };
  });
  const [centreLat, centreLon, zoom] = view.split(" ").map(Number);
  const world = 256 * 2 ** zoom, y = (degrees) => world * (0.5 - Math.log(Math.tan(Math.PI / 4 + degrees * Math.PI / 360)) / (2 * Math.PI));
  return { x: left + width / 2 + world * (lon - centreLon) / 360, y: top + height / 2 + y(lat) - y(centreLat) };
}
// Where an instant stands on the timeline, in pixels from its left edge.
export async function whereInTime(page, text) {
  const { view, width } = await page.evaluate(() => { const canvas = document.querySelector("#timeline"); return { view: canvas.dataset.view, width: canvas.clientWidth }; });
  const [from, to] = view.split(" ").map(Number);
  return (Date.parse(`${text}Z`) - from) / (to - from) * width;
}
export const listed = (page) => page.locator("#list .row").evaluateAll((rows) => rows.map((row) => row.querySelector(".what > bdi").textContent));
