// A short word at the edge of the screen, read out by screen readers. It leaves by itself unless it
// is told to last; not while the pointer or the focus is on it. With a `url` the words are a link.
// No more than three are shown: the oldest makes room, and the same words are not shown twice.

const SHOWN_MS = 6_000;
const ERROR_SHOWN_MS = 10_000;
const HELD_MS = 1_000;
const MOST = 3;
const HELD = ":hover, :focus-within";

export function toast(text, { bad = false, url = "", lasting = false } = {}) {
  const region = document.getElementById("toasts");
  const note = document.createElement("div");
  note.className = bad ? "toast toast--bad" : "toast";
  if (lasting) note.dataset.lasting = "true";
  note.append(url ? link(text, url) : text, closer(note));
  for (const same of region.children) if (same.textContent === note.textContent) same.remove();
  region.append(note);
  while (region.children.length > MOST) oldest(region).remove();
  if (!lasting) leave(note);
  return note;
}

function oldest(region) {
  return region.querySelector(`.toast:not(:last-child, [data-lasting], ${HELD})`) ?? region.firstElementChild;
}

function leave(note, after = note.matches(".toast--bad") ? ERROR_SHOWN_MS : SHOWN_MS) {
  setTimeout(() => (note.matches(HELD) ? leave(note, HELD_MS) : note.remove()), after);
}

function link(text, url) {
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.textContent = text;
  return anchor;
}

function closer(note) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "toast__close";
  button.setAttribute("aria-label", "Dismiss");
  button.textContent = "×";
  button.addEventListener("click", () => note.remove());
  return button;
}

document.addEventListener("click", ({ target }) => {
  if (target.closest(".toast__close")) target.closest(".toast")?.remove();
});
for (const failed of document.querySelectorAll("#toasts .toast--bad")) leave(failed);
