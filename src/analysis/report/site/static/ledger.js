/* Filter and sort the claims; the filter stands in the address after #. */
"use strict";
(() => {
  const form = document.getElementById("filters");
  const list = document.getElementById("claims");
  const status = document.getElementById("shown");
  const claims = Array.from(list.querySelectorAll("details.claim"));
  const names = ["text", "paper", "status", "verdict", "reason", "bearing", "outside", "order"];
  const chosen = names.filter((name) => name !== "text" && name !== "order");
  const ranks = { "does not hold": 0, "holds only if": 2 };
  const rank = (claim) => (ranks[claim.dataset.status] ?? 4) + (claim.dataset.bearing !== "conclusion");
  const sorts = {
    "": (a, b) => a.dataset.place - b.dataset.place,
    gravest: (a, b) => rank(a) - rank(b) || a.dataset.place - b.dataset.place,
    power: (a, b) => a.dataset.power - b.dataset.power || a.dataset.place - b.dataset.place,
    claim: (a, b) => a.id.localeCompare(b.id),
  };

  function show() {
    const wanted = Object.fromEntries(names.map((name) => [name, form.elements[name].value]));
    const says = Stems.filter(wanted.text);
    let shown = 0;
    for (const claim of claims) {
      const fits = says(claim)
        && chosen.every(
          (name) => !wanted[name] || claim.dataset[name] === wanted[name]);
      claim.hidden = !fits;
      shown += fits;
    }
    list.append(...claims.slice().sort(sorts[wanted.order] || sorts[""]));
    status.textContent = status.dataset.count.replace("{shown}", shown).replace("{all}", claims.length);
    return wanted;
  }

  function keep() {
    const wanted = show();
    const set = names.filter((name) => wanted[name]);
    const hash = set.map((name) => `${name}=${encodeURIComponent(wanted[name])}`).join("&");
    history.replaceState(null, "", hash ? `#${hash}` : "#");
  }

  function read() {
    const hash = location.hash.slice(1);
    const filter = new URLSearchParams(location.hash.includes("=") ? location.hash.slice(1) : "");
    for (const name of names) form.elements[name].value = filter.get(name) || "";
    show();
    const claim = hash && !hash.includes("=") && document.getElementById(hash);
    if (claim && claim.matches("details.claim")) {
      claim.open = true;
      claim.scrollIntoView();
    }
  }

  form.addEventListener("input", keep);
  form.addEventListener("reset", () => setTimeout(keep));
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", read);
  read();
})();
