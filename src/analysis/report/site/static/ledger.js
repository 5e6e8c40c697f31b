/* Filter, order and walk through the claims. The filter stands in the address behind #, so a link
   leads to what is seen; the name of a claim there leads to its page. */
"use strict";
(() => {
  const find = (id) => document.getElementById(id);
  const form = find("filters");
  const list = find("claims");
  const shown = find("shown");
  const astray = find("astray");
  const chips = find("chips");
  const claims = Array.from(list.querySelectorAll(".claim"));
  const selects = Array.from(form.querySelectorAll("select"));
  const filters = selects.filter((select) => select.name !== "order");
  const names = ["text", ...selects.map((select) => select.name)];
  const control = (name) => form.elements.namedItem(name);
  const words = new Map(selects.flatMap((select) =>
    Array.from(select.options, (option) => [option, option.textContent])));
  const title = (select) => select.closest("label").firstChild.textContent.trim();

  function valueOf(claim, name) {
    if (name === "checked") return claim.dataset.verdict === "not checkable" ? "no" : "yes";
    return claim.dataset[name] ?? (name === "bearing" ? "detail" : "");
  }

  const place = (claim) => Number(claim.dataset.place);
  const power = (claim) => Number(claim.dataset.power ?? 2);
  const sorts = {
    "": () => 0,
    place: (a, b) => place(a) - place(b),
    power: (a, b) => power(a) - power(b) || place(a) - place(b),
    claim: (a, b) => a.id.localeCompare(b.id),
  };
  const grouped = { "": "status", place: "paper" };
  let order = "";

  function heading(name, value) {
    const option = Array.from(control(name).options).find((each) => each.value === value);
    return words.get(option);
  }

  function section(name, value, members) {
    const made = document.createElement("section");
    const rows = document.createElement("ol");
    rows.className = "claims";
    rows.append(...members);
    if (name) {
      const head = document.createElement("h2");
      const number = document.createElement("span");
      number.className = "n";
      head.append(`${heading(name, value)}: `, number);
      made.append(head);
    }
    made.append(rows);
    return made;
  }

  function arrange(wanted) {
    if (wanted === order) return;
    order = wanted;
    const name = grouped[order] ?? "";
    const groups = new Map();
    for (const claim of claims.slice().sort(sorts[order])) {
      const value = name && valueOf(claim, name);
      groups.set(value, [...(groups.get(value) ?? []), claim]);
    }
    list.replaceChildren(...Array.from(groups, ([value, rows]) => section(name, value, rows)));
  }

  function wantedNow() {
    return Object.fromEntries(names.map((name) => [name, control(name).value]));
  }

  /* How many claims an option would show, with all other filters as they are. */
  function count(wanted, misses) {
    for (const select of filters) {
      const numbers = new Map();
      for (const [claim, missed] of misses) {
        if (missed.some((name) => name !== select.name)) continue;
        const value = valueOf(claim, select.name);
        numbers.set(value, (numbers.get(value) ?? 0) + 1);
      }
      for (const option of select.options) {
        if (option.value) {
          option.textContent = `${words.get(option)} (${numbers.get(option.value) ?? 0})`;
        }
      }
    }
  }

  function chip(name, said) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = `${said} ×`;
    button.setAttribute("aria-label", chips.dataset.remove.replace("{what}", said));
    button.addEventListener("click", () => {
      control(name).value = "";
      keep();
      (chips.querySelector("button") ?? find("filter-box").firstElementChild).focus();
    });
    item.append(button);
    return item;
  }

  function tell(wanted, number) {
    const active = ["text", ...filters.map((select) => select.name)].filter((name) => wanted[name]);
    chips.replaceChildren(...active.map((name) => chip(name, name === "text"
      ? `“${wanted.text}”`
      : `${title(control(name))}: ${heading(name, wanted[name])}`)));
    chips.hidden = !active.length;
    shown.textContent = shown.dataset.count.replace("{shown}", number).replace("{all}", claims.length);
    for (const group of list.children) {
      const left = group.querySelectorAll(".claim:not([hidden])").length;
      group.hidden = !left;
      const told = group.querySelector(".n");
      if (told) told.textContent = left;
    }
  }

  function show() {
    const wanted = wantedNow();
    const says = Stems.filter(wanted.text);
    const misses = claims.map((claim) => [claim, [
      ...(says(claim) ? [] : ["text"]),
      ...filters.map((select) => select.name)
        .filter((name) => wanted[name] && valueOf(claim, name) !== wanted[name]),
    ]]);
    for (const [claim, missed] of misses) claim.hidden = missed.length > 0;
    arrange(wanted.order);
    count(wanted, misses);
    tell(wanted, misses.filter(([, missed]) => !missed.length).length);
    return wanted;
  }

  function keep() {
    const wanted = show();
    const set = names.filter((name) => wanted[name]);
    const hash = set.map((name) => `${name}=${encodeURIComponent(wanted[name])}`).join("&");
    history.replaceState(null, "", `#${hash}`);
    say("");
  }

  function say(what) {
    astray.textContent = what ? astray.dataset.said.replace("{what}", what) : "";
    astray.hidden = !what;
  }

  function decoded(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  }

  /* Set the filters that an address names; return what it names and there is not. */
  function apply(hash) {
    const filter = new URLSearchParams(hash.includes("=") ? hash : "");
    for (const name of names) {
      control(name).value = filter.get(name) ?? "";
    }
    const lost = Array.from(filter).filter(([name, value]) =>
      !names.includes(name) || control(name).value !== value);
    if (lost.length) selects.forEach((select) => { select.selectedIndex = Math.max(select.selectedIndex, 0); });
    return lost.map(([name, value]) => `${name}=${value}`).join(", ");
  }

  function read() {
    const hash = location.hash.slice(1);
    const name = decoded(hash);
    const named = !hash.includes("=") && find(name);
    if (named && named.matches(".claim")) {
      location.replace(named.querySelector("a").href);
      return;
    }
    if (named) return;
    const lost = apply(hash);
    show();
    say(lost || (hash && !hash.includes("=") && !named ? name : ""));
  }

  function walk(step) {
    const links = Array.from(list.querySelectorAll(".claim:not([hidden]) p:first-child > a"));
    const now = links.indexOf(document.activeElement?.closest(".claim")?.querySelector("a"));
    const next = links[now < 0 ? 0 : Math.min(Math.max(now + step, 0), links.length - 1)];
    next?.focus();
    next?.closest(".claim").scrollIntoView({ block: "nearest" });
  }

  /* A reader who comes back from a claim finds its row where it was left. */
  function comeBack() {
    const claim = history.state?.claim && find(history.state.claim);
    if (!claim || claim.hidden) return;
    history.scrollRestoration = "manual";
    claim.scrollIntoView({ block: "center" });
    claim.querySelector("a").focus({ preventScroll: true });
  }

  list.addEventListener("click", (event) => {
    const claim = event.target.closest("a")?.closest(".claim");
    if (claim) history.replaceState({ claim: claim.id }, "");
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !find("keys").checked) return;
    if (event.key === "j" || event.key === "k") walk(event.key === "j" ? 1 : -1);
  });
  form.addEventListener("input", (event) => event.target.id !== "keys" && keep());
  form.addEventListener("reset", () => setTimeout(keep));
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", read);
  form.hidden = false;
  find("filter-box").open = matchMedia("(min-width: 48rem)").matches;
  show();
  read();
  comeBack();
})();
