# آنچه تمرین‌ها می‌گویند: عنوان، سناریو، یادداشت و متن هر خط چاپ‌شده.
# نام‌ها (Reza، myFunc، MyClass-2، p1) و متغیرها ترجمه نمی‌شوند.

## پارامترها

parameter-n_threads = شمار نخ‌ها (در تمرین `s1e6`: شمار جفت‌های نخ)
parameter-n_process = شمار پردازه‌ها
parameter-n_products = شمار کالاها
parameter-n_inputs = شمار ورودی‌ها
parameter-shared_cell = با 1 اشکال دیده می‌شود: یک خانهٔ مشترک به جای صف
parameter-n_rounds = شمار دورها
parameter-n_permits = شمار مجوزها
parameter-n_parties = شمار نخ‌هایی که باید به مانع برسند
parameter-n_handlers = شمار نخ‌هایی که منتظر رویداد می‌مانند
parameter-n_counts = شمارش تا کجا پیش می‌رود
parameter-interval = چند دهم ثانیه تا عمل کردن زمان‌سنج (در سناریوهای 2 و 3: نصف این زمان)
parameter-num = عددی که مکعب و مربع آن حساب می‌شود
parameter-length = طول آرایه یا فهرست
parameter-n_items = شمار کالاهای صف
parameter-count = شمارش تا کجا پیش می‌رود
parameter-parties = شمار پردازه‌هایی که باید به مانع برسند
parameter-n_workers = شمار کارگرهای مخزن (0 یعنی یکی برای هر هستهٔ پردازنده)
parameter-n_tasks = شمار وظیفه‌ها
parameter-seconds = پردازه چند ثانیه مهلت کار دارد (در تمرین `s4e14`: مکث بلندتر چند ثانیه است)
parameter-dishes = شمار ظرف‌ها
parameter-items = شمار عددهایی که فرستاده می‌شوند
parameter-workers = شمار کارگرها
parameter-limit = هر کارگر تا کجا می‌شمارد
parameter-gil = با 1 همهٔ نخ‌های یک پردازه در یک قفل شریک می‌شوند، مانند قفل مفسر (`GIL`) در `CPython`
parameter-dryers = شمار خشک‌کننده‌ها (در سناریوهای 1 و 2)
parameter-n_values = شمار کارها
parameter-processes = با 1 به جای مخزن نخ‌ها مخزن پردازه‌ها به کار می‌رود
parameter-n_hosts = شمار میزبان‌ها
parameter-n_clients = شمار کلاینت‌ها
parameter-load = شمار پیام‌ها
parameter-n_sites = شمار نشانی‌های سرور آزمایشی درونی (با `--sites` فایل تعیین می‌کند)
parameter-concurrency = کارگر هم‌زمان چند وظیفه را انجام می‌دهد
parameter-sites = فایل متنی نشانی‌هایی که باید بررسی شوند، در هر خط یکی (نشانهٔ `#` آغاز توضیح است)
