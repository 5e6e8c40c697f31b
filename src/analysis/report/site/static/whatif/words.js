/* Texts and numbers in the language of the page, and elements made of them. */
"use strict";
(() => {
  const whatIf = (globalThis.whatIf ??= {});
  const { words, signs, language } = globalThis.whatIfData;
  const plural = new Intl.PluralRules(language);

  /* A number, or a text with one, with the signs of the language. */
  function number(value) {
    const [whole, decimals] = String(value).split(".");
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, signs.group);
    return decimals === undefined ? grouped : grouped + signs.decimal + decimals;
  }

  const percent = (value) => number(value) + signs.percent;

  /* A text of the page with its {names} filled; `n` chooses the form, `shown` stands for it. */
  function say(key, values = {}) {
    const text = words[key];
    const form = typeof text === "string" ? text : text[plural.select(values.n)] ?? text.other ?? text.many;
    const shown = { ...values, n: values.shown ?? values.n };
    return form.replace(/\{(\w+)\}/g, (whole, name) => {
      const value = shown[name];
      return typeof value === "number" ? number(value) : value ?? whole;
    }).replace("….", "…");
  }

  const label = (word) => words.labels[word] ?? word;
  const rule = (name) => words.rules[name];

  const span = (low, high) => (low === high ? number(low) : `${number(low)}–${number(high)}`);

  function people(low, high = low) {
    return say("people", { n: high, shown: span(low, high) });
  }

  function listed(names) {
    const [last, ...rest] = [...names].reverse();
    return rest.length ? say("and", { names: rest.reverse().join(", "), last }) : last ?? "";
  }

  /* Numbers as runs, such as "3, 6 and 9–12"; of many runs the first. */
  function runs(numbers, most = 12, end = 0) {
    const found = whatIf.counts.runs(numbers);
    const shown = found.slice(0, most).flatMap(([first, last]) =>
      (last - first === 1 ? [number(first), number(last)] : [span(first, last)]));
    if (found.length > most) return `${shown.join(", ")} …`;
    const [first, last] = found.at(-1) ?? [];
    if (!end || last !== end || last - first < 2) return listed(shown);
    return listed([...shown.slice(0, -1), say("more", { bases: number(first), most: number(end) })]);
  }

  /* An element with attributes and what it holds; texts are texts, never markup. */
  function make(name, attributes = {}, ...inside) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value === false || value === null || value === undefined) continue;
      if (key === "style") for (const [property, each] of Object.entries(value)) made.style.setProperty(property, each);
      else made.setAttribute(key, value === true ? "" : value);
    }
    made.append(...inside.flat().filter((each) => each !== null && each !== undefined && each !== ""));
    return made;
  }

  function tag(status) {
    const shown = status || "unsaid";
    return make("span", { class: `tag ${shown.replaceAll(" ", "-")}` }, status ? label(status) : say("unsaid"));
  }

  whatIf.words = { number, percent, say, label, rule, span, people, listed, runs, make, tag };
})();
