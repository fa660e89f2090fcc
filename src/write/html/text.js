// The articles, with the words that times, places and happenings were read from.
let articleShown = -1, settleText = () => {};

function drawTextFirst() {
  const box = $("text");
  settleText = rove(box, "mark[role]");
  const eventsOf = (e) => { const mark = e.target.closest?.("mark[data-events]"); return mark ? mark.dataset.events.split(" ").map(Number) : null; };
  const pick = (events) => choose(events[(events.indexOf(state.chosen) + 1) % events.length]);
  box.addEventListener("click", (e) => { const events = eventsOf(e); if (events) pick(events); });
  box.addEventListener("keydown", (e) => { const events = eventsOf(e); if (events && (e.key === "Enter" || e.key === " ")) { e.preventDefault(); pick(events); } });
  for (const [type, on] of [["mouseover", true], ["focusin", true], ["mouseout", false], ["focusout", false]]) {
    box.addEventListener(type, (e) => { const events = eventsOf(e); if (events) light(...(on ? events : [])); });
  }
  $("article").replaceChildren(...DATA.articles.map((article, i) => make("option", { value: i }, article.title || article.id)));
  $("article").onchange = (e) => { drawArticle(Number(e.target.value)); drawLitText(false); $("text-panel").scrollTop = 0; };
  $("article-choice").hidden = DATA.articles.length < 2;
  $("marks-legend").replaceChildren(...[["e", "trigger"], ["t", "time"], ["p", "placeMark"]].map(([kind, word]) => make("li", {}, make("mark", { class: kind }, say(word)))));
}
function drawArticle(index) {
  const article = DATA.articles[index];
  articleShown = index;
  $("article").value = String(index);
  $("about").replaceChildren();
  if (!article) { $("text").replaceChildren(); return; }
  const about = [article.publisher && make("bdi", {}, article.publisher), article.published && SPANS.format(instant(article.published)), article.url && link(article.url)].filter(Boolean);
  $("about").replaceChildren(...about.flatMap((one, i) => (i ? [" · ", one] : [one])));
  $("text").lang = article.lang ?? "";
  if (article.text === null) { $("text").replaceChildren(say("noText")); return; }
  const parts = article.title ? [make("strong", { class: "headline" }, article.title)] : [];
  let at = 0;
  for (const [start, end, kind, ids] of article.marks) {
    const events = ids.map((id) => INDEX.get(id)).filter((i) => i !== undefined);
    const known = events.length ? { "data-events": events.join(" "), role: kind === "e" ? "button" : null } : {};
    parts.push(plain(article.text.slice(at, start)), make("mark", { class: kind, ...known }, article.text.slice(start, end)));
    at = end;
  }
  $("text").replaceChildren(...parts, plain(article.text.slice(at)));
  settleText();
}
function drawLitText(scroll) {
  const event = DATA.events[state.chosen];
  if (scroll && event && event.doc !== null && event.doc !== articleShown) drawArticle(event.doc);
  let first = null;
  for (const mark of $("text").querySelectorAll("mark[data-events]")) {
    const events = mark.dataset.events.split(" ").map(Number);
    mark.classList.toggle("lit", events.some((index) => state.lit.has(index)));
    mark.classList.toggle("chosen", events.includes(state.chosen));
    if (events.includes(state.chosen) && (!first || (mark.className.startsWith("e") && !first.className.startsWith("e")))) first = mark;
  }
  const panel = $("text-panel");
  if (scroll && first && panel.scrollHeight > panel.clientHeight) panel.scrollTop += first.getBoundingClientRect().top - panel.getBoundingClientRect().top - panel.clientHeight / 3;
}
