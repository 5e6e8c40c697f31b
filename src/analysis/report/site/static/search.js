/* The search: what of `SEARCH` (made with the site) a query finds, and where its words stand. */
"use strict";
(() => {
  const language = document.documentElement.lang;
  const at = (id) => document.getElementById(`search-${id}`);
  const field = at("words"), status = at("status"), list = at("results"), more = at("more");
  const { entries, kinds, statuses } = SEARCH;
  const LIKELY = { method: 2, guide: 1.6, document: 1.5, figure: 1.2, claim: 1.2, page: 1.2, table: 0.6 };
  const FIELDS = {
    title: [4, 8], number: [4, 3], names: [2, 6], said: [1, 50], quoted: [1, 10], where: [0.5, 4] };
  const FIRST = 20;
  const SENTENCE = /[^\n]*?[\p{L}\p{N})”»"%]{3}[.?!…]+(?=\s+[^\s\p{Ll}])|[^\n]+/gu; // not after "J."
  let found = [], kind = "", shown = FIRST, waiting;

  const texts = (entry, name) => [].concat(entry[name] ?? []);
  const stems = (text) => Stems.stems(text, language);
  let built;

  /* Made when it is first asked for: the page is seen before. */
  const places = () => (built ??= new Places(
    entries, FIELDS, (entry, name) => texts(entry, name).join("\n"), stems));

  const NUMBER = /^[0-9%]/;
  const never = () => false;

  /* The word that is being typed stands for all that begin so; a misspelt one for one alike. */
  const begun = (last) => (other, word, place) => (
    place === last && word.length > 2 && !NUMBER.test(word) && other.startsWith(word));
  const alike = (other, word) => !NUMBER.test(word) && Places.alike(other, word);

  const sequence = (text) => ` ${stems(text).join(" ")} `;

  /* How much better a place fits whose title, number or sentence has the words in their order. */
  function closeness(entry, wanted) {
    const title = sequence(entry.title);
    if (title === wanted || sequence(entry.number || "") === wanted) return 8;
    if (title.includes(wanted)) return 2.5;
    const parts = ["number", "said", "quoted"].flatMap((name) => texts(entry, name));
    return wanted.trim().includes(" ") && sequence(parts.join("\n")).includes(wanted) ? 2 : 1;
  }

  /* First with all words; else "1 250" as one number; else with some of them; else written alike. */
  function search(query) {
    const joined = query.replace(/([0-9]) (?=[0-9]{3}(?![0-9]))/g, "$1\u00a0");
    const ways = [
      ["found", query, true, begun], ["found", joined, true, () => never],
      ["some", query, false, () => never], ["alike", query, false, () => alike]];
    for (const [how, text, all, also] of ways) {
      const wanted = stems(text);
      const results = places().search(wanted, { all, also: also(wanted.length - 1) });
      if (results.length) return { how, results: ranked(results, text) };
    }
    return { how: "nothing", results: [] };
  }

  function ranked(results, query) {
    const wanted = sequence(query);
    const worth = ({ id, score }) => (
      score * closeness(entries[id], wanted) * (LIKELY[entries[id].kind] || 1));
    return results.map((result) => ({
      id: result.id, entry: entries[result.id], terms: result.words, score: worth(result) }))
      .sort((a, b) => b.score - a.score || a.id - b.id);
  }

  function made(tag, given, ...parts) {
    const element = Object.assign(document.createElement(tag), given);
    element.append(...parts);
    return element;
  }

  /* A text with the words found in it marked. */
  function marked(text, terms) {
    const parts = [];
    let done = 0;
    for (const word of Stems.words(text)) {
      if (!terms.has(Stems.stem(word[0], language))) continue;
      parts.push(text.slice(done, word.index), made("mark", {}, word[0]));
      done = word.index + word[0].length;
    }
    return [...parts, text.slice(done)];
  }

  const sentences = (text) => text.match(SENTENCE) || [text];

  /* The sentence with most of the words found, cut around the first of them if it is long. */
  function snippet(entry, terms) {
    const count = (text) => new Set(Stems.stems(text, language).filter((each) => terms.has(each))).size;
    const all = ["said", "quoted"].flatMap((name) => texts(entry, name).flatMap(sentences)
      .map((text) => ({ text: text.trim(), quoted: name === "quoted", count: count(text) })));
    const best = all.reduce((a, b) => (b.count > a.count ? b : a), { text: "", count: -1 });
    return { ...best, text: cutAround(best.text, terms) };
  }

  function cutAround(text, terms) {
    const first = Stems.words(text).find((word) => terms.has(Stems.stem(word[0], language)));
    const from = first && first.index > 200 ? text.lastIndexOf(" ", first.index - 80) + 1 : 0;
    const end = text.length > from + 280 ? text.lastIndexOf(" ", from + 280) : text.length;
    return (from ? "… " : "") + text.slice(from, end) + (end < text.length ? " …" : "");
  }

  function item({ entry, terms }) {
    const { text, quoted } = snippet(entry, terms);
    const about = [kinds[entry.kind], entry.number, entry.where].filter(Boolean).join(" · ");
    const head = made("p", { className: "kind" });
    if (entry.status) {
      const name = entry.status.replaceAll(" ", "-");
      head.append(made("span", { className: `tag ${name}` }, statuses[entry.status]), " ");
    }
    head.append(...marked(about, terms));
    const link = made("a", { className: "what", href: entry.url }, ...marked(entry.title, terms));
    const said = quoted ? made("q", { lang: "en" }, ...marked(text, terms)) : made("span", {}, ...marked(text, terms));
    return made("li", {}, link, head, made("p", { hidden: !text }, said));
  }

  function button(name, label, number) {
    const each = made("button", { type: "button" }, `${label} ${number}`);
    each.setAttribute("aria-pressed", String(name === kind));
    each.dataset.kind = name;
    return each;
  }

  function show() {
    const number = (name) => found.filter(({ entry }) => entry.kind === name).length;
    const chosen = found.filter(({ entry }) => !kind || entry.kind === kind);
    const names = Object.keys(kinds).filter(number);
    at("kinds").replaceChildren(...(names.length > 1 ? [
      button("", at("kinds").dataset.all, found.length),
      ...names.map((name) => button(name, kinds[name], number(name)))] : []));
    list.replaceChildren(...chosen.slice(0, shown).map(item));
    more.hidden = chosen.length <= shown;
  }

  function answer() {
    const query = field.value.trim();
    const { how, results } = query ? search(query) : { how: "", results: [] };
    [found, kind, shown] = [results, "", FIRST];
    status.textContent = (status.dataset[how] || "").replace("{number}", results.length);
    at("else").hidden = how !== "nothing";
    at("else").querySelector("a").href = `ledger.html${query ? `#text=${encodeURIComponent(query)}` : ""}`;
    show();
  }

  /* The query stands in the address, so a search can be sent; from disk some browsers refuse. */
  function keep() {
    try {
      history.replaceState(null, "", `?q=${encodeURIComponent(field.value.trim())}`);
    } catch { /* the address stays as it is */ }
    answer();
  }

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, 150);
  });
  at("kinds").addEventListener("click", ({ target }) => {
    if (target.dataset.kind === undefined) return;
    [kind, shown] = [target.dataset.kind, FIRST];
    show();
    at("kinds").querySelector(`[data-kind="${kind}"]`).focus();
  });
  more.addEventListener("click", () => {
    const next = shown;
    shown += FIRST;
    show();
    list.children[next].querySelector("a").focus();
  });
  document.getElementById("search").addEventListener("submit", (event) => {
    event.preventDefault();
    keep();
  });
  field.value = new URLSearchParams(location.search).get("q") || "";
  field.focus();
  if (field.value) answer();
  else setTimeout(places);
})();
