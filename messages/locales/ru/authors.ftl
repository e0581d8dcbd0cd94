# What the commands for authors and translators say: `weft i18n`, and the checkout they work on.

help-authors-root = Корневая папка исходного кода Weft (по умолчанию текущая папка)
help-i18n = Для переводчиков: состояние языков и над чем работать
help-i18n-report = Посчитать переведённое по языкам и главам
help-i18n-report-language = Только этот язык, с каждым недостающим текстом
help-i18n-new = Начать новый язык: создать файлы, которые заполняют переводчики
help-i18n-new-language = Код языка, например `de` или `pt-BR`
help-i18n-update = Привести файлы языка в соответствие с английскими
help-i18n-update-language = Код языка
help-i18n-update-chapter = Только эта глава, например `02-threads-and-join` или `index` (по умолчанию все)

error-no-checkout = { $path } — не корневая папка исходного кода Weft.
error-no-checkout-cause = Там нет { $expected }.
error-no-checkout-next = Вызовите команду в корневой папке исходного кода или укажите её с помощью `--root`.
error-language-code = «{ $code }» — не код языка.
error-language-code-cause = Код пишется так: `de`, `pt-BR` или `zh-Hant`.
error-language-code-next = Найдите его здесь: https://www.iana.org/assignments/language-subtag-registry
error-language-english = Английский переводить не нужно: с него переводят на остальные языки.
error-language-english-next = Укажите другой язык; начатые перечисляет `weft i18n report`.
error-language-begun = Язык «{ $code }» уже начат.
error-language-begun-cause = { $path } уже есть.
error-language-begun-next = `weft i18n report { $code }` покажет, чего не хватает; `weft i18n update { $code }` обновит его файлы.
error-language-not-begun = Язык «{ $code }» ещё никто не начинал.
error-language-not-begun-cause = { $path } не существует.
error-language-not-begun-next = `weft i18n new { $code }` начнёт его.
error-no-chapter = Главы «{ $name }» нет.
error-no-chapter-next = Главы — это папки в `notebooks/chapters`.

i18n-column-messages = тексты
i18n-column-translated = переведено
i18n-column-fuzzy = неточно
i18n-column-missing = не хватает
i18n-column-obsolete = устарело
i18n-total = всего
i18n-not-built-in = Эта программа собрана без «{ $code }»: что добавить, сказано в разделе `Add a language` файла `CONTRIBUTING.md`.
i18n-open = В { $path } не хватает:
i18n-up-to-date = Обновлять нечего: всё актуально.

# Numbered by the program. The fourth one is followed by the lines to add.
i18n-next = Что делать дальше:
i18n-next-1 = Выберите слово для каждого термина: строки `{ $code } = ""` в `notebooks/i18n/glossary.toml`.
i18n-next-2 = Переведите тексты программы в `messages/locales/{ $code }`: уберите `#` и пробел перед текстом и поставьте свой текст вместо английского.
i18n-next-3 = Переведите главы, сначала `index`: `notebooks/chapters/*/po/{ $code }.po`. Чего не хватает, покажет `weft i18n report { $code }`.
i18n-next-4 = Добавьте язык в конец таблицы в `messages/src/language.rs`:
i18n-next-5 = Соберите программу командой `cargo build --release`; затем `weft notebooks` запишет блокноты, и `--lang { $code }` заработает.
i18n-next-6 = `cargo test --release -p messages -p notebooks` назовёт то, что ещё не в порядке.
