// The score page: 1, 2 or 3 chooses, Ctrl+Enter keeps it and shows the next pair, U takes the last one back.
(() => {
  const score = (element, server) => {
    const root = element.querySelector(".cd-score");
    const { ask, tell } = copydesk.surface(element, server);
    const one = (what) => element.querySelector(what);
    const all = (what) => [...element.querySelectorAll(what)];
    const state = { session: new URLSearchParams(location.search).get("session") ?? "", busy: false };
    const said = new Map(); // turn → what was said of it last, so that it is there again when it is taken back

    const form = () => one("form[data-pair]");
    const chosen = () => Number(one("[name=choice]:checked")?.value ?? 0);
    const reasons = () => all("[name=reason]:checked").map((box) => box.value);
    const lacks = (words) => {
      const place = one("[data-missing]");
      if (place) place.textContent = words;
    };
    const settled = () => one('[data-region="pair"]').removeAttribute("aria-busy");
    const address = () => history.replaceState(null, "", `${location.pathname}${state.session ? `?session=${state.session}` : ""}`);

    // The whole page. What was told before stays, unless there is something to tell itself.
    const look = async () => {
      const given = { session: state.session };
      const answer = await ask("open", given, { last: true, quiet: true });
      if (answer.overtaken || answer.failed) return answer;
      settled();
      if (answer.refused) {
        // An address that names no session is told and left behind.
        if (given.session && answer.refused === "no_session") {
          state.session = "";
          address();
          const whole = await ask("open", { session: "" }, { last: true, quiet: true });
          state.session = whole.session ?? "";
          return whole;
        }
        return answer;
      }
      state.session = answer.session;
      if (answer.named) address();
      return answer;
    };
    const standing = () => ask("standing", { session: state.session }, { last: true, quiet: true });
    const progress = (answer) => {
      const bar = one("progress");
      if (bar) bar.value = answer.done;
      const told = one("#sc-done");
      if (told) told.textContent = answer.counted;
      one("[data-speaks]").textContent = answer.counted;
    };
    const focus = () => {
      const place = one('[data-key="place"]');
      place?.focus({ preventScroll: true });
      // On a phone the next texts begin at the top, not where the button was.
      if (place && place.getBoundingClientRect().top < 0) place.scrollIntoView({ block: "start" });
    };
    // What another tab did is told, and the page caught up with it.
    const moved = async (answer) => {
      if (answer.failed) return;
      if (answer.refused) return void (await look());
      progress(answer);
      const before = said.get(answer.pair);
      if (before) {
        const radio = one(`[name=choice][value="${before.choice}"]`);
        if (radio) radio.checked = true;
        for (const box of all("[name=reason]")) box.checked = before.reasons.includes(box.value);
      }
      focus();
      // The last pair: ranking and files have changed too.
      await (answer.pair ? standing() : look());
    };
    const act = async (name, given) => {
      if (state.busy) return;
      state.busy = true;
      tell("");
      const answer = await ask(name, given).finally(() => (state.busy = false));
      await moved(answer);
    };
    const keep = () => {
      if (!form() || state.busy) return;
      if (!chosen()) {
        lacks(root.dataset.lacks);
        return void one("[name=choice]")?.focus();
      }
      const given = { session: state.session, pair: form().dataset.pair, choice: chosen(), reasons: reasons() };
      said.set(given.pair, given);
      return act("score", given);
    };
    const undo = () => one("[data-undo]") && act("undo", { session: state.session });
    const choose = (n) => () => {
      const radio = one(`[name=choice][value="${n}"]`);
      if (!radio) return;
      radio.checked = true;
      radio.focus({ preventScroll: true });
      lacks("");
    };

    // Files go past Gradio: to the desk's own addresses.
    const refused = (told) => {
      const ours = { "urn:copydesk:unknown_id": root.dataset.notYours, "urn:copydesk:closed": root.dataset.over }[told.type];
      return ours ?? [root.dataset.failed, told.detail, told.mend].filter(Boolean).join(" ");
    };
    const send = async (url, file, place) => {
      place.textContent = root.dataset.reading;
      try {
        const answer = await fetch(url, { method: "POST", headers: { "Content-Type": "application/octet-stream" }, body: file });
        const told = await answer.json();
        if (answer.ok) return told;
        place.textContent = refused(told);
      } catch {
        place.textContent = root.dataset.failed;
      }
      return null;
    };
    const bring = async (input) => {
      const [file] = input.files;
      if (!file) return;
      const told = await send(`${input.dataset.answers}?name=${encodeURIComponent(file.name.slice(-200))}`, file, one("[data-brought]"));
      input.value = "";
      if (!told) return;
      await look();
      const [details, place] = [one("[data-files]"), one("[data-brought]")];
      if (details) details.open = true;
      if (place) place.textContent = root.dataset.kept.replace("{n}", told.kept);
    };
    const begin = async (fields) => {
      const file = fields.elements.file.files[0];
      if (state.busy || !file) return;
      state.busy = true;
      const given = new URLSearchParams({ name: file.name.slice(-200), title: fields.elements.title.value, criterion: fields.elements.criterion.value });
      const told = await send(`${fields.dataset.begin}?${given}`, file, one("[data-beginning]"));
      state.busy = false;
      if (!told) return;
      state.session = told.session;
      tell("");
      await look();
      one("[data-speaks]").textContent = root.dataset.begun;
      scrollTo({ top: 0 });
      focus();
    };

    // Without a file: the desk writes the texts, or finds them in two runs.
    const written = async (form) => {
      if (state.busy) return;
      state.busy = true;
      const place = one("[data-writing]");
      place.textContent = form.dataset.working;
      const { title, criterion, of, one: first, other } = form.elements;
      const runs = of.value === "runs" ? [first.value, other.value] : [];
      const answer = await ask("begin", { title: title.value, criterion: criterion.value, of: of.value, runs });
      state.busy = false;
      place.textContent = "";
      if (answer.failed || answer.refused) return;
      form.closest("details").open = false;
      state.session = answer.session;
      address();
      one("[data-speaks]").textContent = root.dataset.begun;
      scrollTo({ top: 0 });
      focus();
    };
    element.addEventListener("toggle", (event) => event.target.matches("[data-opens-runs]") && event.target.open && ask("runs", {}, { last: true, quiet: true }), true);

    const pressed = {
      "[data-undo]": undo,
      "[data-closes]": () => one("[data-closing]").showModal(),
      "[data-stay]": () => one("[data-closing]").close(),
      "[data-close]": () => {
        one("[data-closing]").close();
        tell("");
        return ask("close", { session: state.session }).then((answer) => (answer.refused ? look() : focus()));
      },
    };
    element.addEventListener("click", (event) => {
      // The second half of a double click is no answer to the pair that has come in between.
      if (event.detail > 1 && event.target.closest("form[data-pair] button")) return event.preventDefault();
      for (const [what, does] of Object.entries(pressed)) if (event.target.closest(what)) return void does();
    });
    element.addEventListener("submit", (event) => {
      event.preventDefault();
      if (event.target.matches("[data-begin]")) begin(event.target);
      else if (event.target.matches("[data-written]")) written(event.target);
      else keep();
    });
    element.addEventListener("change", (event) => {
      if (event.target.matches("[name=choice]")) lacks("");
      // A run that is chosen says which kind is meant.
      if (event.target.matches("[data-written] [name=one], [data-written] [name=other]")) one("[data-written] [value=runs]").checked = true;
      if (event.target.matches("[data-answers]")) bring(event.target);
      if (event.target.matches("[data-session]")) {
        state.session = event.target.value;
        tell("");
        address();
        look();
      }
    });
    copydesk.keys({ 1: choose(1), 2: choose(2), 3: choose(3), u: undo });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing || document.querySelector("dialog[open]")) return;
      if (event.target.closest?.("[data-begin], [data-written]")) return;
      event.preventDefault();
      // A key that is held down answers once.
      if (!event.repeat) keep();
    });
    look();
  };
  Object.assign((window.copydesk ??= {}), { score });
})();
