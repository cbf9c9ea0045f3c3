// The studio: a brief in three steps, its texts as they are written, edited and compared, and the package that is made of
// them. The server draws; here it is remembered what is ticked, open and shown, and asked for again when it changes.
(() => {
  const POLL_MS = 300; // while a run is under way
  const SHEET_MS = 900; // between two drawings of the texts of such a run
  const CHECK_MS = 150; // after the last key, until what was typed is checked
  const FULL = 200; // texts of a page: a full one changes no more
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));

  const studio = (element, server) => {
    const { ask, put } = copydesk.surface(element, server);
    const find = (what) => element.querySelector(what);
    const all = (what) => [...element.querySelectorAll(what)];
    const region = (name) => find(`[data-region="${CSS.escape(name)}"]`);
    const focus = (key) => find(`[data-key="${CSS.escape(key)}"]`)?.focus();
    const fresh = () => ({ page: 0, filter: {}, open: new Set(), fresh: {}, compared: [], waves: [{ name: "", texts: [] }], wave: 0, texts: 0, late: false });
    const state = { run: "", brief: "", tag: "", picture: null, following: false, beginning: false, ...fresh() };
    let proofs = () => {};
    copydesk.proofs(element, (_name, restore) => (proofs = restore));
    const timers = new Map();
    const soon = (name, ms, act) => {
      clearTimeout(timers.get(name));
      timers.set(name, setTimeout(act, ms));
    };
    // What is far too long is not sent; its length is, so that it can be told.
    const cut = (text, limit) => (text.length > 2 * limit ? { text: text.slice(0, limit + 1), size: text.length } : { text, size: 0 });

    // The brief.
    const boxes = (group) => all(`#brief [name="${group}"]`);
    const chosen = (group) => boxes(group).filter((one) => one.checked).map((one) => one.value);
    const value = (name) => find(`#brief [name="${name}"]`)?.value ?? "";
    const asked = () => {
      const note = cut(value("note"), Number(find("#brief").dataset.limit));
      const groups = Object.fromEntries(["segments", "ages", "channels", "locales"].map((name) => [name, chosen(name)]));
      return { campaign: value("campaign"), ...groups, variants: value("variants") === "" ? null : Number(value("variants")), note: note.text, size: note.size, send_on: value("send_on") || null };
    };
    const count = async () => {
      const answer = await ask("count", asked(), { last: true, quiet: true });
      if (answer.work_out) soon("cost", 600, () => ask("cost", asked(), { last: true, quiet: true }));
    };
    const picture = async () => {
      const answer = await ask("picture", { own: state.tag }, { last: true, quiet: true });
      if (answer.regions) state.picture = answer.regions;
    };
    const filled = (answer) => {
      if (answer.regions && state.picture) put(state.picture);
      if (answer.work_out) soon("cost", 600, () => ask("cost", asked(), { last: true, quiet: true }));
    };
    const tickGroup = (group, wanted) => boxes(group).forEach((one) => (one.checked = wanted(one.value)));
    const list = async (input) => {
      const [file] = input.files;
      if (!file) return;
      // What can be seen here is told here, in the page's language, before anything is sent.
      const wrong = file.size ? (file.size > Number(input.dataset.most) ? input.dataset.long : "") : input.dataset.nothing;
      region("list").textContent = wrong || input.dataset.reading;
      input.setAttribute("aria-invalid", String(Boolean(wrong)));
      if (wrong) return void (input.value = "");
      try {
        const answer = await fetch(`/api/v1/segments/list?name=${encodeURIComponent(file.name.slice(-200))}`, { method: "POST", headers: { "Content-Type": "application/octet-stream" }, body: file });
        const told = await answer.json();
        if (answer.ok) await ask("listed", told, { last: true, quiet: true });
        else {
          const why = Object.assign(document.createElement("span"), { lang: "en", textContent: [told.detail, told.mend].filter(Boolean).join(" ") });
          region("list").replaceChildren(input.dataset.failed, " ", why);
        }
      } catch {
        region("list").textContent = input.dataset.failed;
      }
      input.value = "";
    };

    // The run.
    const busy = (writing) => {
      find("#write").disabled = writing;
      find("#stop").disabled = !writing;
      find("#another").hidden = writing || !state.run;
    };
    const view = () => ({ run: state.run, ...state.filter, page: state.page, open: [...state.open], fresh: state.fresh });
    const typing = () => element.contains(document.activeElement) && document.activeElement.matches("[data-draft]");
    const sheet = async (now = true) => {
      // Nobody's words are drawn anew under their hands; it is made up for when they leave the field.
      if (!now && typing()) return void (state.late = true);
      state.late = false;
      const answer = await ask("sheet", view(), { last: true, quiet: true });
      if (!answer.texts) return;
      state.page = answer.page;
      state.texts = answer.texts.length;
      await shown();
    };
    const follow = async () => {
      if (state.following) return;
      state.following = true;
      let drawn = -1;
      let at = 0;
      for (let lost = 0; lost < 10; ) {
        const run = state.run;
        const answer = await ask("progress", { run }, { quiet: true });
        if (run !== state.run) {
          drawn = -1;
          continue;
        }
        if (answer.refused) break;
        if (answer.failed) {
          lost += 1;
          await pause(2000);
          continue;
        }
        busy(answer.writing);
        const due = drawn < 0 || !answer.writing || (state.texts < FULL && Date.now() - at > SHEET_MS);
        if (answer.done !== drawn && due) {
          [drawn, at] = [answer.done, Date.now()];
          await sheet(false);
        }
        if (!answer.writing) break;
        await pause(POLL_MS);
      }
      state.following = false;
      if (state.run) await basket();
    };
    const show = (run, brief) => {
      Object.assign(state, { brief });
      if (run === state.run) return;
      Object.assign(state, { run, ...fresh() });
      put({ compare: "", package: "", ...(run ? {} : { progress: "" }) });
    };
    const address = () => (state.run ? `?run=${state.run}` : state.brief ? `?brief=${state.brief}` : "");
    const begin = async (name, given) => {
      if (state.beginning) return;
      state.beginning = true;
      find("#write").disabled = true;
      const before = address();
      const answer = await ask(name, given);
      state.beginning = false;
      if (!answer.run) return busy(state.following);
      show(answer.run, answer.brief);
      if (address() !== before) history.pushState(null, "", `/studio${address()}`);
      if (innerWidth <= 1000) find(".cd-texts").scrollIntoView();
      follow();
    };
    const open = async (wanted) => {
      const answer = await ask("open", wanted);
      if (!answer.regions) return;
      filled(answer);
      show(answer.run ?? "", answer.brief ?? "");
      busy(false);
      if (state.run) follow();
      else if (!wanted.run && !wanted.brief) put({ sheet: empty });
    };
    const named = () => {
      const said = new URLSearchParams(location.search);
      return { run: said.get("run") ?? "", brief: said.get("brief") ?? "" };
    };

    // The texts.
    const waveOf = (own) => state.waves.findIndex((wave) => wave.texts.includes(own));
    const shown = async () => {
      proofs();
      for (const box of all('[data-act="tick"]')) {
        const place = waveOf(box.dataset.text);
        box.checked = place >= 0;
        box.closest("label").querySelector("[data-wave]").textContent = place >= 0 && state.waves.length > 1 ? String(place + 1) : "";
      }
      for (const one of all('[data-act="compare"]')) one.setAttribute("aria-pressed", String(state.compared.includes(one.dataset.text)));
      for (const one of all("[data-editor]")) if (!region(`check-${one.dataset.editor}`).hasChildNodes()) await preview(one.dataset.editor);
    };
    const field = (own, what = "edit") => find(`[data-draft="${CSS.escape(`${what}:${own}`)}"]`);
    const typed = (own) => cut(field(own).value, Number(field(own).dataset.limit));
    const preview = async (own) => {
      if (field(own)) await ask("preview", { own, ...typed(own) }, { last: true, quiet: true });
    };
    const text = async (own) => {
      await ask("text", { own, view: view() }, { quiet: true });
      await shown();
    };
    const edit = async (own) => {
      state.open.add(own);
      if (region(`text-${own}`)) await text(own);
      else {
        Object.assign(state, { filter: { verdict: "block" }, page: 0 });
        await sheet();
      }
      field(own)?.focus();
    };
    const leave = async (own) => {
      state.open.delete(own);
      await text(own);
      focus(`edit:${own}`);
    };
    const save = async (own) => {
      const version = Number(find(`[data-editor="${CSS.escape(own)}"]`).dataset.version);
      const closed = { ...view(), open: [...state.open].filter((one) => one !== own) };
      const answer = await ask("save", { own, ...typed(own), version, view: closed });
      if (!answer.regions) return;
      state.open.delete(own);
      delete state.fresh[own];
      await shown();
      focus(`edit:${own}`);
      if (state.compared.includes(own)) await ask("compare", { texts: state.compared }, { quiet: true });
      await basket();
    };
    const wish = async (own, button) => {
      button.disabled = true;
      const note = field(own, "wish").value;
      const answer = await ask("wish", { own, note });
      button.disabled = false;
      if (!answer.fresh) return;
      state.fresh[answer.fresh] = [note, own];
      state.open.delete(own);
      const wave = state.waves[waveOf(own)];
      if (wave) wave.texts.splice(wave.texts.indexOf(own), 1, answer.fresh);
      await sheet();
      focus(`edit:${answer.fresh}`);
      await basket();
    };
    const compare = async (texts, to) => {
      // Known at once, so that a second press before the answer adds to the first.
      const before = state.compared;
      state.compared = texts;
      const answer = await ask("compare", { texts }, { last: true });
      if (answer.overtaken) return;
      if (!answer.regions) state.compared = before;
      await shown();
      if (to) focus(to);
    };

    // The package.
    const full = () => ({ waves: state.waves, current: state.wave, name: find("#package-name")?.value ?? "", criterion: find("#package-criterion")?.value ?? "conversions" });
    const basket = async () => {
      if (state.run && state.texts) await ask("basket", { run: state.run, basket: full() }, { last: true, quiet: true });
    };
    const tick = (own, on) => {
      for (const wave of state.waves) wave.texts = wave.texts.filter((one) => one !== own);
      if (on) state.waves[state.wave].texts.push(own);
    };
    const ticked = async () => {
      await shown();
      await basket();
    };
    const submit = async () => {
      const answer = await ask("submit", { run: state.run, basket: full() });
      if (!answer.submitted) return;
      Object.assign(state, { waves: [{ name: "", texts: [] }], wave: 0 });
      const name = find("#package-name");
      if (name) name.value = "";
      await sheet();
    };

    const acts = {
      write: () => begin("write", { asked: asked(), own: state.brief }),
      again: () => begin("again", { run: state.run }),
      "all-anew": () => {
        find("#note").value = find("#again-note").value;
        begin("write", { asked: asked(), own: state.brief });
      },
      stop: () => ask("stop", { run: state.run }, { quiet: true }),
      keep: async () => {
        const answer = await ask("keep", asked());
        if (answer.brief) state.brief = answer.brief;
      },
      open: async ({ brief }) => {
        await open({ brief });
        history.pushState(null, "", `/studio${address()}`);
        if (!state.run) put({ sheet: empty });
      },
      cost: () => ask("cost", asked(), { last: true, quiet: true }),
      all: ({ group }) => (tickGroup(group, () => true), count()),
      none: ({ group }) => (tickGroup(group, () => false), count()),
      take: ({ segments, ages }) => {
        tickGroup("segments", (own) => segments.split(" ").includes(own));
        tickGroup("ages", (own) => ages.split(" ").includes(own));
        count();
      },
      tag: ({ tag }) => {
        state.tag = state.tag === tag ? "" : tag;
        picture();
      },
      turn: async ({ page }) => {
        state.page = Number(page);
        await sheet();
        find(".cd-texts").scrollIntoView();
      },
      edit: ({ text: own }) => edit(own),
      cancel: ({ text: own }) => leave(own),
      save: ({ text: own }) => save(own),
      wish: ({ text: own }, button) => wish(own, button),
      compare: ({ text: own }) => compare(state.compared.includes(own) ? state.compared.filter((one) => one !== own) : [...state.compared, own]),
      compared: () => compare([], `compare:${state.compared[0]}`),
      "tick-all": async () => {
        const answer = await ask("passing", view(), { quiet: true });
        for (const own of answer.texts ?? []) if (waveOf(own) < 0) tick(own, true);
        await ticked();
      },
      untick: async () => {
        for (const wave of state.waves) wave.texts = [];
        await ticked();
      },
      "wave-add": async () => {
        state.wave = state.waves.push({ name: "", texts: [] }) - 1;
        await ticked();
      },
      submit,
    };
    const changes = {
      scenario: async ({ value: own }) => own && filled(await ask("scenario", { own })),
      filter: ({ dataset, value: own }) => {
        Object.assign(state.filter, { [dataset.name]: own });
        state.page = 0;
        sheet();
      },
      tick: ({ dataset, checked }) => (tick(dataset.text, checked), ticked()),
      wave: ({ value: place }) => {
        state.wave = Number(place);
        basket();
      },
    };

    element.addEventListener("click", (event) => {
      const one = event.target.closest("button[data-act]");
      if (one && acts[one.dataset.act]) acts[one.dataset.act](one.dataset, one);
    });
    element.addEventListener("change", async ({ target }) => {
      if (target.dataset.act) return changes[target.dataset.act]?.(target);
      if (target.id === "list") return list(target);
      if (target.name === "campaign") return filled(await ask("campaign", asked()));
      if (target.closest("#brief")) count();
    });
    const changed = ({ target }) => {
      if (target.dataset.draft?.startsWith("edit:")) {
        const own = target.dataset.draft.slice(5);
        const place = region(`check-${own}`);
        if (!place.hasChildNodes()) place.textContent = place.dataset.checking;
        soon(`check:${own}`, CHECK_MS, () => preview(own));
      } else if (target.dataset.waveName) state.waves[Number(target.dataset.waveName)].name = target.value;
      else if (target.closest("#brief") && target.matches("textarea, [type=number], [type=date]")) soon("count", CHECK_MS, count);
    };
    element.addEventListener("input", (event) => event.isComposing || changed(event));
    element.addEventListener("compositionend", changed);
    element.addEventListener("focusout", () => setTimeout(() => state.late && !typing() && sheet(false), 0));
    element.addEventListener("submit", (event) => event.preventDefault());
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      const own = event.target.closest("[data-editor]")?.dataset.editor;
      if (own && event.target.matches("input")) event.preventDefault(), wish(own, find(`[data-key="${CSS.escape(`reword:${own}`)}"]`));
      else if (own && (event.ctrlKey || event.metaKey)) event.preventDefault(), event.stopPropagation(), save(own);
    });
    addEventListener("popstate", () => open(named()));

    const empty = region("sheet").innerHTML;
    open(named()).then(picture);
  };
  Object.assign((window.copydesk ??= {}), { studio });
})();
