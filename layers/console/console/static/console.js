// What pages need of a script: dialogs, copying, the theme, the menu on small screens, ticking all, rows that are added,
// and what is said when the network or the session is gone. Everything hangs on data-… attributes; without this script
// links and forms still work.
(() => {
  const closest = (event, selector) => event.target instanceof Element && event.target.closest(selector);

  document.addEventListener("click", (event) => {
    const opener = closest(event, "[data-open]");
    if (opener) {
      event.preventDefault();
      document.getElementById(opener.dataset.open).showModal();
      return;
    }
    const closer = closest(event, "[data-close]");
    if (closer) {
      event.preventDefault();
      closer.closest("dialog").close();
      return;
    }
    const copier = closest(event, "[data-copy]");
    if (copier) {
      copy(copier);
      return;
    }
    const theme = closest(event, "[data-choose-theme]");
    if (theme) {
      window.chooseTheme(theme.dataset.chooseTheme);
      showTheme();
      return;
    }
    const menu = closest(event, "[data-toggle-menu]");
    if (menu) {
      const open = document.getElementById("menu").classList.toggle("show");
      menu.setAttribute("aria-expanded", open);
      return;
    }
    const adder = closest(event, "[data-add-row]");
    if (adder) {
      addRow(document.getElementById(adder.dataset.addRow));
      return;
    }
    const remover = closest(event, "[data-remove-row]");
    if (remover) {
      const rows = remover.closest("[data-rows]");
      remover.closest("[data-row]").remove();
      (rows?.querySelector("select, input, button") ?? document.body).focus();
    }
  });

  document.addEventListener("change", (event) => {
    const all = closest(event, "[data-tick-all]");
    if (all) {
      for (const box of document.querySelectorAll(`input[type=checkbox][name="${all.dataset.tickAll}"]`)) box.checked = all.checked;
    }
    if (closest(event, "[data-tick-all]") || closest(event, "[data-counted]")) countTicked();
    const sender = closest(event, "[data-send-on-change]");
    if (sender) sender.form.requestSubmit();
    const shower = closest(event, "[data-shows]");
    if (shower) showParts(shower);
  });

  const countTicked = () => {
    for (const shown of document.querySelectorAll("[data-count-of]")) {
      const ticked = document.querySelectorAll(`input[type=checkbox][name="${shown.dataset.countOf}"]:checked`).length;
      shown.textContent = ticked;
      const button = shown.closest("button");
      if (button) button.disabled = ticked === 0;
    }
  };

  // Parts of a form that belong to one choice: data-shows on the field, data-shown-for="value" on the part.
  const showParts = (field) => {
    if (field.type === "radio" && !field.checked) return;
    for (const part of document.querySelectorAll(`[data-part-of="${field.dataset.shows}"]`)) {
      part.hidden = !part.dataset.shownFor.split(" ").includes(field.value);
      for (const inner of part.querySelectorAll("input, select, textarea")) inner.disabled = part.hidden;
    }
  };

  const addRow = (template) => {
    const row = template.content.firstElementChild.cloneNode(true);
    template.parentElement.querySelector("[data-rows]").append(row);
    htmx.process(row);
    row.querySelector("select, input")?.focus();
  };

  const copy = async (button) => {
    const text = button.dataset.copy || document.getElementById(button.dataset.copyFrom).textContent;
    try {
      await navigator.clipboard.writeText(text.trim());
    } catch {
      const field = document.createElement("textarea");
      field.value = text.trim();
      button.after(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
    say(button.dataset.copied);
  };

  const say = (text) => {
    const toasts = document.getElementById("toasts");
    const toast = document.createElement("div");
    toast.className = "console-toast";
    toast.textContent = text;
    toasts.append(toast);
    setTimeout(() => toast.remove(), 5000);
  };

  const showTheme = () => {
    for (const each of document.querySelectorAll("[data-choose-theme]")) {
      each.setAttribute("aria-pressed", each.dataset.chooseTheme === document.documentElement.dataset.theme);
    }
  };

  // A dialog that has an address of its own: leaving it, also by Escape, is to follow its link back.
  const makeModal = (dialog) => {
    if (dialog.matches(":modal")) return;
    dialog.removeAttribute("open");
    dialog.showModal();
    dialog.querySelector("[aria-invalid=true]")?.focus();
    dialog.addEventListener("cancel", () => dialog.querySelector("[data-leave]").click());
  };

  const settle = () => {
    showTheme();
    countTicked();
    document.querySelector(".console-menu [aria-current]")?.scrollIntoView({ block: "nearest" });
    for (const field of document.querySelectorAll("[data-shows]")) showParts(field);
    for (const fold of document.querySelectorAll(".filters-fold")) {
      fold.open = !matchMedia("(max-width: 575px)").matches || fold.querySelector("[data-filtered]") !== null;
    }
    for (const dialog of document.querySelectorAll("dialog[data-modal][open]")) makeModal(dialog);
    const address = new URL(location.href);
    if (address.searchParams.has("ok")) {
      address.searchParams.delete("ok");
      history.replaceState(history.state, "", address);
    }
  };

  document.addEventListener("DOMContentLoaded", settle);
  document.addEventListener("htmx:afterSettle", settle);
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target !== document.body) return;
    const wrong = document.querySelector("[aria-invalid=true]");
    (wrong ?? document.querySelector("main h1") ?? document.body).focus();
  });
  document.addEventListener("htmx:sendError", () => say(document.body.dataset.offline));
  document.addEventListener("htmx:timeout", () => say(document.body.dataset.offline));
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status === 401) document.getElementById("session-over").showModal();
    else say(document.body.dataset.trouble);
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    // an answer that says what is wrong is a page like any other
    const { status } = event.detail.xhr;
    if (status >= 400 && status !== 401 && event.detail.xhr.getResponseHeader("content-type")?.startsWith("text/html")) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });
})();
