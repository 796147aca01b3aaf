// A drop area wraps a native file input, which takes the drop; this shows that it will.

for (const area of document.querySelectorAll("[data-drop]")) {
  const over = (event) => {
    event.preventDefault();
    area.dataset.over = "true";
  };
  const out = () => delete area.dataset.over;
  area.addEventListener("dragover", over);
  area.addEventListener("dragleave", out);
  area.addEventListener("drop", (event) => {
    event.preventDefault();
    out();
    const input = area.querySelector("input[type=file]");
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
