import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { htmlReport } from "../../../../cli/report/html/page";
import { CHROMIUM } from "../../../../tools/chromium";
import { BLOCKED } from "../results";
import { HOSTILE, LARGE, SMALL } from "./account";

const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const ANNA = encodeURIComponent("arn:aws:iam::111122223333:user/anna");

interface AxeResult {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}

describe("the page in a browser", function () {
  this.timeout(120_000);
  let folder: string;
  let browser: Browser;
  /** What a page must never do: messages on the console, errors, requests. */
  let mischief: string[];

  before(async function () {
    if (!existsSync(CHROMIUM)) {
      assert.equal(process.env.CI, undefined, `${CHROMIUM} is missing: apt-get install chromium`);
      console.error(`      skipped: ${CHROMIUM} is missing (apt-get install chromium)`);
      this.skip();
    }
    folder = mkdtempSync(join(tmpdir(), "page-"));
    for (const [name, result] of Object.entries({ small: SMALL, large: LARGE, check: BLOCKED })) {
      writeFileSync(
        join(folder, `${name}.html`),
        htmlReport([result], "mandatory", (text) => text),
      );
    }
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
  });
  after(async () => {
    await browser?.close();
    if (folder !== undefined) rmSync(folder, { recursive: true });
  });
  afterEach(async () => {
    for (const context of browser?.contexts() ?? []) await context.close();
  });

  function urlOf(name: string, fragment = ""): string {
    return `${pathToFileURL(join(folder, `${name}.html`))}${fragment}`;
  }

  async function opened(
    name: string,
    fragment = "",
    colorScheme: "light" | "dark" = "light",
    width = 1280,
  ): Promise<Page> {
    const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 } });
    mischief = [];
    page.on("console", (message) => mischief.push(message.text()));
    page.on("pageerror", (error) => mischief.push(error.message));
    page.on("request", (request) => {
      if (request.url().split("#")[0] !== urlOf(name)) mischief.push(request.url());
    });
    await page.goto(urlOf(name, fragment));
    return page;
  }

  const shownRows = (page: Page) => page.locator(".findings tbody tr:visible").count();

  it("opens from a file without an error, a request or markup from a name", async () => {
    const page = await opened("small", `#way/0/${ANNA}`);
    await page.goto(urlOf("small", "#coverage"));
    await page.goto(urlOf("small", "#finding/f2"));
    assert.deepEqual(mischief, []);
    assert.equal(await page.title(), "Account 111122223333: Blocked");
    assert.equal(await page.locator("img").count(), 0);
    assert.equal(await page.locator("body script").count(), 2);
    const name = HOSTILE.slice(0, 60);
    assert.ok((await page.locator("tr.open .opener").textContent())?.includes(name));
  });

  it("lets no other script in, and nothing be loaded", async () => {
    const page = await opened("small");
    const isTaken = await page.evaluate(`(() => {
      const script = document.createElement("script");
      try { script.text = "window.taken = true"; document.body.append(script); } catch {}
      return window.taken === true;
    })()`);
    assert.equal(isTaken, false);
    assert.equal(await page.evaluate(`fetch("data:text/plain,a").then(() => true, () => false)`), false);
  });

  it("filters, and says so in its address", async () => {
    const page = await opened("small");
    assert.equal(await shownRows(page), 4);
    await page.getByLabel("Severity").selectOption("critical");
    assert.equal(await shownRows(page), 2);
    assert.ok(page.url().endsWith("#findings?severity=critical"), page.url());
    await page.getByLabel("Search findings").fill("admins");
    await page.getByText("1 of 4 findings").waitFor();
    await page.goto(urlOf("small", "#findings?level=advisory"));
    await page.getByText("1 of 4 findings").waitFor();
    await page.getByRole("button", { name: "Clear" }).click();
    assert.equal(await shownRows(page), 4);
  });

  it("opens a finding by keyboard", async () => {
    const page = await opened("check");
    const opener = page.locator(".opener").first();
    await opener.focus();
    await page.keyboard.press("Enter");
    assert.equal(await opener.getAttribute("aria-expanded"), "true");
    for (const text of [
      "Every request is allowed",
      "lib/groups.ts:12",
      "f1",
      "rules no-overbroad-group",
      '"Effect": "Deny"',
    ]) {
      assert.ok((await page.locator(".detail").textContent())?.includes(text), text);
    }
    await page.keyboard.press("Enter");
    assert.equal(await page.locator(".detail").count(), 0);
  });

  it("draws the ways of the chosen identity, which arrow keys walk along", async () => {
    const page = await opened("small", "#ways");
    await page.getByRole("link", { name: "anna" }).click();
    await page.waitForURL(/#way\/0\//);
    assert.deepEqual(await page.locator(".node .name").allTextContents(), [
      "anna",
      "developers",
      "deploy",
      "nightly-function",
      "platform-admin",
    ]);
    assert.deepEqual(await page.locator(".steps .how").allTextContents(), [
      " is a member of ",
      " may assume ",
      " starts a new Lambda function as ",
      " may assume ",
    ]);
    const focused = () => page.evaluate("document.activeElement.querySelector('.name')?.textContent");
    await page.locator(".node.chosen").focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    assert.equal(await focused(), "deploy");
    assert.equal(await page.locator(".steps .lit").count(), 2);
    await page.keyboard.press("ArrowLeft");
    assert.equal(await focused(), "developers");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Group developers" }).waitFor();
    assert.match((await page.locator(".steps").textContent()) ?? "", /lambda:CreateFunction/);
  });

  it("walks between those that stand beside each other", async () => {
    const admin = encodeURIComponent("arn:aws:iam::111122223333:role/platform-admin");
    const page = await opened("small", `#way/0/${admin}`);
    const users = page.locator(".node", { has: page.locator(".kind", { hasText: "user" }) });
    assert.equal(await users.count(), 3);
    await users.first().focus();
    const focused = () => page.evaluate("document.activeElement.querySelector('.name')?.textContent");
    for (const key of ["ArrowUp", "ArrowUp"]) await page.keyboard.press(key);
    const names = [await focused()];
    for (const key of ["ArrowDown", "ArrowDown", "ArrowUp"]) {
      await page.keyboard.press(key);
      names.push(await focused());
    }
    assert.equal(new Set(names).size, 3);
    assert.equal(names[3], names[1]);
  });

  it("tells what was not checked, and the permission that is missing", async () => {
    const page = await opened("small", "#coverage");
    assert.match((await page.locator(".notice").textContent()) ?? "", /iam:ListVirtualMFADevices/);
    assert.equal(await page.locator("#findings").isVisible(), false);
  });

  it("is usable with 2,000 identities and 600 findings", async () => {
    const page = await opened("large", "#ways");
    await page.getByLabel("Search identities").fill("engineer-77");
    await page.getByText("11 of 2000 identities").waitFor();
    await page.getByRole("link", { name: "engineer-777" }).click();
    assert.equal(await page.locator(".node").count(), 5);
    await page.goto(urlOf("large", `#way/0/${encodeURIComponent("arn:aws:iam::111122223333:role/platform-admin")}`));
    assert.ok((await page.locator(".node").count()) <= 120);
    assert.ok((await page.locator(".node .name").allTextContents()).includes("+984 users"));
    await page.getByRole("link", { name: "Findings", exact: true }).click();
    await page.getByLabel("Search findings").fill("user-599");
    await page.getByText("1 of 600 findings").waitFor();
    assert.deepEqual(mischief, []);
  });

  it("prints every finding open, and no controls", async () => {
    const page = await opened("small", "#ways");
    assert.ok((await page.pdf()).length > 10_000);
    assert.equal(await page.locator(".detail").count(), 4);
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator(".controls:visible, nav:visible, button.quiet:visible").count(), 0);
    assert.equal(await page.locator("#findings").isVisible(), true);
  });

  it("switches its colours", async () => {
    const page = await opened("small");
    const ground = () => page.evaluate("getComputedStyle(document.documentElement).backgroundColor");
    assert.equal(await ground(), "rgb(255, 255, 255)");
    await page.getByLabel("Colours").selectOption("dark");
    assert.equal(await ground(), "rgb(20, 23, 28)");
  });

  for (const colours of ["light", "dark"] as const) {
    for (const width of [1280, 400]) {
      it(`keeps axe's rules, ${colours}, ${width} pixels wide`, async () => {
        const page = await opened("small", "", colours, width);
        for (const fragment of ["#finding/f1", `#way/0/${ANNA}`, "#coverage"]) {
          await page.goto(urlOf("small", fragment));
          await page.evaluate(AXE);
          const { violations } = await page.evaluate<AxeResult>("axe.run()");
          assert.deepEqual(
            violations.map(({ id, nodes }) => [id, fragment, nodes[0]?.html]),
            [],
          );
          const overhang: unknown = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
          assert.ok(Number(overhang) <= 0, `${fragment} is ${overhang} pixels too wide`);
        }
      });
    }
  }
});
