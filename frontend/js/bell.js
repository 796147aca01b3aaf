// The bell counts what is unread: the live event `notification` brings { title, unread }.

import { onLive } from "./live.js";
import { toast } from "./toast.js";

onLive("notification", ({ title, unread }) => {
  const count = document.querySelector("[data-unread]");
  if (count) {
    count.hidden = !unread;
    count.querySelector("[data-figure]").textContent = unread || "";
  }
  if (title) toast(title);
});
