// Keeps a draft in this browser alone, offers names of procedures, and solves the puzzle of a busy network in a worker.
(function () {
  "use strict";
  var DRAFT = "phan-anh", DAY = 864e5, FIELDS = ["text", "about_unit", "procedure", "dossier_code", "page_url"];

  function hex(bytes) {
    return Array.prototype.map.call(new Uint8Array(bytes), function (b) { return (b + 256).toString(16).slice(1); }).join("");
  }

  function work(event) {
    var salt = event.data[0], wanted = event.data[1], text = new TextEncoder();
    function next(n) {
      self.crypto.subtle.digest("SHA-256", text.encode(salt + n)).then(function (found) {
        if (hex(found) === wanted) { self.postMessage(n); } else if (n < 60000) { next(n + 1); }
      });
    }
    next(0);
  }

  if (typeof document === "undefined") { self.onmessage = work; return; }

  function stored(value) {
    try {
      if (value === undefined) { return JSON.parse(localStorage.getItem(DRAFT)); }
      if (value === null) { localStorage.removeItem(DRAFT); } else { localStorage.setItem(DRAFT, JSON.stringify(value)); }
    } catch (refused) { /* a browser that keeps nothing */ }
    return null;
  }

  function draft(form) {
    var kept = stored(), text = form.elements.text, note;
    function fields(each) { FIELDS.forEach(function (name) { if (form.elements[name]) { each(name, form.elements[name]); } }); }
    if (kept && Date.now() - kept.at < DAY && !text.value) {
      fields(function (name, field) { field.value = field.value || kept[name] || ""; });
      note = document.createElement("p");
      note.className = "note-box";
      note.setAttribute("role", "status");
      note.textContent = form.dataset.draft + " ";
      var clear = document.createElement("button");
      clear.type = "button";
      clear.className = "btn quiet";
      clear.textContent = form.dataset.clear;
      clear.onclick = function () {
        stored(null);
        fields(function (name, field) { field.value = ""; });
        note.remove();
        text.focus();
      };
      note.appendChild(clear);
      form.parentNode.insertBefore(note, form);
    }
    form.addEventListener("input", function () {
      var now = { at: Date.now() };
      fields(function (name, field) { now[name] = field.value; });
      stored(now);
    });
  }

  function offer(list, input) {
    var waiting;
    input.addEventListener("input", function () {
      clearTimeout(waiting);
      waiting = setTimeout(function () {
        fetch(list.dataset.names + "?q=" + encodeURIComponent(input.value)).then(function (answer) { return answer.json(); }).then(function (found) {
          list.textContent = "";
          found.suggestions.forEach(function (name) { list.appendChild(new Option(name, name)); });
        }).catch(function () { /* typing goes on without */ });
      }, 200);
    });
  }

  function solve(box) {
    if (!window.Worker || !window.crypto || !crypto.subtle) { return; }
    var form = box.closest("form"), said = box.querySelector("[role=status]"), parts = box.dataset.puzzle.split(":");
    var worker = new Worker(document.querySelector("script[src*='feedback.js']").src);
    said.textContent = said.dataset.checking;
    worker.onmessage = function (event) {
      form.elements.number.value = event.data;
      said.textContent = said.dataset.checked;
      worker.terminate();
    };
    worker.postMessage(parts);
  }

  var form = document.querySelector("form[data-draft]"), box = document.querySelector("[data-puzzle]");
  var names = document.querySelector("datalist[data-names]");
  if (form) { draft(form); }
  if (names && window.fetch) { offer(names, document.querySelector("[list=" + names.id + "]")); }
  if (box) { solve(box); }
  if (document.querySelector("[data-sent]")) { stored(null); }
})();
