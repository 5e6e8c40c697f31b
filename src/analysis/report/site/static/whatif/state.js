/* What is chosen stands in the address behind #; a step back brings back what was chosen before. */
"use strict";
(() => {
  const whatIf = (globalThis.whatIf ??= {});
  const WAIT = 150; // milliseconds; a browser refuses to note every step of a slide
  let waiting = 0, begun = false;

  const read = () => Object.fromEntries(new URLSearchParams(location.hash.slice(1)));

  function written(chosen) {
    const set = Object.entries(chosen).filter(([, value]) => value !== "" && value !== undefined);
    const text = new URLSearchParams(set).toString().replaceAll("%3A", ":").replaceAll("%2C", ",");
    return `#${text}`;
  }

  function note(chosen) {
    const address = written(chosen);
    if (address === (location.hash || "#")) return;
    history[begun ? "replaceState" : "pushState"](null, "", address);
    begun = true;
  }

  /* Change a part of the address soon; `done` ends what one step back takes back. */
  function write(part, done) {
    clearTimeout(waiting);
    const later = () => note({ ...read(), ...part });
    if (!done) {
      waiting = setTimeout(later, WAIT);
      return;
    }
    later();
    begun = false;
  }

  function follow(show) {
    window.addEventListener("popstate", show);
    show();
  }

  whatIf.state = { read, write, follow };
})();
