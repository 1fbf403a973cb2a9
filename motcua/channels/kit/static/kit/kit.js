// Behaviour that pages ask for by data attributes. Every page works without it.

const find = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
// Words of scripts in the language of the page: Vietnamese first, English beside it (ADR 94).
const inEnglish = document.documentElement.lang === "en";
const said = (vietnamese, english) => (inEnglish ? english : vietnamese);
const typing = (target) => target.matches?.("input, textarea, select, [contenteditable]");

// --- On a phone the list of pages is a strip: show where one is.
for (const current of all(".kit-side [aria-current]")) {
  const strip = current.closest("ul");
  strip.scrollLeft = current.offsetLeft - strip.offsetLeft - 24;
}

// --- Sending once: the second click does nothing; the server knows the request_key anyway.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-once]")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  if (form.method === "get") return;
  form.dataset.sent = "yes";
  setTimeout(() => {
    for (const button of all("[type=submit]", form)) button.setAttribute("aria-disabled", "true");
  });
  setTimeout(release, 8000, form); // an answer that is a download leaves this page in place
}, true);

function release(form) {
  delete form.dataset.sent;
  for (const button of all("[type=submit]", form)) button.removeAttribute("aria-disabled");
}
addEventListener("pageshow", () => all("form[data-sent]").forEach(release));
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form[data-sent]");
  if (form) release(form);
});

// --- Keys: data-key="F8", "Alt+ArrowRight", "Ctrl+Enter", "/"; presses a button, focuses a field.
function pressed(event) {
  const held = [];
  if (event.ctrlKey || event.metaKey) held.push("Ctrl");
  if (event.altKey) held.push("Alt");
  if (event.shiftKey && event.key.length > 1) held.push("Shift");
  return [...held, event.key.length === 1 ? event.key.toUpperCase() : event.key].join("+");
}
document.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  const key = pressed(event);
  if (typing(event.target) && event.key.length === 1 && !event.ctrlKey && !event.altKey) return;
  const target = all("[data-key]").find(
    (element) => element.dataset.key === key && element.offsetParent && !element.disabled,
  );
  if (!target) return;
  event.preventDefault();
  if (target.matches("input, textarea, select")) {
    target.focus();
    target.select?.();
  } else target.click();
});

// Up and down in a table with data-rows: moves from row link to row link.
document.addEventListener("keydown", (event) => {
  if (!["ArrowDown", "ArrowUp"].includes(event.key) || event.altKey) return;
  if (typing(event.target) && event.target.type !== "checkbox") return;
  const links = all("tbody tr a[data-row]");
  if (!links.length) return;
  const row = event.target.closest("tr");
  const at = links.findIndex((link) => link.closest("tr") === row);
  const next = links[at + (event.key === "ArrowDown" ? 1 : -1)] ?? (at < 0 ? links[0] : null);
  if (!next) return;
  event.preventDefault();
  next.focus();
});

// Space ticks the row whose link has the focus.
document.addEventListener("keydown", (event) => {
  if (event.key !== " " || !event.target.matches("a[data-row]")) return;
  const box = find("input[type=checkbox]", event.target.closest("tr"));
  if (!box) return;
  event.preventDefault();
  box.click();
});

// --- Scanners type very fast and end with Enter: keep that Enter inside the field.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches("[data-scan]")) return;
  event.preventDefault();
  event.target.dispatchEvent(new CustomEvent("kit:scanned", { bubbles: true }));
});

// --- Enter goes on to the next field where a form asks for it (data-enter); keys and buttons send.
document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.("form[data-enter]");
  if (event.key !== "Enter" || event.isComposing || event.defaultPrevented || !form) return;
  if (!event.target.matches("input:not([type=file]), select")) return;
  event.preventDefault();
  const fields = [...form.elements].filter(
    (field) => field.matches("input:not([type=file]), select, textarea") && field.checkVisibility() && !field.disabled,
  );
  const over = event.target.value === "" && event.target.dataset.enterEmpty;
  const next = over ? find(over) : fields[fields.indexOf(event.target) + 1];
  next?.focus();
  if (next?.matches("input:not([type=checkbox]):not([type=radio])")) next.select();
});

// --- Choosing many rows: the count, and "all on this page".
function count(root) {
  const chosen = all("[data-select]:checked", root).length;
  const boxes = all("[data-select]", root);
  for (const bar of all("[data-selection]", root)) {
    find("[data-selected-count]", bar).textContent = chosen;
    bar.hidden = chosen === 0;
  }
  for (const head of all("[data-select-all]", root)) {
    head.checked = chosen > 0 && chosen === boxes.length;
    head.indeterminate = chosen > 0 && chosen < boxes.length;
  }
}
document.addEventListener("change", (event) => {
  const root = event.target.closest("[data-rows]") ?? event.target.closest("form") ?? document;
  if (event.target.matches("[data-select-all]")) {
    for (const box of all("[data-select]", root)) box.checked = event.target.checked;
  }
  if (event.target.matches("[data-select], [data-select-all]")) count(root);
});

// --- Answers that open a further question.
function reveal(root) {
  for (const input of all("[data-reveals]", root)) {
    const part = document.getElementById(input.dataset.reveals);
    if (!part) continue;
    part.hidden = !input.checked;
    input.setAttribute("aria-controls", part.id);
  }
}
document.addEventListener("change", (event) => {
  if (event.target.matches("[type=radio], [type=checkbox]")) reveal(document);
});

// --- How many letters are left.
document.addEventListener("input", (event) => {
  const area = event.target;
  if (!area.matches("[data-count]")) return;
  const words = find(`[data-count-for="${area.id}"]`);
  const left = area.maxLength - area.value.length;
  if (words) words.textContent = said(`Còn ${left} chữ cái.`, `${left} characters left.`);
});

// --- Drafts: sends what has been typed two seconds after the last change.
const clock = (moment) => moment.toLocaleTimeString(said("vi", "en-GB"), { hour: "2-digit", minute: "2-digit" });
const waiting = new WeakMap();
async function save(form) {
  const state = find("[data-save-state]", form) ?? find("[data-save-state]");
  const body = new FormData(form);
  for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
  try {
    const answer = await fetch(form.dataset.autosave, { method: "POST", body });
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    const at = clock(new Date());
    if (state) state.textContent = said(`Đã lưu lúc ${at}`, `Saved at ${at}`);
  } catch {
    if (state) {
      state.textContent = said("Chưa lưu được; sẽ thử lại khi ông/bà gõ tiếp.", "Not saved yet; trying again as you type.");
    }
  }
}
document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-autosave]");
  if (!form) return;
  clearTimeout(waiting.get(form));
  waiting.set(form, setTimeout(save, 2000, form));
});

// --- Notices: how many are unread; asked when a page opens, at most once a minute.
const NOTICES_FRESH = 60_000;
async function countUnread() {
  const bell = find("[data-unread]");
  if (!bell) return;
  const place = `unread:${document.body.dataset.account}`;
  const here = find("[data-unread-count]")?.dataset.unreadCount;
  let kept = JSON.parse(sessionStorage.getItem(place) ?? "null");
  if (here !== undefined) kept = { at: Date.now(), count: Number(here) };
  if (!kept || Date.now() - kept.at > NOTICES_FRESH) {
    const answer = await fetch(bell.dataset.unread);
    if (!answer.ok || answer.redirected) return;
    kept = { at: Date.now(), count: Number(await answer.text()) };
  }
  sessionStorage.setItem(place, JSON.stringify(kept));
  const badge = find("[data-unread-badge]", bell);
  badge.textContent = kept.count > 99 ? "99+" : kept.count;
  badge.hidden = !(kept.count > 0);
}
countUnread().catch(() => {}); // the line may be down; the page works without the number

// --- Idle: warns 60 seconds before the session is locked; what was typed stays on the page.
function watchIdle() {
  const { idleSeconds, keepAlive } = document.body.dataset;
  const dialog = document.getElementById("kit-idle");
  if (!idleSeconds || !dialog) return;
  let ends = 0;
  const start = () => {
    ends = Date.now() + Number(idleSeconds) * 1000;
  };
  const show = (open) => {
    all("[data-idle-before], [data-idle-stay]", dialog).forEach((part) => (part.hidden = !open));
    all("[data-idle-after]", dialog).forEach((part) => (part.hidden = open));
  };
  const stay = async () => {
    const answer = await fetch(keepAlive, { redirect: "manual" }).catch(() => null);
    if (!answer?.ok) return show(false);
    start();
    dialog.close();
  };
  find("[data-idle-stay]", dialog).addEventListener("click", stay);
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  document.addEventListener("htmx:afterOnLoad", start);
  addEventListener("focus", () => dialog.open && stay());
  setInterval(() => {
    const left = Math.ceil((ends - Date.now()) / 1000);
    if (left > 60) return;
    if (!dialog.open) {
      show(true);
      dialog.showModal();
    }
    if (left >= 0) find("[data-idle-left]", dialog).textContent = left;
    else show(false);
  }, 1000);
  start();
}

// --- A session that ends under a filled form: what was typed comes back after signing in.
const TYPED = "kit-typed";
const here = () => location.pathname + location.search;
function keepTyped(form) {
  if (form?.method !== "post" || !document.body.dataset.account) return;
  const isSecret = (name) =>
    ["csrfmiddlewaretoken", "request_key"].includes(name) || form.elements[name]?.type === "password";
  const values = [...new FormData(form)].filter(([name, value]) => !(value instanceof File || isSecret(name)));
  const kept = { page: here(), who: document.body.dataset.account, form: all("form").indexOf(form), values };
  sessionStorage.setItem(TYPED, JSON.stringify(kept));
}
document.addEventListener("submit", (event) => keepTyped(event.target));
document.addEventListener("htmx:beforeRequest", (event) => keepTyped(event.target.closest?.("form")));
function fill(form, values) {
  for (const field of form.elements) {
    const typed = values.filter(([name]) => name === field.name).map(([, value]) => value);
    if (["radio", "checkbox"].includes(field.type)) field.checked = typed.includes(field.value);
    else if (typed.length && !["hidden", "submit", "file"].includes(field.type)) field.value = typed[0];
  }
  form.dispatchEvent(new Event("input", { bubbles: true }));
}
// A page that is drawn from what was typed (data-retype names its part) is asked for again.
function retype(form, kept) {
  const values = { csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value };
  for (const [name, value] of kept) (values[name] ??= []).push(value);
  const part = form.dataset.retype;
  htmx.ajax("POST", form.action, { source: form, target: part, select: part, swap: "outerHTML", values });
}
function giveBack() {
  const kept = JSON.parse(sessionStorage.getItem(TYPED) ?? "null");
  if (!kept) return;
  if ("passing" in document.body.dataset) {
    sessionStorage.setItem(TYPED, JSON.stringify({ ...kept, passed: true }));
    if (new URLSearchParams(location.search).has("next")) {
      const banner = document.createElement("p");
      banner.className = "govuk-inset-text";
      banner.textContent = said(
        "Phiên làm việc đã hết. Đăng nhập lại là thấy lại những gì đã nhập.",
        "Your session has ended. Sign in again and you will find what you had typed.",
      );
      find("#kit-flash")?.append(banner);
    }
    return;
  }
  sessionStorage.removeItem(TYPED);
  const isOwn = kept.passed && kept.page === here() && kept.who === document.body.dataset.account;
  const form = isOwn ? all("form")[kept.form] : null;
  if (form?.dataset.retype) retype(form, kept.values);
  else if (form) fill(form, kept.values);
}

// --- Typed while a part of the form was on its way: the answer knows only what was sent.
const ticked = (field) => ["radio", "checkbox"].includes(field.type);
const answerOf = (field) => (ticked(field) ? field.checked : field.value);
function answersIn(root) {
  const answers = new Map();
  for (const field of all("[name]:is(input, select, textarea):not([type=file], [type=hidden])", root)) {
    const name = ticked(field) ? `${field.name}=${field.value}` : field.name;
    answers.set(name, answers.has(name) ? null : field); // of two with one name nobody knows which is which
  }
  return answers;
}
document.addEventListener("htmx:beforeSend", ({ detail: { xhr, target } }) => {
  xhr.sent = new Map([...answersIn(target)].map(([name, field]) => [name, field && answerOf(field)]));
});
document.addEventListener("htmx:beforeSwap", ({ detail: { xhr, target } }) => {
  if (!xhr.sent) return;
  const since = [...answersIn(target)].filter(
    ([name, field]) => field && xhr.sent.has(name) && xhr.sent.get(name) !== answerOf(field),
  );
  xhr.since = since.map(([name, field]) => [name, answerOf(field)]);
});
document.addEventListener("htmx:afterSwap", ({ detail: { xhr, target } }) => {
  if (!xhr.since?.length) return;
  const fields = answersIn(document.getElementById(target.id) ?? target);
  for (const [name, typed] of xhr.since) {
    const field = fields.get(name);
    if (!field) continue;
    field[ticked(field) ? "checked" : "value"] = typed;
    if (typed !== false) for (const told of ["input", "change"]) field.dispatchEvent(new Event(told, { bubbles: true }));
  }
});

// --- Files sent in parts: loaded only where a page asks for it.
async function watchUploads(root) {
  if (!find("[data-upload]", root)) return;
  const { watch } = await import(find("[data-upload-script]").dataset.uploadScript);
  all("[data-upload]", root).forEach(watch);
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) print();
  for (const menu of all("details.kit-menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

function settle(root) {
  reveal(root);
  watchUploads(root);
  for (const form of all("form", root)) if (find("[data-selection]", form)) count(form);
  find("[data-focus]", root)?.focus();
}

giveBack();
settle(document);
watchIdle();
document.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body) settle(event.target);
});
// No answer at all, or a fault of the server: say so where the reader is.
function failed(why) {
  find("[data-failed]")?.remove();
  const words = document.createElement("p");
  words.className = "govuk-error-message";
  Object.assign(words.dataset, { failed: "" });
  words.setAttribute("role", "alert");
  words.tabIndex = -1;
  words.textContent = said(
    `${why}; những gì đã nhập vẫn còn. Hãy thử lại.`,
    `${why}; what you typed is still here. Please try again.`,
  );
  find("main")?.prepend(words);
  words.focus();
}
const silent = () => failed(said("Máy chủ chưa trả lời được", "The server has not answered"));
document.addEventListener("htmx:responseError", silent);
document.addEventListener("htmx:sendError", silent);

// Without a line a form stays: the browser's own page of errors would take it away.
addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (navigator.onLine || form.method !== "post" || form.dataset.reached) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    fetch(location.href, { method: "HEAD" }).then(
      () => {
        form.dataset.reached = "yes"; // a machine of its own needs no line
        form.requestSubmit(event.submitter);
        delete form.dataset.reached;
      },
      () => failed(said("Đang mất mạng, chưa gửi được", "You are offline, nothing was sent")),
    );
  },
  true,
);
document.addEventListener("htmx:afterOnLoad", () => find("[data-failed]")?.remove());
// Answers with an error say why: show them in place instead of dropping them.
document.addEventListener("htmx:beforeSwap", (event) => {
  if ([400, 403, 404, 409, 422].includes(event.detail.xhr.status)) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});
// Where somebody stands, put into a field that asks for a point on the map.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-locate]");
  if (!button) return;
  const said = button.parentElement.querySelector("[role=status]");
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      const input = document.getElementById(button.dataset.locate);
      input.value = `${coords.latitude.toFixed(6)}, ${coords.longitude.toFixed(6)}`;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    },
    () => {
      said.textContent = button.dataset.locateRefused;
    },
  );
});
function offerLocation() {
  if (!navigator.geolocation) return;
  for (const button of document.querySelectorAll("[data-locate][hidden]")) button.hidden = false;
}
offerLocation();
document.addEventListener("htmx:afterSettle", offerLocation);
