(function () {
  "use strict";
  var box = null, owner = null;
  function hide() { if (box) { box.remove(); box = null; if (owner) owner.removeAttribute("aria-describedby"); owner = null; } }
  function show(link) {
    var note = document.getElementById(link.getAttribute("href").slice(1));
    if (!note || owner === link) return;
    hide();
    box = document.createElement("div");
    box.className = "pop"; box.id = "pop"; box.setAttribute("role", "tooltip");
    [".src", ".para"].forEach(function (part) {
      var found = note.querySelector(part);
      if (found) box.appendChild(found.cloneNode(true));
    });
    document.body.appendChild(box);
    var at = link.getBoundingClientRect(), wide = document.documentElement.clientWidth;
    box.style.left = Math.max(8, Math.min(at.left + window.scrollX, wide - box.offsetWidth - 8)) + "px";
    box.style.top = (at.bottom + window.scrollY + 4) + "px";
    link.setAttribute("aria-describedby", "pop"); owner = link;
  }
  Array.prototype.forEach.call(document.querySelectorAll("a.note"), function (link) {
    link.addEventListener("mouseenter", function () { show(link); });
    link.addEventListener("mouseleave", function () { if (document.activeElement !== link) hide(); });
    link.addEventListener("focus", function () { show(link); });
    link.addEventListener("blur", hide);
    link.addEventListener("click", function (event) { event.preventDefault(); link.focus(); show(link); });
  });
  document.addEventListener("keydown", function (event) { if (event.key === "Escape") hide(); });
})();
