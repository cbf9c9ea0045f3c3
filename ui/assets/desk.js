// The proofs beside the words: which are open, which figure is chosen. Both are kept by id, because
// Gradio redraws by position and would open, or focus, what now stands in the same place.
(() => {
  const TOLD_MS = 10000; // so long it is told that the connection is back
  const proofs = (element, watch) => {
    const open = new Set();
    let chosen = null; // "owner:claim"
    let focused = null; // data-key

    const draw = (article) => {
      const toggle = article.querySelector(".cd-toggle");
      if (toggle) {
        const shown = open.has(article.dataset.id);
        article.classList.toggle("cd-open", shown);
        article.querySelector(".cd-proof").hidden = !shown;
        toggle.setAttribute("aria-expanded", String(shown));
      }
      for (const one of article.querySelectorAll("[data-claim]"))
        one.classList.toggle("cd-on", `${one.dataset.owner}:${one.dataset.claim}` === chosen);
    };
    const restore = () => {
      element.querySelectorAll(".cd-variant").forEach(draw);
      const active = document.activeElement;
      if (focused && element.contains(active) && active.dataset.key !== focused)
        element.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
    };
    const choose = (figure) => {
      open.add(figure.dataset.owner);
      chosen = `${figure.dataset.owner}:${figure.dataset.claim}`;
      restore();
      const claim = element.querySelector(`#claim-${CSS.escape(figure.dataset.owner)}-${figure.dataset.claim}`);
      claim?.scrollIntoView({ block: "nearest" });
    };
    const pressed = (event) => {
      const figure = event.target.closest(".cd-fig");
      if (figure) return choose(figure);
      const owner = event.target.closest(".cd-variant")?.dataset.id;
      if (!owner) return;
      if (event.target.closest(".cd-toggle")) open.has(owner) ? open.delete(owner) : open.add(owner);
      // A click on the words opens; one that ends a selection does not.
      else if (event.target.closest(".cd-main") && !event.target.closest("[data-editor]") && getSelection().isCollapsed) open.add(owner);
      restore();
    };
    element.addEventListener("click", pressed);
    element.addEventListener("keydown", (event) => {
      if ((event.key !== "Enter" && event.key !== " ") || !event.target.matches(".cd-fig")) return;
      event.preventDefault();
      choose(event.target);
    });
    element.addEventListener("focusin", (event) => (focused = event.target.dataset.key ?? null));
    watch("value", restore);
  };

  // The document's language is ours to say; Gradio sets it to the browser's, or to English.
  const language = document.documentElement.lang;
  const keep = () => {
    if (document.documentElement.lang !== language) document.documentElement.lang = language;
  };
  new MutationObserver(keep).observe(document.documentElement, { attributes: true, attributeFilter: ["lang"] });

  // Ctrl+Enter presses the page's main button, but not while an input method composes.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    const button = document.querySelector("#write, #run");
    if (button && !button.disabled) button.click();
  });

  // A lost connection or an ended session shows only “Error” in Gradio: say so, and keep what was typed.
  const asked = window.fetch.bind(window);
  const banner = () => document.querySelector("[data-lost]");
  const told = () => document.querySelector("[data-back]");
  const lost = () => {
    banner()?.removeAttribute("hidden");
    if (told()) told().textContent = "";
  };
  // What is kept by the browser answers without the desk, so only the desk's own calls say that it is there again.
  const ours = (asked) => /\/(?:gradio_api|api)\//.test(new URL(asked?.url ?? asked, location.href).pathname);
  const back = () => {
    if (!banner() || banner().hidden) return;
    banner().hidden = true;
    if (told()) told().textContent = told().dataset.back;
    setTimeout(() => told() && (told().textContent = ""), TOLD_MS);
  };
  window.fetch = async (...given) => {
    try {
      const answer = await asked(...given);
      if (answer.status === 401 || answer.status === 403) lost();
      else if (answer.ok && ours(given[0])) back();
      return answer;
    } catch (error) {
      if (error?.name !== "AbortError" && document.visibilityState === "visible") lost();
      throw error;
    }
  };

  // How many calls are overdue, beside their page's name.
  const late = (number, words) => {
    const place = document.querySelector('[data-badge="/calls"]');
    if (!place || number === undefined) return;
    place.querySelector("b").textContent = number;
    place.querySelector("span").textContent = ` ${words}`;
    place.title = words;
    place.hidden = !number;
  };

  // On a narrow page the menu scrolls: it begins with the page that is open.
  const current = () => {
    const [menu, here] = [document.querySelector(".cd-pages"), document.querySelector(".cd-pages [aria-current]")];
    if (menu && here) menu.scrollLeft += here.getBoundingClientRect().left - menu.getBoundingClientRect().left - (menu.clientWidth - here.offsetWidth) / 2;
  };
  document.addEventListener("DOMContentLoaded", current);

  Object.assign((window.copydesk ??= {}), { proofs, lost, late });
})();
