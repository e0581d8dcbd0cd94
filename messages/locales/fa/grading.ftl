# آنچه تصحیح می‌گوید: گزارش دانشجویان، نمای کلی کلاس، تکلیف‌ها.

## رأی‌ها

grading-verdict-Accepted = پذیرفته
grading-verdict-Partial = تا اندازه‌ای درست
grading-verdict-Wrong = نادرست
grading-verdict-CompileError = کامپایل نمی‌شود
grading-verdict-CompileLimit = کامپایل بیش از حد
grading-verdict-TimeLimit = بیش از حد کند
grading-verdict-MemoryLimit = حافظهٔ بیش از حد
grading-verdict-OutputLimit = خروجی بیش از حد
grading-verdict-ProcessLimit = نخ‌های بیش از حد
grading-verdict-DiskLimit = نوشتن بیش از حد
grading-verdict-RuntimeError = از کار افتاد
grading-verdict-Incomplete = بی‌پاسخ
grading-verdict-Forbidden = غیرمجاز
grading-verdict-Invalid = ناخوانا
grading-verdict-Internal = تقصیر ما
grading-verdict-open = هنوز تصمیم گرفته نشده

## برچسب‌ها

grading-label-points = امتیاز
grading-label-student = دانشجو
grading-label-compiler = کامپایلر می‌گوید
grading-label-check = آزمون
grading-label-asked = پرسیده شد با
grading-label-expected = انتظار می‌رفت
grading-label-found = پاسخ شما
grading-label-rule = قاعده‌ای که نقض شد
grading-label-seed = بذر این اجرا
grading-label-said = پیام
grading-label-comment = از مدرس شما
grading-label-timeline = خط زمان اجرایی که ناموفق بود
grading-label-output = آنچه چاپ کرد
grading-label-schedule = زمان‌بندی‌ای که آن را نشان می‌دهد

## یادداشت‌ها

grading-note-trusted = هشدار: این پاسخ‌ها بدون جعبهٔ شنی کامل اجرا شدند، چون مصحح تصمیم گرفت به آن‌ها اعتماد کند.
grading-note-missing = این‌ها در جعبهٔ شنی نبود: { $layers }.
grading-note-approximate = بعضی محدودیت‌ها گاه‌به‌گاه اندازه گرفته شدند و سیستم آن‌ها را نشمرد: عددهای حافظه و نخ‌ها تقریبی‌اند.
grading-note-open = دربارهٔ بعضی امتیازها هنوز تصمیم گرفته نشده است؛ پس جمعی در کار نیست.
grading-note-schedule = آن را در دفترچهٔ خود بچسبانید: `:explore --replay` و سپس زمان‌بندی.
grading-note-similar = این یک نشانه است، نه اثبات: پاسخ‌های کوتاه به هم می‌مانند و فکر خوب به ذهن خیلی‌ها می‌رسد.

## نمای کلی

grading-overview = نمای کلی
grading-overview-count = { $count ->
    [one] یک پاسخ‌نامه
   *[other] { $count } پاسخ‌نامه
}
grading-overview-mean = میانگین
grading-overview-open = { $count ->
    [one] یک پاسخ‌نامه هنوز جمعی ندارد، چون باید به آن امتیاز داده شود؛ در میانگین و پراکندگی نیامده است.
   *[other] { $count } پاسخ‌نامه هنوز جمعی ندارند، چون باید به آن‌ها امتیاز داده شود؛ در میانگین و پراکندگی نیامده‌اند.
}
grading-overview-distribution = پراکندگی امتیازها
grading-overview-tasks = مسئله‌ها
grading-overview-mistakes = رایج‌ترین اشتباه‌ها
grading-overview-no-mistakes = هیچ.
grading-overview-similar = پاسخ‌های همانند
grading-overview-no-similar = هیچ.
grading-overview-similar-count = { $count ->
    [one] یک جفت، کنار هم
   *[other] { $count } جفت، کنار هم
}
grading-overview-students = دانشجویان
grading-overview-passed-over = تصحیح نشده
grading-overview-passed-over-why = چیزی نمی‌گوید که این فایل‌ها از آنِ کیستند، یا دفترچه نیستند، یا جایی هستند که دفترچه‌ای در آن جست‌وجو نمی‌شود. هیچ‌کس به‌خاطر آن‌ها نتیجه‌ای نگرفته است.

## چرا چیزی برای داوری نبود

grading-problem-not-json = این فایل دفترچه نیست: از خط { $line }، ستون { $column } به بعد بی‌معناست. آن را دوباره در JupyterLab ذخیره کنید و باز بفرستید.
grading-problem-not-notebook = این فایل دفترچه نیست. آن را دوباره در JupyterLab ذخیره کنید و باز بفرستید.
grading-problem-too-large = دفترچه بزرگ‌تر از { $limit } مگابایت است. خروجی‌هایش را پاک کنید و باز بفرستید.
grading-problem-damaged = فایل آسیب دیده است و تا پایان خوانده نشد. آن را باز بفرستید.
grading-problem-no-notebook = در این پاسخ‌نامه دفترچه‌ای نیست.
grading-problem-other-files = در این پاسخ‌نامه دفترچه‌ای نیست و فقط { $files } هست. خودِ دفترچه (`.ipynb`) را بفرستید، یا فایل zip‌ای را که `weft submit` می‌سازد.
grading-problem-several-notebooks = در این پاسخ‌نامه { $count } دفترچه هست و هیچ‌کدام نام تکلیف را ندارد. فقط یکی بفرستید.
grading-problem-not-a-file = دفترچه یک فایل معمولی نیست. خودِ دفترچه را بفرستید، نه پیوندی به آن.
grading-problem-unsafe-path = این بایگانی فایل‌هایش را بیرون از خود می‌گذارد. آن را با `weft submit` از نو بسازید.
grading-problem-cell-missing = خانهٔ این مسئله در دفترچه نیست. پاسخ خود را در همان دفترچه‌ای بنویسید که گرفته‌اید و نام خانه‌ها را عوض نکنید و آن‌ها را پاک نکنید.
grading-problem-cell-twice = چند خانه نام این مسئله را دارند و پاسخ‌هایشان یکی نیست. فقط یکی را نگه دارید.
grading-problem-answer-too-long = پاسخ بلندتر از { $limit } کیلوبایت است.
grading-problem-untouched = هنوز پاسخی نیست.

## چرا این رأی داده شد

grading-why-fine = هر چه خواسته شده بود هست.
grading-why-not-written = هنوز پاسخی نیست: برنامه به `todo!()` رسید.
grading-why-compiler = پاسخ کامپایل نمی‌شود.
grading-why-compiler-crashed = کامپایلر با این پاسخ از کار افتاد. پاسخی ساده‌تر کافی است.
grading-why-compile-time = کامپایل بیش از { $limit } ثانیه طول کشید.
grading-why-compile-memory = کامپایل بیش از { $limit } مگابایت حافظه گرفت.
grading-why-compile-output = کامپایلر دربارهٔ این پاسخ بیش از حد حرف داشت.
grading-why-word = خط { $line } از `{ $word }` استفاده می‌کند که در این مسئله مجاز نیست.
grading-why-slept = برنامه می‌خوابد و این در این مسئله مجاز نیست. به جای گذشتن زمان، منتظر همان چیزی بمانید که لازم دارید.
grading-why-values = اجرا می‌شود، ولی نتیجه آن نیست که انتظار می‌رفت.
grading-why-values-hidden = اجرا می‌شود، ولی نتیجهٔ یک آزمون پنهان آن نیست که انتظار می‌رفت.
grading-why-order = رویدادها با ترتیبی رخ دادند که نباید.
grading-why-time = پس از { $limit } ثانیه هنوز مشغول کار بود.
grading-why-time-waiting = پس از { $limit } ثانیه هنوز منتظر بود: به احتمال زیاد منتظر قفل، نخ یا پیامی که هرگز نیامد.
grading-why-memory = بیش از { $limit } مگابایت حافظه گرفت.
grading-why-memory-approximate = بیش از حدود { $limit } مگابایت حافظه گرفت.
grading-why-output = بیش از حد در { $stream } نوشت.
grading-why-processes = بیش از { $limit } نخ و پردازه ساخت.
grading-why-threads = هم‌زمان حداکثر { $limit } نخ مجاز است، ولی { $seen } نخ وجود داشت.
grading-why-threads-hidden = هم‌زمان حداکثر { $limit } نخ مجاز است، ولی در یک آزمون پنهان بیش از این وجود داشت.
grading-why-leftover = وقتی پاسخ داد، هنوز { $threads } نخ و { $processes } پردازه مانده بود. منتظر همهٔ آن‌ها بمانید.
grading-why-leftover-hidden = وقتی به یک آزمون پنهان پاسخ داد، هنوز نخ یا پردازه‌ای مانده بود. منتظر همهٔ آن‌ها بمانید.
grading-why-unreaped = وقتی پاسخ داد، { $processes } پردازهٔ فرزند پایان یافته بود و کسی منتظرشان نمانده بود. منتظر هر فرزند بمانید، حتی فرزندی که خودتان کشته‌اید.
grading-why-unreaped-hidden = وقتی به یک آزمون پنهان پاسخ داد، پردازه‌های فرزندی پایان یافته بودند و کسی منتظرشان نمانده بود. منتظر هر فرزند بمانید، حتی فرزندی که خودتان کشته‌اید.
grading-why-disk = بیش از { $limit } مگابایت در فایل‌ها نوشت.
grading-why-panicked = برنامه با `panic` پایان یافت.
grading-why-panicked-at = برنامه در خط { $line } با `panic` پایان یافت.
grading-why-panicked-hidden = برنامه در یک آزمون پنهان با `panic` پایان یافت.
grading-why-stack = پشته پر شد: به احتمال زیاد تابعی بی‌پایان خودش را فرامی‌خواند.
grading-why-ended = پیش از آنکه پاسخ دهد، با کد { $code } به برنامه پایان داد.
grading-why-ended-hidden = در یک آزمون پنهان، پیش از آنکه پاسخ دهد، به برنامه پایان داد.
grading-why-killed = پیش از آنکه پاسخ دهد، سیگنال { $signal } به برنامه پایان داد.
grading-why-killed-hidden = در یک آزمون پنهان، پیش از آنکه پاسخ دهد، سیگنالی به برنامه پایان داد.
grading-why-forged = به چیزی پاسخ داد که کسی نپرسیده بود.
grading-why-internal = نتوانستیم این پاسخ را داوری کنیم. تقصیر شما نیست و امتیازی از شما کم نمی‌شود: یک انسان آن را خواهد دید.
grading-why-by-hand = دربارهٔ این مسئله مدرس شما تصمیم می‌گیرد و هنوز نگرفته است.
grading-why-given = مدرس شما دربارهٔ این مسئله تصمیم گرفت.
grading-why-not-graded = این مسئله تصحیح نشد.

## بررسی یک تکلیف

grading-claim-reference = پاسخ مرجع امتیاز کامل می‌گیرد
grading-claim-stub = آنچه به دانشجو داده می‌شود امتیازی نمی‌گیرد
grading-claim-wrong = پاسخ نادرست رد می‌شود
grading-claim-right = پاسخ درست پذیرفته می‌شود
grading-claim-all-read = هر فایلی که کنار پاسخ‌هاست پاسخ یکی از مسئله‌هاست
grading-claim-wrong-exists = پاسخ نادرستی هست که بررسی‌ها با آن آزموده شوند

## پیشرفت

grading-progress = { $done } از { $total }: { $id }
grading-progress-left = { $done } از { $total }: { $id }، نزدیک { $seconds } ثانیه مانده

## تکلیف تازه

grading-new-title = نخستین تکلیف
grading-new-text = پاسخ‌های خود را در خانه‌هایی بنویسید که نشان شده‌اند. بقیه همان‌طور که هست می‌ماند.
grading-new-task = دو برابر
grading-new-by-hand = به زبان خودتان
grading-new-question = چرا نتیجه می‌رسد، با آنکه نخ دیگری آن را حساب کرده است؟
grading-new-answer = چون `join` منتظر نخ می‌ماند و آنچه را برگردانده است تحویل می‌دهد.
grading-new-stub = پاسخ شما
