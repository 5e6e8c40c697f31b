/* A link to another language keeps the place on the page, and the filter of the ledger. */
"use strict";
document.addEventListener("click", (event) => {
  const link = event.target.closest("nav.languages a");
  if (link) link.href = link.href.replace(/#.*$/, "") + location.hash;
});
