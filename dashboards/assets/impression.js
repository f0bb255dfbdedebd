/* Paper has another width than the screen: charts are drawn for it, then as they were. It must not touch figures. */
(() => {
  "use strict";
  /* In CSS pixels: an A4 page is 703 wide between its margins. */
  const TAILLES = { "serie-graphe": [700, 150] };
  const before = new Map();

  window.addEventListener("beforeprint", () => {
    const adresse = document.getElementById("adresse-imprimee");
    if (adresse) adresse.textContent = new URL(adresse.textContent, window.location.href).href;
    for (const [id, [width, height]] of Object.entries(TAILLES)) {
      const graphe = document.querySelector(`#${id} .js-plotly-plot`);
      if (!graphe || !window.Plotly) continue;
      before.set(graphe, { width: graphe.layout.width ?? null, height: graphe.layout.height, autosize: true });
      document.getElementById(id).style.height = `${height}px`;
      window.Plotly.relayout(graphe, { width, height, autosize: false });
    }
  });

  window.addEventListener("afterprint", () => {
    for (const [graphe, layout] of before) {
      graphe.closest(".graphe").style.height = "";
      window.Plotly.relayout(graphe, layout);
    }
    before.clear();
  });
})();
