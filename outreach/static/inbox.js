// One key for each button that shows one. Can be switched off (WCAG 2.1.4), and does nothing while somebody types.
const box = document.getElementById("single-keys");
if (box) {
  const kept = "outreach-single-keys";
  document.getElementById("keys").hidden = false;
  box.checked = localStorage.getItem(kept) !== "off";
  box.addEventListener("change", () => localStorage.setItem(kept, box.checked ? "on" : "off"));
  document.addEventListener("keydown", (event) => {
    if (!box.checked || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]") && event.target !== box) return;
    const button = document.querySelector(`button[data-key="${CSS.escape(event.key)}"]`);
    if (button) {
      event.preventDefault();
      button.click();
    }
  });
}
