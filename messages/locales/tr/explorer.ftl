# `weft explore` ne der: neler olabilirdi.

## Yardım

help-explore = İş parçacıklı bir programın yazdırabileceği her şeyi ve onda ters gidebilecekleri bulur
help-explore-after = Program yalın `std` ile yazılır; `crossbeam` içinden kanallar ve `scope`, `parking_lot` içinden kilitler ve kendi kitaplığımız `exercises::sync` ile `exercises::process` de kullanılabilir. Çalıştırılmaz, incelenir. Çıkış kodu 1, bir yanlış bulundu demektir; 4, yanıt yok demektir: kesildi ya da zaman veya bellek yetmedi.
help-explore-file = Program: içinde `main` olan bir Rust dosyası; ya da bir alıştırma, örneğin s1e6
help-explore-budget = İncelemenin sürebileceği saniye (verilmezse 10)
help-explore-replay = Bulunanla birlikte verilen bir çizelgeyi adım adım gösterir
help-explore-timeline = --replay ya da --play ile verilen sırayı zaman çizelgesi olarak bu dosyaya çizer: .svg, .html, .txt ya da iz görüntüleyiciler için .json; `-` terminale çizer
help-explore-play = Sıranın kime geleceğini kendiniz seçin: bu adımların ne yaptığını ve ardından kimin ilerleyebileceğini gösterir; adım verilmezse baştan
help-explore-ask = Tam olarak bu satırları yazdırabilir mi? Satırlar `|` ile ayrılır
help-explore-list = Olabilecek çıktılardan bu kadarını da listeler
help-explore-equal = İki programı karşılaştırır: B, A ile aynı şeyleri mi yazdırabilir?
help-explore-edition = Programın Rust sürümü (edition): 2018, 2021 ya da 2024 (verilmezse 2024)
help-explore-cell = Dosyada bir hücre var: `main` olmadan deyimler de olur

## Çalışırken

explore-preparing = İnceleyici bu derleyici için bir kez hazırlanıyor:
explore-preparing-crates = Bu programın denetlenmesi için gereken kitaplıklar bir kez hazırlanıyor:
explore-progress = { $classes } sınıf, { $seconds } sn

## Yanıtın değeri

explore-proved = KANITLANDI
explore-bounded = SINIRLI
explore-bounded-preemptions = { $bound } KESİNTİYE KADAR KANITLANDI
explore-sampled = ÖRNEKLENDİ: { $executions }
explore-effort = { $classes } sınıf, { $ms } ms
explore-outcomes = sonuç sayısı: { $count }
explore-outcomes-too-many = sayılamayacak kadar çok sonuç
explore-outcomes-not-counted = sonuçlar sayılmadı
explore-cut-short-time = Nelerin hangi sıralarla yazdırılabileceğini tümüyle bulmaya zaman kalmadı.
explore-cut-short-memory = Nelerin hangi sıralarla yazdırılabileceğini tümüyle bulmaya bellek kalmadı.
explore-cut-short-interrupted = Nelerin hangi sıralarla yazdırılabileceği tümüyle bulunmadan kesildi.
explore-some-end = Kimi şöyle biter: { $endings }
explore-more = ve { $count } tane daha
explore-not-proved = Bu kanıtlanmadı: her şey denenemedi.

## Sıralar

explore-word-guaranteed = Garanti
explore-word-held = Şimdilik
explore-word-likely = Olası
explore-word-luck = Şans
explore-guaranteed = önce “{ $before }”, sonra “{ $after }”   { $cause }
explore-likely = önce “{ $before }”, sonra “{ $after }”   alışıldık, ama garanti değil
explore-likely-margin = önce “{ $before }”, sonra “{ $after }”   yalnız zamanlamayla; bir iş parçacığı { $ms } ms gecikirse bozulur
explore-luck = “{ $one }” ile “{ $other }”: bazen biri önce, bazen öteki
explore-cause = { $by }, satır { $line }
explore-by-join = `join`
explore-by-process = bir süreci beklemek
explore-by-barrier = bir bariyer
explore-by-channel = bir kanal
explore-by-pipe = bir boru
explore-by-condition = bir koşul değişkeni
explore-by-once = yalnız bir kez çalışan kod
explore-by-park = `unpark`
explore-by-lock = bir kilit
explore-by-atomic = bir atomik değişken
explore-by-spawn = bir iş parçacığının başlatılması
explore-by-program-order = ikisini de aynı iş parçacığı yapar
explore-by-other = birkaç şey birlikte

## Bulunanlar

explore-word-deadlock = Kilitlenme
explore-word-lost-update = Kayıp güncelleme
explore-word-data-race = Veri yarışı
explore-word-panic = Panik
explore-word-livelock = Canlı kilitlenme
explore-word-lost-wakeup = Kayıp uyandırma
explore-word-blocked-at-exit = Takılı kalan
explore-word-nondeterminism = Yinelenemez
explore-deadlock = Kimse ilerleyemez (satırlar: { $lines }).
explore-lost-update = Bir iş parçacığı, başkasının az önce yaptığı değişikliğin üstüne yazar (satırlar: { $lines }).
explore-data-race = İki iş parçacığı aynı belleği kullanır, biri yazar ve aralarında bir sıra yoktur (satırlar: { $lines }).
explore-panic = Satır { $lines }: { $message }
explore-livelock = İş parçacıkları sonsuza dek sürer ve bir yere varamaz (satırlar: { $lines }).
explore-lost-wakeup = Bir iş parçacığı, beklemeye başlamasından önce gelmiş bir bildirimi bekler (satırlar: { $lines }).
explore-blocked-at-exit = Program biterken bir iş parçacığı sonsuza dek takılıdır (satırlar: { $lines }).
explore-nondeterminism = Aynı adım sırası ikinci kez başka bir şey yaptı (satır { $lines }).
explore-word-spurious = Sahte uyanma
explore-spurious = { $count ->
    [0] Bir koşul değişkenindeki bekleme, bildirim olmadan da bitebilir (sahte uyanma: `std` ile POSIX belgeleri buna izin verir). O zaman şu olabilir:
   *[other] Satır { $lines }: buradaki bekleme, bildirim olmadan da bitebilir (sahte uyanma: `std` ile POSIX belgeleri buna izin verir). O zaman şu olabilir:
}
explore-equal-spurious = Sahte uyanmalar yokken böyledir. Olduklarında, B için:
explore-spurious-prints = Bu yazdırılır, ardından: { $ending }
explore-spurious-advice = Her beklemeden sonra, beklenecek bir şey kalıp kalmadığını yeniden sorun: `if` yerine `while` ya da `wait_while`.
explore-spurious-crashed = Bir koşul değişkenindeki bekleme, bildirim olmadan da bitebilir (sahte uyanma: `std` ile POSIX belgeleri buna izin verir). O zaman program çöker.
explore-spurious-stuck = Bir koşul değişkenindeki bekleme, bildirim olmadan da bitebilir (sahte uyanma: `std` ile POSIX belgeleri buna izin verir). O zaman bir iş parçacığı kilit, kanal, atomik değişken ya da bitiş olmadan çalışıp durur.
explore-spurious-untried = Sahte uyanmaların hepsi denenemedi: bildirimsiz biten bir beklemenin zararı olup olmadığı bilinmiyor.
explore-spurious-untried-time = Sahte uyanmaların hepsini denemeye zaman kalmadı: bildirimsiz biten bir beklemenin zararı olup olmadığı bilinmiyor.
explore-spurious-untried-memory = Sahte uyanmaların hepsini denemeye bellek kalmadı: bildirimsiz biten bir beklemenin zararı olup olmadığı bilinmiyor.
explore-spurious-untried-interrupted = Sahte uyanmaların hepsi denenmeden kesildi: bildirimsiz biten bir beklemenin zararı olup olmadığı bilinmiyor.
explore-replay-with = Görmek için: `--replay { $schedule }`
explore-picture-clock = Resimde her adım bir milisaniye sürer: modelde zaman yoktur.
explore-replay-in-cell = Görmek için: `:replay { $schedule }`
explore-who-main = main
explore-who-thread = iş parçacığı { $number }
explore-waits = { $who } (satır { $line }) şunu bekler: { $what }.
explore-waits-held = { $who } (satır { $line }) şunu bekler: { $what }; onu { $taken }. satırdan beri { $whom } tutuyor.
explore-waits-end = { $who } (satır { $line }) şunun bitmesini bekler: { $whom }.
explore-object-mutex = bir kilit
explore-object-rwlock = bir okuyucu-yazıcı kilidi
explore-object-condition = bir bildirim
explore-object-thread = bir iş parçacığının sonu
explore-object-unpark = bir `unpark`
explore-object-barrier = bariyerdeki ötekiler
explore-object-once = yalnız bir kez çalışan kod
explore-object-room = bir kanalda yer
explore-object-message = bir ileti
explore-object-turn = kendi sırası
explore-ends-finished = olağan bitiş
explore-ends-code = çıkış kodu { $code }
explore-ends-panicked = bir panik
explore-ends-deadlock = bir kilitlenme
explore-ends-cut-off = görünürde son yok

## Sorular

explore-word-ask = Soru
explore-possible = olabilir; ardından: { $endings }
explore-impossible = { $line }. satırdan başlayarak olamaz; orada şunlar olabilir: { $could }

## İki program

explore-equal = EŞİT: ikisi de tam olarak aynı şeyleri yazdırabilir ({ $a } = { $b })
explore-under = EKSİK EŞZAMANLAMA: B, A'nın hiç yazdırmadığını yazdırabilir ({ $a }, { $b })
explore-over = AŞIRI EŞZAMANLAMA: A'nın yazdırabildiklerinden bazılarını B hiç yazdıramaz ({ $a }, { $b })
explore-different = FARKLI: her biri ötekinin yazdıramadığını yazdırabilir ({ $a }, { $b })
explore-relation-open = BELİRSİZ: her şey denenemedi; ikisinin aynı şeyleri yazdırıp yazdıramayacağı bilinmiyor
explore-witness-a = Bunu yalnız A yazdırabilir, ardından: { $ending }
explore-witness-b = Bunu yalnız B yazdırabilir, ardından: { $ending }

## Bir çizelge

explore-word-can-go = İlerler
explore-word-waits = Bekler
explore-play-over = Bitti: ilerleyebilecek kimse kalmadı.
explore-at-line = satır { $line }
explore-prints = “{ $text }” yazdırır
explore-complains = `stderr` akışına “{ $text }” yazdırır

## Yanıtın dayanakları

explore-word-assumed = Varsayılan
explore-word-not-seen = Görülmeyen
explore-not-seen = { $what }, satır { $line }
explore-assumes-consistency = Bütün iş parçacıkları belleğin bütün değişikliklerini tek bir sırayla görür (sıralı tutarlılık).
explore-assumes-symmetry = Özdeş iş parçacıkları bir kez incelendi.
explore-assumes-spurious = { $bound ->
    [0] Koşul değişkenindeki bir bekleme ancak bir bildirimle biter.
   *[other] Koşul değişkenindeki bir bekleme, iş parçacığı başına en çok { $bound } kez bildirimsiz biter.
}
explore-assumes-polling = { $bound } kez boşuna soran bir iş parçacığı, bir şey değişene dek bekler.
explore-assumes-threads = En çok { $bound } iş parçacığı vardır; daha fazlasının yapacağı incelenmedi.
explore-assumes-steps = Hiçbir yürütme { $bound } adımdan öteye izlenmedi.
explore-assumes-private-memory = İki süreç, her birinde ayrı kopyası olacak bir nesneyi paylaşır.
explore-assumes-threads-of-a-child = Bir alt sürecin iş parçacıkları, o bittikten sonra da çalışır.
explore-assumes-tried-rendezvous = `try_send`, kapasitesi 0 olan bir kanalda almayı bekleyen kimse bulmaz.

## Yanlışlar

error-explore-no-compiler = Rust derleyicisi yanıt vermiyor.
error-explore-no-compiler-cause = { $reason }
error-explore-no-compiler-next = Rust'ı rustup.rs adresinden kurun; `weft doctor` bu makineyi denetler.
error-explore-not-prepared = İnceleyici bu derleyici için hazırlanamadı.
error-explore-not-prepared-cause = { $reason }
error-explore-not-prepared-next = Bir kez ağa bağlanın ya da yer açın ve yeniden deneyin.
error-explore-does-not-compile = Program derlenmiyor.
error-explore-does-not-compile-cause = { $said }
error-explore-no-text = { $path } UTF-8 ile yazılmış bir metin değil.
error-explore-no-file = { $path } bir dosya değil.
error-explore-file-too-large = { $path } bir programın olabileceğinden (1 MiB) büyük.
error-explore-compiles-for-ever = Derleyici { $seconds } saniyede bitiremedi.
error-explore-compiles-for-ever-next = Sonsuza dek büyüyen sabitlere ya da türlere bakın.
error-explore-not-modelled = Modeli yok: { $what }, satır { $lines }.
error-explore-not-modelled-cause = İnceleyicide `std` iş parçacıklarının, kilitlerinin, kanallarının ve atomik değişkenlerinin, `crossbeam` içindeki kanalların, `scope` ile `WaitGroup` öğelerinin, `parking_lot` kilitlerinin, kendi `exercises::sync` kitaplığımızın ve `exercises::process` içindekilerin çoğunun modeli vardır. Dosyalar, ağlar ve başka programlar incelenemez; inceleyicide modeli olmayan başka şeyler de.
error-explore-not-modelled-next = Gerçekten çalıştırın ya da o bölümü çıkarın.
explore-beyond = { $what ->
    [fork-beside-threads] üst sürecinin başka iş parçacıkları varken ya da kimsenin beklemediği iş parçacıkları olmuşken başlatılan bir süreç.
    [nobody-waits] kimsenin beklemediği bir süreç.
    [signal] geldiğinde başka bir şeyi bekleyen bir sürece sinyal, ya da sinyal gönderildikten sonra, sürecin bitişi beklenmeden önce, paylaşılan bir şeyin kullanılması.
    [ended-by-thread] öteki iş parçacıklarından birinin bitirdiği bir alt süreç.
    [died-sharing] kullanıcılarına bunun bildirileceği nesneler varken panikleyen ya da erken bitirilen bir alt süreç.
   *[memory] süreçler, bu makinede: bellekleri ayrı tutulamıyor.
}
error-explore-beyond = Modeli yok, satır { $line }: { explore-beyond }
error-explore-beyond-cause = İnceleyicide `Process` öğesinin, süreçler arasındaki kilitlerin, sayıların, kuyrukların ve boruların ve `exercises::process` içindeki daha birçok şeyin modeli vardır, ama bunun yoktur.
error-explore-beyond-next = Her süreci `join` ile bekleyin, süreçleri iş parçacıklarından önce başlatın; ya da gerçekten çalıştırın.
error-explore-turn = { $step } numaralı iş parçacığı şu anda ilerleyemez.
error-explore-turn-next = “İlerler” diye başlayanlardan birini seçin; numarası sondadır.
error-explore-misfit = Bu çizelge uymuyor.
error-explore-misfit-cause = { $reason }
error-explore-misfit-next = Yeniden inceleyin ve çizelgeyi oradan alın.
error-explore-stuck = Bir iş parçacığı { $seconds } sn boyunca kilit, kanal, atomik değişken ya da bitiş olmadan çalıştı.
error-explore-stuck-cause = İnceleyici sırayı başkasına ancak oralarda verir: sonsuz bir döngü onun için hiç bitmez.
error-explore-stuck-next = Döngüye bir son ya da bekleyecek bir şey verin.
error-explore-interrupted = Daha bir yanıt bulunmadan kesildi.
error-explore-overdue = İnceleme bitmedi.
error-explore-overdue-next = Daha az iş parçacığı ya da daha az yineleme deneyin.
error-explore-memory = Program ya da onda bulunanlar, eldeki { $megabytes } MiB bellekten çoğunu istiyor.
error-explore-memory-next = Daha az iş parçacığı, daha az yineleme ya da daha küçük veri deneyin.
error-explore-crashed = Program çöktü (sinyal { $signal }).
error-explore-crashed-cause = { $said }
error-explore-crashed-next = Çok derin özyineleme, panik sırasında panik ve `unsafe` kod bunu yapar.
error-explore-ended = Program, içinde incelendiği süreci bitirdi.
error-explore-ended-cause = { $said }
error-explore-ended-next = Bunu `unsafe` kod yapabilir; inceleyici onu izleyemez.
error-explore-not-loaded = Program inceleyiciye bağlanamadı.
error-explore-not-loaded-cause = { $reason }
error-explore-not-loaded-next = Başka kitaplıkların işlevleri incelenemez.
error-explore-too-many-outputs = Programlardan birinin çıktıları karşılaştırılamayacak kadar çok.
error-explore-too-many-outputs-next = Daha az iş parçacığı ya da daha az yineleme deneyin.

## Hücrelerde

command-explore = altındaki (ya da son hücredeki) kodun ya da bir alıştırmanın yazdırabileceği her şeyi ve ters gidebilecekleri bulur; kod çalıştırılmaz
command-ask = altındaki (ya da son hücredeki) kod tam olarak bu satırları yazdırabilir mi?
command-replay = `:explore` ile bulunan bir çizelgeyi adım adım gösterir
command-play = altındaki (ya da son hücredeki) kodda sıranın kime geleceğini siz seçersiniz: `:play 1` ile 1 numaralı iş parçacığı bir adım atar
command-play-usage = `:play` başlatır, `:play 1` ile 1 numaralı iş parçacığı bir adım atar (0 main'dir), `:play 1 0 2` birkaç adımdır, `:play back` son adımı geri alır.
command-explore-nothing = İncelenecek kod yok: `:explore` kodun üstünde durur.
command-ask-usage = `:ask` satırlar ister, örneğin `:ask "start A | exit A"`
command-replay-usage = `:replay` bir çizelge ister, örneğin `:replay 0x2.1.2`
