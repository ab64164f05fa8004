// What a card and feedback gain where JavaScript runs: keys. Every control works without it.

"use strict";

/** The names that `data-key` may hold, for a key pressed; blank for a key without meaning. */
function keyName(key) {
  if (key === " ") return "space";
  return /^(enter|u|[1-4@-])$/i.test(key) ? key.toLowerCase() : "";
}

/** Whether a key pressed here may move on: not in a field, nor where it would press what has the focus. */
function isFree(here, name) {
  if (here.closest("input, select, textarea, [contenteditable]")) return false;
  const held = here.closest("a, button, summary");
  if (!held || !["space", "enter"].includes(name)) return true;
  // Space presses no link: on the one that shows the answer it may as well.
  return name === "space" && held.matches("a[data-key~=space]");
}

document.addEventListener("keydown", (event) => {
  if (document.documentElement.dataset.shortcuts === "off" || event.defaultPrevented) return;
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat) return;
  const name = keyName(event.key);
  const control = name && document.querySelector(`#main [data-key~="${name}"]`);
  if (!control || !isFree(event.target, name)) return;
  event.preventDefault();
  control.click();
});
