// Printing by a button. Without JavaScript the menu of the browser does it.

"use strict";

document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
