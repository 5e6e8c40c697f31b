/* Copy the link or the citation of a page. A page on a disk has no address that leads a colleague
   to it: then the name of the claim, the repository and the citation are copied. */
"use strict";
(() => {
  const block = document.querySelector(".citing");
  if (!block) return;
  const status = block.querySelector("[role=status]");
  const form = (name) => block.querySelector(`[data-form=${name}]`).textContent.trim();

  function text(kind) {
    if (kind !== "link") return form(kind);
    if (location.protocol !== "file:") return location.href.replace(/[?#].*$/, "");
    return [block.dataset.name, block.dataset.repository, form("apa")].filter(Boolean).join("\n");
  }

  function copiedByHand(wanted) {
    const area = document.createElement("textarea");
    area.value = wanted;
    area.className = "copied";
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }

  async function copied(wanted) {
    try {
      await navigator.clipboard.writeText(wanted);
      return true;
    } catch {
      return copiedByHand(wanted);
    }
  }

  block.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-copy]");
    if (!button) return;
    const wanted = text(button.dataset.copy);
    const done = await copied(wanted);
    button.focus();
    if (!done) block.querySelector("details").open = true;
    const what = button.dataset.copy === "link" ? wanted.split("\n")[0] : button.textContent;
    status.textContent = done ? block.dataset.done.replace("{what}", what) : block.dataset.failed;
  });
  block.querySelector(".buttons").hidden = false;
})();
