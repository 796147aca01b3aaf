// Keeps the number of mechanics on shift fresh.
import { read } from "../api.js";

const EVERY_MS = 20_000;
// Looked for each time: fresh.js replaces it.
const figure = () => document.querySelector("[data-online] [data-figure]");

setInterval(async () => {
  const found = await read("/api/mechanics/available-count").catch(() => null);
  if (found) figure().textContent = found.count;
}, EVERY_MS);
