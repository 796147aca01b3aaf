// Files of a booking go up while the form is open; each becomes a row that carries its id.

import { upload } from "../upload.js";

for (const picker of document.querySelectorAll("[data-uploads]")) ready(picker);

function ready(picker) {
  const input = picker.querySelector("input[type=file]");
  const list = picker.querySelector("[data-list]");
  picker.querySelector("[data-drop]").hidden = false;
  const room = () => Number(picker.dataset.most) - list.children.length;
  const show = () => (input.disabled = room() <= 0);

  input.addEventListener("change", () => {
    for (const file of [...input.files].slice(0, Math.max(0, room()))) start(file, picker, list);
    input.value = "";
    show();
  });
  list.addEventListener("click", ({ target }) => {
    if (!target.closest("[data-remove]")) return;
    target.closest("[data-upload]").remove();
    show();
    input.focus();
  });
  show();
}

async function start(file, picker, list) {
  const row = picker.querySelector("[data-row]").content.firstElementChild.cloneNode(true);
  row.querySelector("[data-name]").textContent = file.name;
  row.querySelector("[data-remove]").setAttribute("aria-label", `Remove ${file.name}`);
  list.append(row);
  const state = row.querySelector("[data-state]");
  const form = picker.closest("form");
  form.dataset.uploading = Number(form.dataset.uploading ?? 0) + 1;
  try {
    const id = await upload(file, (part) => (state.textContent = `${Math.round(part * 100)} %`));
    state.textContent = "Sent";
    carry(row, { file_id: id, file_name: file.name });
  } catch (problem) {
    row.dataset.failed = "true";
    state.textContent = problem.message;
  } finally {
    form.dataset.uploading -= 1;
  }
}

function carry(row, values) {
  for (const [name, value] of Object.entries(values)) {
    const field = row.querySelector(`[name=${name}]`);
    field.value = value;
    field.disabled = false;
  }
}

// A form that is still sending files waits for them, once.
document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (!Number(form.dataset.uploading ?? 0)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { submitter } = event;
    const waiting = setInterval(() => {
      if (Number(form.dataset.uploading)) return;
      clearInterval(waiting);
      form.requestSubmit(submitter);
    }, 100);
  },
  true,
);
