// Seasoning: every page works without it. Keys walk a list, open a line, choose it and decide about it; `?` shows them.
const KEYS = [
  ["j k", "next and previous line"],
  ["o", "open it; on a conversation, where it lives"],
  ["x", "choose the line"],
  ["t", "take the chosen ones, or this one"],
  ["r", "resolve the chosen ones, or this one"],
  ["u", "undo what was just decided"],
  ["/", "go to the search box"],
  ["g", "then t, c, p, u or s: Today, Conversations, People, Support, Sources"],
  ["?", "these keys"],
];

const main = document.getElementById("main");
const shown = (element) => element.checkVisibility?.() ?? true;
const lines = () => [...main.querySelectorAll(".title, .at")].filter(shown);
const place = `line ${location.pathname}${location.search}`;

// After a decision the page is loaded again: go on where one was.
let last = Number(sessionStorage.getItem(place) ?? -1);
sessionStorage.removeItem(place);

const here = () => {
  const at = lines().indexOf(document.activeElement?.closest(".case, .message")?.querySelector(".title, .at") ?? document.activeElement);
  return at < 0 ? last : at;
};

const walk = (step) => {
  const all = lines();
  if (!all.length) return false;
  const at = here();
  const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step;
  last = Math.min(Math.max(next, 0), all.length - 1);
  all[last].focus();
  all[last].closest("li")?.scrollIntoView({ block: "nearest" });
  return true;
};

const box = () => lines()[here()]?.closest(".case, tr")?.querySelector('input[type="checkbox"]');

const choose = () => {
  const line = box();
  if (line) line.checked = !line.checked;
  return Boolean(line);
};

// A button with this key: about the chosen lines, else about the line that one is at.
const press = (key) => {
  const button = main.querySelector(`button[data-key="${key}"]`);
  if (!button) return false;
  // Not `form.id`: that is its field of this name.
  const bulk = button.form?.getAttribute("id") === "bulk";
  if (bulk && !main.querySelector('.case input[type="checkbox"]:checked')) {
    const line = box();
    if (!line) return false;
    line.checked = true;
  }
  if (bulk) sessionStorage.setItem(place, String(Math.max(here() - 1, -1)));
  button.form.requestSubmit(button);
  return true;
};

const open = () => {
  const link = lines()[here()];
  const to = link?.classList.contains("title") ? link : main.querySelector('a[data-key="o"]');
  to?.click();
  return Boolean(to);
};

const search = () => {
  const input = main.querySelector('#find') ?? document.getElementById("q");
  input?.focus();
  input?.select();
  return Boolean(input);
};

const help = () => {
  const dialog = document.createElement("dialog");
  dialog.className = "keys-help";
  dialog.setAttribute("aria-labelledby", "keys-help");
  const head = document.createElement("h2");
  head.id = "keys-help";
  head.textContent = "Keys";
  const list = document.createElement("dl");
  for (const [keys, about] of KEYS) {
    const term = document.createElement("dt");
    for (const key of keys.split(" ")) {
      const name = document.createElement("kbd");
      name.textContent = key;
      term.append(name, " ");
    }
    const what = document.createElement("dd");
    what.textContent = about;
    list.append(term, what);
  }
  const form = document.createElement("form");
  form.method = "dialog";
  const close = document.createElement("button");
  close.textContent = "Close";
  form.append(close);
  dialog.append(head, list, form);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return true;
};

const GO = { t: "/", c: "/conversations", p: "/people", u: "/support", s: "/sources" };
let going = false;
const go = (key) => {
  going = false;
  const link = Object.hasOwn(GO, key) && document.querySelector(`.side a[href="${GO[key]}"]`);
  if (link) link.click();
  return Boolean(link);
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input:not([type="checkbox"]), textarea, select, dialog')) return;
  const deeds = { j: () => walk(1), k: () => walk(-1), o: open, x: choose, t: () => press("t"), r: () => press("r"), "/": search, "?": help, g: () => (going = true) };
  if (going && go(event.key)) return event.preventDefault();
  if (Object.hasOwn(deeds, event.key) && deeds[event.key]()) event.preventDefault();
});

for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copy);
    text.select();
    try {
      await navigator.clipboard.writeText(text.value);
    } catch {
      document.execCommand("copy");
    }
    button.textContent = "Copied";
  });
}
