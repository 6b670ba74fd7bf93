/* tiepdan in the browser. Every page works without these files; words come from the page, so that
   they are translated with it. This part: small tools the others share. */
(function () {
  "use strict";
  if (window.tiepdan) return;

  function one(selector, root) { return (root || document).querySelector(selector); }
  function all(selector, root) {
    return Array.prototype.slice.call((root || document).querySelectorAll(selector));
  }
  function recall(name, fallback) {
    try { return localStorage.getItem(name) || fallback; } catch (refused) { return fallback; }
  }
  function keep(name, value) {
    try { localStorage.setItem(name, value); } catch (refused) { /* private mode: for this page */ }
  }

  window.tiepdan = { one: one, all: all, recall: recall, keep: keep };
})();
