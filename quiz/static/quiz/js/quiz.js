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
  const all = rows(row.closest(".order"));
  const to = all.indexOf(row) + by;
  if (to < 0 || to >= all.length) return;
  const focused = document.activeElement;
  if (by < 0) all[to].before(row);
  else all[to].after(row);
  focused.focus();
  settle(row);
}

/** After a row came to rest elsewhere, by button, by key or by hand. */
function settle(row) {
  const order = row.closest(".order");
  number(order);
  markEnds(order);
  keep();
  const all = rows(order);
  const told = [all.indexOf(row) + 1, all.length, row.querySelector(".event-text").textContent];
  say("status", order.dataset.placed.replace(/%(\d)/g, (_, n) => told[n - 1]));
}

function arrange(order) {
  order.querySelector("[name=arrows]").value = "on";
  const places = rows(order).map((row) => row.querySelector("select").value);
  if (new Set(places.filter(Boolean)).size === places.length) {
    const sorted = rows(order).sort((a, b) => a.querySelector("select").value - b.querySelector("select").value);
    order.querySelector("ol").append(...sorted);
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

document.addEventListener("moved", (event) => settle(event.target));

// --- Nothing is lost: what is given so far is kept in this tab until it is answered, or sent ------

const kept = (token) => `answer:${token}`;
const form = () => document.querySelector("form.answer, form[data-keep]");
const token = () => form().dataset.keep ?? form().elements.token.value;
let store = null;
try {
  store = window.sessionStorage;
} catch {
  // Not allowed: then a reload forgets what was given, as everywhere.
}

function keep() {
  const given = [...new FormData(form())].filter(([name, value]) => value && !/^(csrf|token$)/.test(name));
  store?.setItem(kept(token()), JSON.stringify(given));
}

/** Fill in what was kept, unless the site has filled something in itself. */
function restore() {
  const stored = store?.getItem(kept(token()));
  for (const [name, value] of stored ? JSON.parse(stored) : []) {
    const field = form().elements.namedItem(name);
    if (field && !field.value) field.value = value;
  }
  // A hint may have taken away what was chosen.
  const struck = form().querySelector("input:checked:disabled");
  if (struck) struck.checked = false;
}

function forget(token) {
  store?.removeItem(kept(token));
}

for (const happens of ["input", "change"]) {
  document.addEventListener(happens, (event) => {
    if (form() && form().contains(event.target)) keep();
  });
}

// In an exam no feedback shows that an answer was taken: the next question does.
document.addEventListener("htmx:afterRequest", (event) => {
  const { xhr, requestConfig } = event.detail;
  const asks = /\/extend\/$/.test(requestConfig.path) || requestConfig.parameters.hint;
  const taken = xhr.status === 200 && requestConfig.verb === "post" && !asks;
  const page = /^\s*<!doctype html/i.test(xhr.responseText);
  if (taken && !page && requestConfig.parameters.token) forget(requestConfig.parameters.token);
});

// --- Choosing by key or by pin --------------------------------------------------------------------

function chosen(key) {
  if (/^\d$/.test(key)) return (Number(key) + 9) % 10; // 0 is the tenth
  return /^[a-j]$/i.test(key) ? key.toLowerCase().charCodeAt(0) - 97 : -1;
}

function choose(index) {
  const option = step().querySelectorAll(".answer input[name=choice]")[index];
  if (!option || option.disabled) return false;
  option.checked = true;
  option.focus();
  option.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}

document.addEventListener("click", (event) => {
  const pin = event.target.closest(".answer .pin");
  if (pin) choose(Number(pin.dataset.choice));
});

/** Fill the pin of the place that is marked in the list, and dim those that a hint took away. */
function mirror() {
  const marked = document.querySelector(".pins input:checked");
  document.querySelectorAll(".answer .pin").forEach((pin) => {
    pin.classList.toggle("chosen", marked !== null && pin.dataset.choice === marked.value);
    pin.classList.toggle("struck", document.querySelector(`.pins [value="${pin.dataset.choice}"]:disabled`) !== null);
  });
}

document.addEventListener("change", mirror);

// --- Keys: only while focus is in the question or nowhere, never while somebody types ------------

document.addEventListener("keydown", (event) => {
  const here = event.target;
  if (!step() || !(step().contains(here) || here === document.body) || event.defaultPrevented) return;
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (here.matches("select, textarea, input:not([type=radio]), [contenteditable]")) return;
  const arrow = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (arrow && here.matches("[data-move]")) {
    event.preventDefault();
    move(here.closest("li"), arrow);
    return;
  }
  if (root.dataset.shortcuts === "off") return;
  if (choose(chosen(event.key)) || (!event.repeat && help(event.key))) event.preventDefault();
});

/** Ask for a hint by its key, which is H, or a question mark where H is an answer. */
function help(key) {
  const button = step().querySelector("button[name=hint]");
  if (button?.getAttribute("aria-keyshortcuts") !== key.toUpperCase()) return false;
  button.click();
  return true;
}

// --- Time left: a reader of the screen hears of it once, at one minute ---------------------------

let ticking = null;

function tick(clock, ends, before) {
  const seconds = Math.round((ends - Date.now()) / 1000);
  const minutes = Math.round(seconds / 60);
  const { many, one, few, none } = clock.dataset;
  const text = seconds <= 0 ? none : seconds < 60 ? few : minutes === 1 ? one : many.replace("#", minutes);
  if (text !== clock.textContent) clock.textContent = text;
  if (before > 60 && seconds <= 60) say("status", one);
  if (before > 0 && seconds <= 0) say("status", none);
  ticking = seconds > 0 ? setTimeout(() => clock.isConnected && tick(clock, ends, seconds), 1000) : null;
}

function count() {
  clearTimeout(ticking);
  const clock = document.querySelector("[data-clock]");
  if (clock) tick(clock, Date.now() + clock.dataset.clock * 1000, Number(clock.dataset.clock));
}

// --- Copying -------------------------------------------------------------------------------------

document.querySelectorAll("[data-copy]").forEach((button) => {
  const text = document.getElementById(button.dataset.copy);
  button.hidden = false;
  button.addEventListener("click", async () => {
    text.select();
    try {
      await navigator.clipboard.writeText(text.value);
      say("copied", button.dataset.copied);
    } catch {
      say("copied", button.dataset.uncopied);
    }
  });
});

// --- htmx: what it swaps, and what it can't reach -------------------------------------------------

function prepare() {
  const answered = document.querySelector("[data-answered]");
  if (answered) forget(answered.dataset.answered);
  if (form()) restore();
  const order = document.querySelector(".order:not(.by-arrows)");
  if (order) arrange(order);
  mirror();
  count();
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
