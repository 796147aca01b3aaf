// `data-opens="id"` opens that <dialog>; `data-closes` closes the one around it, as does a press
// on the backdrop. Escape closes a drawer, which is open as the target of its link, with the focus
// back on that link. A dialog with `data-open` opens with its page (a refused form in it).

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  const dialog = opener && document.getElementById(opener.dataset.opens);
  if (dialog) {
    event.preventDefault();
    dialog.showModal();
  } else if (event.target.closest("[data-closes]")) {
    event.target.closest("dialog")?.close();
  } else if (event.target.matches?.("dialog")) {
    event.target.close();
  }
});

document.addEventListener("keydown", ({ key, defaultPrevented }) => {
  const drawer = document.querySelector(".room__panel:target");
  if (key !== "Escape" || defaultPrevented || !drawer || document.querySelector("dialog[open]")) return;
  location.hash = "main";
  document.querySelector(`[href="#${drawer.id}"]`)?.focus();
});

for (const dialog of document.querySelectorAll("dialog[data-open]")) dialog.showModal();
