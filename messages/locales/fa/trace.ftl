# `weft trace`: the timeline of any program.

help-trace = هر برنامه‌ای را اجرا می‌کند و نشان می‌دهد نخ‌ها و پردازه‌هایش چه کردند
help-trace-after = ورودی، خروجی و کد خروج از آنِ خود برنامه است (اگر سیگنالی به آن پایان داده باشد، 128 به‌اضافهٔ شمارهٔ سیگنال). فقط اگر نتوان اجرایش کرد: 2 برای فراخوانی نادرست و 3 اگر چیزی در این دستگاه کم باشد. اگر فایلی برای نوشتن داده نشود، خط زمان پس از پایان برنامه به‌صورت متن در خروجی خطا می‌آید.
help-trace-timeline = خط زمان را در این فایل می‌کشد
help-trace-json = سند JSON را در این فایل می‌نویسد
help-trace-program = برنامه و آرگومان‌هایش، بهتر است پس از `--`

error-trace = این برنامه را اینجا نمی‌توان دنبال کرد.
error-trace-cause = { $reason }
error-trace-next = فرمان `weft doctor` این دستگاه را بررسی می‌کند.
error-trace-start = برنامهٔ { $program } آغاز نشد.
error-trace-start-cause = { $reason }
error-trace-start-next = ببینید آیا بدون `weft trace` اجرا می‌شود.
error-trace-missing = برنامه‌ای به نام «{ $program }» نیست.
error-trace-missing-next = مسیرش را بدهید، مثلاً `./{ $program }`، یا نامی از یکی از پوشه‌های `PATH`.
error-trace-no-file = فایل { $program } وجود ندارد.
error-trace-no-file-next = مسیر برنامه را بررسی کنید.
error-trace-not-executable = فایل { $program } برنامه‌ای نیست که بتوان اجرایش کرد.
error-trace-not-executable-next = اگر باید برنامه باشد، `chmod +x { $program }` آن را اجراپذیر می‌کند.
error-trace-static = برنامهٔ { $program } را نمی‌توان دنبال کرد.
error-trace-static-cause = ایستا پیوند خورده است: مستقیم با سیستم حرف می‌زند و چیزی را نمی‌توان میانشان گذاشت.
error-trace-static-next = آن را با پیوند پویا بسازید: Rust برای هدف `gnu` خودبه‌خود چنین می‌کند.
error-trace-foreign = برنامهٔ { $program } را نمی‌توان دنبال کرد.
error-trace-foreign-cause = برای دستگاهی از گونه‌ای دیگر ساخته شده است.
error-trace-foreign-next = آن را برای این دستگاه بسازید.
error-trace-rights = برنامهٔ { $program } را نمی‌توان دنبال کرد.
error-trace-rights-cause = با دسترسی‌های کاربری دیگر اجرا می‌شود؛ سیستم نمی‌گذارد پیشاپیش چنین برنامه‌ای کتابخانه‌ای بار شود.
error-trace-rights-next = رونوشتی از آن را که از آنِ خودتان است دنبال کنید: رونوشت چنین دسترسی‌هایی ندارد.
error-trace-nothing = برنامه اجرا شد، ولی چیزی از آن دیده نشد.
error-trace-nothing-cause = شاید در محیطی تهی یا در کانتینری جداگانه آغاز شده باشد.
error-trace-nothing-next = برنامهٔ درونی را مستقیم دنبال کنید.
