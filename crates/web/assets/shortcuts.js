// Seasoning: a key of a page presses the button that names it in `data-key`.
document.addEventListener("keydown", (event) => {
  // What the keys of lists have answered is not answered twice, and nothing is done to many while none is chosen.
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, dialog")) return;
  const button = document.querySelector(`[data-key="${CSS.escape(event.key)}"]:not(:disabled, #bulk *)`);
  if (!button) return;
  event.preventDefault();
  button.click();
});
