// The phone beside the designer shows the form as it is now; the focus stays on the same button.
let pressed = "";
document.addEventListener("htmx:beforeRequest", (event) => {
  pressed = event.detail.requestConfig?.triggeringEvent?.submitter?.value ?? "";
});
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target.id !== "thiet-ke") return;
  const phone = document.querySelector("[data-preview]");
  if (phone) phone.src = phone.getAttribute("src");
  document.querySelector(`#thiet-ke [value="${CSS.escape(pressed)}"]`)?.focus();
});
