/* Filter the figures by document, by how much is redrawn, by status, by text; state in the address. */
"use strict";
(() => {
  const form = document.getElementById("gallery-filters");
  const count = document.getElementById("shown");
  const entries = Array.from(document.querySelectorAll(".gallery-entry"));
  const parts = Array.from(document.querySelectorAll(".gallery-kind, .gallery-group"));
  const names = ["text", "group", "drawn", "status"];
  const text = (entry) => `${entry.textContent} ${entry.dataset.text}`.toLowerCase();
  const texts = new Map(entries.map((entry) => [entry, text(entry)]));

  const fits = (entry, wanted, words) =>
    words.every((word) => texts.get(entry).includes(word))
    && ["group", "drawn"].every((name) => !wanted[name] || entry.dataset[name] === wanted[name])
    && (!wanted.status || entry.dataset.status.split("|").includes(wanted.status));

  function show() {
    const wanted = Object.fromEntries(names.map((name) => [name, form.elements[name].value]));
    const words = wanted.text.toLowerCase().split(/\s+/).filter(Boolean);
    for (const entry of entries) entry.hidden = !fits(entry, wanted, words);
    for (const part of parts) part.hidden = !part.querySelector(".gallery-entry:not([hidden])");
    const shown = entries.filter((entry) => !entry.hidden).length;
    count.textContent = count.dataset.count.replace("{shown}", shown).replace("{all}", entries.length);
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
    const filter = new URLSearchParams(hash.includes("=") ? hash : "");
    for (const name of names) form.elements[name].value = filter.get(name) || "";
    for (const name of names) if (form.elements[name].value === "") form.elements[name].value = "";
    show();
  }

  form.hidden = count.hidden = false;
  form.addEventListener("input", keep);
  form.addEventListener("reset", () => setTimeout(keep));
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", read);
  read();
})();
