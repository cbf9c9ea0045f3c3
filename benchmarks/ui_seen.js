// When something is on the screen: after the page was asked for, after a key, a press or a letter. A moment is that of the
// task after the frame in which it was drawn.
(() => {
  const CONTENT = {
    "/studio": "#campaign",
    "/review": "[data-texts] li",
    "/calls": ".cd-queue > li",
    "/insights": "#insights-view:not([aria-busy]) section",
    "/knowledge": '[data-region="list"] [data-row]',
    "/check": "#text textarea",
  };
  const OPENED = { "/review": "[data-shown]", "/calls": ".cd-script", "/studio": ".cd-variant" };
  const drawn = (done, given) => requestAnimationFrame(() => setTimeout(() => done(given ?? performance.now())));
  const first = (met) =>
    new Promise((done) => {
      const watcher = new MutationObserver((changes) => {
        if (!met(changes)) return;
        watcher.disconnect();
        drawn((at) => done(at));
      });
      watcher.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    });
  const there = (what) => (what ? first(() => document.querySelector(what)) : null);
  const took = {};
  // From the next `event` until `read` gives something else than now; where it reads nothing, until `where` is drawn anew.
  const arm = (name, event, read, where) => {
    const value = read ? new Function(`return ${read}`) : null;
    const before = value?.();
    took[name] = new Promise((done) =>
      addEventListener(
        event,
        ({ timeStamp }) => {
          const changed = (changes) => (value ? value() && value() !== before : changes.some((one) => one.target.closest?.(where)));
          first(changed).then((at) => done(at - timeStamp));
        },
        { capture: true, once: true },
      ),
    );
  };
  window.bench = { content: there(CONTENT[location.pathname]), opened: there(OPENED[location.pathname]), arm, took };
})();
