// The page of the knowledge: what is looked at stands in the address; a change is typed here, tried and decided there.
(() => {
  const knowledge = (element, server) => {
    const root = element.querySelector(".kn");
    const { ask, tell } = copydesk.surface(element, server);
    const at = { view: "entries", section: "", item: "", change: "", mend: "" };
    let replaces = "";
    let busy = false;
    const find = (query) => root.querySelector(query);
    const search = () => find("[data-search]").value;

    const address = () => {
      const named = at.view === "entries" ? { section: at.section, item: at.item } : at.view === "changes" ? { change: at.change } : { view: at.view };
      const query = new URLSearchParams(Object.entries(named).filter(([, value]) => value));
      if (at.view === "changes" && !at.change) query.set("view", "changes");
      history.replaceState(null, "", `${location.pathname}${query.size ? `?${query}` : ""}`);
    };
    const toMain = () => {
      const main = find("[data-region=main]");
      main.querySelector("h2")?.focus({ preventScroll: true });
      if (innerWidth <= 1000 || main.getBoundingClientRect().top < 0) main.scrollIntoView();
    };
    // The row of what is open, within its list alone: the page stays where it is.
    const toRow = () => {
      const list = find("[data-region=list]");
      const row = list.querySelector("[aria-current]");
      if (!row) return;
      const [place, around] = [row.getBoundingClientRect(), list.getBoundingClientRect()];
      if (place.top < around.top || place.bottom > around.bottom) list.scrollTop += place.top - around.top - 60;
    };
    const arrived = (answer, focus) => {
      if (answer.failed || answer.overtaken) return;
      for (const name of Object.keys(at)) if (answer[name] !== undefined) at[name] = answer[name];
      root.dataset.shown = at.view;
      for (const row of root.querySelectorAll("[data-row]")) {
        const on = at.view === "changes" ? row.dataset.change === at.change : row.dataset.item === at.item && row.dataset.section === at.section;
        on ? row.setAttribute("aria-current", "true") : row.removeAttribute("aria-current");
      }
      address();
      toRow();
      if (focus) toMain();
    };
    const open = async (given, focus = false) => {
      if (busy) return;
      replaces = "";
      arrived(await ask("open", given), focus);
    };
    const entry = async (section, item, focus) => {
      if (busy) return;
      replaces = "";
      const elsewhere = at.view !== "entries" || section !== at.section;
      const answer = await ask(elsewhere ? "open" : "entry", { section, item }, { last: true });
      if (!answer.refused) arrived({ ...answer, view: "entries", section, item }, focus);
    };
    const change = (own, focus) => open({ view: "changes", change: own }, focus);

    // What takes seconds says so, and holds the buttons meanwhile.
    const work = async (name, given, waiting) => {
      if (busy) return null;
      busy = true;
      const held = [...root.querySelectorAll("[data-region=main] :is(button, input, textarea, select)")].filter((one) => !one.disabled);
      for (const one of held) one.disabled = true;
      root.setAttribute("aria-busy", "true");
      tell(find(`template[data-waiting="${waiting}"]`).innerHTML);
      const answer = await ask(name, given);
      busy = false;
      root.removeAttribute("aria-busy");
      for (const one of held) one.disabled = false;
      if (answer.failed) tell("");
      arrived(answer, !answer.refused && !answer.failed);
      find('[data-region="notice"] [role]')?.scrollIntoView({ block: "nearest" });
      return answer;
    };
    const first = (field) => (field.tagName === "SELECT" ? [...field.options].find((one) => one.defaultSelected)?.value : field.defaultValue);
    const propose = (form) => {
      const given = { section: form.dataset.section, item: form.dataset.item, digest: form.dataset.digest, note: form.elements.note.value, replaces };
      if (form.elements.mode?.value === "fields") {
        const typed = [...form.querySelectorAll("[data-path]")].filter((field) => field.value !== first(field));
        given.fields = typed.map((field) => ({ path: JSON.parse(field.dataset.path), words: field.value }));
      } else given.text = form.elements.text.value;
      return work("propose", given, "try");
    };
    const decide = (act) => {
      const panel = find(".kn-change");
      const form = panel.querySelector("[data-judge]");
      const given = { change: panel.dataset.change, version: Number(panel.dataset.version), act };
      if (form) Object.assign(given, { comment: form.elements.comment.value, reason: act === "reject" ? form.elements.reason.value : "" });
      return work("decide", given, act === "approve" ? "approve" : act === "submit" ? "try" : "work");
    };
    const mend = (buttons) => {
      const texts = buttons.slice(0, 50).map((one) => [one.dataset.today, Number(one.dataset.version)]);
      return work("today", { texts, change: at.view === "changes" ? at.change : "", mend: at.mend }, "work");
    };
    const more = (after) => {
      if (at.view === "recall") return open({ view: "recall", mend: at.mend, after }, true);
      if (at.view === "changes") return open({ view: "changes", change: at.change, after });
      return ask("listed", { section: at.section, item: at.item, words: search(), after });
    };
    const row = (field, number) => {
      const before = field.value.split("\n").slice(0, number - 1).join("\n").length + (number > 1 ? 1 : 0);
      field.focus();
      field.setSelectionRange(before, before + (field.value.split("\n")[number - 1] ?? "").length);
    };
    const acts = {
      form: async () => {
        const answer = await ask("form", { section: at.section, item: at.item });
        if (!answer.failed && !answer.refused) toMain();
      },
      correct: async () => {
        const own = at.change;
        const answer = await ask("form", { change: own });
        if (!answer.refused && !answer.failed) replaces = own;
        find("[data-form] textarea")?.focus();
      },
      leave: () => (replaces ? change(replaces, true) : entry(at.section, at.item, true)),
      more: (button) => more(button.dataset.after),
      all: () => mend([...root.querySelectorAll("[data-today]")]),
    };

    root.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      const hit = (query) => event.target.closest(query);
      const link = hit("a[href]");
      if (link?.pathname === "/check") return;
      if (link) event.preventDefault();
      const tab = hit("[data-view]");
      const button = hit("button");
      const place = hit("a[data-section], a[data-change], [data-row]");
      if (busy) return;
      if (tab) return open({ view: tab.dataset.view, section: at.section, item: at.item });
      if (button?.dataset.fact) return ask("texts", { fact: button.dataset.fact }).then(() => find('[data-region="texts"]').scrollIntoView({ block: "nearest" }));
      if (button?.dataset.today) return mend([button]);
      if (button?.dataset.mend !== undefined) return open({ view: "recall", mend: button.dataset.mend });
      if (button?.dataset.line) return row(find("[data-form] textarea[name=text]"), Number(button.dataset.line));
      if (button?.dataset.act) return acts[button.dataset.act]?.(button) ?? (["submit", "approve", "reject", "withdraw"].includes(button.dataset.act) && decide(button.dataset.act));
      if (!place) return;
      const focus = !("row" in place.dataset) || innerWidth <= 1000;
      return place.dataset.change ? change(place.dataset.change, focus) : entry(place.dataset.section, place.dataset.item, focus);
    });
    root.addEventListener("submit", (event) => {
      event.preventDefault();
      if (event.target.matches("[data-form]")) propose(event.target);
    });
    root.addEventListener("change", (event) => {
      if (event.target.matches("[data-sections]")) {
        find("[data-search]").value = "";
        open({ section: event.target.value });
      }
      if (event.target.name === "mode")
        for (const one of root.querySelectorAll("[data-form] [data-mode]")) one.hidden = one.dataset.mode !== event.target.value;
    });
    let later = 0;
    root.addEventListener("input", (event) => {
      if (!event.target.matches("[data-search]") || event.isComposing) return;
      clearTimeout(later);
      later = setTimeout(() => ask("listed", { section: at.section, item: at.item, words: search() }, { last: true }).then(() => arrived({})), 150);
    });
    root.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
      const form = event.target.closest("[data-form]");
      if (form) propose(form);
    });
    const step = (by) => {
      const rows = [...root.querySelectorAll("[data-row]")];
      const next = rows[rows.findIndex((one) => one.getAttribute("aria-current")) + by];
      if (!next || at.view === "recall") return;
      next.querySelector("a").focus();
      at.view === "changes" ? change(next.dataset.change) : entry(next.dataset.section, next.dataset.item);
    };
    copydesk.keys({ j: () => step(1), k: () => step(-1), "/": () => find("[data-search]").focus() });

    const asked = new URLSearchParams(location.search);
    const given = Object.fromEntries(["section", "item", "change", "view"].map((name) => [name, asked.get(name) ?? ""]));
    if (!["entries", "changes", "recall"].includes(given.view)) delete given.view;
    const begin = async () => {
      const answer = await ask("open", given);
      // An address of what is no more is told, and the page begins where it would without one.
      if (!answer.refused) return arrived(answer);
      const why = answer.told;
      arrived(await ask("open", {}));
      tell(why);
    };
    begin();
  };
  Object.assign((window.copydesk ??= {}), { knowledge });
})();
