# Dizi 7

## s7e1

s7e1-title = Bir sürece bakmak
s7e1-scenario-1 = Sayan, adlı iki süreç
s7e1-scenario-2 = Canlı mı, kimliği ne ve terminate ile bitişi
s7e1-scenario-3 = Hepsi bitene dek beklemek
s7e1-note-1 = Garanti: her süreç 1, 2, 3 diye sayar. Ana programın satırının onların arasında nereye düştüğü şanstır: bir süreci başlatmak ne onun çoktan çalıştığı ne de beklediği anlamına gelir.
s7e1-note-2 = Garanti: süreç, bitirilmeyi beklerken canlıdır; ana programın bildiği kimlik onun kendi kimliğidir; join'den sonra canlı değildir ve çıkış kodu -15'tir. Kaça kadar saydığı şanstır. Sık yapılan yanlış: terminate için güvenli demek. Süreç o anda ne yapıyorsa orada kesilir, arkası toparlanmaz ve tuttuğu kilit tutulmuş kalır.
s7e1-note-3 = Garanti: son satır bütün ötekilerden sonra gelir, çünkü ana program önce iki süreç için de join çağırır.
s7e1-line-start = { $who } çalışıyor, süreç kimliği { $value }
s7e1-line-tick = { $who }: { $value }
s7e1-line-started = Süreçler başlatıldı
s7e1-line-status = { $value_when ->
    [running] süreç { $value_pid }, çalışırken: { $value_alive ->
        [true] canlı
       *[false] canlı değil
    }
   *[joined] süreç { $value_pid }, terminate ve join'den sonra: { $value_alive ->
        [true] canlı
       *[false] canlı değil
    }
}
s7e1-line-ended = Bütün süreçler bitti

## s7e2

s7e2-title = Bir süreç listesini beklemek
s7e2-scenario-1 = Hepsini başlat, sonra her birini bekle
s7e2-scenario-2 = Bekleme, onları başlatan döngünün içinde
s7e2-scenario-3 = Kimse beklemez
s7e2-note-1 = Garanti: her sürecin artan sırayla üç turu ve en sonda son satır, çünkü ondan önce listedeki her süreç için join çağrılır. Üçü aynı anda çalışır, bu yüzden aralarındaki sıra serbesttir.
s7e2-note-2 = Garanti: bütün turlarıyla süreç 1, sonra süreç 2, sonra süreç 3; toplam, en az üçünün duraklamalarının toplamı kadar, büyük olasılıkla da 1. senaryonun yaklaşık üç katı sürer. Sık yapılan yanlış: join'i, süreçleri başlatan döngünün içinde çağırmak; o zaman hiçbir zaman iki süreç birlikte çalışmaz.
s7e2-note-3 = join olmadan ana programın satırı her yerde gelebilir, çoğu kez ilk gelir. Garanti olan yalnızca her süreç içindeki turların sırasıdır. Python programın sonunda alt süreçlerini bekler; Rust beklemez, bu yüzden burada ana program, satırından sonra onları yine de bekler.
s7e2-line-round = { $who }: tur { $value }
s7e2-line-ended = Bütün süreçler bitti

## s7e3

s7e3-title = Kendi türümüz olarak süreç, run ile
s7e3-scenario-1 = Çalışan bir tür
s7e3-scenario-2 = Kendi verisi olan bir tür
s7e3-scenario-3 = Birçoğu birden
s7e3-note-1 = Garanti: ayrı bir süreçten tek bir satır ve çıkış kodu 0. Türün bir run yöntemi vardır; süreç o türden oluşturulur ve bu yöntemi çağırır.
s7e3-note-2 = Garanti: süreçte, nesne oluşturulurken verilen veri vardır: alt süreç bütün nesnenin bir kopyasını alır. run'ın onda değiştirdiği, alt süreçte kalır.
s7e3-note-3 = Garanti: her süreçte kendi nesnesinin verisi ve kendine ait bir kimlik vardır, hepsi çıkış kodu 0 ile biter. Sıraları serbesttir.
s7e3-line-work = { $who } çalışıyor, süreç { $value }
s7e3-line-data = { $who } şunu aldı: { $value }

## s7e4

s7e4-title = Süreçler arasında kimsenin bırakmadığı kilit
s7e4-scenario-1 = Bir kilit ve onu bırakmadan biten bir süreç
s7e4-scenario-2 = Yeniden girilebilir bir kilit, bir kez eksik bırakılır
s7e4-scenario-3 = Düzgün bırakılan kilit; bir de sistemin bıraktığı dosya kilidi
s7e4-note-1 = Garanti: bir süreç kilidi alır, öteki, onu tutan yaşadığı sürece boşuna bekler. Python'da, tutan bittikten sonra bile sonsuza dek beklerdi. Burada ona hangi sürecin kilit elindeyken öldüğü söylenir, çünkü kilidin koruduğu şey yarım değişmiş olabilir; bundan sonra kilit boştadır. İkisinden hangisinin önce olduğu şanstır.
s7e4-note-2 = Garanti: tutan, yeniden girilebilir kilidi bir daha alabilir; sıradan bir kilitle sonsuza dek kendini beklerdi. Yeniden girilebilir kilit, kaç kez alındıysa o kadar kez bırakılınca serbest kalır. Burada bir bırakma eksiktir ve öteki süreç, tutan bitene dek bekler.
s7e4-note-3 = Garanti: düzgün bırakılınca iki süreç kilidi birbiri ardına alır, hiçbir zaman birlikte değil. Dosya kilidi açık bir dosyaya aittir: tutan bitince sistem onu serbest bırakır ve bunu kimseye söylemez. Hiçbir şeyin yarım değişmiş olamayacağı yerde bu rahattır, başka her yerde tehlikelidir.
s7e4-line-locked = { $who } (süreç kimliği { $value }) kilidi aldı
s7e4-line-again = { $who } (süreç kimliği { $value }) kilidi ikinci kez aldı
s7e4-line-released = { $who } (süreç kimliği { $value }) kilidi bıraktı
s7e4-line-blocked = { $who } takıldı: kilit başkasında
s7e4-line-abandoned = { $who } öğrendi: süreç { $value } kilidi bırakmadan bitti
s7e4-line-file = { $who } (süreç kimliği { $value }) dosya kilidini aldı

## s7e5

s7e5-title = Birçok süreç tek bir diziyi doldurur
s7e5-scenario-1 = Duraklama kilidin içinde
s7e5-scenario-2 = Kilit yok
s7e5-scenario-3 = Duraklama kilidin dışında
s7e5-note-1 = Garanti: dizinin her yeri bir kez dolar ve bir sürecin satırları hiçbir zaman başkasınınkilerle karışmaz. Bedeli: kilit duraklama boyunca tutulur; bu yüzden bütün süreçler birbirini bekler ve toplam, en az bütün duraklamaların toplamı kadar sürer.
s7e5-note-2 = Garanti: dizi aynı şekilde dolar, çünkü her süreç yalnızca kendi yerine yazar ve tek bir yazma hiçbir zaman yarım görülmez. Bunun için kilit gerekmez. Toplam en uzun duraklamadan kısa olamaz, büyük olasılıkla çok daha uzun da sürmez.
s7e5-note-3 = Garanti: aynı dizi. Kilit yalnızca yazarken tutulur, bu yüzden duraklamalar aynı anda geçer. Sık yapılan yanlış: uyurken ya da başka bir şeyi beklerken kilidi tutmak.
s7e5-line-begin = { $who } başlıyor
s7e5-line-write = { $who } yazdı: { $value }
s7e5-line-array = Dizi: [{ $value }]
s7e5-line-done = Bütün süreçler bitti

## s7e6

s7e6-title = Süreçler arasında bir kuyruk
s7e6-scenario-1 = Tek bir değer
s7e6-scenario-2 = Sona kadar al, ama henüz bir son yok
s7e6-scenario-3 = Üretici kuyruğu kapatır
s7e6-note-1 = Garanti: ana program, alt sürecin koyduğunu alır. Alt süreç için join, ana program okumadan önce çağrılır: Python'daki gibi boru üzerinden yazan bir kuyrukta, öğeler boruya sığmadığı anda bu bir tuzaktır.
s7e6-note-2 = Garanti: bütün öğeler sırayla gelir, sonra ana program, üretici yaşadığı sürece boşuna bekler: kuyruk boştur, ama sona ermemiştir. Sık yapılan yanlış: boş bir kuyruğun “hiçbir şey” verdiğine ve döngüyü böylece bitirdiğine inanmak. Python'da bu döngü hiç bitmez. Burada ise kuyruğa koyabilecek son süreç bitince biter.
s7e6-note-3 = Garanti: bütün öğeler sırayla, ardından son; çünkü üretici kuyruğu kapatmıştır. Kendisinin de bitmiş olması gerekmez. Kuyruğun sınırı içindeki öğeleri sınırlar, çalışan süreçleri değil.
s7e6-line-put = { $who } koyuyor: { $value }
s7e6-line-get = { $who } alıyor: { $value }
s7e6-line-blocked = { $who } boşuna bekliyor: kuyruk boş ve üretici hâlâ yaşıyor
s7e6-line-end = { $who } kuyruğun sonunu görüyor

## s7e7

s7e7-title = Havuz: map ve starmap
s7e7-scenario-1 = Beş değer üzerinde map
s7e7-scenario-2 = Yüz değer üzerinde map
s7e7-scenario-3 = İki demet üzerinde starmap
s7e7-note-1 = Garanti: her değeri işçilerden biri bir kez yazar ve hepsi map dönmeden önce gelir. Hangi sırayla geldikleri şanstır. map her değer için bir sonuç verir, değerlerin sırasıyla; buradaki işlev bir şey döndürmez, bu yüzden sonuç bir None listesidir. Sık yapılan yanlış: “aşırı yüklenmesin diye” her çekirdek için üç işçi başlatmak; hesaplayan işte bunun etkisi tam tersidir.
s7e7-note-2 = Değerler, komşulardan oluşan partiler hâlinde dağıtılır. Garanti: bir parti içinde artarlar, çünkü tek bir işçi onları birbiri ardına yapar; partiler arasında hiçbir şey kesin değildir. Sık yapılan yanlış: havuzu close ve join olmadan bitirmek; o zaman işçiler öldürülür, henüz yapmadıkları ya da yazmadıkları yiter.
s7e7-note-3 = starmap her demeti işleve, argümanları olarak verir. Garanti: her demet için bir çağrı. Sık yapılan yanlış: demet sayısı kadar süreç olduğunu sanmak; demet sayısı kadar görev vardır, işçiler onları paylaşır.
s7e7-line-value = { $value }
s7e7-line-tuple = { $value_a }, { $value_b }, { $value_c }
s7e7-line-result = map döndürdü: { $value_content }

## s7e8

s7e8-title = Havuz: map_async ve bütün sonuçlar için tek bir geri çağırma
s7e8-scenario-1 = Yüz değer, işlev bir şey döndürmez
s7e8-scenario-2 = Yüz değer, işlev değeri geri verir
s7e8-scenario-3 = İki demet üzerinde starmap_async
s7e8-note-1 = Garanti: geri çağırma tam bir kez, ana programın sürecinde, yüz değerin hepsi yazıldıktan sonra ve get dönmeden önce gelir. map_async ise hemen döner, bu yüzden ana programın satırı işçilerin satırları arasında her yerde gelebilir. İşlev bir şey döndürmez: geri çağırma, içinde yüz None olan bir liste alır.
s7e8-note-2 = Garanti: kim önce bitirirse bitirsin geri çağırma 0'dan 99'a kadar sayıları değerlerin sırasıyla alır, çünkü her sonucun kendi yeri vardır. Sık yapılan yanlış: geri çağırmanın her değer için geleceğini sanmak; bunu apply_async yapar.
s7e8-note-3 = Garanti: sonuçlar demetlerin sırasıyla gelir. Sık yapılan yanlış: sonuçlar gelmeden programı bitirmek. Geri çağırma ancak biri beklerse gelir: get ile ya da close ve join ile.
s7e8-line-value = { $value }
s7e8-line-tuple = { $value_a }, { $value_b }, { $value_c }
s7e8-line-continue = main işini sürdürüyor
s7e8-line-callback = geri çağırma: { $value_length } sonuç
s7e8-line-result = get döndürdü: { $value_content }

## s7e9

s7e9-title = Havuz: apply_async ve her görev için bir geri çağırma
s7e9-scenario-1 = İşlev bir şey döndürmez
s7e9-scenario-2 = İşlev bir değer döndürür
s7e9-scenario-3 = Bir görev başarısız olur
s7e9-note-1 = Garanti: her görev için, o görevden sonra bir geri çağırma; teker teker ve hepsi ana programın sürecindeki aynı iş parçacığından. Görevlerin ve geri çağırmaların sırası şanstır. Çağrılar teker teker geldiği için yavaş bir geri çağırma ötekilerin hepsini bekletir.
s7e9-note-2 = Garanti: her değer geri çağırmaya bir kez, herhangi bir sırayla ulaşır. Sık yapılan yanlış: geri çağırmanın bütün değerlerin listesini aldığını sanmak; tek bir görevin değerini alır.
s7e9-note-3 = Garanti: başarısız görev hata geri çağırmasına bir kez ulaşır ve öteki görevler bundan etkilenmez. Sık yapılan yanlış: hata geri çağırması vermemek ve sonucu hiç sormamak; o zaman başarısızlık sessizce yiter.
s7e9-line-work = görev { $value }, çalıştığı süreç { $index }
s7e9-line-callback = geri çağırma: { $value }
s7e9-line-error = hata geri çağırması: görev { $value } başarısız oldu

## s7e10

s7e10-title = Süreçler arasında bir olay
s7e10-scenario-1 = Olayı kimse işaretlemez
s7e10-scenario-2 = Tekrar tekrar işaretlenir ve işareti silinir
s7e10-scenario-3 = Argüman olarak verilir
s7e10-note-1 = Garanti: süreç boşuna bekler ve hiçbir şey yapmaz. Burada alıştırma bitsin diye bir süre sonra vazgeçer; sınırsız bir bekleme hiç dönmezdi.
s7e10-note-2 = Garanti: olay ilk kez işaretlenmeden hiçbir şey yapılmaz. İşaretin her silinişinden sonra en çok bir iş daha başlar: beklemesini o anda geçmiş olan sürecinki. Sık yapılan yanlış: clear'ın bir süreci durdurduğunu sanmak; o yalnızca sonraki beklemenin kapısını kapatır.
s7e10-note-3 = Garanti: olayı argüman olarak alan herkes geçer, ama ancak işaretlendikten sonra. Kendi olayını oluşturan süreç boşuna bekler: bu başka bir olaydır. Sık yapılan “bir olay başka bir sürece verilemez” yanlışının arkasında bu vardır.
s7e10-line-wait = { $who } olayı bekliyor
s7e10-line-blocked = { $who } takıldı: olayını kimse işaretlemedi
s7e10-line-set = { $who } olayı işaretliyor
s7e10-line-clear = { $who } olayın işaretini siliyor
s7e10-line-work = { $who } çalışıyor: { $value }
s7e10-line-pass = { $who } geçiyor

## s7e11

s7e11-title = Süreçler arasında bir koşul değişkeni
s7e11-scenario-1 = Bekle ve bildir
s7e11-scenario-2 = Bir koşulu sınayarak beklemek
s7e11-scenario-3 = Herkese bildirmek
s7e11-note-1 = Garanti: hiçbir zaman bildirimden çok haber olmaz. Kimse beklemezken gelen bildirim yiter, bu yüzden daha az olabilir. Sık yapılan yanlış: koşul değişkeninin bildirimleri aklında tuttuğunu sanmak; onun kendi değeri yoktur.
s7e11-note-2 = Garanti: her bildirim için tam olarak bir haber. Bekleyen süreç uyanışlarını saymaz; kilit altında, paylaşılan bellekteki bir sayıya bakar ve böylece hiçbir şeyi kaçırmaz.
s7e11-note-3 = Garanti: tek bir çağrı bekleyen herkesi uyandırır ve her biri her yeni sayıyı görür. Yalnızca birine bildirilseydi öteki süreçler uyumayı sürdürürdü.
s7e11-line-count = { $who }: { $value }
s7e11-line-notify = { $who } bildiriyor, sayı { $value }
s7e11-line-event = { $who }: haber { $value }
s7e11-line-over = { $who } saymayı bitirdi

## s7e12

s7e12-title = Süreçler arasında bir bariyer
s7e12-scenario-1 = Hepsi birden
s7e12-scenario-2 = Her biri önce bir süre uyur
s7e12-scenario-3 = Bariyerin aldığının iki katı süreç
s7e12-note-1 = Garanti: ilki geçmeden hepsi varmıştır. Geçiş sırası serbesttir.
s7e12-note-2 = Garanti: aynısı; bu yüzden herkes en uzun uyuyanı bekler.
s7e12-note-3 = Garanti: bariyer onları iki grup hâlinde ve her grubu ancak tamamlanınca geçirir. Kimin hangi gruba düştüğünü varış sırası belirler. Sık yapılan yanlış: ikinci grubun, birincisi bitince başladığını sanmak; hepsi baştan beri çalışır. Süreç sayısı son grubu doldurmasaydı o grup sonsuza dek beklerdi.
s7e12-line-arrive = { $who } { $value } ms uyudu ve varıyor
s7e12-line-pass = { $who } geçiyor, grup { $value }

## s7e13

s7e13-title = Yönetici: süreçler arasında sözlük ve liste
s7e13-scenario-1 = Alt süreç ikisini de doldurur, ana program okur
s7e13-scenario-2 = Sözlüğün içinde bir liste
s7e13-scenario-3 = Aynı anda dört alt süreç
s7e13-note-1 = Garanti: ana program alt sürecin yazdığını okur, çünkü join'den sonra sorar ve iki nesne de yöneticinin sunucu sürecinde yaşar. Sık yapılan yanlış: onların alt süreçte oluşturulduğunu ya da oradan kopyalandığını sanmak; alt süreç sunucuya yalnızca komut gönderir.
s7e13-note-2 = Garanti: bir kopyadaki değişikliği, kopya geri konana dek başka kimse görmez; içteki listenin vekil nesnesi (proxy) üzerinden yerinde yapılan değişikliği herkes hemen görür.
s7e13-note-3 = Garanti: dört alt sürecin her birinin sözlükte kendi anahtarı, listede kendi sayısı vardır, her biri bir kez; çünkü sunucu her seferinde tek bir komutu yerine getirir. Hangi sırayla geldikleri şanstır.
s7e13-line-change = { $who } (süreç { $value_pid }) yöneticinin (süreç { $value_server }) nesnelerini değiştiriyor
s7e13-line-dict = sözlük: { $value_content }
s7e13-line-list = liste: { $value_content }
s7e13-line-copy = { $who } kopyasını değiştirdi; sunucuda hâlâ { $value_content }
s7e13-line-assign = { $who } kopyasını geri koydu; sunucuda { $value_content }
s7e13-line-proxy = { $who } listeyi yerinde değiştirdi; sunucuda { $value_content }

## s7e14

s7e14-title = Uzak yönetici: ağ üzerinden başka bir sürecin işlevleri
s7e14-scenario-1 = Doğru anahtar: sunucuda saat kaç?
s7e14-scenario-2 = Önce yanlış anahtar, sonra doğrusu
s7e14-scenario-3 = İşlev nerede çalışır?
s7e14-note-1 = Garanti: istemci, ancak iki taraf da anahtarı bildiğini kanıtladıktan sonra bağlanır ve yanıt sunucunun sürecinden gelir. Anahtarın kendisi hiç yola çıkmaz: her taraf rastgele bir sayı gönderir, öteki bu sayıyla anahtardan hesapladığı bir kodla yanıt verir. Sunucu yalnızca 127.0.0.1 üzerinde, sistemin seçtiği bir bağlantı noktasını dinler. Sık yapılan iki yanlış: boş bir adresi dinlemek (bu, makinenin bütün ağları demektir) ve bağlantı kurulmadan “bağlandı” yazmak.
s7e14-note-2 = Garanti: yanlış anahtarlı istemci, sunucu tek bir komut bile okumadan reddedilir; doğru anahtarlı sonraki istemciye hiçbir şey olmamış gibi hizmet verilir. Sık yapılan yanlış: anahtarın kendisini göndermek; yoldaki herkes onu okuyabilir.
s7e14-note-3 = Garanti: işlev sunucunun sürecinde çalışır; süreç kimliği bunu kanıtlar. Sık yapılan yanlış: işin istemci tarafında yapıldığını sanmak. İstemci bir ad ve argümanlar gönderir, bir değer geri alır; durdurma komutundan sonra bağlantı noktası yeniden boştur.
s7e14-line-serve = sunucu (süreç { $value_pid }) 127.0.0.1 üzerinde bekliyor
s7e14-line-ask = istemcinin süreci: { $value_pid }
s7e14-line-connect = istemci bağlandı: iki taraf da anahtarı biliyor
s7e14-line-refuse = istemci reddedildi: anahtarı sunucununki değil
s7e14-line-answer = { $value_function } sonucu: { $value_result }, hesaplayan süreç { $value_pid }
s7e14-line-stop = sunucu durdu, bağlantı noktası yeniden boş

## s7e15

s7e15-title = İki uç arasında bir boru
s7e15-scenario-1 = a'dan b'ye
s7e15-scenario-2 = b'den a'ya: boru iki yönlüdür
s7e15-scenario-3 = Alt süreçten üst sürece
s7e15-note-1 = Garanti: b tam olarak a'nın gönderdiğini tek bir ileti olarak alır, ardından sonu görür, çünkü a kapatılmıştır. İleti yolda kopyalanır: iki ucun da kendi değeri vardır.
s7e15-note-2 = Garanti: öteki yönde de aynısı; bu boru, her yön için biri olmak üzere iki borudan yapılmıştır. Sık yapılan yanlış: tek yön için yapılmış bir boruyu iki yönde kullanmak.
s7e15-note-3 = Garanti: üst süreç, alt sürecin gönderdiğini alır, sonra sonu görür, çünkü tek gönderme ucu alt süreçteydi ve o bitmiştir. Alt süreç için join bundan sonra çağrılır.
s7e15-line-send = { $who } gönderiyor: { $value_number }, { $value_word }
s7e15-line-receive = { $who } alıyor: { $value_number }, { $value_word }
s7e15-line-say = { $who } gönderiyor: { $value }
s7e15-line-data = veri: { $value }
s7e15-line-end = { $who }: borunun sonu

## s7e16

s7e16-title = Tek bir boruda birkaç gönderen
s7e16-scenario-1 = İki ileti var, ana program üç kez alır
s7e16-scenario-2 = Dört ileti var, ana program dört kez alır
s7e16-scenario-3 = Ana program kendi gönderme ucunu kapatır ve sona kadar alır
s7e16-note-1 = Garanti: iki ileti de bütün olarak varır; üçüncü alma boşuna bekler, çünkü ana programın kendisinde hâlâ açık bir gönderme ucu vardır. Zaman aşımı olmasa sonsuza dek beklerdi. Sık yapılan yanlış: üçüncü iletinin değeri yok demek; ne üçüncü bir ileti vardır ne de bir son.
s7e16-note-2 = Garanti: aynı metinle dört bütün ileti, bir gönderenin iletileri de gönderdiği sırayla. Kimin iletisinin önce geldiği şanstır. Sık yapılan yanlış: iletileri elle saymak; bir alma daha olsa sonsuza dek beklerdi.
s7e16-note-3 = Garanti: bütün iletiler, ardından son; çünkü bütün gönderme uçları kapanmıştır: ana program kendininkini bırakmıştır, alt süreçlerinkiler de onlar bitince kapanmıştır. Son, en son uç kapanınca gelir, önce değil.
s7e16-line-send = { $who } gönderiyor, ileti { $value_number }: { $value_text }
s7e16-line-receive = ileti { $value_number }, alt süreç { $value_sender }: { $value_text }
s7e16-line-blocked = hâlâ bekliyordu, vazgeçti: main'in kendisinde açık bir gönderme ucu var
s7e16-line-end = borunun sonu

## s7e17

s7e17-title = Bir borunun uçlarını kapatmak
s7e17-scenario-1 = İki alt süreç de göndermeden önce ucunu kapatır
s7e17-scenario-2 = Bir alt süreç ucunu kapatır, öteki gönderir
s7e17-scenario-3 = Gönderen ve alan; ikisi de borunun sonuyla biter
s7e17-note-1 = Garanti: iki alt süreç de çıkış kodu 1 ile başarısız olur, hiçbir şey alınmaz ve ana program boşuna bekler, çünkü kendi gönderme ucu hâlâ açıktır. Rust'ta elden çıkarılmış bir uç hiç kullanılamaz: derleyici reddeder. Burada alt süreçler, ne olduğunu göstermek için ucu bir Option içinde tutar.
s7e17-note-2 = Garanti: ana program 2'yi alır, sonra boşuna bekler, çünkü kendi gönderme ucu açıktır; ucunu kapatan alt sürecin çıkış kodu 1'dir. Sık yapılan yanlış: alt süreçlerden biri başarısız olunca ana programa haber verildiğini sanmak.
s7e17-note-3 = Garanti: bütün sayılar sırayla, ardından son ve ikisi için de çıkış kodu 0. Son gelir, çünkü gönderme ucunun her kopyası kapanmıştır: ana program kendininkini gönderene vermiş, gönderen de bitmiştir. Sık yapılan yanlış: sonu fark etmek için her hatayı yakalamak; o zaman gerçek hatalar da son sanılır.
s7e17-line-closed = { $who }: ucum kapalı, gönderemiyorum
s7e17-line-send = { $who } gönderiyor: { $value }
s7e17-line-receive = Veri { $value }
s7e17-line-blocked = hâlâ bekliyordu, vazgeçti: main'in kendisinde açık bir gönderme ucu var
s7e17-line-end = { $who }: borunun sonu
