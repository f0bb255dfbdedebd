/* Charts, drawn from the record that the page holds: those on the screen first, each other one when the browser has time.
   It must not compute figures. The program that draws is asked for by pages with charts alone, once their text is there. */
(() => {
  "use strict";
  const ETROIT = 480;
  const drawn = new WeakMap();
  let plotly, busy = false;

  const isLate = (place) => drawn.get(place) !== place.dataset.figure;
  const findLate = () => [...document.querySelectorAll("[data-figure]")].filter(isLate);
  const isSeen = (place) => place.getBoundingClientRect().top < window.innerHeight;
  const idle = window.requestIdleCallback ?? ((action) => setTimeout(action, 50));

  function load() {
    plotly ??= new Promise((resolve) => {
      const script = document.createElement("script");
      script.src = document.documentElement.dataset.plotly;
      script.addEventListener("load", resolve);
      document.head.append(script);
    });
    return plotly;
  }

  /* On a phone, every second date: six would touch. */
  function thin(axe, largeur) {
    if (largeur >= ETROIT || !axe?.ticktext) return;
    for (const nom of ["tickvals", "ticktext"]) axe[nom] = axe[nom].filter((_, rang) => rang % 2 === 0);
  }

  function draw(place) {
    const { data, layout, config } = JSON.parse(place.dataset.figure);
    thin(layout.xaxis, place.clientWidth);
    drawn.set(place, place.dataset.figure);
    window.Plotly.react(place.firstElementChild ?? place.appendChild(document.createElement("div")), data, layout, config);
  }

  function drawNext() {
    const places = findLate();
    busy = places.length > 0;
    if (!busy) return;
    draw(places.find(isSeen) ?? places[0]);
    idle(drawNext);
  }

  async function watch() {
    if (busy || findLate().length === 0) return;
    busy = true;
    await load();
    drawNext();
  }

  new MutationObserver(watch).observe(document.body, { childList: true, subtree: true });
  window.addEventListener("beforeprint", () => {
    if (window.Plotly) findLate().forEach(draw);
  });
})();
