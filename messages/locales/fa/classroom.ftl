# آنچه مدرس و دانشجو در پایانه می‌خوانند: تکلیف‌ها، تصحیح، فرستادن پاسخ، و اینکه پاسخ‌ها چه‌قدر محکم در بندند.

## راهنما

help-assignment = برای مدرس: تکلیف می‌سازد، ثابت می‌کند که بررسی‌هایش درست‌اند و آن را به دانشجویان می‌دهد
help-assignment-dir = پوشهٔ تکلیف
help-assignment-new = تکلیفی کوچک و درست می‌سازد تا روی آن بنویسید
help-assignment-new-dir = پوشه‌ای که در آن ساخته شود؛ باید خالی باشد یا هنوز نباشد
help-assignment-name = نام تکلیف (وگرنه نام پوشه)
help-assignment-chapter = با تکلیف نمره‌دار این فصل از کتاب کار آغاز می‌کند (1 تا 28)
help-assignment-check = ثابت می‌کند که پاسخ درست همیشه پذیرفته می‌شود و پاسخ نادرست هرگز
help-assignment-repeats = پاسخ مرجع چند بار باید امتیاز کامل بگیرد (وگرنه 20)
help-assignment-release = دفترچهٔ دانشجویان را می‌نویسد، بدون پاسخ‌ها و آزمون‌های پنهان
help-assignment-collect = آنچه را دانشجویان فرستاده‌اند در پوشه‌های nbgrader می‌گذارد
help-assignment-from = پوشه یا فایل zip با آنچه فرستاده‌اند
help-assignment-replace = روی دفترچه‌هایی که پیش‌تر گرد آمده‌اند می‌نویسد

help-grade = برای مدرس: دفترچه‌های یک کلاس را تصحیح می‌کند
help-grade-after = پوشهٔ `DIR` برای هر دانشجو `STUDENT/notebook.ipynb` یا یک فایل zip دارد، یا همان `submitted` از nbgrader است؛ فایل zip از Moodle یا Canvas هم همان‌طور که هست کافی است. فرمان `weft grade forget STUDENT` داده‌های یک دانشجو را پاک می‌کند.
help-grade-assignment = پوشهٔ تکلیف
help-grade-submissions = پوشه یا فایل zip با آنچه دانشجویان فرستاده‌اند
help-grade-out = پوشهٔ نمره‌ها و گزارش‌ها
help-grade-jobs = چند پاسخ‌نامه هم‌زمان (وگرنه یکی برای هر هستهٔ پردازنده)
help-grade-resume = از جایی که تصحیح بریده شد ادامه می‌دهد
help-grade-only = فقط همین دانشجو
help-grade-shard = فقط این بخش از کلاس، مانند 2/8؛ روی هر دستگاه همان دانشجویان در آن هستند
help-grade-hand = امتیازهایی که با دست داده شده، به شکل CSV (وگرنه `hand.csv` در `OUT`، اگر باشد)
help-grade-queue = داوری را به کارگرهایی می‌سپارد که پاسخ‌ها را از این صف روی یک سرور Redis یا PostgreSQL برمی‌دارند، برای نمونه `redis://:PASSWORD@HOST:6379/`
help-trust = پاسخ‌ها را اجرا می‌کند حتی اگر لایه‌ای از جعبهٔ شنی نباشد؛ این در همهٔ گزارش‌ها نوشته می‌شود

help-merge = بخش‌های یک کلاس را که با `--shard` تصحیح شده‌اند کنار هم می‌گذارد
help-merge-parts = پوشه‌های نمره‌های بخش‌ها
help-merge-assignment = پوشهٔ تکلیف (وگرنه همان که نخستین بخش با آن تصحیح شده است)
help-worker = آنچه را دیگران با `weft grade --queue` در صف گذاشته‌اند روی این دستگاه داوری می‌کند
help-forget = داده‌های یک دانشجو را از نمره‌ها، گزارش‌ها و دفتر ثبت پاک می‌کند
help-forget-student = داده‌های چه کسی: نام پوشه یا فایل، یا شماره‌ای که سامانهٔ درس داده است
help-forget-out = پوشهٔ نمره‌ها (وگرنه همین پوشه)
help-forget-assignment = پوشهٔ تکلیف، اگر از آن پس جابه‌جا شده است
help-forget-submissions = آنچه را دانشجو در آنجا فرستاده است هم پاک می‌کند

help-submit = برای دانشجو: دفترچه را چنان می‌بندد که بتوان آن را تصحیح کرد
help-submit-notebook = دفترچهٔ شما
help-submit-out = جای فایل zip (وگرنه کنار دفترچه)
help-submit-assignment = کدام تکلیف باید باشد
help-submit-incomplete = آن را می‌بندد حتی اگر پاسخی کم باشد
help-submit-no-compile = پاسخ‌ها را پیش از بستن کامپایل نمی‌کند

## ساختن تکلیف

assignment-made = تکلیفی تازه در { $path } ساخته شد. یک مسئلهٔ آن از هم‌اکنون کار می‌کند؛ مسئلهٔ خود را به جای آن بنویسید:
assignment-made-notebook = { $path }: دفترچهٔ شما با پاسخ‌ها و آزمون‌ها
assignment-made-manifest = { $path }: امتیاز، بررسی و محدودیت هر مسئله
assignment-made-wrong = { $path }: پاسخ‌هایی که باید رد شوند
assignment-made-right = { $path }: پاسخ‌های دیگری که باید پذیرفته شوند
assignment-made-next = گام بعد: `weft assignment check { $path }`

assignment-times = { $times } بار از { $times } بار
assignment-found = در تلاش شمارهٔ { $times }: { $verdict }
assignment-next-reference = به پاسخ مرجع زمان یا حافظهٔ بیشتری بدهید، یا بررسی را چنان بنویسید که کار آن را بپذیرد.
assignment-next-stub = دانشجو بی‌آنکه چیزی بنویسد امتیاز می‌گیرد: بررسی `{ $task }` باید چیز بیشتری بخواهد.
assignment-next-wrong = به بررسی‌های `{ $task }` پرسش یا قاعده‌ای بیفزایید که این پاسخ از پس آن برنیاید. آیا این پاسخ به شیوه‌ای دیگر رد می‌شود، مانند `CompileError`؟ پس خط نخست آن را `// verdict: CompileError` بگذارید.
assignment-next-right = بررسی‌های `{ $task }` را چنان بنویسید که این پاسخ را بپذیرند، یا اگر نادرست است آن را بردارید.
assignment-next-wrong-exists = دست‌کم یک پاسخ نادرست در `wrong/{ $task }/` بنویسید، در فایلی که نامش به `.rs` پایان می‌یابد.
assignment-next-all-read = این فایل خوانده نشد. جای هر پاسخ `wrong/TASK/` یا `right/TASK/` است، در فایلی که نامش به `.rs` پایان می‌یابد؛ مسئله‌هایی که داوری می‌شوند: { $tasks }. نامش را درست کنید یا آن را بردارید.
assignment-by-hand = { $count ->
    [one] یک مسئله با دست تصحیح می‌شود: دربارهٔ آن چیزی برای اثبات نیست.
   *[other] { $count } مسئله با دست تصحیح می‌شود: دربارهٔ آن‌ها چیزی برای اثبات نیست.
}
assignment-proved = { $count ->
    [one] تنها اثبات برقرار است.
   *[other] هر { $count } اثبات برقرار است.
}
assignment-released = این برای دانشجویان شماست، بدون پاسخ‌ها و آزمون‌های پنهان: { $path }

collected-new = گرد آمد
collected-same = از پیش آنجا بود، بی‌هیچ تفاوتی
collected-kept = از پیش دفترچهٔ دیگری آنجا بود و نگه داشته شد؛ با `--replace` روی آن نوشته می‌شود
collected-replaced = گرد آمد و جای دفترچهٔ پیشین را گرفت
collected = { $count ->
    [one] یک دفترچه در { $path } است.
   *[other] { $count } دفترچه در { $path } است.
}

error-unknown-step = فرمان «{ $name }» وجود ندارد.
error-unknown-step-next = فرمان `weft { $parent } --help` نشان می‌دهد چه هست.
error-assignment-no-folder = پوشهٔ { $path } وجود ندارد.
error-assignment-no-folder-next = مسیر را بررسی کنید؛ `weft assignment new { $path }` تکلیفی تازه در آنجا می‌سازد.
error-assignment-no-manifest = { $path } تکلیف نیست: `assignment.toml` در آن نیست.
error-assignment-no-manifest-next = پوشه‌ای را بنویسید که `weft assignment new` ساخته است.
error-assignment-is-file = { $path } یک فایل است، ولی تکلیف یک پوشه است.
error-assignment-is-file-next = پوشه‌ای را بنویسید که `assignment.toml` در آن است.
error-assignment-manifest = { $line ->
    [0] { $path } معنایی ندارد.
   *[other] خط { $line } از { $path } معنایی ندارد.
}
error-assignment-manifest-cause = { $kind ->
    [syntax] نوشتهٔ `{ $found }` را نمی‌توان به قالب `TOML` خواند: متن در گیومهٔ راست، فهرست در کروشه و هر کلید در خط خودش نوشته می‌شود.
    [key-twice] کلید `{ $key }` دو بار آمده است.
    [unknown] در اینجا چیزی به نام `{ $key }` نیست. این‌ها شناخته‌شده‌اند: { $known }.
    [missing] کلید `{ $key }` نیامده است.
    [text] مقدار `{ $key }` برابر `{ $found }` است؛ باید متنی در گیومهٔ راست باشد.
    [truth] مقدار `{ $key }` برابر `{ $found }` است؛ باید `true` یا `false` باشد.
    [number] مقدار `{ $key }` برابر `{ $found }` است؛ باید عدد باشد.
    [whole] مقدار `{ $key }` برابر `{ $found }` است؛ باید عدد صحیح باشد.
    [much] مقدار `{ $key }` برابر `{ $found }` است؛ باید عدد صحیح باشد، یا عددی که پرسش با خود دارد، مانند `"arg0"`.
    [texts] مقدار `{ $key }` برابر `{ $found }` است؛ باید فهرستی از متن‌ها باشد، مانند `["a", "b"]`.
    [list] مقدار `{ $key }` برابر `{ $found }` است؛ باید فهرستی در کروشه باشد.
    [table] مقدار `{ $key }` برابر `{ $found }` است؛ باید جدول باشد: کلیدها در آکولاد، یا زیر سرخطی در کروشه.
    [tables] مقدار `{ $key }` برابر `{ $found }` است؛ باید فهرستی از جدول‌ها باشد.
    [title] مقدار `{ $key }` برابر `{ $found }` است؛ باید یک متن باشد، یا برای هر زبان یکی.
    [range] مقدار `{ $key }` برابر `{ $found }` است؛ می‌تواند از { $least } تا { $most } باشد.
    [positive] مقدار `{ $key }` برابر `{ $found }` است؛ باید عددی بزرگ‌تر از صفر باشد.
    [not-negative] مقدار `{ $key }` برابر `{ $found }` است؛ باید صفر یا عددی بزرگ‌تر باشد.
    [choice] مقدار `{ $key }` برابر `{ $found }` است؛ می‌تواند یکی از این‌ها باشد: { $known }.
    [name] «{ $found }» نام درستی برای تکلیف نیست. نام از حرف‌های انگلیسی، رقم‌ها، `_` و `-` ساخته می‌شود، حداکثر 100 نشانه.
    [tasks] هر تکلیف از 1 تا { $max } مسئله دارد، هر کدام زیر یک `[[task]]`.
    [task-twice] بالاتر مسئلهٔ دیگری به نام «{ $task }» هست.
    [no-cell] دفترچه خانه‌ای به نام «{ $cell }» ندارد که مسئلهٔ «{ $task }» از آن نام می‌برد. نام خانه همان `grade_id` در فرادادهٔ آن است.
    [no-answer] خانهٔ «{ $task }» در دفترچه به‌عنوان پاسخ نشان نشده است.
    [points] مسئلهٔ «{ $task }» در اینجا { $here } امتیاز دارد و در دفترچه { $there } امتیاز؛ هر دو باید یکی باشند.
    [cell] خانهٔ پاسخ «{ $cell }» در دفترچه از آنِ هیچ `[[task]]` نیست.
    [no-checks] مسئلهٔ «{ $task }» داور دارد، ولی چیزی نیست که بررسی شود.
    [no-cases] بررسی { $check } از مسئلهٔ «{ $task }» هیچ `cases` ندارد: چیزی نمی‌پرسد.
    [order-unsafe] بررسی { $check } از مسئلهٔ «{ $task }» قاعدهٔ `order` دارد، ولی پاسخ با `unsafe` می‌تواند آنچه را ثبت می‌شود جعل کند.
    [no-probe] بررسی { $check } از مسئلهٔ «{ $task }» نه با `probe` چیزی می‌پرسد و نه با `explore` می‌کاود.
    [explores-and-asks] بررسی { $check } از مسئلهٔ «{ $task }» می‌کاود، پس نمی‌تواند `probe`، `cases`، `repeats`، `shake_us`، `order` یا `max_threads` داشته باشد.
    [explores-unsafe] بررسی { $check } از مسئلهٔ «{ $task }» می‌کاود، ولی پاسخ با `unsafe` می‌تواند آنچه را یافت می‌شود جعل کند.
    [no-main] برنامهٔ `main` در بررسی { $check } از مسئلهٔ «{ $task }» هیچ `fn main` ندارد.
    [nothing-counts] بررسی { $check } از مسئلهٔ «{ $task }» می‌کاود و نه `failures` به حساب می‌آید نه `same_outputs`: هر پاسخی پذیرفته می‌شود.
   *[other] { $reason }
}
error-assignment-manifest-next = آن را درست کنید و دوباره بیازمایید؛ `docs/grading.md` می‌گوید چه چیزهایی می‌توان در آن نوشت.
error-assignment-solutions = در { $path } بیش از { $max } پاسخ نمونه هست.
error-assignment-solutions-next = از هر گونه چندتا نگه دارید و بقیه را به جای دیگری ببرید.
error-assignment-no-notebook = دفترچهٔ تکلیف وجود ندارد: { $path }.
error-assignment-no-notebook-next = آن را همان‌جا بگذارید؛ نام پوشه و فایل همان `name` در `assignment.toml` است.
error-assignment-notebook = دفترچهٔ { $path } را نمی‌توان به کار برد.
error-assignment-notebook-cause = { $reason }
error-assignment-notebook-next = آن را در JupyterLab باز کنید، آن خانه را درست کنید و ذخیره کنید.
error-assignment-not-empty = پوشهٔ { $path } خالی نیست.
error-assignment-not-empty-next = پوشه‌ای را بنویسید که هنوز نیست: روی چیزی نوشته نمی‌شود.
error-assignment-no-task = فصل { $chapter } تکلیف نمره‌داری ندارد که بتوان با آن آغاز کرد.
error-assignment-no-task-next = فصل‌هایی که دارند: { $chapters }.
error-assignment-chapter = از این فصل کتاب کار تکلیفی ساخته نمی‌شود: { $reason }.
error-assignment-chapter-next = این خطای Weft است؛ لطفاً گزارش کنید. `weft assignment new DIR` بدون `--chapter` نمونه‌ای کوچک می‌سازد.
error-assignment-name = «{ $name }» نام درستی برای تکلیف نیست.
error-assignment-name-cause = نام از حرف‌های انگلیسی، رقم‌ها، `_` و `-` ساخته می‌شود، حداکثر 100 نشانه.
error-assignment-name-next = نامی با `--name` بدهید.
error-assignment-repeats = «{ $value }» شمار درستی برای تکرار نیست.
error-assignment-repeats-cause = یک عدد صحیح از 1 تا { $max } پذیرفته می‌شود.
error-assignment-repeats-next = آن را ننویسید تا 20 به کار رود.
error-assignment-proofs = { $count ->
    [one] یک اثبات برقرار نیست.
   *[other] { $count } اثبات برقرار نیست.
}
error-assignment-proofs-cause = این تکلیف آن‌گونه که هست با کسی منصفانه رفتار نخواهد کرد.
error-assignment-proofs-next = خط‌هایی که با «ناموفق» نشان شده‌اند می‌گویند چه چیزی را عوض کنید.
error-collect = { $count ->
    [one] یک پاسخ‌نامه خوانده نشد.
   *[other] { $count } پاسخ‌نامه خوانده نشد.
}
error-collect-next = خط‌هایشان می‌گویند چرا؛ بقیه گرد آمده‌اند.

## تصحیح

grade-preparing = جعبهٔ شنی و کامپایلر آماده می‌شوند ...
grade-trusted = هشدار: گفتید که به این دانشجویان اعتماد دارید. هر چه از جعبهٔ شنی کم است برای همهٔ پاسخ‌هایشان کم است و این در همهٔ گزارش‌ها نوشته می‌شود.
grade-queue-waiting = هنوز هیچ کارگری از { $address } کار برنمی‌دارد. روی هر دستگاهی که می‌خواهید با `weft grade worker --queue` کارگری راه بیندازید؛ در انتظار ...
grade-queue-workers = کارگرها هم‌زمان { $jobs } پاسخ‌نامه را با { $toolchain } داوری می‌کنند.
worker-ready = از { $address } کار برمی‌دارد، هم‌زمان { $jobs } تا. با Ctrl-C پس از پایان آنچه در حال داوری است تمام می‌شود.
worker-lost = ارتباط با صف قطع شد ({ $reason })؛ دوباره تلاش می‌شود ...
worker-done = { $count ->
    [one] یک پاسخ‌نامه داوری شد.
   *[other] { $count } پاسخ‌نامه داوری شد.
}
grading-progress-minutes = { $done } از { $total }: { $id }، نزدیک { $minutes } دقیقه مانده
grading-why-not-judged = این پاسخ را نتوانستیم داوری کنیم و تقصیر خود پاسخ نیست.

graded = { $count ->
    [one] یک پاسخ‌نامه تصحیح شد
   *[other] { $count } پاسخ‌نامه تصحیح شد
}؛ پاسخ‌هایی که اکنون داوری شدند: { $judged }، و آن‌ها که رأیشان از پیش دانسته بود: { $reused }.
merged = { $count ->
    [one] یک پاسخ‌نامه در نمره‌هاست.
   *[other] { $count } پاسخ‌نامه در نمره‌هاست.
}
graded-overview = { $path }: کلاس در یک نگاه
graded-students = { $path }: برای هر دانشجو یک صفحه
graded-grades = { $path }: امتیازها برای سامانهٔ درس
graded-moodle = { $path }: کاربرگ Moodle
graded-points = { $path }: امتیاز هر مسئله
graded-json = { $path }: همه چیز، برای برنامه‌ها
graded-by-hand = { $count ->
    [one] یک پاسخ منتظر امتیاز شماست.
   *[other] { $count } پاسخ منتظر امتیاز شماست.
} فایل { $open } را پر کنید، با نام { $hand } ذخیره کنید و همین فرمان را دوباره بدهید.
graded-hand-unknown = { $count ->
    [one] هشدار: { $path } به کسی امتیاز می‌دهد که پاسخ‌نامه‌ای ندارد: { $students }. این امتیاز هیچ‌جا به حساب نمی‌آید.
   *[other] هشدار: { $path } به { $count } دانشجو امتیاز می‌دهد که پاسخ‌نامه‌ای ندارند: { $students }. این امتیازها هیچ‌جا به حساب نمی‌آیند.
} نام‌ها را همان‌گونه بنویسید که در `grades.json` هستند.
graded-passed-over = { $count ->
    [one] هشدار: میان پاسخ‌نامه‌ها فایلی هست که از آنِ هیچ‌کس نیست و تصحیح نشد: { $files }.
   *[other] هشدار: میان پاسخ‌نامه‌ها { $count } فایل هست که از آنِ هیچ‌کس نیستند و تصحیح نشدند: { $files }.
} دفترچه، یا فایل zip‌ای که یک دفترچه دارد، در پوشهٔ دانشجوی خود است یا نام او را دارد.

error-submissions-absent = { $path } وجود ندارد.
error-submissions-absent-next = پوشه یا فایل zip پاسخ‌هایی را که دانشجویان فرستاده‌اند بنویسید.
error-submissions-unreadable = { $path } را نمی‌توان خواند.
error-submissions-unreadable-cause = { error-file-cause }
error-submissions-unreadable-next = باید پوشه یا فایل zip باشد و شما اجازهٔ خواندنش را داشته باشید.
error-submissions-no-archive = { $path } فایل zip نیست یا خراب است.
error-submissions-no-archive-next = پوشه یا فایل zip پاسخ‌هایی را که دانشجویان فرستاده‌اند بنویسید؛ اگر همان است، آن را دوباره بارگیری کنید.
error-submissions-none = در { $path } پاسخ‌نامه‌ای نیست.
error-submissions-none-cause = { $count ->
    [0] این‌ها جست‌وجو شد: `STUDENT/notebook.ipynb`، فایل‌های zip که هر کدام یک دفترچه دارند، بستهٔ Moodle یا Canvas، و `submitted` از nbgrader.
   *[other] این‌ها جست‌وجو شد: `STUDENT/notebook.ipynb`، فایل‌های zip که هر کدام یک دفترچه دارند، بستهٔ Moodle یا Canvas، و `submitted` از nbgrader. فقط { $files } هست.
}
error-submissions-none-next = آیا پوشه درست است؟ شاید پوشه‌های دانشجویان بالاتر یا پایین‌تر از آن باشند، یا دفترچه‌هایش از تکلیف دیگری باشند.
error-submissions-too-many = در { $path } بیش از { $max } پاسخ‌نامه هست.
error-submissions-too-many-next = آن را بخش‌بخش تصحیح کنید.
error-grade-out = { $path } را نمی‌توان به کار برد.
error-grade-out-cause = { error-file-cause }
error-grade-out-next = پوشه‌ای را بنویسید که اجازهٔ نوشتن در آن را دارید و دیسکش جا دارد؛ تصحیح در آنجا با `--resume` ادامه می‌یابد.
error-grade-overlap = نتیجه‌ها را نمی‌توان در { $path } نوشت: همان { $other } است، یا یکی درون دیگری است.
error-grade-overlap-next = با `--out` پوشه‌ای جداگانه بدهید، وگرنه صفحه‌ها و دفترچه‌های نتیجه‌ها بار بعد پاسخ‌نامه به شمار می‌آیند.
error-ledger-busy = تصحیح دیگری دارد در { $path } می‌نویسد.
error-ledger-busy-next = منتظر پایان آن بمانید، یا با `--out` پوشهٔ دیگری بدهید.
error-ledger-version = { $path } را نسخهٔ دیگری از Weft نوشته است.
error-ledger-version-next = با `--out` پوشهٔ دیگری بدهید؛ در آنجا همه چیز از نو تصحیح می‌شود.
error-ledger-other = در { $path } نتیجه‌های «{ $found }» است، نه «{ $wanted }».
error-ledger-other-next = با `--out` به هر تکلیف پوشه‌ای جدا بدهید.
error-ledger-damaged = { $path } آسیب دیده است.
error-ledger-damaged-cause = { $reason }
error-ledger-damaged-next = با `--out` پوشهٔ دیگری بدهید؛ در آنجا همه چیز از نو تصحیح می‌شود.
error-grade-unfinished = تصحیحی در { $path } نیمه‌کاره ماند.
error-grade-unfinished-next = با افزودن `--resume` ادامه دهید: هر چه داوری شده نگه داشته شده است.
error-grade-no-student = از «{ $student }» پاسخ‌نامه‌ای نیست.
error-grade-no-student-next = نام دانشجو همان نام پوشه یا فایل است، یا شماره‌ای که سامانهٔ درس داده است.
error-grade-other-part = «{ $student }» در بخش { $part } کلاس نیست.
error-grade-other-part-next = `--shard` را ننویسید، یا بخشی را بنویسید که این دانشجو در آن است.
error-grade-jobs = «{ $value }» شمار درستی برای کارهای هم‌زمان نیست.
error-grade-jobs-cause = یک عدد صحیح از 1 تا { $max } پذیرفته می‌شود.
error-grade-jobs-next = آن را ننویسید تا برای هر هستهٔ پردازنده یکی باشد.
error-grade-shard = «{ $value }» بخشی از یک کلاس نیست.
error-grade-shard-cause = هر بخش به شکل I/N نوشته می‌شود: شمارهٔ آن از 1، و شمار همهٔ بخش‌ها، حداکثر { $max }.
error-grade-shard-next = برای نمونه `--shard 2/8`.
error-merge-no-grading = در { $path } تصحیحی نیست.
error-merge-no-grading-next = پوشه‌هایی را نام ببرید که `weft grade --shard` با `--out` نوشته است.
error-merge-occupied = پاسخ‌ها در خود { $path } تصحیح شده‌اند؛ پس چیزی در آن ادغام نمی‌شود.
error-merge-occupied-next = برای `--out` پوشهٔ دیگری برگزینید، یا این پوشه را در میان بخش‌ها نام ببرید.
error-merge-twice = { $path } دو بار آمده است.
error-merge-twice-next = هر بخش را تنها یک بار نام ببرید.
error-merge-missing = بخش‌هایی از کلاس کم است: { $parts }.
error-merge-missing-next = آن‌ها را با `--shard` تصحیح کنید و پوشهٔ هر بخش را نام ببرید.
error-merge-split = در { $path } بخش { $found } است؛ پوشه‌های دیگر از کلاسی در { $of } بخش‌اند.
error-merge-split-next = فقط پوشه‌های یک تقسیم‌بندی را نام ببرید.
error-merge-two = «{ $student }» هم در { $first } است و هم در { $path }، با دو دفترچهٔ متفاوت.
error-merge-two-next = یکی را با `weft grade forget` بردارید و دوباره ادغام کنید.
error-merge-compiler = { $path } با { $found } تصحیح شده است و بقیه با { $wanted }.
error-merge-compiler-cause = کامپایلر دیگر یا نسخهٔ دیگری از `weft` ممکن است جور دیگری داوری کند.
error-merge-compiler-next = آن بخش را با همان `weft` و همان کامپایلر دوباره تصحیح کنید.
error-merge-demands = در { $path } مسئلهٔ «{ $task }» با خواسته‌هایی داوری شده است که دیگر خواسته‌های این تکلیف نیستند.
error-merge-demands-next = آن بخش را دوباره تصحیح کنید، یا با تکلیفی ادغام کنید که با آن تصحیح شده است (`--assignment`).
error-queue-none = گفته نشده است که صف کجاست.
error-queue-none-next = آن را با `--queue` یا در متغیر { $variable } بگویید، برای نمونه `redis://:PASSWORD@HOST:6379/`.
error-queue-address = نشانی صف، نشانی یک سرور Redis یا PostgreSQL نیست.
error-queue-address-cause = این نشانی با `redis://`، `rediss://` یا `postgres://` آغاز می‌شود؛ سرورهای دیگر پشتیبانی نمی‌شوند.
error-queue-address-next = برای نمونه `redis://:PASSWORD@HOST:6379/` یا `postgres://USER:PASSWORD@HOST/DATABASE`.
error-queue-silent = از صف در { $address } نمی‌توان استفاده کرد.
error-queue-silent-cause = { $reason }
error-queue-silent-next = آیا سرور آنجا در حال اجراست و این دستگاه به آن دسترسی دارد؟ با `redis-cli -h HOST ping` یا `pg_isready -h HOST` می‌توانید بیازمایید.
error-queue-denied = صف در { $address } این کاربر را راه نمی‌دهد.
error-queue-denied-cause = { $reason }
error-queue-denied-next = نام کاربر و گذرواژه را در نشانی بررسی کنید. در گذرواژه به جای `@` باید `%40`، به جای `/` باید `%2F` و به جای `%` باید `%25` نوشت.
error-queue-database = در { $address } چنین پایگاه داده‌ای نیست.
error-queue-database-cause = { $reason }
error-queue-database-next = آن را همان‌جا برای کاربری که در نشانی آمده است بسازید: `createdb --owner=USER DATABASE`.
error-queue-tables = جدول‌های صف را در { $address } نمی‌توان ساخت.
error-queue-tables-cause = { $reason }
error-queue-tables-next = برای صف پایگاه داده‌ای جداگانه بسازید که مالکش همان کاربر باشد: `createdb --owner=USER DATABASE`. نسخهٔ PostgreSQL باید 13 یا تازه‌تر باشد و افزونهٔ `hstore` را داشته باشد.
error-queue-tls = ارتباط با { $address } را نمی‌توان رمزگذاری کرد.
error-queue-tls-cause = { $reason }
error-queue-tls-next = نامی که در نشانی آمده است باید در گواهی سرور هم باشد. اگر مرجع صدور گواهی خودتان آن را امضا کرده است، بگویید گواهی آن مرجع کجاست: `SSL_CERT_FILE=ca.pem`، یا برای PostgreSQL در نشانی `sslrootcert=ca.pem`.
error-queue-mixed = کارگرها یکسان نیستند: یکی { $one } دارد و دیگری { $other }.
error-queue-mixed-cause = ممکن است یک پاسخ را دو جور داوری کنند.
error-queue-mixed-next = روی همهٔ دستگاه‌ها کامپایلر و لایه‌های جعبهٔ شنی را یکسان کنید؛ `weft doctor` هر دو را نشان می‌دهد.
error-queue-weft = یک کارگر با { $theirs } داوری می‌کند و این { $ours } است.
error-queue-weft-cause = ممکن است همان پاسخ را جور دیگری داوری کند.
error-queue-weft-next = روی همهٔ دستگاه‌ها همان `weft` را نصب کنید و کارگرها را دوباره راه بیندازید.
error-queue-trusting = کارگری پاسخ‌ها را اجرا می‌کند با آنکه لایه‌ای از جعبهٔ شنی‌اش نیست.
error-queue-trusting-next = آن را همان‌جا درست کنید (`weft doctor` می‌گوید چگونه). اگر به دانشجویان مانند خودتان اعتماد دارید، اینجا هم `--i-trust-these-students` را بیفزایید.
error-grade-stopped = چنان‌که خواستید متوقف شد؛ هر پاسخ‌نامه‌ای که تمام شده بود نگه داشته شده است.
error-grade-stopped-next = برای ادامه همین فرمان را با `--resume` بدهید.
error-grade-internal = { $count ->
    [one] یک پاسخ داوری نشد؛ تقصیر ماست، نه دانشجو.
   *[other] { $count } پاسخ داوری نشد؛ تقصیر ماست، نه دانشجویان.
}
error-grade-internal-cause = { $answers }
error-grade-internal-next = همین فرمان را دوباره بدهید تا باز آزموده شود، یا امتیازها را با دست در { $path }/hand.csv بنویسید. تا آن هنگام از کسی امتیازی کم نمی‌شود.
error-hand-too-large = { $path } از { $limit } مگابایت بزرگ‌تر است.
error-hand-too-large-next = باید فایل CSV با ستون‌های `student`، `task`، `points` و `comment` باشد، مانند `hand-open.csv`.
error-hand-line = خط { $line } از { $path } معنایی ندارد.
error-hand-line-cause = { $kind ->
    [encoding] رمزگذاری آن `UTF-8` نیست. در برنامهٔ صفحه‌گسترده، جدول را با قالب `CSV UTF-8` ذخیره کنید.
    [column] ستون `{ $name }` در خط نخست نیست.
    [fields] این خط { $found } خانه دارد و خط نخست { $wanted } خانه. خانه‌ای را که نشانهٔ جداکننده دارد در گیومهٔ انگلیسی (`"`) بگذارید.
    [task] تکلیف مسئله‌ای به نام «{ $name }» ندارد.
    [points] «{ $given }» امتیازی از صفر تا { $max } نیست.
   *[twice] «{ $student }» برای مسئلهٔ «{ $name }» از پیش امتیاز دارد.
}
error-hand-line-next = آن خط را درست کنید و دوباره بیازمایید؛ هنوز چیزی تصحیح نشده است.
error-grade-toolchain = در اینجا نمی‌توان پاسخ‌ها را کامپایل کرد.
error-grade-toolchain-cause = { $reason }
error-grade-toolchain-next = فرمان `weft doctor` نشان می‌دهد چه چیزی کم است.
error-grade-no-compiler = کامپایلر Rust اجرا نمی‌شود: { $program }.
error-grade-no-compiler-cause = { error-file-cause }
error-grade-no-compiler-next = زبان Rust را از https://rustup.rs نصب کنید و پایانهٔ تازه‌ای باز کنید؛ فرمان `weft doctor` این دستگاه را بررسی می‌کند.
error-grade-no-linker = کامپایلر C پیدا نشد، و Rust برای پیوند دادن به آن نیاز دارد.
error-grade-no-linker-next = یکی نصب کنید (Debian و Ubuntu: `apt install gcc`)؛ فرمان `weft doctor` این دستگاه را بررسی می‌کند.
error-grade-temporary = در { $path }، پوشهٔ چیزهای موقت، نمی‌توان چیزی را آماده کرد.
error-grade-temporary-cause = { error-file-cause }
error-grade-temporary-next = در آنجا جا باز کنید، یا پوشهٔ دیگری را در متغیرهای محیط بنویسید: `TMPDIR=DIR weft grade ...`
error-grade-library = کتابخانه‌ای که پاسخ‌های این تکلیف می‌توانند به کار ببرند آماده نشد.
error-grade-library-cause = { $reason }
error-grade-library-next = یک بار به شبکه وصل شوید، جا باز کنید و دوباره بیازمایید؛ هر چه در { $path } است دوباره ساخته می‌شود و می‌توان آن را پاک کرد. فرمان `weft doctor` ابزارهای Rust را بررسی می‌کند.

error-sandbox-bubblewrap = در اینجا نمی‌توان برنامه‌های دانشجویان را در بند نگه داشت: { $layers } نیست.
error-sandbox-bubblewrap-next = آن را نصب کنید (در Debian و Ubuntu: `apt install bubblewrap`). اگر به دانشجویان همان‌قدر اعتماد دارید که به خودتان، `--i-trust-these-students` را بیفزایید.
error-sandbox-forbidden = در اینجا نمی‌توان برنامه‌های دانشجویان را در بند نگه داشت: سیستم به bubblewrap اجازهٔ کار نمی‌دهد.
error-sandbox-forbidden-cause = { $reason }
error-sandbox-forbidden-next = فضای نام کاربر را برای bubblewrap مجاز کنید (`docs/grading.md` می‌گوید چگونه). اگر به دانشجویان همان‌قدر اعتماد دارید که به خودتان، `--i-trust-these-students` را بیفزایید.
error-sandbox-kernel = در اینجا نمی‌توان برنامه‌های دانشجویان را در بند نگه داشت: در Linux این‌ها نیست: { $layers }.
error-sandbox-kernel-next = از Linux نسخهٔ 5.13 یا تازه‌تر با این لایه‌ها استفاده کنید. اگر به دانشجویان همان‌قدر اعتماد دارید که به خودتان، `--i-trust-these-students` را بیفزایید.
error-sandbox-holes = در اینجا چیزی از جعبهٔ شنی بیرون می‌رود: { $holes }.
error-sandbox-holes-next = لطفاً این را با خروجی `weft doctor` گزارش دهید. اگر به دانشجویان همان‌قدر اعتماد دارید که به خودتان، `--i-trust-these-students` را بیفزایید.
error-sandbox = جعبهٔ شنی در اینجا کار نمی‌کند.
error-sandbox-cause = { $reason }
error-sandbox-next = فرمان `weft doctor` همهٔ لایه‌هایش را می‌آزماید.

## فراموش کردن دانشجو

forgotten = «{ $student }» فراموش شد: در دفتر ثبت، نمره‌ها، نمای کلی و گزارش‌ها.
forgotten-file = پاک شد: { $path }
forgotten-still-in = دفترچه هنوز در { $path } است و از درون آن چیزی نمی‌توان برداشت. آن فایل را خودتان پاک کنید.
forgotten-left = { $path } هنوز آنجاست و فایل‌هایی دارد که دفترچه نیستند. آن را خودتان پاک کنید، وگرنه تصحیح بعدی باز این دانشجو را می‌یابد.
forgotten-handed-in = آنچه دانشجویان فرستاده‌اند هنوز در { $path } است. `--submissions` را با همین مسیر بیفزایید تا سهم این دانشجو از آن هم پاک شود.
error-forget-no-grading = در { $path } نمره‌ای نیست.
error-forget-no-grading-cause = { error-file-cause }
error-forget-no-grading-next = پوشهٔ نمره‌ها را با `--out` بنویسید.
error-forget-unknown = از «{ $student }» چیزی در { $path } دانسته نیست.
error-forget-unknown-next = نام دانشجو همان نام پوشه یا فایل است، یا شماره‌ای که سامانهٔ درس داده است؛ همه در `grades.json` هستند.

## فرستادن پاسخ

submit-compiling = پاسخ‌های شما کامپایل می‌شوند؛ چیزی از آن‌ها اجرا نمی‌شود ...
submit-packed = { $path } آمادهٔ فرستادن است: تکلیف { $assignment } با پاسخ { $count } مسئله از { $total }.
submit-open = بی‌پاسخ: { $tasks }.
error-submit-absent = دفترچهٔ { $path } وجود ندارد.
error-submit-absent-next = مسیر را بررسی کنید؛ نخست دفترچه را در JupyterLab ذخیره کنید.
error-submit-over = { $path } خودِ دفترچه است؛ فایل zip روی آن نوشته می‌شد.
error-submit-over-next = با `--out` نام دیگری به فایل zip بدهید، یا آن را ننویسید.
error-submit-out = { $path } را نمی‌توان نوشت.
error-submit-out-cause = { error-file-cause }
error-submit-out-next = با `--out` یک فایل zip نام ببرید، در پوشه‌ای که اجازهٔ نوشتن در آن را دارید و روی دیسکی که جا دارد.
error-submit-unreadable = { $path } را نمی‌توان فرستاد.
error-submit-unreadable-cause = { $reason }
error-submit-unreadable-next = آن را در JupyterLab باز کنید، ذخیره کنید و دوباره بیازمایید.
error-submit-no-assignment = { $path } دفترچهٔ یک تکلیف نیست.
error-submit-no-assignment-next = پاسخ‌ها را در همان دفترچه‌ای بنویسید که مدرس به شما داده است.
error-submit-other-assignment = این تکلیف «{ $found }» است، نه «{ $wanted }».
error-submit-other-assignment-next = دفترچهٔ درست را بنویسید، یا `--assignment` را بردارید.
error-submit-untouched = مسئلهٔ `{ $task }` هنوز پاسخی ندارد.
error-submit-untouched-next = آن را بنویسید، دفترچه را ذخیره کنید و دوباره بیازمایید؛ با `--incomplete` همان‌طور که هست بسته می‌شود.
error-submit-task = مسئلهٔ `{ $task }` را این‌گونه نمی‌توان تصحیح کرد.
error-submit-task-cause = { $reason }
error-submit-task-next = آن را در JupyterLab درست کنید، دفترچه را ذخیره کنید و دوباره بیازمایید.
error-submit-compile = مسئلهٔ `{ $task }` هنگام تصحیح کامپایل نخواهد شد.
error-submit-compile-cause = { $reason }
error-submit-compile-next = هر پاسخ تنهاست: فقط آنچه در خانهٔ خودش و خانه‌های داده‌شده به آن هست به شمار می‌آید. با `--no-compile` در هر حال بسته می‌شود.
error-submit-compiler = پاسخ‌های شما در اینجا کامپایل نشدند.
error-submit-compiler-cause = { $reason }
error-submit-compiler-next = فرمان `weft doctor` نشان می‌دهد چه چیزی کم است؛ با `--no-compile` دفترچه بدون کامپایل بسته می‌شود.

## پزشک

doctor-user-namespaces = جعبهٔ شنی: فضای نام کاربر
doctor-landlock = جعبهٔ شنی: Landlock
doctor-landlock-next = فقط `weft grade` به آن نیاز دارد: Linux نسخهٔ 5.13 یا تازه‌تر که با Landlock آغاز شده باشد.
doctor-seccomp = جعبهٔ شنی: seccomp
doctor-seccomp-next = فقط `weft grade` به آن نیاز دارد: Linux با صافی فراخوانی‌های سیستم.
doctor-bubblewrap = جعبهٔ شنی: bubblewrap
doctor-bubblewrap-next = فقط `weft grade` به آن نیاز دارد: `apt install bubblewrap` و سیستمی که به آن اجازهٔ فضای نام کاربر بدهد.
doctor-cgroup = جعبهٔ شنی: گروه‌های کنترل
doctor-cgroup-counted = سیستم حافظه و پردازه‌ها را می‌شمارد
doctor-cgroup-measured = واگذار نشده است؛ حافظه و پردازه‌ها به جای آن گاه‌به‌گاه اندازه گرفته می‌شوند
doctor-escapes = جعبهٔ شنی: تلاش برای بیرون رفتن
doctor-escapes-next = فرمان `weft grade` در اینجا چیزی اجرا نمی‌کند، مگر آنکه به دانشجویان اعتماد شود.
doctor-escapes-held = { $count ->
    [one] تنها تلاش به جایی نرسید
   *[other] هر { $count } تلاش به جایی نرسید
}
doctor-escapes-holes = از { $count } تلاش این‌ها بیرون رفتند: { $holes }
