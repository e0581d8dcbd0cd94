# What the commands for authors and translators say: `weft i18n`, and the checkout they work on.

help-authors-root = Weft 原始碼的根目錄（不給則為目前的資料夾）
help-i18n = 給譯者：各語言的進度，以及接下來要做什麼
help-i18n-report = 依語言與章統計已翻譯的文字
help-i18n-report-language = 只看這個語言，並列出還缺的每一段文字
help-i18n-new = 開始一個語言：建立供譯者填寫的檔案
help-i18n-new-language = 語言代碼，例如 `de` 或 `pt-BR`
help-i18n-update = 讓某個語言的檔案與英文一致
help-i18n-update-language = 語言代碼
help-i18n-update-chapter = 只更新這一章，例如 `02-threads-and-join` 或 `index`（不給則為全部）

error-no-checkout = { $path } 不是 Weft 原始碼的根目錄。
error-no-checkout-cause = 找不到 { $expected }。
error-no-checkout-next = 請在原始碼的根目錄執行，或用 `--root` 指定該資料夾。
error-language-code = 「{ $code }」不是語言代碼。
error-language-code-cause = 代碼的寫法如 `de`、`pt-BR` 或 `zh-Hant`。
error-language-code-next = 請在此查詢： https://www.iana.org/assignments/language-subtag-registry
error-language-english = 英文不需要翻譯：其他語言都由英文翻譯而來。
error-language-english-next = 請指定另一個語言；`weft i18n report` 會列出已經開始的語言。
error-language-begun = 語言「{ $code }」已經開始了。
error-language-begun-cause = { $path } 已經存在。
error-language-begun-next = `weft i18n report { $code }` 會說還缺什麼；`weft i18n update { $code }` 會更新它的檔案。
error-language-not-begun = 還沒有人開始語言「{ $code }」。
error-language-not-begun-cause = { $path } 不存在。
error-language-not-begun-next = `weft i18n new { $code }` 會開始它。
error-no-chapter = 沒有「{ $name }」這一章。
error-no-chapter-next = `notebooks/chapters` 中的資料夾就是各章。

i18n-column-messages = 文字
i18n-column-translated = 已翻譯
i18n-column-fuzzy = 待確認
i18n-column-missing = 缺少
i18n-column-obsolete = 已過時
i18n-total = 合計
i18n-not-built-in = 這個程式建置時不含「{ $code }」：要加什麼，請看 `CONTRIBUTING.md` 的 `Add a language`。
i18n-open = { $path } 還缺：
i18n-up-to-date = 全部都是最新的。

# Numbered by the program. The fourth one is followed by the lines to add.
i18n-next = 接下來要做的：
i18n-next-1 = 為每個術語選定用詞：`notebooks/i18n/glossary.toml` 中的 `{ $code } = ""` 各行。
i18n-next-2 = 翻譯 `messages/locales/{ $code }` 中程式的文字：刪去文字前的 `#` 與空格，再以譯文取代英文。
i18n-next-3 = 翻譯各章，先從 `index` 開始：`notebooks/chapters/*/po/{ $code }.po`。`weft i18n report { $code }` 會說還缺什麼。
i18n-next-4 = 把語言加到 `messages/src/language.rs` 中表格的最後：
i18n-next-5 = 以 `cargo build --release` 建置；之後 `weft notebooks` 會寫出筆記本，`--lang { $code }` 也就能用。
i18n-next-6 = `cargo test --release -p messages -p notebooks` 會指出還不正確的地方。
