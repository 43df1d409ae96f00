// Everything works without this: it adds a theme switch, copying, and opens what an address points at.
const root = document.documentElement;
const theme = document.getElementById("theme");
if (theme) {
  theme.hidden = false;
  const dark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const tell = () => theme.setAttribute("aria-pressed", String(dark()));
  tell();
  theme.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    try { localStorage.setItem("theme", root.dataset.theme); } catch { /* not kept */ }
    tell();
  });
}
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = button.parentElement.querySelector(".citation");
    try {
      await navigator.clipboard.writeText(text.textContent.trim());
      button.dataset.copied = "1";
      button.setAttribute("aria-label", button.textContent + " ✓");
    } catch {
      getSelection().selectAllChildren(text);
      text.focus();
    }
  });
}
const open = () => {
  let name = decodeURIComponent(location.hash.slice(1));
  // Mails name the sentence by its offsets: #s=120-164,170-180.
  const offsets = name.match(/^s=(\d+)-/);
  if (offsets) name = "s" + offsets[1];
  const there = name && document.getElementById(name);
  for (let at = there; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
  if (there) { there.scrollIntoView({block: "center"}); there.classList.add("here"); }
};
addEventListener("hashchange", open);
open();
// Pictures that were not drawn when the page was made: each when it comes near; its words stand there till then.
const draw = async (place) => {
  const answer = await fetch(place.dataset.drawing);
  if (!answer.ok) return;
  const made = new DOMParser().parseFromString(await answer.text(), "image/svg+xml").documentElement;
  if (made.nodeName !== "svg") return;
  place.parentElement.querySelector(".figures-told")?.classList.add("hidden");
  place.replaceWith(document.importNode(made, true));
};
const near = new IntersectionObserver((seen) => {
  for (const one of seen) if (one.isIntersecting) {
    near.unobserve(one.target);
    draw(one.target).catch(() => { /* its words stay */ });
  }
}, {rootMargin: "3000px"});
for (const place of document.querySelectorAll("[data-drawing]")) near.observe(place);
// The review desk: one key decides, unless somebody is writing.
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  const button = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (button) { event.preventDefault(); button.click(); }
});
