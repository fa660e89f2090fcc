// The timeline: bars solid where certain and faded where not; zoom, a chosen period, playing; and the strip of all time below.
let layout = { bars: [] }, playing = 0, frame = 0, canvas, strip;

function drawTimelineFirst() {
  [canvas, strip] = [$("timeline"), $("strip")];
  view = firstView();
  canvas.style.height = `${wantedHeight(canvas.getContext("2d"), canvas.clientWidth)}px`;
  new ResizeObserver(drawSoon).observe(canvas);
  listenToPointers();
  canvas.addEventListener("wheel", (e) => {
    if (e.ctrlKey || e.metaKey) { e.preventDefault(); zoom(e.deltaY > 0 ? 1.2 : 1 / 1.2, timeAt(e.offsetX, canvas.clientWidth)); }
    else if (Math.abs(e.deltaX) > Math.abs(e.deltaY)) { e.preventDefault(); pan((view[1] - view[0]) * e.deltaX / canvas.clientWidth); }
  }, { passive: false });
  canvas.addEventListener("dblclick", (e) => zoom(0.4, timeAt(e.offsetX, canvas.clientWidth)));
  canvas.addEventListener("keydown", onKey);
  canvas.addEventListener("blur", () => light());
  $("zoom-in").onclick = () => zoom(0.6);
  $("zoom-out").onclick = () => zoom(1 / 0.6);
  $("zoom-all").onclick = () => { view = wholeView(); drawSoon(); };
  $("no-period").onclick = clearBrush;
  $("play").onclick = play;
  for (const id of ["r-from", "r-to"]) $(id).oninput = () => {
    const [a, b] = ["r-from", "r-to"].map((name) => view[0] + (view[1] - view[0]) * $(name).value / 1000);
    brush(Math.min(a, b), Math.max(a, b));
  };
  onChange(() => { drawSoon(); showRange(); });
  showRange(); drawSoon(); setPlay(false);
}
function drawSoon() { if (!frame) frame = requestAnimationFrame(() => { frame = 0; drawTimeline(); drawStrip(); showRange(); }); }
// The buttons go nearer to what is chosen, or to the middle one of those in view, not into empty time.
function focus() {
  const seen = state.shown.filter((event) => event.to >= view[0] && event.from <= view[1]), event = seen.find((e) => e.index === state.chosen) ?? seen[seen.length >> 1];
  return event ? Math.min(Math.max((event.from + event.to) / 2, view[0]), view[1]) : (view[0] + view[1]) / 2;
}
function zoom(factor, centre = focus()) {
  const width = Math.min(Math.max((view[1] - view[0]) * factor, 3600000), 10000 * 366 * DAY), share = (centre - view[0]) / (view[1] - view[0]);
  view = [centre - width * share, centre + width * (1 - share)];
  drawSoon();
}
function pan(step) { view = [view[0] + step, view[1] + step]; drawSoon(); }
function bringTimeIntoView({ from, to, dated }) {
  if (!dated || (to > view[0] && from < view[1])) return;
  const width = view[1] - view[0], centre = (from + to) / 2;
  view = [centre - width / 2, centre + width / 2];
  drawSoon();
}

// One finger or the mouse chooses a period, two fingers zoom and move.
function listenToPointers() {
  const pointers = new Map();
  let drag = null, pinch = null;
  const at = (e) => e.clientX - canvas.getBoundingClientRect().left;
  canvas.addEventListener("pointerdown", (e) => {
    pointers.set(e.pointerId, at(e));
    canvas.setPointerCapture(e.pointerId);
    if (pointers.size === 2) { const [a, b] = pointers.values(); pinch = { span: Math.abs(a - b) || 1, view: [...view], centre: timeAt((a + b) / 2, canvas.clientWidth) }; drag = null; }
    else drag = { x: at(e), from: timeAt(at(e), canvas.clientWidth), moved: false };
  });
  canvas.addEventListener("pointermove", (e) => {
    if (!pointers.has(e.pointerId)) { const bar = barAt(e.offsetX, e.offsetY); light(...(bar ? [bar.event.index] : [])); canvas.style.cursor = bar ? "pointer" : ""; return; }
    pointers.set(e.pointerId, at(e));
    if (pinch && pointers.size === 2) {
      const [a, b] = pointers.values(), width = Math.max(3600000, (pinch.view[1] - pinch.view[0]) * pinch.span / (Math.abs(a - b) || 1)), share = (a + b) / 2 / canvas.clientWidth;
      view = [pinch.centre - width * share, pinch.centre + width * (1 - share)];
      drawSoon();
    } else if (drag) {
      if (Math.abs(at(e) - drag.x) > 4) drag.moved = true;
      const t = timeAt(at(e), canvas.clientWidth);
      if (drag.moved) brush(Math.min(drag.from, t), Math.max(drag.from, t));
    }
  });
  const end = (e) => {
    pointers.delete(e.pointerId);
    if (drag && !drag.moved && e.type === "pointerup") { const bar = barAt(e.offsetX, e.offsetY); if (bar) choose(bar.event.index); else if (state.filters.from !== null) clearBrush(); }
    drag = null;
    if (pointers.size < 2) pinch = null;
  };
  canvas.addEventListener("pointerup", end);
  canvas.addEventListener("pointercancel", end);
  canvas.addEventListener("pointerleave", () => { if (!pointers.size) light(); });
  const moveTo = (e) => { const width = view[1] - view[0], [from, to] = wholeView(), centre = from + (to - from) * e.offsetX / strip.clientWidth; view = [centre - width / 2, centre + width / 2]; drawSoon(); };
  strip.addEventListener("pointerdown", (e) => { strip.setPointerCapture(e.pointerId); moveTo(e); });
  strip.addEventListener("pointermove", (e) => { if (strip.hasPointerCapture(e.pointerId)) moveTo(e); });
}
function onKey(e) {
  const go = (step) => {
    if (!state.shown.length) return;
    const current = state.shown.findIndex((event) => state.lit.has(event.index)), chosen = state.shown.findIndex((event) => event.index === state.chosen);
    const from = current >= 0 ? current : chosen >= 0 ? chosen : step > 0 ? -1 : state.shown.length;
    const event = state.shown[Math.min(Math.max(from + step, 0), state.shown.length - 1)];
    bringTimeIntoView(event);
    light(event.index);
  };
  const step = (view[1] - view[0]) / 8;
  const acts = {
    "+": () => zoom(0.7), "=": () => zoom(0.7), "-": () => zoom(1 / 0.7), Escape: clearBrush, Home: () => { view = wholeView(); drawSoon(); },
    ArrowLeft: () => (e.shiftKey ? pan(-step) : go(-1)), ArrowRight: () => (e.shiftKey ? pan(step) : go(1)),
    Enter: () => { const [index] = state.lit; if (index !== undefined) choose(index); },
  };
  if (acts[e.key] && !e.ctrlKey && !e.altKey && !e.metaKey) { e.preventDefault(); acts[e.key](); }
}

let brushFrame = 0;
function brush(from, to) {
  state.filters.from = Math.floor(from / 1000) * 1000; state.filters.to = Math.floor(to / 1000) * 1000;
  if (!brushFrame) brushFrame = requestAnimationFrame(() => { brushFrame = 0; refresh(); });
}
function clearBrush() { filter({ from: null, to: null }); }
function showRange() {
  const { from, to } = state.filters, share = (t) => Math.min(Math.max(1000 * (t - view[0]) / (view[1] - view[0]), 0), 1000);
  const [a, b] = [from ?? view[0], to ?? view[1]];
  const fine = b - a < 3 * DAY, name = (t) => (fine ? `${SPANS.format(t)}, ${CLOCK.format(t)}` : SPANS.format(t));
  $("r-from").value = share(a); $("r-to").value = share(b);
  $("r-from").setAttribute("aria-valuetext", name(a)); $("r-to").setAttribute("aria-valuetext", name(b));
  $("r-out").textContent = from === null ? "" : `${name(a)} – ${name(b)}`;
  $("no-period").hidden = from === null;
  const lit = state.lit.size === 1 ? DATA.events[[...state.lit][0]] : null;
  $("caption").textContent = !DATED.length ? say("none") : lit ? plain(`${when(lit)} — ${lit.title}`) : say("timelineHint");
}
function setPlay(on) { $("play").textContent = say(on ? "pause" : "play"); $("play").setAttribute("aria-pressed", on); }
// A window of a tenth of the view runs through it; a pause keeps it where it is.
function play() {
  if (playing) { clearInterval(playing); playing = 0; setPlay(false); return; }
  const [first, last] = view, width = (last - first) / 10, { from } = state.filters;
  let at = from !== null && from > first && from < last - width ? from : first - width;
  setPlay(true);
  playing = setInterval(() => {
    at += width / 8;
    brush(at, at + width);
    if (at > last) { clearInterval(playing); playing = 0; setPlay(false); clearBrush(); }
  }, 100);
}

const barAt = (x, y) => layout.bars.findLast((bar) => x >= Math.min(bar.x, bar.at ?? bar.x) - 3 && x <= Math.max(bar.x + bar.w, (bar.at ?? 0) + (bar.wide ?? 0)) + 3 && y >= bar.y - 2 && y <= bar.y + bar.h + 3);
function surface(element) {
  const scale = devicePixelRatio || 1, width = element.clientWidth, height = element.clientHeight;
  element.width = width * scale; element.height = height * scale;
  const g = element.getContext("2d");
  g.scale(scale, scale);
  return [g, width, height, { ink: css("--ink"), quiet: css("--quiet"), line: css("--line"), ground: css("--ground"), focus: css("--focus") }];
}
function drawTimeline() {
  const [g, width, height, paint] = surface(canvas);
  if (!width || !DATED.length) return;
  canvas.dataset.view = view.map((t) => Math.round(t)).join(" ");
  const { from, to } = state.filters, key = [matchedFor, ...view, width, height, devicePixelRatio, paint.ink].join();
  if (layout.key !== key) layout = { ...layOut(g, width, height), key };
  g.font = "11px system-ui, sans-serif";
  for (const [t, label] of ticks(view, Math.max(3, width / 95))) {
    const x = Math.round(xAt(t, width)) + 0.5;
    g.strokeStyle = paint.line; g.globalAlpha = 0.35; g.beginPath(); g.moveTo(x, 4); g.lineTo(x, height); g.stroke();
    g.globalAlpha = 1; g.fillStyle = paint.quiet;
    if (x + g.measureText(label).width + 4 < width) g.fillText(label, x + 4, 13);
  }
  if (layout.thin) drawThin(g, width, height, paint);
  else for (const bar of layout.bars) drawBar(g, bar, within(bar.event, state.filters) ? 1 : FAINT, paint);
  for (const bar of layout.bars) if (isLit(bar.event)) drawBar(g, bar, 1, paint, true);
  if (from !== null) {
    const [a, b] = [xAt(from, width), xAt(to, width)];
    g.fillStyle = paint.focus; g.globalAlpha = 0.1; g.fillRect(a, 0, b - a, height);
    g.globalAlpha = 1; g.fillRect(a - 1, 0, 2, height); g.fillRect(b - 1, 0, 2, height);
  }
  const before = state.shown.filter((e) => e.to < view[0]).length, after = state.shown.filter((e) => e.from > view[1]).length;
  g.font = "600 11px system-ui, sans-serif"; g.fillStyle = paint.ink; g.strokeStyle = paint.ground; g.lineWidth = 3;
  const note = (text, x) => { g.strokeText(text, x, height - 6); g.fillText(text, x, height - 6); };
  if (before) note(`◂ ${number.format(before)} ${say("before")}`, 4);
  if (after) { const text = `${number.format(after)} ${say("after")} ▸`; note(text, width - g.measureText(text).width - 4); }
}
// Thousands of bars are drawn once; a period then brightens its part of the picture.
const FAINT = 0.22;
function drawThin(g, width, height, paint) {
  if (!layout.picture) {
    layout.picture = document.createElement("canvas");
    layout.picture.width = canvas.width; layout.picture.height = canvas.height;
    const own = layout.picture.getContext("2d");
    own.scale(canvas.width / width, canvas.height / height);
    for (const bar of layout.bars) drawBar(own, bar, 1, paint);
  }
  const { from, to } = state.filters;
  g.save();
  if (from !== null) {
    g.globalAlpha = FAINT; g.drawImage(layout.picture, 0, 0, width, height); g.globalAlpha = 1;
    g.beginPath(); g.rect(xAt(from, width), 0, xAt(to, width) - xAt(from, width), height); g.clip();
  }
  g.drawImage(layout.picture, 0, 0, width, height);
  g.restore();
}
// Solid where it surely was under way, fading to where it may have begun or ended.
function drawBar(g, bar, alpha, paint, lit = false) {
  const { event, x, y, w, h } = bar, colour = colourOf(event), width = canvas.clientWidth, left = Math.max(x, -4), right = Math.min(x + w, width + 4), wide = Math.max(right - left, 1);
  g.globalAlpha = alpha;
  if (isFilled(event)) {
    const a = event.core_from ? xAt(instant(event.core_from), width) : x, b = event.core_to ? xAt(instant(event.core_to), width) : x + w, share = (t) => Math.min(Math.max((t - left) / wide, 0), 1);
    if ((event.core_from || event.core_to) && w > 6) {
      const fade = g.createLinearGradient(left, 0, right, 0), [solidFrom, solidTo] = a <= b ? [share(a), share(b)] : [share(b), share(a)];
      if (solidFrom > 0) fade.addColorStop(0, `${colour}18`);
      fade.addColorStop(solidFrom, a <= b ? colour : `${colour}90`); fade.addColorStop(solidTo, a <= b ? colour : `${colour}90`);
      if (solidTo < 1) fade.addColorStop(1, `${colour}18`);
      g.fillStyle = fade;
    } else g.fillStyle = colour;
    g.fillRect(left, y, wide, h);
    if (h > 5 || lit) { g.globalAlpha = alpha * (lit ? 1 : 0.4); g.strokeStyle = paint.ink; g.lineWidth = lit ? 2 : 0.75; g.strokeRect(left + 0.5, y + 0.5, wide - 1, h - 1); }
  } else {
    g.fillStyle = colour; g.globalAlpha = alpha * 0.12; g.fillRect(left, y, wide, h);
    g.globalAlpha = alpha; g.strokeStyle = lit ? paint.ink : colour; g.lineWidth = lit ? 2 : 1.5;
    g.setLineDash(DASHES[event.status] ?? []); g.strokeRect(left + 0.75, y + 0.75, wide - 1.5, Math.max(h - 1.5, 1)); g.setLineDash([]);
    if (event.status === "denied") { g.beginPath(); g.moveTo(left, y + h); g.lineTo(right, y); g.moveTo(left, y); g.lineTo(right, y + h); g.stroke(); }
  }
  g.globalAlpha = Math.max(alpha, 0.35);
  if (bar.title) {
    g.font = TITLE_FONT; g.fillStyle = paint.ink; g.strokeStyle = paint.ground; g.lineWidth = 3;
    bar.wide = g.measureText(bar.title).width;
    g.strokeText(bar.title, bar.at, y + h - 3); g.fillText(bar.title, bar.at, y + h - 3);
    if (lit) g.fillRect(bar.at, y + h - 0.5, bar.wide, 1.5);
  }
  g.globalAlpha = 1;
}
let histogram = { key: "", counts: [] };
function countsIn(columns, place) {
  const key = `${matchedFor} ${columns}`;
  if (histogram.key === key) return histogram.counts;
  const counts = new Array(columns).fill(0);
  for (const event of state.matching) counts[Math.min(columns - 1, Math.floor(place((event.from + event.to) / 2) * columns))] += 1;
  histogram = { key, counts };
  return counts;
}
// All time at a glance: how many when, and which part the timeline shows.
function drawStrip() {
  const [g, width, height, paint] = surface(strip), [from, to] = wholeView();
  if (!width || !DATED.length) return;
  const place = (t) => Math.min(Math.max((t - from) / (to - from), 0), 1), counts = countsIn(Math.max(1, Math.floor(width / 4)), place);
  const most = Math.max(1, ...counts);
  g.fillStyle = paint.quiet;
  counts.forEach((count, i) => { const h = count && Math.max(2, Math.sqrt(count / most) * (height - 6)); g.fillRect(i * width / counts.length, height - h, width / counts.length - 1, h); });
  const [a, b] = [place(view[0]) * width, place(view[1]) * width];
  g.fillStyle = paint.line; g.globalAlpha = 0.25; g.fillRect(0, 0, a, height); g.fillRect(b, 0, width - b, height); g.globalAlpha = 1;
  if (a > 0 || b < width) { g.strokeStyle = paint.quiet; g.lineWidth = 1.5; g.strokeRect(a + 0.75, 0.75, Math.max(3, b - a - 1.5), height - 1.5); }
  if (state.filters.from !== null) { g.fillStyle = paint.focus; g.globalAlpha = 0.3; const [c, d] = [place(state.filters.from) * width, place(state.filters.to) * width]; g.fillRect(c, 0, Math.max(2, d - c), height); g.globalAlpha = 1; }
}
