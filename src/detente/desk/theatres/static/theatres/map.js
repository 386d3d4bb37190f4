// The slider moves the marks at once; the list below follows by itself (htmx asks for it). Without script the form does both.
(function () {
  "use strict";
  var form = document.getElementById("slider"), svg = document.querySelector("svg.plan");
  if (!form) return;
  var to = form.elements.to, span = form.elements.span, shown = document.getElementById("shown");
  var play = document.getElementById("play"), first = Date.parse(form.dataset.first + "T00:00:00Z"), timer = null;
  var words = new Intl.DateTimeFormat(document.documentElement.lang.replace(/^en$/, "en-GB") + "-u-ca-gregory-nu-latn",
    { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  function draw() {
    var end = Number(to.value), start = end - Number(span.value) + 1;
    var day = words.format(new Date(first + end * 864e5));
    shown.textContent = day;
    to.setAttribute("aria-valuetext", day);
    if (!svg) return;
    Array.prototype.forEach.call(svg.querySelectorAll("[data-days]"), function (mark) {
      var number = 0, attack = false;
      mark.getAttribute("data-days").split(" ").forEach(function (each) {
        var at = parseInt(each, 10);
        if (at < start || at > end) return;
        number += 1;
        if (each.slice(-1) === "a") attack = true;
      });
      mark.classList.toggle("attack", attack);
      if (number) mark.removeAttribute("display"); else mark.setAttribute("display", "none");
      mark.querySelector(".many").textContent = number > 1 ? number : "";
    });
  }
  function stop() {
    clearInterval(timer);
    timer = null;
    play.textContent = play.dataset.play;
    play.setAttribute("aria-pressed", "false");
    to.dispatchEvent(new Event("change", { bubbles: true }));
  }
  to.addEventListener("input", draw);
  span.addEventListener("change", draw);
  form.querySelector("[data-reload]").addEventListener("change", function (event) {
    event.stopPropagation(); // another dyad has another map
    form.submit();
  });
  play.addEventListener("click", function () {
    if (timer) { stop(); return; }
    if (Number(to.value) >= Number(to.max)) to.value = Math.min(Number(to.max), Number(span.value) - 1);
    play.textContent = play.dataset.stop;
    play.setAttribute("aria-pressed", "true");
    timer = setInterval(function () {
      to.value = Number(to.value) + 1;
      draw();
      if (Number(to.value) >= Number(to.max)) stop();
    }, 200);
  });
  play.hidden = false;
  document.getElementById("show").hidden = true;
  draw();
})();
