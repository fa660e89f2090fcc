// The rows shown, as the program itself writes them: the same cells, the same features.
function download(name, type, text) {
  const anchor = make("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(anchor.href), 1000);
}
// A spreadsheet runs a cell that begins with `=` as a formula; columns with words of others are guarded.
const GUARDED = new Set(DATA.guarded), LAYER = new Set(DATA.layer);
function csvCell(column, value) {
  if (value === null || value === undefined) return "";
  let text = String(value);
  if (GUARDED.has(column) && /^[=+\-@\t\r]/.test(text)) text = `'${text}`;
  text = text.replace(/[\p{Cc}\u2028\u2029]/gu, " ");
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
function exportCsv() {
  const lines = state.shown.map((event) => DATA.columns.map((column, i) => csvCell(column, event.row[i])).join(","));
  return `\ufeff${[DATA.columns.join(","), ...lines].join("\r\n")}\r\n`;
}
function exportGeojson() {
  const kept = DATA.columns.map((column, i) => [column, i]).filter(([column]) => LAYER.has(column));
  const lines = state.shown.map((event) => JSON.stringify({
    type: "Feature", id: event.id,
    geometry: event.geometry ?? (event.latitude === null ? null : { type: "Point", coordinates: [event.longitude, event.latitude] }),
    properties: Object.fromEntries(kept.map(([column, i]) => [column, event.row[i]])),
  }));
  return `{"type":"FeatureCollection","metadata":${JSON.stringify(DATA.metadata)},"features":[\n${lines.join(",\n")}\n]}\n`;
}
