// Files go to the server in parts of 128 to 512 kB and go on where they stopped; pictures shrink first.
// POST start → {token, offset}; HEAD /tep/<token>/ → Upload-Offset; PATCH with Upload-Offset.

const FIRST_PART = 128 * 1024; // a slow line shows that it moves
const LARGEST_PART = 512 * 1024;
const QUICK = 1500; // a part that took less (ms) may be followed by a larger one
const LONGEST_SIDE = 2000;
const TRIES = 5;
const inEnglish = document.documentElement.lang === "en";
const said = (vietnamese, english) => (inEnglish ? english : vietnamese);
// A line that is back ends the wait at once.
const pause = (ms) =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
    addEventListener("online", resolve, { once: true });
  });
const size = (bytes) =>
  bytes >= 1e6 ? `${(bytes / 1e6).toFixed(1).replace(".", said(",", "."))} MB` : `${Math.round(bytes / 1e3)} kB`;

export async function shrink(file) {
  if (!/^image\/(jpeg|png|webp|heic)$/.test(file.type) || file.size < 400_000) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    const paper = canvas.getContext("2d");
    paper.fillStyle = "white";
    paper.fillRect(0, 0, canvas.width, canvas.height);
    paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.85));
    if (!blob || blob.size >= file.size) return file;
    const name = file.name.replace(/\.[^.]+$/, "") + ".jpg";
    return new File([blob], name, { type: "image/jpeg", lastModified: file.lastModified });
  } catch {
    return file;
  }
}

function memory(file) {
  const key = `kit-upload:${file.name}:${file.size}:${file.lastModified}`;
  return {
    get: () => localStorage.getItem(key),
    set: (token) => localStorage.setItem(key, token),
    forget: () => localStorage.removeItem(key),
  };
}

async function begin(start, file, headers) {
  const body = new URLSearchParams({ name: file.name, size: file.size, type: file.type });
  const answer = await fetch(start, { method: "POST", body, headers });
  if (answer.redirected) throw new Refused(SIGNED_OUT);
  if (!answer.ok) throw new Refused(await reason(answer));
  return answer.json();
}

class Refused extends Error {}

const SIGNED_OUT = said(
  "Phiên làm việc đã hết. Hãy tải lại trang, đăng nhập rồi chọn lại tệp này.",
  "Your session has ended. Load the page again, sign in and choose this file once more.",
);

async function reason(answer) {
  const words = (await answer.text()).trim();
  if (words && words.length < 300 && !words.startsWith("<")) return words;
  return said("Máy chủ chưa nhận tệp này.", "The server did not take this file.");
}

async function offsetOf(address) {
  const answer = await fetch(address, { method: "HEAD" });
  return answer.ok ? Number(answer.headers.get("Upload-Offset")) : null;
}

// Sends the file; returns its token. `tell(share, waits)` is called after each part and each stop.
export async function send(file, start, headers, tell) {
  const kept = memory(file);
  const at = (token) => new URL(`../${token}/`, new URL(start, location.href)).pathname;
  let token = kept.get();
  let offset = token ? await offsetOf(at(token)).catch(() => null) : null;
  if (offset === null) {
    ({ token, offset = 0 } = await begin(start, file, headers));
    kept.set(token);
  }
  let tries = 0;
  let part = FIRST_PART;
  while (offset < file.size) {
    const from = Date.now();
    try {
      const answer = await fetch(at(token), {
        method: "PATCH",
        body: file.slice(offset, offset + part),
        headers: {
          ...headers,
          "Content-Type": "application/offset+octet-stream",
          "Upload-Offset": String(offset),
        },
      });
      if (answer.redirected) throw new Refused(SIGNED_OUT);
      if (answer.status >= 400 && answer.status < 500 && answer.status !== 409) {
        kept.forget();
        throw new Refused(await reason(answer));
      }
      if (!answer.ok) throw new Error(answer.status);
      offset = Number(answer.headers.get("Upload-Offset") ?? Math.min(offset + part, file.size));
      tries = 0;
      if (Date.now() - from < QUICK) part = Math.min(part * 2, LARGEST_PART);
      tell(offset / file.size, false);
    } catch (error) {
      if (error instanceof Refused || ++tries > TRIES) throw error;
      part = FIRST_PART;
      tell(offset / file.size, true);
      await pause(1000 * 2 ** tries);
      offset = (await offsetOf(at(token)).catch(() => null)) ?? offset;
    }
  }
  kept.forget();
  return token;
}

function line(list, file) {
  const item = document.createElement("li");
  item.className = "kit-upload__item";
  const name = document.createElement("span");
  const state = document.createElement("span");
  const bar = document.createElement("progress");
  name.textContent = `${file.name} (${size(file.size)})`;
  state.className = "kit-meta";
  state.setAttribute("role", "status");
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  item.append(name, state, bar);
  list.append(item);
  return { item, name, state, bar };
}

function refuse(show, words) {
  show.bar.remove();
  show.item.dataset.refused = "";
  show.state.className = "govuk-error-message kit-upload__why";
  show.state.textContent = words;
  return false;
}

// --- A form sent while its files are on their way waits for them, then goes by itself.
const sending = new Map(); // form → how many boxes are sending
const held = new Map(); // form → the button that was pressed meanwhile
function tellOf(form, words) {
  const place = form.querySelector("[data-held]") ?? document.createElement("p");
  Object.assign(place.dataset, { held: "" });
  place.setAttribute("role", "status");
  place.textContent = words;
  (held.get(form)?.closest(".govuk-button-group") ?? form.lastElementChild).before(place);
}
addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (!sending.get(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    held.set(form, event.submitter);
    const words = said(
      "Đang gửi tệp. Gửi xong, trang tự đi tiếp; xin đừng đóng trang.",
      "Sending files. The page goes on by itself afterwards; please do not close it.",
    );
    tellOf(form, words);
  },
  true,
);
async function holding(form, act) {
  sending.set(form, (sending.get(form) ?? 0) + 1);
  const isWell = await act();
  sending.set(form, sending.get(form) - 1);
  if (!held.has(form)) return;
  if (!isWell) {
    const words = said(
      "Có tệp chưa gửi được, trang chưa lưu. Xem lại tệp đó rồi bấm lần nữa.",
      "A file could not be sent, the page is not saved. Look at that file and press again.",
    );
    tellOf(form, words);
    held.delete(form);
  } else if (!sending.get(form)) {
    const button = held.get(form);
    held.delete(form);
    form.requestSubmit(button);
  }
}

// Sends one file; answers whether it arrived.
async function take(box, input, list, original) {
  const form = input.form;
  const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken?.value ?? "" };
  const limit = Number(box.dataset.maxBytes ?? 0);
  const show = line(list, original);
  show.state.textContent = said("Đang chuẩn bị…", "Preparing…");
  const file = await shrink(original);
  show.name.textContent = `${file.name} (${size(file.size)})`;
  if (limit && file.size > limit) {
    return refuse(show, said(`Quá giới hạn ${size(limit)}, chưa gửi.`, `Over the limit of ${size(limit)}, not sent.`));
  }
  try {
    const goes = said("Đang gửi…", "Sending…");
    const stands = said("Mất mạng, chờ có mạng sẽ gửi tiếp…", "Offline; it goes on when the line is back…");
    show.state.textContent = goes;
    const token = await send(file, box.dataset.upload, headers, (share, waits) => {
      show.bar.value = share;
      const words = waits ? stands : goes;
      if (show.state.textContent !== words) show.state.textContent = words;
    });
    show.bar.remove();
    show.state.textContent = said("Đã gửi", "Sent");
    const hidden = document.createElement("input");
    hidden.type = "hidden";
    hidden.name = `${input.name}_token`;
    hidden.value = token;
    const drop = document.createElement("button");
    drop.type = "button";
    drop.className = "govuk-button kit-button--quiet";
    drop.textContent = said("Bỏ tệp này", "Remove this file");
    drop.addEventListener("click", () => show.item.remove());
    show.item.append(hidden, drop);
    box.dispatchEvent(new CustomEvent("kit:uploaded", { bubbles: true, detail: { token } }));
    hidden.dispatchEvent(new Event("input", { bubbles: true }));
    return true;
  } catch (error) {
    return refuse(
      show,
      error instanceof Refused
        ? error.message
        : said("Mạng bị ngắt. Chọn lại tệp để gửi tiếp phần còn lại.", "The line broke. Choose the file again to send the rest."),
    );
  }
}

// The browser's own button speaks the browser's language; ours stands in its place.
function speakOurLanguage(input) {
  const pick = document.createElement("label");
  pick.className = "govuk-button govuk-button--secondary kit-upload__pick";
  pick.htmlFor = input.id;
  pick.textContent = said("Chọn tệp hoặc chụp ảnh", "Choose a file or take a photo");
  pick.setAttribute("aria-hidden", "true");
  input.classList.add("govuk-visually-hidden");
  input.after(pick);
}

export function watch(box) {
  if (box.dataset.watched) return;
  box.dataset.watched = "yes"; // from now on the list says what was chosen, not the browser
  const input = box.querySelector("input[type=file]");
  const list = document.createElement("ul");
  list.className = "kit-upload__list";
  box.append(list);
  if (input.id && !box.querySelector(".kit-upload__pick")) speakOurLanguage(input);
  const sendAll = (files) => {
    if (!input.multiple) list.replaceChildren();
    for (const old of list.querySelectorAll("[data-refused]")) old.remove();
    return holding(input.form, async () => {
      let isWell = true;
      for (const file of files) isWell = (await take(box, input, list, file)) && isWell;
      return isWell;
    });
  };
  const chosen = async () => {
    const files = [...input.files];
    input.value = "";
    await sendAll(files);
  };
  input.addEventListener("change", chosen);
  if (input.files.length) chosen(); // before this script had come over a weak line
  box.addEventListener("dragover", (event) => {
    event.preventDefault();
    box.classList.add("kit-upload--over");
  });
  for (const end of ["dragleave", "drop"]) {
    box.addEventListener(end, () => box.classList.remove("kit-upload--over"));
  }
  box.addEventListener("drop", (event) => {
    event.preventDefault();
    sendAll([...event.dataTransfer.files].slice(0, input.multiple ? undefined : 1));
  });
}
