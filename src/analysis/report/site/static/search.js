/* The page of the search: a query comes in by the address or is typed, what it finds is listed. */
"use strict";
(() => {
  const { made, marked, snippet } = Said;
  const at = (id) => document.getElementById(`search-${id}`);
  const field = at("words"), status = at("status"), list = at("results"), more = at("more");
  const { kinds, statuses } = SEARCH;
  const FIRST = 20;
  let found = [], kind = "", shown = FIRST, waiting;

  function item({ entry, terms }) {
    const { text, quoted } = snippet(entry, terms);
    const where = entry.where === kinds[entry.kind] ? "" : entry.where;
    const about = [kinds[entry.kind], entry.number, where].filter(Boolean).join(" · ");
    const said = made(quoted ? "q" : "span", {}, ...marked(text, terms));
    if (quoted) said.lang = entry.spoken || "en";
    return made("li", {},
      made("a", { className: "what", href: entry.url }, ...marked(entry.title, terms)),
      made("p", { className: "kind" }, ...tag(entry.status), ...marked(about, terms)),
      made("p", { hidden: !text }, said));
  }

  function tag(status) {
    if (!status) return [];
    const className = `tag ${status.replaceAll(" ", "-")}`;
    return [made("span", { className }, statuses[status]), " "];
  }

  function button(name, label, number) {
    const each = made("button", { type: "button" }, `${label} (${number})`);
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
    const { how, results } = query ? Ranked.search(query) : { how: "", results: [] };
    [found, kind, shown] = [results, "", FIRST];
    status.textContent = (status.dataset[how] || "").replace("{number}", results.length);
    at("else").hidden = how !== "nothing";
    at("else").querySelector("a").href = `ledger.html#text=${encodeURIComponent(query)}`;
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
  at("form").addEventListener("submit", (event) => {
    event.preventDefault();
    keep();
  });
  field.value = new URLSearchParams(location.search).get("q") || "";
  field.focus();
  if (field.value) answer();
  else setTimeout(Ranked.places);
})();
