// Signs of types and statuses. The colours come with the data; the program's pictures use the same.
const groupOf = (event) => DATA.groups.find((group) => group.types.includes(event.type)) ?? DATA.groups.at(-1);
const colourOf = (event) => groupOf(event).colour;

// Asserted and reported are filled; planned is dashed, possible dotted, denied crossed out.
const DASHES = { planned: [5, 3], possible: [1.5, 2.5], denied: [1.5, 2.5] };
const isFilled = (event) => event.status === "asserted" || event.status === "reported";
const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
