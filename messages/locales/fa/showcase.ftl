# آنچه صفحه‌های `weft serve` و خود این فرمان می‌گویند.

help-serve = تمرین‌ها را به شکل صفحه‌های وب نشان می‌دهد
help-serve-addr = نشانی‌ای که به آن گوش داده شود (وگرنه 127.0.0.1:8080)
help-serve-name = نامی که این سرور پشت یک پراکسی دارد؛ اگر تنها همین دستگاه مستقیم به آن برسد، درخواست با نام‌های دیگر پذیرفته نمی‌شود
help-serve-behind-proxy = پراکسی‌ای جلوی این سرور است: خوانندگان از روی آخرین نشانی در `X-Forwarded-For` آن از هم بازشناخته می‌شوند
help-serve-runs = چند تمرین هم‌زمان اجرا شود (وگرنه 24)؛ بقیه در نوبت می‌مانند
serve-ready = تمرین‌ها در { $url } نشان داده می‌شوند. با Ctrl-C پایان می‌یابد.
serve-open-to-all = هر کس که به { $address } دسترسی دارد می‌تواند آنجا تمرین اجرا کند.
serve-ended = دیگر چیزی در حال اجرا نیست.
serve-other-name = این سرور را با این نام نمی‌شناسند. اگر باید چنین نامی داشته باشد، آن را با `weft serve --name HOST` راه بیندازید.
error-serve = صفحه‌ها را نمی‌توان نشان داد.
error-serve-cause = { $reason }
error-serve-next = فرمان `weft doctor` این دستگاه را بررسی می‌کند.
error-serve-address = صفحه‌ها را در { $address } نمی‌توان نشان داد.
error-serve-address-cause =
    { $kind ->
        [taken] برنامهٔ دیگری آنجا گوش می‌دهد.
        [elsewhere] این دستگاه چنین نشانی‌ای ندارد.
        [denied] اجازه ندارید آنجا گوش دهید: درگاه‌های کوچک‌تر از 1024 از آنِ مدیر دستگاه‌اند.
       *[other] { $reason }
    }
error-serve-address-next = با `--addr` نشانی دیگری برگزینید، برای نمونه `--addr 127.0.0.1:8081`.

## چارچوب هر صفحه
serve-name = Weft
serve-title = نخ‌ها و پردازه‌ها: تمرین‌ها
serve-lead = هر تمرین به‌راستی نخ یا پردازه آغاز می‌کند و می‌گوید کدام ترتیب خط‌ها تضمین‌شده است و کدام از بخت بوده است.
serve-skip = رفتن به محتوا
serve-language = زبان
serve-menu = همهٔ تمرین‌ها
serve-search = جست‌وجو
serve-search-button = یافتن
serve-found = { $count ->
    [one] یک تمرین یافت شد
   *[other] { $count } تمرین یافت شد
}
serve-found-label = تمرین‌های یافت‌شده:
serve-found-none = هیچ تمرینی این واژه‌ها را در نام خود ندارد.
serve-series-s1 = نخ‌ها
serve-series-s2 = پردازه‌ها
serve-series-s3 = انتظار یا محاسبه، و `UptimeSquirrel` در شش نسخه
serve-series-s4 = برنامه‌ها، ظرف‌شوها، `future`، نخ‌های سبز، واسطه‌ها
serve-series-s5 = پردازه‌هایی که شریک می‌شوند
serve-series-s6 = ابزارهای نخ‌ها
serve-series-s7 = ابزارهای پردازه‌ها
serve-choose = تمرینی برگزینید:
serve-not-found = چنین صفحه‌ای وجود ندارد.

## یک تمرین
serve-exercise = رفتن به تمرین
serve-picture = تصویر
serve-picture-summary = یک اجرای معمول که ضبط شده است
serve-inputs = ورودی‌ها
serve-wrong = این را نمی‌توان اجرا کرد:
serve-more-inputs = انتخاب‌های دیگر
serve-shake = تأخیری تصادفی تا این تعداد میلی‌ثانیه (از 0 تا 1000) در هر فراخوانی کتابخانه: ترتیب‌های تضمین‌شده همچنان برقرار می‌مانند و ترتیب‌هایی که از بخت بوده‌اند به هم می‌خورند
serve-stop = توقف
serve-lost = پیش از پایان اجرا اتصال قطع شد. دوباره اجرا کنید.
serve-output = خروجی
serve-output-none = دکمهٔ «اجرا» را بزنید: خط‌ها همان دم که چاپ می‌شوند اینجا دیده می‌شوند و سپس خط زمان همین اجرا می‌آید.
serve-possible = چه چیز دیگری می‌توانست رخ دهد
serve-possible-lead = هر اجرا یک ترتیب از رویدادها را نشان می‌دهد. کاوشگر هر سناریو را در یک مدل، با عددهای کوچک و در همهٔ ترتیب‌های ممکن اجرا کرده است؛ هر جا این کار شدنی نبوده، همان‌جا گفته شده است.
serve-possible-one = تنها یک خروجی ممکن است.
serve-possible-exactly = دقیقاً { $count } خروجی متفاوت ممکن است.
serve-possible-too-many = خروجی‌های متفاوت بیش از آن‌اند که شمرده شوند.
serve-possible-it = آن خروجی
serve-possible-some = چند تا از آن‌ها، هر چه متفاوت‌تر
serve-possible-orders = تضمین‌شده: همیشه به این ترتیب، و چرا
serve-possible-order = «{ $before }» پیش از «{ $after }»: { $cause }
serve-possible-luck = از بخت یا زمان: گاه این زودتر، گاه آن
serve-possible-pair = «{ $one }» و «{ $other }»
serve-possible-likely-fails = تنها محتمل: `{ $rule }` می‌تواند برقرار نماند.
serve-possible-likely-holds = محتمل خوانده شده، ولی با عددهایی به این کوچکی چیزی آن را به هم نمی‌زند: `{ $rule }`.
serve-possible-likely-open = تنها محتمل و داوری‌نشده: `{ $rule }`.
serve-possible-sampled = اثبات نشده است: ترتیب‌ها بیش از آن‌اند که همه آزموده شده باشند. چیزی در اینجا فهرست نشده است، چون شاید همه نباشد.
serve-possible-bounded = اثبات نشده است: برخی اجراها را باید نیمه‌کاره رها می‌کردیم. چیزی در اینجا فهرست نشده است، چون شاید همه نباشد.
serve-possible-lacks = کاویده نشده است: این سناریو از { $what } استفاده می‌کند که کاوشگر مدلی از آن ندارد. چند بار با تأخیر تصادفی اجرایش کنید تا ببینید چه تغییر می‌کند.
serve-possible-lacks-sockets = سوکت‌ها
serve-possible-again = در پایانه: `{ $line }`
serve-explanation = توضیح
serve-guaranteed = در هر اجرا تضمین‌شده
serve-likely = تنها محتمل
serve-error-scenario = سناریوی «{ $value }» وجود ندارد.
serve-error-scenario-next = یکی از 1 تا { $last } برگزینید.
serve-error-range = «{ $value }» مقدار درستی برای { $name } نیست.
serve-error-range-next = یک عدد صحیح از { $min } تا { $max } برگزینید.
serve-error-seed = «{ $value }» بذر تصادفی درستی نیست.
serve-error-seed-next = یک عدد صحیح، 0 یا بیشتر، برگزینید یا آن را خالی بگذارید.
serve-error-json = «{ $value }» مقدار درستی برای { $name } نیست.
serve-error-json-next = برای JSON عدد 1 و برای صفحه عدد 0 را برگزینید.
serve-error-twice = { $name } دو بار داده شده است.
serve-error-twice-next = آن را یک بار بدهید.
serve-error-parameter = تمرین { $id } پارامتر «{ $name }» ندارد.
serve-error-parameter-next = پارامترهای آن: { $allowed }.

## یک اجرا
serve-waiting = { $count ->
    [0] نوبت بعدی با این اجراست.
    [one] یک اجرا پیش از این است.
   *[other] { $count } اجرا پیش از این است.
}
serve-busy = { $count ->
    [one] اجراهای زیادی در نوبت‌اند. یک ثانیهٔ دیگر دوباره بکوشید.
   *[other] اجراهای زیادی در نوبت‌اند. { $count } ثانیهٔ دیگر دوباره بکوشید.
}
serve-busy-own = { $count ->
    [one] اجراهای زیادی از نشانی شما در جریان‌اند؛ دیگران هنوز می‌توانند اجرا کنند. یک ثانیهٔ دیگر دوباره بکوشید.
   *[other] اجراهای زیادی از نشانی شما در جریان‌اند؛ دیگران هنوز می‌توانند اجرا کنند. { $count } ثانیهٔ دیگر دوباره بکوشید.
}
serve-done = اجرا پس از { $time } پایان یافت.
serve-timed-out = اجرا بیش از اندازه طول کشید و به آن پایان داده شد.
serve-stopped-time = اجرا بیش از اندازه طول کشید و به آن پایان داده شد.
serve-stopped-output = اجرا بیش از جای موجود چاپ کرد و به آن پایان داده شد.
serve-stopped-memory = اجرا بیش از اندازه حافظه گرفت و به آن پایان داده شد.
serve-stopped-threads = اجرا بیش از اندازه نخ آغاز کرد و به آن پایان داده شد.
serve-stopped-abandoned = اجرا متوقف شد.
serve-stopped-closing = سرور در حال بسته شدن است، برای همین به اجرا پایان داده شد.
serve-stopped-failed = اجرا ناموفق بود. { $reason }
serve-order = ترتیب
serve-result = مقدارهای پایانی
serve-this-run = این اجرا در صفحهٔ خودش
serve-this-json = این اجرا به شکل JSON
serve-run-gone = این اجرا دیگر نگه داشته نمی‌شود.

## اتاق‌های کلاس
serve-room = اتاق‌ها
serve-room-lead = در یک اتاق، مدرس یک صفحه را به همه نشان می‌دهد: هر کس در اتاق است همان اجرا را به زبان خودش می‌بیند.
serve-room-name = نام اتاق
serve-room-enter = ورود
serve-room-open = گشودن اتاق تازه
serve-room-yours = اتاق شما: { $room }
serve-room-unknown = اتاقی با این نام وجود ندارد.
serve-room-full = شمار اتاق‌ها یا خوانندگان این اتاق بیش از اندازه است. بعداً دوباره بکوشید.
serve-room-not-yours = تنها مرورگری که اتاق را گشوده است می‌تواند چیزی در آن نشان دهد.
serve-room-title = اتاق { $room }
serve-room-leads = این اتاق شماست. نامش را به کلاس بگویید: { $room }. سپس تمرینی برگزینید و آنجا «اجرا برای اتاق» را بزنید.
serve-room-waiting = هنوز چیزی نشان داده نمی‌شود. این صفحه خودش تازه می‌شود.
serve-room-shows = تمرین { $id } نشان داده می‌شود: { $title }
serve-room-frame = آنچه در اتاق نشان داده می‌شود
serve-room-run = اجرا برای اتاق

## نشانی‌ها برای برنامه‌ها
serve-docs = نشانی‌ها برای برنامه‌ها
serve-docs-lead = هر تمرین نشانی‌ای دارد. با `Json=1` پاسخ یک سند JSON است و بدون آن یک صفحه. بدون `scenario` چیزی اجرا نمی‌شود.
serve-docs-read = خواندن همه
serve-docs-try = آزمودن
serve-docs-send = فرستادن
serve-docs-name = نام
serve-docs-values = مقدارها
serve-docs-about = معنا
serve-docs-forms = شکل پاسخ‌ها
serve-docs-q = واژه‌هایی که در نام تمرین‌ها جسته می‌شوند
serve-docs-tag = یک تمرین؛ پاسخ به صفحهٔ آن می‌برد
serve-docs-run = نام یک اجرا چنان‌که در صفحه‌اش دیده می‌شود؛ تازه‌ترین اجراها نگه داشته می‌شوند
serve-docs-json = 1 برای یک سند JSON و 0 برای صفحه
serve-docs-200 = سند یا صفحه.
serve-docs-400 = پارامتری نادرست است؛ پاسخ می‌گوید کدام، چرا و چه مقداری پذیرفته می‌شود.
serve-docs-429 = اجراهای زیادی در نوبت‌اند؛ `Retry-After` می‌گوید چه هنگام دوباره بکوشید.
