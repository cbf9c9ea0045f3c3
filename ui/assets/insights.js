// The page that looks back: the address holds what is shown, every button and field is a change of it.
(() => {
  const insights = (element, server) => {
    const surface = window.copydesk.surface(element, server);
    const view = () => element.querySelector('[data-region="view"]');
    let wish = Object.fromEntries(new URLSearchParams(location.search));

    const show = async (change, focus, keep) => {
      // A change that is overtaken by the next one is part of it all the same.
      wish = Object.fromEntries(Object.entries({ ...wish, ...change }).filter(([, value]) => value));
      const slow = setTimeout(() => view().setAttribute("aria-busy", "true"), 300);
      const answer = await surface.ask("show", wish, { last: true });
      clearTimeout(slow);
      if (answer.overtaken) return;
      view().removeAttribute("aria-busy");
      if (!answer.asked) return answer.refused === "input" && location.search ? again() : undefined;
      if (!keep) surface.tell("");
      wish = answer.asked;
      view().setAttribute("aria-labelledby", `tab-${answer.view}`);
      const address = new URLSearchParams(wish).toString();
      history.replaceState(null, "", address ? `${location.pathname}?${address}` : location.pathname);
      if (focus) element.querySelector(focus)?.focus({ preventScroll: true });
    };
    // An address that says what the page does not know is told and left behind; the page is shown as it usually is.
    const again = () => {
      history.replaceState(null, "", location.pathname);
      wish = {};
      return show({}, "", true);
    };
    const views = () => [...element.querySelectorAll("[data-view]")];
    const turn = (tab) => show({ view: tab.dataset.view }, `#${tab.id}`);

    element.addEventListener("click", (event) => {
      const tab = event.target.closest("[data-view]");
      if (tab) return void turn(tab);
      const button = event.target.closest("[data-wish]");
      if (button) show(Object.fromEntries(new URLSearchParams(button.dataset.wish)));
    });
    element.addEventListener("change", (event) => {
      const field = event.target.closest("[data-field]");
      if (field) show({ [field.dataset.field]: field.value });
    });
    element.addEventListener("keydown", (event) => {
      const tabs = views();
      const here = tabs.indexOf(event.target);
      const to = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: tabs.length - 1 }[event.key];
      if (here < 0 || to === undefined) return;
      event.preventDefault();
      turn(tabs[(to + tabs.length) % tabs.length]);
    });
    const press = (key) => element.querySelector(`[data-key="${key}"]`)?.click();
    const number = (place) => () => views()[place]?.click();
    window.copydesk.keys({
      j: () => press("month-after"),
      k: () => press("month-before"),
      ...Object.fromEntries([0, 1, 2, 3, 4].map((place) => [String(place + 1), number(place)])),
    });
    show({});
  };
  Object.assign((window.copydesk ??= {}), { insights });
})();
