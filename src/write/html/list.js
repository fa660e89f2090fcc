// The list of happenings, in order of time; those without a date under it.
// Fewer on a narrow screen, where the text stands below the list.
const PAGE = innerWidth > 800 ? 100 : 20;
let listed = PAGE, settleList = () => {};

function drawListFirst() {
  const box = $("list-panel");
  settleList = rove(box, ".row");
  // One listener for all rows: thousands of them come and go while a period is chosen.
  const indexOf = (e) => { const row = e.target.closest?.(".row"); return row ? Number(row.dataset.index) : null; };
  box.addEventListener("click", (e) => { const index = indexOf(e); if (index !== null) choose(index); });
  for (const [type, on] of [["mouseover", true], ["focusin", true], ["mouseout", false], ["focusout", false]]) {
    box.addEventListener(type, (e) => { const index = indexOf(e); if (index !== null) light(...(on ? [index] : [])); });
  }
  $("more").onclick = () => { const at = listed; listed += PAGE; drawList(); $("list").children[at]?.querySelector("button")?.focus(); };
}
// Rows are kept: while a period is chosen the same ones come and go.
const row = (event) => (event.line ??= newRow(event));
function newRow(event) {
  return make("li", {}, make("button", { type: "button", class: "row", "data-index": event.index },
    dot(colourOf(event), event.status),
    make("span", { class: "when" }, when(event)),
    make("span", { class: "what" }, make("bdi", {}, event.title), " ", statusBadge(event),
      make("span", { class: "where" }, make("bdi", {}, event.place || say("unlocated"))))));
}
function drawList() {
  const { shown, undated } = state;
  const focused = document.activeElement?.closest?.(".row")?.dataset.index;
  $("list").replaceChildren(...shown.slice(0, listed).map(row));
  $("nothing").textContent = shown.length ? "" : say(DATED.length ? "nothing" : "none");
  $("more").hidden = shown.length <= listed;
  $("undated").hidden = !undated.length;
  $("undated").querySelector("summary").textContent = `${say("undated")} (${number.format(undated.length)})`;
  $("undated-list").replaceChildren(...undated.slice(0, 500).map(row));
  $("summary").textContent = (shown.length === DATED.length ? counted(shown.length, "happening") : `${number.format(shown.length)} ${say("filtered")} ${counted(DATED.length, "happening")}`)
    + (DATA.left_out ? ` · ${say("leftOut")} ${number.format(DATA.left_out)}` : "");
  settleList();
  if (focused !== undefined) $("list-panel").querySelector(`.row[data-index="${focused}"]`)?.focus();
  drawLitRow();
}
function drawLitRow() {
  for (const button of $("list-panel").querySelectorAll(".row")) {
    const index = Number(button.dataset.index);
    button.classList.toggle("lit", state.lit.has(index));
    button.classList.toggle("chosen", index === state.chosen);
    if (index === state.chosen) button.setAttribute("aria-current", "true"); else button.removeAttribute("aria-current");
  }
}
// The chosen row comes into view inside its panel; the page itself stays where it is.
function bringRowIntoView() {
  const panel = $("list-panel"), button = panel.querySelector(".chosen");
  if (!button || panel.scrollHeight <= panel.clientHeight) return;
  const [outer, inner] = [panel.getBoundingClientRect(), button.getBoundingClientRect()];
  if (inner.top < outer.top || inner.bottom > outer.bottom) panel.scrollTop += inner.top - outer.top - outer.height / 3;
}
