"""Components: the shared fragments of all faces: page, field, error summary, timeline, table, banner.

Its words: a *question* is a field as it stands on a page (questions.py), with its words, value and error; a
*appearance* is the size, spacing and colours that a visitor chose (appearance.py).

A page extends `components/page.html` (portal: `portal/base.html`) and fills the blocks
`title`, `back` and `main`.
Templates to include, all `only`:

    components/errors.html      form=form, or questions=[...], or errors=[...]     the error summary
    components/field.html       field=form.reason [hint=...] [heading=True]        any field, of a package too
    components/summary.html     rows=[{key, value, change}]                        check answers
    components/timeline.html    steps=[{title, state: past|now|next, on or at, text}]
    components/table.html       caption, heads, rows (cells: text or {text, link, numeric})
    components/pagination.html  previous, next                                     links of signed cursors
    components/banner.html      text [title] [link, action]                        what is wanted now
    components/tag.html         text [kind: late|soon|done]
    components/back.html        link [text]      components/breadcrumbs.html  crumbs=[{text, link}]
    components/details.html     title, text

`{% load components %}` brings the filters day, money, term, days_left, size, words and the tag moment.
The styles are compiled from styles/*.scss (`npm install && npm run build` there) and committed.

Not here: pages of one face, and anything that asks a database.
"""
