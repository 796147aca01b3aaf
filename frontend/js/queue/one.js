// The page of one request looks again when that request is taken, withdrawn or over.

import { onLive } from "../live.js";
import { lookAgain } from "../moving.js";

const page = document.querySelector("[data-request]");

if (page) {
  onLive("queue", ({ request_id: id, status }) => {
    if (id === page.dataset.request && status !== "waiting") lookAgain();
  });
  document.addEventListener("queue-stale", lookAgain);
}
