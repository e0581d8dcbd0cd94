# آنچه یک خانهٔ دفترچه افزون بر خروجی خود نشان می‌دهد.

kernel-cannot-start = خانه‌ها را نمی‌توان اجرا کرد: { $reason }. فرمان `weft doctor` می‌گوید چه چیزی کم است.
library-problem = کتابخانهٔ Weft (`use exercises::...`) در دسترس نیست: { $reason }

## فرمان‌های خانه

help-head = هر خانه کد Rust دارد و پیش از آن فرمان‌هایی، هر کدام در سطری جداگانه:
help-tail = متغیرها، تابع‌ها و نوع‌ها برای خانه‌های بعدی می‌مانند. برای `use exercises::...` به `:dep` نیازی نیست.
command-help = همین راهنما
command-run = اجرای یک تمرین
command-run-usage = بنویسید کدام تمرین، مثلاً `:run s1e1 --scenario 2 --n_threads 5`.
command-timeline = در آخرین `:run` چه کسی چه هنگام چه کرد
command-vars = متغیرها و نوع آن‌ها
command-dep = به کار بردن یک بسته (crate)
command-dep-usage = بنویسید کدام بسته، مثلاً `:dep fastrand = "2"`.
command-opt = خانه‌های بعدی چه اندازه بهینه شوند
command-opt-set = خانه‌های بعدی در سطح { $level } بهینه می‌شوند.
command-clear-output = پاک کردن خروجی این خانه؛ با `wait` هنگامی که خروجی تازه بیاید
command-lang = زبان راهنما و پیام‌ها
command-lang-set = اکنون زبان { $language } است.
command-unknown = فرمان `{ $name }` وجود ندارد. این‌ها هستند: { $known }
command-wrong-argument = «{ $argument }» اینجا درست نیست؛ مقدارهای ممکن: { $expected }
timeline-none = هنوز چیزی برای کشیدن نیست: نخست با `:run` تمرینی را اجرا کنید.
vars-none = هنوز متغیری نیست.
vars-name = نام
vars-type = نوع

## خانه چگونه شکست می‌خورد

cell-panic = خانه با panic ایستاد:
cell-panic-at = خانه در سطر { $line }، ستون { $column } با panic ایستاد:
cell-returned-error = خانه با `?` و یک خطا ترک شد.
cell-interrupted = اجرای خانه قطع شد.
cell-interrupted-lost = اجرای خانه قطع شد؛ ناگزیر پردازهٔ آن پایان داده شد و متغیرها از دست رفتند.
cell-worker-died = پردازهٔ خانه‌ها پایان یافت ({ $cause }) و متغیرها از دست رفتند. خانهٔ بعدی پردازهٔ تازه‌ای آغاز می‌کند.
