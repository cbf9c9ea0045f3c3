// Scoring: a choice by key, kept by Ctrl+Enter; the server says what comes next, and never who wrote which.
(() => {
  const score = (element, server) => {
    const { ask, tell } = window.copydesk.surface(element, server);
    const region = (name) => element.querySelector(`[data-region="${name}"]`);
    const pair = () => element.querySelector("[data-pair]");
    const chosen = () => pair()?.querySelector("input[name=choice]:checked");
    const state = { session: new URLSearchParams(location.search).get("session") ?? "", under: false };

    // One act at a time: a double click or a held key is one.
    const act = async (name, given = {}) => {
      if (state.under) return {};
      state.under = true;
      const answer = await ask(name, { session: state.session, ...given }).finally(() => (state.under = false));
      region("pair").removeAttribute("aria-busy");
      if (answer.session !== undefined) at(answer.session);
      return answer;
    };
    const at = (session) => {
      state.session = session;
      const to = new URL(location.href);
      session ? to.searchParams.set("session", session) : to.searchParams.delete("session");
      history.replaceState(null, "", to);
    };
    const ready = () => {
      const button = pair()?.querySelector("[data-act=keep]");
      if (button) button.disabled = !chosen();
    };
    const choose = (number) => () => {
      const field = pair()?.querySelector(`input[name=choice][value="${number}"]`);
      if (!field) return;
      field.checked = true;
      field.focus({ preventScroll: true });
      ready();
    };
    const keep = async () => {
      const here = pair();
      const choice = chosen();
      if (!here || !choice || state.under) return;
      const reasons = [...here.querySelectorAll("input[name=reason]:checked")].map((one) => one.value);
      const answer = await act("score", { pair: here.dataset.pair, choice: Number(choice.value), reasons });
      if (answer.refused) await ask("look", { session: state.session }, { quiet: true });
      else if (answer.session !== undefined) region("pair").scrollIntoView({ block: "nearest" }), tell("");
    };
    const undo = () => act("undo");
    const close = () => act("close");

    // Files.
    const size = (field) => {
      const file = field.files?.[0];
      if (!file) return null;
      if (file.size <= Number(field.dataset.most)) return file;
      tell(`<div class="cd-trouble" role="alert"><p>${field.dataset.long}</p></div>`);
      return null;
    };
    const encoded = (file) => new Promise((done, failed) => {
      const reader = new FileReader();
      reader.onload = () => done(String(reader.result).split(",", 2)[1] ?? "");
      reader.onerror = () => failed(reader.error);
      reader.readAsDataURL(file);
    });
    const bring = async (field) => {
      const file = size(field);
      if (file) await act("bring", { name: file.name, content: await encoded(file) });
      field.value = "";
    };
    const begin = async () => {
      const file = size(element.querySelector("#score-pairs"));
      const content = file ? await file.text() : "";
      const name = element.querySelector("#score-name").value;
      await act("begin", { name, content, criterion: element.querySelector("#score-criterion").value, session: undefined });
    };
    const take = async (form) => {
      const answer = await ask("keep", { session: state.session, form });
      if (!answer.content) return;
      const bytes = Uint8Array.from(atob(answer.content), (one) => one.charCodeAt(0));
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([bytes], { type: answer.kind }));
      link.download = answer.name;
      link.click();
      URL.revokeObjectURL(link.href);
    };

    element.addEventListener("click", (event) => {
      const button = event.target.closest("[data-act], [data-file]");
      if (!button) return;
      if (button.dataset.file) return void take(button.dataset.file);
      ({ keep, undo, begin, close })[button.dataset.act]();
    });
    element.addEventListener("change", (event) => {
      if (event.target.matches("input[name=choice]")) ready();
      if (event.target.matches("[data-bring]")) bring(event.target);
      if (event.target.matches("[data-session]")) act("look", { session: event.target.value });
    });
    element.addEventListener("submit", (event) => event.preventDefault());
    document.addEventListener("keydown", (event) => {
      if (event.isComposing || event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.repeat) return;
      event.preventDefault();
      keep();
    });
    window.copydesk.keys({ 1: choose(1), 2: choose(2), 3: choose(3), u: undo, z: undo });
    act("look");
  };
  Object.assign((window.copydesk ??= {}), { score });
})();
