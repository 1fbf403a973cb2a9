// Files go to the server in parts of 512 kB and go on where they stopped; pictures shrink first.
// POST start → {token, offset}; HEAD /tep/<token>/ → Upload-Offset; PATCH with Upload-Offset.

const PART = 512 * 1024;
const LONGEST_SIDE = 2000;
const TRIES = 5;
// A line that is back ends the wait at once.
const pause = (ms) =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
    addEventListener("online", resolve, { once: true });
  });
const size = (bytes) =>
  bytes >= 1e6 ? `${(bytes / 1e6).toFixed(1).replace(".", ",")} MB` : `${Math.round(bytes / 1e3)} kB`;

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
  if (!answer.ok) throw new Refused(await reason(answer));
  return answer.json();
}

class Refused extends Error {}

async function reason(answer) {
  const words = (await answer.text()).trim();
  return words && words.length < 300 && !words.startsWith("<") ? words : "Máy chủ chưa nhận tệp này.";
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
  while (offset < file.size) {
    try {
      const answer = await fetch(at(token), {
        method: "PATCH",
        body: file.slice(offset, offset + PART),
        headers: {
          ...headers,
          "Content-Type": "application/offset+octet-stream",
          "Upload-Offset": String(offset),
        },
      });
      if (answer.status >= 400 && answer.status < 500 && answer.status !== 409) {
        kept.forget();
        throw new Refused(await reason(answer));
      }
      if (!answer.ok) throw new Error(answer.status);
      offset = Number(answer.headers.get("Upload-Offset") ?? Math.min(offset + PART, file.size));
      tries = 0;
      tell(offset / file.size, false);
    } catch (error) {
      if (error instanceof Refused || ++tries > TRIES) throw error;
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

async function take(box, input, list, original) {
  const form = input.form;
  const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken?.value ?? "" };
  const limit = Number(box.dataset.maxBytes ?? 0);
  const show = line(list, original);
  show.state.textContent = "Đang chuẩn bị…";
  const file = await shrink(original);
  show.name.textContent = `${file.name} (${size(file.size)})`;
  if (limit && file.size > limit) {
    show.bar.remove();
    show.state.textContent = `Quá giới hạn ${size(limit)}, chưa gửi.`;
    return;
  }
  try {
    show.state.textContent = "Đang gửi…";
    const token = await send(file, box.dataset.upload, headers, (share, waits) => {
      show.bar.value = share;
      const words = waits ? "Mất mạng, chờ có mạng sẽ gửi tiếp…" : "Đang gửi…";
      if (show.state.textContent !== words) show.state.textContent = words;
    });
    show.bar.remove();
    show.state.textContent = "Đã gửi";
    const hidden = document.createElement("input");
    hidden.type = "hidden";
    hidden.name = `${input.name}_token`;
    hidden.value = token;
    const drop = document.createElement("button");
    drop.type = "button";
    drop.className = "govuk-button kit-button--quiet";
    drop.textContent = "Bỏ tệp này";
    drop.addEventListener("click", () => show.item.remove());
    show.item.append(hidden, drop);
    box.dispatchEvent(new CustomEvent("kit:uploaded", { bubbles: true, detail: { token } }));
    hidden.dispatchEvent(new Event("input", { bubbles: true }));
  } catch (error) {
    show.state.textContent =
      error instanceof Refused ? error.message : "Mạng bị ngắt. Chọn lại tệp để gửi tiếp phần còn lại.";
  }
}

// The browser's own button speaks the browser's language; ours stands in its place.
function speakVietnamese(input) {
  const pick = document.createElement("label");
  pick.className = "govuk-button govuk-button--secondary kit-upload__pick";
  pick.htmlFor = input.id;
  pick.textContent = "Chọn tệp hoặc chụp ảnh";
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
  if (input.id) speakVietnamese(input);
  const sendAll = async (files) => {
    if (!input.multiple) list.replaceChildren();
    for (const file of files) await take(box, input, list, file);
  };
  input.addEventListener("change", async () => {
    const files = [...input.files];
    input.value = "";
    await sendAll(files);
  });
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
