// What is typed into the last step is kept in this tab, under the address of the step, so that
// the browser's own back button finds it again.

import { carried, carry } from "./files.js";

const form = document.querySelector("[data-concern]");
const KEY = `autodoctor.concern${location.search}`;
const FIELDS = ["category", "concern"];

function keep() {
  const values = Object.fromEntries(FIELDS.map((name) => [name, form.elements[name].value]));
  const kept = { values, urgent: form.elements.urgent.checked, files: carried() };
  sessionStorage.setItem(KEY, JSON.stringify(kept));
}

function restore() {
  const { values, urgent, files } = JSON.parse(sessionStorage.getItem(KEY) ?? "null") ?? {};
  if (!values || FIELDS.some((name) => form.elements[name].value)) return;
  for (const name of FIELDS) form.elements[name].value = values[name];
  form.elements.urgent.checked = urgent;
  if (!carried().length) carry(files);
  form.elements.concern.dispatchEvent(new Event("input", { bubbles: true }));
}

if (form) {
  restore();
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
}
