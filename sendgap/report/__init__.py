"""Documents people leave with: view models to Word, HTML, Markdown and workbooks."""
