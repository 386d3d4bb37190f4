// One key does one thing: an element with data-key is pressed (buttons, links, boxes), opened (summaries) or entered (fields).
// Off by the box in "Keys"; never inside fields, never with Ctrl, Alt or Meta. Without this script the forms do the same.
"use strict";
(() => {
  const box = document.querySelector("#keys-on");
  const kept = "detente-review-keys";
  if (box) {
    box.checked = localStorage.getItem(kept) !== "off";
    box.addEventListener("change", () => localStorage.setItem(kept, box.checked ? "on" : "off"));
  }
  const seen = (each) => each.offsetParent !== null;
  const open = (each) => {
    for (let at = each.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
  };
  const enter = (each) => {
    open(each);
    each.focus();
    each.scrollIntoView({ block: "center" });
  };
  const press = (each) => {
    if (each.tagName === "SUMMARY") {
      each.parentElement.open = !each.parentElement.open;
      each.focus();
      if (each.parentElement.open) each.scrollIntoView({ block: "nearest" });
    } else if (each.matches("input, select, textarea")) {
      enter(each);
    } else {
      each.click();
    }
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const at = document.activeElement;
    const typing = at && at.matches("input:not([type=checkbox], [type=radio]), select, textarea");
    if (event.key === "Escape") {
      if (typing) at.blur();
      else document.querySelectorAll("details[open]").forEach((each) => { each.open = false; });
      return;
    }
    if (typing || (box && !box.checked)) return;
    if (event.key === "Enter" && at && at !== document.body && at.id !== "main") return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const every = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)];
    const digit = /^[0-9]$/.test(key);
    const found = every.find(seen) || (digit ? null : every.find((each) => each.matches("input, select, textarea")));
    if (!found || found.disabled) return;
    event.preventDefault();
    press(found);
  });
  const map = document.querySelector("figure.map[data-west]");
  if (map) {
    const svg = map.querySelector("svg");
    const given = Object.fromEntries(["west", "north", "degree", "squeeze"].map((name) => [name, Number(map.dataset[name])]));
    svg.addEventListener("click", (event) => {
      const area = svg.getBoundingClientRect(), view = svg.viewBox.baseVal;
      const x = (event.clientX - area.left) * view.width / area.width, y = (event.clientY - area.top) * view.height / area.height;
      document.querySelector("#f-lat").value = (given.north - y / given.degree).toFixed(4);
      document.querySelector("#f-lon").value = (given.west + x / given.degree / given.squeeze).toFixed(4);
      svg.querySelectorAll(".picked").forEach((each) => each.remove());
      const dot = document.createElementNS("http://www.w3.org/2000/svg", "circle");
      for (const [name, value] of [["cx", x], ["cy", y], ["r", 7], ["class", "picked"]]) dot.setAttribute(name, value);
      svg.append(dot);
    });
  }
  document.querySelectorAll("[aria-invalid=true]").forEach((each, n) => { if (!n) enter(each); });
})();
