// A short word at the edge of the screen, read out by screen readers; it leaves by itself unless
// it tells of a failure or is told to last. With a `url` the words are a link.

const SHOWN_MS = 6_000;

export function toast(text, { bad = false, url = "", lasting = bad } = {}) {
  const region = document.getElementById("toasts");
  const note = document.createElement("div");
  note.className = bad ? "toast toast--bad" : "toast";
  note.append(url ? link(text, url) : text, closer(note));
  region.append(note);
  if (!lasting) setTimeout(() => note.remove(), SHOWN_MS);
  return note;
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
