// The page of one dispatch, as an editor uses it. SEED is the dispatch; it was published on 22 December 2016.
import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { NARROW, WIDE, axe, close, extract, launch, listed, ready, settle, show, table, whereInTime, whereOnMap } from "./open.mjs";

describe("the page of the dispatch", () => {
  let browser, made;
  before(async () => { browser = await launch(); made = extract(process.env.SEED, "--published", "2016-12-22"); });
  after(() => browser.close());
  const located = () => made.rows.filter((row) => row.latitude);

  test("lists its happenings with their days and places", async () => {
    const page = await show(browser, made.page);
    assert.ok(made.rows.length >= 6);
    assert.deepEqual(await listed(page), made.rows.map((row) => row.title));
    const rows = await page.locator("#list .row").allTextContents();
    for (const [i, row] of made.rows.entries()) {
      assert.ok(rows[i].includes(row.place || "sans lieu"), rows[i]);
      assert.ok(rows[i].includes(String(Number(row.end_time.slice(8, 10)))) && rows[i].includes("2016"), `${rows[i]}: ${row.end_time}`);
    }
    // What the dispatch is about: the last convoy left Aleppo on the evening of the 22nd.
    const convoy = rows.find((row) => row.includes("convoi"));
    assert.match(convoy, /jeu\. 22 déc\. 2016, 18:00–24:00.*Alep/);
    await close(page);
  });

  test("puts them where they happened", async () => {
    const page = await show(browser, made.page);
    const signs = () => page.locator(".sign").evaluateAll((all) => all.map((sign) => { const box = sign.getBoundingClientRect(); return { x: box.left + box.width / 2, y: box.top + box.height / 2, label: sign.getAttribute("aria-label") }; }));
    const all = async (near) => {
      const drawn = await signs();
      for (const row of located()) {
        const at = await whereOnMap(page, Number(row.latitude), Number(row.longitude));
        assert.ok(drawn.some((sign) => Math.hypot(sign.x - at.x, sign.y - at.y) < near), `${row.title}: ${JSON.stringify({ at, drawn })}`);
      }
    };
    // Near ones share a sign in their middle; nearer by, each place has its own.
    await all(30);
    for (let i = 0; i < 3 && (await page.locator(".sign").count()) === 1; i++) { await page.locator(".sign").click(); await settle(page); }
    await all(6);
    const aleppo = await whereOnMap(page, 36.20124, 37.16117);
    assert.ok((await signs()).some((sign) => Math.hypot(sign.x - aleppo.x, sign.y - aleppo.y) < 6 && /Alep/.test(sign.label)));
    await close(page);
  });

  test("a period chosen on the timeline filters list and map, and Escape frees it", async () => {
    const page = await show(browser, made.page);
    await page.locator("#timeline").scrollIntoViewIfNeeded();
    const box = await page.locator("#timeline").boundingBox();
    const [from, to] = ["2016-12-15T06:00:00", "2016-12-18T12:00:00"];
    await page.mouse.move(box.x + await whereInTime(page, from), box.y + box.height - 4);
    await page.mouse.down();
    await page.mouse.move(box.x + await whereInTime(page, to), box.y + box.height - 4, { steps: 8 });
    await page.mouse.up();
    await settle(page);
    const wanted = made.rows.filter((row) => row.end_time >= from && row.start_time <= to);
    assert.ok(wanted.length > 0 && wanted.length < made.rows.length);
    assert.deepEqual(await listed(page), wanted.map((row) => row.title));
    const label = await page.locator(".sign").first().getAttribute("aria-label");
    assert.ok(label.includes(wanted.find((row) => row.latitude).title), label);
    assert.match(await page.locator("#summary").textContent(), new RegExp(`^${wanted.length} sur ${made.rows.length}`));
    await page.locator("#timeline").focus();
    await page.keyboard.press("Escape");
    await settle(page);
    assert.equal((await listed(page)).length, made.rows.length);
    await close(page);
  });

  test("what is under the pointer lights up in all views", async () => {
    const page = await show(browser, made.page);
    const index = made.rows.findIndex((row) => row.latitude && row.date_basis === "explicit");
    await page.locator("#list .row").nth(index).hover();
    assert.equal(await page.locator(".sign.lit").count(), 1);
    assert.ok(await page.locator("#text mark.lit").count() >= 2);
    assert.ok((await page.locator("#caption").textContent()).includes(made.rows[index].title));
    await page.locator(".sign").first().hover();
    assert.equal(await page.locator("#list .row.lit").count(), located().length);
    await page.locator("#text mark[role=button]").first().hover();
    assert.ok(await page.locator("#list .row.lit").count() >= 1);
    // A bar on the timeline.
    const box = await page.locator("#timeline").boundingBox(), x = box.x + await whereInTime(page, "2016-12-16T12:00:00");
    await page.mouse.move(x, box.y + 30);
    assert.deepEqual(await page.locator("#list .row.lit .what > bdi").allTextContents(), made.rows.filter((row) => row.start_time < "2016-12-16T12" && row.end_time > "2016-12-16T12").map((row) => row.title));
    await close(page);
  });

  test("the card tells everything, and why", async () => {
    const page = await show(browser, made.page);
    const row = made.rows.find((r) => r.counts && r.place && r.attribution) ?? made.rows[0];
    await page.locator("#list .row").nth(made.rows.indexOf(row)).click();
    await page.locator("#card details").evaluate((details) => { details.open = true; });
    const card = (await page.locator("#card").textContent()).replaceAll("\u00a0", " ");
    for (const column of ["title", "place", "date_text", "date_edtf", "date_rule", "actors", "counts", "attribution", "description"]) assert.ok(card.includes(row[column].replaceAll("\u00a0", " ")), `${column}: ${row[column]}\n${card}`);
    assert.ok(card.includes(`${Math.round(row.confidence * 100)} %`));
    assert.ok(await page.locator("#text mark.chosen").count() >= 1);
    await close(page);
  });

  test("filters and the choice live in the address", async () => {
    const page = await show(browser, made.page);
    const type = made.rows[0].event_type;
    await page.locator("#f-type").selectOption(type);
    await page.locator("#f-text").fill("alep");
    await page.locator("#f-confidence").fill("50");
    await page.locator("#list .row").first().click();
    await settle(page);
    const shown = await listed(page), card = await page.locator("#card h3").textContent(), hash = new URL(page.url()).hash;
    assert.match(hash, /type=.*event=|event=.*type=/);
    assert.ok(shown.length > 0 && shown.length < made.rows.length);
    await page.reload();
    await ready(page);
    assert.deepEqual(await listed(page), shown);
    assert.equal(await page.locator("#card h3").textContent(), card);
    assert.equal(await page.locator("#f-type").inputValue(), type);
    assert.equal(await page.locator("#f-text").inputValue(), "alep");
    await page.locator("#reset").click();
    await settle(page);
    assert.equal((await listed(page)).length, made.rows.length);
    const other = await show(browser, made.page, { fragment: "#from=2016-12-15T00:00:00&to=2016-12-16T00:00:00&status=nonsense&confidence=x&event=none" });
    assert.equal((await listed(other)).length, 0);
    assert.match(await other.locator("#nothing").textContent(), /Aucun/);
    await close(other);
    await close(page);
  });

  test("the exports are what the program writes", async () => {
    const page = await show(browser, made.page);
    const download = async (button) => { const [file] = await Promise.all([page.waitForEvent("download"), page.locator(button).click()]); return readFileSync(await file.path(), "utf8"); };
    assert.equal(await download("#export-csv"), made.csv);
    assert.deepEqual(JSON.parse(await download("#export-geojson")), JSON.parse(made.geojson));
    await page.locator("#f-text").fill("convoi");
    await settle(page);
    const part = table(await download("#export-csv"));
    assert.deepEqual(part.map((row) => row.title), await listed(page));
    assert.ok(part.length > 0 && part.length < made.rows.length);
    await close(page);
  });

  test("the keyboard alone reaches and works all views", async () => {
    const page = await show(browser, made.page);
    const focus = () => page.evaluate(() => { const e = document.activeElement; return e.id || (e.matches(".sign") ? "sign" : e.className); });
    const tabTo = async (wanted) => { for (let i = 0; i < 40; i++) { await page.keyboard.press("Tab"); if ((await focus()).split(" ").includes(wanted)) return; } assert.fail(`the Tab key does not reach ${wanted}`); };
    await page.keyboard.press("Tab");
    assert.match(await focus(), /skip/);
    await tabTo("f-text");
    await page.keyboard.type("alep");
    await settle(page);
    assert.ok((await listed(page)).length < made.rows.length + 1);
    // A sign that several places share comes nearer first.
    for (let i = 0; i < 4 && (await page.locator("#card h3").count()) === 0; i++) {
      await tabTo("sign");
      await page.keyboard.press("Enter");
      await settle(page);
    }
    assert.equal(await page.locator("#card h3").count(), 1);
    await tabTo("timeline");
    for (const key of ["+", "-", "Shift+ArrowRight", "Home", "ArrowRight", "ArrowRight"]) await page.keyboard.press(key);
    await settle(page);
    const lit = await page.locator("#list .row.lit .what > bdi").textContent();
    await page.keyboard.press("Enter");
    assert.equal(await page.locator("#card h3").textContent(), lit);
    await tabTo("row");
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    assert.equal(await page.locator("#card h3").textContent(), (await listed(page)).at(-2));
    await page.evaluate(() => document.querySelector("#undated").hidden || document.querySelector("#undated summary").focus());
    for (let i = 0; i < 40 && !(await page.evaluate(() => document.activeElement.matches("#text mark"))); i++) await page.keyboard.press("Tab");
    const own = await page.evaluate(() => document.activeElement.dataset.events);
    assert.ok(own, "the Tab key does not reach the text");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    assert.equal(await page.locator("#text mark.chosen[role=button]:focus").count(), 1);
    // A period by its two sliders.
    await page.locator("#r-to").focus();
    for (let i = 0; i < 5; i++) await page.keyboard.press("PageDown");
    await settle(page);
    assert.match(new URL(page.url()).hash, /from=.*to=/);
    await close(page);
  });

  test("playing moves a window through time, and a pause keeps it", async () => {
    const page = await show(browser, made.page);
    await page.locator("#play").click();
    await page.waitForTimeout(900);
    const before = await page.locator("#r-out").textContent();
    await page.waitForTimeout(500);
    assert.notEqual(await page.locator("#r-out").textContent(), before);
    await page.locator("#play").click();
    await settle(page);
    const kept = await page.locator("#r-out").textContent();
    await page.waitForTimeout(300);
    assert.equal(await page.locator("#r-out").textContent(), kept);
    assert.ok((await listed(page)).length < made.rows.length);
    await close(page);
  });

  test("fingers choose a period, zoom with two, and open a card that stays in sight", async () => {
    const page = await show(browser, made.page, { viewport: NARROW, hasTouch: true });
    await page.locator("#timeline").scrollIntoViewIfNeeded();
    const box = await page.locator("#timeline").boundingBox(), y = box.y + box.height - 6, client = await page.context().newCDPSession(page);
    const touch = (type, ...points) => client.send("Input.dispatchTouchEvent", { type, touchPoints: points.map(([x, id]) => ({ x: box.x + x, y, id })) });
    const before = await page.locator("#timeline").getAttribute("data-view");
    await touch("touchStart", [150, 1], [190, 2]);
    for (let i = 1; i <= 8; i++) await touch("touchMove", [150 - 8 * i, 1], [190 + 8 * i, 2]);
    await touch("touchEnd");
    await settle(page);
    const [a, b] = [before, await page.locator("#timeline").getAttribute("data-view")].map((view) => view.split(" ").map(Number));
    assert.ok(b[1] - b[0] < (a[1] - a[0]) / 2, "two fingers did not zoom");
    await page.locator("#zoom-all").tap();
    await settle(page);
    await touch("touchStart", [60, 1]);
    for (let i = 1; i <= 8; i++) await touch("touchMove", [60 + 10 * i, 1]);
    await touch("touchEnd");
    await settle(page);
    assert.match(new URL(page.url()).hash, /from=/);
    await page.locator("#no-period").tap();
    await page.locator("#list .row").first().tap();
    await settle(page);
    const card = await page.locator("#card-panel").boundingBox();
    assert.ok(card.y < NARROW.height - 80, "the card is out of sight");
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "the page is wider than the window");
    await close(page);
  });

  for (const viewport of [WIDE, NARROW]) for (const colorScheme of ["light", "dark"]) for (const locale of ["fr-FR", "en-GB"]) {
    test(`axe finds nothing at ${viewport.width}, ${colorScheme}, ${locale}`, async () => {
      const page = await show(browser, made.page, { viewport, colorScheme, locale });
      assert.equal(await page.evaluate(() => document.documentElement.lang), locale.slice(0, 2));
      assert.deepEqual(await axe(page), []);
      await page.locator("#list .row").first().click();
      await page.locator("#filter-box").evaluate((box) => { box.open = true; });
      await page.locator("#card details").evaluate((details) => { details.open = true; });
      await settle(page);
      assert.deepEqual(await axe(page), []);
      const small = await page.locator("button:visible, a:visible, select:visible, input:visible, .sign:visible, mark[role=button]:visible").evaluateAll((all) => all.filter((e) => !e.matches("p a, dd a, mark, .skip")).map((e) => [e.id || e.className, e.getBoundingClientRect()]).filter(([, box]) => box.width < 24 || box.height < 24).map(([name]) => name));
      assert.deepEqual(small, [], "too small to touch");
      await close(page);
    });
  }

  test("paper gets everything but the controls, in light colours", async () => {
    const page = await show(browser, made.page, { colorScheme: "dark" });
    await page.locator("#list .row").first().click();
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    await page.emulateMedia({ media: "print" });
    for (const hidden of ["#filter-box", "#play", "#export-csv", "#close"]) assert.equal(await page.locator(hidden).isVisible(), false, hidden);
    for (const shown of ["#map", "#timeline", "#list", "#card", "#text"]) assert.equal(await page.locator(shown).isVisible(), true, shown);
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(255, 255, 255)");
    assert.ok(await page.evaluate(() => { const panel = document.querySelector("#text-panel"); return panel.scrollHeight <= panel.clientHeight + 2; }), "the text is cut off");
    assert.ok((await page.pdf({ format: "A4" })).length > 10000);
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    await close(page);
  });

  test("the colours follow the system while the page is open", async () => {
    const page = await show(browser, made.page);
    const ink = () => page.evaluate(() => getComputedStyle(document.body).color);
    const before = await ink();
    await page.emulateMedia({ colorScheme: "dark" });
    await settle(page);
    assert.notEqual(await ink(), before);
    await close(page);
  });

  test("without its data the page is no larger than 400 kB", () => {
    const data = readFileSync(made.page, "utf8").match(/<script type="application\/json" id="data">([^<]*)<\/script>/)[1];
    const size = statSync(made.page).size - Buffer.byteLength(data);
    console.log(`page without data: ${Math.round(size / 1000)} kB`);
    assert.ok(size <= 400_000, `${size} bytes`);
  });
});
