"use strict";
const articles = JSON.parse(document.getElementById("data").textContent);
const $ = (id) => document.getElementById(id);
const PAGE = 300;
let shown = 0, chosen = null, limit = PAGE;

// Everything that comes from an article goes in as text, never as markup.
function make(tag, text, attributes = {}, ...children) {
  const node = document.createElement(tag);
  if (text !== null && text !== undefined) node.textContent = text;
  for (const [name, value] of Object.entries(attributes)) if (value !== null && value !== undefined) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

const every = articles.flatMap((article, number) => article.claims.map((claim) => ({ article: number, claim })));
const whose = (claim) => claim.kind === "narrated" ? "the article" : claim.speaker || (claim.words ? "(open) " + claim.words : "(nobody named)");

function options(id, values, all) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) || 0) + 1);
  const sorted = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 500);
  $(id).replaceChildren(make("option", all, { value: "" }), ...sorted.map(([value, count]) => make("option", `${value} (${count})`, { value })));
}

function passes({ claim }) {
  const words = $("words").value.toLowerCase(), from = $("from").value, to = $("to").value;
  return (!words || `${claim.reading} ${whose(claim)} ${claim.cueWords || ""}`.toLowerCase().includes(words))
    && (!$("speaker").value || whose(claim) === $("speaker").value)
    && (!$("act").value || claim.act === $("act").value)
    && (!$("stance").value || claim.stance === $("stance").value)
    && (!$("gold").value || claim.gold === $("gold").value)
    && (claim.checkable === null || claim.checkable >= Number($("checkable").value || 0))
    && (!from || (claim.when && claim.when >= from)) && (!to || (claim.when && claim.when <= to));
}

// -- the text ---------------------------------------------------------------------------------------------------------

function layers(article) {
  const found = [];
  for (const claim of article.claims) {
    for (const part of ["source", "cue", "content"]) for (const [start, end] of claim[part]) found.push({ start, end, kind: part, claim: claim.id });
    for (const challenge of claim.challenges) found.push({ start: challenge.at[0], end: challenge.at[1], kind: "challenge", claim: claim.id, tip: challenge.kind });
  }
  for (const [start, end, tip] of article.dates) found.push({ start, end, kind: "date", tip });
  for (const [start, end, tip] of article.names) found.push({ start, end, kind: "name", tip });
  return found;
}

function showText() {
  const article = articles[shown], marks = layers(article);
  const edges = [...new Set([0, article.text.length, ...marks.flatMap((mark) => [mark.start, mark.end])])].sort((a, b) => a - b);
  const opens = new Map(), closes = new Map();
  for (const mark of marks) {
    if (!opens.has(mark.start)) opens.set(mark.start, []);
    if (!closes.has(mark.end)) closes.set(mark.end, []);
    opens.get(mark.start).push(mark);
    closes.get(mark.end).push(mark);
  }
  const active = new Set(), pieces = [];
  for (let number = 0; number + 1 < edges.length; number += 1) {
    for (const mark of closes.get(edges[number]) || []) active.delete(mark);
    for (const mark of opens.get(edges[number]) || []) active.add(mark);
    const words = article.text.slice(edges[number], edges[number + 1]);
    if (!active.size) { pieces.push(document.createTextNode(words)); continue; }
    const here = [...active], claims = [...new Set(here.filter((mark) => mark.claim).map((mark) => mark.claim))];
    const inner = here.filter((mark) => mark.claim).sort((a, b) => (a.end - a.start) - (b.end - b.start))[0];
    const tips = here.map((mark) => mark.tip).filter(Boolean);
    pieces.push(make("span", words, {
      class: [...new Set(here.map((mark) => mark.kind))].join(" "), title: tips.length ? tips.join(" · ") : null,
      "data-claim": inner ? inner.claim : null, "data-claims": claims.length ? claims.join(" ") : null,
    }));
  }
  $("text").replaceChildren(...pieces);
  $("title").replaceChildren(make("bdi", article.title));
  const about = [article.published || "no publication date", article.publisher, article.url, article.id].filter(Boolean);
  $("about").replaceChildren(make("bdi", about.join(" · ")));
  $("warnings").replaceChildren(...article.warnings.map((warning) => make("p", "warning: " + warning, { class: "warning" })));
  for (const [number, button] of [...$("articles").querySelectorAll("button")].entries()) button.setAttribute("aria-current", number === shown);
  mark();
}

function mark() {
  for (const span of $("text").querySelectorAll(".chosen")) span.classList.remove("chosen");
  if (!chosen || chosen.article !== shown) return;
  const own = [...$("text").querySelectorAll("[data-claims]")].filter((span) => span.dataset.claims.split(" ").includes(chosen.claim.id));
  for (const span of own) span.classList.add("chosen");
  if (own.length) own[0].scrollIntoView({ block: "center" });
}

// -- the lists --------------------------------------------------------------------------------------------------------

function claimItem(entry) {
  const { article, claim } = entry;
  const about = [claim.act, claim.stance !== "neutral" ? claim.stance : null, ...claim.marks, claim.time,
    claim.saidOn ? "said " + claim.saidOn : null, ...claim.dates, ...claim.quantities, claim.repeats ? "repeats " + claim.repeats : null,
    claim.checkable === null ? null : "can be checked " + claim.checkable.toFixed(2)].filter(Boolean);
  const why = [...claim.reasons.map((reason) => "+ " + reason), ...claim.objections.map((reason) => "− " + reason)];
  const found = [claim.rule, claim.confidence === null ? null : "confidence " + claim.confidence, claim.sieve ? "speaker by " + claim.sieve : null,
    claim.candidates.length ? "may be " + claim.candidates.join(" or ") : null].filter(Boolean);
  const button = make("button", null, { type: "button", class: claim.parent ? "nested" : null },
    make("bdi", `${articles.length > 1 && (filtered() || view === "timeline") ? articles[article].id + " " : ""}${claim.id}  ${whose(claim)}`, { class: "source" }), " ",
    make("bdi", claim.cueWords || "", { class: "cue" }), " → ", make("bdi", claim.reading, { class: "content" }));
  if (claim.gold && claim.gold !== "right") button.prepend(make("span", claim.gold.toUpperCase() + " ", { class: "flag" }));
  for (const challenge of claim.challenges) {
    const words = articles[article].text.slice(challenge.at[0], challenge.at[1]);
    button.append(make("div", null, { class: "detail" }, make("span", challenge.kind + ": ", { class: "flag" }), make("bdi", words)));
  }
  for (const line of [about, why, found]) if (line.length) button.append(make("div", line.join(", "), { class: "detail" }));
  button.addEventListener("click", () => choose(entry));
  return make("li", null, {}, button);
}

function more(total, refresh) {
  const button = make("button", `${total - limit} more`, { type: "button" });
  button.addEventListener("click", () => { limit += PAGE; refresh(); });
  return make("li", null, {}, button);
}

let listed = [];

function showClaims() {
  listed = every.filter(passes);
  if (articles.length > 1 && !filtered()) listed = listed.filter((entry) => entry.article === shown);
  const items = listed.slice(0, limit).map(claimItem);
  if (listed.length > limit) items.push(more(listed.length, showClaims));
  $("claims").replaceChildren(...items);
  $("summary").textContent = `${articles.length} articles, ${every.length} claims, ${listed.length} shown`;
  pick();
}

function filtered() {
  return ["words", "speaker", "act", "stance", "gold", "from", "to"].some((id) => $(id).value) || Number($("checkable").value) > 0;
}

function showSpeakers() {
  const counts = new Map();
  for (const { article, claim } of every.filter(passes)) {
    const entry = counts.get(whose(claim)) || { claims: 0, articles: new Set() };
    entry.claims += 1;
    entry.articles.add(article);
    counts.set(whose(claim), entry);
  }
  const sorted = [...counts].sort((a, b) => b[1].claims - a[1].claims || (a[0] < b[0] ? -1 : 1)), most = sorted.length ? sorted[0][1].claims : 1;
  $("speakers").replaceChildren(...sorted.slice(0, limit).map(([name, entry]) => {
    const bar = make("span", null, { class: "bar" });
    bar.style.width = `${Math.max(1, 6 * entry.claims / most)}em`;
    const button = make("button", null, { type: "button" }, bar, make("bdi", `${entry.claims}  ${name}`),
      make("div", `${entry.articles.size} ${entry.articles.size === 1 ? "article" : "articles"}`, { class: "detail" }));
    button.addEventListener("click", () => { $("speaker").value = name; refresh(); tab("claims"); });
    return make("li", null, {}, button);
  }));
}

function showTimeline() {
  const dated = every.filter(passes).filter(({ claim }) => claim.when).sort((a, b) => (a.claim.when < b.claim.when ? -1 : a.claim.when > b.claim.when ? 1 : 0));
  const items = [];
  let day = null;
  for (const entry of dated.slice(0, limit)) {
    if (entry.claim.when !== day) { day = entry.claim.when; items.push(make("li", null, {}, make("h2", day))); }
    items.push(claimItem(entry));
  }
  if (dated.length > limit) items.push(more(dated.length, showTimeline));
  $("timeline").replaceChildren(...items);
}

const views = { claims: showClaims, speakers: showSpeakers, timeline: showTimeline };
let view = "claims";

function tab(name) {
  view = name;
  for (const other of Object.keys(views)) {
    $(other).hidden = other !== name;
    $("tab-" + other).setAttribute("aria-selected", other === name);
    $("tab-" + other).tabIndex = other === name ? 0 : -1;
  }
  limit = PAGE;
  views[name]();
}

function refresh() {
  limit = PAGE;
  showClaims();
  if (view !== "claims") views[view]();
}

function pick() {
  for (const [number, item] of [...$("claims").children].entries()) {
    const own = chosen && listed[number] && listed[number].claim === chosen.claim;
    item.firstChild.setAttribute("aria-current", Boolean(own));
    if (own) item.scrollIntoView({ block: "nearest" });
  }
}

function choose(entry) {
  chosen = entry;
  if (entry.article !== shown) { shown = entry.article; showText(); if (!filtered()) showClaims(); } else mark();
  pick();
}

function go(article) {
  if (article < 0 || article >= articles.length) return;
  shown = article;
  chosen = null;
  showText();
  refresh();
}

// -- the beginning ----------------------------------------------------------------------------------------------------

$("articles").replaceChildren(...articles.map((article, number) => {
  const button = make("button", null, { type: "button" }, make("bdi", article.title), make("div", `${article.published || ""} ${article.claims.length} claims`, { class: "detail" }));
  button.addEventListener("click", () => go(number));
  return make("li", null, {}, button);
}));
options("speaker", every.map(({ claim }) => whose(claim)), "anybody");
options("act", every.map(({ claim }) => claim.act), "any");
options("stance", every.map(({ claim }) => claim.stance), "any");
options("gold", every.map(({ claim }) => claim.gold).filter(Boolean), "all");
$("gold-label").hidden = !every.some(({ claim }) => claim.gold);
$("filters").addEventListener("input", refresh);
$("filters").addEventListener("submit", (event) => event.preventDefault());
$("filters").addEventListener("reset", () => setTimeout(refresh));
for (const name of Object.keys(views)) {
  $("tab-" + name).addEventListener("click", () => tab(name));
  $("tab-" + name).addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const names = Object.keys(views), next = names[(names.indexOf(name) + step + names.length) % names.length];
    tab(next);
    $("tab-" + next).focus();
  });
}
$("text").addEventListener("click", (event) => {
  const id = event.target.dataset && event.target.dataset.claim;
  const entry = id && every.find((each) => each.article === shown && each.claim.id === id);
  if (entry) choose(entry);
});
document.addEventListener("keydown", (event) => {
  if (["INPUT", "SELECT"].includes(event.target.tagName) || event.ctrlKey || event.metaKey || event.altKey) return;
  const at = chosen ? listed.findIndex((entry) => entry.claim === chosen.claim && entry.article === chosen.article) : -1;
  if (event.key === "j" && listed[at + 1]) choose(listed[at + 1]);
  if (event.key === "k" && at > 0) choose(listed[at - 1]);
  if (event.key === "[") go(shown - 1);
  if (event.key === "]") go(shown + 1);
});
if (articles.length) go(0);
