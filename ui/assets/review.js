// The review: one key a decision, and the next text at once. What is decided is kept by the server; a decision that it
// refuses brings the text back.
(() => {
  const KEPT = "copydesk-decided"; // the texts decided last in this tab, to be undone
  const review = (element, server) => {
    const { ask, put, tell } = window.copydesk.surface(element, server);
    const region = (name) => element.querySelector(`[data-region="${name}"]`);
    const cache = new Map(); // id → HTML of a text that was looked at or comes next
    const state = { queue: "submitted", shown: null, package: null, undone: false };
    const mine = () => JSON.parse(sessionStorage.getItem(KEPT) ?? "[]");
    const rows = () => [...element.querySelectorAll("li[data-text], li[data-package]")].filter((row) => !row.hidden);
    const row = (id) => element.querySelector(`li[data-text="${CSS.escape(id)}"]`);
    const current = () => element.querySelector('.cd-queue li[aria-current="true"]');
    const chosen = () => rows().filter((one) => one.querySelector("[data-select]")?.checked);

    const address = (key, id) => {
      const to = new URL(location.href);
      for (const one of ["item", "package", "state"]) to.searchParams.delete(one);
      if (state.queue !== "submitted") to.searchParams.set("state", state.queue);
      if (id) to.searchParams.set(key, id);
      history.replaceState(null, "", to);
    };
    const mark = (one) => {
      for (const other of element.querySelectorAll('.cd-queue li[aria-current="true"]')) other.removeAttribute("aria-current");
      one?.setAttribute("aria-current", "true");
      one?.scrollIntoView({ block: "nearest" });
    };
    const draw = (html) => {
      region("detail").innerHTML = html;
      if (innerWidth <= 1000) region("detail").scrollIntoView({ block: "start" });
    };
    const fetched = async (id) => {
      if (!cache.has(id)) {
        const answer = await ask("text", { id }, { quiet: true });
        if (!answer.html) return null;
        cache.set(id, answer.html);
      }
      return cache.get(id);
    };
    // The two after this one are asked for beforehand, so that a key shows the next text at once.
    const ahead = async () => {
      const all = rows().filter((one) => one.dataset.text);
      const here = all.findIndex((one) => one === current());
      for (const one of all.slice(here + 1, here + 3)) if (!cache.has(one.dataset.text)) await fetched(one.dataset.text);
    };
    const take = async (id) => {
      const own = row(id);
      if (own?.dataset.state !== "submitted" || !element.querySelector('[data-act="approve"]')) return;
      await ask("take", { id }, { quiet: true });
    };
    const show = async (id) => {
      tell("");
      Object.assign(state, { shown: id, package: null });
      mark(row(id));
      address("item", id);
      if (!cache.has(id)) draw('<div class="cd-waiting-row" aria-busy="true"></div>');
      const html = await fetched(id);
      if (state.shown !== id || html === null) return;
      draw(html);
      void take(id);
      void ahead();
    };
    const showPackage = async (id) => {
      await flush();
      Object.assign(state, { shown: null, package: id });
      mark(element.querySelector(`li[data-package="${CSS.escape(id)}"]`));
      address("package", id);
      draw('<div class="cd-waiting-row" aria-busy="true"></div>');
      const answer = await ask("package", { id });
      if (state.package === id && answer.html) draw(answer.html), first();
    };
    const pick = (one) => one && (one.dataset.text ? show(one.dataset.text) : showPackage(one.dataset.package));
    const open = async (more = "") => {
      const answer = await ask("open", { state: state.queue, after: more, mine: mine() }, { last: true, quiet: true });
      if (answer.state) cache.clear(), filter(), count();
      return answer;
    };
    const step = (by) => {
      if (state.package) return stepSentence(by);
      const all = rows();
      const here = all.indexOf(current());
      pick(all[Math.min(Math.max(here + by, 0), all.length - 1)]);
    };

    // Decisions. Two of one text at once, by a double click or a held key, are one; of several texts they go out in turn,
    // so that each knows which were decided before it.
    const under = new Set();
    let turn = Promise.resolve();
    const said = (given) => (turn = turn.then(() => ask("decide", { ...given, mine: mine() })).then((answer) => {
      if (answer.mine) sessionStorage.setItem(KEPT, JSON.stringify(answer.mine));
      return answer;
    }));
    const decide = async (act, { reason = "", bulk = false } = {}) => {
      if (state.package) return whole(act, reason);
      const many = bulk ? chosen() : [];
      const shown = element.querySelector("[data-shown]");
      const texts = many.length
        ? many.map((one) => ({ id: one.dataset.text, version: Number(one.dataset.version) }))
        : shown
          ? [{ id: shown.dataset.shown, version: Number(shown.dataset.version) }]
          : [];
      if (!texts.length || texts.some((one) => under.has(one.id))) return;
      const comment = element.querySelector("[data-comment]")?.value ?? "";
      const own = texts.map((one) => row(one.id)).filter(Boolean);
      const here = rows().indexOf(own.at(-1));
      const next = rows().slice(here + 1).find((one) => one.dataset.text) ?? null;
      tell("");
      for (const one of texts) under.add(one.id);
      for (const one of own) one.hidden = true;
      const alone = texts.length === 1;
      if (alone && next) void show(next.dataset.text);
      const answer = await said({ act, texts, reason, comment: many.length ? "" : comment, bulk: many.length > 0 });
      for (const one of texts) under.delete(one.id), cache.delete(one.id);
      const done = new Set(answer.done ?? []);
      for (const one of own) done.has(one.dataset.text) ? one.remove() : (one.hidden = false);
      count();
      if (alone && !done.has(texts[0].id)) return back(texts[0].id, answer, comment);
      if (!rows().length || (alone && !next) || !alone) await open(), pick(rows()[0]) ?? draw("");
    };
    // What was refused comes back, with the words that were typed.
    const back = async (id, answer, comment) => {
      const notice = region("notice").innerHTML;
      if (answer.refused_of?.[id] === "stale" || answer.refused_of?.[id] === "state") await open();
      await show(id);
      tell(notice);
      const field = element.querySelector("[data-comment]");
      if (field) {
        field.value = comment;
        if (answer.refused_of?.[id] === "comment") field.focus();
      }
    };
    const undo = async (id, version) => {
      const last = element.querySelector("[data-undo]");
      const texts = [{ id: id ?? last?.dataset.undo, version: Number(version ?? last?.dataset.version) }];
      if (!texts[0].id || under.has(texts[0].id)) return;
      under.add(texts[0].id);
      const answer = await said({ act: "undo", texts });
      under.delete(texts[0].id);
      if (!answer.done?.length) return;
      sessionStorage.setItem(KEPT, JSON.stringify(mine().filter((one) => one !== texts[0].id)));
      await open();
      await show(texts[0].id);
    };
    const whole = async (act, reason) => {
      const id = state.package;
      if (under.has(id)) return;
      under.add(id);
      await flush();
      const comment = element.querySelector("[data-comment]")?.value ?? "";
      const answer = await ask("whole", { id, act, reason, comment });
      under.delete(id);
      if (answer.html) draw(answer.html), await open();
    };
    let wanted = null; // reject or ask, while its reason is chosen
    const reasons = (act) => {
      const place = element.querySelector("[data-reasons]");
      if (!place || !element.querySelector(`[data-act="${act}"]`)) return;
      wanted = act;
      place.hidden = false;
      place.querySelector("button")?.focus({ preventScroll: true });
      place.scrollIntoView({ block: "nearest" });
    };
    const because = (number) => {
      if (!wanted) return;
      const one = element.querySelectorAll("[data-reason]")[number - 1];
      if (one) decide(wanted, { reason: one.dataset.reason, bulk: chosen().length > 0 });
      wanted = null;
    };

    // A package: sentences that are passed go at once from sight, and to the server a few at a time.
    const waiting = [];
    let timer = 0;
    const sentence = () => element.querySelector('[data-sentences] li[aria-current="true"]');
    const first = () => markSentence(element.querySelector("[data-sentences] li"));
    const markSentence = (one) => {
      for (const other of element.querySelectorAll("[data-sentences] li[aria-current]")) other.removeAttribute("aria-current");
      one?.setAttribute("aria-current", "true");
      one?.scrollIntoView({ block: "nearest" });
    };
    const stepSentence = (by) => {
      const here = sentence();
      const other = by > 0 ? here?.nextElementSibling : here?.previousElementSibling;
      if (other) markSentence(other);
    };
    const pass = (one) => {
      if (!one) return;
      const next = one.nextElementSibling ?? one.previousElementSibling;
      waiting.push([state.package, one.dataset.sentence]);
      one.remove();
      markSentence(next);
      clearTimeout(timer);
      timer = setTimeout(flush, next && waiting.length < 20 ? 1200 : 0);
    };
    const flush = async () => {
      clearTimeout(timer);
      if (!waiting.length) return;
      const id = waiting[0][0];
      const sentences = waiting.splice(0).map((one) => one[1]);
      const answer = await ask("read", { id, sentences }, { quiet: true });
      if (answer.html && state.package === id && !waiting.length) draw(answer.html), first();
      else if (!answer.html && state.package === id) void showPackage(id);
      if (answer.approved) await open().then(() => mark(element.querySelector(`li[data-package="${CSS.escape(id)}"]`)));
    };

    // Other words, checked while they are typed.
    let typing = 0;
    const edit = async () => {
      const id = state.shown;
      if (!id || !element.querySelector("[data-edit]")) return;
      const answer = await ask("editing", { id });
      if (!answer.html || state.shown !== id) return;
      element.querySelector(".cd-read").innerHTML = answer.html;
      element.querySelector("[data-words]").focus();
    };
    const keep = async () => {
      const shown = element.querySelector("[data-shown]");
      const field = element.querySelector("[data-words]");
      if (!shown || !field || under.has(shown.dataset.shown)) return;
      under.add(shown.dataset.shown);
      const answer = await ask("reword", { id: shown.dataset.shown, text: field.value, version: Number(shown.dataset.version) });
      under.delete(shown.dataset.shown);
      if (answer.html) cache.set(answer.id, answer.html), draw(answer.html);
    };

    // Filter, selection, findings.
    const filter = () => {
      const words = element.querySelector("[data-filter]").value.trim().toLowerCase().split(/\s+/);
      for (const one of element.querySelectorAll("li[data-text], li[data-package]"))
        one.hidden = !words.every((word) => one.textContent.toLowerCase().includes(word));
    };
    const count = () => {
      const many = chosen().length;
      const told = element.querySelector("[data-chosen]");
      told.textContent = many ? told.dataset.many.replace("{n}", many) : "";
      element.querySelector("[data-bulk]").hidden = !many;
    };
    const select = (all) => {
      const boxes = all ? rows().map((one) => one.querySelector("[data-select]")) : [current()?.querySelector("[data-select]")];
      const on = boxes.some((box) => box && !box.checked);
      for (const box of boxes) if (box) box.checked = on;
      count();
    };
    const finding = (by) => {
      const all = [...element.querySelectorAll(".cd-evidence .cd-finding, .cd-read .cd-fig")];
      const here = all.indexOf(document.activeElement);
      const next = all[(here + by + all.length) % all.length];
      if (!next) return;
      next.tabIndex = 0;
      next.focus();
    };
    const figure = (one) => {
      for (const other of element.querySelectorAll("[data-claim]"))
        other.classList.toggle("cd-on", other.dataset.owner === one.dataset.owner && other.dataset.claim === one.dataset.claim);
      element.querySelector(`#claim-${CSS.escape(one.dataset.owner)}-${one.dataset.claim}`)?.scrollIntoView({ block: "nearest" });
    };

    element.addEventListener("click", (event) => {
      const at = (selector) => event.target.closest(selector);
      let one;
      // The second press of a double click meets the next text, which nobody has read.
      if (event.detail > 1 && at("[data-act], [data-reason], [data-bulk], [data-pass]")) return;
      if (at("[data-select]")) return count();
      if ((one = at("[data-state]")) && one.role === "tab") return void ((state.queue = one.dataset.state), address(), open());
      if ((one = at("[data-undo]"))) return void undo(one.dataset.undo, one.dataset.version);
      if ((one = at("[data-more]"))) return void open(one.dataset.more);
      if ((one = at("[data-act]"))) return void (["reject", "ask"].includes(one.dataset.act) ? reasons(one.dataset.act) : decide(one.dataset.act));
      if ((one = at("[data-reason]"))) return void because([...element.querySelectorAll("[data-reason]")].indexOf(one) + 1);
      if (at("[data-bulk]")) return void decide("approve", { bulk: true });
      if (at("[data-edit]")) return void edit();
      if (at("[data-keep]")) return void keep();
      if (at("[data-leave]")) return void (cache.delete(state.shown), show(state.shown));
      if ((one = at("[data-pass]"))) return pass(one.closest("[data-sentence]"));
      if ((one = at("[data-show]"))) return void show(one.dataset.show);
      if ((one = at(".cd-fig"))) return figure(one);
      if ((one = at("[data-sentence]")) && !at("summary")) return markSentence(one);
      if ((one = at("li[data-text], li[data-package]"))) return void pick(one);
    });
    element.addEventListener("keydown", (event) => {
      if ((event.key !== "Enter" && event.key !== " ") || !event.target.matches(".cd-fig")) return;
      event.preventDefault();
      figure(event.target);
    });
    element.addEventListener("input", (event) => {
      if (event.target.matches("[data-filter]")) filter();
      if (!event.target.matches("[data-words]")) return;
      clearTimeout(typing);
      const id = state.shown;
      const text = event.target.value;
      if (text.trim() && text.length <= 10000) typing = setTimeout(() => ask("preview", { id, text }, { last: true, quiet: true }), 150);
    });
    addEventListener("pagehide", () => void flush());

    const digits = Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => [String(n), () => because(n)]));
    window.copydesk.keys({
      ...digits,
      j: () => step(1),
      k: () => step(-1),
      x: () => select(false),
      "Shift+X": () => select(true),
      a: () => (state.package ? pass(sentence()) : decide("approve", { bulk: chosen().length > 0 })),
      r: () => reasons("reject"),
      q: () => reasons("ask"),
      e: () => edit(),
      c: () => element.querySelector("[data-comment]")?.focus(),
      u: () => undo(),
      z: () => undo(),
      n: () => finding(1),
      p: () => finding(-1),
      d: () => {
        const diff = element.querySelector("[data-diff]");
        if (diff) diff.open = !diff.open;
      },
      "/": () => element.querySelector("[data-filter]").focus(),
      Escape: () => {
        wanted = null;
        const place = element.querySelector("[data-reasons]");
        if (place) place.hidden = true;
      },
    });

    const asked = new URLSearchParams(location.search);
    state.queue = asked.get("state") ?? "submitted";
    void open().then(() => {
      if (asked.get("package")) return showPackage(asked.get("package"));
      if (asked.get("item")) return show(asked.get("item"));
      if (innerWidth > 1000) pick(rows()[0]);
    });
  };
  Object.assign((window.copydesk ??= {}), { review });
})();
