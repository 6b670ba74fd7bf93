/* Working pages: the sealed frame, printing, playing a history. Every page works without it. */
(function () {
  "use strict";
  if (window.tiepdanWork) return;
  window.tiepdanWork = true;

  var EVERY = 2500;
  var playing = 0;

  function showSeal(kind) {
    document.querySelectorAll("[data-seal]").forEach(function (section) {
      var sealed = kind === "denunciation";
      section.classList.toggle("sealed", sealed);
      section.querySelector(".seal-words").hidden = !sealed;
    });
  }
  function step() {
    var slider = document.getElementById("n");
    if (!slider || slider.valueAsNumber >= Number(slider.max)) return stop();
    slider.stepUp();
    slider.dispatchEvent(new Event("change", { bubbles: true }));
  }
  function stop() {
    clearInterval(playing);
    playing = 0;
    name();
  }
  function name() {
    var button = document.querySelector("[data-play]");
    if (!button) return;
    button.dataset.start = button.dataset.start || button.textContent;
    button.textContent = playing ? button.dataset.stop : button.dataset.start;
    button.hidden = false;
  }
  document.addEventListener("change", function (event) {
    var form = event.target.form;
    if (event.target.name === "kind" && form) showSeal(event.target.value);
    if (event.target.id === "n" && form && !window.htmx) form.submit();
  });
  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-print]")) window.print();
    if (!event.target.closest("[data-play]")) return;
    if (playing) return stop();
    playing = setInterval(step, EVERY);
    name();
  });
  document.addEventListener("htmx:after:swap", name);
})();
