// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace topoprune::detail {

/// The look of the page. A strong color means kept, a pale one all or pruned, gray filtered, in every chart.
inline constexpr std::string_view page_style = R"css(
:root {
  color-scheme: light dark;
  --paper: #ffffff; --ink: #1b1f24; --muted: #5c6670; --rule: #e1e5ea; --panel: #f6f8fa;
  --kept: #23508e; --all: #bfd0e6; --filtered: #d9dbde;
  --positive: #1f6fb4; --negative: #cf5b23; --move: #8a939d;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171b; --ink: #e4e7eb; --muted: #98a2ad; --rule: #2b3138; --panel: #1b1f25;
    --kept: #86b4ee; --all: #34506f; --filtered: #444a51;
    --positive: #6aaee8; --negative: #ef8f57; --move: #77808a;
  }
}
@media print {
  :root {
    --paper: #ffffff; --ink: #000000; --muted: #444444; --rule: #cccccc; --panel: #ffffff;
    --kept: #23508e; --all: #bfd0e6; --filtered: #d9dbde;
    --positive: #1f6fb4; --negative: #cf5b23; --move: #8a939d;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
main { max-width: 1100px; margin: 0 auto; padding: 40px 20px 64px; }
h1 { margin: 0; font-size: 1.9rem; line-height: 1.2; letter-spacing: -0.01em; overflow-wrap: anywhere; }
h2 { margin: 0 0 4px; font-size: 1.25rem; }
h3 { margin: 0; font-size: 1rem; }
section { margin-top: 44px; padding-top: 28px; border-top: 1px solid var(--rule); }
.result { margin: 8px 0 0; font-size: 1.15rem; }
.lead { margin: 0 0 18px; max-width: 72ch; color: var(--muted); }
.quiet { margin: 6px 0; color: var(--muted); font-size: 0.9rem; }
a { color: inherit; text-decoration-color: var(--rule); text-underline-offset: 3px; }
a:hover { text-decoration-color: currentColor; }
nav {
  display: flex; flex-wrap: wrap; gap: 4px 18px; margin-top: 20px; font-size: 0.9rem; color: var(--muted);
}
.figures {
  display: grid; grid-template-columns: repeat(6, 1fr); gap: 1px; margin: 24px 0 0;
  background: var(--rule); border: 1px solid var(--rule); border-radius: 6px; overflow: hidden;
}
@media (max-width: 680px) { .figures { grid-template-columns: repeat(3, 1fr); } }
.figures div { padding: 12px 16px; background: var(--panel); }
.figures dt { font-size: 0.85rem; color: var(--muted); }
.figures dd { margin: 0; font-size: 1.3rem; font-variant-numeric: tabular-nums; }
figure { margin: 0; }
figcaption { margin-top: 4px; color: var(--muted); font-size: 0.9rem; }
figcaption i { display: inline-block; width: 14px; height: 10px; margin-right: 6px; border-radius: 2px; }
figcaption i:not(:first-child) { margin-left: 14px; }
i.kept { background: var(--kept); }
i.all { background: var(--all); }
i.filtered { background: var(--filtered); }
i.kept-line { height: 0; border-top: 2px solid var(--kept); vertical-align: middle; }
i.positive { width: 10px; border-radius: 5px; background: var(--positive); }
i.negative { width: 10px; border-radius: 5px; background: var(--negative); }
i.move { height: 0; border-top: 1px solid var(--move); vertical-align: middle; }
.row { display: grid; grid-template-columns: repeat(auto-fit, minmax(290px, 1fr)); gap: 24px; }
.wide { overflow-x: auto; }
svg {
  display: block; max-width: 100%; height: auto;
  font: 12px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
}
svg text { fill: var(--muted); font-variant-numeric: tabular-nums; }
.middle { text-anchor: middle; } .end { text-anchor: end; }
.grid { stroke: var(--rule); fill: none; }
.axis { stroke: var(--muted); fill: none; }
path.kept { fill: var(--kept); } path.all { fill: var(--all); } path.filtered { fill: var(--filtered); }
path.kept-line { fill: none; stroke: var(--kept); stroke-width: 1.8; stroke-linejoin: round; }
path.positive { stroke: var(--positive); } path.negative { stroke: var(--negative); }
path.positive, path.negative { fill: none; stroke-linecap: round; stroke-opacity: 0.75; }
path.move { fill: none; stroke: var(--move); stroke-width: 0.8; stroke-opacity: 0.7; }
canvas { display: block; width: 100%; border: 1px solid var(--rule); border-radius: 6px; }
.controls {
  display: flex; flex-wrap: wrap; align-items: center; gap: 8px 18px; margin-bottom: 10px;
  font-size: 0.9rem;
}
.controls output { margin-left: auto; color: var(--muted); font-variant-numeric: tabular-nums; }
select {
  font: inherit; color: inherit; background: var(--panel); border: 1px solid var(--rule);
  border-radius: 4px; padding: 2px 6px;
}
input { accent-color: var(--kept); }
.legend { display: flex; flex-wrap: wrap; align-items: center; gap: 4px; margin-top: 10px; }
.legend button {
  display: inline-flex; align-items: center; gap: 6px; padding: 2px 8px; font: inherit; font-size: 0.85rem;
  color: inherit; background: none; border: 1px solid transparent; border-radius: 4px; cursor: pointer;
}
.legend button:hover { background: var(--panel); }
.legend button[aria-pressed="true"] { border-color: var(--muted); }
.legend i { width: 10px; height: 10px; border-radius: 5px; }
:focus-visible { outline: 2px solid var(--kept); outline-offset: 2px; }
.scroll {
  max-height: 460px; margin-top: 18px; overflow: auto; border: 1px solid var(--rule); border-radius: 6px;
}
table { border-collapse: collapse; font-size: 0.9rem; font-variant-numeric: tabular-nums; }
th, td { padding: 4px 14px; text-align: left; border-bottom: 1px solid var(--rule); vertical-align: top; }
th { font-weight: 500; }
thead th { color: var(--muted); }
.numbers { width: 100%; border-collapse: separate; border-spacing: 0; }
.numbers th, .numbers td { text-align: right; white-space: nowrap; }
.numbers thead th, .numbers tfoot th, .numbers tfoot td { position: sticky; background: var(--panel); }
.numbers thead th { top: 0; }
.numbers tfoot th, .numbers tfoot td { bottom: 0; border-bottom: 0; font-weight: 600; }
.facts { margin-top: 16px; }
.facts th { color: var(--muted); padding-left: 0; white-space: nowrap; }
.facts td { overflow-wrap: anywhere; }
.bars { width: 100%; max-width: 760px; }
.bars th { padding-left: 0; width: 1%; white-space: nowrap; }
.bars td:nth-child(2) { width: 1%; text-align: right; white-space: nowrap; }
.bars td { vertical-align: middle; }
.bars i { display: block; height: 12px; min-width: 1px; background: var(--kept); border-radius: 2px; }
.notes { margin: 0; padding-left: 20px; max-width: 90ch; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
footer { margin-top: 44px; color: var(--muted); font-size: 0.85rem; }
@media print {
  main { max-width: none; padding: 0; }
  nav, .controls, .legend .quiet { display: none; }
  section { break-inside: auto; margin-top: 24px; padding-top: 16px; }
  figure, canvas, tr, h2, .lead { break-inside: avoid; }
  h2, .lead { break-after: avoid; }
  .figures { grid-template-columns: repeat(6, 1fr); }
  .row { grid-template-columns: repeat(3, 1fr); }
  .scroll { max-height: none; overflow: visible; }
  i, canvas { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
)css";

} // namespace topoprune::detail
