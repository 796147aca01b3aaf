// The switch of the shift takes effect at once; without this its button does it.

import { send } from "../api.js";
import { onLive } from "../live.js";
import { toast } from "../toast.js";

const form = document.querySelector("[data-shift]");
const box = form?.querySelector("input[type=checkbox]");
const sentence = form?.querySelector("[data-shift-sentence]");

function show(on) {
  box.checked = on;
  sentence.textContent = on ? form.dataset.sentenceOn : form.dataset.sentenceOff;
  document.dispatchEvent(new CustomEvent("queue-stale"));
}

async function change() {
  const on = box.checked;
  box.disabled = true;
  try {
    await send("/api/mechanic/clock", { on_shift: on });
    show(on);
  } catch (problem) {
    box.checked = !on;
    toast(problem.title, { bad: true });
  }
  box.disabled = false;
  box.focus();
}

if (form) {
  form.querySelector("[data-shift-button]").hidden = true;
  box.addEventListener("change", change);
  onLive("shift", ({ on_shift: on }) => show(on));
}
