/* Live: how old the data is, what just changed, alerts that are said at once. */
(function () {
  "use strict";
  var page = window.tiepdan;
  if (page.age) return;
  var one = page.one, all = page.all, recall = page.recall, keep = page.keep;

  var STALE_AFTER = 30000, MARK_FOR = 30000, SAY_EVERY = 5000;
  var RESTING = ["none", "replay"];

  /* ---- data age: the only clock ---------------------------------------------------------- */
  var age = { state: "none", heard: 0, lost: 0, at: "" };

  function showAge() {
    document.body.dataset.age = age.state;
    all("#data-age [data-when]").forEach(function (part) {
      part.hidden = part.dataset.when !== age.state;
    });
    var notice = one("#stale-notice");
    if (notice) notice.hidden = age.state !== "stale";
    if (age.at) {
      all("[data-age-time]").forEach(function (spot) { spot.textContent = age.at; });
    }
  }
  function become(state) {
    if (age.state === state) return;
    var wasStale = age.state === "stale";
    age.state = state;
    showAge();
    if (wasStale && state === "live") refresh();
  }
  function refresh() {
    var live = one("#live");
    var names = {};
    all("[hx-get][hx-trigger*='from:#live']").forEach(function (piece) {
      names[piece.getAttribute("hx-trigger").split(" ")[0]] = true;
    });
    if (live) Object.keys(names).forEach(function (name) { window.htmx.trigger(live, name); });
  }
  /* A demo's clock may be moved while one looks: its day stands in the banner. */
  function showDay(moment) {
    var found = /^(\d{4})-(\d\d)-(\d\d)T/.exec(moment || "");
    if (found) all("[data-demo-day]").forEach(function (spot) {
      spot.textContent = found[3] + "/" + found[2] + "/" + found[1];
    });
  }
  function clockOf(moment) {
    var found = /T(\d\d:\d\d:\d\d)/.exec(moment || "");
    return found ? found[1] : "";
  }
  /* The reader sits at another office now: at its own board, or the same file as seen from there. */
  function openAnew() {
    if (/^\/(dieu-hanh|huyen)\//.test(location.pathname)) location.assign("/dieu-hanh" + location.search);
    else location.reload();
  }
  /* A message without a moment says that what is shown there is too old to be called live. */
  function heard(message) {
    var at = "";
    if (message.event === "moved") return openAnew();
    try {
      at = JSON.parse(message.data).at;
      showDay(at);
      at = clockOf(at);
    } catch (plain) { /* no moment */ }
    age.lost = 0;
    age.heard = at ? Date.now() : 0;
    age.at = at || age.at;
    become(at ? "live" : "stale");
    showAge();
  }
  function watchAge() {
    if (RESTING.indexOf(age.state) >= 0 || !one("#live")) return;
    var silent = Date.now() - age.heard;
    if (silent > STALE_AFTER) become("stale");
    else if (age.lost) become("reconnecting");
  }

  /* ---- just changed: a mark for thirty seconds -------------------------------------------- */
  var before = null, marks = new Map(), unsaid = 0;
  var WATCHED = "#figures > li, tr[id^='unit-'] > td, .map a[id], [data-sign], [id^='change-']";

  function keyOf(element) {
    return element.id || element.parentElement.id + "/" + element.cellIndex;
  }
  function signOf(element) {
    var number = one("[data-number]", element);
    if (element.dataset.sign) return element.dataset.sign;
    if (number) return number.dataset.number;
    if (element.matches(".map a")) return element.getAttribute("aria-label").split(", " + justWords())[0];
    if (element.matches("[id^='change-']")) return "here";
    var copy = element.cloneNode(true);
    all(".sr", copy).forEach(function (words) { words.remove(); });
    return copy.textContent.trim();
  }
  function snapshot() {
    var signs = new Map();
    all(WATCHED).forEach(function (element) { signs.set(keyOf(element), signOf(element)); });
    return signs;
  }
  function justWords() { return one("#say-polite").dataset.just; }

  function mark(element) {
    element.classList.add("just");
    if (element.matches(".map a") || one(".sr.vua-doi", element)) return;
    var words = document.createElement("span");
    words.className = "sr vua-doi";
    words.textContent = " " + justWords();
    element.appendChild(words);
  }
  function unmark(element) {
    element.classList.remove("just");
    all(".sr.vua-doi", element).forEach(function (words) { words.remove(); });
  }
  function compare() {
    if (!before) return;
    var now = Date.now();
    var old = before;
    before = null;
    all(WATCHED).forEach(function (element) {
      var key = keyOf(element);
      if (old.get(key) !== signOf(element)) {
        marks.set(key, now + MARK_FOR);
        unsaid += 1;
      }
      if (marks.has(key)) mark(element);
    });
  }
  function fadeMarks() {
    var now = Date.now(), gone = [];
    marks.forEach(function (until, key) { if (until <= now) gone.push(key); });
    if (!gone.length) return;
    gone.forEach(function (key) { marks.delete(key); });
    all(".just").forEach(function (element) {
      if (gone.indexOf(keyOf(element)) >= 0) unmark(element);
    });
  }
  function saySomething() {
    if (!unsaid) return;
    var voice = one("#say-polite");
    voice.textContent = voice.dataset.changed.replace("{n}", unsaid);
    unsaid = 0;
  }

  /* ---- alerts: said at once; sound only where somebody switched it on ---------------------- */
  var known = new Set(), sound = null;

  function newAlerts(speak) {
    all("[data-alert]").forEach(function (alert) {
      if (known.has(alert.id)) return;
      known.add(alert.id);
      if (!speak) return;
      one("#say-now").textContent = one(".alert-label", alert).textContent + ". " +
        one(".alert-words", alert).textContent;
      if (recall("alert-sound", "off") === "on") ring();
    });
  }
  function ring() {
    var Audio = window.AudioContext;
    if (!Audio) return;
    sound = sound || new Audio();
    [0, 0.35].forEach(function (start) {
      var tone = sound.createOscillator(), loud = sound.createGain();
      tone.frequency.value = 660;
      loud.gain.value = 0.15;
      tone.connect(loud);
      loud.connect(sound.destination);
      tone.start(sound.currentTime + start);
      tone.stop(sound.currentTime + start + 0.2);
    });
  }

  /* ---- start ------------------------------------------------------------------------------- */
  function preferences() {
    all("[data-needs-script]").forEach(function (element) { element.hidden = false; });
    [["alert-sound", "off"], ["letter-keys", "on"]].forEach(function (pair) {
      var box = document.getElementById(pair[0]);
      if (!box) return;
      box.checked = recall(pair[0], pair[1]) === "on";
      box.addEventListener("change", function () {
        keep(pair[0], box.checked ? "on" : "off");
        if (pair[0] === "alert-sound" && box.checked) ring();
      });
    });
  }
  function listen() {
    var on = document.addEventListener.bind(document);
    on("htmx:sse:before:message", function (event) { heard(event.detail.message); });
    on("htmx:sse:after:connection", function () { age.lost = 0; });
    ["htmx:sse:error", "htmx:sse:close", "htmx:error"].forEach(function (name) {
      on(name, function (event) {
        if (event.target.id === "live") { age.lost = age.lost || Date.now(); watchAge(); }
      });
    });
    on("htmx:sse:before:connection", function (event) {
      if (event.detail.connection.attempt > 0) { age.lost = age.lost || Date.now(); watchAge(); }
    });
    on("htmx:before:swap", function () { before = snapshot(); });
    on("htmx:after:swap", function (event) {
      var piece = event.target.closest && event.target.closest("[data-as-of]");
      if (piece) age.at = clockOf(piece.dataset.asOf) || age.at;
      compare();
      newAlerts(true);
      page.keys.prepareMaps();
      if (RESTING.indexOf(age.state) < 0) showAge();
    });
  }
  function start() {
    page.age = age;
    age.state = document.body.dataset.age;
    age.heard = Date.now();
    preferences();
    listen();
    newAlerts(false);
    page.keys.prepareMaps();
    setInterval(watchAge, 1000);
    setInterval(fadeMarks, 1000);
    setInterval(saySomething, SAY_EVERY);
    var first = one("[data-focus]");
    if (first) first.focus();
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
