## s2e1

s2e1-title = Süreç başlatmak
s2e1-scenario-1 = Sonraki başlamadan önce her süreci beklemek
s2e1-scenario-2 = Beklemek yok, her süreçte bir duraklama
s2e1-scenario-3 = Döngünün çevresinde bir semafor
s2e1-note-1 = Garanti: bütün satırlarıyla süreç 0, sonra süreç 1 ve böyle sürer; çünkü sonraki başlamadan önce her biri için join çağrılır. Sık yapılan yanlış: çıktısını okumadan bir süreç için join çağırmak; çıktısı boruya sığmayan süreç bitemez ve ikisi de sonsuza dek bekler. Burada çıktı, süreçler çalışırken okunur.
s2e1-note-2 = Garanti olan yalnızca her süreç içindeki sıradır. Önce bütün çağrıların gelmesi ve döngülerin karışması, duraklama yüzünden olasıdır.
s2e1-note-3 = Garanti: bir sürecin döngü satırları başkasınınkilerle hiç karışmaz, çünkü semaforun tek izni vardır ve bütün döngü boyunca tutulur. Sıranın hangi süreçte olduğu garanti değildir. Sık yapılan yanlış: semaforu, koruduğu bölümün içinde bırakmak; o zaman izinleri çoğalır ve hiçbir şeyi korumaz.
s2e1-line-call = işlev şu süreçten çağrılıyor: { $index }
s2e1-line-loop = { $index } numaralı süreçte işlevin çıktısı: { $value }

## s2e2

s2e2-title = Süreçlerin adları
s2e2-scenario-1 = Biri adlı, biri varsayılan adlı iki süreç
s2e2-scenario-2 = İkinci başlamadan önce birinciyi beklemek
s2e2-scenario-3 = Süreç içinde süreç
s2e2-note-1 = Garanti: her süreç başlangıcını bitişinden önce yazar; her birinin kendi süreç kimliği ve aynı üst süreci vardır. Hangisinin önce geldiği şanstır.
s2e2-note-2 = Garanti: aralarındaki join sayesinde önce myFunc'ın iki satırı, sonra Process-2'nin iki satırı.
s2e2-note-3 = Sık yapılan yanlış: bir kez görülen sırayı kural sanmak; üç adın bütün sıraları görülür. Garanti: insider'ın üst süreci myFunc'tır. İç içelik bir düzeyde biter; hep kendi türünden bir tane daha başlatan bir süreç hiç bitmezdi.
s2e2-line-start = Başlayan sürecin adı = { $who } (süreç kimliği { $value_pid }, üst süreç { $value_parent })
s2e2-line-exit = Biten sürecin adı = { $who }

## s2e3

s2e3-title = Arka plan süreci
s2e3-scenario-1 = Ana program yalnızca olağan süreci bekler, sonra arka plandakini sonlandırır
s2e3-scenario-2 = Ana program ikisini de bekler
s2e3-scenario-3 = Arka plan süreci, olağan süreç başlamadan biter
s2e3-note-1 = Sık yapılan yanlış: arka plan (daemon) sürecinin bir şey yazmadığını sanmak. O da ötekiler gibi yazar; “arka plan” yalnızca kimsenin onu beklemediği ve ana programla birlikte sonlandırıldığı anlamına gelir. Garanti: yazdığı satırlar ilk satırlarıdır ve sıralıdır; bitiş satırı hiç gelmez ve çıkış kodu -15'tir.
s2e3-note-2 = Garanti olan yalnızca her süreç içindeki sıradır: 0, 2, 4, 6, 8 ve 1, 3, 5, 7, 9. Sayıların 0, 1, 2, 3 diye gelmesi olasıdır, çünkü ikisinin duraklamaları da eşittir.
s2e3-note-3 = Garanti: önce bütün arka plan satırları, sonra bütün olağan satırlar; çünkü olağan süreç başlamadan önce arka plan süreci için join çağrılır.
s2e3-line-start = { $who ->
    [background] Arka plan süreci başlıyor
   *[normal] Olağan süreç başlıyor
}
s2e3-line-number = --> { $value }
s2e3-line-exit = { $who ->
    [background] Arka plan süreci bitiyor
   *[normal] Olağan süreç bitiyor
}

## s2e4

s2e4-title = Bir süreci bitirmek
s2e4-scenario-1 = Hemen sonlandırmak
s2e4-scenario-2 = Bir saniye sonra sonlandırmak
s2e4-scenario-3 = terminate ile soru arasında bir saniye
s2e4-note-1 = Garanti: başlamadan önce canlı değil, çalışırken canlı, join'den sonra canlı değil, çıkış kodu -15 ve “İşlev bitti” hiç yazılmaz. Çıkış kodu eksidir, çünkü süreci dışarıdan gelen bir sinyal (15 numara) bitirmiştir. terminate'ten hemen sonra süreç büyük olasılıkla hâlâ canlıdır: sinyal, zaman alan bir istektir.
s2e4-note-2 = Ana programın dört yanıtından üçü garantidir: başlamadan önce canlı değil, çalışırken canlı, join'den sonra canlı değil. Çıkış kodu da garantidir: -15. terminate'ten hemen sonraki yanıt şanstır, büyük olasılıkla “canlı”. Alt sürecin o saniyede 0'dan 4'e kadar sayması yalnızca olasıdır. Sık yapılan yanlış: bir süreçle kilit ya da kuyruk paylaşıp sonra onu sonlandırmak (terminate): tam o anda kilidi tutuyor olabilir.
s2e4-note-3 = terminate'ten bir saniye sonra süreç pratikte hep gitmiştir, ama bunu kesinleştiren yalnızca join'dir. “Canlı değil” join'den sonra garantidir, önce değil.
s2e4-line-status = { $value_when ->
    [before] Süreç, çalışmadan önce: { $value_alive ->
        [true] canlı
       *[false] canlı değil
    }
    [running] Süreç, çalışırken: { $value_alive ->
        [true] canlı
       *[false] canlı değil
    }
    [terminated] Süreç, sonlandırıldıktan sonra: { $value_alive ->
        [true] canlı
       *[false] canlı değil
    }
   *[joined] Süreç, join'den sonra: { $value_alive ->
        [true] canlı
       *[false] canlı değil
    }
}
s2e4-line-start = İşlev başlıyor
s2e4-line-number = --> { $value }
s2e4-line-finish = İşlev bitti

## s2e5

s2e5-title = Kendi türümüz olarak süreç
s2e5-scenario-1 = Sonraki başlamadan önce her süreci beklemek
s2e5-scenario-2 = Başlatmalar arasında beklemek yok
s2e5-scenario-3 = Birinci, üçüncü, beşinci … süreci beklemek
s2e5-note-1 = Garanti: MyClass-1, MyClass-2 ve böyle art arda, çünkü sonraki başlamadan önce her süreç için join çağrılır; toplam, süreç başına en az yarım saniye sürer.
s2e5-note-2 = Garanti olan satır sayısı, her sürecin kendi kimliğinin olması ve toplamın en az yarım saniye sürmesidir; sıra serbesttir. Başlatmalar arasında kimse beklemez, bu yüzden büyük olasılıkla hepsi aynı anda uyur ve toplam çok daha uzun sürmez.
s2e5-note-3 = Ana program tek numaralı süreçleri bekler. Garanti: tek numaralı adlar artan sırayla gelir ve çift numaralı her ad, kendinden önceki tek numaralı addan sonra gelir. Çift numaralı bir ad ile ondan sonraki tek numaralı ad yer değiştirebilir. Sık yapılan yanlış: sıra numarasını (0, 2, 4) adla (1, 3, 5) karıştırmak.
s2e5-line-run = run yöntemini { $who } çağırdı (süreç kimliği { $value })

## s2e6

s2e6-title = Kuyrukla üretici ve tüketici
s2e6-scenario-1 = Tüketici üreticiden yavaştır ve bekler
s2e6-scenario-2 = Tüketici beklemez ve vazgeçer
s2e6-scenario-3 = Üretici, tüketici başlamadan biter
s2e6-note-1 = Garanti: her ürün eklendiği sırayla alınır ve “Kuyruk boş” bir kez, en sonda gelir: tüketici, bir ürün olana ya da üretici kuyruğu kapatana dek bekler.
s2e6-note-2 = Sık yapılan yanlış: “kuyruk boş mu?” diye sorup boşsa durmak. Şimdi boş olması, artık bir şey gelmeyeceği anlamına gelmez. Garanti olan yalnızca alınanların, eklenenlerin ilkleri olmasıdır; kaç tane oldukları bir yarıştır, çoğu kez hiç ya da bir.
s2e6-note-3 = Garanti: ilki alınmadan bütün ürünler eklenir, çünkü tüketici başlamadan önce üretici için join çağrılır. Bu yalnızca kuyrukta hepsine yer olduğu için olur: okumadan join çağırmak, kuyruk doluyken bir tuzaktır.
s2e6-line-append = Üretici: { $value } kuyruğa eklendi
s2e6-line-pop = Tüketici: { $value } kuyruktan alındı
s2e6-line-empty = Kuyruk boş

## s2e7

s2e7-title = Süreçler için bariyer
s2e7-scenario-1 = p1 ile p2 bariyerde buluşur, p3 ile p4 buluşmaz
s2e7-scenario-2 = Bariyer yok
s2e7-scenario-3 = Bariyer var ve ana program p3 ile p4 başlamadan p1 ile p2'yi bekler
s2e7-note-1 = Garanti: p1 ve p2'den biri geçmeden ikisi de varmıştır. Sık yapılan yanlış: p3 ile p4'ün önce gelmesi gerektiğini sanmak; onlar kimseyle buluşmaz, satırlar arasındaki yerleri serbesttir.
s2e7-note-2 = Bariyer olmadan her süreç dilediğinde geçer. Sık yapılan yanlış: görülen sırayı “bir if fazla” diye açıklamak; bir if nanosaniyeler sürer, bir süreç başlatmak yüz bin kat daha uzun. Garanti olan yalnızca her birinin geçmeden önce varmasıdır.
s2e7-note-3 = Garanti: p1 ile p2'nin bütün satırları p3 ile p4'ünkilerden önce gelir, çünkü ana program ikinci çifti başlatmadan önce birinci çift için join çağırır. Bir çiftin içinde sıra serbesttir.
s2e7-line-arrive = { $who } süreci (süreç kimliği { $value }) bariyere vardı
s2e7-line-pass = { $who ->
    [p1] p1 süreci (süreç kimliği { $value }) - bariyerli
    [p2] p2 süreci (süreç kimliği { $value }) - bariyerli
   *[other] { $who } süreci (süreç kimliği { $value }) - bariyersiz
}

## s2e8

s2e8-title = Süreç havuzu: map
s2e8-scenario-1 = map, topla, sonra yaz
s2e8-scenario-2 = İşçinin içinde yazmak
s2e8-scenario-3 = Havuzun bitmesini beklemeden map
s2e8-note-1 = Garanti: kareler girdilerin sırasıyla gelir. İki işçi herhangi bir sırayla bitirir; map her sonucu yerine koyar.
s2e8-note-2 = İşçilerin içinde yazılan satırlar bitiş sırasıyla gelir, o da serbesttir. Garanti: her girdi bir kez, en çok iki işçi ve bir parti içinde artan girdiler. Sık yapılan yanlış: bitiş sırasını, borudan geçip işçi bitene dek tutulmuş çıktıdan okumak.
s2e8-note-3 = Garanti: birinci senaryodaki sıranın aynısı, çünkü map kendisi ancak bütün sonuçlar hazır olunca döner. Havuzun bitmesini beklemek yalnızca sonrasını değiştirir.
s2e8-line-square = --> { $value_output }
