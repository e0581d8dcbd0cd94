# گفته‌های `weft explore`: چه چیزهایی می‌توانست رخ دهد.

## راهنما

help-explore = هر چه را برنامه‌ای با چند نخ می‌تواند چاپ کند و هر چه را در آن ممکن است خراب شود پیدا می‌کند
help-explore-after = برنامه با `std` ساده نوشته می‌شود؛ کانال‌ها و `scope` از `crossbeam`، قفل‌های `parking_lot` و `exercises::sync` و `exercises::process` خودمان را هم می‌توان به کار برد. اجرا نمی‌شود، کاویده می‌شود. کد خروج 1 یعنی خطایی پیدا شد، و 4 یعنی پاسخی نیست: قطع شد، یا زمان یا حافظه کم آمد.
help-explore-file = برنامه: یک فایل Rust که `main` دارد؛ یا یک تمرین، مانند s1e6
help-explore-budget = چند ثانیه کاوش ادامه یابد (وگرنه 10)
help-explore-replay = یک زمان‌بندی را که همراه یافته‌ها آمده گام به گام نشان می‌دهد
help-explore-timeline = زمان‌بندیِ `--replay` یا `--play` را به‌صورت خط زمان در این فایل می‌کشد: `.svg`، `.html`، `.txt` یا `.json` برای نمایشگرهای ردیابی؛ `-` آن را در پایانه می‌کشد
help-explore-play = خودتان برگزینید که نوبت با کدام نخ است: نشان می‌دهد این گام‌ها چه می‌کنند و پس از آن‌ها کدام نخ می‌تواند پیش برود؛ بی هیچ گامی، از آغاز
help-explore-ask = آیا می‌تواند درست همین خط‌ها را چاپ کند؟ خط‌ها با `|` از هم جدا می‌شوند
help-explore-list = این تعداد از خروجی‌های ممکن را هم فهرست می‌کند
help-explore-equal = دو برنامه را می‌سنجد: آیا برنامهٔ دوم می‌تواند همان‌هایی را چاپ کند که برنامهٔ نخست؟
help-explore-edition = ویرایش برنامه: 2018، 2021 یا 2024 (وگرنه 2024)
help-explore-cell = در فایل یک خانه است: دستورهای بدون `main` هم پذیرفته‌اند

## هنگام کار

explore-preparing = کاوشگر یک بار برای این کامپایلر آماده می‌شود:
explore-preparing-crates = بسته‌هایی (crate) که این برنامه با آن‌ها بررسی می‌شود یک بار آماده می‌شوند:
explore-progress = { $classes } دسته، { $seconds } ثانیه

## ارزش پاسخ

explore-proved = اثبات شد
explore-bounded = کران‌دار
explore-bounded-preemptions = اثبات شد تا { $bound } وقفه
explore-sampled = نمونه‌گیری { $executions }
explore-effort = { $classes } دسته، { $ms } میلی‌ثانیه
explore-outcomes = شمار پیامدها: { $count }
explore-outcomes-too-many = پیامدها بیش از آن‌اند که شمرده شوند
explore-outcomes-not-counted = پیامدها شمرده نشدند
explore-cut-short-time = فرصتی نمانده بود تا معلوم شود چه چیزهایی، و به چه ترتیب‌هایی، ممکن است چاپ شود.
explore-cut-short-memory = حافظه‌ای نمانده بود تا معلوم شود چه چیزهایی، و به چه ترتیب‌هایی، ممکن است چاپ شود.
explore-cut-short-interrupted = قطع شد، پیش از آنکه معلوم شود چه چیزهایی، و به چه ترتیب‌هایی، ممکن است چاپ شود.
explore-some-end = برخی چنین پایان می‌یابند: { $endings }
explore-more = و { $count } تای دیگر
explore-not-proved = این اثبات نشده است: همه چیز آزموده نشد.

## ترتیب‌ها

explore-word-guaranteed = تضمین‌شده
explore-word-held = تا اینجا
explore-word-likely = محتمل
explore-word-luck = از بخت
explore-guaranteed = «{ $before }» پیش از «{ $after }»   { $cause }
explore-likely = «{ $before }» پیش از «{ $after }»   معمول است، نه تضمین‌شده
explore-likely-margin = «{ $before }» پیش از «{ $after }»   تنها به سبب زمان؛ اگر نخی { $ms } میلی‌ثانیه دیر کند به هم می‌خورد
explore-luck = «{ $one }» و «{ $other }»: گاه این زودتر، گاه آن
explore-cause = { $by }، خط { $line }
explore-by-join = `join`
explore-by-process = انتظار برای یک پردازه
explore-by-barrier = یک مانع
explore-by-channel = یک کانال
explore-by-pipe = یک لوله
explore-by-condition = یک متغیر شرطی
explore-by-once = آنچه تنها یک بار اجرا می‌شود
explore-by-park = `unpark`
explore-by-lock = یک قفل
explore-by-atomic = یک متغیر اتمی
explore-by-spawn = آغاز یک نخ
explore-by-program-order = هر دو کار یک نخ است
explore-by-other = چند چیز با هم

## یافته‌ها

explore-word-deadlock = بن‌بست
explore-word-lost-update = تغییر گم‌شده
explore-word-data-race = رقابت بر سر داده
explore-word-panic = panic
explore-word-livelock = بن‌بست زنده
explore-word-lost-wakeup = بیدارباش گم‌شده
explore-word-blocked-at-exit = گیرکرده
explore-word-nondeterminism = تکرارناپذیر
explore-deadlock = هیچ نخی نمی‌تواند پیش برود (خط‌های { $lines }).
explore-lost-update = نخی روی چیزی می‌نویسد که نخ دیگری همین حالا تغییر داده است (خط‌های { $lines }).
explore-data-race = دو نخ با یک حافظه کار می‌کنند، یکی می‌نویسد، و هیچ ترتیبی میانشان نیست (خط‌های { $lines }).
explore-panic = خط { $lines }: { $message }
explore-livelock = نخ‌ها تا ابد کار می‌کنند و به جایی نمی‌رسند (خط‌های { $lines }).
explore-lost-wakeup = نخی منتظر خبری است که پیش از انتظار او آمده بود (خط‌های { $lines }).
explore-blocked-at-exit = برنامه پایان می‌یابد و نخی برای همیشه گیر کرده است (خط‌های { $lines }).
explore-nondeterminism = همان ترتیب گام‌ها بار دوم کار دیگری کرد (خط { $lines }).
explore-word-spurious = بیداری بی‌جا
explore-spurious = { $count ->
    [0] انتظار برای یک شرط ممکن است بی‌خبر هم پایان یابد (بیدار شدن بی‌جا: مستندات `std` و `POSIX` آن را روا می‌دانند). آنگاه این پیش می‌آید:
    [one] انتظارِ خط { $lines } ممکن است بی‌خبر هم پایان یابد (بیدار شدن بی‌جا: مستندات `std` و `POSIX` آن را روا می‌دانند). آنگاه این پیش می‌آید:
   *[other] انتظارهای خط‌های { $lines } ممکن است بی‌خبر هم پایان یابند (بیدار شدن بی‌جا: مستندات `std` و `POSIX` آن را روا می‌دانند). آنگاه این پیش می‌آید:
}
explore-equal-spurious = این بدون بیدار شدن‌های بی‌جاست. با آن‌ها، دربارهٔ B:
explore-spurious-prints = این چاپ می‌شود، و سپس { $ending }:
explore-spurious-advice = پس از هر انتظار دوباره بپرسید که آیا هنوز باید منتظر ماند: `while` به جای `if`، یا `wait_while`.
explore-spurious-crashed = انتظار برای یک شرط ممکن است بی‌خبر هم پایان یابد (بیدار شدن بی‌جا: مستندات `std` و `POSIX` آن را روا می‌دانند). آنگاه برنامه از کار می‌افتد.
explore-spurious-stuck = انتظار برای یک شرط ممکن است بی‌خبر هم پایان یابد (بیدار شدن بی‌جا: مستندات `std` و `POSIX` آن را روا می‌دانند). آنگاه نخی بدون قفل، کانال، متغیر اتمی یا پایان به کار ادامه می‌دهد.
explore-spurious-untried = همهٔ بیدار شدن‌های بی‌جا آزموده نشد: معلوم نیست انتظاری که بی‌خبر پایان یابد زیانی دارد یا نه.
explore-spurious-untried-time = زمانی نمانده بود تا همهٔ بیدار شدن‌های بی‌جا آزموده شوند: معلوم نیست انتظاری که بی‌خبر پایان یابد زیانی دارد یا نه.
explore-spurious-untried-memory = حافظه‌ای نمانده بود تا همهٔ بیدار شدن‌های بی‌جا آزموده شوند: معلوم نیست انتظاری که بی‌خبر پایان یابد زیانی دارد یا نه.
explore-spurious-untried-interrupted = پیش از آنکه همهٔ بیدار شدن‌های بی‌جا آزموده شوند کار متوقف شد: معلوم نیست انتظاری که بی‌خبر پایان یابد زیانی دارد یا نه.
explore-replay-with = برای دیدن: `--replay { $schedule }`
explore-picture-clock = در تصویر هر گام یک میلی‌ثانیه طول می‌کشد: مدل زمان ندارد.
explore-replay-in-cell = برای دیدن: `:replay { $schedule }`
explore-who-main = نخ اصلی
explore-who-thread = نخ { $number }
explore-waits = { $who } (خط { $line }) منتظر این است: { $what }.
explore-waits-held = { $who } (خط { $line }) منتظر این است: { $what }؛ { $whom } آن را از خط { $taken } در دست دارد.
explore-waits-end = { $who } (خط { $line }) منتظر پایان { $whom } است.
explore-object-mutex = یک قفل
explore-object-rwlock = یک قفل خواندن و نوشتن
explore-object-condition = یک خبر
explore-object-thread = پایان یک نخ
explore-object-unpark = یک `unpark`
explore-object-barrier = دیگران پشت مانع
explore-object-once = آنچه تنها یک بار اجرا می‌شود
explore-object-room = جای خالی در کانال
explore-object-message = یک پیام
explore-object-turn = نوبت خودش
explore-ends-finished = پایان عادی
explore-ends-code = کد خروج { $code }
explore-ends-panicked = یک panic
explore-ends-deadlock = یک بن‌بست
explore-ends-cut-off = پایانی در چشم‌انداز نیست

## پرسش‌ها

explore-word-ask = پرسش
explore-possible = ممکن است؛ سپس: { $endings }
explore-impossible = از خط { $line } به بعد ناممکن است؛ آنجا این‌ها ممکن بود: { $could }

## دو برنامه

explore-equal = برابر: خروجی‌های ممکن هر دو درست یکی است ({ $a } = { $b })
explore-under = کم‌همگام: برنامهٔ دوم می‌تواند چیزی چاپ کند که برنامهٔ نخست هرگز چاپ نمی‌کند ({ $a }، { $b })
explore-over = بیش‌همگام: برنامهٔ دوم برخی از خروجی‌های برنامهٔ نخست را هرگز چاپ نمی‌کند ({ $a }، { $b })
explore-different = متفاوت: هر یک می‌تواند چیزی چاپ کند که دیگری نمی‌تواند ({ $a }، { $b })
explore-relation-open = نامعلوم: همه چیز آزموده نشد، پس معلوم نیست که آیا خروجی‌های ممکن هر دو یکی است
explore-witness-a = این را تنها برنامهٔ نخست می‌تواند چاپ کند، و سپس { $ending }:
explore-witness-b = این را تنها برنامهٔ دوم می‌تواند چاپ کند، و سپس { $ending }:

## یک زمان‌بندی

explore-word-can-go = می‌تواند
explore-word-waits = منتظر
explore-play-over = پایان یافت: نخی نمانده است که بتواند پیش برود.
explore-at-line = خط { $line }
explore-prints = چاپ می‌کند: «{ $text }»
explore-complains = در خروجی خطا چاپ می‌کند: «{ $text }»

## پایه‌های پاسخ

explore-word-assumed = فرض‌ها
explore-word-not-seen = دیده‌نشده
explore-not-seen = { $what }، خط { $line }
explore-assumes-consistency = همهٔ نخ‌ها همهٔ تغییرهای حافظه را به یک ترتیب می‌بینند (سازگاری ترتیبی).
explore-assumes-symmetry = نخ‌های یکسان یک بار کاویده شدند.
explore-assumes-spurious = { $bound ->
    [0] انتظار برای یک شرط تنها با خبر پایان می‌یابد.
   *[other] انتظار برای یک شرط در هر نخ دست بالا { $bound } بار بی‌خبر پایان می‌یابد.
}
explore-assumes-polling = نخی که { $bound } بار بیهوده پرسیده باشد، منتظر تغییری می‌ماند.
explore-assumes-threads = بیش از { $bound } نخ در کار نیست؛ کار نخ‌های بیشتر کاویده نشد.
explore-assumes-steps = هیچ اجرایی دورتر از { $bound } گام دنبال نشد.
explore-assumes-private-memory = دو پردازه در چیزی شریک‌اند که هر یک رونوشتی از آن می‌داشت.
explore-assumes-threads-of-a-child = نخ‌های پردازهٔ فرزند پس از پایان آن هم ادامه می‌دهند.
explore-assumes-tried-rendezvous = فراخوانی `try_send` در کانالی با گنجایش صفر هیچ گیرندهٔ منتظری نمی‌یابد.

## خطاها

error-explore-no-compiler = کامپایلر Rust پاسخ نمی‌دهد.
error-explore-no-compiler-cause = { $reason }
error-explore-no-compiler-next = زبان Rust را از `rustup.rs` نصب کنید؛ فرمان `weft doctor` این دستگاه را بررسی می‌کند.
error-explore-not-prepared = کاوشگر برای این کامپایلر آماده نشد.
error-explore-not-prepared-cause = { $reason }
error-explore-not-prepared-next = یک بار به شبکه وصل شوید یا جا باز کنید و دوباره بیازمایید.
error-explore-does-not-compile = برنامه کامپایل نمی‌شود.
error-explore-does-not-compile-cause = { $said }
error-explore-no-text = { $path } متنی با رمزگذاری `UTF-8` نیست.
error-explore-no-file = { $path } یک فایل نیست.
error-explore-file-too-large = { $path } از اندازه‌ای که یک برنامه می‌تواند داشته باشد (1 مبی‌بایت) بزرگ‌تر است.
error-explore-compiles-for-ever = کامپایلر در { $seconds } ثانیه به پایان نرسید.
error-explore-compiles-for-ever-next = دنبال ثابت‌ها یا نوع‌هایی بگردید که بی‌پایان بزرگ می‌شوند.
error-explore-not-modelled = مدلی ندارد: { $what }، خط { $lines }.
error-explore-not-modelled-cause = کاوشگر از نخ‌ها، قفل‌ها، کانال‌ها و متغیرهای اتمی `std`، از کانال‌ها، `scope` و `WaitGroup` در `crossbeam`، از قفل‌های `parking_lot`، و از `exercises::sync` و بخش بزرگی از `exercises::process` خودمان مدل دارد. فایل‌ها، شبکه و برنامه‌های دیگر را نمی‌توان کاوید، و نه چیز دیگری را که کاوشگر مدلی از آن ندارد.
error-explore-not-modelled-next = آن را به‌راستی اجرا کنید، یا آن بخش را کنار بگذارید.
explore-beyond = { $what ->
    [fork-beside-threads] پردازه‌ای که وقتی آغاز می‌شود که پدرش نخ‌های دیگری دارد، یا نخ‌هایی داشته که کسی منتظرشان نمانده است.
    [nobody-waits] پردازه‌ای که کسی منتظرش نمی‌ماند.
    [signal] سیگنالی به پردازه‌ای که هنگام رسیدن آن منتظر چیز دیگری است، یا به کار بردن چیزی مشترک پس از فرستادن سیگنال و پیش از منتظر ماندن برای پایان آن پردازه.
    [ended-by-thread] فرزندی که یکی از نخ‌های دیگرش به آن پایان می‌دهد.
    [died-sharing] فرزندی که دچار panic می‌شود یا زودتر پایان می‌یابد، در کنار چیزهایی که کاربرانشان از آن باخبر می‌شدند.
   *[memory] پردازه‌ها، روی این دستگاه: حافظه‌هایشان را نمی‌توان جدا نگه داشت.
}
error-explore-beyond = مدلی ندارد، خط { $line }: { explore-beyond }
error-explore-beyond-cause = کاوشگر از `Process`، از قفل‌ها، عددها، صف‌ها و لوله‌های میان پردازه‌ها و از بسیاری چیزهای دیگر در `exercises::process` مدل دارد، ولی از این نه.
error-explore-beyond-next = با `join` منتظر هر پردازه بمانید و پردازه‌ها را پیش از نخ‌ها آغاز کنید؛ یا آن را به‌راستی اجرا کنید.
error-explore-turn = نخ { $step } اکنون نمی‌تواند پیش برود.
error-explore-turn-next = یکی از آن‌ها را برگزینید که پس از «می‌تواند» آمده‌اند؛ شماره‌اش در پایان است.
error-explore-misfit = این زمان‌بندی جور نیست.
error-explore-misfit-cause = { $reason }
error-explore-misfit-next = دوباره بکاوید و زمان‌بندی را از آنجا بردارید.
error-explore-stuck = نخی { $seconds } ثانیه بدون قفل، کانال، متغیر اتمی یا پایان کار کرد.
error-explore-stuck-cause = کاوشگر تنها در آن جاها نوبت را به نخ دیگر می‌دهد: حلقهٔ بی‌پایان برای او تمام نمی‌شود.
error-explore-stuck-next = به حلقه پایانی بدهید، یا چیزی که منتظرش بماند.
error-explore-interrupted = پیش از رسیدن به پاسخ قطع شد.
error-explore-overdue = کاوش به پایان نرسید.
error-explore-overdue-next = نخ‌های کمتر یا تکرار کمتر را بیازمایید.
error-explore-memory = برنامه، یا آنچه در آن یافت شد، بیش از { $megabytes } مبی‌بایت حافظهٔ موجود می‌خواهد.
error-explore-memory-next = نخ‌های کمتر، تکرار کمتر یا داده‌های کوچک‌تر را بیازمایید.
error-explore-crashed = برنامه از کار افتاد (سیگنال { $signal }).
error-explore-crashed-cause = { $said }
error-explore-crashed-next = بازگشت بیش از اندازه ژرف، panic در میان panic، و کد `unsafe` چنین می‌کنند.
error-explore-ended = برنامه به پردازه‌ای که در آن کاویده می‌شد پایان داد.
error-explore-ended-cause = { $said }
error-explore-ended-next = کد `unsafe` می‌تواند چنین کند؛ کاوشگر نمی‌تواند دنبالش کند.
error-explore-not-loaded = برنامه به کاوشگر پیوند نخورد.
error-explore-not-loaded-cause = { $reason }
error-explore-not-loaded-next = تابع‌های کتابخانه‌های دیگر را نمی‌توان کاوید.
error-explore-too-many-outputs = خروجی‌های یکی از برنامه‌ها بیش از آن است که سنجیده شود.
error-explore-too-many-outputs-next = نخ‌های کمتر یا تکرار کمتر را بیازمایید.

## در خانه‌ها

command-explore = هر چه را کد زیر آن (یا کد آخرین خانه) یا یک تمرین می‌تواند چاپ کند و هر چه را ممکن است خراب شود پیدا می‌کند؛ کد اجرا نمی‌شود
command-ask = آیا کد زیر آن (یا کد آخرین خانه) می‌تواند درست همین خط‌ها را چاپ کند؟
command-replay = زمان‌بندی‌ای را که `:explore` یافته گام به گام نشان می‌دهد
command-play = در کد زیر آن (یا کد آخرین خانه) شما برمی‌گزینید که نوبت با کدام نخ است: `:play 1` یعنی نخ 1 یک گام بردارد
command-play-usage = `:play` بازی را آغاز می‌کند، `:play 1` یعنی نخ 1 یک گام بردارد (0 نخ اصلی است)، `:play 1 0 2` چند گام است و `:play back` آخرین گام را پس می‌گیرد.
command-explore-nothing = کدی برای کاویدن نیست: `:explore` بالای آن می‌آید.
command-ask-usage = `:ask` چند خط می‌خواهد، برای نمونه `:ask "start A | exit A"`
command-replay-usage = `:replay` یک زمان‌بندی می‌خواهد، برای نمونه `:replay 0x2.1.2`
