// The live event `notification` brings { title, url }: the bell counts one more, a toast tells.

import { onLive } from "./live.js";
import { toast } from "./toast.js";

onLive("notification", ({ title, url }) => {
  toast(title, { url });
  const count = document.querySelector("[data-unread]");
  if (!count) return;
  const figure = count.querySelector("[data-figure]");
  figure.textContent = Number(figure.textContent) + 1;
  count.hidden = false;
});
