# آنچه نمره‌دهی دربارهٔ پاسخ‌های کاویده‌شده می‌گوید: همهٔ زمان‌بندی‌هایشان، در مدل.

## چه چیزی نادرست می‌شود

grading-explore-deadlock = در یکی از زمان‌بندی‌ها هیچ نخی نمی‌تواند پیش برود: بن‌بست.
grading-explore-lost-update = در یکی از زمان‌بندی‌ها نخی روی چیزی می‌نویسد که نخ دیگری همین حالا تغییر داده است: تغییر گم‌شده.
grading-explore-data-race = دو نخ با یک حافظه کار می‌کنند، یکی می‌نویسد، و هیچ ترتیبی میانشان نیست: رقابت بر سر داده.
grading-explore-panic = در یکی از زمان‌بندی‌ها دچار panic می‌شود.
grading-explore-livelock = در یکی از زمان‌بندی‌ها نخ‌ها تا ابد کار می‌کنند و به جایی نمی‌رسند: بن‌بست زنده.
grading-explore-lost-wakeup = در یکی از زمان‌بندی‌ها نخی منتظر خبری است که پیش از انتظار او آمده بود: بیدارباش گم‌شده.
grading-explore-blocked-at-exit = در یکی از زمان‌بندی‌ها برنامه پایان می‌یابد و نخی برای همیشه گیر کرده است.
grading-explore-nondeterminism = همان زمان‌بندی بار دوم کار دیگری کرد.
grading-explore-woken = انتظار برای یک شرط ممکن است بی‌خبر هم پایان یابد (بیدار شدن بی‌جا) و آنگاه کار خراب می‌شود: دوباره پرسیده نمی‌شود که آیا هنوز باید منتظر ماند. به جای `if` از `while` یا `wait_while` استفاده کنید.
grading-explore-leaves = در یکی از زمان‌بندی‌ها به پردازه پایان می‌دهد، پیش از آنکه برنامهٔ پیرامونش کار خود را تمام کرده باشد.
grading-explore-prints = در یکی از زمان‌بندی‌ها چیزی چاپ می‌کند که پاسخ درست هرگز چاپ نمی‌کند: کم‌همگام است.
grading-explore-never-right = در هر زمان‌بندی چیزی چاپ می‌کند جز آنچه پاسخ درست چاپ می‌کند: این ربطی به همگام‌سازی ندارد.
grading-explore-never-prints = چیزی را که پاسخ درست می‌تواند چاپ کند، هرگز چاپ نمی‌کند: بیش‌همگام است.

## آنچه همراهش نشان داده می‌شود

grading-explore-label-lines = خط‌های پاسخ شما
grading-explore-label-printed = می‌تواند این را چاپ کند
grading-explore-label-required = هرگز این را چاپ نمی‌کند
grading-explore-label-ending = و سپس می‌آید
grading-explore-label-cell = برای دیدن گام به گام، این را در یک خانه بچسبانید
grading-explore-label-program = آنچه کاویده شد
grading-explore-nothing = (هیچ)

## چرا کسی نمی‌داند

grading-explore-open-not-modelled = کاوشگر مدلی از `{ $what }` ندارد، پس این پاسخ را نمی‌شد کاوید.
grading-explore-open-beyond = این پاسخ را نتوانستیم بکاویم. مدلی ندارد: { explore-beyond }
grading-explore-open-time = زمان‌بندی‌های این پاسخ بیش از آن است که در { $limit } ثانیه کاویده شود.
grading-explore-open-memory = زمان‌بندی‌های این پاسخ بیش از آن است که با { $limit } مگابایت حافظه کاویده شود.
grading-explore-open-bounded = همهٔ زمان‌بندی‌های این پاسخ را نمی‌شد کاوید: پیاپی همان را می‌پرسد، یا از مدل بیرون می‌رود.
grading-explore-open-nondeterminism = این پاسخ با همان زمان‌بندی دو بار یک کار نمی‌کند، پس نمی‌شد آن را کاوید.
grading-explore-open-outputs = این پاسخ چنان چیزهای گوناگونی می‌تواند چاپ کند که نمی‌شد آن‌ها را سنجید.
grading-explore-open-reference = چیزی نبود که این پاسخ با آن سنجیده شود: پاسخ درست را نمی‌شد تا پایان کاوید.
grading-explore-open-broke = کاوش این پاسخ نیمه‌کاره ماند.
grading-explore-no-fault = تقصیر شما نیست و امتیازی از شما کم نمی‌شود: یک انسان آن را خواهد دید.
