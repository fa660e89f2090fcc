// The timeline: intervals in lanes, solid where certain and faded where not; zoom, drag to choose a period, play.
let view = [0, 1], lanes = [], laneCount = 1, drag = null, playing = 0;
const DAY = 86400000, MOST_LANES = 60;

function drawTimelineFirst() {
  const canvas = $("timeline");
  canvas.tabIndex = 0;
  showAll();
  new ResizeObserver(() => drawTimeline()).observe(canvas);
  canvas.addEventListener("wheel", (e) => { if (e.ctrlKey || e.shiftKey || Math.abs(e.deltaY) > Math.abs(e.deltaX)) { e.preventDefault(); zoom(e.deltaY > 0 ? 1.25 : 0.8, timeAt(e.offsetX)); } }, { passive: false });
  canvas.addEventListener("pointerdown", (e) => { drag = { x: e.offsetX, from: timeAt(e.offsetX), moved: false }; canvas.setPointerCapture(e.pointerId); });
  canvas.addEventListener("pointermove", (e) => {
    if (!drag) { light(eventAt(e.offsetX, e.offsetY)?.index ?? null); return; }
    if (Math.abs(e.offsetX - drag.x) > 4) drag.moved = true;
    if (drag.moved) { const t = timeAt(e.offsetX); brush(Math.min(drag.from, t), Math.max(drag.from, t)); }
  });
  canvas.addEventListener("pointerup", (e) => {
    if (drag && !drag.moved) { const event = eventAt(e.offsetX, e.offsetY); if (event) choose(event.index); else clearBrush(); }
    drag = null;
  });
  canvas.addEventListener("pointerleave", () => { if (!drag) light(null); });
  canvas.addEventListener("keydown", (e) => {
    const step = (view[1] - view[0]) / 8;
    const acts = { "+": () => zoom(0.7), "=": () => zoom(0.7), "-": () => zoom(1.4), ArrowLeft: () => pan(-step), ArrowRight: () => pan(step), Escape: clearBrush, Home: showAll };
    if (acts[e.key]) { e.preventDefault(); acts[e.key](); }
  });
  $("zoom-in").onclick = () => zoom(0.6);
  $("zoom-out").onclick = () => zoom(1.6);
  $("zoom-all").onclick = () => { showAll(); clearBrush(); };
  $("play").onclick = play;
  for (const id of ["r-from", "r-to"]) $(id).oninput = () => {
    const at = (id) => SPAN[0] + (SPAN[1] - SPAN[0]) * $(id).value / 1000;
    brush(Math.min(at("r-from"), at("r-to")), Math.max(at("r-from"), at("r-to")));
  };
  onChange((what) => { if (what === "filters") { pack(); showRange(); } drawTimeline(); });
  pack(); showRange(); drawTimeline(); setPlay(false);
}
function showAll() { const pad = Math.max((SPAN[1] - SPAN[0]) * 0.04, DAY / 8); view = [SPAN[0] - pad, SPAN[1] + pad]; drawTimeline(); }
function zoom(factor, centre = (view[0] + view[1]) / 2) {
  const width = Math.min(Math.max((view[1] - view[0]) * factor, 3600000), 400 * 366 * DAY * 10);
  const share = (centre - view[0]) / (view[1] - view[0]);
  view = [centre - width * share, centre + width * (1 - share)];
  pack(); drawTimeline();
}
function pan(step) { view = [view[0] + step, view[1] + step]; drawTimeline(); }
let brushFrame = 0;
function brush(from, to) {
  state.filters.from = Math.round(from); state.filters.to = Math.round(to);
  if (!brushFrame) brushFrame = requestAnimationFrame(() => { brushFrame = 0; refresh(); });
}
function clearBrush() { filter({ from: null, to: null }); }
function showRange() {
  const { from, to } = state.filters;
  const share = (t) => 1000 * (t - SPAN[0]) / (SPAN[1] - SPAN[0]);
  $("r-from").value = from === null ? 0 : share(from);
  $("r-to").value = to === null ? 1000 : share(to);
  $("r-out").textContent = from === null ? "" : `${day(from)} – ${day(to)}`;
}
function setPlay(on) { $("play").textContent = say(on ? "pause" : "play"); $("play").setAttribute("aria-pressed", on); }
function play() {
  if (playing) { clearInterval(playing); playing = 0; setPlay(false); return; }
  const width = (SPAN[1] - SPAN[0]) / 12;
  let at = SPAN[0] - width;
  setPlay(true);
  playing = setInterval(() => {
    at += width / 6;
    brush(at, at + width);
    if (at > SPAN[1]) { clearInterval(playing); playing = 0; setPlay(false); clearBrush(); }
  }, 120);
}
const timeAt = (x) => view[0] + (view[1] - view[0]) * x / $("timeline").clientWidth;
const xAt = (t) => (t - view[0]) / (view[1] - view[0]) * $("timeline").clientWidth;

// Lanes: each event in the first lane that is free at its start, so that nothing covers anything.
// Choosing a period moves nothing, so lanes are kept until another filter or the zoom changes.
let packedFor = "";
function pack() {
  const key = JSON.stringify({ ...state.filters, from: 0, to: 0, width: view[1] - view[0] });
  if (key === packedFor) return;
  packedFor = key;
  const events = DATA.events.filter((event) => passes(event, state.filters, false));
  const gap = (view[1] - view[0]) / Math.max(300, $("timeline").clientWidth) * 10;
  const ends = [];
  lanes = [];
  for (const event of events) {
    let lane = ends.findIndex((end) => end < event.from);
    if (lane < 0) lane = ends.length < MOST_LANES ? ends.length : event.index % MOST_LANES;
    ends[lane] = Math.max(event.to, event.from + gap);
    lanes.push([event, lane]);
  }
  laneCount = Math.max(1, ends.length);
}
const TOP = 22;
function box([event, lane], height) {
  const row = Math.min(18, (height - TOP - 4) / laneCount);
  const x = xAt(event.from), end = xAt(event.to);
  return [x, TOP + lane * row, Math.max(6, end - x), Math.max(2, row - 2)];
}
function eventAt(x, y) {
  const height = $("timeline").clientHeight;
  for (const item of lanes) {
    const [left, top, width, rows] = box(item, height);
    if (x >= left - 2 && x <= left + width + 2 && y >= top && y <= top + rows + 1) return item[0];
  }
}
function drawTimeline() {
  const canvas = $("timeline"), ratio = devicePixelRatio || 1, width = canvas.clientWidth, height = canvas.clientHeight;
  if (!width) return;
  if (canvas.width !== Math.round(width * ratio)) { canvas.width = Math.round(width * ratio); canvas.height = Math.round(height * ratio); }
  const g = canvas.getContext("2d");
  g.setTransform(ratio, 0, 0, ratio, 0, 0);
  g.clearRect(0, 0, width, height);
  drawTicks(g, width, height);
  const { from, to } = state.filters;
  for (const item of lanes) {
    const [event] = item, [x, y, w, h] = box(item, height);
    if (x > width || x + w < 0) continue;
    const inside = from === null || (event.to >= from && event.from <= to);
    drawBar(g, event, x, y, w, h, inside ? 1 : 0.2);
  }
  if (from !== null) {
    g.fillStyle = css("--focus"); g.globalAlpha = 0.12;
    g.fillRect(xAt(from), 0, xAt(to) - xAt(from), height);
    g.globalAlpha = 1;
  }
}
function drawBar(g, event, x, y, w, h, alpha) {
  const colour = colourOf(event), core = [event.core_from ? xAt(instant(event.core_from)) : x, event.core_to ? xAt(instant(event.core_to)) : x + w];
  g.globalAlpha = alpha * (isFilled(event) ? 0.35 : 0.12);
  g.fillStyle = colour;
  g.fillRect(x, y, w, h);
  if (isFilled(event) && core[1] > core[0]) { g.globalAlpha = alpha * 0.9; g.fillRect(Math.max(x, core[0]), y, Math.max(3, Math.min(x + w, core[1]) - Math.max(x, core[0])), h); }
  g.globalAlpha = alpha;
  g.setLineDash(DASHES[event.status] ?? []);
  const lit = event.index === state.chosen || event.index === state.lit;
  if (h < 5 && !lit && event.status !== "denied") { g.setLineDash([]); g.globalAlpha = 1; return; } // too thin for a border
  g.strokeStyle = lit ? css("--ink") : colour;
  g.lineWidth = lit ? 2.5 : 1;
  g.strokeRect(x + 0.5, y + 0.5, w - 1, Math.max(1, h - 1));
  if (event.status === "denied") { g.beginPath(); g.moveTo(x, y + h / 2); g.lineTo(x + w, y + h / 2); g.stroke(); }
  g.setLineDash([]);
  g.globalAlpha = 1;
}
function drawTicks(g, width, height) {
  const hour = 3600000, steps = [hour, 6 * hour, DAY, 7 * DAY, 30.44 * DAY, 91.3 * DAY, 365.25 * DAY, 3652.5 * DAY, 36525 * DAY, 365250 * DAY];
  const wanted = (view[1] - view[0]) / Math.max(2, width / 110);
  const step = steps.find((s) => s >= wanted) ?? steps.at(-1);
  g.font = "11px system-ui, sans-serif";
  g.fillStyle = css("--quiet"); g.strokeStyle = css("--line"); g.lineWidth = 0.5;
  for (let t = Math.floor(view[0] / step) * step; t < view[1]; t += step) {
    const x = xAt(t);
    g.globalAlpha = 0.4; g.beginPath(); g.moveTo(x, 16); g.lineTo(x, height); g.stroke(); g.globalAlpha = 1;
    g.fillText(step < DAY ? clock(t) : step < 300 * DAY ? day(t) : String(new Date(t).getUTCFullYear()), x + 3, 12);
  }
}
const format = (options) => { const f = new Intl.DateTimeFormat(lang, { timeZone: "UTC", ...options }); return (t) => f.format(new Date(t)); };
const day = format({ day: "numeric", month: "short", year: "numeric" });
const month = format({ month: "long", year: "numeric" });
const clock = format({ day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
