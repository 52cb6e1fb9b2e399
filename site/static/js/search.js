/* Two extras of the search form: suggestions while typing (the ARIA combobox pattern), and the
   count of results opened. Without this file everything is found just as well. */
(function () {
  "use strict";
  var said = document.currentScript.dataset;
  var form = document.querySelector('form.search[action$="/tim-kiem"]');
  if (!form || !window.fetch || !window.AbortController) { return; }
  var address = form.getAttribute("action");
  countClicks();
  suggest(form.querySelector('input[name="q"]'));

  function countClicks() {
    if (!navigator.sendBeacon) { return; }
    function count(event) {
      var link = event.target.closest("a[data-token]");
      if (link && (event.type === "click" || event.button === 1)) {
        navigator.sendBeacon(address + "/bam", new URLSearchParams({ token: link.dataset.token }));
      }
    }
    document.addEventListener("click", count);
    document.addEventListener("auxclick", count);
  }

  function suggest(input) {
    var list = made("ul", "suggestions");
    var status = made("p", "hidden");
    var known = new Map();
    var waiting, asked, typed = input.value, chosen = -1;
    list.id = "search-suggestions";
    list.hidden = true;
    set(list, { role: "listbox", "aria-label": said.list });
    set(status, { role: "status", "aria-live": "polite" });
    set(input, {
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false",
      "aria-controls": list.id, autocomplete: "off"
    });
    input.parentNode.append(list);
    form.append(status);

    input.addEventListener("input", function () {
      typed = input.value;
      clearTimeout(waiting);
      waiting = setTimeout(ask, 120);
    });
    input.addEventListener("keydown", press);
    input.addEventListener("blur", close);
    // A press on the list must not take the focus away before the click comes.
    list.addEventListener("mousedown", function (event) { event.preventDefault(); });
    list.addEventListener("click", function (event) {
      var option = event.target.closest("[role=option]");
      if (option) { take(option.textContent); }
    });

    function ask() {
      var words = typed.replace(/\s+/g, " ").replace(/^ /, "");
      if (asked) { asked.abort(); }
      if (words.trim().length < 2) { close(); return; }
      if (known.has(words)) { show(known.get(words)); return; }
      asked = new AbortController();
      fetch(address + "/goi-y?q=" + encodeURIComponent(words), { signal: asked.signal })
        .then(function (answer) { return answer.ok ? answer.json() : { suggestions: [] }; })
        .then(function (answer) {
          if (known.size > 100) { known.clear(); }
          known.set(words, answer.suggestions);
          if (document.activeElement === input) { show(answer.suggestions); }
        })
        .catch(function () { /* the connection is away: the form still works */ });
    }

    function show(found) {
      list.replaceChildren();
      chosen = -1;
      input.removeAttribute("aria-activedescendant");
      found.forEach(function (words, at) {
        var option = made("li");
        option.id = "suggestion-" + at;
        option.textContent = words;
        set(option, { role: "option", "aria-selected": "false" });
        list.append(option);
      });
      open(found.length > 0);
      status.textContent = found.length ? said.some.replace("{n}", found.length) : said.none;
    }

    function press(event) {
      if (event.isComposing) { return; }
      var count = list.children.length;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        if (list.hidden && count) { open(true); }
        if (list.hidden) { return; }
        event.preventDefault();
        // One place more than there are options: there stands what was typed.
        var step = event.key === "ArrowDown" ? 1 : count;
        choose((chosen + 1 + step) % (count + 1) - 1);
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        choose(-1);
        close();
      } else if (event.key === "Enter" && !list.hidden && chosen >= 0) {
        event.preventDefault();
        take(list.children[chosen].textContent);
      }
    }

    function choose(at) {
      if (chosen >= 0) { list.children[chosen].setAttribute("aria-selected", "false"); }
      chosen = at;
      if (at < 0) {
        input.removeAttribute("aria-activedescendant");
        input.value = typed;
        return;
      }
      var option = list.children[at];
      option.setAttribute("aria-selected", "true");
      input.setAttribute("aria-activedescendant", option.id);
      input.value = option.textContent;
      option.scrollIntoView({ block: "nearest" });
    }

    function take(words) {
      input.value = words;
      close();
      form.submit();
    }

    function open(wide) {
      list.hidden = !wide;
      input.setAttribute("aria-expanded", String(wide));
    }

    function close() {
      clearTimeout(waiting);
      open(false);
      input.removeAttribute("aria-activedescendant");
      status.textContent = "";
    }
  }

  function made(tag, name) {
    var element = document.createElement(tag);
    if (name) { element.className = name; }
    return element;
  }

  function set(element, attributes) {
    Object.keys(attributes).forEach(function (name) {
      element.setAttribute(name, attributes[name]);
    });
  }
})();
