# What the commands for authors and translators say: `weft i18n`, and the checkout they work on.

help-authors-root = Root folder of Weft's source (otherwise the current folder)
help-i18n = For translators: how far the languages are, and what to work on
help-i18n-report = Count what is translated, by language and chapter
help-i18n-report-language = Only this language, with every text it lacks
help-i18n-new = Begin a language: make the files its translators fill in
help-i18n-new-language = Code of the language, for example `de` or `pt-BR`
help-i18n-update = Bring the files of a language up to the English ones
help-i18n-update-language = Code of the language
help-i18n-update-chapter = Only this chapter, for example `02-threads-and-join` or `index` (otherwise all)

error-no-checkout = { $path } is not the root of Weft's source.
error-no-checkout-cause = { $expected } is not there.
error-no-checkout-next = Call it in the root folder of the source, or name that folder with `--root`.
error-language-code = “{ $code }” is not the code of a language.
error-language-code-cause = A code is written like `de`, `pt-BR` or `zh-Hant`.
error-language-code-next = Look it up at https://www.iana.org/assignments/language-subtag-registry
error-language-english = English needs no translation: the other languages are translated from it.
error-language-english-next = Name another language; `weft i18n report` lists those that somebody has begun.
error-language-begun = The language “{ $code }” has been begun already.
error-language-begun-cause = { $path } is there.
error-language-begun-next = `weft i18n report { $code }` says what it lacks; `weft i18n update { $code }` brings its files up to date.
error-language-not-begun = Nobody has begun the language “{ $code }”.
error-language-not-begun-cause = { $path } is not there.
error-language-not-begun-next = `weft i18n new { $code }` begins it.
error-no-chapter = There is no chapter “{ $name }”.
error-no-chapter-next = The folders in `notebooks/chapters` are the chapters.

i18n-column-messages = texts
i18n-column-translated = translated
i18n-column-fuzzy = fuzzy
i18n-column-missing = missing
i18n-column-obsolete = obsolete
i18n-total = together
i18n-not-built-in = This program was built without “{ $code }”: `Add a language` in `CONTRIBUTING.md` says what to add.
i18n-open = { $path } lacks:
i18n-up-to-date = Everything is up to date.

# Numbered by the program. The fourth one is followed by the lines to add.
i18n-next = What to do now:
i18n-next-1 = Choose a word for each term: the lines `{ $code } = ""` in `notebooks/i18n/glossary.toml`.
i18n-next-2 = Translate the texts of the program in `messages/locales/{ $code }`: remove the `#` and the blank before a text, and put yours in place of the English one.
i18n-next-3 = Translate the chapters, `index` first: `notebooks/chapters/*/po/{ $code }.po`. `weft i18n report { $code }` says what is missing.
i18n-next-4 = Add the language at the end of the table in `messages/src/language.rs`:
i18n-next-5 = Build with `cargo build --release`; then `weft notebooks` writes the notebooks, and `--lang { $code }` works.
i18n-next-6 = `cargo test --release -p messages -p notebooks` names what is not right yet.
