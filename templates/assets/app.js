// Everything works without this file. It adds keys to the inbox, saves drafts while somebody
// types, and moves the focus to an error summary.
import { tinykeys } from "./vendor/tinykeys/tinykeys.mjs";

const summary = document.querySelector(".summary");
if (summary) summary.focus();

// Keys act outside fields and without Ctrl, Alt or Meta (WCAG 2.1.4); they can be switched off.
function outsideFields(act) {
  return (event) => {
    const field = event.target.closest("input, textarea, select, [contenteditable]");
    if (field || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    event.preventDefault();
    act(event);
  };
}

function press(selector) {
  return outsideFields(() => document.querySelector(selector)?.click());
}

if (document.body.dataset.keys === "on") {
  const bindings = {
    "/": outsideFields(() => [...document.querySelectorAll("[data-key-search]")].find((box) => box.checkVisibility())?.focus()),
    "Shift+?": outsideFields(() => document.querySelector("#keys")?.showModal()),
    "?": outsideFields(() => document.querySelector("#keys")?.showModal()),
    "g n": press('[data-go="now"]'),
    "g i": press('[data-go="inbox"]'),
    "g d": press('[data-go="dossiers"]'),
    "g t": press('[data-go="deadlines"]'),
  };
  for (const element of document.querySelectorAll("[data-key]")) {
    const key = element.dataset.key;
    bindings[key] = outsideFields(() => element.click());
  }
  tinykeys(window, bindings);
}
document.querySelector("#keys button")?.addEventListener("click", (event) => {
  event.target.closest("dialog").close();
});

// A draft is saved three seconds after typing stops and when the page is left. It begins with a
// real input event: a scanner that opens the page leaves nothing.
for (const form of document.querySelectorAll("form[data-draft]")) {
  const status = form.querySelector("[data-draft-status]");
  const kept = `draft:${form.dataset.draft}`;
  let timer;
  let dirty = false;

  const text = () => JSON.stringify([...new FormData(form)].filter(([name]) => !name.startsWith("_")));

  const save = async () => {
    if (!dirty) return;
    dirty = false;
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body: new URLSearchParams(new FormData(form)), keepalive: true });
      if (!answer.ok) throw new Error(String(answer.status));
      if (status) status.textContent = await answer.text();
      localStorage.removeItem(kept);
    } catch {
      dirty = true;
      localStorage.setItem(kept, text());
      if (status) status.textContent = status.dataset.lost;
      timer = setTimeout(save, 8000);
    }
  };

  form.addEventListener("input", (event) => {
    if (!event.isTrusted) return;
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(save, 3000);
  });
  form.addEventListener("submit", () => {
    dirty = false;
    clearTimeout(timer);
    localStorage.removeItem(kept);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save();
  });

  const before = localStorage.getItem(kept);
  if (before) {
    for (const [name, value] of JSON.parse(before)) {
      for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
        if (field.type === "radio" || field.type === "checkbox") field.checked = field.value === value;
        else if (field.type !== "hidden" && field.type !== "file") field.value = value;
      }
    }
    dirty = true;
    save();
  }
}

// While somebody types into a search box, the first hits stand below it: a plain list of links.
for (const box of document.querySelectorAll("input[data-suggested]")) {
  const place = box.parentElement.querySelector("[data-suggestions]");
  let timer;
  const suggest = async () => {
    const asked = box.value.trim();
    if (asked.length < 2) return place.replaceChildren();
    try {
      const answer = await fetch(`${box.dataset.suggested}?q=${encodeURIComponent(asked)}`);
      if (answer.ok && asked === box.value.trim()) place.innerHTML = await answer.text();
    } catch {
      place.replaceChildren();
    }
  };
  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(suggest, 200);
  });
  box.closest("form").addEventListener("keydown", (event) => {
    if (event.key === "Escape") place.replaceChildren();
  });
}

// The procedures of the chosen body come first. Without this they stand by body all the same.
for (const select of document.querySelectorAll("select[data-first-of]")) {
  document.getElementById(select.dataset.firstOf)?.addEventListener("change", (event) => {
    const group = select.querySelector(`optgroup[data-key-of="${CSS.escape(event.target.value)}"]`);
    if (group) select.querySelector("optgroup").before(group);
  });
}

// "Copy for Excel": the table goes to the clipboard; without this file the link is a download.
for (const link of document.querySelectorAll("a[data-copy]")) {
  link.addEventListener("click", async (event) => {
    if (!navigator.clipboard) return;
    event.preventDefault();
    try {
      const answer = await fetch(link.href);
      if (!answer.ok) throw new Error(String(answer.status));
      await navigator.clipboard.writeText(await answer.text());
      link.insertAdjacentHTML("afterend", '<span role="status"></span>');
      link.nextElementSibling.textContent = ` ${link.dataset.copy}`;
    } catch {
      location.assign(link.href);
    }
  });
}
