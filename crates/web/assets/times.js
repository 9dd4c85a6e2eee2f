// Seasoning, for whoever reads times in UTC: each says what it is on this machine's clock when it is pointed at, and whoever
// chooses a time zone finds the one of this browser filled in.
for (const time of document.querySelectorAll("time[datetime]")) {
  const instant = new Date(time.dateTime);
  if (isNaN(instant)) continue;
  const local = instant.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
  time.title = time.title ? `${time.title} (${local} here)` : `${local} here`;
}
for (const field of document.querySelectorAll("input[data-zone]")) {
  if (!field.value) field.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
}
