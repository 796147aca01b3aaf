// A short word at the edge of the screen, read out by screen readers; it leaves by itself unless
// it tells of a failure.

const SHOWN_MS = 6_000;

export function toast(text, { bad = false } = {}) {
  const region = document.getElementById("toasts");
  const note = document.createElement("div");
  note.className = bad ? "toast toast--bad" : "toast";
  note.append(text, closer(note));
  region.append(note);
  if (!bad) setTimeout(() => note.remove(), SHOWN_MS);
  return note;
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
