// Seasoning: a key of a page presses the button that names it in `data-key`.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  const button = document.querySelector(`[data-key="${CSS.escape(event.key)}"]:not(:disabled)`);
  if (!button) return;
  event.preventDefault();
  button.click();
});
