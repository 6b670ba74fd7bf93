/* Keys: F2, F4, F8, F9, Ctrl Enter; J, K, N in a list; arrows and T on the map. A letter counts only
   inside a list or map, and can be switched off. */
(function () {
  "use strict";
  var page = window.tiepdan;
  if (page.keys) return;
  var one = page.one, all = page.all, recall = page.recall;

  function typing(element) {
    return element.matches("input:not([type=radio]):not([type=checkbox]), textarea, select") ||
      element.isContentEditable;
  }
  function press(name) {
    var target = one("[data-key='" + name + "']") || (name === "F4" ? one("#find") : null);
    if (!target) return false;
    target.focus();
    if (target.matches("a, button, summary")) target.click();
    else if (target.select) target.select();
    return true;
  }
  function lettersOn() { return recall("letter-keys", "on") === "on"; }

  function inList(event, list) {
    var links = all("tbody tr th a", list);
    var row = event.target.closest("tr");
    var here = links.findIndex(function (link) { return row && row.contains(link); });
    var step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1, n: 1 }[event.key];
    if (!step) return false;
    var next = links[Math.min(Math.max(here + step, 0), links.length - 1)];
    if (next) next.focus();
    if (next && event.key === "n" && here + step < links.length) next.click();
    return true;
  }
  /* A list beside one of its things: J and K go on from the open one, digits choose an answer. */
  function beside(event) {
    var room = one("[data-beside]");
    if (!room) return false;
    if (/^[1-9]$/.test(event.key)) {
      var choice = all("[data-choices] input", room)[event.key - 1];
      if (choice) { choice.checked = true; choice.focus(); }
      return Boolean(choice);
    }
    if (event.key !== "j" && event.key !== "k") return false;
    var links = all("[data-rows] tbody tr th a", room);
    var here = links.findIndex(function (link) { return link.hasAttribute("aria-current"); });
    var next = links[Math.min(Math.max(here + (event.key === "j" ? 1 : -1), 0), links.length - 1)];
    if (next) next.focus();
    return Boolean(next);
  }
  var ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  function inMap(event, map) {
    var arrow = ARROWS[event.key];
    if (event.key.toLowerCase() === "t") {
      var table = one("#units-table");
      if (table) table.focus();
      return Boolean(table);
    }
    if (!arrow) return false;
    var from = event.target.closest("a");
    var best = null, least = Infinity;
    all("a[data-x]", map).forEach(function (cell) {
      var dx = cell.dataset.x - from.dataset.x, dy = cell.dataset.y - from.dataset.y;
      var ahead = dx * arrow[0] + dy * arrow[1];
      var aside = Math.abs(dx * arrow[1]) + Math.abs(dy * arrow[0]);
      if (ahead > 1 && aside <= ahead * 1.2 && ahead + aside * 2 < least) {
        least = ahead + aside * 2;
        best = cell;
      }
    });
    if (best) rove(map, best).focus();
    return true;
  }
  function rove(map, cell) {
    all("a[data-x]", map).forEach(function (other) { other.setAttribute("tabindex", "-1"); });
    cell.setAttribute("tabindex", "0");
    return cell;
  }
  var lastCell = "";

  function ringFocus() {
    var ring = one("#map-focus"), cell = document.activeElement;
    if (!ring) return;
    var inside = cell.matches("[data-map] a") && cell.matches(":focus-visible");
    ring.setAttribute("visibility", inside ? "visible" : "hidden");
    if (inside) {
      ring.setAttribute("transform", "translate(" + cell.dataset.x + " " + cell.dataset.y + ")");
    }
  }

  function prepareMaps() {
    all("[data-map]").forEach(function (map) {
      var cell = (lastCell && document.getElementById(lastCell)) || one("a[data-x]", map);
      if (cell) rove(map, cell);
    });
    ringFocus();
  }
  function onKey(event) {
    if (event.isComposing || event.altKey || event.metaKey) return;
    if (event.ctrlKey) {
      if (event.key === "Enter" && press("Ctrl Enter")) event.preventDefault();
      return;
    }
    if (/^F(2|4|8|9)$/.test(event.key)) {
      if (press(event.key)) event.preventDefault();
      return;
    }
    if (typing(event.target)) return;
    var letter = event.key.length === 1;
    if (letter && !lettersOn()) return;
    if (event.key === "?" && press("?")) return event.preventDefault();
    var map = event.target.closest && event.target.closest("[data-map]");
    var list = event.target.closest && event.target.closest("[data-rows]");
    if (event.key === "Escape" && event.target.closest("#units-table")) {
      var cell = one("[data-map] a[tabindex='0']");
      if (cell) cell.focus();
    }
    if ((map && inMap(event, map)) || (list && inList(event, list)) || beside(event)) {
      event.preventDefault();
    }
  }

  document.addEventListener("keydown", onKey);
  document.addEventListener("focusin", function (event) {
    var cell = event.target.closest && event.target.closest("[data-map] a[id]");
    if (cell) lastCell = cell.id;
    ringFocus();
  });
  document.addEventListener("focusout", function () { setTimeout(ringFocus, 0); });
  page.keys = { prepareMaps: prepareMaps };
})();
