# Bu dilin metinleri; her birinin ne için olduğu İngilizce dosyada yazar.

kernel-cannot-start = Çekirdek hücreleri çalıştıramıyor: { $reason }. Bunu giderip çekirdeği yeniden başlatın; `weft doctor` çekirdeğin gereksindiği her şeyi denetler.
library-preparing = Hücrelerinizin kütüphanesi hazırlanıyor. Bu bir kez yapılır ve yaklaşık bir dakika sürer.
library-problem = Hücreler `exercises` kütüphanesini kullanamıyor: derlenemedi. Düz Rust kodu çalışır. Neyin eksik olduğunu görmek için terminalde `weft doctor` çalıştırın.

cell-panic = Hücre panikledi:
cell-panic-at = Hücre { $line }. satır, { $column }. sütunda panikledi:
cell-returned-error = Hücre erken bitti: `?` işleci bir hata döndürdü. Hatanın metni yukarıdadır.
cell-interrupted = Hücre kesildi. Değişkenleriniz eskisi gibi duruyor.
cell-interrupted-lost = Hücre kesildi. Çalıştığı süreç bitirildiği için bu defterin değişkenleri kayboldu: onları tanımlayan hücreleri yeniden çalıştırın.
cell-worker-died = Hücreleri çalıştıran süreç sona erdi ({ $cause }); bu defterin değişkenleri kayboldu: onları tanımlayan hücreleri yeniden çalıştırın.

help-head = Komutlar hücrenin Rust kodundan önce, her biri ayrı satırda durur:
help-tail = Her hücrede `exercises` (kilitler, kuyruklar, süreçler) ve `weft` (`display`, `clear_output`) kitaplıkları kullanılabilir.
command-run = bir alıştırmayı oynatır; hepsini terminalde `weft list` gösterir
command-timeline = son `:run` komutunda kimin neyi ne zaman yaptığını çizer
command-vars = değişkenleri ve türlerini gösterir
command-dep = bir kitaplık ekler, örneğin `:dep regex = "1"`
command-opt = sonraki hücrelerin ne kadar eniyileneceğini belirler; 0 en hızlı derlenir, 3 en hızlı çalışır
command-clear-output = bu hücrenin çıktısını siler; `wait` yeni çıktı gelene dek bekletir
command-lang = iletilerin dilini belirler
command-help = bu listeyi gösterir
command-unknown = `{ $name }` diye bir komut yok. Olanlar: { $known }
command-wrong-argument = "{ $argument }" burada kullanılamaz; beklenen: { $expected }
command-dep-usage = `:dep` bir kitaplık adı ister, örneğin `:dep regex = "1"`
command-run-usage = `:run` bir alıştırma ister, örneğin `:run s1e1 --scenario 1`
command-opt-set = Sonraki hücreler { $level } eniyileme düzeyiyle derlenecek.
command-lang-set = İletiler artık Türkçe ({ $language }) gelecek.
vars-none = Henüz değişken yok.
vars-name = Değişken
vars-type = Tür
timeline-none = Henüz çizilecek bir şey yok: önce bir alıştırma oynatın, örneğin `:run s1e1 --scenario 1`
