// What a page gains where JavaScript runs. Every control works without it.

"use strict";

const root = document.documentElement;
const step = () => document.getElementById("step");
const say = (id, text) => {
  const place = document.getElementById(id);
  if (place) place.textContent = text;
};

// --- Order: arrows instead of numbers ---------------------------------------------------------

function rows(order) {
  return [...order.querySelectorAll("li")];
}

/** Write each event's place into its field, so that the form sends what is seen. */
function number(order) {
  rows(order).forEach((row, index) => {
    row.querySelector("select").value = String(index + 1);
  });
  order.classList.add("moved");
}

/** At either end an arrow stays where it is, so that focus does too, but leads nowhere. */
function markEnds(order) {
  const all = rows(order);
  all.forEach((row, index) => {
    row.querySelector('[data-move="-1"]').setAttribute("aria-disabled", String(index === 0));
    row.querySelector('[data-move="1"]').setAttribute("aria-disabled", String(index === all.length - 1));
  });
}

function move(row, by) {
  const order = row.closest(".order");
  const all = rows(order);
  const to = all.indexOf(row) + by;
  if (to < 0 || to >= all.length) return;
  const focused = document.activeElement;
  if (by < 0) all[to].before(row);
  else all[to].after(row);
  focused.focus();
  number(order);
  markEnds(order);
  say("status", `${to + 1} / ${all.length}: ${row.querySelector(".event-text").textContent}`);
}

function arrange(order) {
  order.querySelector("[name=arrows]").value = "on";
  const places = rows(order).map((row) => row.querySelector("select").value);
  if (new Set(places.filter(Boolean)).size === places.length) {
    const sorted = rows(order).sort((a, b) => a.querySelector("select").value - b.querySelector("select").value);
    order.querySelector("ul").append(...sorted);
    order.classList.add("moved");
  } else {
    rows(order).forEach((row) => {
      row.querySelector("select").value = "";
    });
  }
  order.classList.add("by-arrows");
  rows(order).forEach((row) => {
    row.querySelector(".place").hidden = true;
    row.querySelector(".moves").hidden = false;
  });
  markEnds(order);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-move]");
  if (button) move(button.closest("li"), Number(button.dataset.move));
});

// --- Choosing by key or by pin --------------------------------------------------------------------

function chosen(key) {
  if (/^\d$/.test(key)) return (Number(key) + 9) % 10; // 0 is the tenth
  return /^[a-j]$/i.test(key) ? key.toLowerCase().charCodeAt(0) - 97 : -1;
}

function choose(index) {
  const option = step().querySelectorAll(".answer input[type=radio]")[index];
  if (!option) return false;
  option.checked = true;
  option.focus();
  option.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}

document.addEventListener("click", (event) => {
  const pin = event.target.closest(".answer .pin");
  if (pin) choose(Number(pin.dataset.choice));
});

/** Fill the pin of the place that is marked in the list. */
function mirror() {
  const marked = document.querySelector(".pins input:checked");
  document.querySelectorAll(".answer .pin").forEach((pin) => {
    pin.classList.toggle("chosen", marked !== null && pin.dataset.choice === marked.value);
  });
}

document.addEventListener("change", mirror);

// --- Keys: only while focus is in the question, never while somebody types ----------------------

document.addEventListener("keydown", (event) => {
  const here = event.target;
  if (!step() || !step().contains(here) || event.defaultPrevented) return;
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (here.matches("select, textarea, input:not([type=radio]), [contenteditable]")) return;
  const arrow = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (arrow && here.matches("[data-move]")) {
    event.preventDefault();
    move(here.closest("li"), arrow);
    return;
  }
  if (choose(chosen(event.key))) event.preventDefault();
});

// --- htmx: what it swaps, and what it can't reach -------------------------------------------------

function prepare() {
  const order = document.querySelector(".order:not(.by-arrows)");
  if (order) arrange(order);
  mirror();
}

function trouble(kind) {
  const place = document.getElementById("trouble");
  if (place) place.textContent = kind ? place.dataset[kind] : "";
}

document.addEventListener("htmx:beforeRequest", () => trouble(""));
document.addEventListener("htmx:sendError", () => trouble("offline"));
document.addEventListener("htmx:timeout", () => trouble("offline"));
document.addEventListener("htmx:responseError", () => trouble("error"));
document.addEventListener("htmx:afterSwap", prepare);
// Where the server led to another page (log-in after the session ended), go there instead of swapping it in.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (/^\s*<!doctype html/i.test(xhr.responseText) && xhr.status < 400) {
    event.detail.shouldSwap = false;
    window.location.assign(xhr.responseURL);
  }
});

root.classList.add("js");
prepare();
