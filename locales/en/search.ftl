# Searching documents, tags, saved views.
documents-search = Search documents
documents-search-hint = Title, text, tag …
documents-search-button = Search
documents-none-title = Nothing found
documents-none-text = Every word has to begin a word in the title, a tag, the file name or the text of the document. Try fewer words, or only how they begin.
documents-found = { $count ->
    [one] One document found
   *[other] { $count } documents found
}
documents-found-more = The first { $count } documents found
tags-title = Tags
tags-hint = Separated by commas. Whoever reads the document sees them.
tags-with = With the tag
tags-without = Without the tag { $tag }
tags-error-word = “{ $tag }” cannot be a tag: it needs a letter or a digit, and no comma or semicolon.
tags-error-long = “{ $tag }” is longer than { $max } characters.
tags-error-many = At most { $max } tags for one document.
tags-error-none = Enter at least one tag.
bulk-tag-title = Tag
bulk-tag = { $count ->
    [one] Tag one document
   *[other] Tag { $count } documents
}
bulk-tagged-toast = { $count ->
    [one] One document was tagged
   *[other] { $count } documents were tagged
}
views-title = Saved views
views-save = Save this view
views-save-button = Save
views-name = Name of the view
views-saved = The view is saved
views-removed = The view is removed
views-remove = Remove the view “{ $name }”
views-error-name = Give the view a name.
views-error-long = At most { $max } characters.
views-error-empty = Search or filter first: the whole list needs no view.
views-error-list = There is no such list.
views-error-many = You have { $max } views of this list. Remove one first.
