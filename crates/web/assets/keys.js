// Seasoning: every page works without it. `/` goes to the search box, `j` and `k` walk the list.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  const titles = [...document.querySelectorAll("main .title, main .at")].filter((link) => link.checkVisibility?.() ?? true);
  const step = { j: 1, k: -1 }[event.key];
  if (event.key === "/") {
    document.getElementById("q").select();
    document.getElementById("q").focus();
  } else if (step && titles.length) {
    const here = titles.indexOf(document.activeElement);
    const next = here < 0 ? (step > 0 ? 0 : titles.length - 1) : here + step;
    titles[Math.min(Math.max(next, 0), titles.length - 1)].focus();
  } else {
    return;
  }
  event.preventDefault();
});
