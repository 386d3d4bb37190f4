(function () {
  "use strict";
  var REACH = 24, chosen = null;
  function centre(mark) { var b = mark.getBoundingClientRect(); return [b.left + b.width / 2, b.top + b.height / 2]; }
  function nearest(svg, x, y) {
    var best = null, least = REACH;
    Array.prototype.forEach.call(svg.querySelectorAll(".mark,.wire,.chance"), function (mark) {
      var at = centre(mark), gap = Math.hypot(at[0] - x, at[1] - y);
      if (gap < least) { least = gap; best = mark; }
    });
    return best;
  }
  function line(text, name) {
    var p = document.createElement("p");
    p.textContent = text; if (name) p.className = name;
    return p;
  }
  function fill(panel, mark) {
    var list = document.createElement("ul");
    panel.textContent = "";
    panel.appendChild(line(mark.querySelector("title").textContent, "head"));
    (mark.getAttribute("data-i") || "").split(" ").forEach(function (id) {
      var entry = id && document.querySelector('[data-n="' + id + '"]');
      if (entry) list.appendChild(entry.cloneNode(true));
    });
    if (list.children.length) panel.appendChild(list);
  }
  function choose(figure, mark) {
    if (mark === chosen) return;
    if (chosen) chosen.classList.remove("chosen");
    chosen = mark; mark.classList.add("chosen");
    fill(figure.querySelector(".panel"), mark);
  }
  Array.prototype.forEach.call(document.querySelectorAll("figure.chart"), function (figure) {
    figure.querySelector(".panel").hidden = false;
    Array.prototype.forEach.call(figure.querySelectorAll("svg.wide,svg.narrow"), function (svg) {
      function over(event) {
        var mark = nearest(svg, event.clientX, event.clientY);
        if (mark) choose(figure, mark);
      }
      svg.addEventListener("pointermove", over);
      svg.addEventListener("pointerdown", over);
      svg.setAttribute("tabindex", "0");
      svg.addEventListener("keydown", function (event) {
        var step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
        if (!step) return;
        event.preventDefault();
        var marks = Array.prototype.slice.call(svg.querySelectorAll(".mark,.wire,.chance"));
        marks.sort(function (a, b) { return centre(a)[0] - centre(b)[0] || centre(a)[1] - centre(b)[1]; });
        var at = marks.indexOf(chosen);
        choose(figure, marks[Math.max(0, Math.min(marks.length - 1, at < 0 ? 0 : at + step))]);
      });
    });
  });
})();
