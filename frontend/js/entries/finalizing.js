// Back from the payment page: asks until the session is there, and explains when it takes long.
import { read } from "../api.js";

const EVERY_MS = 1_500;

const place = document.querySelector("[data-finalizing]");
const until = performance.now() + Number(place.dataset.seconds) * 1000;

async function look() {
  const url = `/api/checkout/resolve?session_id=${encodeURIComponent(place.dataset.finalizing)}`;
  const found = await read(url).catch(() => ({}));
  if (found.session_id) return location.replace(`/session/${found.session_id}`);
  if (["returned", "expired"].includes(found.status)) return location.reload();
  if (performance.now() < until) return setTimeout(look, EVERY_MS);
  place.hidden = true;
  document.querySelector("[data-late]").hidden = false;
}

look();
