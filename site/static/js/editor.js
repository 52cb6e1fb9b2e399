/* Extras of the editor: rows added in place, a toolbar and a live preview for Markdown, pictures
   pasted or dropped, a sign of life while the page is open. Without this file every button of the
   form does the same by sending the form. */
(function () {
  "use strict";
  var said = document.currentScript.dataset;
  var words = JSON.parse(said.words);
  var form = document.getElementById("editor");
  if (!form || !window.fetch || !window.FormData) { return; }
  var token = form.elements.csrf_token.value;
  var state = document.getElementById("state");
  var changed = false, sending = false;

  form.addEventListener("input", function () {
    if (!changed) { changed = true; state.textContent = words.unsaved; }
  });
  form.addEventListener("submit", function () { sending = true; });
  window.addEventListener("beforeunload", function (event) {
    if (changed && !sending) { event.preventDefault(); event.returnValue = ""; }
  });
  form.addEventListener("click", rows);
  form.querySelectorAll("textarea[data-markdown]").forEach(markdown);
  signOfLife();

  /* rows: papers-0-papers-1-name names a field within rows within rows */
  function rows(event) {
    var button = event.target.closest("button[name=lam]");
    if (!button || button.value.indexOf(":") < 0) { return; }
    event.preventDefault();
    var verb = button.value.split(":")[0];
    var set = button.closest("[data-rows]");
    var list = set.querySelector(".row-list");
    var row = verb === "them" ? null : button.closest("[data-row]");
    var focus = button;
    if (verb === "them") {
      var depth = (set.dataset.rows.match(/-/g) || []).length / 2;
      var holder = document.createElement("div");
      holder.innerHTML = set.querySelector(":scope > template").innerHTML
        .split("__" + depth).join(String(list.children.length));
      row = holder.firstElementChild;
      list.append(row);
      row.querySelectorAll(":scope [data-rows] > .add").forEach(function (inner) { inner.click(); });
      focus = row.querySelector("input, select, textarea");
    } else if (verb === "bo") {
      row.remove();
      focus = set.querySelector(":scope > .add");
    } else if (verb === "len" && row.previousElementSibling) {
      row.previousElementSibling.before(row);
    } else if (verb === "xuong" && row.nextElementSibling) {
      row.nextElementSibling.after(row);
    }
    number(set, list);
    changed = true;
    state.textContent = words.unsaved;
    if (focus) { focus.focus(); }
  }

  function number(set, list) {
    var start = set.dataset.rows + "-";
    Array.prototype.forEach.call(list.children, function (row, at) {
      var name = row.dataset.name + " " + (at + 1);
      row.setAttribute("aria-label", name);
      row.querySelector(".row-head b").textContent = name;
      row.querySelectorAll(":scope > .row-head .hidden").forEach(function (one) {
        one.textContent = " – " + name;
      });
      renamed(row, start, at);
    });
  }

  function renamed(root, start, at) {
    var pattern = new RegExp("^((?:[a-z]+[:_])?)" + start + "\\d+(?=-|$)");
    var names = ["id", "name", "for", "value", "aria-describedby", "data-rows"];
    var all = [root].concat(Array.prototype.slice.call(root.querySelectorAll("*")));
    all.forEach(function (one) {
      if (one.tagName === "TEMPLATE") {
        one.innerHTML = one.innerHTML.replace(
          new RegExp("([\"\\s:])" + start + "\\d+(?=-)", "g"), "$1" + start + at);
      }
      names.forEach(function (name) {
        if (name === "value" && one.tagName !== "BUTTON") { return; }
        var value = one.getAttribute(name);
        if (value) {
          one.setAttribute(name, value.split(" ").map(function (word) {
            return word.replace(pattern, "$1" + start + at);
          }).join(" "));
        }
      });
    });
  }

  /* Markdown */
  function markdown(area) {
    var bar = made("div", "toolbar");
    bar.setAttribute("role", "toolbar");
    bar.setAttribute("aria-label", words.toolbar);
    bar.setAttribute("aria-controls", area.id);
    [
      ["bold", function () { around("**", "**"); }],
      ["h2", function () { lines(function () { return "## "; }); }],
      ["h3", function () { lines(function () { return "### "; }); }],
      ["list", function () { lines(function () { return "- "; }); }],
      ["numbers", function () { lines(function (at) { return (at + 1) + ". "; }); }],
      ["link", link],
      ["table", table],
      ["picture", function () { pick.click(); }]
    ].forEach(function (one, at) {
      var button = made("button");
      button.type = "button";
      button.textContent = words[one[0]];
      button.tabIndex = at ? -1 : 0;
      button.addEventListener("click", one[1]);
      bar.append(button);
    });
    bar.addEventListener("keydown", function (event) {
      var step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) { return; }
      var buttons = Array.prototype.slice.call(bar.children);
      var next = buttons[(buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length];
      buttons.forEach(function (one) { one.tabIndex = one === next ? 0 : -1; });
      next.focus();
      event.preventDefault();
    });
    var pick = made("input");
    pick.type = "file";
    pick.accept = document.getElementById("tep").accept;
    pick.hidden = true;
    pick.setAttribute("aria-label", words.picture);
    pick.addEventListener("change", function () { upload(pick.files); pick.value = ""; });
    area.before(bar, pick);

    area.addEventListener("keydown", function (event) {
      if ((event.ctrlKey || event.metaKey) && event.key === "b") { around("**", "**"); event.preventDefault(); }
    });
    area.addEventListener("paste", function (event) {
      if (event.clipboardData && event.clipboardData.files.length) {
        event.preventDefault();
        upload(event.clipboardData.files);
      }
    });
    area.addEventListener("dragover", function (event) { event.preventDefault(); area.classList.add("dropping"); });
    area.addEventListener("dragleave", function () { area.classList.remove("dropping"); });
    area.addEventListener("drop", function (event) {
      area.classList.remove("dropping");
      if (event.dataTransfer && event.dataTransfer.files.length) {
        event.preventDefault();
        upload(event.dataTransfer.files);
      }
    });
    live(area);

    // execCommand keeps the browser's own undo; where it is gone, setRangeText still writes.
    function put(text, from, to, chosenFrom, chosenTo) {
      area.focus();
      area.setSelectionRange(from, to);
      if (!document.execCommand || !document.execCommand("insertText", false, text)) {
        area.setRangeText(text, from, to, "end");
        area.dispatchEvent(new Event("input", { bubbles: true }));
      }
      if (chosenFrom !== undefined) { area.setSelectionRange(chosenFrom, chosenTo); }
    }
    function around(before, after) {
      var from = area.selectionStart, to = area.selectionEnd;
      var text = area.value.slice(from, to) || words.sample;
      put(before + text + after, from, to, from + before.length, from + before.length + text.length);
    }
    function lines(mark) {
      var from = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
      var end = area.value.indexOf("\n", area.selectionEnd);
      var to = end < 0 ? area.value.length : end;
      var text = area.value.slice(from, to).split("\n").map(function (line, at) {
        return mark(at) + line.replace(/^(#{1,6} |[-*] |\d+\. )/, "");
      }).join("\n");
      put(text, from, to, from + text.length, from + text.length);
    }
    function block(text) {
      var at = area.selectionEnd;
      var before = at && area.value.slice(0, at).slice(-2) !== "\n\n" ? "\n\n" : "";
      put(before + text + "\n\n", at, at);
    }
    function link() {
      var from = area.selectionStart, to = area.selectionEnd;
      var address = window.prompt(words.address, "/");
      if (!address) { area.focus(); return; }
      var text = area.value.slice(from, to) || words.sample;
      put("[" + text + "](" + address.trim() + ")", from, to, from + 1, from + 1 + text.length);
    }
    function table() {
      block("| " + words.column + " 1 | " + words.column + " 2 |\n| --- | --- |\n| "
        + words.cell + " | " + words.cell + " |");
    }
    function upload(files) {
      var file = files[0];
      var picture = /^image\//.test(file.type);
      var describe = picture ? window.prompt(words.describe, "") : file.name;
      if (describe === null) { area.focus(); return; }
      var body = new FormData();
      body.append("tep", file, file.name || "anh.png");
      body.append("mo-ta", describe);
      state.textContent = words.sending;
      fetch(said.upload, { method: "POST", body: body, headers: { "X-CSRFToken": token } })
        .then(function (answer) { return answer.json(); })
        .then(function (answer) {
          state.textContent = answer.problem || words.sent;
          if (answer.markdown) { block(answer.markdown); }
        })
        .catch(function () { state.textContent = words.failed; });
    }
  }

  function live(area) {
    var box = made("div", "live");
    var title = made("h3"), shown = made("div", "text");
    var waiting, asked;
    title.textContent = words.preview;
    title.id = area.id + "-preview";
    shown.tabIndex = 0;
    shown.setAttribute("role", "region");
    shown.setAttribute("aria-labelledby", title.id);
    box.append(title, shown);
    area.after(box);
    area.addEventListener("input", function () {
      clearTimeout(waiting);
      waiting = setTimeout(look, 400);
    });
    look();

    function look() {
      if (asked) { asked.abort(); }
      if (!area.value.trim()) { shown.textContent = words.empty; return; }
      asked = new AbortController();
      var body = new FormData();
      body.append("body", area.value);
      fetch(said.preview, {
        method: "POST", body: body, headers: { "X-CSRFToken": token }, signal: asked.signal
      })
        .then(function (answer) { return answer.json(); })
        .then(function (answer) {
          if (answer.problem) { shown.textContent = answer.problem; } else { shown.innerHTML = answer.html; }
        })
        .catch(function () { /* typing went on, or the connection is away */ });
    }
  }

  /* who has the draft open */
  function signOfLife() {
    var seen = Number(form.elements.seen.value);
    var held = document.getElementById("held");
    setInterval(function () {
      fetch(said.hold, { method: "POST", headers: { "X-CSRFToken": token } })
        .then(function (answer) { return answer.json(); })
        .then(function (answer) {
          if (answer.revision > seen) { warn(words.newer); }
          else if (!answer.mine) { warn(answer.by + " " + words.other); }
        })
        .catch(function () { /* the next one tells */ });
    }, 60000);
    window.addEventListener("pagehide", function () {
      if (sending || !navigator.sendBeacon) { return; }
      var body = new FormData();
      body.append("csrf_token", token);
      navigator.sendBeacon(said.leave, body);
    });

    function warn(text) {
      if (held.textContent.trim() === text) { return; }
      var box = made("p", "warn-box");
      box.textContent = text;
      held.replaceChildren(box);
    }
  }

  function made(tag, name) {
    var one = document.createElement(tag);
    if (name) { one.className = name; }
    return one;
  }
})();
