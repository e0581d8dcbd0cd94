# Zaman çizelgelerinin ve sıra açıklamalarının söyledikleri. İş parçacığı ve süreç adları programındır.

timeline-title-exercise = { $exercise }, senaryo { $scenario }: kim ne zaman ne yaptı
timeline-title-other = Kim ne zaman ne yaptı
timeline-summary = iş parçacıkları ve süreçler: { $lanes } · olaylar: { $events } · yazılan satırlar: { $lines } · süre: { $time }
timeline-lane-summary = { $name }: { $from } ile { $to } arası; çalışıyor %{ $running }, uyuyor %{ $sleeping }, bekliyor %{ $waiting }, kilitte takılı %{ $blocked }; yazılan satırlar: { $lines }
timeline-lanes-unsaid = Burada anlatılmayan iş parçacıkları ve süreçler: { $count }
timeline-axis = Zaman soldan sağa akar ve çalıştırmanın başından sayılır.
timeline-thread = iş parçacığı
timeline-process = süreç { $pid }
timeline-lane-unnamed = { $number } numara
timeline-more-names = { $names } ve { $count } tane daha
timeline-several = birkaç olay; kaç tane olduğu
timeline-note-mixed = Bir çubuğun çizilemeyecek kadar sık değiştiği yerde bir rengin yüksekliği, onun zamandaki payıdır.
timeline-note-lines = Yazılan { $all } satırdan { $count } tanesi burada; ötekilere yer kalmadı.
timeline-note-arrows = { $all } oktan { $count } tanesi eşit aralıklarla seçilip çizildi; hepsi resmi örterdi.
timeline-note-lanes = Çizilmeyen iş parçacıkları ve süreçler: { $count }
timeline-note-lost = Kayıt yeri doldu; eksik olaylar: { $count }
timeline-empty = Hiçbir şey olmadı.

state-running = çalışıyor ya da çalışmaya hazır
state-sleeping = uyuyor
state-waiting = bir başkasını bekliyor
state-blocked = takılı: kilit başkasında

arrow-spawn = başlatır
arrow-join = bitti, bekleniyordu
arrow-wake = bekleyene yol verir
arrow-send = ileti

event-spawn = başlatır
event-start = başlar
event-exit = biter
event-join-begin = bitmesini bekler:
event-join-end = bitmesini bekledi:
event-sleep-begin = uykuya dalar
event-sleep-end = uyanır
event-wait-begin = bekler:
event-wait-end = beklemesi bitti:
event-acquire = alır
event-release = bırakır
event-send = gönderir
event-receive = alır (ileti)
event-print = yazar
event-fork = süreç başlatır:
event-exec = başka bir program çalıştırır
event-signal = sinyal verir
event-mark = işaret

object-lane = iş parçacığı
object-lock = kilit
object-condition = koşul
object-barrier = bariyer
object-semaphore = semafor
object-event = olay
object-queue = kuyruk
object-pipe = boru
object-process = süreç
object-timer = zamanlayıcı
object-futex = futex

table-all = Bütün olaylar tablo olarak
table-time = Zaman
table-lane = Kim
table-event = Ne yapar
table-about = Neyle
table-left-out = Burada gösterilmeyen satırlar: { $count }

## Neden bu sırada
order-guaranteed = garanti: { $what }
order-likely = yalnızca olası: { $what }
order-surprise = bu çalıştırmada şaşırtıcı: { $what }
order-more = ve bu türden daha fazlası: { $count }
order-by-start = { $parent } bir başlatmadan önce ne yaparsa, başlatılanın yaptığı her şeyden önce gelir ({ $lanes })
order-by-join = { $lanes } ne yaptıysa, { $waiter } bitmelerini bekledikten (join) sonra ne yaparsa ondan önce gelir
order-by-lock = { $object } bir anda yalnızca birindedir (burada { $turns } kez, { $lanes } iş parçacığı ya da süreç); kimin önce aldığı şanstır
order-by-barrier = { $object }: herkes varmadan kimse geçmez ({ $rounds } kez açıldı)
order-by-message = { $object } yoluyla alınan, önceden gönderilmiştir ({ $messages } ileti)
order-by-permit = { $object } için hiçbir izin verilmeden alınmaz ({ $taken } tane alındı)
order-by-flag = { $object }: işaretlenmeden, bekleyenlerin hiçbiri ilerlemez
order-rule-held = { $rule } (bu kez sağlandı)
order-rule-not-held = { $rule } (bu kez sağlanmadı)
order-rule-broken = garanti edilen bir sıra BOZULDU: { $rule }
order-by-sleep = “{ $first }”, “{ $then }” satırından önce: aralarında yalnızca yaklaşık { $time } süren bir uyku var, onları başka bir şey sıralamıyor
order-overtaken = { $first }, daha önce başlatılan { $then } yazmadan yazdı: iki satırı hiçbir şey sıralamıyor
order-unended = daha bitmedi ve kimse beklemedi: { $lanes }

why-one-line = İkisi de aynı satır.
why-same-lane = “{ $first }”, “{ $then }” satırından önce gelir: ikisini de { $lane }, programının sırasıyla yazar.
why-always = “{ $first }”, her çalıştırmada “{ $then }” satırından önce gelir; nedeni bu zincir:
why-this-run = Bu çalıştırmada “{ $first }”, “{ $then }” satırından bu zincir yüzünden önce geldi; başka bir çalıştırmada tersi olabilir:
why-none = “{ $first }” ile “{ $then }” satırlarını hiçbir şey sıralamıyor. Aralarında { $time } vardı; başka bir çalıştırmada ters sırayla yazılabilirler.
why-step-line = { $time }: { $lane } “{ $line }” yazar
why-step-spawn = { $from_time }: { $from }, { $to } adlısını başlatır
why-step-join = { $from_time }: { $from } biter; { $to } bunu bekler (join) ve { $to_time } anında ilerler
why-step-handover = { $from_time }: { $from } bırakır: { $object }; { $to } onu { $to_time } anında alır
why-step-barrier = { $from_time }: { $from } varır: { $object }; { $to } ancak bundan sonra, { $to_time } anında geçebilir
why-step-message = { $from_time }: { $from } gönderir: { $object }; { $to } bunu { $to_time } anında alır
why-step-flag = { $from_time }: { $from } işaretler: { $object }; bunu bekleyen { $to } { $to_time } anında ilerler
why-step-wake = { $from_time }: { $from }, { $object } başında bekleyen { $to } adlısını uyandırır; o { $to_time } anında ilerler

## Hücre komutları
command-why = son çalıştırmada yazılan iki satırı neyin sıraladığını ya da hiçbir şeyin sıralamadığını söyler
why-usage = `:why` tırnak içinde iki satır ister, örneğin `:why "line A" "line B"`. Satırın bir parçası yeter; `"#3"` üçüncü satırdır.
why-no-line = Son çalıştırmada, içinde “{ $text }” geçen bir satır yazılmadı. Satırları: { $lines }
why-several = “{ $text }” { $count } kez yazıldı. Birini numarasıyla seçin: { $lines }
timeline-now-on = Bundan sonra birden çok iş parçacığı ya da süreç olan her çalıştırmayı bir resim izler.
timeline-now-off = Bundan sonra çalıştırmaları resim izlemez. `:timeline last` sonuncusunu çizer.
timeline-saved = { $file } yazıldı. `ui.perfetto.dev` adresinde ya da tarayıcıda `chrome://tracing` ile açılabilir.
timeline-saved-picture = { $file } yazıldı.
timeline-save-usage = `:timeline save`, adı .json (Perfetto gibi iz görüntüleyiciler için), .svg, .html ya da .txt ile biten bir dosya ister, örneğin `:timeline save trace.json`
timeline-save-failed = { $file } yazılamıyor: { $reason }

## Komut satırı
help-run-timeline = Kimin ne zaman ne yaptığını bu dosyaya çizer: .svg, .html, .txt ya da iz görüntüleyiciler için .json; `-` terminale çizer
error-timeline-ending = { $path } dosyasına zaman çizelgesi çizilemez.
error-timeline-ending-cause = Adın sonu nasıl çizileceğini söyler: .svg, .html, .txt ya da .json (Perfetto gibi iz görüntüleyiciler için).
error-timeline-ending-next = Örneğin `--timeline run.svg` ya da terminal için `--timeline -`.
