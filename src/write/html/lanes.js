// Where bars stand on the timeline: what is in view, lanes, titles where there is room.
let view = [0, 1];
const HEAD = 22, ROW = 21, MOST_TITLED = 120, MOST_LANES = 60, TITLE_FONT = "12px system-ui, sans-serif";

const timeAt = (x, width) => view[0] + (view[1] - view[0]) * x / width;
const xAt = (t, width) => (t - view[0]) / (view[1] - view[0]) * width;

// The whole span; at first without the few happenings far off, where these would leave no room for the rest.
function wholeView() {
  const pad = Math.max((SPAN[1] - SPAN[0]) * 0.04, DAY / 4);
  return [SPAN[0] - pad, SPAN[1] + pad];
}
function firstView() {
  const [from, to] = [0.05, 0.95].map((share) => DATED.map((e) => e.from).sort((a, b) => a - b)[Math.floor((DATED.length - 1) * share)] ?? 0);
  if (DATED.length < 8 || to - from > (SPAN[1] - SPAN[0]) / 5) return wholeView();
  const own = DATED.filter((e) => e.from >= from && e.to <= to + DAY).reduce((end, e) => Math.max(end, e.to), from + DAY), pad = (own - from) * 0.06;
  return [from - pad, own + pad];
}

// With titles when all bars in view find a lane; otherwise as thin bars in as many lanes as it takes.
function layOut(g, width, height) {
  const events = state.matching, seen = events.filter((event) => event.to >= view[0] && event.from <= view[1]);
  const room = Math.floor((height - HEAD - 4) / ROW);
  return (seen.length <= MOST_TITLED && titled(g, seen, width, room)) || thin(events, seen, width, height);
}
function barOf(event, width) {
  const x = xAt(event.from, width);
  return { event, x, w: Math.max(5, xAt(event.to, width) - x) };
}
function titled(g, seen, width, room) {
  g.font = TITLE_FONT;
  const ends = [], bars = [];
  for (const event of seen) {
    const bar = barOf(event, width), title = fitted(g, plain(event.title), Math.min(340, width * 0.6)), wide = g.measureText(title).width;
    const right = Math.min(bar.x + bar.w, width) + 6, left = Math.max(bar.x, 0) - 6 - wide;
    bar.title = title;
    bar.at = right + wide < width ? right : left > 0 ? left : Math.max(bar.x, 0) + 6;
    const [from, to] = [Math.min(bar.x, bar.at) - 4, Math.max(bar.x + bar.w, bar.at + wide) + 4];
    bar.lane = ends.findIndex((taken) => taken.every(([a, b]) => to < a || from > b));
    if (bar.lane < 0) bar.lane = ends.push([]) - 1;
    if (ends.length > room) return null;
    ends[bar.lane].push([from, to]);
    bars.push(bar);
  }
  return { bars: bars.map((bar) => ({ ...bar, y: HEAD + bar.lane * ROW + 2, h: ROW - 6 })), lanes: ends.length };
}
const fittedTitles = new Map();
function fitted(g, title, most) {
  const key = `${most} ${title}`;
  if (!fittedTitles.has(key)) {
    let short = title;
    while (short.length > 8 && g.measureText(short).width > most) short = `${short.slice(0, Math.floor(short.length * 0.9) - 1).trimEnd()}…`;
    fittedTitles.set(key, short);
  }
  return fittedTitles.get(key);
}
// Choosing a period or moving along shifts no lane, so lanes are kept until another filter or the zoom changes.
let packed = { key: "", lanes: new Map(), count: 1 };
function thin(events, seen, width, height) {
  const key = JSON.stringify([matchedFor, Math.round((view[1] - view[0]) / 1000), width]);
  if (packed.key !== key) {
    const gap = (view[1] - view[0]) / width * 7, ends = [], lanes = new Map();
    for (const event of events) {
      let lane = ends.findIndex((end) => end < event.from);
      if (lane < 0) lane = ends.length < MOST_LANES ? ends.length : event.index % MOST_LANES;
      ends[lane] = Math.max(event.to, event.from + gap);
      lanes.set(event.index, lane);
    }
    packed = { key, lanes, count: Math.max(1, ends.length) };
  }
  const row = Math.min(14, (height - HEAD - 4) / packed.count);
  return { bars: seen.map((event) => ({ ...barOf(event, width), y: HEAD + packed.lanes.get(event.index) * row, h: Math.max(2, row - (row > 5 ? 2 : 0.5)) })), lanes: packed.count, thin: true };
}
// The height that the whole needs, within bounds.
function wantedHeight(g, width) {
  const own = titled(g, DATED.length <= MOST_TITLED ? DATED : [], width, 12);
  return own && DATED.length <= MOST_TITLED ? Math.max(110, HEAD + own.lanes * ROW + 8) : 280;
}
