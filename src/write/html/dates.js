// Times in words a person reads, no finer than they are known.
const formatter = (options) => new Intl.DateTimeFormat(lang === "en" ? "en-GB" : "fr-FR", { timeZone: "UTC", ...options });
const DAYS = formatter({ weekday: "short", day: "numeric", month: "short", year: "numeric" });
const SPANS = formatter({ day: "numeric", month: "short", year: "numeric" });
const MONTHS = formatter({ month: "long", year: "numeric" });
const CLOCK = formatter({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const SHORT = { hour: CLOCK, day: formatter({ weekday: "short", day: "numeric", month: "short" }), month: formatter({ month: "short", year: "numeric" }) };

// Years need no format: `Intl` would write those before 1000 with too few digits and know of eras.
const year = (t) => String(new Date(t).getUTCFullYear());
const range = (format, from, to) => (format.formatRange ? format.formatRange(from, to) : `${format.format(from)} – ${format.format(to)}`);

// Told often, found once.
const when = (event) => (event.when ??= inWords(event));
function inWords(event) {
  if (!event.dated) return say("noDate");
  const [from, to] = [event.from, event.to], [a, b] = [new Date(from), new Date(to + 1000)];
  const midnight = (d) => d.getUTCHours() + d.getUTCMinutes() + d.getUTCSeconds() === 0;
  const about = /[~?%]/.test(event.date_edtf ?? "") ? "≈ " : "";
  const open = event.date_precision === "open" ? " →" : "";
  if (to - from < 2000) return `${DAYS.format(from)}, ${CLOCK.format(from)}`;
  if (!midnight(a) || !midnight(b)) {
    if (year(from) === year(to) && SPANS.format(from) === SPANS.format(to)) {
      // One minute or hour is told by its beginning; a part of day by both ends.
      if (to - from < 60000) return `${DAYS.format(from)}, ${CLOCK.format(from)}`;
      return `${DAYS.format(from)}, ${CLOCK.format(from)}–${midnight(b) ? "24:00" : CLOCK.format(b)}`;
    }
    return `${about}${SPANS.format(from)}, ${CLOCK.format(from)} – ${SPANS.format(to)}, ${CLOCK.format(to)}${open}`;
  }
  if (a.getUTCDate() === 1 && b.getUTCDate() === 1 && event.date_precision !== "day") {
    if (a.getUTCMonth() === 0 && b.getUTCMonth() === 0) return about + (year(from) === year(to) ? year(from) : `${year(from)}–${year(to)}`) + open;
    return about + range(MONTHS, from, to) + open;
  }
  return about + (to - from < DAY ? DAYS.format(from) : range(SPANS, from, to)) + open;
}

// Steps of the axis, finest first: what starts them, how they go on, how they are written.
const STEPS = [
  ...[1, 3, 6, 12].map((hours) => ({ size: hours * 3600000, label: (t) => (t % DAY ? SHORT.hour : SHORT.day).format(t) })),
  ...[1, 2, 7, 14].map((days) => ({ size: days * DAY, label: (t) => SHORT.day.format(t) + (new Date(t).getUTCMonth() === 0 && new Date(t).getUTCDate() <= days ? ` ${year(t)}` : "") })),
  ...[1, 3, 6].map((months) => ({ size: months * 30.44 * DAY, months, label: (t) => SHORT.month.format(t) })),
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].map((years) => ({ size: years * 365.25 * DAY, months: years * 12, label: year })),
];
// Where marks stand between two instants when there is room for `most`, with what is written there.
function ticks([from, to], most) {
  const step = STEPS.find((s) => (to - from) / s.size <= most) ?? STEPS.at(-1), found = [];
  if (!step.months) {
    for (let t = Math.ceil(from / step.size) * step.size; t <= to; t += step.size) found.push([t, step.label(t)]);
    return found;
  }
  const first = new Date(from), count = first.getUTCFullYear() * 12 + first.getUTCMonth();
  for (let month = Math.ceil(count / step.months) * step.months; found.length < 100; month += step.months) {
    const date = new Date(0);
    date.setUTCFullYear(Math.floor(month / 12), month % 12, 1);
    if (date.getTime() > to) break;
    if (date.getTime() >= from) found.push([date.getTime(), step.label(date.getTime())]);
  }
  return found;
}
