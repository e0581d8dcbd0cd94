# What the commands for authors and translators say: `weft i18n`, and the checkout they work on.

help-authors-root = پوشهٔ ریشهٔ متن مبدأ Weft (وگرنه پوشهٔ جاری)
help-i18n = برای مترجمان: هر زبان چقدر پیش رفته و کار بعدی چیست
help-i18n-report = متن‌های ترجمه‌شده را به تفکیک زبان و فصل می‌شمارد
help-i18n-report-language = فقط همین زبان، همراه با هر متنی که کم دارد
help-i18n-new = زبانی را آغاز می‌کند: فایل‌هایی را می‌سازد که مترجمان پر می‌کنند
help-i18n-new-language = کد زبان، مثلاً `de` یا `pt-BR`
help-i18n-update = فایل‌های یک زبان را با متن‌های انگلیسی هماهنگ می‌کند
help-i18n-update-language = کد زبان
help-i18n-update-chapter = فقط همین فصل، مثلاً `02-threads-and-join` یا `index` (وگرنه همه)

error-no-checkout = پوشهٔ { $path } ریشهٔ متن مبدأ Weft نیست.
error-no-checkout-cause = { $expected } آنجا نیست.
error-no-checkout-next = این فرمان را در پوشهٔ ریشهٔ متن مبدأ اجرا کنید، یا آن پوشه را با `--root` نام ببرید.
error-language-code = «{ $code }» کد هیچ زبانی نیست.
error-language-code-cause = کد زبان چنین نوشته می‌شود: `de`، `pt-BR` یا `zh-Hant`.
error-language-code-next = آن را اینجا پیدا کنید: https://www.iana.org/assignments/language-subtag-registry
error-language-english = انگلیسی ترجمه نمی‌خواهد: زبان‌های دیگر از آن ترجمه می‌شوند.
error-language-english-next = زبان دیگری نام ببرید؛ `weft i18n report` زبان‌های آغازشده را فهرست می‌کند.
error-language-begun = زبان «{ $code }» پیش‌تر آغاز شده است.
error-language-begun-cause = { $path } آنجا هست.
error-language-begun-next = فرمان `weft i18n report { $code }` می‌گوید چه کم دارد؛ `weft i18n update { $code }` فایل‌های آن را به‌روز می‌کند.
error-language-not-begun = کسی زبان «{ $code }» را آغاز نکرده است.
error-language-not-begun-cause = { $path } آنجا نیست.
error-language-not-begun-next = فرمان `weft i18n new { $code }` آن را آغاز می‌کند.
error-no-chapter = فصلی به نام «{ $name }» نیست.
error-no-chapter-next = پوشه‌های درون `notebooks/chapters` همان فصل‌ها هستند.

i18n-column-messages = متن
i18n-column-translated = ترجمه‌شده
i18n-column-fuzzy = نیازمند بازبینی
i18n-column-missing = ترجمه‌نشده
i18n-column-obsolete = کنارگذاشته
i18n-total = روی هم
i18n-not-built-in = این برنامه بدون «{ $code }» ساخته شده است: بخش `Add a language` در `CONTRIBUTING.md` می‌گوید چه باید افزود.
i18n-open = در { $path } این‌ها کم است:
i18n-up-to-date = همه چیز به‌روز است.

# Numbered by the program. The fourth one is followed by the lines to add.
i18n-next = گام‌های بعدی:
i18n-next-1 = برای هر اصطلاح واژه‌ای برگزینید: خط‌های `{ $code } = ""` در `notebooks/i18n/glossary.toml`.
i18n-next-2 = متن‌های برنامه را در `messages/locales/{ $code }` ترجمه کنید: `#` و فاصلهٔ پیش از هر متن را بردارید و متن خود را به جای متن انگلیسی بگذارید.
i18n-next-3 = فصل‌ها را ترجمه کنید و از `index` آغاز کنید: `notebooks/chapters/*/po/{ $code }.po`. فرمان `weft i18n report { $code }` می‌گوید چه مانده است.
i18n-next-4 = زبان را به پایان جدول در `messages/src/language.rs` بیفزایید:
i18n-next-5 = با `cargo build --release` بسازید؛ سپس `weft notebooks` دفترچه‌ها را می‌نویسد و `--lang { $code }` کار می‌کند.
i18n-next-6 = فرمان `cargo test --release -p messages -p notebooks` می‌گوید چه چیزی هنوز درست نیست.
