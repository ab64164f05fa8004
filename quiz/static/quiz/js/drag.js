// Dragging, by mouse, pen or finger: a row of an order to its place, an event into a gap of its line. It is an extra to
// buttons, keys and radios. A handle is marked by `data-drag`: "row" for a list item, "event" for a card beside a form's
// gaps. A row that came to rest elsewhere says so by the event "moved"; a gap says "change", as its radio does.

"use strict";

{
  // In pixels: how far a press goes before it drags; how near to an edge of the window the page scrolls, and how far
  // at most in one frame; how far beside the line an event may be let go.
  const PRESS = 4;
  const EDGE = 72;
  const FASTEST = 14;
  const BESIDE = 48;

  /** The drag under way: handle, pointer, where it began and where it is, and the deeds of what is dragged. */
  let drag = null;

  const still = matchMedia("(prefers-reduced-motion: reduce)");

  // --- A row of an order ---------------------------------------------------------------------------

  /** Take hold of a row: the others make way while it follows the pointer, and it stands where they leave room. */
  function takeRow(handle, y) {
    const row = handle.closest("li");
    const list = row.parentElement;
    const before = [...list.children];
    const grip = y - row.getBoundingClientRect().top;
    row.classList.add("dragged");

    /** Let another row change sides with this one, which stays in the page: moved itself, it would lose the pointer. */
    function pass(other, side) {
      const from = other.offsetTop;
      row[side](other);
      if (still.matches) return;
      other.animate([{ transform: `translateY(${from - other.offsetTop}px)` }, { transform: "none" }], 120);
    }

    /** Offsets are asked for, since they don't tell how far a row has come on its way. */
    const half = (one) => one.offsetTop + one.offsetHeight / 2;

    function follow({ y }) {
      const wanted = y - grip - list.getBoundingClientRect().top + list.offsetTop;
      const last = list.offsetTop + list.offsetHeight - row.offsetHeight;
      const top = Math.min(Math.max(wanted, list.offsetTop), last);
      for (let one; (one = row.nextElementSibling) && top + row.offsetHeight > half(one); ) pass(one, "before");
      for (let one; (one = row.previousElementSibling) && top < half(one); ) pass(one, "after");
      row.style.transform = `translateY(${top - row.offsetTop}px)`;
    }

    function release(keep) {
      row.classList.remove("dragged");
      row.removeAttribute("style");
      if (!keep) list.append(...before);
      else if (before.indexOf(row) !== [...list.children].indexOf(row)) {
        row.dispatchEvent(new CustomEvent("moved", { bubbles: true }));
      }
    }

    return { follow, release };
  }

  // --- An event into a gap -------------------------------------------------------------------------

  /** Take hold of an event: a copy of its card follows the pointer, above it, so that the gap there is seen. */
  function takeEvent(handle, x, y) {
    const card = handle.parentElement;
    const gaps = [...card.closest("form").querySelectorAll(".gap:not(:has(:disabled))")];
    const line = gaps[0].parentElement;
    const { left, width, height } = card.getBoundingClientRect();
    const copy = card.cloneNode(true);
    copy.classList.add("in-hand");
    copy.setAttribute("aria-hidden", "true");
    copy.style.inlineSize = `${width}px`;
    card.classList.add("dragged");
    card.after(copy);
    let over = null;

    function follow(at) {
      const aside = Math.min(Math.max(0, left + at.x - x), Math.max(0, document.documentElement.clientWidth - width));
      copy.style.transform = `translate(${aside}px, ${Math.max(4, at.y - height - 28)}px)`;
      over?.classList.remove("over");
      over = nearest(at);
      over?.classList.add("over");
    }

    function nearest(at) {
      const around = line.getBoundingClientRect();
      const inside = at.x > around.left - BESIDE && at.x < around.right + BESIDE;
      if (!inside || at.y < around.top - BESIDE || at.y > around.bottom + BESIDE) return null;
      const far = (gap) => {
        const { top, height } = gap.getBoundingClientRect();
        return Math.abs(top + height / 2 - at.y);
      };
      return gaps.reduce((best, gap) => (far(gap) < far(best) ? gap : best));
    }

    function release(keep) {
      copy.remove();
      card.classList.remove("dragged");
      over?.classList.remove("over");
      const radio = keep && over?.querySelector("input");
      if (!radio) return;
      radio.checked = true;
      radio.focus({ preventScroll: true });
      radio.dispatchEvent(new Event("change", { bubbles: true }));
    }

    return { follow, release };
  }

  // --- The pointer ---------------------------------------------------------------------------------

  /** End the drag: where it stands, or with all as it was before. */
  function end(keep) {
    const { handle, pointer, held, focused } = drag;
    drag = null;
    if (handle.hasPointerCapture(pointer)) handle.releasePointerCapture(pointer);
    if (!held) return;
    held.release(keep && handle.isConnected);
    // What made way was taken out of the page for a moment, and the focus with it.
    if (document.activeElement === document.body) focused?.focus({ preventScroll: true });
  }

  function begin() {
    const { handle, from } = drag;
    drag.focused = document.activeElement;
    drag.held = handle.dataset.drag === "row" ? takeRow(handle, from.y) : takeEvent(handle, from.x, from.y);
    requestAnimationFrame(scroll);
  }

  /** Near the upper or lower edge of the window the page scrolls along, faster the nearer. */
  function scroll() {
    if (!drag?.held) return;
    const { y } = drag.at;
    const over = Math.min(0, y - EDGE) + Math.max(0, y - (window.innerHeight - EDGE));
    const before = window.scrollY;
    if (over) window.scrollBy(0, Math.max(-FASTEST, Math.min(FASTEST, over / 4)));
    if (window.scrollY !== before) drag.held.follow(drag.at);
    requestAnimationFrame(scroll);
  }

  document.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest("[data-drag]");
    if (!handle || drag || !event.isPrimary || event.button !== 0) return;
    const at = { x: event.clientX, y: event.clientY };
    handle.setPointerCapture(event.pointerId);
    drag = { handle, pointer: event.pointerId, from: at, at, held: null, focused: null };
  });

  document.addEventListener("pointermove", (event) => {
    if (event.pointerId !== drag?.pointer) return;
    drag.at = { x: event.clientX, y: event.clientY };
    if (!drag.held && Math.hypot(drag.at.x - drag.from.x, drag.at.y - drag.from.y) >= PRESS) begin();
    drag.held?.follow(drag.at);
  });

  document.addEventListener("pointerup", (event) => {
    if (event.pointerId === drag?.pointer) end(true);
  });

  // `lostpointercapture` comes after each drag; before its end only where the handle was taken out of the page.
  for (const happens of ["pointercancel", "lostpointercapture"]) {
    document.addEventListener(happens, (event) => {
      if (event.pointerId === drag?.pointer) end(false);
    });
  }

  // Handles take no focus and begin no selection.
  document.addEventListener("mousedown", (event) => {
    if (event.target.closest("[data-drag]")) event.preventDefault();
  });

  // A long press on a handle asks for no menu, and while something is dragged no key does anything but give it up.
  document.addEventListener("contextmenu", (event) => {
    if (drag) event.preventDefault();
  });
  document.addEventListener(
    "keydown",
    (event) => {
      if (!drag?.held) return;
      event.preventDefault();
      event.stopPropagation();
      if (event.key === "Escape") end(false);
    },
    true,
  );
}
