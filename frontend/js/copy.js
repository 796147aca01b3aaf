// `data-copies="text"` copies it; without a clipboard (plain HTTP) the text is shown to be copied.

import { toast } from "./toast.js";

document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-copies]");
  if (!button) return;
  const text = button.dataset.copies;
  const copied = await navigator.clipboard?.writeText(text).then(
    () => true,
    () => false,
  );
  toast(copied ? "Copied." : `Copy this: ${text}`, { bad: !copied, lasting: !copied });
});
