// What is compressed in the page: the map library, the outlines of countries, the names of places.
async function unpack(id) {
  const bytes = Uint8Array.from(atob($(id).textContent.trim()), (letter) => letter.charCodeAt(0));
  $(id).remove();
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).text();
}
// The page's policy knows the library by its hash, so nothing else can run this way.
function run(source) {
  const script = document.createElement("script");
  script.textContent = source;
  document.head.append(script);
}
let LABELS = { countries: [], cities: [] }, WORLD = null;
async function unpackAll() {
  const [leaflet, labels, world] = await Promise.all(["leaflet", "labels", "world"].map(unpack));
  // Signs each in a layer of their own would cost more than the smooth zoom is worth.
  window.L_DISABLE_3D = true;
  run(leaflet);
  LABELS = JSON.parse(labels);
  WORLD = JSON.parse(world);
}
