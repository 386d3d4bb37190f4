// The count beside the comment box, the same as detente.desk.comments.limit: code points of the composed text.
"use strict";
const detenteCount = (text) => [...text.replace(/\r\n?/g, "\n").normalize("NFC")].length;
for (const box of document.querySelectorAll("textarea[data-limit]")) {
  const limit = Number(box.dataset.limit);
  const line = box.parentElement.querySelector("#comment-left");
  const shown = line.querySelector("[data-left]");
  const announced = line.querySelector("[data-announce]");
  let step = limit;
  const update = () => {
    const left = limit - detenteCount(box.value);
    shown.textContent = `${left} / ${limit}`;
    line.classList.toggle("over", left < 0);
    box.setCustomValidity(left < 0 ? shown.dataset.over : "");
    const now = [0, 20, 100, limit].find((each) => left <= each) ?? limit;
    if (now !== step) { // readers of screens hear of it at 100, 20 and 0, not at every key
      step = now;
      announced.textContent = now === limit ? "" : `${left} ${shown.dataset.one}`;
    }
  };
  box.addEventListener("input", update);
  update();
}
