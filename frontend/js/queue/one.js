// The page of one request looks again when that request is taken, withdrawn or over.

import { onLive } from "../live.js";

const page = document.querySelector("[data-request]");

if (page) {
  onLive("queue", ({ request_id: id, status }) => {
    if (id === page.dataset.request && status !== "waiting") location.reload();
  });
  document.addEventListener("queue-stale", () => location.reload());
}
