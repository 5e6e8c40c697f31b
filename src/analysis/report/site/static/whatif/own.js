/* A reader's own numbers: the people behind each share, everybody, possible bases, intervals. */
"use strict";
(() => {
  const whatIf = globalThis.whatIf;
  const { exact, counts } = whatIf;
  const { number, percent, say, people, make, runs, span } = whatIf.words;
  const form = document.getElementById("own-form");
  const found = document.getElementById("own-found");
  const wrong = document.getElementById("own-wrong");
  const field = form.elements;
  const MOST_PEOPLE = 10_000_000, MOST_SHARES = 40, LARGEST = 2000, DIGITS = 12;

  /* The shares of a text: "28,5; 33 %", one a line, or parted by blanks. A comma is a decimal one. */
  function parse(text) {
    const spaced = text.replace(/[\u00a0\u202f]/g, " ").replace(/\s+(%|per ?cent)/gi, "%");
    const pieces = spaced.split(/[;\s]+/).map((each) => each.replace(/,$/, "")).filter(Boolean);
    return pieces.map((piece) => {
      const printed = piece.replace(/(%|percent)$/i, "").replace(",", ".");
      if (!exact.PLAIN.test(printed)) throw new Error(say("wanted share", { text: piece }));
      if (printed.length > DIGITS) throw new Error(say("too long", { text: piece, most: DIGITS }));
      if (exact.less(exact.of(100n), exact.parse(printed))) throw new Error(say("above", { text: piece }));
      return printed;
    });
  }

  function parsePeople(text) {
    const plain = text.replace(/[\s\u00a0\u202f]/g, "");
    if (!plain) return null;
    const n = Number(plain);
    if (!/^[0-9]+$/.test(plain) || n < 1 || n > MOST_PEOPLE) throw new Error(say("wanted people", { most: MOST_PEOPLE }));
    return n;
  }

  function read() {
    const shares = parse(field.shares.value);
    if (shares.length > MOST_SHARES) throw new Error(say("too many shares", { most: MOST_SHARES }));
    const n = parsePeople(field.n.value);
    if (!shares.length && n !== null) throw new Error(say("wanted shares"));
    return { shares, n, rule: field.rounding.value, level: Number(field.level.value) };
  }

  function table({ shares, n, rule, level }) {
    const head = [say("share"), say("counts"), "", say("interval", { level: number(100 * level) })];
    const rows = shares.map((printed) => {
      const range = counts.possibleCounts(printed, n, rule);
      const limits = range && counts.wilsonBounds(range, n, level);
      const shown = range && { shares: range.map((count) => count / n), limits };
      return make("tr", { class: range ? null : "none" },
        make("th", { scope: "row" }, percent(printed)), make("td", {}, range ? people(...range) : say("nobody")),
        make("td", { class: "chart" }, whatIf.bars.bar(shown, printed)),
        make("td", {}, limits ? whatIf.bars.shareText(limits) : "–"));
    });
    const cells = head.map((text) => (text ? make("th", { scope: "col" }, text) : make("td", {})));
    return make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": say("counts") },
      make("table", { class: "result own" }, make("thead", {}, make("tr", {}, cells)), make("tbody", {}, rows)));
  }

  function sentences({ shares, n, rule }) {
    const all = counts.together(shares, n, rule);
    if (!all.possible) {
      const missing = shares.filter((each, place) => !all.counts[place]).map((each) => percent(each));
      return [[false, say("own fits not", { n, shares: missing.join(", ") })]];
    }
    const sum = say("people", { n: all.most, shown: span(all.least, all.most) });
    const said = [[true, say("own fits", { n })]];
    if (all.everybody) return [...said, [true, say("own everybody", { sum })]];
    const short = n - all.most, over = all.least - n;
    return [...said, [short <= 0 ? false : null, short > 0 ? say("own missing", { n: short, sum }) : say("own surplus", { n: over, sum })]];
  }

  /* Which bases will do: each share by itself, and all of them as everybody. */
  function bases({ shares, n, rule }) {
    const end = Math.min(LARGEST, Math.max(500, n ?? 0));
    return [["own bases", "own none", false], ["own whole", "own none whole", true]].map(([some, none, whole]) => {
      const possible = counts.possibleBases(shares, end, whole, rule);
      return possible.length
        ? [null, say(some, { bases: runs(possible, 25, end) })] : [false, say(none, { most: end })];
    });
  }

  /* A strip of the bases near n with which the shares are everybody. */
  function near({ shares, n, rule }) {
    const low = Math.max(1, n - 35), high = low + 70;
    const possible = counts.possibleBases(shares, high, true, rule).filter((each) => each >= low);
    return make("div", { class: "fit" }, make("h3", {}, say("near", { low, high })), whatIf.bases.strip(low, high, possible, [], n));
  }

  function paragraph([good, text]) {
    const mood = good === null ? null : good ? "good" : "bad";
    return make("p", { class: mood }, text);
  }

  function show() {
    wrong.textContent = "";
    field.shares.removeAttribute("aria-invalid");
    try {
      const asked = read();
      if (!asked.shares.length) return found.replaceChildren();
      const parts = asked.n === null ? [make("p", {}, say("no base"))] : [table(asked), ...sentences(asked).map(paragraph)];
      if (asked.n !== null && asked.n <= LARGEST) parts.push(near(asked));
      found.replaceChildren(...parts, ...bases(asked).map(paragraph));
    } catch (error) {
      wrong.textContent = error.message;
      field.shares.setAttribute("aria-invalid", "true");
      found.replaceChildren();
    }
  }

  const FIELDS = { shares: "own", n: "own-n", rounding: "own-rounding", level: "own-level" };
  const DEFAULTS = { rounding: "half-any", level: "0.95" };

  function keep(done) {
    const shown = Object.entries(FIELDS).map(([name, key]) => {
      const value = field[name].value.trim().replace(/[\n\s]*[\n;]\s*/g, "; ");
      return [key, value === DEFAULTS[name] ? "" : value];
    });
    whatIf.state.write(Object.fromEntries(shown), done);
  }

  function restore() {
    const chosen = whatIf.state.read();
    for (const [name, key] of Object.entries(FIELDS)) {
      const value = (chosen[key] ?? DEFAULTS[name] ?? "").slice(0, 1000);
      const known = field[name].options ? [...field[name].options].some((each) => each.value === value) : true;
      const wanted = known ? value : DEFAULTS[name];
      if (field[name].value !== wanted && !sameShares(name, wanted)) field[name].value = wanted;
    }
    show();
  }

  const sameShares = (name, value) => name === "shares" && field.shares.value.trim().split(/[;\s]+/).join() === value.split(/[;\s]+/).join();

  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 120);
    keep(false);
  });
  form.addEventListener("change", () => keep(true));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => (keep(true), show())));
  field.example.addEventListener("click", () => {
    field.shares.value = field.example.dataset.shares;
    field.n.value = field.example.dataset.n;
    keep(true);
    show();
  });
  found.addEventListener("click", ({ target }) => {
    const n = target.closest("[data-n]")?.dataset.n;
    if (!n) return;
    field.n.value = n;
    keep(true);
    show();
  });
  form.hidden = false;
  whatIf.own = { parse, parsePeople };
  whatIf.state.follow(restore);
})();
