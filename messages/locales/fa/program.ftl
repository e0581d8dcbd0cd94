# آنچه برنامهٔ `weft` در خط فرمان می‌گوید.
# نام فرمان‌ها، گزینه‌ها و فایل‌ها میان ` ` می‌آید و ترجمه نمی‌شود.

language-name = فارسی
list-separator = { "، " }

## راهنما

help-weft = نخ‌ها و پردازه‌ها را با Rust یاد بگیرید: هسته‌ای برای Jupyter و یک کتاب کار.
help-weft-after = با `weft lab` آغاز کنید. `weft COMMAND --help` دربارهٔ هر فرمان بیشتر می‌گوید.
help-heading-usage = کاربرد:
help-heading-commands = فرمان‌ها
help-heading-arguments = آرگومان‌ها
help-heading-options = گزینه‌ها
help-heading-parameters = پارامترهای تمرین‌ها (بازه و مقدار پیش‌فرض)
help-help = این راهنما را نشان می‌دهد
help-version = نسخهٔ برنامه را نشان می‌دهد
help-lang = زبان همهٔ متن‌ها: { $languages }
help-json = به جای متن، یک سند JSON چاپ می‌کند

help-lab = کتاب کار را در JupyterLab باز می‌کند و هر چه را کم باشد آماده می‌سازد
help-lab-ip = نشانی‌ای که به آن گوش داده شود (وگرنه 127.0.0.1)؛ با `0.0.0.0` دستگاه‌های دیگر هم به آن می‌رسند، چنان‌که کانتینر نیاز دارد
help-lab-port = درگاهی که به آن گوش داده شود (وگرنه نخستین درگاه آزاد از 8888 به بعد)
help-lab-no-browser = مرورگر را باز نمی‌کند و فقط نشانی را چاپ می‌کند
help-lab-dir = پوشهٔ نسخه‌های شما از دفترچه‌ها (وگرنه `~/weft-workbook`)
help-lab-yes = بی‌آنکه بپرسد یک Jupyter خصوصی آماده می‌کند
help-lab-offline = از شبکه استفاده نمی‌کند: آنچه باید آماده باشد باید از پیش آماده باشد، و `:dep` فقط بسته‌هایی را برمی‌دارد که روی این دستگاه هستند

help-list = فهرست تمرین‌ها

help-run = یک تمرین را اجرا می‌کند
help-run-after = بدون `--seed` هر اجرا عددهای تصادفی تازه‌ای می‌گیرد؛ بذر نشان داده می‌شود تا بتوان اجرا را تکرار کرد.
help-run-id = نام تمرین، مثلاً s1e1
help-run-scenario = کدام یک از سه سناریوی آن (وگرنه 1)
help-run-save = سند JSON را در این فایل هم می‌نویسد
help-run-seed = انتخاب‌های تصادفی تمرین را ثابت می‌کند
help-run-shake = تأخیری تصادفی تا این تعداد میلی‌ثانیه در هر فراخوانی کتابخانه: ترتیب‌های تضمین‌شده همچنان برقرار می‌مانند و ترتیب‌هایی که از بخت بوده‌اند به هم می‌خورند
help-run-time-scale = همهٔ مکث‌های تمرین را در این عدد ضرب می‌کند (وگرنه `WEFT_TIME_SCALE`، وگرنه 1)

help-doctor = هر چه را Weft به آن نیاز دارد بررسی می‌کند و در پایان یک هستهٔ واقعی را می‌آزماید
help-install = هسته را به Jupyter می‌شناساند
help-uninstall = هسته را از Jupyter برمی‌دارد؛ دقیقاً آنچه `weft install` نوشته است
help-install-user = برای همین کاربر (پیش‌فرض)
help-install-sys-prefix = برای محیط Python فعال
help-install-prefix = برای نصبی که این پیشوند را دارد
help-install-name = نام هسته نزد Jupyter (وگرنه weft)

help-kernel = خودِ هسته؛ Jupyter آن را آغاز می‌کند
help-kernel-file = فایل اتصالی که Jupyter می‌نویسد

help-notebooks = برای نویسندگان: دفترچه‌ها را از متن‌های مبدأ می‌سازد
help-notebooks-check = فقط مقایسه می‌کند و چیزی نمی‌نویسد
help-notebooks-dir = پوشهٔ متن‌های مبدأ (وگرنه `notebooks`)

help-completions = متن تکمیل خودکار یک پوسته را چاپ می‌کند
help-completions-shell = یکی از `bash`، `elvish`، `fish`، `powershell` یا `zsh`
help-man = صفحه‌های راهنما را می‌نویسد
help-man-dir = پوشه‌ای برای همهٔ صفحه‌ها (وگرنه صفحهٔ برنامه چاپ می‌شود)
man-written = صفحه‌های راهنما در { $path } هستند؛ `man -l { $path }/weft.1` نخستین را نشان می‌دهد.

## اشتباه‌های خط فرمان

error-unknown-language = ‏Weft زبان «{ $name }» را نمی‌داند.
error-unknown-language-cause = گزینهٔ `--lang` این‌ها را می‌شناسد: { $languages }.
error-unknown-language-next = آن را ننویسید تا زبان سیستم شما به کار رود.

error-unknown-command = فرمان «{ $name }» وجود ندارد.
error-unknown-command-next = فرمان `weft --help` همهٔ فرمان‌ها را نشان می‌دهد.
error-unknown-command-near = فرمان «{ $name }» وجود ندارد.
error-unknown-command-near-next = آیا منظورتان `weft { $near }` بود؟

error-unknown-option = گزینهٔ «{ $option }» در اینجا وجود ندارد.
error-unknown-option-next = با افزودن `--help` گزینه‌های این فرمان را ببینید.
error-unknown-option-near = گزینهٔ «{ $option }» در اینجا وجود ندارد.
error-unknown-option-near-next = آیا منظورتان `{ $near }` بود؟

error-missing-argument = چیزی کم است: { $argument }.
error-missing-argument-next = با افزودن `--help` شیوهٔ نوشتن فرمان را ببینید.
error-missing-value = گزینهٔ { $option } مقدار می‌خواهد.
error-missing-value-next = با افزودن `--help` مقدارهای مجاز را ببینید.
error-value = «{ $value }» مقدار درستی برای { $option } نیست.
error-value-next = با افزودن `--help` مقدارهای مجاز را ببینید.
error-value-whole = «{ $value }» مقدار درستی برای { $option } نیست.
error-value-whole-next = عددی صحیح از { $least } تا { $most } می‌گیرد.
error-value-address = «{ $value }» مقدار درستی برای { $option } نیست.
error-value-address-next = نشانی عددی می‌گیرد، مانند `127.0.0.1` یا `::1`؛ `0.0.0.0` یعنی همهٔ نشانی‌های این دستگاه.
error-value-address-with-port = «{ $value }» مقدار درستی برای { $option } نیست.
error-value-address-with-port-next = نشانی عددی همراه با درگاهی تا 65535 می‌گیرد، مانند `127.0.0.1:8081` یا `[::1]:8081`.
error-takes-no-value = { $option } مقداری نمی‌گیرد.
error-takes-no-value-next = «={ $value }» را بردارید.
error-value-not-offered = «{ $value }» مقدار درستی برای { $option } نیست.
error-value-not-offered-next = یکی از این‌ها پذیرفته می‌شود: { $valid }.
error-conflict = { $option } و { $other } را نمی‌توان با هم نوشت.
error-conflict-next = یکی از آن دو را بردارید.
error-given-twice = { $option } دو بار نوشته شده است.
error-given-twice-next = یکی از آن دو را بردارید.
error-command-line = خط فرمان فهمیده نشد.
error-command-line-cause = { $reason }
error-command-line-next = با افزودن `--help` شیوهٔ نوشتن فرمان را ببینید.

error-unknown-exercise = تمرین «{ $id }» وجود ندارد.
error-unknown-exercise-cause = نام تمرین‌ها مانند `s1e1` یا `s2e8` است.
error-unknown-exercise-next = فرمان `weft list` همهٔ آن‌ها را نشان می‌دهد.

error-scenario = تمرین { $id } سناریوی «{ $value }» ندارد.
error-scenario-cause = سناریوهای آن از 1 تا { $last } شماره دارند.
error-scenario-next = فرمان `weft list` می‌گوید هر سناریو چه نشان می‌دهد.

error-no-parameters = تمرین { $id } پارامتر { $option } ندارد.
error-no-parameters-cause = این تمرین هیچ پارامتری نمی‌گیرد.
error-no-parameters-next = { $option } را بردارید.

error-not-a-parameter = تمرین { $id } پارامتر { $option } ندارد.
error-not-a-parameter-cause = پارامترهای آن: { $allowed }.
error-not-a-parameter-next = فرمان `weft list` پارامترهای هر تمرین را نشان می‌دهد.
parameter-allowed = { $option } از { $min } تا { $max }

error-parameter-range = «{ $value }» مقدار درستی برای { $option } در تمرین { $id } نیست.
error-parameter-range-cause = یک عدد صحیح از { $min } تا { $max } پذیرفته می‌شود.
error-parameter-range-next = آن را ننویسید تا { $default } به کار رود.
error-sites = { $option } { $path } را نمی‌توان به کار برد.
error-sites-cause = { $reason }
error-sites-next = یک فایل متنی لازم است که در هر خط آن یک نشانی باشد، برای نمونه https://example.org.

error-seed = «{ $value }» بذر تصادفی درستی نیست.
error-seed-cause = بذر یک عدد صحیح است، 0 یا بیشتر.
error-seed-next = بدون `--seed` بذر تازه‌ای گرفته می‌شود.

error-shake = «{ $value }» مقدار درستی برای `--shake` نیست.
error-shake-cause = شمار میلی‌ثانیه‌ها، عددی صحیح از 0 تا { $max }، پذیرفته می‌شود.
error-shake-next = برای آغاز، 5 خوب است.

error-time-scale = «{ $value }» مقدار درستی برای { $option } نیست.
error-time-scale-cause = عددی از 0 تا { $max } پذیرفته می‌شود؛ 0.1 مکث‌ها را ده برابر کوتاه‌تر می‌کند.
error-time-scale-next = آن را ننویسید تا مکث‌ها همان باشند که نوشته شده‌اند.

## فایل‌ها و جریان‌ها

error-file = { $path } را نمی‌توان به کار برد.
error-file-cause =
    { $kind ->
        [missing] آنجا نیست.
        [denied] اجازهٔ خواندن یا نوشتن آن را ندارید.
        [folder] این یک پوشه است.
        [no-folder] بخشی از مسیر پوشه نیست.
        [full] دیسک پر است.
        [occupied] فایلی به همین نام در آنجا هست.
        [read-only] روی دیسکی است که فقط می‌توان از آن خواند.
       *[other] { $reason }
    }
error-file-next = ببینید آیا این مسیر وجود دارد و شما اجازهٔ خواندن و نوشتن در آن را دارید.
error-make-folder = پوشهٔ { $path } را نمی‌توان ساخت.
error-make-folder-cause =
    { $kind ->
        [missing] اینجا نمی‌توان چیزی ساخت.
        [denied] اجازهٔ نوشتن در آنجا را ندارید.
        [no-folder] بخشی از مسیر پوشه نیست.
        [full] دیسک پر است.
        [occupied] فایلی به همین نام در آنجا هست.
        [read-only] روی دیسکی است که فقط می‌توان از آن خواند.
       *[other] { $reason }
    }
error-make-folder-next = جای دیگری برگزینید، یا مسیر و اجازه‌های خود را در آنجا بررسی کنید.
error-output = خروجی را نمی‌توان نوشت.
error-output-cause = { $reason }
error-no-home = پوشهٔ خانگی شما شناخته نشد.
error-no-home-cause = متغیر HOME مقدار ندارد.
error-no-home-next = به HOME مقدار بدهید، یا با یکی از گزینه‌ها پوشه‌ای را نام ببرید.

## list و run

list-how-to-run = برای اجرا: `weft run ID --scenario N`
list-parameter = { $option } از { $min } تا { $max } (پیش‌فرض { $default })

run-scenario = سناریوی { $number }: { $title }
run-guaranteed-held = تضمین‌شده، برقرار بود: {"\u2066"}{ $rule }{"\u2069"}
run-guaranteed-broken = تضمین‌شده، نقض شد: {"\u2066"}{ $rule }{"\u2069"}
run-likely-held = تنها محتمل، این بار برقرار بود: {"\u2066"}{ $rule }{"\u2069"}
run-likely-not-held = تنها محتمل، این بار برقرار نبود: {"\u2066"}{ $rule }{"\u2069"}
run-result = نتیجه: { $result }

error-run = تمرین اجرا نشد.
error-run-cause = { $reason }
error-run-next = فرمان `weft doctor` این دستگاه را بررسی می‌کند.
error-run-interrupted = اجرا قطع شد.
error-run-timed-out = تمرین { $id } بیش از اندازه طول کشید و به آن پایان داده شد.
error-run-timed-out-cause = هر اجرا 60 ثانیه وقت دارد.
error-run-timed-out-next = پارامتر کوچک‌تری بدهید، یا `--time-scale 0.1` را بیازمایید.
error-run-failed = تمرین { $id } با خطا پایان یافت.
error-run-failed-cause = { $reason }
error-run-failed-next = فرمان `weft doctor` این دستگاه را بررسی می‌کند.
error-order-broken = تمرین { $id } ترتیبی را نقض کرد که تضمین شده است.
error-order-broken-cause = { $rules }
error-order-broken-next = این اشکالی در Weft است: لطفاً آن را همراه با `--seed { $seed }` گزارش کنید.

## install و uninstall

install-written = نوشته شد: { $path }
install-removed = برداشته شد: { $path }
install-next = اکنون Jupyter هستهٔ «Rust (Weft)» را پیشنهاد می‌کند.
error-kernel-name = «{ $name }» نمی‌تواند نام یک هسته باشد.
error-kernel-name-cause = نام از حرف‌های a تا z، رقم، نقطه، خط تیره و زیرخط ساخته می‌شود.
error-kernel-name-next = بدون `--name` نام weft به کار می‌رود.
error-kernelspec-foreign = { $path } از آنِ هستهٔ دیگری است.
error-kernelspec-foreign-cause = ‏Weft چیزی را که خودش ننوشته، نه بازنویسی می‌کند و نه برمی‌دارد.
error-kernelspec-foreign-next = با `--name` نام دیگری برگزینید.
error-not-installed = هیچ هسته‌ای از Weft در { $path } نصب نیست.
error-not-installed-next = فرمان `jupyter kernelspec list` جای هسته‌ها را نشان می‌دهد.
error-no-python = ‏Python پیدا نشد.
error-no-python-cause = برنامهٔ `python3` در PATH نیست.
error-no-python-next = ‏Python 3.9 یا تازه‌تر را نصب کنید؛ در Debian و Ubuntu با `apt install python3 python3-venv`.
error-python-broken = { $path } کار نمی‌کند.
error-python-broken-cause = { $reason }
error-python-broken-next = ‏Python را دوباره نصب کنید، یا `python3` دیگری را در آغاز PATH بگذارید.
error-kernel = هسته نتوانست با { $path } کار کند.
error-kernel-cause = { $reason }
error-kernel-next = این فرمان را Jupyter خودش اجرا می‌کند؛ `weft doctor` آن را می‌آزماید.

## lab

lab-looking = جست‌وجوی JupyterLab
lab-found = ‏JupyterLab { $version } ({ $path })
lab-too-old = ‏JupyterLab { $version } ({ $path }) قدیمی است: نسخهٔ 4 یا تازه‌تر لازم است
lab-unusable = { $path } نمی‌تواند JupyterLab را آغاز کند: { $reason }
lab-ask = ‏JupyterLab 4 پیدا نشد. آیا یک نسخهٔ خصوصی در { $path } آماده شود؟ چند دقیقه و حدود 300 مگابایت می‌خواهد.
lab-making = آماده‌سازی یک JupyterLab خصوصی
lab-kernelspec = نصب هسته
lab-preparing = آماده‌سازی کتابخانهٔ خانه‌های شما (بار نخست یک دقیقه طول می‌کشد)
lab-notebooks = رونوشت گرفتن از دفترچه‌ها
lab-copied = { $path }: { $new } تازه، { $updated } به‌روزشده، { $merged } به‌روزشده با حفظ نوشته‌های شما، { $kept } دفترچهٔ شما دست‌نخورده ماند
lab-both-changed = { $path }: خانه‌هایی که هم شما تغییرشان داده‌اید و هم در نسخهٔ تازه تغییر کرده‌اند: { $cells }. نوشتهٔ شما سر جایش است و متن تازه زیر هر کدام آمده است.
lab-left = { $path } همان‌طور که بود ماند، چون نمی‌شود به‌روزش کرد. برای گرفتن نسخهٔ تازه نامش را عوض کنید و دوباره `weft lab` را اجرا کنید.
lab-newer-version = نسخهٔ تازهٔ خانهٔ بالا (نوشتهٔ شما حفظ شد)
lab-opening = باز کردن JupyterLab
lab-open = ‏JupyterLab در نشانی بالا باز است. با Ctrl-C پایان می‌یابد.
lab-open-to-all = هر کس که به { $address } دسترسی و این توکن را دارد می‌تواند آنجا به نام شما برنامه اجرا کند.
error-no-jupyter = ‏JupyterLab پیدا نشد.
error-no-jupyter-cause = ‏JupyterLab 4 یا تازه‌تر در PATH نیست و نسخهٔ خصوصی هم آماده نشده است.
error-no-jupyter-next = فرمان `weft lab --yes` بی‌آنکه بپرسد یکی آماده می‌کند؛ یا آن را با `pip install jupyterlab` نصب کنید.
error-lab-offline = ‏JupyterLab هنوز اینجا آماده نشده است و این کار به شبکه نیاز دارد.
error-lab-offline-next = یک بار `weft lab` را بدون `--offline` اجرا کنید.
error-no-venv = ‏Python نمی‌تواند یک محیط خصوصی بسازد.
error-no-venv-cause = ماژول `venv` آن کامل نیست.
error-no-venv-next = در Debian و Ubuntu: `apt install python3-venv`.
error-jupyter-install = ‏JupyterLab آماده نشد.
error-jupyter-install-cause = { $reason }
error-jupyter-install-next = اتصال شبکه را بررسی کنید و دوباره بکوشید، یا JupyterLab را با `pip install jupyterlab` نصب کنید.
error-jupyter-ended = ‏JupyterLab خودبه‌خود پایان یافت.
error-jupyter-ended-cause = { $status }
error-jupyter-ended-next = آخرین گفته‌هایش در بالا آمده است؛ `weft doctor` این دستگاه را بررسی می‌کند.
error-jupyter-silent = ‏JupyterLab تا { $seconds } ثانیه پاسخ نداد.
error-jupyter-silent-next = دوباره بکوشید؛ `weft doctor` این دستگاه را بررسی می‌کند.
error-lab-address = این دستگاه نمی‌تواند به { $ip } گوش دهد.
error-lab-address-cause = نشانی این دستگاه نیست، یا نمی‌توان آن را به کار برد.
error-lab-address-next = با `--ip` نشانی دیگری برگزینید؛ برای نمونه `--ip 0.0.0.0` برای همهٔ نشانی‌ها.
error-port-taken = درگاه { $port } اشغال است.
error-port-taken-cause = برنامهٔ دیگری به آن گوش می‌دهد.
error-port-taken-next = با `--port` درگاه دیگری برگزینید، یا آن را ننویسید.
error-no-port = هیچ درگاهی از { $first } تا { $last } آزاد نیست.
error-no-port-next = با `--port` یکی را برگزینید.
error-prepare = کتابخانهٔ خانه‌های شما آماده نشد.
error-prepare-cause = { $reason }
error-prepare-next = فرمان `weft doctor` ابزارهای Rust را بررسی می‌کند.
error-no-notebooks = در این ساختِ Weft هیچ دفترچه‌ای نیست.
error-no-notebooks-next = آن را از مخزن کامل دوباره بسازید.

## doctor

doctor-status-ok = درست
doctor-status-note = یادآوری
doctor-status-missing = کم است
doctor-status-failed = ناموفق
doctor-platform = سکو
doctor-platform-next = ‏Weft روی Linux (با `x86_64` یا `aarch64`) کار می‌کند؛ در جاهای دیگر Docker یا WSL2 را به کار ببرید.
doctor-rustc = کامپایلر Rust
doctor-rustc-next = ابزارهای Rust را از https://rustup.rs نصب کنید، یا با `rustup update` به‌روز کنید.
doctor-cargo = ‏Cargo (سازندهٔ بسته‌ها)
doctor-cargo-next = ابزارهای Rust را از https://rustup.rs نصب کنید، یا با `rustup update` به‌روز کنید.
doctor-linker = پیونددهنده
doctor-linker-next = یک کامپایلر C نصب کنید؛ در Debian و Ubuntu با `apt install build-essential`.
doctor-linker-works = یک برنامه کامپایل، پیوند و اجرا شد
doctor-rust-src = متن کتابخانهٔ استاندارد
doctor-rust-src-next = برای اجرای خانه‌ها لازم نیست؛ با `rustup component add rust-src` تکمیل خودکار بهتر می‌شود.
doctor-rust-src-absent = نصب نیست
doctor-not-on-path = برنامهٔ `{ $name }` در PATH نیست
doctor-landlock-version = نسخهٔ { $version }
doctor-available = در دسترس است
doctor-not-available = در دسترس نیست
doctor-ports = درگاه‌ها
doctor-ports-next = برنامه‌ها باید بتوانند به 127.0.0.1 گوش دهند؛ دیوار آتش یا کانتینر را بررسی کنید.
doctor-port-free = درگاه { $port } آزاد است
doctor-port-taken = درگاه { $port } اشغال است؛ `weft lab` نخستین درگاه آزاد پس از آن را برمی‌گزیند
doctor-jupyter = ‏Jupyter روی این دستگاه
doctor-jupyter-next = فرمان `weft lab` یک JupyterLab خصوصی آماده می‌کند؛ یا آن را با `pip install jupyterlab` نصب کنید.
doctor-library = کتابخانهٔ خانه‌ها
doctor-library-next = به بررسی‌های ابزارهای Rust در بالا نگاه کنید؛ بار نخست به شبکه نیاز دارد.
doctor-library-announce = آماده‌سازی کتابخانهٔ خانه‌ها؛ بار نخست یک دقیقه طول می‌کشد.
doctor-kernelspec = هسته‌ای که Jupyter می‌شناسد
doctor-kernelspec-next = فرمان `weft install` هسته را به Jupyter می‌شناساند.
doctor-not-installed = هنوز نصب نیست؛ همین برنامه مستقیم آزموده می‌شود
doctor-kernelspec-stale = { $path } از { $program } نام می‌برد که وجود ندارد
doctor-kernel-announce = آزمودن یک هستهٔ واقعی؛ شاید یک دقیقه طول بکشد.
doctor-kernel-start = هسته: آغاز
doctor-kernel-start-next = گفته‌های هسته در خروجی Jupyter آمده است؛ `weft install` نصب آسیب‌دیده را درست می‌کند.
doctor-kernel-execute = هسته: اجرای یک خانه
doctor-kernel-execute-next = به بررسی‌های ابزارهای Rust در بالا نگاه کنید.
doctor-kernel-interrupt = هسته: قطع اجرای یک خانه
doctor-kernel-interrupt-next = لطفاً این را همراه با همهٔ خروجی `weft doctor --json` گزارش کنید.
doctor-kernel-shutdown = هسته: خاموش شدن
doctor-kernel-shutdown-next = لطفاً این را همراه با همهٔ خروجی `weft doctor --json` گزارش کنید.
doctor-all-well = همه چیز کار می‌کند.
error-doctor-missing =
    { $count ->
        [one] یک چیز که Weft به آن نیاز دارد کم است.
       *[other] { $count } چیز که Weft به آن‌ها نیاز دارد کم است.
    }
error-doctor-missing-next = خط‌هایی که با «کم است» نشان شده‌اند می‌گویند چه باید نصب شود.
error-doctor-failed =
    { $count ->
        [one] یک بررسی ناموفق بود.
       *[other] { $count } بررسی ناموفق بود.
    }
error-doctor-failed-next = خط‌هایی که با «ناموفق» نشان شده‌اند می‌گویند چه باید کرد.

## notebooks (برای نویسندگان)

notebook-written = نوشته شد: { $path }
notebook-removed = برداشته شد: { $path }
notebooks-unpublished = دیگر در `{ $lang }` منتشر نمی‌شود: { $count }. متن‌هایی از این دفترچه‌ها یا عنوان‌هایی در فهرست ترجمه نشده‌اند؛ `weft i18n report { $lang }` نامشان را می‌گوید.
notebook-missing = { $path } وجود ندارد
notebook-different = { $path } با متن مبدأ آن یکی نیست
notebook-extra = { $path } متن مبدأ ندارد
notebooks-up-to-date = همهٔ دفترچه‌ها همان‌اند که متن‌های مبدأ می‌گویند.
error-no-sources = در { $path } متن مبدأ دفترچه‌ها نیست.
error-no-sources-next = این فرمان را در ریشهٔ مخزن اجرا کنید، یا پوشه را با `--dir` نام ببرید.
error-notebook-source = یکی از متن‌های مبدأ دفترچه‌ها یا برنامه اشتباه دارد.
error-notebook-source-cause = { $reason }
error-notebook-source-next = آن را همان‌جا درست کنید و فرمان را دوباره اجرا کنید.
error-notebooks-differ =
    { $count ->
        [one] یک دفترچه با متن مبدأ آن یکی نیست.
       *[other] { $count } دفترچه با متن مبدأ آن‌ها یکی نیست.
    }
error-notebooks-differ-next = فرمان `weft notebooks` آن‌ها را از نو می‌نویسد.
