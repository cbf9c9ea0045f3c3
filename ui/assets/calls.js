// The calls: countdowns by the server's clock, one call open at a time, its outcome logged once.
(() => {
  const AGAIN_MS = 30000; // so often the queue is asked for anew
  const TYPED_MS = 150; // after the last key; the answer takes as long again at most, and must be there in 300
  const FRESH_MS = 30000; // so long a call that was asked for beforehand is shown as it came; after that it is asked for again
  const KEPT_MS = 15 * 60000; // so long it is shown at all
  const HOURS_S = 4 * 3600; // as in times.py: from here on only hours are told
  const WARNED = [[300, "sayFive"], [60, "sayOne"]];

  // What runs, runs by the time that has passed here since the answer came: the browser's own clock may be wrong.
  const countdowns = (root, late) => {
    const begun = new WeakMap();
    const before = new Map();
    const shown = (seconds) => {
      const whole = Math.abs(Math.trunc(seconds));
      if (whole >= HOURS_S) return root.dataset.hours.replace("{n}", Math.trunc(whole / 3600));
      const two = (n) => String(n).padStart(2, "0");
      const [h, m, s] = [Math.trunc(whole / 3600), Math.trunc(whole / 60) % 60, whole % 60];
      return h ? `${h}:${two(m)}:${two(s)}` : `${two(m)}:${two(s)}`;
    };
    const say = (words, who) => (root.querySelector("[data-speaks]").textContent = words.replace("{who}", who));
    const warn = (clock, left) => {
      const was = before.get(clock.dataset.of);
      before.set(clock.dataset.of, left);
      if (was === undefined) return;
      if (was >= 0 && left < 0) return say(root.dataset.sayOverdue, clock.dataset.who), late();
      const crossed = WARNED.filter(([seconds]) => was > seconds && left <= seconds && left >= 0).at(-1);
      if (crossed) say(root.dataset[crossed[1]], clock.dataset.who);
    };
    return () => {
      const told = new Set();
      for (const clock of root.querySelectorAll(".cd-clock")) {
        if (!begun.has(clock)) begun.set(clock, performance.now());
        const passed = clock.dataset.running === "1" ? (performance.now() - begun.get(clock)) / 1000 : 0;
        const left = Number(clock.dataset.left) - passed - (clock.dataset.late === "1" ? 1e-6 : 0);
        const state = left < 0 ? "overdue" : left <= WARNED[0][0] ? "soon" : "open";
        clock.className = `cd-clock cd-${state}`;
        clock.querySelector("[data-time]").textContent = shown(left);
        clock.querySelector("[data-word]").textContent = state === "open" ? "" : root.dataset[state];
        if (!told.has(clock.dataset.of)) warn(clock, left);
        told.add(clock.dataset.of);
      }
    };
  };

  const calls = (element, server) => {
    const root = element.querySelector(".cd-calls");
    const { ask, put, tell } = copydesk.surface(element, server);
    const drafts = new Map();
    const speaks = new Map(); // id → the language in which its script is read, where that is not the customer's
    const ahead = new Map(); // id → a call that was asked for before it is shown: its card, and its script after that
    const asked = new URLSearchParams(location.search);
    let [item, view, busy, turning, going, done] = [asked.get("item") ?? "", asked.get("view") ?? "", false, 0, null, ""];
    const all = (what) => [...element.querySelectorAll(what)];
    const one = (what) => element.querySelector(what);

    const form = () => one("[data-outcome]");
    const chosen = () => form()?.querySelector("[name=outcome]:checked")?.value ?? "";
    const note = () => form()?.querySelector("[name=note]");
    const changed = () => all("[data-words]").filter((field) => field.value !== field.defaultValue);
    const ticked = () => all("[data-tick]").filter((box) => box.checked);
    // What is on the page may be another call than the one that was asked for, until that has come.
    const shown = () => one("[data-call]")?.dataset.call ?? "";
    const begun = () => Boolean(form() && shown() !== done && (chosen() || note().value.trim() || changed().length || ticked().length));

    const said = (field) => `${field.lang}:${field.dataset.words}`;
    const keep = () => {
      if (!form()) return;
      // Words in one language are kept while another one is read.
      const spoken = one("[data-words]")?.lang;
      const others = Object.entries(drafts.get(shown())?.words ?? {}).filter(([key]) => spoken && !key.startsWith(`${spoken}:`));
      const words = Object.fromEntries([...others, ...changed().map((field) => [said(field), field.value])]);
      drafts.set(shown(), { outcome: chosen(), note: note().value, words, ticks: ticked().map((box) => box.dataset.tick) });
    };
    const tick = () => {
      const told = one("[data-progress]");
      const [n, m] = [ticked().length, all("[data-tick]").length];
      if (told) told.textContent = root.dataset.ticked.replace("{n}", n).replace("{m}", m);
    };
    const restore = () => {
      const kept = drafts.get(shown());
      if (!kept || !form()) return;
      const radio = form().querySelector(`[value="${CSS.escape(kept.outcome)}"]`);
      if (radio) radio.checked = true;
      if (!note().value) note().value = kept.note;
      for (const box of all("[data-tick]")) box.checked ||= kept.ticks.includes(box.dataset.tick);
      for (const field of all("[data-words]"))
        if (said(field) in kept.words) (field.value = kept.words[said(field)]), show(field.dataset.words, true), heard(field);
    };

    const address = () => {
      const told = new URLSearchParams();
      if (item) told.set("item", item);
      if (view) told.set("view", view);
      history.replaceState(null, "", `${location.pathname}${told.size ? `?${told}` : ""}`);
    };
    const current = () => {
      for (const row of all(".cd-queue > li")) {
        const here = row.dataset.item === item;
        here ? row.setAttribute("aria-current", "true") : row.removeAttribute("aria-current");
        const button = row.querySelector("button");
        here ? button.setAttribute("aria-expanded", "true") : button.removeAttribute("aria-expanded");
      }
    };
    const badge = (overdue) => {
      copydesk.late(overdue, one("[data-counted]")?.textContent ?? "");
    };
    const look = async (again) => {
      const answer = await ask("look", { view, item, again }, { last: true, quiet: true });
      if (answer.failed || answer.overtaken || answer.refused) return answer;
      settled(answer);
      return answer;
    };
    const settled = (answer) => {
      view = answer.view;
      badge(answer.overdue);
      current();
      step();
      clearTimeout(turning);
      if (answer.turns !== null) turning = setTimeout(() => look(true), Math.min(answer.turns * 1000 + 500, 2 ** 31 - 1));
    };
    const step = countdowns(root, () => look(true));

    const fetched = (own) => {
      const known = ahead.get(own);
      if (known && performance.now() - known.at < KEPT_MS) return known;
      const found = { at: performance.now(), came: 0 };
      found.card = ask("pick", { item: own }, { quiet: true, held: true }).then((answer) => ((found.came = performance.now()), answer));
      found.script = found.card.then((answer) => (answer.item ? ask("script", { item: own, locale: speaks.get(own) ?? "" }, { quiet: true, held: true }) : {}));
      ahead.set(own, found);
      // What did not come is asked for anew.
      for (const one of [found.card, found.script])
        one.then((answer) => (answer.failed || answer.refused) && ahead.get(own) === found && ahead.delete(own));
      return found;
    };
    const card = (answer, came) => {
      if (answer.told) tell(answer.told);
      put(answer.regions);
      const passed = (performance.now() - came) / 1000;
      for (const clock of all('[data-region="call"] .cd-clock')) if (clock.dataset.running === "1") clock.dataset.left -= passed;
      step();
      restore();
    };
    const words = (answer) => {
      if (answer.told) tell(answer.told);
      put(answer.regions);
      restore();
      tick();
    };
    // The call after this one is asked for beforehand, so that a key shows it at once; so is the one that comes next when
    // this one is logged.
    const next = (own) => {
      const rows = all(".cd-queue > li").map((row) => row.dataset.item);
      return new Set([rows[rows.indexOf(own) + 1], rows.find((row) => row !== own)].filter(Boolean));
    };
    const prepare = async (own) => {
      for (const one of next(own)) if (item === own) await fetched(one).script;
    };
    // One that was asked for long ago is shown, and asked for again: somebody else may have logged it.
    const renew = async (own) => {
      ahead.delete(own);
      const found = fetched(own);
      const [fresh, script] = [await found.card, await found.script];
      if (item !== own || shown() !== own || begun() || fresh.failed || fresh.refused) return;
      card(fresh, found.came);
      if (fresh.item) words(script);
    };
    const open = async (own, { focus = false, scroll = true } = {}) => {
      item = own;
      if (own !== shown()) tell("");
      address();
      current();
      one('[data-region="call"]').ariaBusy = "true";
      const found = fetched(own);
      const old = performance.now() - found.at > FRESH_MS;
      const answer = await found.card;
      if (item !== own) return;
      one('[data-region="call"]').ariaBusy = null;
      if (answer.failed || answer.refused) return void (answer.told && tell(answer.told));
      done = "";
      card(answer, found.came);
      if (focus) one('[data-key="who"]')?.focus({ preventScroll: true });
      if (scroll && innerWidth <= 1000 && own) one('[data-region="call"]').scrollIntoView({ block: "start" });
      if (answer.item) {
        const told = await found.script;
        if (item !== own) return;
        words(told);
        if (old) await renew(own);
      }
      void prepare(own);
    };
    // A call that was begun is not left by a slip.
    const go = (own, how) => {
      if (own === item) return;
      if (!begun()) return void open(own, how);
      going = () => (keep(), open(own, how));
      one("[data-leave]").showModal();
    };
    addEventListener("beforeunload", (event) => {
      if (begun()) event.preventDefault();
    });

    const log = async () => {
      if (busy || !form() || shown() === done) return;
      const lacks = !chosen() ? "lackOutcome" : !note().value.trim() ? "lackNote" : "";
      one("[data-lacks]").textContent = lacks ? root.dataset[lacks] : "";
      if (lacks) return void (lacks === "lackNote" ? note() : form().querySelector("[name=outcome]")).focus();
      busy = true;
      tell("");
      one("[data-log]").disabled = true;
      const own = shown();
      const answer = await ask("log", { item: own, outcome: chosen(), note: note().value, seen: Number(form().dataset.seen), view });
      busy = false;
      if (answer.logged) {
        drafts.delete(own);
        for (const one of answer.theirs) ahead.delete(one); // what was logged is told with every call to this customer
        done = own; // It stands there until the next one has come, and is no longer begun.
        settled(answer);
        await open(answer.next, { focus: true, scroll: false });
        one('[data-region="after"]').scrollIntoView({ block: "nearest" });
      } else {
        const button = one("[data-log]");
        if (button) button.disabled = false;
        // What was typed stays below the other outcome, so that nothing of it is lost.
        if (answer.refused === "logged") look(true);
      }
    };

    const waits = new Map();
    const heard = (field) => {
      const place = field.dataset.words;
      clearTimeout(waits.get(place));
      const own = shown();
      const listen = () => {
        if (own !== shown()) return;
        const words = Object.fromEntries(changed().map((one) => [one.dataset.words, one.value]));
        field.closest(".cd-said").classList.toggle("cd-replaced", field.value !== field.defaultValue);
        ask("check", { item: own, place: Number(place), words, locale: field.lang }, { last: true, quiet: true });
      };
      waits.set(place, setTimeout(listen, TYPED_MS));
    };
    const show = (place, open) => {
      one(`[data-own="${place}"]`).hidden = !open;
      one(`[data-change="${place}"]`).setAttribute("aria-expanded", String(open));
    };

    const named = () => ({ absent: all("[data-absent]:checked").map((box) => box.value), to: [one("[data-takes]").value].filter(Boolean) });
    const away = async (sure) => {
      if (busy) return;
      busy = true;
      tell("");
      const answer = await ask("away", { ...named(), sure });
      busy = false;
      if (sure && answer.moved) settled(answer), (one(".cd-away").open = true);
    };
    const copy = async (button) => {
      const text = one("[data-message]");
      try {
        await navigator.clipboard.writeText(text.textContent);
        button.textContent = button.dataset.copied;
      } catch {
        getSelection().selectAllChildren(text); // Where the browser forbids it, it is chosen for a copy by hand.
      }
    };

    const pressed = {
      "[data-view]": (button) => ((view = button.dataset.view), address(), look(false)),
      "[data-change]": ({ dataset: { change } }) => {
        const closed = one(`[data-own="${change}"]`).hidden;
        show(change, closed);
        if (closed) one(`[data-words="${change}"]`).focus();
      },
      "[data-back]": ({ dataset: { back } }) => {
        const field = one(`[data-words="${back}"]`);
        field.value = field.defaultValue;
        show(back, false);
        heard(field);
        one(`[data-change="${back}"]`).focus();
      },
      "[data-speak]": async ({ dataset: { speak } }) => {
        const own = shown();
        keep();
        speaks.set(own, speak);
        ahead.delete(own);
        const answer = await ask("script", { item: own, locale: speak }, { last: true, quiet: true, held: true });
        if (own === shown() && speaks.get(own) === speak && !answer.failed && !answer.overtaken) words(answer);
      },
      "[data-next]": () => look(true).then((answer) => open(answer.first ?? "", { focus: true })),
      "[data-dismiss]": () => (one('[data-region="after"]').innerHTML = ""),
      "[data-copy]": copy,
      "[data-rehearse]": () => away(false),
      "[data-hand]": () => away(true),
      "[data-stay]": () => one("[data-leave]").close(),
      "[data-go]": () => (one("[data-leave]").close(), going?.()),
      ".cd-queue > li": (row) => go(row.dataset.item),
    };
    element.addEventListener("click", (event) => {
      for (const [what, act] of Object.entries(pressed)) {
        const found = event.target.closest(what);
        if (found) return act(found);
      }
    });
    element.addEventListener("submit", (event) => (event.preventDefault(), log()));
    element.addEventListener("change", (event) => {
      if (event.target.matches("[data-tick]")) tick();
      if (event.target.matches("[name=outcome]")) one("[data-lacks]").textContent = "";
    });
    for (const kind of ["input", "compositionend"])
      element.addEventListener(kind, (event) => {
        if (event.target.matches("[data-words]") && !event.isComposing) heard(event.target);
      });

    const move = (by) => {
      const rows = all(".cd-queue > li").map((row) => row.dataset.item);
      const at = rows.indexOf(item);
      const next = rows[at < 0 ? 0 : at + by];
      if (next) go(next);
    };
    const map = { j: () => move(1), k: () => move(-1) };
    for (let n = 1; n <= 9; n++)
      map[n] = () => {
        const radio = all("[name=outcome]")[n - 1];
        if (!radio) return;
        radio.checked = true;
        one("[data-lacks]").textContent = "";
        radio.focus();
      };
    copydesk.keys(map);
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      log();
    });

    setInterval(step, 1000);
    setInterval(() => document.visibilityState === "visible" && look(true), AGAIN_MS);
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look(true));
    const begin = async () => {
      const first = look(false);
      if (item) return void open(item, { scroll: false });
      const answer = await first;
      // A lead looks at the team first; a manager's next call lies open at once.
      open(answer.view === "mine" ? (answer.first ?? "") : "", { scroll: false });
    };
    begin();
  };
  Object.assign((window.copydesk ??= {}), { calls });
})();
