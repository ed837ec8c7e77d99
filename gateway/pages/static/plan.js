"use strict";

// The plan's print button. Without script it is not there; the browser's own menu prints as well.
{
  document.getElementById("print").addEventListener("click", () => window.print());
  for (const item of document.querySelectorAll(".with-script")) item.hidden = false;
}
