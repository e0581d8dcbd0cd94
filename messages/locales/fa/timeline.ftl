# آنچه خط‌های زمان و توضیح‌های ترتیب می‌گویند. نام نخ‌ها و پردازه‌ها از خود برنامه است.

timeline-title-exercise = { $exercise }، سناریوی { $scenario }: چه کسی چه زمانی چه کرد
timeline-title-other = چه کسی چه زمانی چه کرد
timeline-summary = نخ‌ها و پردازه‌ها: { $lanes } · رویدادها: { $events } · خط‌های چاپ‌شده: { $lines } · زمان: { $time }
timeline-lane-summary = { $name }: از { $from } تا { $to }؛ در حال اجرا { $running }٪، خواب { $sleeping }٪، منتظر { $waiting }٪، پشت قفل { $blocked }٪؛ خط‌های چاپ‌شده: { $lines }
timeline-lanes-unsaid = نخ‌ها و پردازه‌هایی که در اینجا شرح داده نشده‌اند: { $count }
timeline-axis = زمان از چپ به راست می‌گذرد و از آغاز اجرا شمرده می‌شود.
timeline-thread = نخ
timeline-process = پردازهٔ { $pid }
timeline-lane-unnamed = شمارهٔ { $number }
timeline-more-names = { $names } و { $count } تای دیگر
timeline-several = چند رویداد؛ شمار آن‌ها
timeline-note-mixed = هر جا نواری تندتر از آن تغییر کند که بتوان کشید، بلندی هر رنگ سهم آن از زمان است.
timeline-note-lines = از { $all } خط چاپ‌شده { $count } تا در اینجا نوشته شده است؛ برای بقیه جا نبود.
timeline-note-arrows = از { $all } پیکان { $count } تا یکنواخت برگزیده و کشیده شده است؛ همهٔ آن‌ها تصویر را می‌پوشاند.
timeline-note-lanes = نخ‌ها و پردازه‌هایی که کشیده نشده‌اند: { $count }
timeline-note-lost = جای ضبط پر شد؛ رویدادهای ازدست‌رفته: { $count }
timeline-empty = چیزی رخ نداد.

state-running = در حال اجرا یا آمادهٔ اجرا
state-sleeping = در خواب
state-waiting = منتظر دیگری
state-blocked = پشت قفلی که گرفته شده

arrow-spawn = آغاز می‌کند
arrow-join = پایان یافت، منتظرش بودند
arrow-wake = به منتظری راه می‌دهد
arrow-send = پیام

event-spawn = آغاز می‌کند
event-start = آغاز می‌شود
event-exit = پایان می‌یابد
event-join-begin = منتظر پایان می‌ماند:
event-join-end = پس از پایان ادامه می‌دهد:
event-sleep-begin = به خواب می‌رود
event-sleep-end = بیدار می‌شود
event-wait-begin = منتظر می‌ماند:
event-wait-end = پس از انتظار ادامه می‌دهد:
event-acquire = می‌گیرد
event-release = پس می‌دهد
event-send = می‌فرستد
event-receive = دریافت می‌کند
event-print = چاپ می‌کند
event-fork = پردازه آغاز می‌کند:
event-exec = برنامهٔ دیگری اجرا می‌کند
event-signal = سیگنال می‌دهد
event-mark = نشانه

object-lane = نخ
object-lock = قفل
object-condition = شرط
object-barrier = مانع
object-semaphore = سمافور
object-event = رویداد
object-queue = صف
object-pipe = لوله
object-process = پردازه
object-timer = زمان‌سنج
object-futex = futex

table-all = همهٔ رویدادها در جدول
table-time = زمان
table-lane = چه کسی
table-event = چه می‌کند
table-about = با چه
table-left-out = ردیف‌هایی که در اینجا نیامده‌اند: { $count }

## چرا به این ترتیب
order-guaranteed = تضمین‌شده: { $what }
order-likely = تنها محتمل: { $what }
order-surprise = شگفت در این اجرا: { $what }
order-more = و موردهای دیگری از این دست: { $count }
order-by-start = هر چه { $parent } پیش از آغاز کردن دیگری می‌کند پیش از همهٔ کارهای آن دیگری است ({ $lanes })
order-by-join = هر چه { $lanes } کرده‌اند پیش از کارهایی است که { $waiter } پس از انتظار برای پایان (join) می‌کند
order-by-lock = { $object } هر بار تنها در دست یکی است (اینجا { $turns } بار گرفته شد؛ { $lanes } نخ یا پردازه)؛ اینکه چه کسی زودتر می‌گیرد از بخت است
order-by-barrier = هیچ‌کس از { $object } نمی‌گذرد تا همه برسند ({ $rounds } بار باز شد)
order-by-message = آنچه از { $object } دریافت می‌شود پیش‌تر فرستاده شده است ({ $messages } پیام)
order-by-permit = هیچ مجوزی از { $object } پیش از داده شدن گرفته نمی‌شود ({ $taken } تا گرفته شد)
order-by-flag = هیچ‌کس که منتظر { $object } است پیش از فعال شدن آن ادامه نمی‌دهد
order-rule-held = {"\u2066"}{ $rule }{"\u2069"} (این بار برقرار بود)
order-rule-not-held = {"\u2066"}{ $rule }{"\u2069"} (این بار برقرار نبود)
order-rule-broken = ترتیبی تضمین‌شده نقض شد: {"\u2066"}{ $rule }{"\u2069"}
order-by-sleep = «{ $first }» پیش از «{ $then }»: تنها خوابی به درازای نزدیک به { $time } میان آن‌هاست و چیز دیگری آن‌ها را مرتب نمی‌کند
order-overtaken = { $first } پیش از { $then } چاپ کرد که زودتر آغاز شده بود: چیزی این دو خط را مرتب نمی‌کند
order-unended = هنوز پایان نیافته و کسی هم منتظرش نمانده: { $lanes }

why-one-line = هر دو یک خط‌اند.
why-same-lane = «{ $first }» پیش از «{ $then }» است: هر دو را { $lane } چاپ می‌کند، به ترتیب برنامه‌اش.
why-always = «{ $first }» در هر اجرا پیش از «{ $then }» است، به سبب این زنجیره:
why-this-run = در این اجرا «{ $first }» به سبب این زنجیره پیش از «{ $then }» آمد؛ اجرای دیگری شاید برعکس باشد:
why-none = چیزی «{ $first }» و «{ $then }» را مرتب نمی‌کند. فاصلهٔ آن‌ها { $time } بود؛ اجرای دیگری شاید آن‌ها را برعکس چاپ کند.
why-step-line = { $time }: { $lane } چاپ می‌کند «{ $line }»
why-step-spawn = { $from_time }: { $from } نخ یا پردازهٔ { $to } را آغاز می‌کند
why-step-join = { $from_time }: { $from } پایان می‌یابد؛ { $to } منتظر آن است (join) و در { $to_time } ادامه می‌دهد
why-step-handover = { $from_time }: { $from } پس می‌دهد: { $object }؛ { $to } آن را در { $to_time } می‌گیرد
why-step-barrier = { $from_time }: { $from } به { $object } می‌رسد؛ تنها پس از آن { $to } می‌تواند بگذرد، در { $to_time }
why-step-message = { $from_time }: { $from } با { $object } می‌فرستد؛ { $to } آن را در { $to_time } دریافت می‌کند
why-step-flag = { $from_time }: { $from } فعال می‌کند: { $object }؛ { $to } که منتظر آن است در { $to_time } ادامه می‌دهد
why-step-wake = { $from_time }: { $from } بیدار می‌کند: { $to } که در { $object } منتظر است و در { $to_time } ادامه می‌دهد

## فرمان‌های خانه
command-why = می‌گوید چه چیزی دو خط چاپ‌شدهٔ آخرین اجرا را مرتب می‌کند، یا اینکه هیچ چیز
why-usage = ‏`:why` دو خط چاپ‌شده در گیومهٔ انگلیسی می‌خواهد، برای نمونه `:why "line A" "line B"`. بخشی از خط هم بس است؛ `"#3"` خط سوم است.
why-no-line = آخرین اجرا خطی با «{ $text }» چاپ نکرد. خط‌های آن: { $lines }
why-several = «{ $text }» { $count } بار چاپ شده است. یکی را با شماره‌اش برگزینید: { $lines }
timeline-now-on = از این پس در پی هر اجرایی با بیش از یک نخ یا پردازه تصویری می‌آید.
timeline-now-off = از این پس در پی اجراها تصویری نمی‌آید. `:timeline last` آخرین را می‌کشد.
timeline-saved = فایل { $file } نوشته شد. آن را می‌توان در `ui.perfetto.dev` یا در مرورگر در `chrome://tracing` باز کرد.
timeline-saved-picture = فایل { $file } نوشته شد.
timeline-save-usage = ‏`:timeline save` فایلی می‌خواهد که نامش به `.json` (برای نمایشگرهایی مانند `Perfetto`)، `.svg`، `.html` یا `.txt` پایان یابد، برای نمونه `:timeline save trace.json`
timeline-save-failed = فایل { $file } را نمی‌توان نوشت: { $reason }

## خط فرمان
help-run-timeline = می‌کشد که چه کسی چه زمانی چه کرد، در این فایل: `.svg`، `.html`، `.txt` یا `.json` برای نمایشگرهای ردیابی؛ `-` آن را در پایانه می‌کشد
error-timeline-ending = خط زمان را نمی‌توان در { $path } کشید.
error-timeline-ending-cause = پایان نام می‌گوید چگونه کشیده شود: `.svg`، `.html`، `.txt` یا `.json` (برای نمایشگرهایی مانند `Perfetto`).
error-timeline-ending-next = برای نمونه `--timeline run.svg`، یا `--timeline -` برای پایانه.
