// How fast chrono-node reads the times of French texts, warm: `node chrono-node.mjs FILE…` beside an installed
// chrono-node. FILE holds articles, as JSON Lines with a field `text`, or is one text. `tests/bench/compare` runs it.
import { readFileSync } from "node:fs";
import * as chrono from "chrono-node";

const SIZE = 1_000_000;
const RUNS = 5;

const texts = process.argv.slice(2).flatMap((file) => {
  const content = readFileSync(file, "utf8");
  if (!file.endsWith(".jsonl")) return [content];
  return content.split("\n").filter(Boolean).map((line) => JSON.parse(line).text);
});
const whole = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
const rounds = Math.max(1, Math.floor(SIZE / whole));
const published = new Date(2016, 11, 22);

let best = Infinity;
let found = 0;
for (let run = 0; run < RUNS; run++) {
  const before = process.cpuUsage();
  found = 0;
  for (let round = 0; round < rounds; round++) {
    for (const text of texts) found += chrono.fr.parse(text, published).length;
  }
  const { user, system } = process.cpuUsage(before);
  best = Math.min(best, (user + system) / 1e6);
}
const speed = (whole * rounds) / 1e6 / best;
console.log(`chrono-node              fr ${speed.toFixed(2).padStart(8)} MB/s  (${found} expressions)`);
