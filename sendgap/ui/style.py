"""The little CSS that Streamlit's own settings do not reach."""

from __future__ import annotations

import streamlit as st

from sendgap.ui.paper import PAPER

#: Room, sizes and a focus ring; on phones only a table's key columns until all are asked for.
CSS = """
<style>
.stMainBlockContainer { padding: 4.5rem 2rem 4rem; max-width: 76rem; }
.stMainBlockContainer h1 { font-size: 1.75rem; line-height: 1.3; padding: 0 0 .25rem; }
.stMainBlockContainer h2 { font-size: 1.3rem; padding: .75rem 0 .25rem; }
.stMainBlockContainer h3 { font-size: 1.1rem; padding: .5rem 0 .25rem; }
.st-key-context p { color: #505A5F; font-size: .95rem; }
.st-key-badges { margin-top: .25rem; }
.st-key-badges p { border: 1px solid #767676; border-radius: 3px; padding: .1rem .5rem;
  font-size: .875rem; background: #FFFFFF; }
.st-key-words li, .st-key-caveats li { max-width: 46rem; }
.stMainBlockContainer p { max-width: 50rem; }
.stTable table { font-size: .9rem; }
.stTable td, .stTable th { padding: .35rem .6rem !important; }
[data-testid="stCodeCopyButton"] { opacity: 1 !important; visibility: visible !important;
  transform: none !important; }
[data-testid="stLayoutWrapper"]:has(> [class*="st-key-show-all"]) { display: none; }
.stTable > div { overflow-x: auto; }
a:focus-visible, button:focus-visible, summary:focus-visible, input:focus-visible,
[tabindex]:focus-visible { outline: 3px solid #0B0C0C !important; outline-offset: 2px; }
.stTable th { color: #0B0C0C !important; font-weight: 700; text-align: left !important; }
.stTable tbody th { font-weight: 400; }
.stMainBlockContainer .stPageLink a { background: none; padding-left: 0; }
.stMainBlockContainer .stPageLink a p, .stMainBlockContainer .stPageLink a span {
  color: #12436D; text-decoration: underline; font-weight: 400; white-space: normal;
  overflow: visible; height: auto; }
.st-key-tiles { display: grid !important; gap: .75rem;
  grid-template-columns: repeat(auto-fill, minmax(14.5rem, 1fr)); }
.st-key-tiles > * { width: 100% !important; min-width: 0; }
.st-key-tiles > *, .st-key-tiles > * > * { height: 100%; }
.st-key-tiles [class*="st-key-tile-"] { padding: .6rem .8rem; gap: .25rem; height: 100%; }
.st-key-tiles .stPageLink p { font-weight: 700 !important; }
.tile p { margin: 0 0 .3rem; font-size: .9rem; line-height: 1.35; }
.tile .level { font-size: .95rem; color: #505A5F; }
.tile .level b { font-size: 1.5rem; color: #0B0C0C; }
.tile img { display: block; margin: .15rem 0; }
.badge { display: inline-block; border: 1px solid #767676; border-radius: 3px;
  padding: 0 .4rem; font-size: .825rem; }
.linked { overflow-x: auto; }
.linked table { border-collapse: collapse; width: 100%; font-size: .875rem; }
.linked th, .linked td { padding: .35rem .5rem; text-align: left; vertical-align: top;
  border-bottom: 1px solid #E3E3E3; font-weight: 400; line-height: 1.35; }
.linked thead th { font-weight: 700; border-bottom-color: #767676; vertical-align: bottom; }
.linked .own th, .linked .own td { font-weight: 700; background: #F2F2F2; }
.linked a, .links a { color: #12436D; text-decoration: underline; }
.st-key-controls [role="radiogroup"] { flex-wrap: wrap; }
.st-key-controls [role="radiogroup"] > button, .stSidebar [role="radiogroup"] > button {
  border-radius: 4px; }
@media (max-width: 420px) { .st-key-map .stPlotlyChart { margin-bottom: -9rem; } }
@media (max-width: 640px) { .st-key-map .js-plotly-plot g.text { display: none; } }
.st-key-spine-list { display: none; }
.spine { list-style: none; margin: 0 !important; padding: 0 !important; font-size: .95rem; }
.spine li { margin: 0 0 .5rem !important; }
.spine a { color: #12436D; text-decoration: underline; }
@media (max-width: 960px) { .st-key-spine-wide { display: none; }
  .st-key-spine-list { display: flex; }
  [data-testid="stLayoutWrapper"]:has(> .st-key-wide-place) { display: none; }
  [data-testid="stLayoutWrapper"]:has(> .st-key-narrow-place) { display: flex !important; } }
.key { list-style: none; margin: 0 0 .5rem !important; padding: 0 !important;
  display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; font-size: .9rem; }
.key li { margin: 0 !important; }
.key .patch { display: inline-block; width: 1rem; height: 1rem; vertical-align: -.15rem;
  border: 1px solid #767676; }
.practice { border: 2px solid #0B0C0C; padding: .4rem .8rem; font-weight: 700;
  background: repeating-linear-gradient(45deg, #FFFFFF 0 12px, #F2F2F2 12px 24px); }
.links { margin: 0; padding-left: 1.2rem; }
.links li { margin: 0 0 .45rem; }
[role="option"] > div { white-space: pre !important; tab-size: 400; }
.stSelectbox input { tab-size: 400; }
[data-tag] > span { white-space: pre !important; tab-size: 400; max-width: 11rem;
  text-overflow: clip !important; }
input[role="combobox"]:focus-visible { outline: none !important; }
:has(> input[role="combobox"]:focus-visible) { outline: 3px solid #0B0C0C; outline-offset: 2px; }
.st-key-folded-years td { white-space: nowrap; padding: .35rem .4rem; }
.linked td { overflow-wrap: break-word; }
.stTable td { overflow-wrap: break-word; }
.stMarkdown pre, .stMarkdown pre code { white-space: pre-wrap !important; }
.glossary dt { font-weight: 700; }
.glossary dd { margin: 0 0 .6rem; max-width: 46rem; }
details.outcome { margin: 0 0 .5rem; }
details.outcome summary { color: #12436D; cursor: pointer; text-decoration: underline; }
details.outcome p { margin: .4rem 0 .4rem 1rem; }
.terms { display: flex; flex-wrap: wrap; gap: .25rem .9rem; font-size: .9rem; margin: .1rem 0; }
.terms > span { color: #505A5F; }
.terms summary { color: #12436D; cursor: pointer; text-decoration: underline;
  text-decoration-style: dotted; text-underline-offset: 3px; list-style: none; min-height: 24px; }
.terms summary::-webkit-details-marker { display: none; }
.terms details[open] { flex-basis: 100%; border-left: 4px solid #12436D; padding-left: .75rem; }
.terms details[open] > summary { font-weight: 700; text-decoration: none; }
.terms p, .terms dd { margin: 0 0 .4rem; max-width: 46rem; }
.terms a { color: #12436D; }
.terms dt { font-weight: 700; }
.st-key-folded-grid td, .st-key-folded-one td, .st-key-folded-stages td, .st-key-folded-change td,
.st-key-folded-sparks td, .st-key-folded-units td, .st-key-folded-place td {
  overflow-wrap: normal; }
.st-key-folded-grid table, .st-key-folded-place table { font-size: .8rem; }
.st-key-folded-grid th, .st-key-folded-grid td { padding: .3rem .25rem; }
.st-key-folded-place th, .st-key-folded-place td { padding: .3rem .25rem; }
.st-key-wide-grid, .st-key-wide-ribbon { overflow-x: auto; }
.st-key-wide-grid > *, .st-key-wide-ribbon > * { min-width: 49rem; }
[data-testid="stLayoutWrapper"]:has(> [class*="st-key-narrow-"]) { display: none; }
[data-testid="stLayoutWrapper"]:has(> [class*="st-key-downloads-folded"]) { display: none; }
@media (max-width: 640px) {
  [data-testid="stLayoutWrapper"]:has(> [class*="st-key-downloads-folded"]) { display: flex; }
  [data-testid="stLayoutWrapper"]:has(> [class*="st-key-downloads"]:not([class*="folded"])) {
    display: none; }
  [data-testid="stLayoutWrapper"]:has(> [class*="st-key-wide-"]) { display: none; }
  [data-testid="stLayoutWrapper"]:has(> [class*="st-key-narrow-"]) { display: flex; }
  .st-key-tiles { grid-template-columns: 1fr 1fr; gap: .5rem; }
  .st-key-tiles [class*="st-key-tile-"] { padding: .5rem .55rem; }
  .tile .level b { font-size: 1.25rem; }
  .tile img { max-width: 100%; }
  .linked img { width: 6rem; }
  .st-key-folded-years td:nth-child(2) { width: 4.5rem; white-space: normal; }
  .stMainBlockContainer { padding: 4rem 1rem 3rem; }
  .stMainBlockContainer h1 { font-size: 1.35rem; }
  [data-testid="stLayoutWrapper"]:has(> [class*="st-key-show-all"]) { display: flex; }
  .st-key-context p::after { content: " · tap » to change"; }
}
</style>
"""


def apply() -> None:
    """Put the style on the page."""
    st.html(CSS.replace("</style>", f"{PAPER}</style>"))
