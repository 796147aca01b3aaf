// "Fill in" reads the number without leaving the page; without a script the server does it.

import { send } from "../api.js";

const form = document.querySelector("[data-vehicle]");
const button = form?.querySelector("[data-read-vin]");
button?.addEventListener("click", async (event) => {
  event.preventDefault();
  button.setAttribute("aria-busy", "true");
  tell(await fillIn().catch(({ message }) => message));
  button.removeAttribute("aria-busy");
});

async function fillIn() {
  const found = await send("/api/vin/decode", { vin: form.elements.vin.value });
  for (const name of ["vin", "year", "make", "model"]) {
    if (found[name]) form.elements[name].value = found[name];
  }
  const told = [found.year, found.make, found.model, found.trim, found.engine, found.fuel];
  return `Found: ${told.filter(Boolean).join(", ")}. Please check it.`;
}

function tell(text) {
  form.querySelector("[data-vin-told]").textContent = text;
}
