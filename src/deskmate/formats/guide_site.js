"use strict";
{
  // What the page was made with: for each guide its search words, its title, and what else it says.
  const guides = JSON.parse(document.getElementById("index").textContent);
  const [field, count, none, all, hits] = ["field", "count", "none", "all", "hits"].map((id) => document.getElementById(id));
  const said = count.dataset.said;
  // Without accents and capitals, as "Drucker-Störung" is looked for as "storung".
  const words = (text) =>
    text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/ß/g, "ss").match(/[\p{L}\p{N}]+/gu) || [];
  const weights = [9, 4, 1];
  const index = guides.map((texts) => texts.map((text) => [...new Set(words(text))]));
  const lines = [...all.querySelectorAll("li")];

  // Every word has to begin one of the guide's; where the best one stands is what counts, and whole words a little more.
  function score(fields, typed) {
    let sum = 0;
    for (const word of typed) {
      let best = 0;
      fields.forEach((known, place) => {
        for (const each of known) {
          if (each.startsWith(word)) best = Math.max(best, weights[place] * (each === word ? 1.5 : 1));
        }
      });
      if (!best) return 0;
      sum += best;
    }
    return sum;
  }

  function show() {
    const typed = words(field.value);
    const found = typed.length
      ? index.map((fields, place) => [score(fields, typed), place]).filter(([points]) => points)
      : [];
    found.sort(([more, first], [less, second]) => less - more || first - second);
    hits.replaceChildren(...found.map(([, place]) => lines[place].cloneNode(true)));
    all.hidden = typed.length > 0;
    hits.hidden = !found.length;
    none.hidden = !typed.length || found.length > 0;
    count.textContent = found.length ? said.replace("{}", found.length) : "";
  }

  field.addEventListener("input", () => {
    show();
    // So that the way back from a guide leads to what was found. Some browsers refuse that for files.
    try { history.replaceState(null, "", "#" + encodeURIComponent(field.value)); } catch {}
  });
  function recall() {
    try { field.value = decodeURIComponent(location.hash.slice(1)); } catch {}
    show();
  }
  addEventListener("hashchange", recall);
  document.getElementById("search").hidden = false;
  recall();
}
