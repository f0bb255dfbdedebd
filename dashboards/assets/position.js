/* Where the reader was: content comes after the page has loaded, when browsers have given up finding the anchor of an address, or
   the place that a reader goes back to. It must not move a reader who has begun to read. */
(() => {
  "use strict";
  const goesBack = () => performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  const placeOf = (anchor) => document.getElementById(anchor.slice(1)) /* ids are ASCII */;
  let moved = false;
  history.scrollRestoration = "manual";

  function settle() {
    if (moved || !document.querySelector("main h1")) return;
    moved = true;
    watch.disconnect();
    const left = history.state?.defilement;
    if (goesBack() && left !== undefined) window.scrollTo(0, left);
    else placeOf(location.hash)?.scrollIntoView();
  }

  const watch = new MutationObserver(settle);
  watch.observe(document.body, { childList: true, subtree: true });
  const begin = () => { moved = true; watch.disconnect(); };
  for (const act of ["wheel", "touchmove", "keydown"]) addEventListener(act, begin, { once: true, passive: true });
  addEventListener("pagehide", () => history.replaceState({ ...history.state, defilement: window.scrollY }, ""));
})();
