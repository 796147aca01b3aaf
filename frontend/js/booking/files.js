// Files of a booking go up while the form is open; each becomes a row that carries its id.

import { upload } from "../upload.js";

const picker = document.querySelector("[data-uploads]");
const list = picker?.querySelector("[data-list]");
const input = picker?.querySelector("input[type=file]");
const form = picker?.closest("form");

const room = () => Number(picker.dataset.most) - list.children.length;
const changed = () => {
  input.disabled = room() <= 0;
  form.dispatchEvent(new Event("input"));
};

// Ids and names of what is up already.
export function carried() {
  const rows = [...(list?.children ?? [])].filter((row) => row.querySelector("[name=file_id]").value);
  return rows.map((row) => ["file_id", "file_name"].map((name) => field(row, name).value));
}

export function carry(files) {
  for (const [id, name] of files.slice(0, picker ? room() : 0)) fill(added(name), id, name);
}

const field = (row, name) => row.querySelector(`[name=${name}]`);

function added(name) {
  const row = picker.querySelector("[data-row]").content.firstElementChild.cloneNode(true);
  row.querySelector("[data-name]").textContent = name;
  row.querySelector("[data-remove]").setAttribute("aria-label", `Remove ${name}`);
  list.append(row);
  return row;
}

function fill(row, id, name) {
  for (const [key, value] of [["file_id", id], ["file_name", name]]) {
    field(row, key).value = value;
    field(row, key).disabled = false;
  }
}

async function start(file) {
  const row = added(file.name);
  const state = row.querySelector("[data-state]");
  form.dataset.uploading = Number(form.dataset.uploading ?? 0) + 1;
  try {
    const id = await upload(file, (part) => (state.textContent = `${Math.round(part * 100)} %`));
    state.textContent = "Sent";
    fill(row, id, file.name);
  } catch (problem) {
    row.dataset.failed = "true";
    state.textContent = problem.message;
  } finally {
    form.dataset.uploading -= 1;
    changed();
  }
}

// A form that is still sending files waits for them.
function wait(event) {
  if (!Number(form.dataset.uploading ?? 0)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const waiting = setInterval(() => {
    if (Number(form.dataset.uploading)) return;
    clearInterval(waiting);
    form.requestSubmit(event.submitter);
  }, 100);
}

if (picker) {
  picker.querySelector("[data-drop]").hidden = false;
  form.addEventListener("submit", wait);
  input.addEventListener("change", () => {
    for (const file of [...input.files].slice(0, Math.max(0, room()))) start(file);
    input.value = "";
    changed();
  });
  list.addEventListener("click", ({ target }) => {
    if (!target.closest("[data-remove]")) return;
    target.closest("[data-upload]").remove();
    changed();
    input.focus();
  });
}
