// Seasoning: how far a sync is, every second, until it ends; then the page is loaded once more. Without it the page has a link.
const place = document.getElementById("sync");
const show = (name, text) => {
  const part = place.querySelector(`[data-is="${name}"]`);
  if (part && part.textContent !== text) part.textContent = text;
};
const look = async () => {
  try {
    const reply = await fetch(place.dataset.twin, { cache: "no-store" });
    if (!reply.ok) throw new Error(reply.status);
    const sync = await reply.json();
    if (sync.state !== "running") return location.reload();
    show("step", sync.step);
    show("words", sync.words);
    show("said", sync.said.join("\n"));
    const bar = place.querySelector("progress");
    if (sync.total > 0) {
      bar.max = sync.total;
      bar.value = sync.done;
    } else {
      bar.removeAttribute("value");
    }
  } catch {
    // The server may be starting again: go on asking.
  }
  setTimeout(look, 1000);
};
if (place) setTimeout(look, 1000);
