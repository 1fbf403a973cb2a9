// Signing with a device on this computer: the page speaks with the agent (motcua-agent) on loopback.
// The PIN is asked for by the agent's own page and never comes here.
const PAIR = "motcua-agent-pair";
const PAUSE = 1000;
const pause = () => new Promise((done) => setTimeout(done, PAUSE));

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-sign]");
  if (!button) return;
  const place = button.closest("[data-agent]");
  sign(place, place.querySelector("[data-pair]").value.trim());
});

function fill() {
  for (const pair of document.querySelectorAll("[data-pair]")) pair.value ||= localStorage.getItem(PAIR) ?? "";
}
fill();
document.addEventListener("htmx:load", fill);

async function sign(place, pair) {
  const told = place.querySelector("[data-told]");
  const button = place.querySelector("[data-sign]");
  button.disabled = true;
  try {
    told.textContent = "Đang chuyển văn bản cho máy ký…";
    const documents = await Promise.all([...place.querySelectorAll("[data-half]")].map(half));
    const asked = await agent(place, pair, "/v1/sign", { certificate: place.dataset.certificate, documents });
    localStorage.setItem(PAIR, pair);
    window.open(`${place.dataset.agent}${asked.page}`, "_blank", "noopener");
    told.replaceChildren("Hãy xem và nhập mã PIN ở trang của máy ký: ", link(place, asked.page));
    const signatures = await result(place, pair, asked.job);
    told.textContent = "Đang gửi chữ ký…";
    const taken = await send(place.dataset.take, { signatures });
    told.textContent = `Đã ký ${taken.taken} văn bản.`;
    location.reload();
  } catch (error) {
    told.textContent = error.message;
    button.disabled = false;
  }
}

async function half(row) {
  const answer = await fetch(row.dataset.half, { credentials: "same-origin" });
  if (!answer.ok) throw new Error("Văn bản vừa có thay đổi; hãy tải lại trang.");
  return {
    id: Number(row.dataset.id),
    code: row.dataset.code,
    title: row.textContent.trim(),
    attributes: answer.headers.get("X-Signed-Attributes"),
    reserved: answer.headers.get("X-Reserved"),
    content: base64(new Uint8Array(await answer.arrayBuffer())),
  };
}

async function agent(place, pair, path, body) {
  let answer;
  try {
    answer = await fetch(place.dataset.agent + path, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Motcua-Pair": pair },
      body: JSON.stringify(body),
    });
  } catch {
    throw new Error("Không gặp được máy ký trên máy này. Hãy mở chương trình motcua-agent rồi bấm lại.");
  }
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(said.error ?? "Máy ký từ chối yêu cầu.");
  return said;
}

async function result(place, pair, job) {
  for (;;) {
    const said = await agent(place, pair, "/v1/result", { job });
    if (said.state === "signed") return said.signatures;
    if (said.state === "refused") throw new Error(said.error);
    await pause();
  }
}

async function send(url, body) {
  const answer = await fetch(url, {
    method: "POST",
    credentials: "same-origin",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error("Hệ thống không nhận được chữ ký; hãy tải lại trang rồi ký lại.");
  return answer.json();
}

const token = () => document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";

function link(place, page) {
  const made = document.createElement("a");
  made.href = place.dataset.agent + page;
  made.target = "_blank";
  made.rel = "noopener";
  made.textContent = "mở trang của máy ký";
  return made;
}

function base64(bytes) {
  let text = "";
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(text);
}
