// Passkeys: the browser's own window asks for the finger, the face or the key.

const decode = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const encode = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

function readable(options) {
  const ids = (list) => (list ?? []).map((one) => ({ ...one, id: decode(one.id) }));
  const answer = { ...options, challenge: decode(options.challenge) };
  if (options.user) answer.user = { ...options.user, id: decode(options.user.id) };
  if (options.excludeCredentials) answer.excludeCredentials = ids(options.excludeCredentials);
  if (options.allowCredentials) answer.allowCredentials = ids(options.allowCredentials);
  return answer;
}

function written(credential) {
  const { response } = credential;
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const answer = {};
  for (const part of parts) if (response[part]) answer[part] = encode(response[part]);
  if (response.getTransports) answer.transports = response.getTransports();
  return {
    type: credential.type,
    id: credential.id,
    rawId: encode(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment,
    response: answer,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function optionsOf(form) {
  if (form.dataset.passkey !== "login") return JSON.parse(form.dataset.options);
  const answer = await fetch(form.dataset.options, { headers: { Accept: "application/json" } });
  return answer.json();
}

async function ask(form) {
  const options = await optionsOf(form);
  if (form.dataset.passkey === "create") {
    const publicKey = readable(options.creation_options.publicKey);
    const alone = form.elements.passwordless?.checked ?? false;
    Object.assign(publicKey.authenticatorSelection, {
      residentKey: alone ? "required" : "discouraged",
      requireResidentKey: alone,
      ...(alone ? { userVerification: "required" } : {}),
    });
    return navigator.credentials.create({ publicKey });
  }
  return navigator.credentials.get({ publicKey: readable(options.request_options.publicKey) });
}

for (const form of window.PublicKeyCredential ? document.querySelectorAll("[data-passkey]") : []) {
  const button = form.querySelector("[data-passkey-button]");
  button.hidden = false;
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    const credential = await ask(form).catch(() => null);
    if (!credential) return;
    form.elements.credential.value = JSON.stringify(written(credential));
    form.submit();
  });
}
