// A page's surface: asks the server's functions and puts what comes back where it belongs. Focus and what was typed are
// kept by key, for what is drawn anew may stand elsewhere.
(() => {
  const surface = (element, server) => {
    const notice = () => element.querySelector('[data-region="notice"]');
    const keep = (region) => {
      const active = document.activeElement;
      const key = region.contains(active) ? active.closest("[data-key]")?.dataset.key : null;
      const typed = new Map();
      for (const field of region.querySelectorAll("[data-draft]")) if (field.value !== field.defaultValue) typed.set(field.dataset.draft, field.value);
      return () => {
        for (const field of region.querySelectorAll("[data-draft]")) if (typed.has(field.dataset.draft)) field.value = typed.get(field.dataset.draft);
        if (key) region.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
      };
    };
    const put = (regions) => {
      for (const [name, html] of Object.entries(regions ?? {})) {
        const region = element.querySelector(`[data-region="${name}"]`);
        if (!region) continue;
        const restore = keep(region);
        region.innerHTML = html;
        restore();
      }
    };
    const tell = (html) => {
      const place = notice();
      if (place) place.innerHTML = html;
    };
    // One call a name at a time where `last` is asked for: an answer that a later question has overtaken is dropped.
    // A `quiet` one leaves what was told before where it is, unless it has something to tell itself. Of one that is `held`
    // nothing is told or drawn: whoever asked does that, when it is due.
    const turns = new Map();
    const ask = async (name, given = {}, { last = false, quiet = false, held = false } = {}) => {
      const turn = (turns.get(name) ?? 0) + 1;
      turns.set(name, turn);
      const answer = await server[name](given).catch(() => undefined);
      // Gradio tells its console, and gives nothing back, where a call was not answered.
      if (answer === undefined) {
        window.copydesk.lost();
        return { failed: true };
      }
      window.copydesk.late(answer.late, answer.late_told);
      if (last && turns.get(name) !== turn) return { overtaken: true };
      if (held) return answer;
      if (answer.told || !quiet) tell(answer.told ?? "");
      put(answer.regions);
      element.dataset.drawn = ""; // from here on there is something to see
      return answer;
    };
    return { ask, put, tell };
  };
  Object.assign((window.copydesk ??= {}), { surface });
})();
