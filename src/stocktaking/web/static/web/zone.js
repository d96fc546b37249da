// Beside a deadline: the same moment on the reader's own clock, where that shows another time.
for (const line of document.querySelectorAll("[data-clock]")) {
  const moment = new Date(line.dataset.clock), place = line.querySelector("time");
  if (Number.isNaN(moment.getTime()) || !place) continue;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
  // as on the rest of the page: the day before the month in English, Western figures everywhere
  const page = document.documentElement.lang, spoken = page === "en" ? "en-GB" : page || "en-GB";
  const told = new Intl.DateTimeFormat(spoken, {
    weekday: "long", day: "numeric", month: "long", year: "numeric",
    hour: "2-digit", minute: "2-digit", hourCycle: "h23", numberingSystem: "latn",
  });
  place.textContent = zone ? `${told.format(moment)} (${zone.replaceAll("_", " ")})` : told.format(moment);
  line.hidden = false;
}
