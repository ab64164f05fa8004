// What the story map gains where JavaScript runs: arrow keys. Every step has its links without them.

"use strict";

document.addEventListener("keydown", (event) => {
  const page = document.documentElement;
  const way = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
  if (!way || page.dataset.shortcuts === "off" || event.defaultPrevented) return;
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || event.isComposing || event.repeat) return;
  if (event.target.closest("input, select, textarea, [contenteditable]")) return;
  const onwards = page.dir === "rtl" ? { prev: "next", next: "prev" }[way] : way;
  const link = document.querySelector(`.story-nav [rel="${onwards}"]`);
  if (!link) return;
  event.preventDefault();
  link.click();
});
