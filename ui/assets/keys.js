// One key a decision. Off in fields and while an input method composes, and off for good where somebody switches them off.
(() => {
  const KEPT = "copydesk-keys";
  const GO = { s: "/studio", r: "/review", c: "/calls", k: "/knowledge", i: "/insights", e: "/score" };
  const maps = [];
  let going = 0;
  const off = () => {
    try {
      return localStorage.getItem(KEPT) === "off";
    } catch {
      return false; // A browser that keeps nothing has them on.
    }
  };
  const typing = (target) => target.closest?.("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]");
  const help = () => document.querySelector("[data-help]");
  const name = (event) => (event.shiftKey && /^[a-z]$/i.test(event.key) ? `Shift+${event.key.toUpperCase()}` : event.key.length === 1 ? event.key.toLowerCase() : event.key);

  const pressed = (event) => {
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.key === "Escape") {
      if (typing(event.target)) event.target.blur();
      for (const map of maps) map.Escape?.(event);
      return;
    }
    if (off() || typing(event.target) || document.querySelector("dialog[open]")) return;
    const key = name(event);
    if (going > Date.now() - 1500 && GO[key]) {
      going = 0;
      const page = document.querySelector(`.cd-pages a[href="${GO[key]}"]`);
      if (page) page.click();
      return event.preventDefault();
    }
    if (key === "g") return void (going = Date.now());
    if (key === "?") return help()?.showModal(), event.preventDefault();
    for (const map of maps)
      if (map[key]) {
        event.preventDefault();
        map[key](event);
        return;
      }
  };
  document.addEventListener("keydown", pressed);
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-help-open]")) help()?.showModal();
    if (event.target.closest("[data-help-close]")) help()?.close();
  });
  document.addEventListener("change", (event) => {
    const box = event.target.closest?.("[data-keys-off]");
    if (!box) return;
    try {
      localStorage.setItem(KEPT, box.checked ? "off" : "on");
    } catch {
      // Not kept, so they stay on.
    }
  });
  document.addEventListener("DOMContentLoaded", () => {
    const box = document.querySelector("[data-keys-off]");
    if (box) box.checked = off();
  });
  Object.assign((window.copydesk ??= {}), { keys: (map) => maps.push(map) });
})();
