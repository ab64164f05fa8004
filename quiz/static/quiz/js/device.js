// What the device knows and the site does not: in which time zone it is.

"use strict";

const deviceZone = Intl.DateTimeFormat().resolvedOptions().timeZone || "";

/** Forms that are sent tell the zone. */
function tellZone() {
  document.querySelectorAll("input[data-zone]").forEach((field) => {
    field.value = deviceZone;
  });
}

/** Beside a choice of zones, offer that of the device while another one is chosen. */
function offerZone() {
  document.querySelectorAll("[data-zone-hint]").forEach((hint) => {
    const zones = document.getElementById(hint.dataset.zoneHint);
    const known = [...zones.options].some((option) => option.value === deviceZone);
    hint.hidden = !known || zones.value === deviceZone;
    hint.querySelector("[data-zone-name]").textContent = deviceZone;
  });
}

document.addEventListener("click", (event) => {
  const hint = event.target.closest("[data-zone-hint] button")?.closest("[data-zone-hint]");
  if (!hint) return;
  const zones = document.getElementById(hint.dataset.zoneHint);
  zones.value = deviceZone;
  zones.focus();
  offerZone();
});
document.addEventListener("change", offerZone);
document.addEventListener("htmx:afterSwap", tellZone);

tellZone();
offerZone();
