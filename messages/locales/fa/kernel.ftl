# متن‌های این زبان؛ برای کاربرد هر یک فایل انگلیسی را ببینید.

kernel-cannot-start = هسته نمی‌تواند خانه‌ها را اجرا کند: { $reason }. آن را درست کنید و هسته را دوباره آغاز کنید؛ `weft doctor` همهٔ نیازهای هسته را بررسی می‌کند.
library-preparing = کتابخانهٔ خانه‌ها آماده می‌شود. این کار تنها یک بار انجام می‌شود و نزدیک یک دقیقه طول می‌کشد.
library-problem = خانه‌ها نمی‌توانند از بستهٔ (crate) `exercises` استفاده کنند، زیرا کامپایل نشد. کد سادهٔ Rust کار می‌کند. در پایانه `weft doctor` را اجرا کنید تا ببینید چه کم است.

cell-panic = خانه دچار panic شد:
cell-panic-at = خانه در خط { $line }، ستون { $column } دچار panic شد:
cell-returned-error = خانه زود پایان یافت: عملگر `?` این خطا را برگرداند. متغیرهای خانه‌های پیشین نگه داشته شدند.
output-flood = این خانه بیش از { $limit } چاپ کرد: { $bytes } بایت اینجا نشان داده نمی‌شود.
output-flood-file = همهٔ متن آن در { $file } است.
output-flood-part = نخستین { $most } خروجی در { $file } است.
output-flood-lost = در فایل هم نوشته نشد (شاید دیسک پر یا فقط‌خواندنی است).
statics-renewed = { $count ->
    [one] اکنون { $names } یک `static` تازه است. نخ‌های خانه‌های پیشین همان قدیمی را نگه می‌دارند.
   *[other] اکنون { $names } همگی `static` تازه‌اند. نخ‌های خانه‌های پیشین همان قدیمی‌ها را نگه می‌دارند.
}
cell-interrupted = اجرای خانه قطع شد. متغیرهای شما همان‌اند که بودند.
cell-interrupted-lost = اجرای خانه قطع شد. پردازه‌ای که خانه در آن اجرا می‌شد پایان داده شد و متغیرهای این دفترچه از دست رفتند: خانه‌هایی را که آن‌ها را تعریف می‌کنند دوباره اجرا کنید.
cell-interrupted-late = قطع اجرا وقتی رسید که خانه به پایان رسیده بود: آنچه خانه انجام داده بود ماند.
cell-worker-died = پردازه‌ای که خانه‌ها را اجرا می‌کند پایان یافت ({ $cause }) و متغیرهای این دفترچه از دست رفتند: خانه‌هایی را که آن‌ها را تعریف می‌کنند دوباره اجرا کنید.
cell-died-kept = پردازه‌ای که خانه را اجرا می‌کرد پایان یافت ({ $cause }). متغیرهای شما همان‌اند که پیش از این خانه بودند.
cell-lost-threads = نخ‌های خانه‌های پیشین هم با آن از میان رفتند: { $names }.
cell-lost-unnamed = { $count ->
    [one] یک نخ بی‌نام
   *[other] { $count } نخ بی‌نام
}
cell-died-between = پس از خانهٔ پیشین، پردازه‌ای که خانه‌ها را اجرا می‌کند پایان یافت ({ $cause }): کار نخی از یکی از خانه‌های پیشین بود. متغیرهای شما همان‌اند که پس از خانهٔ پیشین بودند.

help-head = فرمان‌ها پیش از کد Rust خانه می‌آیند، هر کدام در خطی جداگانه:
help-tail = در هر خانه می‌توان از بسته‌های `exercises` (قفل، صف، پردازه) و `weft` (`display`، `html`، `markdown`، `svg`، `image`، `table`، `sleep` و `clear_output`) بهره برد. `?` و `.await` بیرون از تابع‌ها هم کار می‌کنند.
command-run = یک تمرین را اجرا می‌کند؛ `weft list` در پایانه همه را نشان می‌دهد
command-pick = تمرینی را به شکل فرمی با دکمهٔ اجرا نشان می‌دهد؛ بدون نام همه را فهرست می‌کند
command-timeline = می‌کشد که در آخرین اجرا چه کسی چه کاری را چه زمانی انجام داد؛ `on` و `off` می‌گویند که آیا پس از هر اجرا تصویری بیاید، `save FILE` آن را در فایل می‌نویسد
command-vars = متغیرها، نوع آن‌ها و اندازهٔ هر یک را به بایت نشان می‌دهد
command-dep = یک بسته (crate) می‌افزاید، برای نمونه `:dep regex = "1"` یا `:dep serde = {"{"} version = "1", features = ["derive"] {"}"}`
command-opt = میزان بهینه‌سازی خانه‌های بعدی را تعیین می‌کند؛ 0 سریع‌تر کامپایل و 3 سریع‌تر اجرا می‌شود
command-clear-output = خروجی این خانه را پاک می‌کند؛ `wait` آن را تا رسیدن خروجی تازه نگه می‌دارد
command-lang = زبان پیام‌ها را تعیین می‌کند
command-help = این فهرست را نشان می‌دهد
command-unknown = فرمان `{ $name }` وجود ندارد. فرمان‌ها: { $known }
command-wrong-argument = `{ $name }` مقدار «{ $argument }» را نمی‌شناسد. مقدارهای مجاز: { $expected }
command-dep-usage = `:dep` نام یک بسته (crate) می‌خواهد، برای نمونه `:dep regex = "1"`
command-run-usage = `:run` یک تمرین می‌خواهد، برای نمونه `:run s1e1 --scenario 1`
command-opt-set = خانه‌های بعدی با بهینه‌سازی { $level } کامپایل می‌شوند.
command-lang-set = از این پس پیام‌ها به فارسی ({ $language }) می‌آیند.
vars-none = هنوز متغیری نیست.
vars-name = متغیر
vars-type = نوع
timeline-none = هنوز چیزی برای کشیدن نیست: نخست تمرینی اجرا کنید، برای نمونه `:run s1e1 --scenario 1`
cell-main = این خانه برنامه‌ای را تعریف می‌کند. برای اجرای آن در خانه‌ای بنویسید: `{ $call }`
file-panic = کد { $file } دچار panic شد:
file-panic-at = کد { $file } در خط { $line }، ستون { $column } دچار panic شد:
command-shell = یک خط را در پوسته اجرا می‌کند، برای نمونه `!ls`
command-time = نشان می‌دهد کامپایل و اجرا چه اندازه طول می‌کشند: برای یک عبارت یا همهٔ خانه
command-time-usage = `:time` بالای کدی می‌آید که زمانش سنجیده می‌شود، یا پیش از یک عبارت: `:time 1 + 1`
time-taken = کامپایل: { $compiling }، اجرا: { $running }
command-type = نوع یک عبارت را بی‌آنکه اجرا شود نشان می‌دهد
command-type-usage = `:type` یک عبارت می‌خواهد، برای نمونه `:type vec![1, 2]`
command-no-expression = `{ $code }` یک عبارت نیست. `:type` چیزی می‌گیرد که بتواند پس از `let x =` بیاید.
type-without-name = این نوع نامی ندارد که بتوان نوشت: یک بستار، نوعی از گونهٔ `impl` یا `!` است.
command-doc = مستندات یک نام یا مسیر را نشان می‌دهد، برای نمونه `:doc std::thread::spawn`
command-doc-usage = `:doc` یک نام یا مسیر می‌خواهد، برای نمونه `:doc std::thread::spawn`
doc-none = مستنداتی برای `{ $name }` پیدا نشد. برای نام‌های کتابخانهٔ استاندارد یک بار `rustup component add rust-src` را اجرا کنید.
command-load = فایلی را چنان اجرا می‌کند که گویی متن آن در خانه است
command-load-usage = `:load` نام یک فایل را می‌خواهد، برای نمونه `:load answer.rs`
load-missing = فایل `{ $file }` وجود ندارد. مسیر از پوشهٔ دفترچه آغاز می‌شود.
load-no-file = `{ $file }` فایلی نیست که بتوان از آغاز تا پایان خواند.
load-too-long = `{ $file }` بسیار بلند است ({ $size } مگابایت)؛ گنجایش یک خانه { $limit } مگابایت است.
load-no-text = `{ $file }` متن نیست: در بایت { $place } از UTF-8 پیروی نمی‌کند.
load-unreadable = `{ $file }` را نمی‌توان خواند: { $reason }
load-too-deep = `{ $file }` بارگذاری نشد: هم‌اکنون { $depth } فایل در حال بارگذاری‌اند که هر یک دیگری را بار کرده است. آیا فایلی خودش را بار می‌کند؟
shell-failed = `{ $command }` با وضعیت { $status } پایان یافت.
shell-not-found = برنامهٔ `{ $command }` وجود ندارد (وضعیت { $status }). برای نقیض یک مقدار در Rust بنویسید: `!({ $command })`
shell-killed = `{ $command }` با یک سیگنال پایان یافت: { $cause }.
command-misspelt = فرمان `{ $name }` وجود ندارد. آیا منظورتان `{ $meant }` بود؟ `:help` همه را نشان می‌دهد.
vars-size = بایت
dep-under-way = { $count ->
    [one] یک بسته کامپایل شد: { $last }
   *[other] { $count } بسته کامپایل شد، آخرین: { $last }
}
dep-ready = `{ $name }` { $version } آمادهٔ کاربرد است.
dep-ready-features = `{ $name }` { $version } با این ویژگی‌ها آمادهٔ کاربرد است: { $features }
dep-unreadable = `:dep { $argument }` خوانده نمی‌شود ({ $reason }). آن را مانند Cargo.toml بنویسید: `:dep regex = "1"` با شمارهٔ نسخه در گیومه، یا `:dep serde = {"{"} version = "1", features = ["derive"] {"}"}`.
dep-no-crate = بسته‌ای (crate) به نام `{ $name }` در crates.io نیست. املای آن را بررسی کنید.
dep-no-version = چنین نسخه‌ای از `{ $name }` وجود ندارد. نسخه‌ها: { $candidates }
dep-no-network = `{ $name }` را نمی‌توان گرفت: crates.io در دسترس نیست. شبکه را بررسی کنید و خانه را دوباره اجرا کنید.
dep-failed = `{ $name }` را نمی‌توان افزود: { $reason }
command-missing-argument = `{ $name }` یکی از این‌ها را می‌خواهد: { $expected }
dep-no-feature = `{ $name }` ویژگی `{ $feature }` را ندارد. فهرست ویژگی‌هایش در crates.io است.
dep-no-folder = در `{ $folder }` بسته‌ای (crate) نیست: پوشه یا Cargo.toml آن وجود ندارد. مسیر از پوشهٔ دفترچه آغاز می‌شود.

pick-head = همهٔ تمرین‌ها:
pick-how = `:pick s1e1` تمرین را به شکل فرمی با دکمهٔ اجرا نشان می‌دهد و `:run s1e1 --scenario 1` آن را اجرا می‌کند.
pick-one = `:pick` تنها نام یک تمرین را می‌گیرد؛ بقیه در فرم برگزیده می‌شود. بدون فرم: `:run { $given }`
pick-near = شاید منظورتان این باشد: { $near }.
pick-list-them = `:pick` بدون نام همه را فهرست می‌کند.
pick-parameter = { $about }، از { $min } تا { $max }
pick-seed = بذر انتخاب‌های تصادفی؛ اگر خالی باشد هر بار بذر تازه‌ای گرفته می‌شود
pick-scenario = سناریو
pick-run = اجرا
pick-running = در حال اجرا
pick-timeline = خط زمان
pick-left-out = { $bytes } بایت دیگر اینجا نشان داده نشده است. خط بالا در خانه‌ای جداگانه همه را نشان می‌دهد.
pick-interrupted = اجرا قطع شد.
pick-aborted = پیش از آغاز اجرا آن را قطع کردید. برای اجرا دوباره دکمه را بزنید.
pick-wrong-file = فایل با مسیر آن و بدون فاصله نوشته می‌شود.
pick-lost = هسته‌ای که این فرم را نشان می‌داد پایان یافته است. برای بازگرداندن فرم، خانهٔ `{ $line }` را دوباره اجرا کنید.
pick-in-text = اگر اینجا فرمی با دکمهٔ اجرا نمی‌بینید، این خط را تغییر دهید و در یک خانه اجرا کنید:
