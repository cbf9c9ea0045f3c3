// The theme: the reader's choice, else the system's. It is set before the first paint.
// Gradio keeps a theme of its own in body.dark; that follows ours.
(() => {
  const KEY = "copydesk-theme";
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const kept = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // A browser that keeps nothing still shows the page.
    }
  };
  const follow = () => {
    const dark = root.dataset.theme === "dark";
    if (document.body && document.body.classList.contains("dark") !== dark) document.body.classList.toggle("dark", dark);
    document.querySelector("[data-theme-toggle]")?.setAttribute("aria-pressed", String(dark));
  };
  const set = (theme) => {
    root.dataset.theme = theme;
    follow();
  };
  set(kept() ?? (system.matches ? "dark" : "light"));
  system.addEventListener("change", () => kept() || set(system.matches ? "dark" : "light"));
  document.addEventListener("DOMContentLoaded", () => {
    follow();
    new MutationObserver(follow).observe(document.body, { attributes: true, attributeFilter: ["class"] });
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-theme-toggle]")) return;
    const theme = root.dataset.theme === "dark" ? "light" : "dark";
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // Not kept, but shown.
    }
    set(theme);
  });
})();
