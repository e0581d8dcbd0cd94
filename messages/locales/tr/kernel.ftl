# Bu dilin metinleri; her birinin ne için olduğu İngilizce dosyada yazar.

kernel-cannot-start = Çekirdek hücreleri çalıştıramıyor: { $reason }. Bunu giderip çekirdeği yeniden başlatın; `weft doctor` çekirdeğin gereksindiği her şeyi denetler.
library-preparing = Hücrelerinizin kitaplığı hazırlanıyor. Bu bir kez yapılır ve yaklaşık bir dakika sürer.
library-problem = Hücreler `exercises` kitaplığını kullanamıyor: derlenemedi. Yalın Rust kodu çalışır. Neyin eksik olduğunu görmek için terminalde `weft doctor` çalıştırın.

cell-panic = Hücre panikledi:
cell-panic-at = Hücre { $line }. satır, { $column }. sütunda panikledi:
cell-returned-error = Hücre erken bitti: `?` işleci bu hatayı döndürdü. Önceki hücrelerin değişkenleri duruyor.
output-flood = Hücre { $limit } sınırından fazlasını yazdırdı: { $bytes } bayt burada gösterilmiyor.
output-flood-file = Metnin tamamı { $file } dosyasında.
output-flood-part = İlk { $most } kadarı { $file } dosyasında.
output-flood-lost = Bir dosyaya da yazılamadı (disk dolu ya da salt okunur olabilir).
statics-renewed = { $count ->
    [one] { $names } artık yeni bir `static`. Önceki hücrelerin iş parçacıkları eskisini kullanmayı sürdürür.
   *[other] { $names } artık yeni birer `static`. Önceki hücrelerin iş parçacıkları eskilerini kullanmayı sürdürür.
}
cell-interrupted = Hücre kesildi. Değişkenleriniz eskisi gibi duruyor.
cell-interrupted-lost = Hücre kesildi. Çalıştığı süreç bitirildiği için bu defterin değişkenleri kayboldu: onları tanımlayan hücreleri yeniden çalıştırın.
cell-interrupted-late = Kesme isteği geldiğinde hücre bitmişti: yaptıkları korundu.
cell-worker-died = Hücreleri çalıştıran süreç sona erdi ({ $cause }); bu defterin değişkenleri kayboldu: onları tanımlayan hücreleri yeniden çalıştırın.
cell-died-kept = Hücreyi çalıştıran süreç sona erdi ({ $cause }). Değişkenleriniz bu hücreden önceki değerlerinde.
cell-lost-threads = Önceki hücrelerin iş parçacıkları da onunla birlikte yok oldu: { $names }.
cell-lost-unnamed = { $count ->
    [one] adsız bir iş parçacığı
   *[other] adsız { $count } iş parçacığı
}
cell-died-between = Son hücreden bu yana, hücreleri çalıştıran süreç sona erdi ({ $cause }): bunu önceki bir hücrenin iş parçacığı yaptı. Değişkenleriniz son hücreden sonraki değerlerinde.

help-head = Komutlar hücrenin Rust kodundan önce, her biri ayrı satırda durur:
help-tail = Her hücrede `exercises` (kilitler, kuyruklar, süreçler) ve `weft` (`display`, `html`, `markdown`, `svg`, `image`, `table`, `sleep`, `clear_output`) kitaplıkları kullanılabilir. `?` ve `.await` işlevlerin dışında da çalışır.
command-run = bir alıştırmayı oynatır; hepsini terminalde `weft list` gösterir
command-pick = bir alıştırmayı Çalıştır düğmesi olan bir form olarak gösterir; ad verilmezse hepsini listeler
command-timeline = son çalıştırmada kimin neyi ne zaman yaptığını çizer; `on` ve `off` her çalıştırmayı bir resmin izleyip izlemeyeceğini seçer, `save FILE` onu dosyaya yazar
command-vars = değişkenleri, türlerini ve her birinin kendi başına kaç bayt tuttuğunu gösterir
command-dep = bir kitaplık ekler, örneğin `:dep regex = "1"` ya da `:dep serde = {"{"} version = "1", features = ["derive"] {"}"}`
command-opt = sonraki hücrelerin ne kadar eniyileneceğini belirler; 0 en hızlı derlenir, 3 en hızlı çalışır
command-clear-output = bu hücrenin çıktısını siler; `wait` yeni çıktı gelene dek bekletir
command-lang = iletilerin dilini belirler
command-help = bu listeyi gösterir
command-unknown = `{ $name }` diye bir komut yok. Olanlar: { $known }
command-wrong-argument = `{ $name }`, "{ $argument }" değerini tanımıyor. Alabildikleri: { $expected }
command-dep-usage = `:dep` bir kitaplık adı ister, örneğin `:dep regex = "1"`
command-run-usage = `:run` bir alıştırma ister, örneğin `:run s1e1 --scenario 1`
command-opt-set = Sonraki hücreler { $level } eniyileme düzeyiyle derlenecek.
command-lang-set = İletiler artık Türkçe ({ $language }) gelecek.
vars-none = Henüz değişken yok.
vars-name = Değişken
vars-type = Tür
timeline-none = Henüz çizilecek bir şey yok: önce bir alıştırma oynatın, örneğin `:run s1e1 --scenario 1`
cell-main = Bu hücre bir program tanımlıyor. Çalıştırmak için bir hücreye `{ $call }` yazın.
file-panic = { $file } dosyasındaki kod panikledi:
file-panic-at = { $file } dosyasındaki kod { $line }. satır, { $column }. sütunda panikledi:
command-shell = bir satırı kabukta çalıştırır, örneğin `!ls`
command-time = derlemenin ve çalışmanın ne kadar sürdüğünü gösterir: bir ifadenin ya da bütün hücrenin
command-time-usage = `:time`, ölçtüğü kodun üstünde ya da bir ifadenin önünde durur: `:time 1 + 1`
time-taken = derleme: { $compiling }, çalışma: { $running }
command-type = bir ifadenin türünü çalıştırmadan gösterir
command-type-usage = `:type` bir ifade ister, örneğin `:type vec![1, 2]`
command-no-expression = `{ $code }` bir ifade değil. `:type`, `let x =` ardında durabilecek bir şey ister.
type-without-name = Bu türün yazılabilecek bir adı yok: bir kapanış, bir `impl` türü ya da `!`.
command-doc = bir adın ya da yolun belgelerini gösterir, örneğin `:doc std::thread::spawn`
command-doc-usage = `:doc` bir ad ya da yol ister, örneğin `:doc std::thread::spawn`
doc-none = `{ $name }` için belge bulunamadı. Standart kitaplığın adları için bir kez `rustup component add rust-src` çalıştırın.
command-load = bir dosyayı, metni hücrede yazılıymış gibi çalıştırır
command-load-usage = `:load` bir dosya ister, örneğin `:load answer.rs`
load-missing = `{ $file }` diye bir dosya yok. Yol, defterin klasöründen başlar.
load-no-file = `{ $file }` baştan sona okunabilen bir dosya değil.
load-too-long = `{ $file }` çok uzun ({ $size } MB); bir hücre { $limit } MB alır.
load-no-text = `{ $file }` metin değil: { $place }. baytta UTF-8 bozuluyor.
load-unreadable = `{ $file }` okunamıyor: { $reason }
load-too-deep = `{ $file }` yüklenmedi: { $depth } dosya zaten yükleniyor, her birini bir önceki yüklüyor. Bir dosya kendini mi yüklüyor?
shell-failed = `{ $command }` { $status } durumuyla bitti.
shell-not-found = `{ $command }` diye bir program yok (durum { $status }). Rust'ta bir değeri değillemek için `!({ $command })` yazın.
shell-killed = `{ $command }` bir sinyalle sona erdi: { $cause }.
command-misspelt = `{ $name }` diye bir komut yok. Şunu mu demek istediniz: `{ $meant }`? Hepsini `:help` gösterir.
vars-size = Bayt
dep-under-way = { $count ->
    [one] Bir kitaplık derlendi: { $last }
   *[other] { $count } kitaplık derlendi, sonuncusu: { $last }
}
dep-ready = `{ $name }` { $version } kullanılabilir.
dep-ready-features = `{ $name }` { $version } şu özelliklerle kullanılabilir: { $features }
dep-unreadable = `:dep { $argument }` okunamıyor ({ $reason }). Cargo.toml dosyasındaki gibi yazın: sürüm tırnak içinde `:dep regex = "1"` ya da `:dep serde = {"{"} version = "1", features = ["derive"] {"}"}`.
dep-no-crate = crates.io'da `{ $name }` diye bir kitaplık yok. Yazımını denetleyin.
dep-no-version = `{ $name }` kitaplığının böyle bir sürümü yok. Olanlar: { $candidates }
dep-no-network = `{ $name }` alınamıyor: crates.io'ya ulaşılamıyor. Ağı denetleyip hücreyi yeniden çalıştırın.
dep-failed = `{ $name }` eklenemiyor: { $reason }
command-missing-argument = `{ $name }` şunlardan birini ister: { $expected }
dep-no-feature = `{ $name }` kitaplığında `{ $feature }` özelliği yok. Özellikleri crates.io'da yazar.
dep-no-folder = `{ $folder }` içinde kitaplık yok: klasör ya da Cargo.toml dosyası eksik. Yol, defterin klasöründen başlar.

pick-head = Bütün alıştırmalar:
pick-how = `:pick s1e1` bir alıştırmayı Çalıştır düğmesi olan bir form olarak gösterir, `:run s1e1 --scenario 1` onu oynatır.
pick-one = `:pick` yalnızca bir alıştırmanın adını alır; gerisi formda seçilir. Form olmadan: `:run { $given }`
pick-near = Belki şunu demek istediniz: { $near }.
pick-list-them = Ad verilmezse `:pick` hepsini listeler.
pick-parameter = { $about }, { $min } ile { $max } arası
pick-seed = rastgele seçimlerin tohumu; boşsa her seferinde yenisi alınır
pick-scenario = Senaryo
pick-run = Çalıştır
pick-running = Çalışıyor
pick-timeline = Zaman çizelgesi
pick-left-out = { $bytes } bayt daha burada gösterilmiyor. Yukarıdaki satır ayrı bir hücrede hepsini gösterir.
pick-interrupted = Çalıştırma kesildi.
pick-aborted = Çalıştırma başlamadan kestiniz. Oynatmak için düğmeye yeniden basın.
pick-wrong-file = Bir dosya, boşluk içermeyen yoluyla yazılır.
pick-lost = Bu formu gösteren çekirdek sona erdi. Geri getirmek için `{ $line }` hücresini yeniden çalıştırın.
pick-in-text = Burada Çalıştır düğmesi olan bir form görmüyorsanız şu satırı değiştirip bir hücrede çalıştırın:

play-title = Sıranın kime geleceğini siz seçersiniz
play-begin = Baştan
play-back = Geri
play-so-far = Şimdiye kadar: `{ $line }`
play-not-there = { $who } · çalışmıyor
play-left-out = İlk { $bytes } bayt burada gösterilmiyor.
play-elsewhere = Bu oyun başka bir hücrede sürüyor.
play-no-room = Burada başka düğmeye yer yok. `:play` ve bir iş parçacığının numarası her hücrede çalışır.
play-interrupted = Bu adım kesildi. Atmak için düğmeye yeniden basın.
play-aborted = Adım atılmadan kestiniz. Atmak için düğmeye yeniden basın.
play-no-answer = İnceleyici yanıt vermeden sona erdi.
play-lost = Bu oyunu oynatan çekirdek sona erdi. Buraya dönmek için kodun üstüne `{ $line }` yazıp hücresini çalıştırın.
