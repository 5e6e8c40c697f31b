/* Light or dark as chosen before, else as the system has it; also says that scripts run. */
"use strict";
(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  let mode = "auto";
  try {
    mode = localStorage.getItem("mode") || mode;
  } catch { /* nothing is kept here */ }
  root.dataset.mode = mode;
  root.dataset.theme = mode !== "auto" ? mode : dark ? "dark" : "light";
})();
