/* DNMA tag, version 1: tells the collector that serves this file which page of the ENT was shown, as the page declares it.
   It must not write in the browser (no cookie, no storage), look at the device, disturb the page, or send anything undeclared.
   How to declare: docs/vendeur.md. Syntax of 2017 at most: school tablets are old. */
(function () {
  "use strict";
  const script = document.currentScript;
  if (!script || (window.dnma && window.dnma.page)) return; // not by <script src>, or there already
  const NAMES = [
    "uai", "profil", "visiteur", "service", "type", "outil", "plateforme", "projet", "exploitant", "appareil", "opposition",
  ];

  /* Properties of the format alone, whatever else was declared; names of 2021 are the same in capitals, but ID_PERSO. */
  function read(declared) {
    const event = {};
    Object.keys(declared || {}).forEach(function (sent) {
      const name = sent.toLowerCase() === "id_perso" ? "visiteur" : sent.toLowerCase();
      const value = declared[sent];
      if (NAMES.indexOf(name) < 0 || value === null || value === undefined) return;
      if (name === "opposition") event[name] = !/^(false|non|0)$/i.test(value); // a bare attribute opposes
      else if (value !== "") event[name] = value;
    });
    return event;
  }

  /* Nothing without a visitor: that page is public. An opposition is sent to be counted, without who. */
  function send(event) {
    if (!event.opposition && !event.visiteur) return;
    const body = JSON.stringify(Object.assign({}, event, event.opposition ? { visiteur: undefined } : { opposition: undefined }));
    const address = new URL("/v1/marquage", script.src).href;
    // A beacon bears the cookies of the collector's host, which may be the ENT's own domain: a fetch that outlives the page doesn't.
    if ("keepalive" in Request.prototype) {
      fetch(address, {
        method: "POST", body: body, mode: "no-cors", credentials: "omit", keepalive: true, referrerPolicy: "strict-origin",
      }).catch(function () {});
    } else navigator.sendBeacon(address, body);
  }

  /* A measure that fails is nobody's business in the page. */
  function quietly(work) {
    return function (given) {
      try {
        work(given);
      } catch (error) {
        /* silent */
      }
    };
  }

  /* "Mode clic": a link towards a tool that can't be tagged, by any button that follows it. */
  function click(event) {
    if (event.type === "auxclick" && event.button !== 1) return;
    const link = event.target.closest("[data-dnma-clic]");
    if (!link) return;
    const own = { service: link.dataset.dnmaClic, outil: link.dataset.dnmaOutil, type: link.dataset.dnmaType || "TIERS" };
    send(Object.assign({}, current, { service: undefined, outil: undefined }, read(own)));
  }

  const declared = read(script.dataset);
  let current = declared;
  const show = quietly(function () {
    send(current);
  });
  const page = quietly(function (properties) {
    current = Object.assign({}, declared, read(properties));
    send(current);
  });
  window.dnma = Object.freeze({ page: page });
  document.addEventListener("click", quietly(click), true);
  document.addEventListener("auxclick", quietly(click), true);
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) show(); // shown again by "back", without loading
  });
  if (document.prerendering) document.addEventListener("prerenderingchange", show, { once: true });
  else show();
})();
