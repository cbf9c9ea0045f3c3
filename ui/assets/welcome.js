// The guided first visit: shown until somebody puts it away, and brought back from the header.
(() => {
  const KEPT = "copydesk-welcome";
  const away = () => {
    try {
      return localStorage.getItem(KEPT) === "away";
    } catch {
      return false; // A browser that keeps nothing shows it at each page.
    }
  };
  const keep = (state) => {
    try {
      localStorage.setItem(KEPT, state);
    } catch {
      // Not kept, but done on this page.
    }
  };
  const panel = () => document.querySelector(".cd-welcome");
  const opener = () => document.querySelector("[data-welcome-open]");
  const show = (asked) => {
    const template = document.querySelector("template[data-welcome]");
    if (!template || panel()) return;
    template.after(template.content.cloneNode(true));
    opener()?.setAttribute("aria-expanded", "true");
    // On a phone nobody scrolls past a list that they did not ask for: its title stands there, and opens it.
    if (!asked && innerWidth <= 640) panel().querySelector("details").open = false;
    if (asked) panel().querySelector("summary").focus();
  };
  const hide = () => {
    panel()?.remove();
    opener()?.setAttribute("aria-expanded", "false");
    opener()?.focus();
  };
  document.addEventListener("DOMContentLoaded", () => away() || show(false));
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-welcome-away]")) return keep("away"), hide();
    if (event.target.closest("[data-welcome-open]")) return panel() ? (keep("away"), hide()) : (keep("shown"), show(true));
    const link = event.target.closest(".cd-welcome a");
    // A step of the page that is open keeps what is done on it.
    if (!link || link.pathname !== location.pathname || link.search || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const main = document.getElementById("cd-main");
    main?.focus({ preventScroll: true });
    main?.scrollIntoView({ block: "start" });
  });
})();
