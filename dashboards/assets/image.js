/* The image of a chart, made by the browser itself: nothing leaves it. It must not redraw figures, only dress them. */
(() => {
  "use strict";
  const ENCRE = "#18222d", PAPIER = "#ffffff", LARGEUR = 1100, TETE = 76, PIED = 40, ECHELLE = 2, SIGNES = 175;
  const plain = (texte) => texte.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

  /* What the page's legend calls each mark: by its code, which traces are named by. */
  function readLegend(figure) {
    const signes = figure?.querySelectorAll(".legende .signe, .legende .marque") ?? [];
    return new Map([...signes].map((signe) => {
      const code = [...signe.classList].find((nom) => /^(signe|marque)-/.test(nom))?.replace(/^(signe|marque)-/, "");
      return [code, (signe.textContent || signe.parentElement.textContent).trim()];
    }));
  }

  /* The traces with the page's words, each once; holidays are no trace: one that lies nowhere stands for them. */
  function label(data, legende) {
    const dits = new Set();
    const traces = data.map((trace) => {
      const code = trace.name?.endsWith("_hors") ? "hors" : trace.name === "complete" ? "visites" : trace.name;
      const mots = legende.get(code);
      const montre = mots !== undefined && !dits.has(code);
      if (montre) dits.add(code);
      return { ...trace, name: mots ?? trace.name, showlegend: montre || (mots === undefined && trace.showlegend === true) };
    });
    if (!legende.has("vacances")) return traces;
    const marker = { symbol: "square", size: 13, color: "rgba(128, 135, 144, 0.2)" };
    return [...traces, { type: "scatter", mode: "markers", x: [null], y: [null], marker, name: legende.get("vacances"), showlegend: true }];
  }

  /* Text cut between words, in rows that fit: an image has no margin to run into. */
  function fold(texte) {
    const rangs = [""];
    for (const mot of texte.split(" ")) {
      const rang = rangs.at(-1);
      if (rang && rang.length + mot.length >= SIGNES) rangs.push(mot);
      else rangs[rangs.length - 1] = rang ? `${rang} ${mot}` : mot;
    }
    return rangs;
  }

  /* Rows that a legend of these words takes under the chart, about. */
  const countRows = (mots) => Math.ceil(mots.reduce((somme, mot) => somme + 56 + 6.5 * mot.length, 0) / LARGEUR);

  /* The chart's own layout with its title above, its legend and its source under it, on white paper. */
  function dress(graphe, { titre, periode, source }, traces, dessous, notes) {
    const { margin, annotations = [], font = {} } = graphe.layout;
    const mots = traces.filter((trace) => trace.showlegend).map((trace) => trace.name);
    const bande = dessous ? 22 * countRows(mots) + 8 : 0;
    const lignes = [...notes, ...source.split("\n")].flatMap(fold);
    const pied = PIED + bande + 15 * lignes.length;
    const hauteur = graphe._fullLayout.height - (margin?.t ?? 0) - (margin?.b ?? 0);
    const sous = { orientation: "h", x: 0, xanchor: "left", y: -30 / hauteur, yanchor: "top", traceorder: "normal" };
    const bas = {
      text: lignes.map(plain).join("<br>"), showarrow: false, align: "left", font: { size: 11, color: ENCRE },
      xref: "paper", x: 0, xanchor: "left", yref: "paper", y: 0, yanchor: "top", yshift: -34 - bande,
    };
    return {
      ...graphe.layout,
      width: LARGEUR, height: graphe._fullLayout.height + TETE + pied, autosize: false,
      margin: { ...margin, t: (margin?.t ?? 0) + TETE, b: (margin?.b ?? 0) + pied },
      font: { ...font, color: ENCRE }, paper_bgcolor: PAPIER, plot_bgcolor: PAPIER,
      title: {
        text: plain(titre), subtitle: { text: plain(periode), font: { size: 13, color: ENCRE } },
        font: { size: 18, color: ENCRE }, x: 0, xref: "paper", xanchor: "left", y: 1, yref: "container", yanchor: "top", pad: { t: 16 },
      },
      annotations: [...annotations, bas],
      /* On the page a legend is HTML: an image has that of traces with a word, under the chart where it has axes. */
      showlegend: mots.length > 0,
      legend: { ...graphe.layout.legend, ...(dessous ? sous : {}), font: { size: 12, color: ENCRE } },
    };
  }

  async function download(bouton) {
    const graphe = document.querySelector(`#${CSS.escape(bouton.dataset.graphe)} .js-plotly-plot`);
    if (!graphe || !window.Plotly) return;
    const cadre = bouton.closest("figure");
    const legende = readLegend(cadre);
    const data = label(graphe.data, legende);
    const notes = [...(cadre?.querySelectorAll(".ruptures li") ?? [])].map((note) => note.textContent);
    const layout = dress(graphe, bouton.dataset, data, legende.has("visites"), notes);
    const figure = { data, layout, config: { ...graphe._context, responsive: false } };
    const { width, height } = figure.layout;
    const lien = document.createElement("a");
    lien.href = await window.Plotly.toImage(figure, { format: "png", width, height, scale: ECHELLE });
    lien.download = bouton.dataset.nom;
    lien.click();
  }

  document.addEventListener("click", (evenement) => {
    const bouton = evenement.target.closest("button[data-graphe]");
    if (bouton) download(bouton);
  });
})();
