// `data-opens="id"` opens that <dialog>; `data-closes` closes the one around it, as does a press
// on the backdrop. A dialog with `data-open` opens with its page (a refused form in it).

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

for (const dialog of document.querySelectorAll("dialog[data-open]")) dialog.showModal();
