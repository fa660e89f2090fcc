// Articles that mean harm show as text and run nothing; and pages without anything to show say so.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { NARROW, axe, close, extract, launch, listed, settle, show } from "./open.mjs";

describe("articles that mean harm", () => {
  let browser, made;
  before(async () => { browser = await launch(); made = extract(join(import.meta.dirname, "hostile.jsonl"), "--status", "all"); });
  after(() => browser.close());

  test("run nothing and show as text", async () => {
    const page = await show(browser, made.page);
    assert.ok(made.rows.length >= 5);
    const scripts = await page.locator("script").count();
    for (let i = 0; i < made.rows.length; i++) await page.locator("#list .row").nth(i).click();
    for (let i = 0; i < 3; i++) await page.locator("#article").selectOption(String(i));
    await page.locator("#article").selectOption("0");
    assert.ok((await page.locator("#text").textContent()).includes("</script><script>window.stolen = 4</script>"));
    assert.ok((await page.locator("#text").textContent()).includes("<img src=x onerror=alert(1)>"));
    assert.equal(await page.evaluate(() => typeof window.stolen), "undefined");
    assert.equal(await page.locator("img, iframe, object, embed, #stolen").count(), 0);
    assert.equal(await page.locator("script").count(), scripts);
    const handlers = await page.evaluate(() => [...document.querySelectorAll("*")].flatMap((e) => e.getAttributeNames()).filter((name) => name.startsWith("on")));
    assert.deepEqual(handlers, []);
    await close(page);
  });

  test("make no links but web addresses", async () => {
    const page = await show(browser, made.page);
    for (let i = 0; i < 3; i++) {
      await page.locator("#article").selectOption(String(i));
      const links = await page.locator("a[href]").evaluateAll((all) => all.map((a) => a.getAttribute("href")).filter((href) => !href.startsWith("#")));
      for (const href of links) assert.match(href, /^https?:/);
      assert.equal(links.length, i === 2 ? 1 : 0);
    }
    await close(page);
  });

  test("cannot turn the direction of what stands beside them", async () => {
    const page = await show(browser, made.page);
    assert.doesNotMatch(await page.evaluate(() => document.body.innerText + document.title), /[\u202a-\u202e\u2066-\u2069]/);
    await page.locator("#article").selectOption("1");
    assert.match(await page.locator("#text").textContent(), /\[U\+202E\]/);
    await close(page);
  });

  test("reach the exports as the program writes them", async () => {
    const page = await show(browser, made.page);
    const [file] = await Promise.all([page.waitForEvent("download"), page.locator("#export-csv").click()]);
    assert.equal(readFileSync(await file.path(), "utf8"), made.csv);
    await close(page);
  });

  test("do not break the layout", async () => {
    const page = await show(browser, made.page, { viewport: NARROW });
    for (let i = 0; i < made.rows.length; i++) {
      await page.locator("#list .row").nth(i).click();
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), made.rows[i].title);
    }
    assert.deepEqual(await axe(page), []);
    await close(page);
  });

  test("the policy of the page stops a script that got in", async () => {
    const page = await show(browser, made.page);
    await page.evaluate(() => { const script = document.createElement("script"); script.textContent = "window.stolen = 7"; document.body.append(script); });
    assert.equal(await page.evaluate(() => typeof window.stolen), "undefined");
    assert.ok(page.wrong.length === 1 && page.wrong[0].includes("Content Security Policy"));
    page.wrong = [];
    await close(page);
  });
});

describe("pages of other articles", () => {
  let browser;
  before(async () => { browser = await launch(); });
  after(() => browser.close());
  const articleOf = (text, published) => {
    const file = join(mkdtempSync(join(tmpdir(), "dateline-article-")), "article.jsonl");
    writeFileSync(file, JSON.stringify({ id: "a", title: "Titre", text, published, lang: "fr" }));
    return file;
  };

  test("nothing found is told", async () => {
    const made = extract(articleOf("Le ciel est bleu et la mer est calme.", "2020-01-02"));
    for (const viewport of [undefined, NARROW]) {
      const page = await show(browser, made.page, { viewport });
      assert.match(await page.locator("#nothing").textContent(), /Aucun événement daté/);
      assert.deepEqual(await axe(page), []);
      await close(page);
    }
  });

  test("happenings without a date have their own list and card", async () => {
    const made = extract(articleOf("Un incendie a détruit une usine à Lyon. Deux personnes ont été blessées."));
    const page = await show(browser, made.page);
    assert.match(await page.locator("#undated summary").textContent(), /Sans date \([1-9]/);
    await page.locator("#undated summary").click();
    await page.locator("#undated-list .row").first().click();
    assert.match(await page.locator("#card").textContent(), /pas de date dans le texte.*Lyon/);
    assert.ok(await page.locator("#text mark.chosen").count() >= 1);
    assert.deepEqual(await axe(page), []);
    await close(page);
  });

  test("what is planned, possible or denied looks different", async () => {
    const text = "Une grève a commencé lundi à Lyon. Une manifestation aura lieu samedi à Paris. Les syndicats n'ont pas signé l'accord mardi à Lille.";
    const made = extract(articleOf(text, "2020-03-05"), "--status", "all");
    const page = await show(browser, made.page);
    const statuses = new Set(made.rows.map((row) => row.status));
    assert.ok(statuses.has("planned") && statuses.has("denied"), [...statuses].join());
    const looks = await page.locator("#list .row").evaluateAll((rows) => rows.map((row) => row.querySelector(".dot").innerHTML.replace(/#[0-9a-f]{6}/g, "")));
    const look = (status) => looks[made.rows.findIndex((row) => row.status === status)];
    assert.equal(new Set(["asserted", "planned", "denied"].map(look)).size, 3);
    assert.match(await page.locator("#legend").textContent(), /prévu.*démenti/);
    await close(page);
  });

  test("hours and centuries stand on one timeline", async () => {
    const made = extract(articleOf("Un incendie a détruit la cathédrale de Londres en 1666. La Bastille a été prise à Paris le 14 juillet 1789. Une explosion a tué deux personnes à Lille le 3 mars 2020 à 14 h 30.", "2020-03-05"));
    const page = await show(browser, made.page);
    assert.ok((await listed(page)).length >= 2, made.csv);
    const span = async () => { const [a, b] = (await page.locator("#timeline").getAttribute("data-view")).split(" ").map(Number); return b - a; };
    await page.locator("#zoom-all").click();
    await settle(page);
    assert.ok(await span() > 300 * 365 * 86400000);
    for (let i = 0; i < 40; i++) await page.locator("#zoom-in").click();
    await settle(page);
    assert.ok(await span() <= 3600000 * 1.01);
    assert.deepEqual(await axe(page), []);
    await close(page);
  });
});
