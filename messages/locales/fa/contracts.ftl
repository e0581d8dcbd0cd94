# What `weft explore s1e6` says: what the order contract of an exercise is worth.

help-explore-scenario = برای یک تمرین: کدام یک از سه سناریوی آن (وگرنه 1)
help-explore-classes = برای تمرین: بیش از این تعداد دسته کاویده نشود؛ این دسته‌ها روی هر دستگاهی یکسان‌اند

contract-played = اجراشده در مدل با { $params }.
contract-played-plain = اجراشده در مدل، همان‌گونه که هست.
contract-word-broken = نقض‌شدنی
contract-word-holds = برقرار
contract-word-can-fail = نه‌همیشه
contract-word-never-fails = همیشه برقرار
contract-word-open = داوری‌نشده
contract-word-unfinished = بی‌پایان
contract-word-lacks = بی‌مدل
contract-rule = { $rule }
contract-open-time = { $rule }   دربارهٔ زمان واقعی است؛ زمان مدل مجازی است.
contract-open-outputs = { $rule }   خروجی‌ها بیش از آن‌اند که یک‌به‌یک بررسی شوند.
contract-open-no-time = { $rule }   برای داوری دربارهٔ آن زمانی نمانده بود.
contract-open-no-memory = { $rule }   برای داوری دربارهٔ آن حافظه‌ای نمانده بود.
contract-open-interrupted = { $rule }   پیش از داوری قطع شد.
contract-open-end = معلوم نیست که این تمرین همیشه به پایان می‌رسد یا نه: این بررسی انجام نشد.
contract-unfinished = این تمرین همیشه به پایان نمی‌رسد.
contract-lacks = { $what }. چیزی اثبات نشد.
contract-no-schedule = در این زمان، زمان‌بندی‌ای برای آن دوباره پیدا نشد.

error-contract-not-played = { $id } را نمی‌توان در مدل اجرا کرد: از { $lacks } استفاده می‌کند.
error-contract-not-played-cause = سوکت‌ها، برنامه‌های دیگر، درخواست‌های وب و نخ‌های سبز مدلی ندارند.
error-contract-not-played-next = فرمان `weft run { $id }` آن را به‌راستی اجرا می‌کند.
error-contract-scenario = سناریوی { $value } وجود ندارد: هر تمرین سه سناریو دارد.
error-contract-scenario-next = گزینهٔ `--scenario 1` یا 2 یا 3 را بدهید.
error-contract-only-files = { $option } برای برنامه‌هاست، نه برای تمرین‌ها.
error-contract-only-exercises = { $option } برای تمرین‌هاست، نه برای برنامه‌ها.
